/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/jitter.h"

#include "wire/sequence-window.h"
#include "wire/units.h"

#define SPAN_FIRST 256
#define SPAN_MAX 65536 /* beyond LEC_JITTER_CROWDED by the widest step that a source may make */
#define START_WAIT (20 * MSECOND) /* longest that the first packet waits for older ones */
#define AHEAD 3                   /* [packets] */
#define STEADY 8                  /* packets at one distance make a stream equidistant */
#define DOUBT (100 * MSECOND) /* after such a silence it does not matter which number is right */

typedef enum {
  STATE_IDLE,
  STATE_STARTING, /* the first packets are here, older ones may still come */
  STATE_RUNNING,
} State;

struct _LecJitter
{
  guint start_count;

  State state;
  LecPacket **ring; /* by sequence number modulo span */
  guint span;       /* power of two */
  guint length;
  gint64 head;        /* next to leave */
  gint64 lowest;      /* of those held; valid while length > 0 */
  gint64 begin;       /* the first that was to leave */
  gint64 last;        /* of the packet that came last */
  gint64 last_ns;     /* its arrival */
  gint64 first_ns;    /* arrival of the first packet of all */
  gboolean backwards; /* while starting: an older packet has come after a newer one */

  LecSequenceWindow seen; /* which numbers have ever been pushed */
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

static LecPacket **
slot_of (const LecJitter *self, gint64 sequence)
{
  return &self->ring[sequence & (self->span - 1)];
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
  lec_sequence_window_init (&self->seen, packet->extended_sequence);
  self->first_ns = packet->arrival_ns;
}

static LecPush
drop (LecPacket *packet, LecPush answer)
{
  lec_packet_release (packet);
  return answer;
}

LecPush
lec_jitter_push (LecJitter *self, LecPacket *packet)
{
  gint64 sequence = packet->extended_sequence;

  if (self->state == STATE_IDLE)
    start (self, packet);
  if (lec_sequence_window_contains (&self->seen, sequence))
    return drop (packet, LEC_PUSH_DUPLICATE);

  if (self->state == STATE_STARTING && sequence < self->head
      && self->seen.newest - sequence < SPAN_FIRST) {
    self->head = sequence;
    self->backwards = TRUE;
  }
  if (sequence < self->head) {
    lec_sequence_window_add (&self->seen, sequence);
    return drop (packet, self->state == STATE_RUNNING && sequence >= self->begin
                             ? LEC_PUSH_LATE
                             : LEC_PUSH_UNWANTED);
  }
  if (sequence - self->head >= SPAN_MAX)
    return drop (packet, LEC_PUSH_UNWANTED); /* whoever pushes so much pulls nothing */
  if (sequence - self->head >= self->span)
    grow (self, sequence - self->head + 1);

  if (sequence < self->seen.newest && !packet->recovered)
    self->reordered++;
  if (self->length == 0 || sequence < self->lowest)
    self->lowest = sequence;
  if (!packet->recovered) {
    self->last = sequence;
    self->last_ns = packet->arrival_ns;
  }
  lec_sequence_window_add (&self->seen, sequence);
  *slot_of (self, sequence) = packet;
  self->length++;
  return LEC_PUSH_QUEUED;
}

/* Whether enough is here to begin with, or nothing older can be expected any more. */
static gboolean
may_start (const LecJitter *self, gint64 now_ns)
{
  guint consecutive = 0;

  if (now_ns >= self->first_ns + START_WAIT)
    return TRUE;
  while (consecutive < self->start_count && *slot_of (self, self->head + consecutive) != NULL)
    consecutive++;
  return consecutive == self->start_count && !self->backwards;
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

/* Those that come next have left the caches while others were read: first the packet is fetched,
 * then the bytes that its format looks at once more. */
static void
prefetch (const LecJitter *self)
{
  const LecPacket *far = *slot_of (self, self->head + 2 * AHEAD);
  const LecPacket *near = *slot_of (self, self->head + AHEAD);

  if (far != NULL) {
    __builtin_prefetch (far);
    __builtin_prefetch (&far->pts_ns);
  }
  if (near != NULL)
    __builtin_prefetch (near->data + near->payload_offset);
}

static LecPacket *
take_head (LecJitter *self)
{
  LecPacket **slot = slot_of (self, self->head);
  LecPacket *packet = *slot;

  prefetch (self);
  *slot = NULL;
  self->length--;
  self->head++;
  if (packet->role == LEC_ROLE_MEDIA) {
    note_step (self, packet->pts_ns);
    self->last_pts_ns = packet->pts_ns;
  }
  if (self->length > 0) {
    while (*slot_of (self, self->lowest) == NULL)
      self->lowest++;
  }
  return packet;
}

/* The packet at head, or the reset that is due before it. */
static void
yield_head (LecJitter *self, LecItem *item)
{
  LecPacket *packet = *slot_of (self, self->head);

  if (packet->begins_epoch) {
    packet->begins_epoch = FALSE;
    item->kind = LEC_ITEM_RESET;
    return;
  }
  item->kind = LEC_ITEM_PACKET;
  item->packet = take_head (self);
}

/* Whether what came after the packet behind the gap goes on before it, and nothing behind it. */
static gboolean
is_doubtful (const LecJitter *self)
{
  return self->last < self->lowest && *slot_of (self, self->lowest + 1) == NULL;
}

/* When the gap at head is to be given up: when the packet after it is due. Sinks add their own
 * time for rendering, and decoders theirs, to the latency of a pipeline. Of an even stream the time
 * of the last one missing is known, and once it is past there is nothing to wait for. */
static gint64
deadline (const LecJitter *self, gint64 hold_ns)
{
  const LecPacket *next = *slot_of (self, self->lowest);
  gint64 spacing = self->steady == STEADY ? self->step_ns : 0;
  gint64 due_ns = next->pts_ns + hold_ns - spacing;

  if (self->seen.newest - self->head >= LEC_JITTER_CROWDED)
    return G_MININT64;
  return is_doubtful (self) ? MAX (due_ns, self->last_ns + DOUBT) : due_ns;
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
    self->last_pts_ns = next->pts_ns - self->step_ns; /* the gap is no step of the sender's */
  }
  self->head = self->lowest;
}

gboolean
lec_jitter_pull (LecJitter *self, gint64 now_ns, gint64 hold_ns, LecItem *item, gint64 *wake_ns)
{
  *wake_ns = G_MAXINT64;
  if (self->length == 0)
    return FALSE;

  if (self->state == STATE_STARTING) {
    if (!may_start (self, now_ns)) {
      *wake_ns = self->first_ns + START_WAIT;
      return FALSE;
    }
    self->state = STATE_RUNNING;
    self->begin = self->head;
  }

  if (self->lowest == self->head) {
    yield_head (self, item);
    return TRUE;
  }

  *wake_ns = deadline (self, hold_ns);
  if (now_ns < *wake_ns)
    return FALSE;
  item->kind = LEC_ITEM_GAP;
  give_up (self, &item->gap);
  return TRUE;
}

gboolean
lec_jitter_get_gap (const LecJitter *self, gint64 *first, gint64 *end)
{
  if (self->length == 0 || self->lowest == self->head)
    return FALSE;
  *first = self->head;
  *end = self->lowest;
  return TRUE;
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
