/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A session of Windows Media multicast under datagrams made of the input's bytes.
 *
 * After one byte that says how many formats are announced, each datagram is 16 bits of length, a
 * byte of milliseconds that pass before it, a byte that says who sends it, and its bytes. What the
 * length promises and is not there ends the input. */
#include <string.h>

#include "support/session-walk.h"
#include "wire/asf-packet.h"
#include "wire/reader.h"
#include "wire/units.h"

#define PACKET_SIZE 600
#define DATAGRAMS_MAX 4000
#define OTHER 17

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static gint alive;

typedef struct
{
  SessionWalk walk;
  guint64 fed;
} Script;

static void
release_counted (LecPacket *packet)
{
  alive--;
  g_free (packet->data);
  g_free (packet);
}

static void
feed (Script *self, const guint8 *bytes, gsize size, guint8 sender)
{
  LecPacket *packet = g_new0 (LecPacket, 1);

  packet->data = g_malloc (size + LEC_PACKET_SPARE);
  memcpy (packet->data, bytes, size);
  packet->size = packet->capacity = (guint32) size;
  packet->arrival_ns = self->walk.now_ns;
  packet->sender = (guint64) (1 + sender % 4) << 16;
  packet->release = release_counted;
  alive++;
  self->fed += !lec_session_is_control (self->walk.session, bytes, size, packet->sender);
  lec_session_feed (self->walk.session, packet, 0);
}

/* What leaves is whole, or nothing. */
static void
check_packet (LecPacket *packet)
{
  LecAsfPacket asf;

  g_assert_cmpuint (packet->payload_offset + packet->payload_size, <=,
                    packet->capacity + LEC_PACKET_SPARE);
  if (packet->payload_size > 0) {
    g_assert_cmpuint (packet->payload_size, ==, PACKET_SIZE);
    g_assert_true (lec_asf_packet_read (packet->data + packet->payload_offset, PACKET_SIZE, &asf));
    g_assert_false (asf.is_parity);
  }
  lec_packet_release (packet);
}

static void
check_cue (LecCue *cue)
{
  g_assert_true (g_utf8_validate (cue->type, -1, NULL));
  g_assert_true (g_utf8_validate (cue->parameter, -1, NULL));
  lec_cue_free (cue);
}

static void
take (LecItem *item, gpointer data)
{
  if (item->kind == LEC_ITEM_PACKET)
    check_packet (item->packet);
  else if (item->kind == LEC_ITEM_CUE)
    check_cue (item->cue);
}

/* A video and script commands. */
static GBytes *
make_header (void)
{
  static const guint8 front[] = "\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c"
                                "\x22\x01\0\0\0\0\0\0\3\0\0\0\1\2";
  static const guint8 properties[]
      = "\xa1\xdc\xab\x8c\x47\xa9\xcf\x11\x8e\xe4\x00\xc0\x0c\x20\x53\x65\x68\0\0\0\0\0\0\0";
  static const guint8 stream[]
      = "\x91\x07\xdc\xb7\xb7\xa9\xcf\x11\x8e\xe6\x00\xc0\x0c\x20\x53\x65\x4e\0\0\0\0\0\0\0";
  static const guint8 kinds[2][17]
      = { "\xc0\xef\x19\xbc\x4d\x5b\xcf\x11\xa8\xfd\x00\x80\x5f\x5c\x44\x2b",
          "\xc0\xcf\xda\x59\xe6\x59\xd0\x11\xa3\xac\x00\xa0\xc9\x03\x48\xf6" };
  guint8 *header = g_malloc0 (340), *at = header;

  memcpy (at, front, 30);
  memcpy (at += 30, properties, 24);
  at[80] = 200;
  at[92] = at[96] = PACKET_SIZE & 0xff;
  at[93] = at[97] = PACKET_SIZE >> 8;
  at += 104;
  for (guint i = 0; i < 2; i++) {
    memcpy (at, stream, 24);
    memcpy (at + 24, kinds[i], 16);
    at[72] = (guint8) (i + 1);
    at += 78;
  }
  return g_bytes_new_take (header, 340);
}

static LecSession *
session_of_byte (guint8 what, LecPlayout *playout)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_MSB);
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);

  lec_stream_add_leg (stream, "239.1.1.1", 5004);
  lec_alternative_add_format (alternative, 586, make_header ());
  if (what & 1)
    lec_alternative_add_format (alternative, OTHER, make_header ());
  alternative->msb->fec_span = what >> 4;
  lec_playout_init (playout, what & 2 ? 200 * MSECOND : LEC_LATENCY_AUTO, 150 * MSECOND);
  return lec_session_new (stream, &(LecSessionConfig){ .format = &lec_format_msb,
                                                       .msb = alternative->msb,
                                                       .playout = playout,
                                                       .seed = 1 });
}

static void
check_sums (const Script *self)
{
  const LecStats stats = session_walk_check_sums (&self->walk, self->fed);

  g_assert_cmpuint (stats.held, ==, (guint) alive);
  g_assert_cmpuint (stats.recovered, <=, stats.parity);
  g_assert_cmpuint (stats.unrepaired, <=, 16 * stats.parity);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  LecReader reader = lec_reader_init (data, size);
  Script self = { .walk = { .now_ns = SECOND, .take = take } };

  self.walk.session = session_of_byte (lec_reader_u8 (&reader), &self.walk.playout);
  for (guint i = 0; i < DATAGRAMS_MAX && reader.left > 0; i++) {
    const guint16 length = lec_reader_le16 (&reader);
    const guint8 pause = lec_reader_u8 (&reader), sender = lec_reader_u8 (&reader);
    const guint8 *bytes = lec_reader_bytes (&reader, length);

    if (bytes == NULL)
      break;
    session_walk_advance (&self.walk, self.walk.now_ns + pause * MSECOND);
    feed (&self, bytes, length, sender);
  }
  session_walk_advance (&self.walk, self.walk.now_ns + 20 * SECOND);
  check_sums (&self);
  lec_session_free (self.walk.session);
  g_assert_cmpint (alive, ==, 0);
  return 0;
}
