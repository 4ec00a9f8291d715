/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/history.h"

#include <math.h>

#include "wire/units.h"

#define NEWEST (LEC_HISTORY_LENGTH - 1)

static void
set_leg (LecReportDraft *draft, guint leg, const char *group)
{
  LecStreamReport *stream = &draft->streams[0];

  stream->n_legs = MAX (stream->n_legs, leg + 1);
  g_strlcpy (stream->legs[leg].group, group, sizeof stream->legs[leg].group);
  stream->legs[leg].port = 5004;
}

static void
take (LecHistory *history, LecReportDraft *draft, gint64 now_ns)
{
  g_autoptr (LecReport) report = lec_report_draft_finish (draft);

  lec_history_add (history, report, now_ns);
}

/* One stream on one leg, as it has come so far. */
static void
add (LecHistory *history, gint64 now_ns, guint received, guint lost, guint bytes, double jitter_ms)
{
  LecReportDraft *draft = lec_report_draft_new (1);
  LecStreamReport *stream = &draft->streams[0];

  stream->media = LEC_MEDIA_VIDEO;
  stream->stats.received = received;
  stream->stats.lost = lost;
  stream->stats.bytes = bytes;
  stream->stats.jitter_ns = (gint64) (jitter_ms * MSECOND);
  stream->stats.delay_ns = 7 * MSECOND;
  stream->stats.latency_ns = 60 * MSECOND; /* what it needs */
  stream->latency_ns = 120 * MSECOND;
  set_leg (draft, 0, "239.1.1.1");
  take (history, draft, now_ns);
}

static double
get (LecHistory *history, LecMeasure measure, guint place)
{
  double values[LEC_HISTORY_LENGTH];

  g_assert_true (lec_history_copy (history, 0, LEC_HISTORY_WHOLE, measure, values));
  return values[place];
}

static void
test_empty (void)
{
  g_autoptr (LecHistory) history = lec_history_new ();
  double values[LEC_HISTORY_LENGTH];

  g_assert_false (lec_history_copy (history, 0, LEC_HISTORY_WHOLE, LEC_MEASURE_RATE, values));
  g_assert_true (isnan (values[0]) && isnan (values[NEWEST]));
  lec_history_add (history, NULL, SECOND);
  g_assert_cmpuint (lec_history_get_recent (history, 10).sum.received, ==, 0);
}

/* What came in a second, by its length; what came before the first look is not of any. */
static void
test_second (void)
{
  g_autoptr (LecHistory) history = lec_history_new ();

  add (history, 10 * SECOND, 5000, 400, 7000000, 1.0);
  g_assert_true (isnan (get (history, LEC_MEASURE_RATE, NEWEST)));
  g_assert_true (isnan (get (history, LEC_MEASURE_LOSS, NEWEST)));
  g_assert_cmpfloat (get (history, LEC_MEASURE_LATENCY, NEWEST), ==, 120);
  add (history, 10 * SECOND + SECOND * 5 / 4, 5075, 425, 7250000, 2.5);
  g_assert_cmpfloat_with_epsilon (get (history, LEC_MEASURE_RATE, NEWEST), 1.6, 1e-9);
  g_assert_cmpfloat_with_epsilon (get (history, LEC_MEASURE_LOSS, NEWEST), 25.0, 1e-9);
  g_assert_cmpfloat (get (history, LEC_MEASURE_JITTER, NEWEST), ==, 2.5);
  g_assert_cmpfloat (get (history, LEC_MEASURE_JITTER, NEWEST - 1), ==, 1.0);
  g_assert_cmpfloat (get (history, LEC_MEASURE_DELAY, NEWEST), ==, 7);
  g_assert_cmpuint (lec_history_get_recent (history, 10).sum.received, ==, 75);
  g_assert_cmpuint (lec_history_get_recent (history, 10).sum.lost, ==, 25);
}

/* While nothing comes the rate is zero, and all else is not known. */
static void
test_silence (void)
{
  g_autoptr (LecHistory) history = lec_history_new ();

  add (history, SECOND, 100, 0, 100000, 1.0);
  add (history, 2 * SECOND, 100, 0, 100000, 1.0);
  g_assert_cmpfloat (get (history, LEC_MEASURE_RATE, NEWEST), ==, 0);
  g_assert_true (isnan (get (history, LEC_MEASURE_LOSS, NEWEST)));
  g_assert_true (isnan (get (history, LEC_MEASURE_JITTER, NEWEST)));
  g_assert_true (isnan (get (history, LEC_MEASURE_LATENCY, NEWEST)));
}

/* Reception that begins anew counts from nothing: no second of negative rate, and the past stays.
 */
static void
test_new_counters (void)
{
  g_autoptr (LecHistory) history = lec_history_new ();

  add (history, SECOND, 100, 9, 100000, 1.0);
  add (history, 2 * SECOND, 200, 9, 200000, 1.0);
  add (history, 3 * SECOND, 50, 0, 50000, 1.0);
  g_assert_true (isnan (get (history, LEC_MEASURE_RATE, NEWEST)));
  add (history, 4 * SECOND, 150, 0, 175000, 1.0);
  g_assert_cmpfloat_with_epsilon (get (history, LEC_MEASURE_RATE, NEWEST), 1.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (get (history, LEC_MEASURE_RATE, NEWEST - 2), 0.8, 1e-9);
  g_assert_cmpuint (lec_history_get_recent (history, 120).sum.lost, ==, 0);
}

/* What was lost and has come late is not lost any more, but it was not there in its second. */
static void
test_late (void)
{
  g_autoptr (LecHistory) history = lec_history_new ();
  LecStats rows[] = {
    { .received = 100 },
    { .received = 180, .lost = 20 },
    { .received = 290, .lost = 10, .late = 10 },
    { .received = 400, .lost = 0, .late = 20 },
  };
  LecReception recent;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LecReportDraft *draft = lec_report_draft_new (1);

    draft->streams[0].stats = rows[i];
    set_leg (draft, 0, "239.1.1.1");
    take (history, draft, (i + 1) * SECOND);
  }
  g_assert_cmpfloat_with_epsilon (get (history, LEC_MEASURE_LOSS, NEWEST - 2), 20.0, 1e-9);
  g_assert_cmpfloat (get (history, LEC_MEASURE_LOSS, NEWEST - 1), ==, 0.0);
  recent = lec_history_get_recent (history, 10);
  g_assert_cmpuint (recent.sum.lost, ==, 0);
  g_assert_cmpuint (recent.sum.late, ==, 20);
  recent = lec_history_get_recent (history, 1);
  g_assert_cmpuint (recent.sum.lost, ==, 0);
  g_assert_cmpuint (recent.sum.late, ==, 10);
}

/* A program that was stopped for a while has a hole in its history, as long as the while. */
static void
test_missed_minute (void)
{
  g_autoptr (LecHistory) history = lec_history_new ();

  add (history, SECOND, 100, 0, 100000, 1.0);
  add (history, 2 * SECOND, 200, 0, 200000, 1.0);
  add (history, 62 * SECOND, 600, 0, 7700000, 1.0);
  g_assert_cmpfloat_with_epsilon (get (history, LEC_MEASURE_RATE, NEWEST), 1.0, 1e-9);
  for (guint i = 1; i <= 59; i++)
    g_assert_true (isnan (get (history, LEC_MEASURE_JITTER, NEWEST - i)));
  g_assert_cmpfloat (get (history, LEC_MEASURE_JITTER, NEWEST - 60), ==, 1.0);
  add (history, 1000000 * SECOND, 700, 0, 8000000, 1.0);
  g_assert_true (isnan (get (history, LEC_MEASURE_JITTER, 0)));
  g_assert_cmpfloat (get (history, LEC_MEASURE_JITTER, NEWEST), ==, 1.0);
}

/* One that looks a little late has no hole: what it sees then has come in all of these seconds.
 * Counted is it once. */
static void
test_late_looks (void)
{
  g_autoptr (LecHistory) history = lec_history_new ();

  add (history, SECOND, 100, 0, 100000, 1.0);
  add (history, 2 * SECOND, 200, 0, 200000, 1.0);
  add (history, 5 * SECOND, 500, 100, 575000, 2.0);
  for (guint i = 0; i < 3; i++) {
    g_assert_cmpfloat_with_epsilon (get (history, LEC_MEASURE_RATE, NEWEST - i), 1.0, 1e-9);
    g_assert_cmpfloat_with_epsilon (get (history, LEC_MEASURE_LOSS, NEWEST - i), 25.0, 1e-9);
    g_assert_cmpfloat (get (history, LEC_MEASURE_JITTER, NEWEST - i), ==, 2.0);
  }
  g_assert_cmpfloat (get (history, LEC_MEASURE_JITTER, NEWEST - 3), ==, 1.0);
  g_assert_cmpuint (lec_history_get_recent (history, 3).sum.lost, ==, 100);
}

/* Looks that are always a little late do not make two minutes longer than they are. */
static void
test_slow_looks (void)
{
  g_autoptr (LecHistory) history = lec_history_new ();
  gint64 now_ns = SECOND;

  for (guint i = 1; i <= 100; i++, now_ns += SECOND * 11 / 10)
    add (history, now_ns, i * 100, 0, i * 1000, i);
  /* 109 s have gone by */
  g_assert_cmpfloat (get (history, LEC_MEASURE_JITTER, NEWEST - 109), ==, 1);
  g_assert_true (isnan (get (history, LEC_MEASURE_JITTER, NEWEST - 110)));
}

/* Two minutes are kept, whatever comes. */
static void
test_bound (void)
{
  g_autoptr (LecHistory) history = lec_history_new ();

  for (guint i = 1; i <= 10 * LEC_HISTORY_LENGTH + 7; i++)
    add (history, i * SECOND, i * 100, i, i * 1000, i);
  for (guint i = 0; i < LEC_HISTORY_LENGTH; i++)
    g_assert_cmpfloat (get (history, LEC_MEASURE_JITTER, NEWEST - i), ==,
                       10 * LEC_HISTORY_LENGTH + 7 - i);
  g_assert_cmpuint (lec_history_get_recent (history, 1000).sum.received, ==,
                    100 * LEC_HISTORY_LENGTH);
  g_assert_cmpuint (lec_history_get_recent (history, 10).sum.lost, ==, 10);
}

typedef struct
{
  guint received, lost, bytes;
  double skew_ms;
  gint64 silent_ms; /* -1: none yet */
} Leg;

/* One stream that has come twice, less @duplicate. */
static LecReportDraft *
new_twice (guint received, guint duplicate, Leg one, Leg two)
{
  LecReportDraft *draft = lec_report_draft_new (1);
  LecStreamReport *stream = &draft->streams[0];
  const Leg legs[] = { one, two };

  draft->now_ns = 100 * SECOND;
  stream->stats.received = received;
  stream->stats.duplicate = duplicate;
  for (guint i = 0; i < 2; i++) {
    LecLegStats *stats = &stream->legs[i].stats;

    set_leg (draft, i, i == 0 ? "239.1.1.1" : "239.1.1.2");
    *stats = (LecLegStats){ .received = legs[i].received,
                            .lost = legs[i].lost,
                            .bytes = legs[i].bytes,
                            .jitter_ns = MSECOND,
                            .skew_ns = (gint64) (legs[i].skew_ms * MSECOND),
                            .last_packet_ns = -1 };
    if (legs[i].silent_ms >= 0)
      stats->last_packet_ns = draft->now_ns - legs[i].silent_ms * MSECOND;
  }
  return draft;
}

/* Each of two legs has its own lines; what both bring counts once for the stream. */
static void
test_legs (void)
{
  g_autoptr (LecHistory) history = lec_history_new ();
  double values[LEC_HISTORY_LENGTH];
  LecReception recent;

  take (history, new_twice (0, 0, (Leg){ 0, 0, 0, 0, -1 }, (Leg){ 0, 0, 0, 0, -1 }), SECOND);
  take (history,
        new_twice (180, 80, (Leg){ 100, 0, 125000, 0, 5 }, (Leg){ 80, 20, 100000, 4.5, 5 }),
        2 * SECOND);
  g_assert_true (lec_history_copy (history, 0, 0, LEC_MEASURE_RATE, values));
  g_assert_cmpfloat_with_epsilon (values[NEWEST], 1.0, 1e-9);
  g_assert_true (lec_history_copy (history, 0, 1, LEC_MEASURE_LOSS, values));
  g_assert_cmpfloat_with_epsilon (values[NEWEST], 20.0, 1e-9);
  g_assert_true (lec_history_copy (history, 0, 1, LEC_MEASURE_LATENCY, values));
  g_assert_cmpfloat (values[NEWEST], ==, 4.5);
  g_assert_false (lec_history_copy (history, 0, 2, LEC_MEASURE_LATENCY, values));
  g_assert_false (lec_history_copy (history, 1, LEC_HISTORY_WHOLE, LEC_MEASURE_LATENCY, values));
  recent = lec_history_get_recent (history, 10);
  g_assert_cmpuint (lec_stats_count_good (&recent.sum), ==, 100);
  g_assert_cmpuint (recent.legs, ==, 2);
  g_assert_cmpuint (recent.silent_legs, ==, 0);
  take (history,
        new_twice (280, 80, (Leg){ 200, 0, 250000, 0, 5 }, (Leg){ 80, 20, 100000, 4.5, 4000 }),
        3 * SECOND);
  g_assert_cmpuint (lec_history_get_recent (history, 10).silent_legs, ==, 1);
  lec_history_add (history, NULL, 4 * SECOND);
  g_assert_cmpuint (lec_history_get_recent (history, 10).silent_legs, ==, 0);
  g_assert_cmpuint (lec_history_get_recent (history, 10).sum.received, ==, 280);
}

/* Another channel begins with nothing, and whoever shows it is told. */
static void
test_other_channel (void)
{
  g_autoptr (LecHistory) history = lec_history_new ();
  LecReportDraft *other = lec_report_draft_new (1);
  guint generation;

  other->streams[0].media = LEC_MEDIA_AUDIO;
  other->streams[0].stats.received = 1;
  set_leg (other, 0, "239.9.9.9");

  add (history, SECOND, 100, 0, 1000, 1.0);
  generation = lec_history_get_generation (history);
  add (history, 2 * SECOND, 200, 0, 2000, 1.0);
  lec_history_add (history, NULL, 3 * SECOND);
  g_assert_cmpuint (lec_history_get_generation (history), ==, generation);
  take (history, other, 4 * SECOND);
  g_assert_cmpuint (lec_history_get_generation (history), !=, generation);
  g_assert_true (isnan (get (history, LEC_MEASURE_JITTER, NEWEST - 2)));
  g_assert_cmpuint (lec_history_get_recent (history, 120).sum.received, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/empty", test_empty);
  g_test_add_func ("/history/second", test_second);
  g_test_add_func ("/history/silence", test_silence);
  g_test_add_func ("/history/new-counters", test_new_counters);
  g_test_add_func ("/history/late", test_late);
  g_test_add_func ("/history/missed-minute", test_missed_minute);
  g_test_add_func ("/history/late-looks", test_late_looks);
  g_test_add_func ("/history/slow-looks", test_slow_looks);
  g_test_add_func ("/history/bound", test_bound);
  g_test_add_func ("/history/legs", test_legs);
  g_test_add_func ("/history/other-channel", test_other_channel);
  return g_test_run ();
}
