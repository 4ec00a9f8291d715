/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/asf-schedule.h"

#include "wire/units.h"

#define SPARE_NS (100 * MSECOND) /* that the first object is let to be early by */

/* What one object lacks, others will lack as well, a bit more each: sound has one gap for all.
 * Where that was not enough, it will not be soon: two files of real encoders have seven and six
 * such gaps in their first 20 s with the first step alone, and five and four with both. */
#define STEP_NS (300 * MSECOND)
#define NEXT_STEP_NS (500 * MSECOND)

/* What is further ahead of its time is damaged. */
#define EARLIEST_NS (10 * SECOND)

/* [objects] for as long as that the earliest is remembered, mostly: some seconds. */
#define MEMORY 256

/* A station may send what is late already. What is late by more is damaged, or of before its times
 * jumped, and says nothing of others. */
#define LATEST_NS (5 * SECOND)

void
lec_asf_schedule_init (LecAsfSchedule *self)
{
  *self = (LecAsfSchedule){ .last_ns = -1 };
}

void
lec_asf_schedule_begin (LecAsfSchedule *self)
{
  *self = (LecAsfSchedule){ .last_ns = self->last_ns };
}

static gboolean
is_whole (const LecAsfQueued *queued)
{
  return queued->filled >= queued->size;
}

static void
note_whole (LecAsfQueued *queued)
{
  queued->earliest
      = queued->has_whole ? MIN (queued->earliest, queued->presentation) : queued->presentation;
  queued->has_whole = TRUE;
}

/* asfdemux drops an object of which a piece is missing when the next one begins, and pieces whose
 * object it does not have. */
static void
queue (LecAsfQueued *queued, const LecAsfPayload *payload)
{
  if (payload->offset == 0) {
    queued->presentation = payload->presentation;
    queued->object = payload->object;
    queued->size = payload->object_size;
    queued->filled = (guint32) payload->size;
  } else if (!is_whole (queued) && queued->object == payload->object
             && queued->filled == payload->offset) {
    queued->filled += (guint32) payload->size;
  } else {
    return;
  }
  if (is_whole (queued))
    note_whole (queued);
}

void
lec_asf_schedule_add (LecAsfSchedule *self,
                      const LecAsfHeader *header,
                      LecAsfPacket *packet,
                      gint64 running_ns)
{
  LecAsfPayload payload;

  self->running_ns = running_ns;
  self->send_time = packet->send_time;
  while (!self->is_active && lec_asf_packet_next (packet, &payload)) {
    const LecAsfKind kind = header->kinds[payload.stream];

    if (payload.time != NULL && (kind == LEC_ASF_AUDIO || kind == LEC_ASF_VIDEO))
      queue (&self->queued[payload.stream], &payload);
  }
}

void
lec_asf_schedule_activate (LecAsfSchedule *self)
{
  guint32 earliest = G_MAXUINT32;

  for (guint i = 0; i < LEC_ASF_STREAMS; i++) {
    const LecAsfQueued *queued = &self->queued[i];

    if (queued->has_whole)
      earliest = MIN (earliest, queued->earliest);
    if (!is_whole (queued))
      earliest = MIN (earliest, queued->presentation);
  }
  self->origin = earliest != G_MAXUINT32 ? earliest : self->send_time;
  self->is_active = TRUE;
}

/* What was played last is not to be overtaken by what begins. */
static gint64
choose_lead (const LecAsfSchedule *self, gint64 early_ns)
{
  const gint64 lead_ns = early_ns - SPARE_NS;

  if (self->last_ns < 0)
    return lead_ns;
  return MIN (lead_ns, self->running_ns + early_ns - self->last_ns);
}

/* Nothing is played later than it was meant to be where nothing is sent later. */
static void
give_back (LecAsfSchedule *self, gint64 early_ns)
{
  const gint64 least_ns = early_ns > 0 ? 0 : -LATEST_NS;

  self->lead.ns = MAX (early_ns - (self->lead.has_stepped ? NEXT_STEP_NS : STEP_NS), least_ns);
  self->lead.has_stepped = TRUE;
}

/* What is sent longest before its time is what had not to wait for something large. */
static void
note_early (LecAsfSchedule *self, gint64 early_ns)
{
  if (!self->lead.is_known)
    self->most_early_ns = early_ns;
  else if (early_ns <= self->most_early_ns)
    self->most_early_ns -= (self->most_early_ns - early_ns) / MEMORY;
  else if (early_ns <= self->lead.ns + EARLIEST_NS)
    self->most_early_ns = early_ns;
}

gint64
lec_asf_schedule_get_hold (const LecAsfSchedule *self)
{
  return self->lead.is_known ? CLAMP (self->most_early_ns - self->lead.ns, 0, EARLIEST_NS) : 0;
}

gint64
lec_asf_schedule_place (LecAsfSchedule *self, gint64 time_ns)
{
  const gint64 early_ns
      = time_ns + ((gint64) self->origin - (gint64) self->send_time) * MSECOND - self->behind_ns;
  gint64 due_ns;

  note_early (self, early_ns);
  if (!self->lead.is_known)
    self->lead.ns = choose_lead (self, early_ns);
  else if (early_ns < self->lead.ns && early_ns >= -LATEST_NS)
    give_back (self, early_ns);
  self->lead.is_known = TRUE;
  due_ns = MAX (self->running_ns + early_ns - self->lead.ns, 0);
  self->last_ns = MAX (self->last_ns, due_ns);
  return due_ns;
}
