/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a channel is received, in words and numbers for a person. */
#pragma once

#include "report/fields.h"
#include "report/history.h"
#include "report/verdict.h"

G_BEGIN_DECLS

/* Returns: (transfer full): the value with its unit, or a dash when it is NAN */
char *lec_signal_words_value (LecMeasure measure, double value);

/* Returns: (transfer none): what a measure is called */
const char *lec_signal_words_measure (LecMeasure measure);

/* Returns: (transfer none): a verdict for a viewer, as a title */
const char *lec_signal_words_verdict (LecVerdict verdict);

/* Returns: (transfer none): the icon that goes with it */
const char *lec_signal_words_icon (LecVerdict verdict);

/* Returns: (transfer full): what a stream is, as in "Video · H264" */
char *lec_signal_words_stream (const LecStreamReport *stream);

/* Returns: (transfer full) (nullable): what a field of @item says; NULL: nothing that is worth its
 * line */
char *lec_signal_words_field (const LecField *field, gconstpointer item, LecReport *report);

/* Closures of templates.
 * @verdict: a #LecVerdict
 * @behind: [s]; 0: not known
 *
 * Returns: (transfer full): the icon, "0.12 s behind", or nothing */
char *lec_signal_words_dup_icon (gpointer widget, int verdict);
char *lec_signal_words_behind (gpointer widget, double behind);
char *lec_signal_words_tooltip (gpointer widget, double behind);

G_END_DECLS
