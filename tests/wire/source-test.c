/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/source.h"

#include <stdio.h>

#include "support/station.h"
#include "wire/format.h"

#define RATE 8000

/* A script is a list of packets `SSRC:SEQUENCE@MILLISECOND`, with `/SENDER` behind the SSRC where
 * it is not 1, and `bye:SSRC`. The outcome lists the numbers that the packets taken are given, less
 * that of the first; a bar stands where another source takes over. */
typedef struct
{
  const char *story;
  const char *script;
  const char *outcome;
  guint held; /* packets in the end */
} Row;

static const Row rows[] = {
  { "in order", "1:7@0 1:8@20 1:9@40", "0 1 2", 0 },
  { "wrap", "1:65534@0 1:65535@20 1:0@40 1:1@60", "0 1 2 3", 0 },
  { "the first one is not the first", "1:0@0 1:65535@1 1:1@20", "0 -1 1", 0 },
  { "loss and reordering", "1:7@0 1:20@20 1:9@21", "0 13 2", 0 },
  { "one from far away", "1:7@0 1:8@20 1:30000@30 1:9@40", "0 1 2", 1 },
  { "far ahead, which the next one confirms", "1:7@0 1:8@20 1:400@40 1:401@60", "0 1 393 394", 0 },
  { "far ahead, which the next ones contradict", "1:7@0 1:8@20 1:400@30 1:9@40 1:401@50 1:10@60",
    "0 1 2 3", 2 },
  { "far ahead, and forgotten", "1:7@0 1:8@20 1:400@30 1:9@1500 1:10@3000 1:11@4500 1:12@6000",
    "0 1 2 3 4 5", 0 },
  { "far ahead after two seconds", "1:7@0 1:8@20 1:400@2520 1:401@2540", "0 1 393 394", 0 },
  { "three, but the old place is heard",
    "1:7@0 1:8@20 1:30000@30 1:9@40 1:30001@50 1:10@60 1:30002@70", "0 1 2 3", 3 },
  { "three in a burst", "1:7@0 1:8@20 1:30000@21 1:30001@22 1:30002@23 1:9@40", "0 1 2", 3 },
  { "three that follow each other in time",
    "1:7@0 1:8@20 1:30000@40 1:30001@60 1:30002@80 1:30003@99", "0 1 | 2 3 4 5", 0 },
  { "three that do not follow each other", "1:7@0 1:8@20 1:30000@40 1:40001@60 1:30002@80", "0 1",
    1 },
  { "each of them twice, as on two legs",
    "1:7@0 1:8@20 1:30000@40 1:30000@41 1:30001@60 1:30001@61 1:30002@80", "0 1 | 2 3 4", 0 },
  { "anything after two seconds", "1:7@0 1:8@20 1:30000@2020", "0 1 | 2", 0 },
  { "another SSRC while the first goes on", "1:7@0 1:8@20 2:1@21 2:2@22 1:9@40", "0 1 2", 2 },
  { "another SSRC after silence", "1:7@0 1:8@20 2:1@100 2:2@280", "0 1 | 2 3", 0 },
  { "one packet of another SSRC after silence", "1:7@0 1:8@20 2:1@900", "0 1", 1 },
  { "another SSRC after a bye", "1:7@0 1:8@20 bye:1 2:1@50 2:2@71", "0 1 | 2 3", 0 },
  { "a bye that was not true", "1:7@0 1:8@20 bye:1 1:9@40 2:1@50 2:2@100", "0 1 2", 2 },
  { "a bye of somebody else", "1:7@0 1:8@20 bye:2 2:1@50 2:2@71", "0 1", 2 },
  { "a stray packet first", "9:7@0 1:8@20 1:9@40", "0 | 1 2", 0 },
  { "another address at once", "1:7@0 1:8@20 1/5:9@40 1:9@41", "0 1 2", 1 },
  { "another address after a second", "1:7@0 1:8@20 1/5:9@40 1/5:10@1020", "0 1 | 2 3", 0 },
};

typedef struct
{
  LecSource source;
  GString *outcome;
  gint64 first;
  gboolean begun;
} Listener;

static void
write_number (Listener *listener, LecPacket *packet)
{
  if (!listener->begun)
    listener->first = packet->extended_sequence;
  listener->begun = TRUE;
  g_string_append_printf (listener->outcome, " %" G_GINT64_FORMAT,
                          packet->extended_sequence - listener->first);
  lec_packet_release (packet);
}

static void
check (Listener *listener, guint32 ssrc, guint64 sender, guint16 sequence, gint64 now)
{
  Arrival arrival = {
    .ssrc = ssrc,
    .sender = sender,
    .sequence = sequence,
    .arrival_ns = SECOND + now * MSECOND,
    .timestamp = (guint32) (now * RATE / 1000),
  };
  LecPacket *packet = packet_of_arrival (&arrival);
  LecSourceAnswer answer;
  guint leg;

  g_assert_true (lec_format_rtp.parse (packet));
  answer = lec_source_check (&listener->source, packet, 0, packet->arrival_ns);
  switch (answer) {
  case LEC_SOURCE_CURRENT:
    write_number (listener, packet);
    break;
  case LEC_SOURCE_CONFIRMED:
  case LEC_SOURCE_CHANGED:
    if (answer == LEC_SOURCE_CHANGED)
      g_string_append (listener->outcome, " |");
    while ((packet = lec_source_take (&listener->source, &leg)) != NULL)
      write_number (listener, packet);
    break;
  case LEC_SOURCE_HELD_BACK:
  default:
    break;
  }
}

static void
run_word (Listener *listener, const char *word)
{
  guint ssrc, sequence;
  guint sender = 1;
  gint64 now;

  if (sscanf (word, "bye:%u", &ssrc) == 1) {
    lec_source_end (&listener->source, ssrc);
    return;
  }
  if (sscanf (word, "%u/%u:%u@%" G_GINT64_FORMAT, &ssrc, &sender, &sequence, &now) != 4)
    g_assert_cmpint (sscanf (word, "%u:%u@%" G_GINT64_FORMAT, &ssrc, &sequence, &now), ==, 3);
  check (listener, ssrc, sender, (guint16) sequence, now);
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (GStrv) words = g_strsplit (rows[i].script, " ", -1);
    Listener listener = { .outcome = g_string_new (NULL) };

    g_test_message ("%s", rows[i].story);
    lec_source_init (&listener.source, RATE, 16);
    for (guint j = 0; words[j] != NULL; j++)
      run_word (&listener, words[j]);
    g_assert_cmpstr (listener.outcome->str + 1, ==, rows[i].outcome);
    g_assert_cmpint (packets_alive (), ==, rows[i].held);
    lec_source_clear (&listener.source);
    g_assert_cmpint (packets_alive (), ==, 0);
    g_string_free (listener.outcome, TRUE);
  }
}

/* Numbers of 32 bits go on across the end of theirs, and a step that wraps 16 bits is a jump. */
static void
test_wide_numbers (void)
{
  static const guint32 numbers[] = { 0xfffffffe, 0xffffffff, 0, 1 };
  Arrival arrival = { .ssrc = 1, .sender = 1, .arrival_ns = SECOND };
  LecSource source;
  gint64 before = 0;

  lec_source_init (&source, RATE, 32);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    LecPacket *packet = packet_of_arrival (&arrival);

    g_assert_true (lec_format_rtp.parse (packet));
    packet->sequence = numbers[i];
    g_assert_cmpint (lec_source_check (&source, packet, 0, SECOND), ==, LEC_SOURCE_CURRENT);
    if (i > 0)
      g_assert_cmpint (packet->extended_sequence, ==, before + 1);
    before = packet->extended_sequence;
    packet->sequence = numbers[i] + 0x10000;
    if (i == G_N_ELEMENTS (numbers) - 1)
      g_assert_cmpint (lec_source_check (&source, packet, 0, SECOND), ==, LEC_SOURCE_HELD_BACK);
    else
      lec_packet_release (packet);
  }
  lec_source_clear (&source);
  g_assert_cmpint (packets_alive (), ==, 0);
}

/* However many there are, and however much each sends, this is all that is kept. */
static void
test_bounds (void)
{
  Listener listener = { .outcome = g_string_new (NULL) };
  guint64 fed = 0;

  lec_source_init (&listener.source, RATE, 16);
  check (&listener, 1, 1, (guint16) -2, 0);
  check (&listener, 1, 1, (guint16) -1, 1);
  for (guint i = 0; i < 1000; i++) {
    check (&listener, 1, 1, (guint16) i, i + 2);
    for (guint32 ssrc = 2; ssrc < 12; ssrc++) {
      check (&listener, ssrc, 1, (guint16) i, i + 2);
      fed++;
    }
    for (guint32 ssrc = 20; i % 2 == 0 && ssrc < 24; ssrc++) {
      for (guint j = 0; j < 100; j++, fed++)
        check (&listener, ssrc, 1, (guint16) (i * 100 + j), i + 2);
    }
    g_assert_cmpint (packets_alive (), <=, LEC_SOURCE_CANDIDATES * LEC_SOURCE_HELD);
  }
  g_assert_cmpuint (listener.source.discarded + (guint) packets_alive (), ==, fed);
  g_assert_cmpuint (listener.source.ssrc, ==, 1);
  lec_source_clear (&listener.source);
  g_assert_cmpuint (listener.source.discarded, ==, fed);
  g_string_free (listener.outcome, TRUE);
}

/* A sender that begins anew amid forged packets, each of which claims to be somebody else, is heard
 * with its second packet. */
static void
test_flood (void)
{
  Listener listener = { .outcome = g_string_new (NULL) };
  guint32 forged = 1000;

  lec_source_init (&listener.source, RATE, 16);
  check (&listener, 1, 1, 7, 0);
  check (&listener, 1, 1, 8, 20);
  for (guint16 i = 0; i < 3; i++) {
    check (&listener, 2, 1, i, 400 + i * 20);
    for (guint j = 0; j < 30; j++)
      check (&listener, forged++, 1, (guint16) j, 401 + i * 20);
  }
  g_assert_cmpstr (listener.outcome->str, ==, " 0 1 | 2 3 4");
  lec_source_clear (&listener.source);
  g_string_free (listener.outcome, TRUE);
}

/* A full house: who has sent most in a row stays. */
static void
test_eviction (void)
{
  Listener listener = { .outcome = g_string_new (NULL) };

  lec_source_init (&listener.source, RATE, 16);
  check (&listener, 1, 1, 7, 0);
  check (&listener, 1, 1, 8, 1);
  check (&listener, 2, 1, 1, 2);
  check (&listener, 2, 1, 2, 3);
  for (guint32 ssrc = 3; ssrc < 200; ssrc++)
    check (&listener, ssrc, 1, 1, ssrc + 1);
  g_assert_cmpint (packets_alive (), ==, LEC_SOURCE_CANDIDATES + 1);
  check (&listener, 2, 1, 3, 900);
  g_assert_cmpstr (listener.outcome->str, ==, " 0 1 | 2 3 4");
  lec_source_clear (&listener.source);
  g_string_free (listener.outcome, TRUE);
}

/* Numbers go on from one source to the next, through any mixture of them. */
static void
test_numbers_go_on (void)
{
  g_autoptr (GRand) rng = g_rand_new_with_seed (1);
  Listener listener = { .outcome = g_string_new (NULL) };
  gint64 now = 0, last = 0;

  lec_source_init (&listener.source, RATE, 16);
  for (guint run = 0; run < 200; run++) {
    guint16 sequence = (guint16) g_rand_int (rng);

    now += 3000;
    for (guint i = 0; i < 30; i++) {
      check (&listener, run, 1 + run % 3, sequence++, now);
      now += 20;
    }
    if (run % 7 == 0)
      lec_source_clear (&listener.source);
  }
  for (char *at = listener.outcome->str; *at != '\0';) {
    gint64 number = g_ascii_strtoll (at + 1, &at, 10);

    if (g_str_has_prefix (at, " |"))
      at += 2;
    g_assert_cmpint (number, ==, last);
    last++;
  }
  g_assert_cmpint (last, ==, 200 * 30);
  lec_source_clear (&listener.source);
  g_string_free (listener.outcome, TRUE);
}

/* No step is too wide to be counted, and the sender may say that it counts anew. */
static void
test_begin_anew (void)
{
  static const guint32 numbers[] = { 0x80000000, 0x7fffffff, 0x80000001, 0, 5, 0xffffffff };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    Station station = { .ssrc = 1, .sender = 1, .rate = RATE };
    LecSource source;
    LecPacket *packet;
    gint64 before;
    Trace trace;

    trace_init (&trace);
    trace_put (&trace, &station, SECOND, 0, 0);
    lec_source_init (&source, RATE, 32);
    packet = packet_of_arrival (trace_at (&trace, 0));
    g_assert_true (lec_format_rtp.parse (packet));
    g_assert_cmpint (lec_source_check (&source, packet, 0, SECOND), ==, LEC_SOURCE_CURRENT);
    before = packet->extended_sequence;
    packet->sequence = numbers[i];
    g_assert_cmpint (lec_source_is_next (&source, packet), ==, numbers[i] == 5);
    g_assert_false (lec_source_fill (&source, packet, 0, SECOND) && ABS ((gint) numbers[i]) > 5);
    g_assert_true (lec_source_is_sender (&source, packet, 0, SECOND));
    lec_source_begin_anew (&source, packet, 0, SECOND);
    g_assert_cmpint (lec_source_check (&source, packet, 0, SECOND), ==, LEC_SOURCE_CURRENT);
    g_assert_cmpint (packet->extended_sequence, ==, before + (numbers[i] == 5 ? 6 : 1));
    lec_packet_release (packet);
    lec_source_clear (&source);
    trace_clear (&trace);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/source/rows", test_rows);
  g_test_add_func ("/source/wide-numbers", test_wide_numbers);
  g_test_add_func ("/source/bounds", test_bounds);
  g_test_add_func ("/source/flood", test_flood);
  g_test_add_func ("/source/eviction", test_eviction);
  g_test_add_func ("/source/numbers-go-on", test_numbers_go_on);
  g_test_add_func ("/source/begin-anew", test_begin_anew);
  return g_test_run ();
}
