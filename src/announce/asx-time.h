/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Times of metafiles: `[[hh:]mm:]ss[.fraction]`. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lec_asx_parse_time:
 * @time_us: (out): [µs], set on success only
 *
 * As Windows Media Player takes it: no limits to minutes and seconds, anything after the third
 * number or the fraction is passed over.
 *
 * Returns: whether @text begins with a time
 */
gboolean lec_asx_parse_time (const char *text, gint64 *time_us);

/**
 * lec_asx_print_time:
 * @time_us: [µs] not negative
 *
 * Returns: (transfer full): the inverse of lec_asx_parse_time()
 */
char *lec_asx_print_time (gint64 time_us);

G_END_DECLS
