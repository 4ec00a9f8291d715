/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/wall-clock.h"

#include "wire/units.h"

/* Reports of one sender, in order; offsets in milliseconds. */
typedef struct
{
  const char *story;
  struct
  {
    gint64 at_ms, offset_ms;
    gint64 believed_ms; /* afterwards */
  } reports[14];
} Row;

static const Row rows[] = {
  { "steady", { { 0, 100, 100 }, { 1000, 102, 100 }, { 2000, 98, 100 }, { 3000, 99, 99 } } },
  { "one that lies among good ones",
    { { 0, 100, 100 }, { 1000, 100, 100 }, { 2000, 900, 100 }, { 3000, 100, 100 } } },
  { "the first one lies", { { 0, 900, 900 }, { 1000, 100, 900 }, { 2000, 100, 100 } } },
  { "the second one lies", { { 0, 100, 100 }, { 1000, 900, 100 }, { 2000, 100, 100 } } },
  { "many lies between good ones",
    { { 0, 100, 100 },
      { 1000, 100, 100 },
      { 2000, 100, 100 },
      { 2001, 900, 100 },
      { 2002, 900, 100 },
      { 2003, 900, 100 },
      { 2004, 900, 100 },
      { 2005, 900, 100 },
      { 3000, 100, 100 },
      { 9999, 900, 100 },
      { 11000, 900, 100 },
      { 12000, 900, 100 } } },
  { "the clock was set",
    { { 0, 100, 100 },
      { 1000, 100, 100 },
      { 2000, 100, 100 },
      { 3000, 5100, 100 },
      { 4000, 5100, 100 },
      { 6000, 5100, 100 },
      { 8000, 5100, 100 },
      { 11000, 5100, 5100 },
      { 12000, 5110, 5100 } } },
  { "a clock that never says the same",
    { { 0, 100, 100 },
      { 1000, 100, 100 },
      { 2000, 100, 100 },
      { 3000, 1000, 100 },
      { 8000, 2000, 100 },
      { 13000, 3000, 100 },
      { 18000, 4000, 100 } } },
};

static void
run_row (gconstpointer data)
{
  const Row *row = data;
  LecWallClock self = { 0 };
  gint64 offset_ns;

  g_assert_false (lec_wall_clock_get_offset (&self, &offset_ns));
  for (guint i = 0; row->reports[i].offset_ms != 0; i++) {
    gint64 told_ns = row->reports[i].offset_ms * MSECOND;
    gboolean near = ABS (row->reports[i].offset_ms - row->reports[i].believed_ms) <= 100;

    g_assert_cmpint (lec_wall_clock_note (&self, told_ns, row->reports[i].at_ms * MSECOND), ==,
                     near);
    g_assert_true (lec_wall_clock_get_offset (&self, &offset_ns));
    g_assert_cmpint (offset_ns / MSECOND, ==, row->reports[i].believed_ms);
    g_assert_cmpint (lec_wall_clock_is_disputed (&self), ==, !near);
  }
}

/* A clock that is wrong all the time is none, until it is right again. */
static void
test_hopeless (void)
{
  LecWallClock self = { 0 };
  gint64 offset_ns;

  for (guint i = 0; i < 3; i++)
    lec_wall_clock_note (&self, 0, i * SECOND);
  for (guint i = 3; i < 18; i++) {
    g_assert_false (lec_wall_clock_note (&self, i * SECOND, i * SECOND));
    g_assert_true (lec_wall_clock_get_offset (&self, &offset_ns));
  }
  g_assert_false (lec_wall_clock_note (&self, 18 * SECOND, 18 * SECOND));
  g_assert_false (lec_wall_clock_get_offset (&self, &offset_ns));
  g_assert_true (lec_wall_clock_note (&self, 0, 19 * SECOND));
  g_assert_true (lec_wall_clock_get_offset (&self, &offset_ns));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/wall-clock/hopeless", test_hopeless);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/wall-clock/%s", rows[i].story);

    g_test_add_data_func (path, &rows[i], run_row);
  }
  return g_test_run ();
}
