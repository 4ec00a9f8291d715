/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is on, later or over: in virtual time, [s] from an arbitrary Monday. */
#include <string.h>

#include "channel/schedule.h"

#define MONDAY G_GINT64_CONSTANT (1700000000)
#define HOUR 3600
#define DAY (24 * HOUR)
#define WEEK (7 * DAY)
#define BEYOND G_GINT64_CONSTANT (5000000000) /* in 2128, two eras of NTP away from 1970 */

/* The most that a row needs of each. */
typedef struct
{
  gint64 starts, ends;
  LecRepeat repeats[3];
} Period;

typedef struct
{
  const char *story;
  Period periods[2];
  LecZone zones[3];
  gint64 now;
  LecAiring airing;
  gint64 changes;
} Row;

#define LECTURE                                                                                    \
  {                                                                                                \
    WEEK, HOUR, 0                                                                                  \
  }

static const Row rows[] = {
  { "before it",
    { { MONDAY, MONDAY + HOUR } },
    .now = MONDAY - 1,
    .airing = LEC_AIRING_LATER,
    .changes = MONDAY },
  { "at its begin",
    { { MONDAY, MONDAY + HOUR } },
    .now = MONDAY,
    .airing = LEC_AIRING_NOW,
    .changes = MONDAY + HOUR },
  { "in its last second",
    { { MONDAY, MONDAY + HOUR } },
    .now = MONDAY + HOUR - 1,
    .airing = LEC_AIRING_NOW,
    .changes = MONDAY + HOUR },
  { "at its end", { { MONDAY, MONDAY + HOUR } }, .now = MONDAY + HOUR, .airing = LEC_AIRING_ENDED },
  { "without end", { { MONDAY, 0 } }, .now = BEYOND, .airing = LEC_AIRING_NOW },
  { "without begin", { { 0, MONDAY } }, .now = 1, .airing = LEC_AIRING_NOW, .changes = MONDAY },
  { "between two",
    { { MONDAY, MONDAY + HOUR }, { MONDAY + DAY, MONDAY + DAY + HOUR } },
    .now = MONDAY + 2 * HOUR,
    .airing = LEC_AIRING_LATER,
    .changes = MONDAY + DAY },
  { "in two at once: until the later end",
    { { MONDAY, MONDAY + HOUR }, { MONDAY, MONDAY + DAY } },
    .now = MONDAY + 1,
    .airing = LEC_AIRING_NOW,
    .changes = MONDAY + DAY },
  { "for good, whatever begins later",
    { { MONDAY, 0 }, { MONDAY + DAY, MONDAY + WEEK } },
    .now = MONDAY + 1,
    .airing = LEC_AIRING_NOW },
  { "end before its begin", { { MONDAY, MONDAY - 1 } }, .now = MONDAY, .airing = LEC_AIRING_ENDED },

  { "before the first of a series",
    { { MONDAY, 0, { LECTURE } } },
    .now = MONDAY - DAY,
    .airing = LEC_AIRING_LATER,
    .changes = MONDAY },
  { "in the first",
    { { MONDAY, 0, { LECTURE } } },
    .now = MONDAY,
    .airing = LEC_AIRING_NOW,
    .changes = MONDAY + HOUR },
  { "between the first and the second",
    { { MONDAY, 0, { LECTURE } } },
    .now = MONDAY + HOUR,
    .airing = LEC_AIRING_LATER,
    .changes = MONDAY + WEEK },
  { "in the thousandth",
    { { MONDAY, 0, { LECTURE } } },
    .now = MONDAY + 999 * WEEK + HOUR / 2,
    .airing = LEC_AIRING_NOW,
    .changes = MONDAY + 999 * WEEK + HOUR },
  { "behind the last of three",
    { { MONDAY, MONDAY + 3 * WEEK, { LECTURE } } },
    .now = MONDAY + 2 * WEEK + HOUR,
    .airing = LEC_AIRING_ENDED },
  { "before the last of three",
    { { MONDAY, MONDAY + 3 * WEEK, { LECTURE } } },
    .now = MONDAY + WEEK + HOUR,
    .airing = LEC_AIRING_LATER,
    .changes = MONDAY + 2 * WEEK },
  { "the period cuts the last one short",
    { { MONDAY, MONDAY + WEEK + 60, { LECTURE } } },
    .now = MONDAY + WEEK,
    .airing = LEC_AIRING_NOW,
    .changes = MONDAY + WEEK + 60 },
  { "behind the cut",
    { { MONDAY, MONDAY + WEEK + 60, { LECTURE } } },
    .now = MONDAY + WEEK + 60,
    .airing = LEC_AIRING_ENDED },
  { "twice a week: the second",
    { { MONDAY, 0, { LECTURE, { WEEK, HOUR, 25 * HOUR } } } },
    .now = MONDAY + 3 * WEEK + 25 * HOUR,
    .airing = LEC_AIRING_NOW,
    .changes = MONDAY + 3 * WEEK + 26 * HOUR },
  { "twice a week: between",
    { { MONDAY, 0, { LECTURE, { WEEK, HOUR, 25 * HOUR } } } },
    .now = MONDAY + 3 * WEEK + HOUR,
    .airing = LEC_AIRING_LATER,
    .changes = MONDAY + 3 * WEEK + 25 * HOUR },
  { "no break between them",
    { { MONDAY, MONDAY + WEEK, { { HOUR, HOUR, 0 } } } },
    .now = MONDAY + DAY,
    .airing = LEC_AIRING_NOW,
    .changes = MONDAY + WEEK },
  { "longer than what is between them",
    { { MONDAY, 0, { { 1, 10 * WEEK, 0 } } } },
    .now = BEYOND,
    .airing = LEC_AIRING_NOW,
    .changes = 0 },
  { "every second of a thousand years",
    { { 1, 0, { { 2, 1, 0 } } } },
    .now = BEYOND + 1,
    .airing = LEC_AIRING_NOW,
    .changes = BEYOND + 2 },
  { "two eras on",
    { { BEYOND, BEYOND + 2 * WEEK, { LECTURE } } },
    .now = BEYOND + WEEK,
    .airing = LEC_AIRING_NOW,
    .changes = BEYOND + WEEK + HOUR },

  { "an hour earlier in summer",
    { { MONDAY, 0, { LECTURE } } },
    { { MONDAY + DAY, -HOUR } },
    .now = MONDAY + WEEK - HOUR,
    .airing = LEC_AIRING_NOW,
    .changes = MONDAY + WEEK },
  { "at the old hour in summer",
    { { MONDAY, 0, { LECTURE } } },
    { { MONDAY + DAY, -HOUR } },
    .now = MONDAY + WEEK,
    .airing = LEC_AIRING_LATER,
    .changes = MONDAY + 2 * WEEK - HOUR },
  { "before the change it is not moved",
    { { MONDAY, 0, { LECTURE } } },
    { { MONDAY + DAY, -HOUR } },
    .now = MONDAY - HOUR,
    .airing = LEC_AIRING_LATER,
    .changes = MONDAY },
  { "back again in winter",
    { { MONDAY, 0, { LECTURE } } },
    { { MONDAY + DAY, -HOUR }, { MONDAY + 10 * DAY, 0 } },
    .now = MONDAY + 2 * WEEK,
    .airing = LEC_AIRING_NOW,
    .changes = MONDAY + 2 * WEEK + HOUR },
  { "moved by more than what is between them",
    { { MONDAY, 0, { { HOUR, 60, 0 } } } },
    { { MONDAY + 1, 5 * HOUR } },
    .now = MONDAY + HOUR,
    .airing = LEC_AIRING_LATER,
    .changes = MONDAY + 6 * HOUR },
  { "a change that has passed before the first",
    { { MONDAY, 0, { LECTURE } } },
    { { MONDAY - WEEK, HOUR } },
    .now = MONDAY,
    .airing = LEC_AIRING_LATER,
    .changes = MONDAY + HOUR },
  { "moved behind the end of all",
    { { MONDAY, MONDAY + HOUR, { LECTURE } } },
    { { MONDAY - WEEK, DAY } },
    .now = MONDAY - DAY,
    .airing = LEC_AIRING_ENDED },
  { "zones do not move what is not repeated",
    { { MONDAY, MONDAY + HOUR } },
    { { MONDAY - WEEK, HOUR } },
    .now = MONDAY,
    .airing = LEC_AIRING_NOW,
    .changes = MONDAY + HOUR },
};

static LecSchedule *
make (const Row *row)
{
  LecSchedule *schedule = lec_schedule_new ();

  for (guint i = 0; i < G_N_ELEMENTS (row->periods); i++) {
    const Period *from = &row->periods[i];
    LecPeriod *period;

    if (from->starts == 0 && from->ends == 0)
      break;
    period = lec_schedule_add_period (schedule, from->starts, from->ends);
    for (guint j = 0; j < G_N_ELEMENTS (from->repeats) && from->repeats[j].interval_s != 0; j++)
      g_array_append_val (period->repeats, from->repeats[j]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (row->zones) && row->zones[i].at != 0; i++)
    g_array_append_val (schedule->zones, row->zones[i]);
  return schedule;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (LecSchedule) schedule = make (row);
  g_autoptr (LecSchedule) copy = lec_schedule_copy (schedule);
  gint64 changes = -1;

  g_assert_cmpint (lec_schedule_get_airing (schedule, row->now, &changes), ==, row->airing);
  g_assert_cmpint (changes, ==, row->changes);
  g_assert_cmpint (lec_schedule_get_airing (copy, row->now, NULL), ==, row->airing);
  g_assert_true (lec_schedule_equal (schedule, copy));
}

/* Who asks again when told to sees every change, and between two of them nothing changes. */
static void
test_changes (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (LecSchedule) schedule = make (row);
  gint64 now = row->now;

  for (guint i = 0; i < 20; i++) {
    gint64 changes;
    LecAiring airing = lec_schedule_get_airing (schedule, now, &changes);

    if (changes == 0)
      return;
    g_assert_cmpint (changes, >, now);
    g_assert_cmpint (lec_schedule_get_airing (schedule, changes - 1, NULL), ==, airing);
    g_assert_cmpint (airing, !=, LEC_AIRING_ENDED);
    now = changes;
  }
}

static void
test_nothing (void)
{
  g_autoptr (LecSchedule) empty = lec_schedule_new ();
  gint64 changes = -1;

  g_assert_cmpint (lec_schedule_get_airing (NULL, MONDAY, &changes), ==, LEC_AIRING_NOW);
  g_assert_cmpint (changes, ==, 0);
  g_assert_cmpint (lec_schedule_get_airing (empty, MONDAY, &changes), ==, LEC_AIRING_NOW);
  g_assert_cmpint (changes, ==, 0);
  g_assert_null (lec_schedule_copy (NULL));
  g_assert_true (lec_schedule_equal (NULL, NULL));
  g_assert_false (lec_schedule_equal (NULL, empty));
  g_assert_cmpint (lec_schedule_get_start (NULL), ==, 0);
  g_assert_cmpint (lec_schedule_get_end (empty), ==, 0);
}

static void
test_equal (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LecSchedule) a = make (&rows[i]);

    for (guint j = 0; j < G_N_ELEMENTS (rows); j++) {
      g_autoptr (LecSchedule) b = make (&rows[j]);
      gboolean same = memcmp (rows[i].periods, rows[j].periods, sizeof rows[i].periods) == 0
                      && memcmp (rows[i].zones, rows[j].zones, sizeof rows[i].zones) == 0;

      g_assert_cmpint (lec_schedule_equal (a, b), ==, same);
    }
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *row = g_strconcat ("/schedule/airing/", rows[i].story, NULL);
    g_autofree char *changes = g_strconcat ("/schedule/changes/", rows[i].story, NULL);

    g_test_add_data_func (row, &rows[i], test_row);
    g_test_add_data_func (changes, &rows[i], test_changes);
  }
  g_test_add_func ("/schedule/nothing", test_nothing);
  g_test_add_func ("/schedule/equal", test_equal);
  return g_test_run ();
}
