/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which part of an ASF file lies between two of its markers, as the STARTMARKER and ENDMARKER of an
 * ASX want it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lec_marker_span_read:
 * @header: (array length=size): of the file, hostile
 * @start: (nullable): number, from 1 on, or name of the marker to begin at; it beats @start_us
 * @end: (nullable): likewise, to stop at; it beats @duration_us
 * @start_us: (inout): [µs] where to begin
 * @duration_us: (inout): [µs] how much to play; 0: all
 *
 * A marker that is not there changes nothing. An end that is not behind the start leaves nothing to
 * be played: 1 µs.
 */
void lec_marker_span_read (const guint8 *header,
                           gsize size,
                           const char *start,
                           const char *end,
                           gint64 *start_us,
                           gint64 *duration_us);

G_END_DECLS
