/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Private to the doctor: what becomes of a picture or a sound on its way to the screen. */
#pragma once

#include "report/doctor-rules.h"

G_BEGIN_DECLS

/* Returns: whether it is to be seen or heard */
gboolean lec_doctor_is_wanted (const LecTrackReport *track);

/* that it cannot be decoded here */
extern LecDoctorPredicate lec_doctor_is_of_unknown_codec, lec_doctor_is_of_unsafe_codec,
    lec_doctor_lacks_package, lec_doctor_lacks_decoder, lec_doctor_is_scrambled_by,
    lec_doctor_is_scrambled, lec_doctor_is_protected, lec_doctor_is_undescribed;

/* that it is not decoded yet, or not any more */
extern LecDoctorPredicate lec_doctor_waits_for_parameter_sets, lec_doctor_may_be_other_codec,
    lec_doctor_waits_for_key_frame, lec_doctor_waits_for_recovery, lec_doctor_is_undecoded,
    lec_doctor_has_stopped;

/* of the channel: that it may be any moment */
extern LecDoctorPredicate lec_doctor_is_decoding_early;

G_END_DECLS
