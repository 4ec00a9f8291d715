/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How one stream of a channel is received: plots of the last two minutes, and the figures behind
 * them. */
#pragma once

#include <gtk/gtk.h>

#include "report/history.h"

G_BEGIN_DECLS

#define LEC_TYPE_STREAM_SIGNAL (lec_stream_signal_get_type ())
G_DECLARE_FINAL_TYPE (LecStreamSignal, lec_stream_signal, LEC, STREAM_SIGNAL, GtkWidget)

/* @stream: its legs are what they are */
GtkWidget *lec_stream_signal_new (const LecStreamReport *stream);

/* @index: of the stream, in @report and @history */
void lec_stream_signal_update (LecStreamSignal *self,
                               LecReport *report,
                               const LecHistory *history,
                               guint index);

G_END_DECLS
