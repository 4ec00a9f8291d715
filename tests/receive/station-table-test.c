/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/station-table.h"

#include "net/host.h"
#include "wire/units.h"

static LecStanding
hear (LecStationTable *table, const char *address, guint interface, guint ttl, gint64 now_ns)
{
  struct sockaddr_storage from;
  const LecDatagram datagram = { .from = &from, .interface = interface, .ttl = ttl };
  LecStanding standing;

  g_assert_true (lec_host_parse (address, 5004, &from));
  standing = lec_station_table_hear (table, &datagram, 0, 0, now_ns);
  if (standing == LEC_STANDING_OURS)
    lec_stations_note_source (&table->stations,
                              lec_sender_get_host (lec_datagram_get_sender (&datagram)), 0, 0);
  return standing;
}

static LecReport *
describe (const LecStationTable *table, const char *interfaces, gint64 now_ns)
{
  LecReportDraft *draft = lec_report_draft_new (1);

  draft->now_ns = now_ns;
  draft->streams[0].n_legs = 1;
  g_strlcpy (draft->streams[0].interfaces, interfaces, sizeof draft->streams[0].interfaces);
  lec_station_table_describe (table, draft);
  return lec_report_draft_finish (draft);
}

/* Whoever sends is named, of either family, and it is told what is played. */
static void
test_report (void)
{
  LecStationTable table;
  g_autoptr (LecReport) none = NULL;
  g_autoptr (LecReport) both = NULL;
  g_autoptr (LecReport) later = NULL;

  lec_station_table_init (&table);
  none = describe (&table, "eth0", SECOND);
  g_assert_cmpuint (none->n_stations, ==, 0);
  g_assert_cmpstr (none->streams[0].sender, ==, "");

  hear (&table, "fd77::1", 1, 4, SECOND);
  hear (&table, "192.0.2.7", 0, 0, SECOND + 1);
  hear (&table, "fd77::1", 1, 5, SECOND + 2);
  hear (&table, "fd77::1", 1, 0, SECOND + 2); /* of this one the kernel did not tell */
  both = describe (&table, "eth7", SECOND + 3);
  g_assert_cmpuint (both->n_stations, ==, 2);
  g_assert_cmpstr (both->stations[0].address, ==, "fd77::1");
  g_assert_cmpstr (both->stations[0].interface, ==, "lo"); /* the first one everywhere */
  g_assert_cmpuint (both->stations[0].ttl, ==, 5);
  g_assert_cmpuint (both->stations[0].received, ==, 3);
  g_assert_true (both->stations[0].is_played);
  g_assert_cmpstr (both->stations[1].address, ==, "192.0.2.7");
  g_assert_cmpstr (both->stations[1].interface, ==, "eth7"); /* there is no other */
  g_assert_cmpuint (both->stations[1].ttl, ==, 0);
  g_assert_false (both->stations[1].is_played);
  g_assert_false (both->stations[1].is_announced);
  g_assert_cmpstr (both->streams[0].sender, ==, "fd77::1");
  g_assert_cmpuint (both->streams[0].ttl, ==, 5);

  hear (&table, "fd77::1", 1, 5, 7 * SECOND);
  later = describe (&table, "eth0, eth1", 7 * SECOND);
  g_assert_cmpuint (later->n_stations, ==, 1); /* the other one sends no more */
}

/* Where the announcement names the senders, several may send the same. */
static void
test_announced (void)
{
  LecStationTable table;
  g_autoptr (LecReport) report = NULL;

  lec_station_table_init (&table);
  lec_stations_set_named (&table.stations, 0, 0);
  hear (&table, "192.0.2.7", 1, 0, SECOND);
  hear (&table, "192.0.2.8", 1, 0, SECOND + 1);
  report = describe (&table, "eth0", SECOND + 2);
  g_assert_cmpuint (report->n_stations, ==, 2);
  g_assert_true (report->stations[1].is_announced);
  g_assert_false (report->stations[1].is_played);
}

/* Addresses are taken as the announcement and the viewer write them; what is none means nothing. */
static void
test_addresses (void)
{
  LecStationTable table;

  lec_station_table_init (&table);
  lec_station_table_prefer (&table, NULL);
  lec_station_table_prefer (&table, "camera.example.org");
  lec_station_table_prefer (&table, "FD77:0::9");
  g_assert_cmpint (hear (&table, "192.0.2.7", 1, 1, SECOND), ==, LEC_STANDING_OURS);
  hear (&table, "fd77::9", 1, 1, SECOND);
  g_assert_cmpint (hear (&table, "fd77::9", 1, 1, SECOND), ==, LEC_STANDING_OURS);
  hear (&table, "192.0.2.7", 1, 1, SECOND);
  lec_station_table_choose (&table, "192.0.2.7");
  g_assert_cmpint (hear (&table, "192.0.2.7", 1, 1, SECOND), ==, LEC_STANDING_OURS);
  g_assert_cmpint (hear (&table, "fd77::9", 1, 1, SECOND), ==, LEC_STANDING_OTHER);
  lec_station_table_choose (&table,
                            "nobody"); /* whoever plays goes on, if none is known to be it */
  hear (&table, "192.0.2.7", 1, 1, SECOND);
  g_assert_cmpint (hear (&table, "fd77::9", 1, 1, SECOND), ==, LEC_STANDING_OURS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station-table/report", test_report);
  g_test_add_func ("/station-table/announced", test_announced);
  g_test_add_func ("/station-table/addresses", test_addresses);
  return g_test_run ();
}
