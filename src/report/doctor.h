/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Names the stage that fails, and one thing to try, of all that is known of a reception.
 *
 * One table of rules over the facts (doctor-table.c), of which the first that applies speaks. What
 * cannot be told apart is said to be so; a rule that might be wrong stays silent. Knows no clock.
 */
#pragma once

#include "report/doctor-case.h"

G_BEGIN_DECLS

/* Nothing may come for so long before that is told; the next way has its turn then. */
#define LEC_DOCTOR_SILENCE_US (3 * G_TIME_SPAN_SECOND)

/**
 * lec_doctor_examine:
 * @diagnosis: (out): to be cleared with lec_diagnosis_clear()
 *
 * Always has something to say, were it that nothing is wrong.
 */
void lec_doctor_examine (const LecDoctorCase *facts, LecDiagnosis *diagnosis);

/**
 * lec_doctor_sum_up:
 * @diagnosis: (out): to be cleared with lec_diagnosis_clear()
 *
 * The same of all that has come, whether or not anything comes still; without advice.
 */
void lec_doctor_sum_up (const LecDoctorCase *facts, LecDiagnosis *diagnosis);

/**
 * lec_doctor_examine_media:
 * @diagnosis: (out): to be cleared with lec_diagnosis_clear(), whatever is returned
 *
 * Says what keeps media from being seen and heard, of each of them.
 *
 * Returns: FALSE: nothing does
 */
gboolean lec_doctor_examine_media (const LecDoctorCase *facts, LecDiagnosis *diagnosis);

/**
 * lec_doctor_dup_advice:
 *
 * Returns: (transfer full) (nullable): what is worth knowing beside that, as far as the network,
 *   the station and this computer are known; NULL: nothing is
 */
char *lec_doctor_dup_advice (const LecDoctorCase *facts);

G_END_DECLS
