/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What it does to a stream is told of the session, in ts-carriage-test.c; here is what it knows. */
#include "wire/ts-intake.h"

#include <string.h>

#include "support/station.h"
#include "wire/ts-packet.h"

static void
open_intake (LecTsIntake *self, LecKind kind, const char *encoding)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecStream *stream
      = lec_alternative_add_stream (lec_channel_info_add_alternative (info, kind), LEC_MEDIA_VIDEO);

  lec_stream_add_leg (stream, "239.1.1.1", 5004);
  if (encoding != NULL)
    lec_stream_add_payload (stream, 96, encoding, 90000);
  lec_ts_intake_init (self, lec_format_of (kind), stream);
}

/* What was announced is known: by its name, or a bare address by the profile. */
static void
test_announced (void)
{
  LecTsIntake intake;

  open_intake (&intake, LEC_KIND_RTP, "MP2T");
  g_assert_true (lec_ts_intake_is_of (&intake, 96));
  g_assert_false (lec_ts_intake_is_of (&intake, 33));
  g_assert_false (lec_ts_intake_is_found (&intake, 96));
  lec_ts_intake_clear (&intake);
  open_intake (&intake, LEC_KIND_RTP, NULL);
  g_assert_true (lec_ts_intake_is_of (&intake, 33));
  lec_ts_intake_clear (&intake);
  open_intake (&intake, LEC_KIND_RTP, "H264");
  for (guint i = 0; i < 70000; i += 11)
    g_assert_false (lec_ts_intake_is_of (&intake, i));
  lec_ts_intake_clear (&intake);
}

/* Of seven packets, in RTP of payload type 96 or without. */
static LecPacket *
make_packet (gboolean rtp)
{
  guint8 bytes[12 + 7 * LEC_TS_PACKET] = { 0x80, 96 };
  const gsize start = rtp ? 12 : 0;
  LecPacket *packet;

  for (guint i = 0; i < 7; i++) {
    memset (bytes + start + i * LEC_TS_PACKET, 0xff, LEC_TS_PACKET);
    memcpy (bytes + start + i * LEC_TS_PACKET, "\x47\x1f\xff\x10", 4);
  }
  packet = packet_of_bytes (bytes, start + 7 * LEC_TS_PACKET, SECOND, 5 << 16);
  packet->payload_offset = (guint32) start;
  packet->payload_size = 7 * LEC_TS_PACKET;
  packet->payload_type = 96;
  return packet;
}

/* One packet proves nothing, some in a row do. */
static void
test_found (void)
{
  g_autoptr (LecPacket) packet = make_packet (TRUE);
  LecTsIntake intake;

  open_intake (&intake, LEC_KIND_RTP, "H264");
  for (guint i = 1; i < LEC_TS_ROW; i++)
    g_assert_false (lec_ts_intake_look (&intake, packet));
  g_assert_cmpint (lec_ts_intake_get_found (&intake, packet), ==, LEC_FOUND_ANNOUNCED);
  g_assert_true (lec_ts_intake_look (&intake, packet));
  g_assert_false (lec_ts_intake_look (&intake, packet));
  g_assert_true (lec_ts_intake_is_found (&intake, 96));
  g_assert_cmpint (lec_ts_intake_get_found (&intake, packet), ==, LEC_FOUND_OTHER_TS);
  lec_ts_intake_process (&intake, packet);
  g_assert_true (packet->unannounced_ts);
  lec_ts_intake_clear (&intake);
}

static void
test_bare (void)
{
  g_autoptr (LecPacket) packet = make_packet (FALSE);
  LecSource source;
  LecTsIntake intake;

  lec_source_init (&source, 90000, 16);
  open_intake (&intake, LEC_KIND_TS, NULL);
  g_assert_true (lec_ts_intake_is_bare (&intake, &source, packet));
  g_assert_false (lec_ts_intake_take_bare (&intake, &source, packet));
  g_assert_true (packet->bare);
  g_assert_cmpint (lec_source_check_bare (&source, packet, SECOND), ==, LEC_SOURCE_CURRENT);
  g_assert_false (lec_ts_intake_begin_bare (&intake, packet));
  g_assert_cmpint (lec_ts_intake_place_bare (&intake, packet), ==, LEC_TS_PIECE_WHOLE);
  g_assert_true (lec_ts_intake_take_bare (&intake, &source, packet));
  g_assert_cmpint (lec_ts_intake_get_found (&intake, packet), ==, LEC_FOUND_ANNOUNCED);
  packet->sender++;
  g_assert_true (lec_ts_intake_begin_bare (&intake, packet));
  lec_ts_intake_clear (&intake);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ts-intake/announced", test_announced);
  g_test_add_func ("/ts-intake/found", test_found);
  g_test_add_func ("/ts-intake/bare", test_bare);
  return g_test_run ();
}
