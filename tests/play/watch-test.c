/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* When a decoder is made anew, in virtual time. */
#include "play/watch.h"

#define MS G_TIME_SPAN_MILLISECOND
#define TICK_MS 200

typedef struct
{
  LecWatch watch;
  LecWatchFacts facts;
  gint64 now_us;
  guint rebuilds;
  gint64 rebuilt_us[32]; /* when */
  double per_second;     /* units */
  double due;
  gboolean decodes; /* what goes in comes out */
  gboolean waits;   /* nothing goes in */
} Fixture;

static Fixture
begin (double per_second, gboolean decodes)
{
  return (Fixture){ .watch.patience_us = G_TIME_SPAN_SECOND,
                    .now_us = 1000 * G_TIME_SPAN_SECOND,
                    .per_second = per_second,
                    .decodes = decodes };
}

static void
pass (Fixture *self, guint ms)
{
  for (guint passed = 0; passed < ms; passed += TICK_MS) {
    guint64 units;

    self->now_us += TICK_MS * MS;
    self->due += self->per_second * TICK_MS / 1000.0;
    units = (guint64) self->due;
    self->due -= (double) units;
    self->facts.counts.units += units;
    if (!self->waits)
      self->facts.given += units;
    if (self->decodes && !self->waits)
      self->facts.counts.decoded = self->facts.decoded += units;
    if (lec_watch_update (&self->watch, &self->facts, self->now_us)) {
      g_assert_cmpuint (self->rebuilds, <, G_N_ELEMENTS (self->rebuilt_us));
      self->rebuilt_us[self->rebuilds++] = self->now_us;
    }
    self->facts.broken = FALSE;
  }
}

/* Whatever the rate: a slide that is sent again every five seconds as well as sound. */
static void
test_fine (void)
{
  const double rates[] = { 0.2, 1, 25, 60, 100 };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    Fixture self = begin (rates[i], TRUE);

    pass (&self, 60000);
    g_assert_cmpuint (self.rebuilds, ==, 0);
    g_assert_false (lec_watch_is_stalled (&self.watch));
    g_assert_cmpint (lec_watch_get_still (&self.watch, self.now_us), <=, 5 * G_TIME_SPAN_SECOND);
  }
}

/* Nothing comes for minutes, and then goes on. */
static void
test_pause (void)
{
  Fixture self = begin (25, TRUE);

  pass (&self, 5000);
  self.per_second = 0;
  pass (&self, 300000);
  self.per_second = 25;
  pass (&self, 5000);
  g_assert_cmpuint (self.rebuilds, ==, 0);
}

/* A picture that stands still is begun again within two seconds, and goes on. */
static void
test_stall (void)
{
  Fixture self = begin (25, TRUE);

  pass (&self, 5000);
  self.decodes = FALSE;
  pass (&self, 2000);
  g_assert_cmpuint (self.rebuilds, ==, 1);
  g_assert_true (lec_watch_is_stalled (&self.watch));
  self.decodes = TRUE;
  pass (&self, 60000);
  g_assert_cmpuint (self.rebuilds, ==, 1);
  g_assert_false (lec_watch_is_stalled (&self.watch));
  g_assert_cmpuint (lec_watch_get_fruitless (&self.watch), ==, 0);
}

/* What does not help is done ever less often, and at a bounded rate for ever. */
static void
test_hopeless (void)
{
  Fixture self = begin (25, FALSE);

  pass (&self, 120000);
  g_assert_cmpuint (self.rebuilds, >=, 10);
  g_assert_cmpuint (self.rebuilds, <=, 16);
  for (guint i = 1; i < self.rebuilds; i++)
    g_assert_cmpint (self.rebuilt_us[i] - self.rebuilt_us[i - 1], >=,
                     MIN ((gint64) 1 << i, 10) * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (lec_watch_get_fruitless (&self.watch), ==, self.rebuilds);
  g_assert_cmpint (lec_watch_get_still (&self.watch, self.now_us), ==, -1);
}

/* A few pictures in the decoder are no stall: it keeps up to sixteen to put them in order, and at
 * first one for each thread as well. */
static void
test_slow_decoder (void)
{
  Fixture self = begin (1, FALSE);

  pass (&self, 38000);
  g_assert_cmpuint (self.rebuilds, ==, 0);
  self.decodes = TRUE;
  pass (&self, 1000);
  self.decodes = FALSE;
  pass (&self, 15000);
  g_assert_cmpuint (self.rebuilds, ==, 0);
}

/* It says itself that it is broken. Again and again, with pictures in between: once a second. */
static void
test_broken (void)
{
  Fixture self = begin (25, TRUE);

  pass (&self, 3000);
  self.facts.broken = TRUE;
  pass (&self, TICK_MS);
  g_assert_cmpuint (self.rebuilds, ==, 1);
  for (guint i = 0; i < 50; i++) {
    self.facts.broken = TRUE;
    pass (&self, TICK_MS);
  }
  g_assert_cmpuint (self.rebuilds, >=, 5);
  g_assert_cmpuint (self.rebuilds, <=, 11);
}

/* Where it is given nothing, as it could not begin there, or on purpose, there is no stall. */
static void
test_waiting (void)
{
  Fixture self = begin (25, FALSE);

  self.waits = TRUE;
  pass (&self, 60000);
  g_assert_cmpuint (self.rebuilds, ==, 0);
  self.waits = FALSE;
  self.decodes = TRUE;
  pass (&self, 10000);
  g_assert_cmpuint (self.rebuilds, ==, 0);
}

static void
test_second (void)
{
  Fixture self = begin (25, TRUE);

  pass (&self, 10000);
  g_assert_cmpuint (self.watch.second.units, ==, 25);
  g_assert_cmpuint (self.watch.second.decoded, ==, 25);
  self.decodes = FALSE;
  pass (&self, 2000);
  g_assert_cmpuint (self.watch.second.units, ==, 25);
  g_assert_cmpuint (self.watch.second.decoded, ==, 0);
}

/* The longest that nothing came: a pause counts when it is over. */
static void
test_pauses (void)
{
  LecWatch watch = { .patience_us = 100 * G_TIME_SPAN_SECOND };
  LecWatchFacts facts = { .counts.units = 1 };
  gint64 now_us = 1000 * G_TIME_SPAN_SECOND;

  for (guint tick = 0; tick < 60; tick++, now_us += TICK_MS * MS) {
    if (tick < 10 || (tick >= 20 && tick < 30))
      facts.counts.packets += 7;
    lec_watch_update (&watch, &facts, now_us);
    g_assert_cmpint (watch.pause_us, ==, tick == 0 ? 0 : (tick < 20 ? TICK_MS : 11 * TICK_MS) * MS);
  }
}

/* A picture that is made too late, and one that is made and never seen. */
static void
test_shown (void)
{
  static const struct
  {
    guint decoded, shown, dropped; /* of 25 units a second */
    gboolean drops, is_unseen;
  } rows[] = {
    { 25, 25, 0, FALSE, FALSE }, { 25, 24, 1, FALSE, FALSE }, /* once in a while nobody sees it */
    { 25, 20, 5, TRUE, FALSE },  { 15, 13, 2, TRUE, FALSE },  /* the decoder leaves some out itself
                                                               */
    { 15, 15, 0, FALSE, FALSE },                              /* two fields are one picture */
    { 13, 13, 0, FALSE, FALSE }, { 8, 8, 0, TRUE, FALSE },    /* it falls behind for good */
    { 25, 0, 25, TRUE, FALSE },  { 25, 0, 0, FALSE, TRUE },   { 0, 0, 0, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LecWatch watch = { .patience_us = 100 * G_TIME_SPAN_SECOND };
    LecWatchFacts facts = { .counts.units = 1 };
    gint64 now_us = 1000 * G_TIME_SPAN_SECOND;

    for (guint second = 0; second < 5; second++, now_us += G_TIME_SPAN_SECOND) {
      lec_watch_update (&watch, &facts, now_us);
      facts.counts.units += 25;
      facts.counts.decoded = facts.decoded += rows[i].decoded;
      facts.counts.shown += rows[i].shown;
      facts.counts.dropped += rows[i].dropped;
    }
    g_assert_cmpint (watch.dropping_us, ==, rows[i].drops ? 4 * G_TIME_SPAN_SECOND : 0);
    g_assert_cmpint (watch.unseen_us, ==, rows[i].is_unseen ? 4 * G_TIME_SPAN_SECOND : 0);
    facts.counts.units += 25;
    facts.counts.decoded = facts.decoded += 25;
    facts.counts.shown += 25;
    lec_watch_update (&watch, &facts, now_us);
    lec_watch_update (&watch, &facts, now_us += G_TIME_SPAN_SECOND);
    g_assert_cmpint (watch.dropping_us + watch.unseen_us, ==, 0);
  }
}

/* A decoder that is too slow: nobody drops what it gives, but all of that is late, and more waits
 * before it. */
static void
test_late (void)
{
  static const struct
  {
    guint decoded, late; /* of those that came in a second */
    gboolean waiting, falls_behind;
  } rows[] = {
    { 45, 45, TRUE, TRUE },  /* of 52 */
    { 45, 44, TRUE, FALSE }, /* it has caught up with one */
    { 50, 0, TRUE, FALSE },  /* the sink holds them until it is their time */
    { 5, 5, TRUE, TRUE },    /* however few come */
    { 5, 0, FALSE, FALSE },  /* a rate that varies, a slide, */
    { 0, 0, FALSE, FALSE },  /* a pause */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LecWatch watch = { .patience_us = 100 * G_TIME_SPAN_SECOND };
    LecWatchFacts facts = { .counts.units = 1 };
    gint64 now_us = 1000 * G_TIME_SPAN_SECOND;

    for (guint second = 0; second < 5; second++, now_us += G_TIME_SPAN_SECOND) {
      lec_watch_update (&watch, &facts, now_us);
      facts.counts.units += rows[i].decoded + rows[i].waiting * 7;
      facts.counts.decoded = facts.decoded += rows[i].decoded;
      facts.counts.shown = facts.counts.decoded;
      facts.late += rows[i].late;
      facts.waiting = rows[i].waiting;
    }
    g_assert_cmpint (watch.dropping_us, ==, rows[i].falls_behind ? 4 * G_TIME_SPAN_SECOND : 0);
  }
}

/* A second in which it is with the same picture still is one more; where nothing waits any more, it
 * is over. */
static void
test_very_late (void)
{
  LecWatch watch = { .patience_us = 100 * G_TIME_SPAN_SECOND };
  LecWatchFacts facts = { .counts.units = 1, .waiting = TRUE };
  gint64 now_us = 1000 * G_TIME_SPAN_SECOND;

  lec_watch_update (&watch, &facts, now_us);
  for (guint second = 1; second <= 6; second++) {
    facts.counts.units += 5;
    if (second % 2 == 1)
      facts.late = facts.counts.shown = facts.counts.decoded = ++facts.decoded;
    lec_watch_update (&watch, &facts, now_us += G_TIME_SPAN_SECOND);
    g_assert_cmpint (watch.dropping_us, ==, second * G_TIME_SPAN_SECOND);
  }
  facts.waiting = FALSE;
  lec_watch_update (&watch, &facts, now_us += G_TIME_SPAN_SECOND);
  g_assert_cmpint (watch.dropping_us, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/watch/fine", test_fine);
  g_test_add_func ("/watch/pause", test_pause);
  g_test_add_func ("/watch/stall", test_stall);
  g_test_add_func ("/watch/hopeless", test_hopeless);
  g_test_add_func ("/watch/slow-decoder", test_slow_decoder);
  g_test_add_func ("/watch/broken", test_broken);
  g_test_add_func ("/watch/waiting", test_waiting);
  g_test_add_func ("/watch/second", test_second);
  g_test_add_func ("/watch/pauses", test_pauses);
  g_test_add_func ("/watch/shown", test_shown);
  g_test_add_func ("/watch/late", test_late);
  g_test_add_func ("/watch/very-late", test_very_late);
  return g_test_run ();
}
