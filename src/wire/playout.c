/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/playout.h"

#include <string.h>

static void
begin_stream (LecPlayout *self, LecPlayoutStream *stream)
{
  lec_latency_init (&stream->latency, self->automatic ? LEC_LATENCY_AUTO : self->latency_ns,
                    self->latency_ns);
  lec_latency_set_smooth (&stream->latency, self->smooth);
}

void
lec_playout_begin (LecPlayout *self, gint64 latency_ns, gint64 first_ns)
{
  self->automatic = latency_ns == LEC_LATENCY_AUTO;
  self->latency_ns = self->automatic ? first_ns : latency_ns;
  self->changed = FALSE;
  self->least_ns = 0;
  for (guint i = 0; i < self->count; i++)
    begin_stream (self, &self->streams[i]);
}

void
lec_playout_init (LecPlayout *self, gint64 latency_ns, gint64 first_ns)
{
  memset (self, 0, sizeof *self);
  lec_playout_begin (self, latency_ns, first_ns);
}

guint
lec_playout_add (LecPlayout *self, LecMedia media)
{
  LecPlayoutStream *stream = &self->streams[self->count];

  g_assert (self->count < LEC_MAX_STREAMS);

  lec_delay_histogram_init (&stream->delays);
  stream->smoothly = media == LEC_MEDIA_VIDEO;
  begin_stream (self, stream);
  return self->count++;
}

/* ---- for the owner ---- */

void
lec_playout_set_latency (LecPlayout *self, gint64 latency_ns)
{
  lec_playout_begin (self, latency_ns, self->latency_ns);
  self->changed = TRUE;
}

void
lec_playout_set_smooth (LecPlayout *self, gboolean smooth)
{
  self->smooth = smooth;
  for (guint i = 0; i < self->count; i++)
    lec_latency_set_smooth (&self->streams[i].latency, smooth);
}

gboolean
lec_playout_agree (LecPlayout *self)
{
  gboolean changed = self->changed;

  self->least_ns = 0;
  for (guint i = 0; i < self->count; i++)
    self->least_ns = MAX (self->least_ns, lec_playout_get_needed (self, i));
  changed |= self->least_ns != self->latency_ns;
  self->latency_ns = self->least_ns;
  self->changed = FALSE;
  return changed;
}

void
lec_playout_set_delay (LecPlayout *self, gint64 delay_ns)
{
  self->delay_ns = delay_ns;
}

/* ---- for a stream ---- */

gint64
lec_playout_get_needed (const LecPlayout *self, guint stream)
{
  return lec_latency_get (&self->streams[stream].latency);
}

gint64
lec_playout_get_latency (const LecPlayout *self, guint stream)
{
  return MAX (lec_playout_get_needed (self, stream), self->least_ns);
}

const LecDelayHistogram *
lec_playout_get_delays (const LecPlayout *self, guint stream)
{
  return &self->streams[stream].delays;
}

gint64
lec_playout_get_hold_time (const LecPlayout *self, guint stream)
{
  return MAX (lec_playout_get_latency (self, stream), self->delay_ns)
         + lec_sync_offset_get_most (&self->streams[stream].sync_offset);
}

void
lec_playout_note_delay (LecPlayout *self, guint stream, gint64 delay_ns, gint64 now_ns)
{
  LecPlayoutStream *known = &self->streams[stream];

  if (delay_ns > lec_playout_get_latency (self, stream))
    lec_latency_note_late (&known->latency, now_ns);
  if (lec_delay_histogram_note (&known->delays, delay_ns, now_ns))
    lec_latency_update (&known->latency, &known->delays, now_ns);
}

void
lec_playout_note_late (LecPlayout *self, guint stream, gint64 now_ns)
{
  lec_latency_note_late (&self->streams[stream].latency, now_ns);
}

void
lec_playout_note_break (LecPlayout *self, guint stream, gint64 now_ns)
{
  LecPlayoutStream *known = &self->streams[stream];

  lec_latency_note_break (&known->latency, &known->delays, now_ns);
}

void
lec_playout_set_sync_offset (LecPlayout *self, guint stream, gint64 sync_offset_ns)
{
  LecPlayoutStream *known = &self->streams[stream];

  known->stepped |= lec_sync_offset_set (&known->sync_offset, sync_offset_ns, known->smoothly);
}

gint64
lec_playout_get_sync_offset (const LecPlayout *self, guint stream)
{
  return lec_sync_offset_get_wanted (&self->streams[stream].sync_offset);
}

gboolean
lec_playout_take_step (LecPlayout *self, guint stream)
{
  gboolean stepped = self->streams[stream].stepped;

  self->streams[stream].stepped = FALSE;
  return stepped;
}

gint64
lec_playout_shift (LecPlayout *self, guint stream, gint64 media, gint64 pts_ns)
{
  return lec_sync_offset_apply (&self->streams[stream].sync_offset, media, pts_ns);
}

gint64
lec_playout_get_shift (const LecPlayout *self, guint stream)
{
  return lec_sync_offset_get (&self->streams[stream].sync_offset);
}
