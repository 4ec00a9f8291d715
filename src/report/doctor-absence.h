/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Private to the doctor: that one medium stays away while others come, for longer than it ever
 * does. */
#pragma once

#include "report/doctor-rules.h"

G_BEGIN_DECLS

/* of a stream: what its sender says of it, or that it is not known */
extern LecDoctorPredicate lec_doctor_is_stream_paused, lec_doctor_is_stream_held_back,
    lec_doctor_is_stream_gone;

/* of a track */
extern LecDoctorPredicate lec_doctor_is_gone;

G_END_DECLS
