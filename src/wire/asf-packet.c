/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/asf-packet.h"

#include "wire/reader.h"

#define CORRECTION_PRESENT 0x80
#define CORRECTION_LENGTH_TYPE 0x60
#define CORRECTION_OPAQUE 0x10
#define CORRECTION_LENGTH 0x0f

#define SEVERAL_PAYLOADS 0x01 /* of the length type flags */

/* Of the property flags: how wide the offset into the object is. */
#define OFFSET_TYPE 0x0c
#define OFFSET_32 0x0c

/* How wide a field is, stands in two bits of some flags: nothing, 8, 16 or 32 bits. */
static guint32
read_sized (LecReader *reader, guint type)
{
  switch (type & 3) {
  case 1:
    return lec_reader_u8 (reader);
  case 2:
    return lec_reader_le16 (reader);
  case 3:
    return lec_reader_le32 (reader);
  default:
    return 0;
  }
}

/*   bit 7     6 5    4      3 2 1 0
 *  |  1  | length | opaque | length | number, type | cycle |
 *        |  type  |  data  |        |
 *
 * Returns: whether it is of a kind that the specification allows */
static gboolean
read_correction (LecReader *reader, LecAsfPacket *packet)
{
  const guint8 flags = lec_reader_u8 (reader);
  const guint length = flags & CORRECTION_LENGTH;
  const guint8 *data = lec_reader_bytes (reader, length);

  packet->is_parity = (flags & CORRECTION_OPAQUE) != 0;
  packet->correction_length = 1 + length;
  if (data != NULL && length >= 2) {
    packet->number = data[0];
    packet->cycle = data[1];
  }
  return !reader->failed && (flags & CORRECTION_LENGTH_TYPE) == 0;
}

static LecReader
rest_of (const LecAsfPacket *self)
{
  return lec_reader_init (self->bytes + self->at, self->end - self->at);
}

/*  | P |length|padding|sequence| M |   M: several payloads
 *  | type flags   1|2 |  2     |   |
 *  | property flags, packet length, sequence, padding length, send time, duration | */
static gboolean
read_front (LecAsfPacket *self, gsize size)
{
  LecReader reader = lec_reader_init (self->bytes, size);
  guint flags, payloads;

  if (size > 0 && (self->bytes[0] & CORRECTION_PRESENT) && !read_correction (&reader, self))
    return FALSE;
  self->end = self->whole = size;
  if (self->is_parity)
    return TRUE;
  flags = lec_reader_u8 (&reader);
  self->property_flags = lec_reader_u8 (&reader);
  self->length = read_sized (&reader, flags >> 5);
  read_sized (&reader, flags >> 1); /* the sequence, which nobody uses */
  self->padding = read_sized (&reader, flags >> 3);
  self->send_time = lec_reader_le32 (&reader);
  self->duration = lec_reader_le16 (&reader);
  self->left = 1;
  if (flags & SEVERAL_PAYLOADS) {
    payloads = lec_reader_u8 (&reader);
    self->left = payloads & 0x3f;
    self->length_type = payloads >> 6;
    if (self->length_type == 0)
      return FALSE;
  }
  self->at = size - reader.left;
  return !reader.failed && (flags & CORRECTION_PRESENT) == 0;
}

/* Of a packet whose padding was taken away, @length may still be what it once was.
 *
 * @length: [bytes] that it has with its padding; 0: it does not say
 *
 * Returns: whether that can be */
static gboolean
limit (LecAsfPacket *self, gsize size, gsize length)
{
  const gsize end = length > 0 && length < size ? length : size;

  if (self->at > end || self->padding > end - self->at)
    return FALSE;
  self->end = end - self->padding;
  self->has_length = length > 0 && length <= size;
  self->whole = self->has_length ? length : size;
  return TRUE;
}

/* A length, and as many bytes of an object. An empty piece is none, but has its time.
 *
 * Returns: whether there was one, and not the end or a fault */
static gboolean
read_piece (LecAsfPacket *self, LecAsfPayload *piece)
{
  LecReader reader = lec_reader_init (self->bytes + self->at, self->sub_end - self->at);
  const gsize size = lec_reader_u8 (&reader);
  const guint8 *data = lec_reader_bytes (&reader, size);

  if (self->at == self->sub_end) {
    self->sub_end = 0;
    return FALSE;
  }
  if (data == NULL) {
    self->is_broken = TRUE;
    return FALSE;
  }
  self->at += 1 + size;
  *piece = self->sub;
  piece->data = data;
  piece->size = size;
  piece->object_size = (guint32) size;
  self->sub.object++;
  self->sub.presentation += self->sub_delta;
  return size > 0;
}

/* What a payload says of its object. Behind size and time may follow payload extensions; a single
 * byte makes it one of pieces, and of what says elsewhere where in its object it is, their time.
 *
 * Returns: whether it is as the specification allows */
static gboolean
read_replicated (LecAsfPacket *self, LecReader replicated, LecAsfPayload *payload)
{
  if (replicated.left == 1) {
    self->sub_delta = lec_reader_u8 (&replicated);
    payload->presentation = payload->offset;
    payload->offset = 0;
    return (self->property_flags & OFFSET_TYPE) == OFFSET_32;
  }
  payload->time = NULL;
  if (replicated.left > 0) {
    payload->object_size = lec_reader_le32 (&replicated);
    payload->time = replicated.at;
    payload->presentation = lec_reader_le32 (&replicated);
  }
  return !replicated.failed;
}

/* Returns: how much of @payload there is. Behind a single one may stand what is not of it. */
static gsize
cut (const LecAsfPacket *self, const LecAsfPayload *payload)
{
  const guint32 size = payload->object_size, offset = payload->offset;

  if (self->length_type != 0 || size == 0 || offset > size)
    return payload->size;
  return MIN (payload->size, size - offset);
}

/* Returns: whether there is a payload that is none of pieces, which are read then */
static gboolean
read_payload (LecAsfPacket *self, LecAsfPayload *payload)
{
  LecReader reader = rest_of (self);
  LecAsfPayload found = { .start = reader.at, .presentation = self->send_time };
  const guint8 number = lec_reader_u8 (&reader);
  const guint8 *replicated;
  gsize length;

  found.stream = number & 0x7f;
  found.is_key_frame = (number & 0x80) != 0;
  found.object = read_sized (&reader, self->property_flags >> 4);
  found.time = reader.at;
  found.offset = read_sized (&reader, self->property_flags >> 2);
  length = read_sized (&reader, self->property_flags);
  replicated = lec_reader_bytes (&reader, length);
  if (replicated == NULL || found.stream == 0
      || !read_replicated (self, lec_reader_init (replicated, length), &found)) {
    self->is_broken = TRUE;
    return FALSE;
  }
  found.size = self->length_type != 0 ? read_sized (&reader, self->length_type) : reader.left;
  found.data = lec_reader_bytes (&reader, found.size);
  if (found.data == NULL) {
    self->is_broken = TRUE;
    return FALSE;
  }
  self->left--;
  if (length == 1) {
    self->sub = found;
    self->at = (gsize) (found.data - self->bytes);
    self->sub_end = self->at + found.size;
    return FALSE;
  }
  found.size = cut (self, &found);
  self->at = (gsize) (found.data - self->bytes) + found.size;
  *payload = found;
  return TRUE;
}

gboolean
lec_asf_packet_next (LecAsfPacket *packet, LecAsfPayload *payload)
{
  while (!packet->is_broken && (packet->sub_end > 0 || packet->left > 0)) {
    if (packet->sub_end > 0 ? read_piece (packet, payload) : read_payload (packet, payload))
      return TRUE;
  }
  return FALSE;
}

/* Returns: whether all payloads are within the limits */
static gboolean
find_end (LecAsfPacket *self)
{
  LecAsfPacket walk = *self;
  LecAsfPayload payload;
  gsize last = 0;

  while (lec_asf_packet_next (&walk, &payload))
    last = (gsize) (payload.data - self->bytes) + payload.size;
  if (walk.is_broken)
    return FALSE;
  self->end = self->length_type != 0 || last == 0 ? walk.at : last;
  if (!self->has_length)
    self->whole = self->end + self->padding;
  return TRUE;
}

/* GStreamer's asfmux does not count the padding in what it says is the length of the packet. */
static gboolean
is_longer (const LecAsfPacket *self, gsize size)
{
  return self->length_type != 0 && self->length > 0 && self->length < size && self->padding > 0
         && self->padding <= size - self->length;
}

gboolean
lec_asf_packet_read (const guint8 *bytes, gsize size, LecAsfPacket *packet)
{
  LecAsfPacket found = { .bytes = bytes };

  if (!read_front (&found, size))
    return FALSE;
  if (!found.is_parity && !(limit (&found, size, found.length) && find_end (&found))
      && !(is_longer (&found, size) && limit (&found, size, found.length + found.padding)
           && find_end (&found)))
    return FALSE;
  *packet = found;
  return TRUE;
}
