/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Links of all kinds, in virtual time: which of them are too narrow? */
#include "report/throughput.h"

#include "wire/units.h"

#define SIZE 1200 /* [bytes] of a packet */

typedef enum {
  LINK_WIDE,
  LINK_RANDOM,   /* loses a tenth at random */
  LINK_PERIODIC, /* loses each tenth packet */
  LINK_BURSTS,   /* loses much of some seconds */
  LINK_NARROW,   /* lets 400 packets a second through */
  LINK_AT_TIMES, /* the same, and much less is sent every other two seconds */
} Link;

/* What comes of @sent packets in the second @i. */
static guint
pass (Link link, guint sent, guint i, GRand *rng)
{
  guint came = 0;

  switch (link) {
  case LINK_RANDOM:
    for (guint n = 0; n < sent; n++)
      came += g_rand_double (rng) >= 0.1;
    return came;
  case LINK_PERIODIC:
    return sent - sent / 10;
  case LINK_BURSTS:
    return i % 2 == 0 ? sent : sent * (guint) g_rand_int_range (rng, 5, 10) / 10;
  case LINK_NARROW:
  case LINK_AT_TIMES:
    return MIN (sent, 400 + (guint) g_rand_int_range (rng, 0, 5));
  case LINK_WIDE:
  default:
    return sent;
  }
}

/* @varies: what is sent is 420 to 600 packets a second, otherwise 500 in each.
 * Returns: in how many of 100 seconds it is thought to be too narrow */
static guint
watch (Link link, gboolean varies, guint seed)
{
  g_autoptr (GRand) rng = g_rand_new_with_seed (seed);
  LecThroughput self = { 0 };
  LecStats sum = { 0 };
  guint n = 0;

  for (guint i = 0; i < 100; i++) {
    const guint all = varies ? (guint) g_rand_int_range (rng, 420, 600) : 500;
    const guint sent = link == LINK_AT_TIMES && i / 2 % 2 == 0 ? all / 3 : all;
    const guint came = pass (link, sent, i, rng);

    for (guint j = 0; j < 10; j++)
      lec_throughput_note (&self, &sum, SECOND + i * SECOND + j * 100 * MSECOND);
    sum.received += came;
    sum.bytes += (guint64) came * SIZE;
    sum.lost += sent - came;
    n += self.is_capped;
  }
  return n;
}

static void
test_links (void)
{
  for (guint seed = 0; seed < 200; seed++) {
    for (Link link = LINK_WIDE; link < LINK_NARROW; link++) {
      g_assert_cmpuint (watch (link, TRUE, seed), ==, 0);
      g_assert_cmpuint (watch (link, FALSE, seed), ==, 0);
    }
    g_assert_cmpuint (watch (LINK_NARROW, TRUE, seed), >, 85);
    g_assert_cmpuint (watch (LINK_AT_TIMES, TRUE, seed), >, 60);
    g_assert_cmpuint (watch (LINK_NARROW, FALSE, seed), ==, 0); /* as if each tenth was lost */
  }
}

static void
test_rate (void)
{
  LecThroughput self = { 0 };
  LecStats sum = { 0 };

  lec_throughput_note (&self, &sum, 5 * SECOND);
  sum.received = 100;
  sum.bytes = 125000;
  lec_throughput_note (&self, &sum, 5500 * MSECOND);
  g_assert_cmpuint (self.rate, ==, 0);
  lec_throughput_note (&self, &sum, 7 * SECOND);
  g_assert_cmpuint (self.rate, ==, 0);
  sum.received = 200;
  sum.bytes = 250000;
  lec_throughput_note (&self, &sum, 9 * SECOND);
  g_assert_cmpuint (self.rate, ==, 500000);
  lec_throughput_note (&self, &sum, 10 * SECOND);
  g_assert_cmpuint (self.rate, ==, 0);
  sum = (LecStats){ 0 }; /* joined anew */
  lec_throughput_note (&self, &sum, 11 * SECOND);
  g_assert_cmpuint (self.rate, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/throughput/links", test_links);
  g_test_add_func ("/throughput/rate", test_rate);
  return g_test_run ();
}
