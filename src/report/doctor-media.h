/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Private to the doctor: what comes, beside what was announced. */
#pragma once

#include "report/doctor-rules.h"

G_BEGIN_DECLS

/* Returns: (nullable): what was announced of the stream of @exam */
const LecStream *lec_doctor_get_promise (const LecExam *exam);

/* of a stream: keys */
extern LecDoctorPredicate lec_doctor_is_clear, lec_doctor_is_of_other_key, lec_doctor_is_undecided,
    lec_doctor_is_locked, lec_doctor_is_locked_now, lec_doctor_is_encrypted;

/* of a stream: kinds */
extern LecDoctorPredicate lec_doctor_is_other, lec_doctor_is_other_and_known,
    lec_doctor_is_other_now, lec_doctor_is_stream_malformed, lec_doctor_is_stream_scrambled;

/* of a stream: that it is not there */
extern LecDoctorPredicate lec_doctor_is_missing;

/* of a stream: what is inside a transport stream */
extern LecDoctorPredicate lec_doctor_is_program_stream, lec_doctor_has_no_tables,
    lec_doctor_lacks_wanted, lec_doctor_has_no_map, lec_doctor_is_empty;

/* of the channel, of which nothing is understood */
extern LecDoctorPredicate lec_doctor_is_foreign, lec_doctor_is_just_foreign,
    lec_doctor_is_undescribed_msb, lec_doctor_is_no_msb, lec_doctor_is_named,
    lec_doctor_is_malformed, lec_doctor_is_of_unknown_kind;

/* of the channel, that is played though it was announced otherwise */
extern LecDoctorPredicate lec_doctor_is_bare_ts, lec_doctor_is_other_ts, lec_doctor_is_rtp,
    lec_doctor_is_undescribed_now;

G_END_DECLS
