/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/read-pacer.h"

#include "wire/units.h"

#define ROOM 3600 /* packets in a buffer of 8 MiB */

/* A second of reading packets that come evenly, each millisecond. */
static gint64
nap_at (LecReadPacer *pause,
        guint rate_pps,
        guint readers,
        guint room,
        gint64 latency_ns,
        gint64 *now_ns)
{
  guint64 read = 0;

  for (guint i = 1; i <= 1000; i++) {
    guint64 come = (guint64) rate_pps * i / 1000;

    *now_ns += MSECOND;
    lec_read_pacer_note (pause, (guint) (come - read), readers, room, latency_ns, *now_ns);
    read = come;
  }
  return lec_read_pacer_get (pause);
}

static void
test_rows (void)
{
  static const struct
  {
    const char *story;
    guint rate, readers, room;
    gint64 latency;     /* [ms] */
    gint64 least, most; /* [µs] */
  } rows[] = {
    { "silence", 0, 1, ROOM, 150, 0, 0 },
    { "few packets are read as they come", 50, 1, ROOM, 150, 0, 0 },
    { "more are put together", 450, 1, ROOM, 150, 4000, 4000 },
    { "many too", 10000, 1, ROOM, 150, 4000, 4000 },
    { "many readers are woken less often", 10000, 9, ROOM, 150, 8000, 8000 },
    { "within their latency", 10000, 9, ROOM, 10, 2500, 2500 },
    { "a low latency leaves less time", 10000, 1, ROOM, 10, 2500, 2500 },
    { "or none", 10000, 1, ROOM, 0, 0, 0 },
    { "the buffer must not fill up", 400000, 1, ROOM, 150, 1000, 1200 },
    { "a small one even less", 10000, 1, 92, 150, 1000, 1200 },
    { "a pause that puts nothing together is none", 1000, 1, 92, 4, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    gint64 now_ns = 77 * SECOND;
    LecReadPacer pacer;
    gint64 is;

    g_test_message ("%s", rows[i].story);
    lec_read_pacer_start (&pacer, now_ns);
    g_assert_cmpint (lec_read_pacer_get (&pacer), ==, 0);
    is = nap_at (&pacer, rows[i].rate, rows[i].readers, rows[i].room, rows[i].latency * MSECOND,
                 &now_ns);
    g_assert_cmpint (is, >=, rows[i].least * 1000);
    g_assert_cmpint (is, <=, rows[i].most * 1000);
  }
}

/* Who has missed packets stays awake for a while. */
static void
test_overflow (void)
{
  gint64 now_ns = 0;
  LecReadPacer pacer;

  lec_read_pacer_start (&pacer, now_ns);
  g_assert_cmpint (nap_at (&pacer, 10000, 1, ROOM, SECOND, &now_ns), >, 0);
  lec_read_pacer_note_overflow (&pacer, now_ns);
  g_assert_cmpint (lec_read_pacer_get (&pacer), ==, 0);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (nap_at (&pacer, 10000, 1, ROOM, SECOND, &now_ns), ==, 0);
  nap_at (&pacer, 10000, 1, ROOM, SECOND, &now_ns);
  g_assert_cmpint (nap_at (&pacer, 10000, 1, ROOM, SECOND, &now_ns), >, 0);
}

/* A stream that ends ends the pauses. */
static void
test_end (void)
{
  gint64 now_ns = 0;
  LecReadPacer pacer;

  lec_read_pacer_start (&pacer, now_ns);
  g_assert_cmpint (nap_at (&pacer, 10000, 1, ROOM, SECOND, &now_ns), >, 0);
  g_assert_cmpint (nap_at (&pacer, 10, 1, ROOM, SECOND, &now_ns), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/pause/rows", test_rows);
  g_test_add_func ("/pause/overflow", test_overflow);
  g_test_add_func ("/pause/end", test_end);
  return g_test_run ();
}
