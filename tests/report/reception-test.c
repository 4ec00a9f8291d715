/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/reception.h"

#include "wire/units.h"

#define NOW (100 * 1000 * MSECOND)

typedef struct
{
  guint received, out, discarded, payload;
  gint64 silent_ms; /* -1: none yet */
  const char *interfaces;
  gboolean ended;
  gboolean encrypted;
  gboolean untimed, unnumbered;
} Stream;

static LecReception
read_streams (const Stream *streams, guint n)
{
  LecReportDraft *draft = lec_report_draft_new (n);
  g_autoptr (LecReport) report = NULL;

  draft->now_ns = NOW;
  for (guint i = 0; i < n; i++) {
    LecStats *stats = &draft->streams[i].stats;

    stats->received = streams[i].received;
    stats->out = streams[i].out;
    stats->discarded = streams[i].discarded;
    stats->payload = streams[i].payload;
    stats->ended = streams[i].ended;
    stats->encrypted = streams[i].encrypted;
    stats->untimed = streams[i].untimed;
    stats->unnumbered = streams[i].unnumbered;
    if (streams[i].silent_ms >= 0)
      stats->last_packet_ns = NOW - streams[i].silent_ms * MSECOND;
    g_strlcpy (draft->streams[i].interfaces, streams[i].interfaces, LEC_REPORT_INTERFACES);
  }
  report = lec_report_draft_finish (draft);
  return lec_reception_read (report);
}

/* What stays away again and again, as slides do, is silent after twice that; but at last after a
 * minute, and where anything else comes it is that which counts. */
static void
test_rest (void)
{
  static const struct
  {
    double rest_s[2]; /* of the streams; negative: nothing has come of it */
    double silent_s;
    gboolean is_silent;
  } rows[] = {
    { { 0, 0 }, 3.1, TRUE },  { { 5, -1 }, 9.9, FALSE },   { { 5, -1 }, 10.1, TRUE },
    { { 5, 0 }, 3.1, TRUE },  { { 5, 8 }, 9.9, FALSE },    { { 1, 1 }, 2.9, FALSE },
    { { 1, 1 }, 3.1, TRUE },  { { 100, 100 }, 59, FALSE }, { { 100, 100 }, 61, TRUE },
    { { -1, -1 }, 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LecReportDraft *draft = lec_report_draft_new (2);
    g_autoptr (LecReport) report = NULL;
    LecReception reception;

    draft->now_ns = NOW;
    for (guint j = 0; j < 2; j++) {
      LecStats *stats = &draft->streams[j].stats;

      if (rows[i].rest_s[j] < 0)
        continue;
      stats->received = 100;
      stats->rest_ns = (gint64) (rows[i].rest_s[j] * SECOND);
      stats->last_packet_ns = NOW - (gint64) (rows[i].silent_s * SECOND);
    }
    report = lec_report_draft_finish (draft);
    reception = lec_reception_read (report);
    g_assert_cmpint (lec_reception_is_silent (&reception), ==, rows[i].is_silent);
  }
}

static void
test_read (void)
{
  LecReception none = lec_reception_read (NULL);
  LecReception both = read_streams (
      (Stream[]){ { 5, 4, 1, 33, 2000, "eth0" }, { 10, 10, 0, 96, 500, "eth1" } }, 2);
  LecReception one
      = read_streams ((Stream[]){ { 0, 0, 0, 0, -1, "" }, { 1, 1, 0, 96, 700, "eth1" } }, 2);
  LecReception ended = read_streams ((Stream[]){ { 5, 0, 0, 0, -1, "", TRUE } }, 1);
  LecReception encrypted
      = read_streams ((Stream[]){ { 5, 5, 0, 0, 10, "" }, { 5, 5, 0, 0, 10, "", FALSE, TRUE } }, 2);
  LecReception untimed
      = read_streams ((Stream[]){ { 5, 5, 0, 0, 10, "", .untimed = TRUE },
                                  { 5, 5, 0, 0, 10, "", .untimed = TRUE, .unnumbered = TRUE } },
                      2);

  g_assert_cmpuint (encrypted.encrypted, ==, 1);
  g_assert_cmpuint (both.encrypted, ==, 0);
  g_assert_cmpuint (untimed.untimed, ==, 2);
  g_assert_cmpuint (untimed.unnumbered, ==, 1);
  g_assert_cmpuint (both.untimed + both.unnumbered, ==, 0);
  g_assert_cmpuint (none.sum.received, ==, 0);
  g_assert_cmpint (none.silent_us, ==, -1);
  g_assert_cmpuint (both.sum.received, ==, 15);
  g_assert_cmpuint (both.sum.out, ==, 14);
  g_assert_cmpuint (both.sum.discarded, ==, 1);
  g_assert_cmpuint (both.payload, ==, 33);
  g_assert_cmpint (both.silent_us, ==, 500000);
  g_assert_cmpstr (both.interfaces, ==, "eth0");
  g_assert_cmpint (one.silent_us, ==, 700000);
  g_assert_cmpstr (one.interfaces, ==, "eth1");
  g_assert_cmpuint (both.speaking, ==, 2);
  g_assert_cmpuint (one.speaking, ==, 1);
  g_assert_cmpuint (ended.speaking, ==, 0);
}

/* Of several stations those that nobody has named are strangers; where none is played, none is. */
static void
test_others (void)
{
  LecReportDraft *dark = lec_report_draft_new (1);
  g_autoptr (LecReport) nothing = NULL;
  LecReportDraft *draft = lec_report_draft_new (1);
  g_autoptr (LecReport) report = NULL;
  LecReception reception;

  draft->n_stations = 3;
  draft->stations[0]
      = (LecStationReport){ .address = "192.0.2.1", .received = 9, .is_played = TRUE };
  draft->stations[1]
      = (LecStationReport){ .address = "192.0.2.2", .received = 9, .is_announced = TRUE };
  draft->stations[2] = (LecStationReport){ .address = "192.0.2.3", .received = 2 };
  report = lec_report_draft_finish (draft);
  reception = lec_reception_read (report);
  g_assert_cmpuint (reception.others, ==, 1);
  g_assert_cmpstr (reception.other, ==, "192.0.2.3");

  dark->n_stations = 1;
  dark->stations[0] = (LecStationReport){ .address = "192.0.2.1", .received = 9 };
  nothing = lec_report_draft_finish (dark);
  g_assert_cmpuint (lec_reception_read (nothing).others, ==, 0);
}

/* A part as great as another one is the greatest too; where nothing is missing none is. */
static void
test_loss (void)
{
  LecReception none = { .sum = { .received = 0 } };
  LecReception some = { .sum = { .received = 95, .lost = 3, .late = 3, .damaged = 2 } };

  g_assert_cmpfloat (lec_reception_get_loss (&none), ==, 0);
  g_assert_false (lec_reception_is_greatest (&none, none.sum.lost));
  g_assert_cmpfloat_with_epsilon (
      lec_reception_get_loss (&some),
      (double) lec_stats_count_missing (&some.sum)
          / (double) (lec_stats_count_missing (&some.sum) + lec_stats_count_good (&some.sum)),
      1e-9);
  g_assert_cmpfloat (lec_reception_get_loss (&some), >, LEC_RECEPTION_BAD_LOSS);
  g_assert_true (lec_reception_is_greatest (&some, some.sum.lost));
  g_assert_true (lec_reception_is_greatest (&some, some.sum.late));
  g_assert_false (lec_reception_is_greatest (&some, some.sum.damaged));
  g_assert_false (lec_reception_is_greatest (&some, some.sum.lost_local));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reception/read", test_read);
  g_test_add_func ("/reception/rest", test_rest);
  g_test_add_func ("/reception/others", test_others);
  g_test_add_func ("/reception/loss", test_loss);
  return g_test_run ();
}
