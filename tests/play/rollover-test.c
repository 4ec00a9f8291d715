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

static void
test_order (void)
{
  g_autoptr (LecChannel) channel = new_channel ("a", 3);
  g_autoptr (LecRollover) rollover = lec_rollover_new (channel);

  check_at (rollover, "a0", 0);
  g_assert_null (lec_rollover_get_reason (rollover));
  g_assert_true (lec_rollover_next (rollover, "first", FALSE));
  check_at (rollover, "a1", 1);
  g_assert_true (lec_rollover_next (rollover, "second", FALSE));
  check_at (rollover, "a2", 2);
  g_assert_false (lec_rollover_next (rollover, "third", FALSE));
  check_at (rollover, "a2", 2);
  g_assert_cmpstr (lec_rollover_get_reason (rollover), ==, "first");
  g_assert_false (lec_rollover_return (rollover));
}

/* What an alternative leads to comes before its siblings. */
static void
test_enter (void)
{
  g_autoptr (LecChannel) channel = new_channel ("a", 3);
  g_autoptr (LecChannel) inner = new_channel ("b", 2);
  g_autoptr (LecRollover) rollover = lec_rollover_new (channel);

  g_assert_true (lec_rollover_next (rollover, "silent", TRUE));
  g_assert_true (lec_rollover_enter (rollover, inner));
  check_at (rollover, "b0", 1);
  g_assert_true (lec_rollover_get_channel (rollover) == inner);
  g_assert_true (lec_rollover_next (rollover, "", FALSE));
  check_at (rollover, "b1", 1);
  g_assert_true (lec_rollover_next (rollover, "", TRUE));
  check_at (rollover, "a2", 2);
  g_assert_false (lec_rollover_next (rollover, "", FALSE));
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
  while (lec_rollover_next (rollover, "", FALSE))
    g_assert_cmpuint (ways++, <, 100);
  g_assert_cmpuint (ways, ==, LEC_ROLLOVER_NESTED + 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rollover/order", test_order);
  g_test_add_func ("/rollover/enter", test_enter);
  g_test_add_func ("/rollover/circle", test_circle);
  return g_test_run ();
}
