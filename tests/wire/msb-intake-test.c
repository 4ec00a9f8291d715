/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/msb-intake.h"

#include "support/msb-station.h"
#include "support/station.h"
#include "wire/format.h"
#include "wire/msb.h"

#define PACKET_SIZE 600
#define LARGE 4000
#define OTHER 17
#define UNKNOWN 99

typedef struct
{
  MsbStation station;
  GArray *sent;
  LecMsbIntake *intake;
} Hall;

static void
hall_open (Hall *self, guint packet_size)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_MSB);

  lec_alternative_add_format (alternative, 586, msb_station_make_header (packet_size));
  lec_alternative_add_format (alternative, OTHER, msb_station_make_header (packet_size));
  msb_station_init (&self->station, 1);
  self->sent = g_array_new (FALSE, TRUE, sizeof (MsbDatagram));
  self->intake = lec_msb_intake_new (alternative->msb);
}

static void
hall_close (Hall *self)
{
  lec_msb_intake_free (self->intake);
  g_array_unref (self->sent);
  msb_station_clear (&self->station);
  g_assert_cmpint (packets_alive (), ==, 0);
}

/* The next packet of @stream with number @id, that comes at @at_ms. */
static LecPacket *
next (Hall *self, guint stream, guint32 id, gint64 at_ms)
{
  const MsbDatagram *datagram;
  LecPacket *packet;

  self->station.stream = stream;
  self->station.id = id;
  g_array_set_size (self->sent, 0);
  msb_station_send (&self->station, 1, self->sent);
  datagram = &g_array_index (self->sent, MsbDatagram, 0);
  packet = packet_of_bytes (datagram->bytes, datagram->size, at_ms * MSECOND, 1);
  g_assert_true (lec_format_msb.parse (packet));
  return packet;
}

/* What is heard one after the other, from the sender or from somebody else. */
static void
test_sort (void)
{
  static const struct
  {
    const char *story;
    guint stream;
    guint32 id;
    gint64 at_ms;
    gboolean is_ours;
    LecMsbAnswer answer;
  } rows[] = {
    { "the first", 586, 100, 0, FALSE, LEC_MSB_MEDIA },
    { "the next", 586, 101, 20, TRUE, LEC_MSB_MEDIA },
    { "somebody else’s", OTHER, 101, 30, FALSE, LEC_MSB_MEDIA },
    { "somebody else’s unknown", UNKNOWN, 101, 30, FALSE, LEC_MSB_STRAY },
    { "another stream", OTHER, 104, 40, TRUE, LEC_MSB_SWITCH },
    { "overtaken", 586, 103, 50, TRUE, LEC_MSB_BEHIND },
    { "the same again", OTHER, 105, 60, TRUE, LEC_MSB_MEDIA },
    { "another one so soon", 586, 106, 300, TRUE, LEC_MSB_HASTY },
    { "toggled so soon", OTHER | LEC_MSB_TOGGLE, 106, 300, TRUE, LEC_MSB_HASTY },
    { "toggled", OTHER | LEC_MSB_TOGGLE, 106, 700, TRUE, LEC_MSB_SWITCH },
    { "unknown", UNKNOWN, 107, 1300, TRUE, LEC_MSB_ASIDE },
    { "the same behind a stray one", OTHER | LEC_MSB_TOGGLE, 108, 1300, TRUE, LEC_MSB_MEDIA },
    { "unknown", UNKNOWN, 109, 1400, TRUE, LEC_MSB_ASIDE },
    { "unknown", UNKNOWN, 110, 1400, TRUE, LEC_MSB_ASIDE },
    { "unknown", UNKNOWN, 111, 1400, TRUE, LEC_MSB_ASIDE },
    { "the same behind an entry", OTHER | LEC_MSB_TOGGLE, 112, 1500, TRUE, LEC_MSB_SWITCH },
  };
  LecStats stats = { 0 };
  Hall hall;

  hall_open (&hall, PACKET_SIZE);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LecPacket) packet = next (&hall, rows[i].stream, rows[i].id, rows[i].at_ms);
    const LecMsbAnswer answer = lec_msb_intake_sort (hall.intake, packet, rows[i].is_ours);

    g_test_message ("%s", rows[i].story);
    g_assert_cmpint (answer, ==, rows[i].answer);
    if (answer == LEC_MSB_SWITCH)
      lec_msb_intake_begin (hall.intake, packet);
    if (answer == LEC_MSB_SWITCH || (answer == LEC_MSB_MEDIA && (rows[i].is_ours || i == 0)))
      g_assert_null (lec_msb_intake_note (hall.intake, packet));
  }
  lec_msb_intake_read (hall.intake, &stats);
  g_assert_cmpuint (stats.switches, ==, 3);
  g_assert_cmpuint (stats.unknown_formats, ==, 5);
  hall_close (&hall);
}

/* A packet that is larger than its format has is none, though it can be read. */
static void
test_size (void)
{
  g_autoptr (LecPacket) packet = NULL;
  Hall hall;

  hall_open (&hall, PACKET_SIZE - 1);
  hall.station.whole = TRUE;
  packet = next (&hall, 586, 1, 0);
  g_assert_cmpint (lec_msb_intake_sort (hall.intake, packet, TRUE), ==, LEC_MSB_MALFORMED);
  lec_packet_release (g_steal_pointer (&packet));
  hall_close (&hall);
}

/* What does not fit into its slot when it is whole, gets a larger one. */
static void
test_room (void)
{
  LecPacket *packet;
  Hall hall;

  hall_open (&hall, LARGE);
  packet = next (&hall, 586, 1, 0);
  g_assert_cmpuint (packet->capacity, <, LARGE);
  packet->pts_ns = 5;
  packet = lec_msb_intake_process (hall.intake, packet);
  g_assert_cmpuint (packet->payload_size, ==, LARGE);
  g_assert_cmpuint (packet->payload_offset + packet->payload_size, <=,
                    packet->capacity + LEC_PACKET_SPARE);
  g_assert_cmpint (packet->pts_ns, ==, 5);
  g_assert_true (packet->begins_epoch);
  lec_packet_release (packet);
  packet = lec_msb_intake_process (hall.intake, next (&hall, 586, 2, 20));
  g_assert_false (packet->begins_epoch);
  lec_packet_release (packet);
  lec_msb_intake_break (hall.intake);
  packet = lec_msb_intake_process (hall.intake, next (&hall, 586, 3, 40));
  g_assert_true (packet->begins_epoch);
  lec_packet_release (packet);
  hall_close (&hall);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/msb-intake/sort", test_sort);
  g_test_add_func ("/msb-intake/size", test_size);
  g_test_add_func ("/msb-intake/room", test_room);
  return g_test_run ();
}
