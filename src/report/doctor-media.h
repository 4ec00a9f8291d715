/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Private to the doctor: the rules about what the station sends, how the network carries it, and
 * what becomes of it here. */
#pragma once

#include "report/doctor-rules.h"

G_BEGIN_DECLS

extern const LecDoctorRule lec_doctor_media_rules[]; /* ends with one without a text */

/* Whether all comes, and is seen and heard: then a hint may be given. */
gboolean lec_doctor_is_well (const LecExam *exam);

/* Appends a figure that these rules know. Returns: FALSE: there is no such one */
gboolean lec_doctor_media_append_figure (GString *sentence, const char *name, const LecExam *exam);

G_END_DECLS
