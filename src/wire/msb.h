/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The 8 bytes in front of each ASF packet of a Windows Media station ([MS-MSB] 2.2.4). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_MSB_HEADER 8      /* [bytes] */
#define LEC_MSB_BEACON 4      /* [bytes] of a datagram that says nothing but that it is there */
#define LEC_MSB_SPAN_MOST 15  /* [packets] between parity packets */
#define LEC_MSB_FORMAT 0x07ff /* bits of a stream's number that name a format... */
#define LEC_MSB_TOGGLE 0x8000 /* ...and the one that changes with each entry of a playlist */

static inline void
lec_msb_write_id (guint8 *data, guint32 id)
{
  for (guint i = 0; i < 4; i++)
    data[i] = (guint8) (id >> (8 * i));
}

/* @size: [bytes] of the whole, these included */
static inline void
lec_msb_write_header (guint8 *data, guint32 id, guint stream, guint size)
{
  lec_msb_write_id (data, id);
  data[4] = (guint8) stream;
  data[5] = (guint8) (stream >> 8);
  data[6] = (guint8) size;
  data[7] = (guint8) (size >> 8);
}

G_END_DECLS
