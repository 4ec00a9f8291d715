/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which of the last sequence numbers have come? A bit for each, so that what comes twice is known
 * long after it has left. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_SEQUENCE_WINDOW_SPAN 8192 /* [packets] how far back it knows; a power of two */

/* A plain struct to be embedded. newest may be read: the highest number that has come. */
typedef struct
{
  gint64 newest;
  guint64 bits[LEC_SEQUENCE_WINDOW_SPAN / 64];
} LecSequenceWindow;

/* Forgets all; the first number is expected to be @next or near it. */
void lec_sequence_window_init (LecSequenceWindow *self, gint64 next);

/* Whether @sequence has come, as far back as is known. */
gboolean lec_sequence_window_contains (const LecSequenceWindow *self, gint64 sequence);

/* Notes that it has come; what is too far back is ignored. */
void lec_sequence_window_add (LecSequenceWindow *self, gint64 sequence);

G_END_DECLS
