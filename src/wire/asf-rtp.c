/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/asf-rtp.h"

#include <string.h>

#include "wire/asf-header.h"
#include "wire/asf-rewriter.h"
#include "wire/reader.h"

/*  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |S|L|R|D|I| RES |  L: length of the packet; else offset of this |
 * |                  R: relative time stamp                       |
 * |                  D: duration                                  |
 * |                  I: location                                  |
 * |  the packet, or a piece of it                                 |
 */
#define FLAG_LENGTH 0x40
#define FLAG_RELATIVE 0x20
#define FLAG_DURATION 0x10
#define FLAG_LOCATION 0x08
#define FLAGS_RESERVED 0x07

/* [ms] No server keeps a packet for longer until others are due. */
#define LATEST_MS 10000

struct _LecAsfRtp
{
  LecAsfRewriter rewriter;
  gsize packet_size;
  guint8 *bytes; /* of one packet, with LEC_ASF_ROOM in front */

  /* the one that comes in pieces */
  gsize filled; /* [bytes] of it; 0: there is none */
  guint32 timestamp;

  /* of the RTP packet that was fed */
  LecReader left; /* that has not been looked at */
  guint32 now;    /* its time stamp */
  gboolean is_marked;
  gboolean counts_header; /* lengths are those of a packet and what stands in front of it */
  gboolean has_first;
  guint32 first_ms; /* send time of the first packet */
};

/* What stands in front of a packet, or of a piece. */
typedef struct
{
  gboolean is_whole;
  gsize size;   /* [bytes] of all this */
  gsize number; /* length or offset */
} Front;

static const LecPayload *
find_payload (const LecStream *stream)
{
  const LecPayload *payload
      = stream->payloads->len > 0 ? g_ptr_array_index (stream->payloads, 0) : NULL;

  return payload != NULL && payload->encoding != NULL
                 && g_ascii_strcasecmp (payload->encoding, LEC_ASF_RTP_ENCODING) == 0
             ? payload
             : NULL;
}

GBytes *
lec_asf_rtp_dup_header (const LecStream *stream)
{
  const LecPayload *payload = find_payload (stream);
  const char *config = payload != NULL ? lec_payload_get_parameter (payload, "config") : NULL;
  g_autofree guint8 *bytes = NULL;
  g_autoptr (GBytes) header = NULL;
  LecAsfHeader facts;
  gsize length;

  if (config == NULL)
    return NULL;
  bytes = g_base64_decode (config, &length);
  if (!lec_asf_header_read (bytes, length, &facts) || facts.packet_size == 0
      || facts.packet_size > LEC_PACKET_MAX || length < facts.size + LEC_ASF_DATA_START)
    return NULL;
  header = g_bytes_new (bytes, facts.size + LEC_ASF_DATA_START);
  return lec_asf_header_normalise (header);
}

LecAsfRtp *
lec_asf_rtp_new (GBytes *header)
{
  LecAsfRtp *self = g_new0 (LecAsfRtp, 1);
  LecAsfHeader facts = { 0 };

  lec_asf_header_read (g_bytes_get_data (header, NULL), g_bytes_get_size (header), &facts);
  lec_asf_rewriter_init (&self->rewriter, &facts);
  self->packet_size = MIN (facts.packet_size, LEC_PACKET_MAX);
  self->bytes = g_malloc (LEC_ASF_ROOM + self->packet_size);
  return self;
}

void
lec_asf_rtp_free (LecAsfRtp *self)
{
  if (self == NULL)
    return;

  g_free (self->bytes);
  g_free (self);
}

gsize
lec_asf_rtp_get_packet_size (const LecAsfRtp *self)
{
  return self->packet_size;
}

void
lec_asf_rtp_break (LecAsfRtp *self)
{
  self->filled = 0;
}

void
lec_asf_rtp_begin (LecAsfRtp *self)
{
  lec_asf_rtp_break (self);
  lec_asf_rewriter_begin (&self->rewriter);
}

gboolean
lec_asf_rtp_nears_wrap (const LecAsfRtp *self)
{
  return lec_asf_rewriter_nears_wrap (&self->rewriter);
}

/* Returns: whether there is one */
static gboolean
read_front (LecReader *reader, Front *front)
{
  const gsize before = reader->left;
  const guint32 word = lec_reader_u32 (reader);
  const guint flags = word >> 24;

  lec_reader_skip (reader, (flags & FLAG_RELATIVE ? 4u : 0) + (flags & FLAG_DURATION ? 4u : 0)
                               + (flags & FLAG_LOCATION ? 4u : 0));
  front->is_whole = (flags & FLAG_LENGTH) != 0;
  front->size = before - reader->left;
  front->number = word & 0xffffff;
  return !reader->failed && (flags & FLAGS_RESERVED) == 0;
}

/* [MS-RTSP] speaks of the packet that follows; servers of Windows Media count what stands in front
 * of it as well, and GStreamer does not. So what comes out even is right.
 *
 * Returns: whether all packets end where the next one begins, and the last one at the end */
static gboolean
comes_out_even (LecReader reader, gboolean counts_header)
{
  Front front;

  while (reader.left > 0) {
    if (!read_front (&reader, &front) || !front.is_whole
        || (counts_header && front.number < front.size))
      return FALSE;
    lec_reader_skip (&reader, front.number - (counts_header ? front.size : 0));
    if (reader.failed)
      return FALSE;
  }
  return TRUE;
}

void
lec_asf_rtp_feed (LecAsfRtp *self, const LecPacket *packet)
{
  self->left = lec_reader_init (packet->data + packet->payload_offset, packet->payload_size);
  self->now = packet->timestamp;
  self->is_marked = packet->marker;
  self->has_first = FALSE;
  if (!comes_out_even (self->left, self->counts_header)
      && comes_out_even (self->left, !self->counts_header))
    self->counts_header = !self->counts_header;
}

static void
copy (LecAsfRtp *self, gsize offset, const guint8 *bytes, gsize size)
{
  memcpy (self->bytes + LEC_ASF_ROOM + offset, bytes, size);
}

/* Returns: [bytes] of the packet that is there now; 0: there is none */
static gsize
take_whole (LecAsfRtp *self, const Front *front)
{
  const gsize size = front->number - (self->counts_header ? front->size : 0);
  const guint8 *bytes = NULL;

  self->filled = 0;
  if (!self->counts_header || front->number >= front->size)
    bytes = lec_reader_bytes (&self->left, size);
  if (bytes == NULL) {
    self->left.left = 0;
    return 0;
  }
  if (size > self->packet_size)
    return 0;
  copy (self, 0, bytes, size);
  return size;
}

/* All pieces of a packet have its send time as their time stamp.
 *
 * Returns: as take_whole() */
static gsize
take_piece (LecAsfRtp *self, const Front *front)
{
  const gsize size = self->left.left;
  const guint8 *bytes = lec_reader_bytes (&self->left, size);
  const gboolean goes_on
      = front->number == self->filled && (self->filled == 0 || self->timestamp == self->now);

  if (!goes_on || size > self->packet_size - self->filled) {
    self->filled = 0;
    return 0;
  }
  copy (self, self->filled, bytes, size);
  self->filled += size;
  self->timestamp = self->now;
  return self->is_marked || self->filled == self->packet_size ? self->filled : 0;
}

static guint32
find_later (LecAsfRtp *self)
{
  guint32 later_ms;

  if (!self->has_first)
    self->first_ms = self->rewriter.send_time;
  self->has_first = TRUE;
  later_ms = self->rewriter.send_time - self->first_ms;
  return later_ms <= LATEST_MS ? later_ms : 0;
}

const guint8 *
lec_asf_rtp_take (LecAsfRtp *self, guint32 *later_ms)
{
  while (self->left.left > 0) {
    const guint8 *start = NULL;
    Front front;
    gsize size;

    if (!read_front (&self->left, &front)) {
      self->left.left = self->filled = 0;
      break;
    }
    size = front.is_whole ? take_whole (self, &front) : take_piece (self, &front);
    if (size > 0) {
      self->filled = 0;
      start = lec_asf_rewriter_write (&self->rewriter, self->bytes + LEC_ASF_ROOM, size,
                                      self->packet_size);
    }
    if (start != NULL) {
      *later_ms = find_later (self);
      return start;
    }
  }
  return NULL;
}

guint32
lec_asf_rtp_get_send_time (const LecAsfRtp *self)
{
  return self->rewriter.send_time - self->rewriter.shift_ms;
}
