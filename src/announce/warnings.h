/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What was ignored in an announcement, in sentences for a technician. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_MAX_WARNINGS 32

typedef GPtrArray LecWarnings; /* (element-type utf8) */

LecWarnings *lec_warnings_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_warnings_add:
 *
 * What was added already is not repeated, and only the first #LEC_MAX_WARNINGS are kept.
 */
void lec_warnings_add (LecWarnings *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* As above, before all others: where there is no room, the last one goes. */
void lec_warnings_add_first (LecWarnings *self, const char *sentence);

G_END_DECLS
