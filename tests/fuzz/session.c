/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A session under a script of operations made of the input's bytes, told the time by it too.
 *
 * The first byte says what the session is; then each operation is a byte and what it needs:
 *
 *   0 datagram: length, that many bytes, as they are      4 time goes on: 24 bits of microseconds
 *   1 RTP: leg and sender, sequence, time stamp, SSRC     5 latency: 16 bits of milliseconds
 *   2 RTP that goes on from the one before: two steps     6 local loss: one byte of packets
 *   3 RTCP: length, sender, bytes                         7 reset, lip: one byte
 *
 * On the way everything is asserted that is true of any network. */
#include <string.h>

#include "support/session-walk.h"
#include "wire/reader.h"
#include "wire/rtcp.h"
#include "wire/sync.h"
#include "wire/units.h"

#define OPERATIONS_MAX 4000
#define TS_PACKET 188

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

typedef struct
{
  SessionWalk walk;
  guint8 rtp[12];   /* of the packet before */
  gboolean reset;   /* something that was no packet came out last */
  gint64 out_media; /* of the packet that came out last; G_MAXINT64: its time is not compared */
  gint64 out_pts_ns;
} Script;

static gint alive;

static void
release_counted (LecPacket *packet)
{
  alive--;
  g_free (packet->data);
  g_free (packet);
}

static void
feed (Script *self, const guint8 *bytes, gsize size, guint leg)
{
  LecPacket *packet = g_new0 (LecPacket, 1);

  packet->data = g_malloc (size + LEC_PACKET_SPARE);
  if (size > 0)
    memcpy (packet->data, bytes, size);
  packet->size = packet->capacity = (guint32) size;
  packet->arrival_ns = self->walk.now_ns;
  packet->sender = (guint64) (1 + leg / 4 % 4) << 16;
  packet->recovered = (leg & 16) != 0;
  packet->release = release_counted;
  alive++;
  lec_session_feed (self->walk.session, packet, leg % 4);
}

/* What leaves is whole, and times go on as they do in the media. */
static void
take (LecItem *item, gpointer data)
{
  Script *self = data;

  if (item->kind == LEC_ITEM_PACKET) {
    const LecPacket *packet = item->packet;

    g_assert_cmpuint (packet->payload_offset + packet->payload_size, <=, packet->size);
    if (!self->reset && packet->media_time >= self->out_media)
      g_assert_cmpint (packet->pts_ns, >=, self->out_pts_ns);
    self->out_media = packet->media_time;
    self->out_pts_ns = packet->pts_ns;
    lec_packet_release (item->packet);
  } else if (item->kind == LEC_ITEM_GAP) {
    self->out_media = G_MAXINT64; /* the time after a gap is not compared */
  }
  self->reset = item->kind != LEC_ITEM_PACKET;
}

/* What is reported is well-formed, and does not come in a flood. */
static void
report (Script *self)
{
  guint8 bytes[LEC_RTCP_MAX];

  for (guint i = 0; i < 4 && lec_session_get_report_time (self->walk.session) <= self->walk.now_ns;
       i++) {
    gsize size = lec_session_write_report (self->walk.session, self->walk.now_ns, bytes);

    g_assert_cmpuint (size, <=, sizeof bytes);
    g_assert_true (size == 0 || lec_rtcp_check (bytes, size));
  }
  g_assert_cmpint (lec_session_get_report_time (self->walk.session), >, self->walk.now_ns);
}

static void
advance (Script *self, gint64 time_ns)
{
  session_walk_advance (&self->walk, self->walk.now_ns + time_ns);
  report (self);
}

static void
feed_next (Script *self, guint8 step, guint8 ticks)
{
  guint16 sequence = (guint16) ((self->rtp[2] << 8 | self->rtp[3]) + (gint8) step);
  guint32 timestamp = (guint32) self->rtp[4] << 24 | (guint32) self->rtp[5] << 16
                      | (guint32) self->rtp[6] << 8 | self->rtp[7];

  timestamp += (guint32) (gint32) (gint8) ticks * 80;
  self->rtp[2] = (guint8) (sequence >> 8);
  self->rtp[3] = (guint8) sequence;
  for (guint i = 0; i < 4; i++)
    self->rtp[4 + i] = (guint8) (timestamp >> (24 - 8 * i));
  feed (self, self->rtp, sizeof self->rtp, 0);
}

static void
feed_header (Script *self, LecReader *script)
{
  guint8 leg = lec_reader_u8 (script);
  const guint8 *header = lec_reader_bytes (script, sizeof self->rtp - 1);

  if (header == NULL)
    return;
  self->rtp[0] = 0x80;
  memcpy (self->rtp + 1, header, sizeof self->rtp - 1);
  feed (self, self->rtp, sizeof self->rtp, leg);
}

static void
feed_bytes (Script *self, LecReader *script)
{
  guint8 length = lec_reader_u8 (script);
  guint8 leg = lec_reader_u8 (script);
  guint8 ts[TS_PACKET] = { 0x47 };
  const guint8 *bytes = lec_reader_bytes (script, length);

  if (length == 0)
    feed (self, ts, sizeof ts, leg);
  else if (bytes != NULL)
    feed (self, bytes, length, leg);
}

static void
feed_report (Script *self, LecReader *script)
{
  guint8 length = lec_reader_u8 (script);
  guint8 sender = lec_reader_u8 (script);
  const guint8 *bytes = lec_reader_bytes (script, length);

  if (bytes != NULL)
    lec_session_feed_rtcp (self->walk.session, bytes, length, (guint64) (sender % 5) << 16,
                           self->walk.now_ns);
  lec_sync_update (&self->walk.session, 1, &self->walk.playout);
}

static void
leave (Script *self)
{
  guint8 bytes[LEC_RTCP_MAX];
  gsize size = lec_session_write_bye (self->walk.session, bytes);

  g_assert_true (size == 0 || lec_rtcp_check (bytes, size));
  lec_session_reset (self->walk.session);
}

static void
reset_or_lip (Script *self, guint8 what)
{
  self->walk.begun = FALSE; /* numbers and times begin anew, or move */
  self->out_media = G_MAXINT64;
  if (what == 0)
    leave (self);
  else
    lec_playout_stream_set_sync_offset (lec_playout_get_stream (&self->walk.playout, 0),
                                        what * 5 * MSECOND);
}

static void
run_operation (Script *self, LecReader *script)
{
  guint8 step;

  switch (lec_reader_u8 (script) % 8) {
  case 0:
    feed_bytes (self, script);
    break;
  case 1:
    feed_header (self, script);
    break;
  case 2:
    step = lec_reader_u8 (script);
    feed_next (self, step, lec_reader_u8 (script));
    break;
  case 3:
    feed_report (self, script);
    break;
  case 4:
    step = lec_reader_u8 (script);
    advance (self, (step << 16 | lec_reader_u16 (script)) * G_GINT64_CONSTANT (1000));
    break;
  case 5:
    step = lec_reader_u16 (script);
    lec_playout_set_latency (&self->walk.playout, step == 0 ? LEC_LATENCY_AUTO : step * MSECOND);
    session_walk_agree (&self->walk);
    break;
  case 6:
    lec_session_note_local_loss (self->walk.session, lec_reader_u8 (script), self->walk.now_ns);
    break;
  default:
    reset_or_lip (self, lec_reader_u8 (script));
    break;
  }
}

static LecSession *
session_of_byte (guint8 what, LecPlayout *playout)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecKind kind = what & 1 ? LEC_KIND_TS : LEC_KIND_RTP;
  LecStream *stream = lec_alternative_add_stream (lec_channel_info_add_alternative (info, kind),
                                                  what & 2 ? LEC_MEDIA_VIDEO : LEC_MEDIA_AUDIO);

  LecSession *session;

  lec_stream_add_leg (stream, "239.1.1.1", 5004);
  if (what & 4)
    lec_stream_add_leg (stream, "239.1.1.2", 5004);
  if (what & 8) {
    lec_stream_add_payload (stream, 0, "PCMU", 8000);
    lec_stream_add_payload (stream, 96, "H264", 90000);
    lec_stream_add_payload (stream, 97, "L24", 48000);
    lec_stream_add_payload (stream, 98, "red", 8000);
  }
  lec_playout_init (playout, 200 * MSECOND, MSECOND);
  session = lec_session_new (
      stream, &(LecSessionConfig){ .format = lec_format_of (kind), .playout = playout, .seed = 1 });
  stream->rtcp_receivers = 10000;
  if (what & 16)
    lec_session_allow_reports (session, stream, "anybody", 1);
  return session;
}

static void
check_sums (const Script *self)
{
  LecStats stats = lec_session_get_stats (self->walk.session);

  g_assert_cmpuint (stats.received + stats.recovered, ==,
                    stats.out + stats.aside + stats.merged + stats.late + stats.stale
                        + stats.duplicate + stats.discarded + stats.overrun + stats.held);
  g_assert_cmpuint (stats.held, ==, (guint) alive);
  g_assert_cmpuint (stats.lost, <=, G_MAXINT64); /* nothing was taken back that never was lost */
  g_assert_cmpint (stats.jitter_ns, >=, 0);
  g_assert_cmpfloat (ABS (stats.drift_ppm), <=, 500);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  LecReader script = lec_reader_init (data, size);
  Script self = { .rtp = { 0x80 }, .out_media = G_MAXINT64, .walk = { .take = take } };

  self.walk.data = &self;
  self.walk.session = session_of_byte (lec_reader_u8 (&script), &self.walk.playout);
  for (guint i = 0; i < OPERATIONS_MAX && script.left > 0; i++)
    run_operation (&self, &script);
  check_sums (&self);
  advance (&self, 100000 * MSECOND);
  check_sums (&self);
  lec_session_free (self.walk.session);
  g_assert_cmpint (alive, ==, 0);
  return 0;
}
