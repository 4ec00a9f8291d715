/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/repair-intake.h"

#include "support/fec-station.h"
#include "wire/fec-layout.h"

static LecPacket *acquired;
static guint asked;

static LecPacket *
acquire (gsize capacity, gpointer data)
{
  g_assert_cmpuint (capacity, >=, LEC_PACKET_SLOT);
  g_assert_true (data == &asked);
  asked++;
  return acquired = lec_packet_new (capacity);
}

static void
init (LecRepairIntake *self, LecRepairScheme scheme)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_VIDEO);

  lec_stream_add_repair (stream, scheme, "239.1.1.1", 5006);
  lec_repair_intake_init (self, stream, acquire, &asked);
}

/* Rows of five, of which packet 7 is missing; parity comes with @late so much later. */
static void
feed (LecRepairIntake *self)
{
  const FecStation station = { .scheme = LEC_REPAIR_2022_1,
                               .packets = 20,
                               .interval_ns = 10 * MSECOND,
                               .columns = 5,
                               .rows = 4,
                               .only_rows = TRUE };
  g_autoptr (GArray) sent = fec_station_send (&station);

  for (guint i = 0; i < sent->len; i++) {
    const FecDatagram *datagram = &g_array_index (sent, FecDatagram, i);
    g_autoptr (LecPacket) packet = fec_station_packet (datagram, datagram->sent_ns);

    packet->extended_sequence = packet->sequence = (guint32) datagram->number;
    if (datagram->is_parity)
      g_assert_true (lec_repair_intake_add (self, LEC_REPAIR_2022_1, packet, FEC_STATION_SSRC));
    else if (datagram->number != 7)
      lec_repair_intake_note (self, packet);
  }
}

static void
test_memory (void)
{
  LecRepairIntake intake;

  init (&intake, LEC_REPAIR_RTX); /* that needs no window */
  g_assert_null (intake.decoder);
  lec_repair_intake_clear (&intake);
  init (&intake, LEC_REPAIR_2022_1);
  g_assert_nonnull (intake.decoder);
  lec_repair_intake_clear (&intake);
}

/* Delay is asked for when something was rebuilt, in time or not, and for a minute. */
static void
test_time (void)
{
  LecRepairIntake intake;
  LecStats stats = { 0 };
  LecPacket *packet;

  init (&intake, LEC_REPAIR_2022_1);
  feed (&intake);
  g_assert_cmpint (lec_repair_intake_get_time (&intake, 2 * SECOND), ==, 0);
  packet = lec_repair_intake_take (&intake, FEC_STATION_SSRC, FEC_STATION_SENDER, 2 * SECOND);
  g_assert_true (packet == acquired);
  g_assert_true (packet->recovered);
  g_assert_cmpint (packet->arrival_ns, ==, 2 * SECOND);
  g_assert_true (packet->sender == FEC_STATION_SENDER);
  g_assert_null (lec_repair_intake_take (&intake, FEC_STATION_SSRC, 1, 2 * SECOND));
  g_assert_cmpuint (asked, ==, 1);
  g_assert_cmpint (lec_repair_intake_get_time (&intake, 2 * SECOND), ==, 0);

  packet->extended_sequence = 7;
  lec_repair_intake_note (&intake, packet);
  lec_repair_intake_note_loss (&intake, &(LecGap){ .first = 7, .count = 1 }, 1, 2 * SECOND);
  lec_repair_intake_note_result (&intake, 7, TRUE, 2 * SECOND);
  g_assert_cmpint (lec_repair_intake_get_time (&intake, 2 * SECOND), >=, 40 * MSECOND);
  g_assert_cmpint (lec_repair_intake_get_time (&intake, 2 * SECOND), <=, 60 * MSECOND);
  g_assert_cmpint (lec_repair_intake_get_time (&intake, 61 * SECOND), >=, 40 * MSECOND);
  g_assert_cmpint (lec_repair_intake_get_time (&intake, 62 * SECOND), ==, 0);
  lec_repair_intake_read (&intake, &stats);
  g_assert_cmpuint (stats.repairs[LEC_REPAIR_2022_1].late, ==, 1);
  g_assert_cmpuint (stats.repairs[LEC_REPAIR_2022_1].unrepaired, ==, 0);
  g_assert_cmpuint (stats.repairs[LEC_REPAIR_2022_1].packets, ==, 4);
  g_assert_false (lec_repair_intake_take_back (&intake, 7)); /* it was not used */
  lec_packet_release (packet);
  lec_repair_intake_clear (&intake);
}

/* Losses are counted as not repaired only while parity comes. */
static void
test_loss (void)
{
  LecRepairIntake intake;
  LecStats stats = { 0 };

  init (&intake, LEC_REPAIR_2022_1);
  lec_repair_intake_note_loss (&intake, &(LecGap){ .first = 40, .count = 3 }, 3, SECOND);
  feed (&intake);
  lec_repair_intake_note_loss (&intake, &(LecGap){ .first = 40, .count = 5 }, 5, 2 * SECOND);
  lec_repair_intake_note_loss (&intake, &(LecGap){ .first = 40, .count = 7 }, 7,
                               2 * SECOND + LEC_FEC_LONGEST_NS);
  lec_repair_intake_read (&intake, &stats);
  g_assert_cmpuint (stats.unrepaired, ==, 5);
  lec_repair_intake_clear (&intake);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/repair-intake/memory", test_memory);
  g_test_add_func ("/repair-intake/time", test_time);
  g_test_add_func ("/repair-intake/loss", test_loss);
  return g_test_run ();
}
