/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The NAL units of a piece of H.264 or H.265 video, in the order in which they stand. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const guint8 *bytes; /* from its header on */
  gsize length;        /* at least 1; without zeros behind it */
  gsize span;          /* where it begins in the piece, with what frames it */
  gsize span_length;   /* spans are disjoint, in order, and leave out nothing but trailing zeros */
} LecNal;

typedef struct
{
  const guint8 *bytes;
  gsize length;
  gsize at;
  guint length_size;
  gboolean is_malformed; /* bytes were passed over that are no NAL unit */
} LecNalCursor;

/* @length_size: bytes in front of each unit that give its length (ISO/IEC 14496-15, 4.2.3); 0: a
 * byte stream with start codes (H.264 and H.265, annex B) */
LecNalCursor lec_nal_cursor_init (const guint8 *bytes, gsize length, guint length_size);

/* Returns: whether there was one more, which @nal is then */
gboolean lec_nal_cursor_next (LecNalCursor *self, LecNal *nal);

G_END_DECLS
