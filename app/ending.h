/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The signals that ask a program to end, so that it can finish what it has begun. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_ENDING_SIGNALS 3

/**
 * lec_ending_watch:
 * @end: called in the main loop, as a source, with each SIGINT, SIGTERM and SIGHUP (the terminal
 * was closed)
 * @sources: (out): those that watch; 0 for a SIGHUP that is ignored, as nohup(1) wants it
 */
void lec_ending_watch (GSourceFunc end, gpointer data, guint sources[LEC_ENDING_SIGNALS]);

/* Watches no more. */
void lec_ending_ignore (guint sources[LEC_ENDING_SIGNALS]);

G_END_DECLS
