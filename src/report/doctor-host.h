/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Private to the doctor: what is the matter with this computer. */
#pragma once

#include "report/doctor-rules.h"

G_BEGIN_DECLS

/* that it is refused */
extern LecDoctorPredicate lec_doctor_is_join_limited, lec_doctor_is_port_held,
    lec_doctor_is_barred_for_source, lec_doctor_is_barred; /* for another reason than what it is */

/* its interfaces */
extern LecDoctorPredicate lec_doctor_is_link_down, lec_doctor_is_link_gone, lec_doctor_is_isolated,
    lec_doctor_has_no_carrier, lec_doctor_has_no_multicast, lec_doctor_has_no_v4,
    lec_doctor_has_no_v6, lec_doctor_has_only_v4, lec_doctor_has_only_v6;

/* what reaches it, and is dropped on the way to the sockets */
extern LecDoctorPredicate lec_doctor_is_unexpected, lec_doctor_may_be_unexpected,
    lec_doctor_is_filtered, lec_doctor_may_be_filtered, lec_doctor_is_of_other_port,
    lec_doctor_may_be_of_other_port, lec_doctor_drops_damaged, lec_doctor_may_drop_damaged,
    lec_doctor_lacks_damaged, lec_doctor_lacks_filtered, lec_doctor_was_interrupted;

/* what reaches the sockets */
extern LecDoctorPredicate lec_doctor_lacks_buffer, lec_doctor_is_held_up,
    lec_doctor_may_lack_buffer;

/* what is decoded: of a track */
extern LecDoctorPredicate lec_doctor_is_unshown, lec_doctor_is_too_slow;

G_END_DECLS
