/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Private to the doctor: how it stands with the station, or with the server, by what is heard of it
 * and by what was announced. */
#pragma once

#include "report/doctor-rules.h"

G_BEGIN_DECLS

extern LecDoctorPredicate lec_doctor_always;

/* what is to be received */
extern LecDoctorPredicate lec_doctor_is_unknown, lec_doctor_is_to_be_opened,
    lec_doctor_is_not_captured, lec_doctor_is_served, lec_doctor_is_later, lec_doctor_is_over;

/* whether it is there */
extern LecDoctorPredicate lec_doctor_is_paused, lec_doctor_is_paused_at_join,
    lec_doctor_is_waiting_msb, lec_doctor_is_idle_msb, lec_doctor_has_ended_msb,
    lec_doctor_has_lost_server, lec_doctor_has_said_bye, lec_doctor_is_withdrawn;

/* who else is, and how it sends */
extern LecDoctorPredicate lec_doctor_has_rival, lec_doctor_has_rivals, lec_doctor_is_unnumbered,
    lec_doctor_is_untimed, lec_doctor_is_untimed_msb;

G_END_DECLS
