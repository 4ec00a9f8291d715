/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/jitter.h"

#define MSECOND G_GINT64_CONSTANT (1000000)

#define SPAN_FIRST 256
#define SPAN_MAX 65536 /* beyond LEC_JITTER_CROWDED by the widest step that a source may make */
#define START_WAIT (20 * MSECOND)   /* longest that the first packet waits for older ones */
#define REORDER_MIN (25 * MSECOND)  /* no repair: what comes later than this rarely comes at all */
#define REORDER_MAX (500 * MSECOND) /* what took longer had lost its way */
#define SEEN 8192 /* [packets] for so long a released packet is known when it comes again */
#define STEADY 8  /* packets at one distance make a stream equidistant */

typedef enum {
  STATE_IDLE,
  STATE_STARTING, /* the first packets are here, older ones may still come */
  STATE_RUNNING,
} State;

struct _LecJitter
{
  guint start_count;
  gint64 play_out_ns;
  gboolean repair;

  State state;
  LecPacket **ring; /* by sequence number modulo span */
  guint span;       /* power of two */
  guint length;
  gint64 head;        /* next to leave */
  gint64 lowest;      /* of those held; valid while length > 0 */
  gint64 newest;      /* highest ever pushed */
  gint64 first_ns;    /* arrival of the first packet of all */
  gint64 revealed_ns; /* arrival of the packet that showed the hole at head */

  guint64 seen[SEEN / 64]; /* which of the last SEEN numbers have arrived */
  gint64 reorder_ns;       /* longest that a packet was overtaken by, decaying */
  guint64 reordered;

  gint64 last_pts_ns; /* of the last packet that left */
  gint64 step_ns;     /* from one packet's PTS to the next one's */
  guint steady;       /* packets in a row at that distance */
};

LecJitter *
lec_jitter_new (guint start_count)
{
  LecJitter *self = g_new0 (LecJitter, 1);

  self->start_count = start_count;
  self->span = SPAN_FIRST;
  self->ring = g_new0 (LecPacket *, self->span);
  return self;
}

void
lec_jitter_free (LecJitter *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->span; i++)
    lec_packet_release (self->ring[i]);
  g_free (self->ring);
  g_free (self);
}

void
lec_jitter_set_patience (LecJitter *self, gint64 play_out_ns, gboolean repair)
{
  self->play_out_ns = play_out_ns;
  self->repair = repair;
}

static LecPacket **
slot_of (const LecJitter *self, gint64 sequence)
{
  return &self->ring[sequence & (self->span - 1)];
}

static gboolean
was_seen (const LecJitter *self, gint64 sequence)
{
  guint bit = (guint) (sequence & (SEEN - 1));

  /* above the newest, a bit still stands for a number that is SEEN lower */
  return sequence <= self->newest && sequence > self->newest - SEEN
         && ((self->seen[bit / 64] >> (bit % 64)) & 1) != 0;
}

static void
mark_seen (LecJitter *self, gint64 sequence, gboolean seen)
{
  guint bit = (guint) (sequence & (SEEN - 1));
  guint64 mask = G_GUINT64_CONSTANT (1) << (bit % 64);

  if (seen)
    self->seen[bit / 64] |= mask;
  else
    self->seen[bit / 64] &= ~mask;
}

/* Marks @sequence, and forgets the numbers that those between it and the newest stood for. */
static void
note_arrival (LecJitter *self, gint64 sequence)
{
  if (sequence > self->newest) {
    gint64 from = MAX (self->newest + 1, sequence - SEEN + 1);

    for (gint64 i = from; i < sequence; i++)
      mark_seen (self, i, FALSE);
    self->newest = sequence;
  }
  mark_seen (self, sequence, TRUE);
}

/* Moves what is held into a ring that has room for @needed numbers from head on. */
static void
grow (LecJitter *self, gint64 needed)
{
  g_autofree LecPacket **old = self->ring;
  guint old_span = self->span;

  while (self->span < needed)
    self->span *= 2;
  self->ring = g_new0 (LecPacket *, self->span);
  for (guint i = 0; i < old_span; i++) {
    if (old[i] != NULL)
      *slot_of (self, old[i]->extended_sequence) = old[i];
  }
}

static void
start (LecJitter *self, const LecPacket *packet)
{
  self->state = STATE_STARTING;
  self->head = packet->extended_sequence;
  self->newest = packet->extended_sequence - 1;
  self->first_ns = packet->arrival_ns;
}

static LecPush
drop (LecPacket *packet, LecPush answer)
{
  lec_packet_release (packet);
  return answer;
}

/* A packet that others have overtaken: learn how long that takes on this network. */
static void
note_reordering (LecJitter *self, const LecPacket *packet)
{
  gint64 overtaken_ns = packet->arrival_ns - self->revealed_ns;

  self->reorder_ns = MAX (self->reorder_ns, MIN (overtaken_ns, REORDER_MAX));
}

LecPush
lec_jitter_push (LecJitter *self, LecPacket *packet)
{
  gint64 sequence = packet->extended_sequence;

  if (self->state == STATE_IDLE)
    start (self, packet);
  if (was_seen (self, sequence))
    return drop (packet, LEC_PUSH_DUPLICATE);

  if (self->state == STATE_STARTING && sequence < self->head
      && self->newest - sequence < SPAN_FIRST) {
    self->head = sequence;
    self->revealed_ns = self->first_ns;
  }
  if (sequence < self->head) {
    if (sequence > self->newest - SEEN)
      mark_seen (self, sequence, TRUE);
    note_reordering (self, packet);
    return drop (packet, LEC_PUSH_LATE);
  }
  if (sequence - self->head >= SPAN_MAX)
    return drop (packet, LEC_PUSH_LATE); /* whoever pushes so much pulls nothing */
  if (sequence - self->head >= self->span)
    grow (self, sequence - self->head + 1);

  if (self->length == 0 && sequence > self->head)
    self->revealed_ns = packet->arrival_ns;
  if (sequence < self->newest) {
    self->reordered++;
    note_reordering (self, packet);
  }
  if (self->length == 0 || sequence < self->lowest)
    self->lowest = sequence;
  note_arrival (self, sequence);
  *slot_of (self, sequence) = packet;
  self->length++;
  return LEC_PUSH_QUEUED;
}

/* Whether enough is here to begin with, or nothing older can be expected any more. */
static gboolean
may_start (const LecJitter *self, gint64 now_ns)
{
  guint consecutive = 0;

  while (consecutive < self->start_count && *slot_of (self, self->head + consecutive) != NULL)
    consecutive++;
  return consecutive == self->start_count || now_ns >= self->first_ns + START_WAIT;
}

static void
note_step (LecJitter *self, gint64 pts_ns)
{
  gint64 step = pts_ns - self->last_pts_ns;

  /* Skew correction moves each step by some microseconds. */
  if (ABS (step - self->step_ns) <= self->step_ns / 16) {
    self->steady = MIN (self->steady + 1, STEADY);
  } else {
    self->steady = 0;
    self->step_ns = step;
  }
}

static LecPacket *
take_head (LecJitter *self)
{
  LecPacket **slot = slot_of (self, self->head);
  LecPacket *packet = *slot;
  LecPacket *next;

  *slot = NULL;
  self->length--;
  self->head++;
  note_step (self, packet->pts_ns);
  self->last_pts_ns = packet->pts_ns;
  self->reorder_ns -= self->reorder_ns / 4096;

  if (self->length > 0) {
    while ((next = *slot_of (self, self->lowest)) == NULL)
      self->lowest++;
    if (self->lowest > self->head)
      self->revealed_ns = next->arrival_ns;
  }
  return packet;
}

/* When the hole at head is to be given up. Both terms are needed: the first is the last moment at
 * which what follows can still be shown in time; the second says that without repair only
 * reordering can fill a hole, and what the network reorders comes soon. */
static gint64
deadline (const LecJitter *self)
{
  const LecPacket *next = *slot_of (self, self->lowest);
  gint64 due = next->pts_ns + self->play_out_ns;
  gint64 spacing = self->steady == STEADY ? self->step_ns : 0;

  if (self->newest - self->head >= LEC_JITTER_CROWDED)
    return G_MININT64;
  if (self->repair)
    return due;
  return MIN (due, self->revealed_ns + MAX (REORDER_MIN, 2 * MAX (self->reorder_ns, spacing)));
}

static void
give_up (LecJitter *self, LecGap *gap)
{
  const LecPacket *next = *slot_of (self, self->lowest);

  gap->first = self->head;
  gap->count = (guint64) (self->lowest - self->head);
  gap->pts_ns = next->pts_ns;
  gap->duration_ns = 0;
  if (self->steady == STEADY && self->last_pts_ns + self->step_ns < next->pts_ns) {
    gap->pts_ns = self->last_pts_ns + self->step_ns;
    gap->duration_ns = next->pts_ns - gap->pts_ns;
    self->last_pts_ns = next->pts_ns - self->step_ns; /* the hole is no step of the sender's */
  }
  self->head = self->lowest;
}

LecPull
lec_jitter_pull (LecJitter *self, gint64 now_ns, LecPacket **packet, LecGap *gap, gint64 *wake_ns)
{
  *wake_ns = G_MAXINT64;
  if (self->length == 0)
    return LEC_PULL_WAIT;

  if (self->state == STATE_STARTING) {
    if (!may_start (self, now_ns)) {
      *wake_ns = self->first_ns + START_WAIT;
      return LEC_PULL_WAIT;
    }
    self->state = STATE_RUNNING;
  }

  if (self->lowest == self->head) {
    *packet = take_head (self);
    return LEC_PULL_PACKET;
  }

  *wake_ns = deadline (self);
  if (now_ns < *wake_ns)
    return LEC_PULL_WAIT;
  give_up (self, gap);
  return LEC_PULL_GAP;
}

guint
lec_jitter_get_length (const LecJitter *self)
{
  return self->length;
}

guint64
lec_jitter_get_reordered (const LecJitter *self)
{
  return self->reordered;
}
