/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/history.h"

#include <math.h>

#define SECOND G_GINT64_CONSTANT (1000000000)
#define NEWEST (LEC_HISTORY_LENGTH - 1)

static GstStructure *
parse (const char *streams)
{
  g_autofree char *text = g_strdup_printf ("channelsrc-stats, streams=(structure){ %s };", streams);
  GstStructure *stats = gst_structure_from_string (text, NULL);

  g_assert_nonnull (stats);
  return stats;
}

/* One stream on one leg, as it has come so far. */
static void
add (LecHistory *history, gint64 now_ns, guint received, guint lost, guint bytes, double jitter_ms)
{
  g_autofree char *text = g_strdup_printf (
      "[stream, media=(string)video, received=(guint64)%u, lost=(guint64)%u, bytes=(guint64)%u, "
      "jitter-ms=(double)%g, latency-ms=(double)120, delay-ms=(double)7, "
      "legs=(structure){ [leg, group=(string)\"239.1.1.1\", port=(uint)5004] } ]",
      received, lost, bytes, jitter_ms);
  g_autoptr (GstStructure) stats = parse (text);

  lec_history_add (history, stats, now_ns);
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
  g_assert_cmpuint (lec_history_get_recent (history, 10).received, ==, 0);
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
  g_assert_cmpuint (lec_history_get_recent (history, 10).received, ==, 75);
  g_assert_cmpuint (lec_history_get_recent (history, 10).lost, ==, 25);
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
  g_assert_cmpuint (lec_history_get_recent (history, 120).lost, ==, 0);
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
  g_assert_cmpuint (lec_history_get_recent (history, 3).lost, ==, 100);
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
  g_assert_cmpuint (lec_history_get_recent (history, 1000).received, ==, 100 * LEC_HISTORY_LENGTH);
  g_assert_cmpuint (lec_history_get_recent (history, 10).lost, ==, 10);
}

#define LEG(group, received, lost, bytes, skew, silent)                                            \
  "[leg, group=(string)\"" group "\", port=(uint)5004, received=(guint64)" #received               \
  ", lost=(guint64)" #lost ", bytes=(guint64)" #bytes                                              \
  ", jitter-ms=(double)1, skew-ms=(double)" #skew ", silent-ms=(double)" #silent "]"

#define TWO_LEGS(received, duplicate, legs)                                                        \
  "[stream, media=(string)video, received=(guint64)" #received ", duplicate=(guint64)" #duplicate  \
  ", bytes=(guint64)0, legs=(structure){ " legs " }]"

/* Each of two legs has its own lines; what both bring counts once for the stream. */
static void
test_legs (void)
{
  g_autoptr (LecHistory) history = lec_history_new ();
  g_autoptr (GstStructure) before = parse (
      TWO_LEGS (0, 0, LEG ("239.1.1.1", 0, 0, 0, 0, -1) ", " LEG ("239.1.1.2", 0, 0, 0, 0, -1)));
  g_autoptr (GstStructure) now = parse (TWO_LEGS (
      180, 80,
      LEG ("239.1.1.1", 100, 0, 125000, 0, 5) ", " LEG ("239.1.1.2", 80, 20, 100000, 4.5, 5)));
  g_autoptr (GstStructure) later = parse (TWO_LEGS (
      280, 80,
      LEG ("239.1.1.1", 200, 0, 250000, 0, 5) ", " LEG ("239.1.1.2", 80, 20, 100000, 4.5, 4000)));
  double values[LEC_HISTORY_LENGTH];
  LecReception recent;

  lec_history_add (history, before, SECOND);
  lec_history_add (history, now, 2 * SECOND);
  g_assert_true (lec_history_copy (history, 0, 0, LEC_MEASURE_RATE, values));
  g_assert_cmpfloat_with_epsilon (values[NEWEST], 1.0, 1e-9);
  g_assert_true (lec_history_copy (history, 0, 1, LEC_MEASURE_LOSS, values));
  g_assert_cmpfloat_with_epsilon (values[NEWEST], 20.0, 1e-9);
  g_assert_true (lec_history_copy (history, 0, 1, LEC_MEASURE_LATENCY, values));
  g_assert_cmpfloat (values[NEWEST], ==, 4.5);
  g_assert_false (lec_history_copy (history, 0, 2, LEC_MEASURE_LATENCY, values));
  g_assert_false (lec_history_copy (history, 1, LEC_HISTORY_WHOLE, LEC_MEASURE_LATENCY, values));
  recent = lec_history_get_recent (history, 10);
  g_assert_cmpuint (lec_reception_get_good (&recent), ==, 100);
  g_assert_cmpuint (recent.legs, ==, 2);
  g_assert_cmpuint (recent.mute_legs, ==, 0);
  lec_history_add (history, later, 3 * SECOND);
  g_assert_cmpuint (lec_history_get_recent (history, 10).mute_legs, ==, 1);
}

/* Another channel begins with nothing, and whoever shows it is told. */
static void
test_other_channel (void)
{
  g_autoptr (LecHistory) history = lec_history_new ();
  g_autoptr (GstStructure) other
      = parse ("[stream, media=(string)audio, received=(guint64)1, legs=(structure){ "
               "[leg, group=(string)\"239.9.9.9\", port=(uint)5004] } ]");
  guint generation;

  add (history, SECOND, 100, 0, 1000, 1.0);
  generation = lec_history_get_generation (history);
  add (history, 2 * SECOND, 200, 0, 2000, 1.0);
  lec_history_add (history, NULL, 3 * SECOND);
  g_assert_cmpuint (lec_history_get_generation (history), ==, generation);
  lec_history_add (history, other, 4 * SECOND);
  g_assert_cmpuint (lec_history_get_generation (history), !=, generation);
  g_assert_true (isnan (get (history, LEC_MEASURE_JITTER, NEWEST - 2)));
  g_assert_cmpuint (lec_history_get_recent (history, 120).received, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/history/empty", test_empty);
  g_test_add_func ("/history/second", test_second);
  g_test_add_func ("/history/silence", test_silence);
  g_test_add_func ("/history/new-counters", test_new_counters);
  g_test_add_func ("/history/missed-minute", test_missed_minute);
  g_test_add_func ("/history/late-looks", test_late_looks);
  g_test_add_func ("/history/slow-looks", test_slow_looks);
  g_test_add_func ("/history/bound", test_bound);
  g_test_add_func ("/history/legs", test_legs);
  g_test_add_func ("/history/other-channel", test_other_channel);
  return g_test_run ();
}
