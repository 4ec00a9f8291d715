/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/marker-span.h"

#include <string.h>

#include "wire/asf-commands.h"

/* What is of digits alone is a number (announce/asx-facts.c). */
static const LecAsfMarker *
find_marker (const GArray *markers, const char *which)
{
  const gboolean is_number = which != NULL && which[strspn (which, "0123456789")] == '\0';
  const guint64 number = is_number ? g_ascii_strtoull (which, NULL, 10) : 0;

  for (guint i = 0; which != NULL && i < markers->len; i++) {
    const LecAsfMarker *marker = &g_array_index (markers, LecAsfMarker, i);

    if (is_number ? number == i + 1 : g_strcmp0 (marker->name, which) == 0)
      return marker;
  }
  return NULL;
}

void
lec_marker_span_read (const guint8 *header,
                      gsize size,
                      const char *start,
                      const char *end,
                      gint64 *start_us,
                      gint64 *duration_us)
{
  g_autoptr (GArray) markers = lec_asf_markers_read (header, size);
  const LecAsfMarker *first = find_marker (markers, start);
  const LecAsfMarker *last = find_marker (markers, end);

  if (first != NULL)
    *start_us = first->time_ms * G_TIME_SPAN_MILLISECOND;
  if (last != NULL)
    *duration_us = MAX (last->time_ms * G_TIME_SPAN_MILLISECOND - *start_us, 1);
}
