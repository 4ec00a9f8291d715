/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/rollover.h"

/* A channel with so many alternatives, each a uri of its own. */
static LecChannel *
new_channel (const char *name, guint alternatives)
{
  LecChannelInfo *info = lec_channel_info_new ();
  g_autoptr (GError) error = NULL;
  LecChannel *channel;

  for (guint i = 0; i < alternatives; i++)
    lec_channel_info_add_alternative (info, LEC_KIND_URI)->uri
        = g_strdup_printf ("http://192.0.2.1/%s%u", name, i);
  channel = lec_channel_new (info, &error);
  g_assert_no_error (error);
  return channel;
}

static void
check_at (LecRollover *rollover, const char *name, guint outer)
{
  const char *uri = lec_rollover_get_alternative (rollover)->uri;

  g_assert_cmpstr (uri + strlen ("http://192.0.2.1/"), ==, name);
  g_assert_cmpuint (lec_rollover_get_outer_index (rollover), ==, outer);
}

/* What is out of date is fetched again once each time that it is tried, and takes the same place;
 * what was said of it there stays. */
static void
test_renewed (void)
{
  g_autoptr (LecChannel) channel = new_channel ("a", 2);
  g_autoptr (LecChannel) inner = new_channel ("b", 2);
  g_autoptr (LecChannel) renewed = new_channel ("c", 2);
  g_autoptr (LecChannel) short_one = new_channel ("d", 1);
  g_autoptr (LecRollover) rollover = lec_rollover_new (channel);

  g_assert_null (lec_rollover_get_origin (rollover));
  g_assert_true (lec_rollover_enter (rollover, inner));
  g_assert_cmpstr (lec_rollover_get_origin (rollover), ==, "http://192.0.2.1/a0");
  g_assert_true (lec_rollover_next (rollover, LEC_ERROR_UNREACHABLE, "first"));
  g_assert_true (lec_rollover_outdate (rollover));
  g_assert_false (lec_rollover_outdate (rollover));
  g_assert_false (lec_rollover_renew (rollover, short_one));
  check_at (rollover, "b1", 0);
  g_assert_true (lec_rollover_renew (rollover, renewed));
  check_at (rollover, "c1", 0);
  g_assert_cmpstr (lec_rollover_get_origin (rollover), ==, "http://192.0.2.1/a0");
  g_assert_false (lec_rollover_outdate (rollover));
  g_assert_true (lec_rollover_next (rollover, LEC_ERROR_SILENT, "silent"));
  check_at (rollover, "a1", 1);
  g_assert_null (lec_rollover_get_origin (rollover));
  lec_rollover_settle (rollover);
  g_assert_true (lec_rollover_retry (rollover));
  check_at (rollover, "c1", 0);
  g_assert_true (lec_rollover_outdate (rollover));
}

static void
test_order (void)
{
  g_autoptr (LecChannel) channel = new_channel ("a", 3);
  g_autoptr (LecRollover) rollover = lec_rollover_new (channel);

  check_at (rollover, "a0", 0);
  g_assert_null (lec_rollover_get_reason (rollover));
  g_assert_true (lec_rollover_get_playing (rollover) == lec_rollover_get_alternative (rollover));
  g_assert_true (lec_rollover_next (rollover, LEC_ERROR_UNSUPPORTED, "first"));
  check_at (rollover, "a1", 1);
  g_assert_true (lec_rollover_next (rollover, LEC_ERROR_UNREACHABLE, "second"));
  check_at (rollover, "a2", 2);
  g_assert_false (lec_rollover_next (rollover, LEC_ERROR_MALFORMED, "third"));
  check_at (rollover, "a2", 2);
  g_assert_cmpstr (lec_rollover_get_reason (rollover), ==, "first");
  g_assert_cmpint (lec_rollover_get_error (rollover), ==, LEC_ERROR_UNSUPPORTED);
  g_assert_false (lec_rollover_return (rollover));
}

/* What a viewer can do something about is said instead of another refusal, and never instead of
 * what may still begin to play. */
static void
test_too_much (void)
{
  static const LecError firsts[] = { LEC_ERROR_UNSUPPORTED, LEC_ERROR_SILENT };

  for (guint i = 0; i < G_N_ELEMENTS (firsts); i++) {
    g_autoptr (LecChannel) channel = new_channel ("a", 3);
    g_autoptr (LecRollover) rollover = lec_rollover_new (channel);

    g_assert_true (lec_rollover_next (rollover, firsts[i], "first"));
    g_assert_true (lec_rollover_next (rollover, LEC_ERROR_TOO_MUCH, "much"));
    g_assert_false (lec_rollover_next (rollover, LEC_ERROR_TOO_MUCH, "more"));
    g_assert_cmpstr (lec_rollover_get_reason (rollover), ==, i == 0 ? "much" : "first");
    g_assert_cmpint (lec_rollover_get_error (rollover), ==,
                     i == 0 ? LEC_ERROR_TOO_MUCH : LEC_ERROR_SILENT);
  }
}

/* What an alternative leads to comes before its siblings. */
static void
test_enter (void)
{
  g_autoptr (LecChannel) channel = new_channel ("a", 3);
  g_autoptr (LecChannel) inner = new_channel ("b", 2);
  g_autoptr (LecRollover) rollover = lec_rollover_new (channel);

  g_assert_true (lec_rollover_next (rollover, LEC_ERROR_NEEDS_SOURCE, "silent"));
  g_assert_true (lec_rollover_enter (rollover, inner));
  check_at (rollover, "b0", 1);
  g_assert_true (lec_rollover_get_channel (rollover) == inner);
  g_assert_true (lec_rollover_next (rollover, LEC_ERROR_UNREACHABLE, ""));
  check_at (rollover, "b1", 1);
  g_assert_true (lec_rollover_next (rollover, LEC_ERROR_SILENT, ""));
  check_at (rollover, "a2", 2);
  g_assert_false (lec_rollover_next (rollover, LEC_ERROR_UNREACHABLE, ""));
  g_assert_true (lec_rollover_return (rollover));
  check_at (rollover, "a0", 0);
  g_assert_cmpstr (lec_rollover_get_reason (rollover), ==, "silent");
}

/* Announcements that lead to each other come to an end. */
static void
test_circle (void)
{
  g_autoptr (LecChannel) channel = new_channel ("a", 2);
  g_autoptr (LecRollover) rollover = lec_rollover_new (channel);
  guint ways = 0;

  for (guint i = 0; i < LEC_ROLLOVER_NESTED; i++)
    g_assert_true (lec_rollover_enter (rollover, channel));
  g_assert_false (lec_rollover_enter (rollover, channel));
  while (lec_rollover_next (rollover, LEC_ERROR_UNREACHABLE, ""))
    g_assert_cmpuint (ways++, <, 100);
  g_assert_cmpuint (ways, ==, LEC_ROLLOVER_NESTED + 1);
}

/* While a later way plays, the one that was missed is tried again, more and more seldom. */
static void
test_retry (void)
{
  static const gint64 pauses_s[] = { 5, 10, 20, 40, 60, 60 };
  g_autoptr (LecChannel) channel = new_channel ("a", 3);
  g_autoptr (LecRollover) rollover = lec_rollover_new (channel);

  g_assert_true (lec_rollover_has_next (rollover));
  g_assert_null (lec_rollover_get_missed (rollover));
  g_assert_false (lec_rollover_retry (rollover));
  lec_rollover_next (rollover, LEC_ERROR_UNREACHABLE, "not tried again");
  lec_rollover_next (rollover, LEC_ERROR_SILENT, "missed");
  g_assert_false (lec_rollover_has_next (rollover));
  g_assert_null (lec_rollover_get_missed (rollover)); /* nothing plays yet */
  lec_rollover_settle (rollover);
  for (guint i = 0; i < G_N_ELEMENTS (pauses_s); i++) {
    g_assert_cmpstr (lec_rollover_get_missed (rollover)->uri, ==, "http://192.0.2.1/a1");
    g_assert_cmpint (lec_rollover_get_pause (rollover), ==, pauses_s[i] * G_TIME_SPAN_SECOND);
    g_assert_true (lec_rollover_retry (rollover));
    check_at (rollover, "a1", 1);
    g_assert_cmpstr (lec_rollover_get_playing (rollover)->uri, ==, "http://192.0.2.1/a2");
    lec_rollover_stay (rollover);
    check_at (rollover, "a2", 2);
  }

  /* it is back; should it be missed again, that is another matter */
  g_assert_true (lec_rollover_retry (rollover));
  lec_rollover_settle (rollover);
  g_assert_null (lec_rollover_get_missed (rollover));
  g_assert_false (lec_rollover_retry (rollover));
  lec_rollover_next (rollover, LEC_ERROR_SILENT, "missed");
  lec_rollover_settle (rollover);
  g_assert_cmpint (lec_rollover_get_pause (rollover), ==, 5 * G_TIME_SPAN_SECOND);
}

/* What has been played of a file is left out, of nothing else. */
static void
test_resumed (void)
{
  g_autoptr (LecChannel) plain = new_channel ("a", 1);
  LecChannelInfo *info = lec_channel_info_copy (lec_channel_get_info (plain));
  LecAlternative *file = g_ptr_array_index (info->alternatives, 0);
  g_autoptr (LecRollover) live = lec_rollover_new (plain);
  g_autoptr (LecChannel) same = lec_rollover_dup_resumed (live, 5);
  g_autoptr (LecChannel) channel = NULL;
  g_autoptr (LecRollover) rollover = NULL;
  static const struct
  {
    gint64 position_us, start_us, duration_us;
  } rows[] = { { 0, 10, 100 }, { 10, 10, 100 }, { 60, 60, 50 }, { 110, 110, 1 }, { 500, 500, 1 } };

  g_assert_true (same == plain);
  file->is_media = TRUE;
  file->start_us = 10;
  file->duration_us = 100;
  file->start_marker = g_strdup ("Begin");
  channel = lec_channel_new (info, NULL);
  rollover = lec_rollover_new (channel);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LecChannel) resumed = lec_rollover_dup_resumed (rollover, rows[i].position_us);
    const LecAlternative *way = g_ptr_array_index (lec_channel_get_info (resumed)->alternatives, 0);

    g_assert_cmpint (way->start_us, ==, rows[i].start_us);
    g_assert_cmpint (way->duration_us, ==, rows[i].duration_us);
    /* the marker is where it was announced to begin */
    g_assert_cmpstr (way->start_marker, ==, rows[i].position_us == 0 ? "Begin" : NULL);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rollover/renewed", test_renewed);
  g_test_add_func ("/rollover/order", test_order);
  g_test_add_func ("/rollover/retry", test_retry);
  g_test_add_func ("/rollover/too-much", test_too_much);
  g_test_add_func ("/rollover/enter", test_enter);
  g_test_add_func ("/rollover/circle", test_circle);
  g_test_add_func ("/rollover/resumed", test_resumed);
  return g_test_run ();
}
