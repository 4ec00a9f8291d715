/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A system that grants no more threads: whoever asks GLib for one, below the tests, is refused.
 * Those of GLib and GStreamer themselves are made. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void no_threads_begin (void);
void no_threads_end (void);

G_END_DECLS
