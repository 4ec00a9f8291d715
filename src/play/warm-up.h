/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Starts GStreamer and loads what most channels will need while nobody is waiting for it: neither a
 * window nor the first picture should have to wait for libraries to come from the disk. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns: (transfer full) (nullable): the thread that loads, to be joined before the program ends;
 *   NULL: the system grants none, and what is needed is loaded when it is */
GThread *lec_warm_up_start (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
