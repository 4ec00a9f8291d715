/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/wms-framer.h"

#include <string.h>

#include "wire/asf-header.h"
#include "wire/reader.h"

/* Each piece has a framing header ([MS-WMSP] 2.2.3.1.1); of those with media, the header of an MMS
 * data packet follows (2.2.3.1.2). Numbers have their low byte first.
 *
 *     | B, Frame | PacketID | PacketLength  | LocationId          | Incarnation | AFFlags |
 *     | 1 byte   | 1        | 2, of what is | 4, or Reason in $C  | 1           | 1       |
 *     |          |          | behind it     | and $E              |             |         |
 *     | PacketSize, with these 8 bytes: 2 | Payload |
 */
#define FRAMING 4 /* [bytes] */
#define MMS 8     /* [bytes] */
#define FRAME '$' /* below the bit that says that another piece follows at once */
#define FRAME_MASK 0x7f
#define FLAG_FIRST 0x04 /* in AFFlags of $H: of several pieces... */
#define FLAG_LAST 0x08

#define ENTRY_ENDED 1 /* Reason in $E: others of the playlist remain */

#define OBJECT_SIZE 16 /* [bytes] from the start of the Header Object to its size */

struct _LecWmsFramer
{
  GByteArray *piece;  /* what there is of the one being read */
  GByteArray *header; /* what there is of a header in several pieces */
  gboolean is_whole;  /* the header has been told: what comes of one is of the next */
  gboolean is_broken;
};

LecWmsFramer *
lec_wms_framer_new (void)
{
  LecWmsFramer *self = g_new0 (LecWmsFramer, 1);

  self->piece = g_byte_array_new ();
  self->header = g_byte_array_new ();
  return self;
}

void
lec_wms_framer_free (LecWmsFramer *self)
{
  if (self == NULL)
    return;
  g_byte_array_unref (self->piece);
  g_byte_array_unref (self->header);
  g_free (self);
}

gboolean
lec_wms_framer_knows (const guint8 *bytes, gsize size)
{
  /* both lengths are of the same */
  return size >= FRAMING + MMS && (bytes[0] & FRAME_MASK) == FRAME
         && (bytes[1] == 'H' || bytes[1] == 'M') && memcmp (bytes + 2, bytes + 10, 2) == 0;
}

/* ---- pieces ---- */

static LecReader
get_payload (const LecWmsFramer *self, guint8 *flags)
{
  LecReader reader = lec_reader_init (self->piece->data, self->piece->len);
  guint size;

  lec_reader_skip (&reader, FRAMING + 4 + 1);
  *flags = lec_reader_u8 (&reader);
  size = lec_reader_le16 (&reader);
  if (!reader.failed && size >= MMS)
    reader.left = MIN (reader.left, size - MMS);
  return reader;
}

/* Servers that give it in one piece do not all say so. */
static gboolean
has_whole_header (const LecWmsFramer *self, guint8 flags)
{
  LecReader reader = lec_reader_init (self->header->data, self->header->len);

  lec_reader_skip (&reader, OBJECT_SIZE);
  return (flags & FLAG_LAST) != 0
         || (self->header->len >= LEC_ASF_DATA_START
             && lec_reader_le64 (&reader) <= self->header->len - LEC_ASF_DATA_START);
}

static LecWmsEvent
take_header (LecWmsFramer *self)
{
  LecWmsEvent event = { LEC_WMS_NOTHING };
  guint8 flags;
  const LecReader payload = get_payload (self, &flags);

  if (payload.failed || self->header->len + payload.left > LEC_WMS_HEADER_MAX) {
    event.kind = LEC_WMS_BROKEN;
    return event;
  }
  if (self->is_whole || (flags & FLAG_FIRST) != 0)
    g_byte_array_set_size (self->header, 0);
  g_byte_array_append (self->header, payload.at, (guint) payload.left);
  self->is_whole = has_whole_header (self, flags);
  if (self->is_whole)
    event = (LecWmsEvent){ LEC_WMS_HEADER, self->header->data, self->header->len };
  return event;
}

static LecWmsEvent
take_packet (LecWmsFramer *self)
{
  guint8 flags;
  const LecReader payload = get_payload (self, &flags);

  if (payload.failed)
    return (LecWmsEvent){ LEC_WMS_BROKEN };
  return (LecWmsEvent){ LEC_WMS_PACKET, payload.at, payload.left };
}

static LecWmsEvent
take_end (LecWmsFramer *self)
{
  LecReader reader = lec_reader_init (self->piece->data, self->piece->len);

  lec_reader_skip (&reader, FRAMING);
  return (LecWmsEvent){ lec_reader_le32 (&reader) == ENTRY_ENDED ? LEC_WMS_PAUSE : LEC_WMS_END };
}

/* Of what is about the connection, or about the content in words ($M, $P), nothing is needed; nor
 * of $C, as a header follows it. */
static LecWmsEvent
take_piece (LecWmsFramer *self)
{
  switch (self->piece->data[1]) {
  case 'H':
    return take_header (self);
  case 'D':
    return take_packet (self);
  case 'E':
    return take_end (self);
  default:
    return (LecWmsEvent){ LEC_WMS_NOTHING };
  }
}

/* ---- reading ---- */

/* Returns: [bytes] of the piece being read, as far as they are known */
static gsize
measure (const LecWmsFramer *self)
{
  LecReader reader = lec_reader_init (self->piece->data, self->piece->len);

  if (self->piece->len < FRAMING)
    return FRAMING;
  lec_reader_skip (&reader, 2);
  return FRAMING + (gsize) lec_reader_le16 (&reader);
}

/* Returns: whether @size bytes of the piece are there; takes as many as there are of them. */
static gboolean
fill (LecWmsFramer *self, gsize whole, const guint8 *bytes, gsize size, gsize *used)
{
  const gsize count = MIN (size - *used, whole - self->piece->len);

  g_byte_array_append (self->piece, bytes + *used, (guint) count);
  *used += count;
  return self->piece->len == whole;
}

gsize
lec_wms_framer_read (LecWmsFramer *self, const guint8 *bytes, gsize size, LecWmsEvent *event)
{
  gsize used = 0;

  *event = (LecWmsEvent){ self->is_broken ? LEC_WMS_BROKEN : LEC_WMS_NOTHING };
  if (self->is_broken)
    return size;
  if (self->piece->len >= FRAMING && self->piece->len == measure (self))
    g_byte_array_set_size (self->piece, 0); /* the one before */
  if (self->piece->len < FRAMING && !fill (self, FRAMING, bytes, size, &used))
    return used;
  if ((self->piece->data[0] & FRAME_MASK) != FRAME)
    event->kind = LEC_WMS_BROKEN;
  else if (fill (self, measure (self), bytes, size, &used))
    *event = take_piece (self);
  self->is_broken = event->kind == LEC_WMS_BROKEN;
  return used;
}
