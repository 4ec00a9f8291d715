/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/jitter.h"

#include <string.h>

#include "support/station.h"

#define SPACING 20 /* [ms] of PTS from one number to the next */

/* A script is a list of `NUMBER@MILLISECOND`, a packet that arrives, and `@MILLISECOND`, time that
 * passes. What comes of it is written likewise: `5` a packet that leaves, `5@70` one that leaves
 * later than it came, `(6-7@95)` a hole given up, `=5` a duplicate, `!5` a late one,
 * `?5` one that was never waited for. */
typedef struct
{
  const char *story;
  guint start_count;
  gint64 latency; /* [ms] */
  const char *script;
  const char *outcome;
} Row;

static const Row rows[] = {
  { "in order, nothing waits", 1, 160, "0@0 1@20 2@40 @900", "0 1 2" },
  { "sorted", 1, 160, "0@0 2@20 1@21 3@60 @900", "0 1 2@21 3" },
  { "backwards after the first", 1, 160, "0@0 3@20 2@21 1@22 @900", "0 1 2@22 3@22" },
  { "two begin", 2, 160, "5@0 6@1 @900", "5@1 6" },
  { "one that nobody follows begins after 20 ms", 2, 160, "5@0 @900", "5@20" },
  { "older ones may come before the beginning", 4, 160, "2@0 1@1 0@2 3@3 @900",
    "0@20 1@20 2@20 3@20" },
  { "two that come backwards may not be the first ones", 2, 160, "2@0 1@1 0@19 3@30 @900",
    "0@20 1@20 2@20 3" },
  { "but not from any time before it", 4, 160, "300@0 0@1 @900", "?0 300@20" },
  { "a hole right at the beginning", 4, 160, "0@0 2@1 3@2 4@3 @900",
    "0@20 (1-1@200) 2@200 3@200 4@200" },
  { "the first number of all ends a turn of 16 bits", 2, 160, "65535@0 65536@20 65537@40",
    "65535@20 65536 65537" },
  { "a hole waits until what follows is due", 1, 160, "0@0 2@40 @900", "0 (1-1@200) 2@200" },
  { "a packet at the last moment is in time", 1, 160, "0@0 2@40 1@200 @900", "0 1 2@200" },
  { "one after it is late", 1, 160, "0@0 2@40 1@201 @900", "0 (1-1@200) 2@200 !1" },
  { "late, then again", 1, 160, "0@0 2@40 1@201 1@202 @900", "0 (1-1@200) 2@200 !1 =1" },
  { "what is overdue waits for nothing", 1, 10, "0@0 2@70 @900", "0 (1-1@70) 2" },
  { "two holes, each its own time", 1, 60, "0@0 2@40 4@120 @900",
    "0 (1-1@100) 2@100 (3-3@140) 4@140" },
  { "two holes, the second shown long ago", 1, 160, "0@0 2@40 4@41 @900",
    "0 (1-1@200) 2@200 (3-3@240) 4@240" },
  { "of two missing one comes", 1, 160, "0@0 3@60 2@70 @900", "0 (1-1@200) 2@200 3@200" },
  { "twins while held", 1, 160, "0@0 2@40 2@41 1@42", "0 =2 1 2@42" },
  { "twins of what has left", 1, 160, "0@0 1@20 0@21 1@22", "0 1 =0 =1" },
  { "of an even stream it is known when the last one missing would be due", 1, 160,
    "0@0 1@20 2@40 3@60 4@80 5@100 6@120 7@140 8@160 9@180 12@240 @900",
    "0 1 2 3 4 5 6 7 8 9 (10-11@380) 12@380" },
  { "a hole behind a hole that was filled", 1, 160, "0@0 4@80 2@81 1@82 @900",
    "0 1 2@82 (3-3@240) 4@240" },
  { "others go on before one with a wrong number", 1, -140,
    "0@0 1@20 9@30 2@40 3@60 4@80 5@100 6@120 7@140 8@160 9@180", "0 1 2 3 4 5 6 7 8 9@160 =9" },
  { "another one there shows that it is right", 1, -140, "0@0 1@20 9@30 2@40 10@60 @900",
    "0 1 2 (3-8@60) 9@60 10" },
  { "the newest one behind a hole shows it", 1, -140, "0@0 1@20 9@30 2@40 12@60 @900",
    "0 1 2 (3-8@60) 9@60 (10-11@100) 12@100" },
  { "nobody goes on before it", 1, -140, "0@0 1@20 9@30 2@40 @900", "0 1 2 (3-8@140) 9@140" },
};

static void
write_late (GString *outcome, gint64 at, gint64 now)
{
  if (now != at)
    g_string_append_printf (outcome, "@%" G_GINT64_FORMAT, now);
}

static gint64
pull_all (LecJitter *jitter, gint64 now, gint64 hold_ns, GString *outcome)
{
  gint64 wake_ns;
  LecItem item;

  while (lec_jitter_pull (jitter, now * MSECOND, hold_ns, &item, &wake_ns)) {
    if (item.kind == LEC_ITEM_PACKET) {
      g_string_append_printf (outcome, " %" G_GINT64_FORMAT, item.packet->extended_sequence);
      write_late (outcome, item.packet->arrival_ns / MSECOND, now);
      lec_packet_release (item.packet);
    } else {
      g_string_append_printf (outcome,
                              " (%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "@%" G_GINT64_FORMAT ")",
                              item.gap.first, item.gap.first + (gint64) item.gap.count - 1, now);
    }
  }
  g_assert_cmpint (wake_ns, >, now * MSECOND);
  return wake_ns == G_MAXINT64 ? G_MAXINT64 : (wake_ns + MSECOND - 1) / MSECOND;
}

static LecPacket *
packet_of_number (gint64 number, gint64 arrival_ns)
{
  LecPacket *packet = packet_of_bytes ((const guint8 *) "x", 1, arrival_ns, 1);

  packet->extended_sequence = number;
  packet->pts_ns = number * SPACING * MSECOND;
  return packet;
}

static void
push (LecJitter *jitter, gint64 number, gint64 now, GString *outcome)
{
  switch (lec_jitter_push (jitter, packet_of_number (number, now * MSECOND))) {
  case LEC_PUSH_DUPLICATE:
    g_string_append_printf (outcome, " =%" G_GINT64_FORMAT, number);
    break;
  case LEC_PUSH_LATE:
    g_string_append_printf (outcome, " !%" G_GINT64_FORMAT, number);
    break;
  case LEC_PUSH_UNWANTED:
    g_string_append_printf (outcome, " ?%" G_GINT64_FORMAT, number);
    break;
  case LEC_PUSH_QUEUED:
  default:
    break;
  }
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const Row *row = &rows[i];
    g_auto (GStrv) words = g_strsplit (row->script, " ", -1);
    g_autoptr (GString) outcome = g_string_new (NULL);
    LecJitter *jitter = lec_jitter_new (row->start_count);
    gint64 wake = G_MAXINT64;

    g_test_message ("%s", row->story);
    for (guint j = 0; words[j] != NULL; j++) {
      gint64 now = g_ascii_strtoll (strchr (words[j], '@') + 1, NULL, 10);

      while (wake < now)
        wake = pull_all (jitter, wake, row->latency * MSECOND, outcome);
      if (words[j][0] != '@')
        push (jitter, g_ascii_strtoll (words[j], NULL, 10), now, outcome);
      wake = pull_all (jitter, now, row->latency * MSECOND, outcome);
    }
    lec_jitter_free (jitter);
    g_assert_cmpstr (outcome->str + 1, ==, row->outcome);
    g_assert_cmpint (packets_alive (), ==, 0);
  }
}

static LecGap
gap_of (LecJitter *jitter, gint64 now_ns, gint64 hold_ns)
{
  LecItem item;
  gint64 wake_ns;

  while (lec_jitter_pull (jitter, now_ns, hold_ns, &item, &wake_ns)) {
    if (item.kind == LEC_ITEM_GAP)
      return item.gap;
    lec_packet_release (item.packet);
  }
  return (LecGap){ 0 };
}

/* Of an even stream the time of each missing packet is known, again and again. */
static void
test_gap_times (void)
{
  LecJitter *jitter = lec_jitter_new (1);

  for (gint64 number = 0; number < 100; number++) {
    LecGap gap;

    if (number % 3 == 1 && number > 30)
      continue;
    lec_jitter_push (jitter, packet_of_number (number, number * SPACING * MSECOND));
    gap = gap_of (jitter, number * SPACING * MSECOND, 0);
    if (number <= 30 || number % 3 != 2)
      continue;
    g_assert_cmpint (gap.first, ==, number - 1);
    g_assert_cmpint (gap.pts_ns, ==, (number - 1) * SPACING * MSECOND);
    g_assert_cmpint (gap.duration_ns, ==, SPACING * MSECOND);
  }
  lec_jitter_free (jitter);
  g_assert_cmpint (packets_alive (), ==, 0);
}

/* Frames of several packets tell nothing about the time of one that is missing. */
static void
test_gap_in_frame (void)
{
  LecJitter *jitter = lec_jitter_new (1);
  LecGap gap = { 0 };

  for (gint64 number = 0; number < 40; number++) {
    LecPacket *packet = packet_of_number (number, 0);

    packet->pts_ns = number / 4 * 40 * MSECOND;
    if (number == 30)
      lec_packet_release (packet);
    else
      lec_jitter_push (jitter, packet);
  }
  gap = gap_of (jitter, SECOND, 0);
  g_assert_cmpint (gap.first, ==, 30);
  g_assert_cmpint (gap.pts_ns, ==, 280 * MSECOND);
  g_assert_cmpint (gap.duration_ns, ==, 0);
  lec_jitter_free (jitter);
  g_assert_cmpint (packets_alive (), ==, 0);
}

/* Nobody makes it hold more than it has room for. */
static void
test_crowded (void)
{
  LecJitter *jitter = lec_jitter_new (1);
  guint64 queued = 0;
  LecItem item;
  gint64 wake_ns;

  for (gint64 number = 0; number < 100000; number++) {
    if (number != 1)
      queued += lec_jitter_push (jitter, packet_of_number (number, 0)) == LEC_PUSH_QUEUED;
  }
  g_assert_cmpuint (queued, ==, 65535);
  g_assert_cmpuint (lec_jitter_get_length (jitter), ==, 65535);
  g_assert_true (lec_jitter_pull (jitter, 0, SECOND, &item, &wake_ns));
  g_assert_cmpint (item.kind, ==, LEC_ITEM_PACKET);
  lec_packet_release (item.packet);
  g_assert_true (lec_jitter_pull (jitter, 0, SECOND, &item, &wake_ns));
  g_assert_cmpint (item.kind, ==, LEC_ITEM_GAP);
  for (gint64 number = 2; number < 65536; number++) {
    g_assert_true (lec_jitter_pull (jitter, 0, SECOND, &item, &wake_ns));
    g_assert_cmpint (item.kind, ==, LEC_ITEM_PACKET);
    g_assert_cmpint (item.packet->extended_sequence, ==, number);
    lec_packet_release (item.packet);
  }
  g_assert_false (lec_jitter_pull (jitter, 0, SECOND, &item, &wake_ns));
  g_assert_cmpint (wake_ns, ==, G_MAXINT64);
  lec_jitter_free (jitter);
  g_assert_cmpint (packets_alive (), ==, 0);
}

/* A packet that begins an epoch has a reset before it, wherever it comes in, behind the gap if
 * there is one; and only one. */
static void
test_reset (void)
{
  static const LecItemKind kinds[] = { LEC_ITEM_PACKET, LEC_ITEM_PACKET, LEC_ITEM_GAP,
                                       LEC_ITEM_RESET,  LEC_ITEM_PACKET, LEC_ITEM_PACKET };
  LecJitter *jitter = lec_jitter_new (1);
  gint64 wake_ns;
  LecItem item;

  for (gint64 number = 0; number < 5; number++) {
    LecPacket *packet = packet_of_number (number, 0);

    packet->begins_epoch = number == 3;
    if (number == 2)
      lec_packet_release (packet);
    else
      lec_jitter_push (jitter, packet);
  }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_assert_true (lec_jitter_pull (jitter, SECOND, 0, &item, &wake_ns));
    g_assert_cmpint (item.kind, ==, kinds[i]);
    if (item.kind == LEC_ITEM_PACKET)
      lec_packet_release (item.packet);
  }
  g_assert_false (lec_jitter_pull (jitter, SECOND, 0, &item, &wake_ns));
  lec_jitter_free (jitter);
  g_assert_cmpint (packets_alive (), ==, 0);
}

/* A number that is missing is not taken for the one that had its place 8192 before. */
static void
test_window (void)
{
  LecJitter *jitter = lec_jitter_new (1);

  for (gint64 number = 0; number < 40000; number++) {
    gint64 moved = number % 10 == 5 ? number + 1 : number % 10 == 6 ? number - 1 : number;

    g_assert_cmpint (lec_jitter_push (jitter, packet_of_number (moved, 0)), ==, LEC_PUSH_QUEUED);
    g_assert_cmpint (lec_jitter_push (jitter, packet_of_number (moved, 0)), ==, LEC_PUSH_DUPLICATE);
    gap_of (jitter, 0, SECOND);
  }
  g_assert_cmpuint (lec_jitter_get_reordered (jitter), ==, 4000);
  lec_jitter_free (jitter);
  g_assert_cmpint (packets_alive (), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/jitter/rows", test_rows);
  g_test_add_func ("/jitter/gap-times", test_gap_times);
  g_test_add_func ("/jitter/gap-in-frame", test_gap_in_frame);
  g_test_add_func ("/jitter/crowded", test_crowded);
  g_test_add_func ("/jitter/reset", test_reset);
  g_test_add_func ("/jitter/window", test_window);
  return g_test_run ();
}
