/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/nack.h"

#include <string.h>

#include "wire/units.h"

#define HOLD (300 * MSECOND)
#define RATE 4000.0 /* [bytes/s] */

/* A packet each 5 ms; whom we ask is the station. */
static LecNack *
nack_new (guint32 seed)
{
  LecNack *nack = g_new0 (LecNack, 1);

  lec_nack_allow (nack, RATE, 0, seed);
  lec_nack_open (nack, TRUE, TRUE, 0);
  return nack;
}

static void
nack_free (LecNack *nack)
{
  lec_nack_clear (nack);
  g_free (nack);
}

static gint64
time_of (gint64 number)
{
  return SECOND + number * 5 * MSECOND;
}

static void
come (LecNack *nack, gint64 number)
{
  lec_nack_note (nack, number, time_of (number), HOLD, time_of (number));
}

static guint
take (LecNack *nack, gint64 now_ns, LecNackField *fields)
{
  return lec_nack_take (nack, HOLD, NULL, NULL, 0, now_ns, fields);
}

/* It has once asked for packet 1, and was answered in 4 ms; those before 10 have come. */
static void
prove (LecNack *nack)
{
  LecNackField fields[LEC_RTCP_NACKS];
  gint64 at_ns;

  come (nack, 0);
  come (nack, 2);
  at_ns = lec_nack_get_wake (nack);
  g_assert_cmpuint (take (nack, at_ns, fields), ==, 1);
  lec_nack_note_answer (nack, 1, TRUE, at_ns + 4 * MSECOND);
  for (gint64 number = 3; number < 10; number++)
    come (nack, number);
}

/* How numbers are put into fields: which are missing, and what is asked for. */
static void
test_fields (void)
{
  static const struct
  {
    const char *story;
    gint64 here[8]; /* after 100; 0: no more */
    guint count;
    LecNackField fields[3];
  } rows[] = {
    { "one", { 102 }, 1, { { 101, 0 } } },
    { "two in a row", { 103 }, 1, { { 101, 1 } } },
    { "two, not in a row", { 102, 104 }, 1, { { 101, 2 } } },
    { "as many as fit", { 118 }, 1, { { 101, 0xffff } } },
    { "one more", { 119 }, 2, { { 101, 0xffff }, { 118, 0 } } },
    { "far from each other", { 102, 125, 127 }, 2, { { 103, 0xffff }, { 120, 0x2f } } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LecNack *nack = nack_new (1);
    LecNackField fields[LEC_RTCP_NACKS];
    gint64 last = 100;

    prove (nack);
    for (gint64 number = 10; number <= 100; number++)
      come (nack, number);
    for (guint j = 0; j < G_N_ELEMENTS (rows[i].here) && rows[i].here[j] > 0; j++)
      come (nack, last = rows[i].here[j]);
    g_test_message ("%s", rows[i].story);
    if (i == 5) { /* 101 was asked for before */
      lec_nack_note_here (nack, 101);
      g_assert_cmpuint (take (nack, time_of (last) + 60 * MSECOND, fields), ==, rows[i].count);
    } else {
      g_assert_cmpuint (take (nack, time_of (last) + 60 * MSECOND, fields), ==, rows[i].count);
    }
    for (guint j = 0; j < rows[i].count; j++) {
      g_assert_cmpuint (fields[j].first, ==, rows[i].fields[j].first);
      g_assert_cmphex (fields[j].more, ==, rows[i].fields[j].more);
    }
    nack_free (nack);
  }
}

/* The numbers of the sender are others than ours, and wrap. */
static void
test_shift (void)
{
  LecNack *nack = nack_new (1);
  LecNackField fields[LEC_RTCP_NACKS];

  come (nack, 65535 + 10);
  come (nack, 65535 + 13);
  g_assert_cmpuint (
      lec_nack_take (nack, HOLD, NULL, NULL, 11, time_of (65535 + 13) + 60 * MSECOND, fields), ==,
      1);
  g_assert_cmpuint (fields[0].first, ==, 65535);
  g_assert_cmphex (fields[0].more, ==, 1);
  nack_free (nack);
}

/* The wait is random, never shorter than it takes what was overtaken to come, and mostly long: of a
 * hundred receivers about one asks first. */
static void
test_wait (void)
{
  gint64 least_ns = G_MAXINT64, most_ns = 0;
  gint64 waits_ns[100];
  guint early = 0;

  for (guint i = 0; i < 100; i++) {
    LecNack *nack = nack_new (i);

    come (nack, 0);
    come (nack, 2);
    waits_ns[i] = lec_nack_get_wake (nack) - time_of (2);
    least_ns = MIN (least_ns, waits_ns[i]);
    most_ns = MAX (most_ns, waits_ns[i]);
    nack_free (nack);
  }
  g_assert_cmpint (least_ns, >=, LEC_NACK_SETTLE_NS);
  g_assert_cmpint (most_ns, <=, LEC_NACK_SETTLE_NS + LEC_NACK_WAIT_NS);
  for (guint i = 0; i < 100; i++)
    early += waits_ns[i] < least_ns + 3 * MSECOND;
  g_assert_cmpuint (early, <=, 4);
}

/* A hall of sixty, all of which miss the same hundred packets: who hears that somebody has asked
 * does not, where it takes a millisecond or three to hear it. */
static void
test_hall (void)
{
  LecNack *hall[60];
  LecNackField fields[LEC_RTCP_NACKS];
  guint requests = 0;
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < G_N_ELEMENTS (hall); i++) {
    hall[i] = nack_new (i);
    prove (hall[i]);
    hall[i]->members = 3;
  }
  for (gint64 loss = 1; loss <= 100; loss++) {
    const gint64 lost = 3 * loss + 8, begin_ns = time_of (lost) + loss * 200 * MSECOND;
    gint64 heard_ns = G_MAXINT64;

    for (guint i = 0; i < G_N_ELEMENTS (hall); i++) {
      lec_nack_note (hall[i], lost - 1, begin_ns, HOLD, begin_ns);
      lec_nack_note (hall[i], lost + 1, begin_ns, HOLD, begin_ns);
    }
    for (gint64 now_ns = begin_ns; now_ns < heard_ns || now_ns - heard_ns < 4 * MSECOND;
         now_ns += MSECOND / 2) {
      g_assert_cmpint (now_ns, <, begin_ns + HOLD);
      for (guint i = 0; i < G_N_ELEMENTS (hall); i++) {
        if (now_ns >= heard_ns)
          lec_nack_note_other (hall[i], &(LecNackField){ (guint16) lost, 0 }, lost + 1, 0, now_ns);
        if (lec_nack_get_wake (hall[i]) > now_ns || take (hall[i], now_ns, fields) == 0)
          continue;
        requests++;
        heard_ns
            = MIN (heard_ns, now_ns + MSECOND + g_rand_int_range (rand, 0, 2 * (gint32) MSECOND));
      }
    }
    for (guint i = 0; i < G_N_ELEMENTS (hall); i++)
      lec_nack_note_answer (hall[i], lost, TRUE, heard_ns + 4 * MSECOND);
  }
  g_test_message ("%u requests for 100 packets, by sixty", requests);
  g_assert_cmpuint (requests, >=, 100);
  g_assert_cmpuint (requests, <=, 250);
  for (guint i = 0; i < G_N_ELEMENTS (hall); i++)
    nack_free (hall[i]);
}

static gboolean
comes (gint64 number, gpointer data)
{
  return *(gboolean *) data;
}

/* What may come otherwise is asked for as late as that is of use. */
static void
test_otherwise (void)
{
  gboolean may = TRUE;
  LecNackField fields[LEC_RTCP_NACKS];

  for (guint row = 0; row < 2; row++) {
    LecNack *nack = nack_new (1);
    gint64 now_ns = time_of (12), end_ns = time_of (12) + HOLD;

    prove (nack);
    come (nack, 10);
    come (nack, 12);
    may = TRUE;
    while (lec_nack_take (nack, HOLD, comes, &may, 0, now_ns, fields) == 0) {
      g_assert_cmpint (now_ns, <, end_ns);
      if (row == 1 && now_ns > time_of (12) + 100 * MSECOND)
        may = FALSE; /* it was lost, too */
      now_ns += MSECOND;
    }
    if (row == 0)
      g_assert_cmpint (now_ns, >, end_ns - 40 * MSECOND);
    else
      g_assert_cmpint (now_ns, <, time_of (12) + 110 * MSECOND);
    nack_free (nack);
  }
}

/* A packet is asked for a few times; requests keep to the share of bandwidth. */
static void
test_bounds (void)
{
  LecNack *nack = nack_new (1);
  LecNackField fields[LEC_RTCP_NACKS];
  guint times = 0, requests = 0;

  prove (nack);
  lec_nack_open (nack, TRUE, TRUE, 1);
  come (nack, 10);
  come (nack, 12);
  for (gint64 now_ns = time_of (12); now_ns < time_of (12) + 2 * SECOND; now_ns += MSECOND)
    times += lec_nack_take (nack, 5 * SECOND, NULL, NULL, 0, now_ns, fields);
  g_assert_cmpuint (times, ==, LEC_NACK_TRIES);
  lec_nack_note_answer (nack, 11, TRUE, time_of (500));

  for (gint64 number = 1000; number < 3000; number++) { /* each other one, for ten seconds */
    if (number % 2 == 0)
      come (nack, number);
    requests += lec_nack_take (nack, 5 * SECOND, NULL, NULL, 0, time_of (number), fields) > 0;
    if (requests % 10 == 9)
      lec_nack_note_answer (nack, number / 2 * 2 - 1, TRUE, time_of (number));
  }
  g_test_message ("%u requests in ten seconds", requests);
  g_assert_cmpuint (requests, >, 50);
  g_assert_cmpuint (requests, <=, 220); /* of about a hundred bytes; we are one of two */
  g_assert_cmpuint (nack->count, <=, LEC_NACK_MISSING);
  nack_free (nack);
}

/* Others may keep us waiting, but not for ever. */
static void
test_forged_requests (void)
{
  LecNack *nack = nack_new (1);
  LecNackField fields[LEC_RTCP_NACKS];
  gint64 now_ns;

  prove (nack);
  come (nack, 10);
  come (nack, 12);
  for (now_ns = time_of (12); take (nack, now_ns, fields) == 0; now_ns += MSECOND) {
    g_assert_cmpint (now_ns, <, time_of (12) + 200 * MSECOND);
    lec_nack_note_other (nack, &(LecNackField){ 0, 0xffff }, 12, 0, now_ns);
  }
  g_assert_cmpuint (fields[0].first, ==, 11);
  nack_free (nack);
}

/* What the station will not keep any more is asked for before that, whatever else may bring it. */
static void
test_kept (void)
{
  LecNack *nack = nack_new (1);
  LecNackField fields[LEC_RTCP_NACKS];
  gboolean may = TRUE;
  guint asked = 0;

  lec_nack_allow (nack, RATE, 100 * MSECOND, 1);
  prove (nack);
  come (nack, 10);
  come (nack, 12);
  for (gint64 now_ns = time_of (12); now_ns < time_of (12) + 300 * MSECOND; now_ns += MSECOND) {
    asked += lec_nack_take (nack, HOLD, comes, &may, 0, now_ns, fields);
    g_assert_cmpint (asked > 0, ==, now_ns >= time_of (12) + 80 * MSECOND);
  }
  nack_free (nack);
}

/* Where an answer was lost, there is time for another one, for a minute. */
static void
test_twice (void)
{
  LecNack *nack = nack_new (1);
  LecNackField fields[LEC_RTCP_NACKS];
  gint64 once_ns, now_ns;

  prove (nack);
  once_ns = lec_nack_get_need (nack, time_of (12));
  come (nack, 10);
  come (nack, 12);
  now_ns = lec_nack_get_wake (nack);
  g_assert_cmpuint (take (nack, now_ns, fields), ==, 1);
  g_assert_cmpint (lec_nack_get_need (nack, now_ns), ==, once_ns);
  now_ns = lec_nack_get_wake (nack);
  g_assert_cmpuint (take (nack, now_ns, fields), ==, 1);
  lec_nack_note_answer (nack, 11, TRUE, now_ns + 4 * MSECOND);
  g_assert_cmpint (lec_nack_get_need (nack, now_ns + 5 * MSECOND), >, once_ns + 30 * MSECOND);
  g_assert_cmpint (lec_nack_get_need (nack, now_ns + 61 * SECOND), ==, once_ns);
  nack_free (nack);
}

/* Who sends again what has come meanwhile is there all the same; who never does is not. */
static void
test_alive (void)
{
  for (guint alive = 0; alive < 2; alive++) {
    LecNack *nack = nack_new (1);
    LecNackField fields[LEC_RTCP_NACKS];

    prove (nack);
    for (gint64 number = 10; number < 2000; number += 2) {
      const gint64 now_ns = time_of (number);

      come (nack, number);
      take (nack, now_ns, fields);
      if (alive)
        lec_nack_note_alive (nack);
    }
    g_assert_cmpint (lec_nack_get_time (nack, 0, time_of (2000)) > 0, ==, alive == 1);
    nack_free (nack);
  }
}

/* Delay is asked for as long as somebody answers, and it was of use of late. */
static void
test_time (void)
{
  LecNack *nack = nack_new (1);
  LecNackField fields[LEC_RTCP_NACKS];
  gint64 time_ns;

  g_assert_cmpint (lec_nack_get_time (nack, 0, time_of (2000)), ==, 0);
  come (nack, 0);
  come (nack, 2);
  g_assert_cmpuint (take (nack, time_of (2) + 60 * MSECOND, fields), ==, 1);
  g_assert_cmpint (lec_nack_get_time (nack, 0, time_of (2000)), ==, 0);
  g_assert_true (lec_nack_is_missing (nack, 1));
  lec_nack_note_answer (nack, 1, TRUE, time_of (2) + 80 * MSECOND);
  g_assert_false (lec_nack_is_missing (nack, 1));
  time_ns = lec_nack_get_time (nack, 0, time_of (2000));
  g_assert_cmpint (time_ns, >=, LEC_NACK_SETTLE_NS + LEC_NACK_WAIT_NS + 20 * MSECOND);
  g_assert_cmpint (time_ns, <=, LEC_NACK_SETTLE_NS + LEC_NACK_WAIT_NS + 60 * MSECOND);
  g_assert_cmpint (lec_nack_get_time (nack, time_of (2) + 80 * MSECOND, SECOND), ==, 0);
  g_assert_true (lec_nack_take_back (nack, 1));
  g_assert_false (lec_nack_take_back (nack, 1));
  nack_free (nack);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nack/fields", test_fields);
  g_test_add_func ("/nack/shift", test_shift);
  g_test_add_func ("/nack/wait", test_wait);
  g_test_add_func ("/nack/hall", test_hall);
  g_test_add_func ("/nack/otherwise", test_otherwise);
  g_test_add_func ("/nack/bounds", test_bounds);
  g_test_add_func ("/nack/forged-requests", test_forged_requests);
  g_test_add_func ("/nack/kept", test_kept);
  g_test_add_func ("/nack/twice", test_twice);
  g_test_add_func ("/nack/alive", test_alive);
  g_test_add_func ("/nack/time", test_time);
  return g_test_run ();
}
