/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/sync-offset.h"

#include "wire/units.h"

#define FRAME (40 * MSECOND)

/* 25 pictures a second of three packets each; returns the time after @frames of them. */
static gint64
watch (LecSyncOffset *self, gint64 from_ns, guint frames)
{
  for (guint i = 0; i < frames; i++, from_ns += FRAME) {
    gint64 before_ns = lec_sync_offset_get (self);
    gint64 pts_ns = lec_sync_offset_apply (self, from_ns / 1000, from_ns);

    g_assert_cmpint (pts_ns, ==, from_ns + lec_sync_offset_get (self));
    g_assert_cmpint (ABS (lec_sync_offset_get (self) - before_ns), <=, FRAME / 200);
    for (guint j = 0; j < 2; j++) /* of the same picture */
      g_assert_cmpint (lec_sync_offset_apply (self, from_ns / 1000, from_ns), ==, pts_ns);
  }
  return from_ns;
}

/* Before anything was seen it moves at once, and nobody need be told. */
static void
test_first (void)
{
  LecSyncOffset self = { 0 };

  g_assert_false (lec_sync_offset_set (&self, 60 * MSECOND, TRUE));
  g_assert_cmpint (lec_sync_offset_get (&self), ==, 60 * MSECOND);
  g_assert_false (lec_sync_offset_set (&self, 300 * MSECOND, FALSE));
  g_assert_cmpint (lec_sync_offset_get (&self), ==, 300 * MSECOND);
}

static void
test_small (void)
{
  LecSyncOffset self = { 0 };

  watch (&self, 0, 10);
  g_assert_false (lec_sync_offset_set (&self, 7 * MSECOND, FALSE));
  g_assert_cmpint (lec_sync_offset_get_most (&self), ==, 0);
}

/* Pictures follow by 5 ms a second, both ways. */
static void
test_smooth (void)
{
  LecSyncOffset self = { 0 };
  gint64 now_ns = watch (&self, 0, 10);

  g_assert_false (lec_sync_offset_set (&self, 50 * MSECOND, TRUE));
  g_assert_cmpint (lec_sync_offset_get (&self), ==, 0);
  g_assert_cmpint (lec_sync_offset_get_most (&self), ==, 50 * MSECOND);
  now_ns = watch (&self, now_ns, 5 * 25);
  g_assert_cmpint (lec_sync_offset_get (&self), ==, 25 * MSECOND);
  now_ns = watch (&self, now_ns, 5 * 25);
  g_assert_cmpint (lec_sync_offset_get (&self), ==, 50 * MSECOND);
  watch (&self, now_ns, 25);
  g_assert_cmpint (lec_sync_offset_get (&self), ==, 50 * MSECOND);

  g_assert_false (lec_sync_offset_set (&self, 20 * MSECOND, TRUE));
  g_assert_cmpint (lec_sync_offset_get_most (&self), ==, 50 * MSECOND);
  watch (&self, now_ns + SECOND, 6 * 25 + 1);
  g_assert_cmpint (lec_sync_offset_get (&self), ==, 20 * MSECOND);
}

/* Sound, and what would be wrong for too long, at once. */
static void
test_step (void)
{
  LecSyncOffset self = { 0 };

  watch (&self, 0, 10);
  g_assert_true (lec_sync_offset_set (&self, 20 * MSECOND, FALSE));
  g_assert_cmpint (lec_sync_offset_get (&self), ==, 20 * MSECOND);
  g_assert_true (lec_sync_offset_set (&self, 220 * MSECOND, TRUE));
  g_assert_cmpint (lec_sync_offset_get (&self), ==, 220 * MSECOND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/lip/first", test_first);
  g_test_add_func ("/lip/small", test_small);
  g_test_add_func ("/lip/smooth", test_smooth);
  g_test_add_func ("/lip/step", test_step);
  return g_test_run ();
}
