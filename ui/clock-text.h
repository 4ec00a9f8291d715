/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lengths of time as a clock shows them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns: (transfer full): @time_us [µs, 0 or more] as "1:05", and from an hour on as "1:02:05" */
char *lec_clock_text_print (gint64 time_us);

G_END_DECLS
