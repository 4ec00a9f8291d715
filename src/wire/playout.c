/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/playout.h"

#include <string.h>

#include "wire/units.h"

#define OPENING 4                  /* intervals of delays after a join */
#define REPAIR_STEP (10 * MSECOND) /* it is rounded up to such */
#define REPAIR_LESS 2              /* a change to more than this part is not worth a break */

gint64
lec_playout_stream_get_repair_time (const LecPlayoutStream *self)
{
  return self->playout->automatic ? self->repair_ns : 0;
}

gint64
lec_playout_stream_get_needed (const LecPlayoutStream *self)
{
  return lec_latency_get (&self->needed) + lec_playout_stream_get_repair_time (self);
}

static void
update (LecPlayoutStream *self)
{
  self->latency_ns = MAX (lec_playout_stream_get_needed (self), self->playout->least_ns);
  self->hold_ns = MAX (self->latency_ns, self->playout->delay_ns)
                  + lec_sync_offset_get_most (&self->sync_offset);
}

static void
begin (LecPlayoutStream *self)
{
  const LecPlayout *playout = self->playout;

  lec_latency_init (&self->needed, playout->automatic ? LEC_LATENCY_AUTO : playout->latency_ns,
                    playout->latency_ns);
  lec_latency_set_smooth (&self->needed, playout->smooth);
  lec_latency_set_quick (&self->needed, playout->quick);
  update (self);
}

/* ---- of the channel ---- */

void
lec_playout_begin (LecPlayout *self, gint64 latency_ns, gint64 first_ns)
{
  self->automatic = latency_ns == LEC_LATENCY_AUTO;
  self->latency_ns = self->network_ns = self->automatic ? first_ns : latency_ns;
  self->changed = FALSE;
  self->least_ns = 0;
  for (guint i = 0; i < self->count; i++)
    begin (&self->streams[i]);
}

void
lec_playout_init (LecPlayout *self, gint64 latency_ns, gint64 first_ns)
{
  memset (self, 0, sizeof *self);
  lec_playout_begin (self, latency_ns, first_ns);
}

LecPlayoutStream *
lec_playout_add (LecPlayout *self, LecMedia media)
{
  LecPlayoutStream *stream = &self->streams[self->count];

  g_assert (self->count < LEC_MAX_STREAMS);

  self->count++;
  stream->playout = self;
  stream->smoothly = media == LEC_MEDIA_VIDEO;
  stream->follows = media != LEC_MEDIA_VIDEO && media != LEC_MEDIA_AUDIO;
  lec_delay_histogram_init (&stream->delays);
  begin (stream);
  return stream;
}

LecPlayoutStream *
lec_playout_get_stream (LecPlayout *self, guint index)
{
  return &self->streams[index];
}

void
lec_playout_set_latency (LecPlayout *self, gint64 latency_ns)
{
  lec_playout_begin (self, latency_ns, self->network_ns);
  self->changed = TRUE;
}

void
lec_playout_set_smooth (LecPlayout *self, gboolean smooth)
{
  self->smooth = smooth;
  for (guint i = 0; i < self->count; i++)
    lec_latency_set_smooth (&self->streams[i].needed, smooth);
}

void
lec_playout_set_quick (LecPlayout *self, gboolean quick)
{
  self->quick = quick;
  for (guint i = 0; i < self->count; i++)
    lec_latency_set_quick (&self->streams[i].needed, quick);
}

static void
update_all (LecPlayout *self)
{
  for (guint i = 0; i < self->count; i++)
    update (&self->streams[i]);
}

/* A text is typed in fits: what it needs would hold up picture and sound. */
static gboolean
has_leader (const LecPlayout *self)
{
  for (guint i = 0; i < self->count; i++) {
    if (!self->streams[i].follows)
      return TRUE;
  }
  return FALSE;
}

gboolean
lec_playout_agree (LecPlayout *self)
{
  const gboolean leads = has_leader (self);
  gboolean changed = self->changed;
  gint64 most_ns = 0, network_ns = 0;

  for (guint i = 0; i < self->count; i++) {
    if (leads && self->streams[i].follows)
      continue;
    most_ns = MAX (most_ns, lec_playout_stream_get_needed (&self->streams[i]));
    network_ns = MAX (network_ns, lec_latency_get (&self->streams[i].needed));
  }
  self->network_ns = network_ns;
  changed |= most_ns != self->latency_ns;
  self->latency_ns = most_ns;
  self->changed = FALSE;
  if (most_ns != self->least_ns) {
    self->least_ns = most_ns;
    update_all (self);
  }
  return changed;
}

void
lec_playout_set_delay (LecPlayout *self, gint64 delay_ns)
{
  self->delay_ns = delay_ns;
  update_all (self);
}

/* ---- of a stream ---- */

const LecDelayHistogram *
lec_playout_stream_get_delays (const LecPlayoutStream *self)
{
  return &self->delays;
}

/* What comes late just after a join says little about later: queues are filled on the way, senders
 * greet who is new, and a computer that opens a player is busy. Where what follows from it can be
 * mended soon, it is not kept. */
static void
leave_opening (LecPlayoutStream *self)
{
  if (self->opened || !self->playout->quick || lec_delay_histogram_count (&self->delays) < OPENING)
    return;
  self->opened = TRUE;
  lec_delay_histogram_init (&self->delays);
  lec_latency_doubt (&self->needed);
}

void
lec_playout_stream_note_delay (LecPlayoutStream *self, gint64 delay_ns, gint64 now_ns)
{
  if (delay_ns > self->latency_ns)
    lec_latency_note_late (&self->needed, now_ns);
  if (!lec_delay_histogram_note (&self->delays, delay_ns, now_ns))
    return;
  lec_latency_update (&self->needed, &self->delays, now_ns);
  leave_opening (self);
  update (self);
}

void
lec_playout_stream_note_late (LecPlayoutStream *self, gint64 now_ns)
{
  lec_latency_note_late (&self->needed, now_ns);
}

void
lec_playout_stream_set_repair_time (LecPlayoutStream *self, gint64 repair_ns)
{
  repair_ns = (repair_ns + REPAIR_STEP - 1) / REPAIR_STEP * REPAIR_STEP;
  if (repair_ns <= self->repair_ns && repair_ns >= self->repair_ns / REPAIR_LESS)
    return;
  self->repair_ns = repair_ns;
  update (self);
}

void
lec_playout_stream_note_break (LecPlayoutStream *self, gint64 now_ns)
{
  lec_latency_note_break (&self->needed, &self->delays, now_ns);
  update (self);
}

void
lec_playout_stream_set_sync_offset (LecPlayoutStream *self, gint64 sync_offset_ns)
{
  self->stepped |= lec_sync_offset_set (&self->sync_offset, sync_offset_ns, self->smoothly);
  update (self);
}

gint64
lec_playout_stream_get_sync_offset (const LecPlayoutStream *self)
{
  return lec_sync_offset_get_wanted (&self->sync_offset);
}

gint64
lec_playout_stream_shift (LecPlayoutStream *self, gint64 media, gint64 pts_ns)
{
  return lec_sync_offset_apply (&self->sync_offset, media, pts_ns);
}

gint64
lec_playout_stream_get_shift (const LecPlayoutStream *self)
{
  return lec_sync_offset_get (&self->sync_offset);
}
