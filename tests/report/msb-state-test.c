/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/msb-state.h"

#include "wire/units.h"

/* In seconds; -1: never. Joined at 100. */
static const struct
{
  const char *story;
  gint now, known, beacon, unknown_since, packet;
  LecMsbState state;
} rows[] = {
  { "just joined", 100, -1, -1, -1, -1, LEC_MSB_STATE_JOINING },
  { "nothing for long", 119, -1, -1, -1, -1, LEC_MSB_STATE_JOINING },
  { "nothing for too long", 120, -1, -1, -1, -1, LEC_MSB_STATE_MISSING },
  { "a beacon", 119, -1, 118, -1, -1, LEC_MSB_STATE_WAITING },
  { "beacons for hours", 9999, -1, 9990, -1, -1, LEC_MSB_STATE_WAITING },
  { "beacons have stopped", 160, -1, 130, -1, -1, LEC_MSB_STATE_JOINING },
  { "beacons have stopped for good", 180, -1, 130, -1, -1, LEC_MSB_STATE_MISSING },
  { "media", 130, 129, -1, -1, 129, LEC_MSB_STATE_PLAYING },
  { "media after beacons", 130, 129, 120, -1, 129, LEC_MSB_STATE_PLAYING },
  { "media pause", 158, 129, 157, -1, 129, LEC_MSB_STATE_PLAYING },
  { "media have ended", 159, 129, -1, -1, 129, LEC_MSB_STATE_ENDED },
  { "media have ended, beacons have not", 159, 129, 158, -1, 129, LEC_MSB_STATE_ENDED },
  { "from before the join", 110, 90, 95, -1, 90, LEC_MSB_STATE_JOINING },
  { "an unknown format", 109, -1, -1, 105, 109, LEC_MSB_STATE_JOINING },
  { "nothing else", 110, -1, -1, 105, 110, LEC_MSB_STATE_UNDESCRIBED },
  { "nothing else any more", 130, 120, -1, 124, 130, LEC_MSB_STATE_UNDESCRIBED },
  { "nothing else, and then nothing", 136, 120, -1, 124, 130, LEC_MSB_STATE_PLAYING },
};

static gint64
to_ns (gint seconds)
{
  return seconds < 0 ? -1 : seconds * SECOND;
}

static void
test_row (gconstpointer data)
{
  const typeof (rows[0]) *row = data;
  const LecStats stats = {
    .last_known_ns = to_ns (row->known),
    .last_beacon_ns = to_ns (row->beacon),
    .unknown_since_ns = to_ns (row->unknown_since),
    .last_packet_ns = to_ns (row->packet),
  };

  g_assert_cmpint (lec_msb_state_find (&stats, 100 * SECOND, to_ns (row->now)), ==, row->state);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/msb-state/%s", rows[i].story);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  return g_test_run ();
}
