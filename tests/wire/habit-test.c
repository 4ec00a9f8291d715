/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is a habit and what a failure, in virtual time. */
#include "wire/habit.h"

#include "wire/units.h"

#define PACKET_NS (40 * MSECOND)

typedef struct
{
  LecHabit habit;
  gint64 now_ns;
} Fixture;

/* Packets come for @run_ns, and the next one @away_ns after the last. */
static void
pass (Fixture *self, gint64 run_ns, gint64 away_ns)
{
  for (gint64 passed_ns = 0; passed_ns < run_ns; passed_ns += PACKET_NS)
    lec_habit_note (&self->habit, PACKET_NS, self->now_ns += PACKET_NS);
  lec_habit_note (&self->habit, away_ns, self->now_ns += away_ns);
}

static gint64
get_rest (const Fixture *self)
{
  return lec_habit_get_rest (&self->habit, self->now_ns);
}

static void
test_rows (void)
{
  static const struct
  {
    const char *name;
    double run_s, away_s[3];
    double rest_s, longest_s;
  } rows[] = {
    { "a camera", 5, { 0.2, 0.3, 0.1 }, 0, 0.3 },     { "slides", 0.1, { 5, 5, 5 }, 5, 5 },
    { "slides by hand", 0.1, { 5, 60, 20 }, 20, 60 }, { "a speaker", 8, { 3, 4, 2 }, 2, 4 },
    { "one failure", 60, { 0.1, 30, 0.1 }, 0, 30 },   { "failures", 100, { 4, 4, 4 }, 0, 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Fixture self = { .now_ns = 1000 * SECOND };

    g_test_message ("%s", rows[i].name);
    for (guint turn = 0; turn < 3; turn++)
      pass (&self, (gint64) (rows[i].run_s * SECOND), (gint64) (rows[i].away_s[turn] * SECOND));
    g_assert_cmpint (get_rest (&self), ==, (gint64) (rows[i].rest_s * SECOND));
    g_assert_cmpint (self.habit.longest_ns, ==, (gint64) (rows[i].longest_s * SECOND));
  }
}

/* A film after slides has other habits. */
static void
test_end (void)
{
  Fixture self = { .now_ns = 1000 * SECOND };

  for (guint turn = 0; turn < 4; turn++)
    pass (&self, 100 * MSECOND, 5 * SECOND);
  g_assert_cmpint (get_rest (&self), ==, 5 * SECOND);
  pass (&self, 49 * SECOND, PACKET_NS);
  g_assert_cmpint (get_rest (&self), ==, 5 * SECOND);
  pass (&self, 2 * SECOND, PACKET_NS);
  g_assert_cmpint (get_rest (&self), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/habit/rows", test_rows);
  g_test_add_func ("/habit/end", test_end);
  return g_test_run ();
}
