/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/watch.h"

/* A decoder that has decoded gives a picture for each, a few of them later: as many as it keeps to
 * put them in order (ITU-T H.264, C.4.5.3: 16), and they must have been there for a while. A slide
 * that stands still sends less. */
#define HELD 17
#define HELD_AT_FIRST 40 /* one that has not yet: it may have a thread for each processor, too */

/* One of ten that are not shown is seen by anybody. */
#define MUCH 10

/* Units in a second: a picture that moves. */
#define STEADY 10

#define MOST_US (10 * G_TIME_SPAN_SECOND)

/* Between two rebuilds; twice as long after each that did not help. */
static gint64
get_delay (const LecWatch *self)
{
  return MIN (self->patience_us << MIN (self->fruitless, 10), MOST_US);
}

/* A decoder that falls behind is given what is newest, and the rest is left out. Two fields may be
 * one picture, but not three. */
static gboolean
falls_behind (const LecTrackCounts *second)
{
  return second->units >= STEADY && second->decoded > 0 && second->decoded * 3 < second->units;
}

/* All that it gave came late, however much that was; and where it gave nothing, it is with the same
 * picture still. */
static gboolean
is_late (const LecWatch *self, const LecWatchFacts *facts)
{
  const guint64 decoded = facts->decoded - self->decoded_before;

  if (decoded == 0)
    return self->dropping_us > 0 && facts->waiting;
  return facts->late - self->late_before == decoded;
}

/* A decoder that is told of what came too late leaves some out itself. */
static void
note_shown (LecWatch *self, const LecWatchFacts *facts, gint64 passed_us)
{
  const LecTrackCounts *second = &self->second;
  const guint64 given = MAX (second->units, second->decoded);
  const guint64 missing = given - MIN (given, second->shown);
  const gboolean much = second->dropped > 0 && missing * MUCH >= given;
  const gboolean none = second->decoded > 0 && second->shown == 0 && second->dropped == 0;

  self->dropping_us
      = much || falls_behind (second) || is_late (self, facts) ? self->dropping_us + passed_us : 0;
  self->unseen_us = none ? self->unseen_us + passed_us : 0;
}

static void
note_second (LecWatch *self, const LecWatchFacts *facts, gint64 now_us)
{
  const LecTrackCounts *counts = &facts->counts;

  if (self->second_us != 0 && now_us - self->second_us < G_USEC_PER_SEC)
    return;
  self->second = (LecTrackCounts){
    .packets = counts->packets - self->before.packets,
    .units = counts->units - self->before.units,
    .key_frames = counts->key_frames - self->before.key_frames,
    .parameter_sets = counts->parameter_sets - self->before.parameter_sets,
    .damaged = counts->damaged - self->before.damaged,
    .decoded = counts->decoded - self->before.decoded,
    .shown = counts->shown - self->before.shown,
    .dropped = counts->dropped - self->before.dropped,
  };
  if (self->second_us != 0)
    note_shown (self, facts, now_us - self->second_us);
  self->before = *counts;
  self->decoded_before = facts->decoded;
  self->late_before = facts->late;
  self->second_us = now_us;
}

static void
note_packets (LecWatch *self, guint64 packets, gint64 now_us)
{
  if (packets == self->packets)
    return;
  if (self->packets_us != 0)
    self->pause_us = MAX (self->pause_us, now_us - self->packets_us);
  self->packets = packets;
  self->packets_us = now_us;
}

static void
note_decoded (LecWatch *self, const LecWatchFacts *facts, gint64 now_us)
{
  self->decoded = facts->decoded;
  self->decoded_us = now_us;
  self->units = facts->given;
  self->units_us = 0;
  self->fruitless = 0;
  self->failed = FALSE;
}

static gboolean
is_overdue (const LecWatch *self, const LecWatchFacts *facts, gint64 now_us)
{
  const guint64 most = self->decoded > 0 && self->fruitless == 0 ? HELD : HELD_AT_FIRST;

  return self->units_us != 0 && facts->given - self->units >= most
         && now_us - self->units_us >= self->patience_us;
}

gboolean
lec_watch_update (LecWatch *self, const LecWatchFacts *facts, gint64 now_us)
{
  note_second (self, facts, now_us);
  note_packets (self, facts->counts.packets, now_us);
  if (facts->decoded > self->decoded)
    note_decoded (self, facts, now_us);
  else if (self->units_us == 0 && facts->given > self->units)
    self->units_us = now_us;
  self->failed = self->failed || facts->broken;
  if (!self->failed && !is_overdue (self, facts, now_us))
    return FALSE;
  if (self->rebuilt_us != 0 && now_us - self->rebuilt_us < get_delay (self))
    return FALSE;
  self->rebuilt_us = now_us;
  self->fruitless++;
  self->failed = FALSE;
  self->units = facts->given;
  self->units_us = 0;
  return TRUE;
}

gboolean
lec_watch_is_stalled (const LecWatch *self)
{
  return self->fruitless > 0 && self->decoded_us < self->rebuilt_us;
}

guint
lec_watch_get_fruitless (const LecWatch *self)
{
  return self->fruitless;
}

gint64
lec_watch_get_still (const LecWatch *self, gint64 now_us)
{
  return self->decoded_us != 0 ? now_us - self->decoded_us : -1;
}
