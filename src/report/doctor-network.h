/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Private to the doctor: what is the matter between the station and this computer. */
#pragma once

#include "report/doctor-rules.h"

G_BEGIN_DECLS

/* Returns: (nullable): the first address of what is received; NULL: it has none */
const LecLeg *lec_doctor_get_leg (const LecExam *exam);

/* @part: lost, lost_local, late or damaged of the last seconds. Returns: whether that is what
 *   matters most: of so little loss a medium's own trouble does not come */
gboolean lec_doctor_is_greatest (const LecExam *exam, guint64 part);

/* that nothing has come */
extern LecDoctorPredicate lec_doctor_is_of_other_source, lec_doctor_is_early,
    lec_doctor_is_all_damaged, lec_doctor_needs_source, lec_doctor_is_of_one_source,
    lec_doctor_is_asked_for, lec_doctor_is_unasked, lec_doctor_is_group;

/* that nothing comes any more, or came back when it was asked for */
extern LecDoctorPredicate lec_doctor_may_be_cut_off, lec_doctor_may_be_network,
    lec_doctor_was_cut_off, lec_doctor_was_cut_off_unasked;

/* that something is missing */
extern LecDoctorPredicate lec_doctor_is_damaged, lec_doctor_is_late, lec_doctor_is_full,
    lec_doctor_is_capped, lec_doctor_is_bursty_wireless, lec_doctor_is_bursty,
    lec_doctor_is_drowned, lec_doctor_is_lost, lec_doctor_has_silent_legs, lec_doctor_is_repaired,
    lec_doctor_waits_for_repair, lec_doctor_is_partly_repaired;

G_END_DECLS
