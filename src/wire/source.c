/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/source.h"

#include <string.h>

#include "wire/serial.h"
#include "wire/units.h"

#define PROBATION_NEW 2            /* consecutive packets another SSRC needs (RFC 3550, A.1) */
#define PROBATION_JUMP 3           /* and the same SSRC elsewhere in its sequence */
#define SILENT_JUMP (50 * MSECOND) /* longer than a forger's burst between two frames */
#define SILENT (250 * MSECOND)     /* the current source is over, if another one is there */
#define SILENT_SAME SECOND         /* the same SSRC from another address is suspicious for longer */
#define FORGET (5 * SECOND)        /* a candidate that is not heard for so long is none */
#define PAUSE (2 * SECOND)         /* after such a silence any sequence number may follow */
#define PICTURE_ORDER 4 /* [1/s] pictures are sent less than this fraction of a second early */
#define RATE_LEAST (100 * MSECOND) /* nothing is known of shorter times */
#define LATEST 2                   /* [s] nothing is of use that comes later than that */
#define FORWARD_MIN 500
#define FORWARD_MAX 20000
#define BACKWARD_MIN 100
#define BACKWARD_MAX 8000
#define CONFIRM                                                                                    \
  2 /* consecutive packets that show that numbers went on elsewhere (RFC 3550, A.1)                \
     */
#define SURE_MIN 64 /* a shorter step is no question: in order, or nearly so */
#define SURE_TIME                                                                                  \
  10 /* [1/s] neither is one of fewer packets than come in this part of a second                   \
      */

void
lec_source_init (LecSource *self, guint rate, guint number_bits)
{
  memset (self, 0, sizeof *self);
  self->rate = rate;
  self->number_bits = number_bits;
}

static void
discard (LecSource *self, LecPacket *packet)
{
  self->discarded++;
  lec_packet_release (packet);
}

static void
candidate_clear (LecSource *self, LecCandidate *candidate)
{
  for (guint i = 0; i < candidate->n_held; i++)
    discard (self, candidate->held[i]);
  memset (candidate, 0, sizeof *candidate);
}

void
lec_source_clear (LecSource *self)
{
  for (guint i = 0; i < LEC_SOURCE_CANDIDATES; i++)
    candidate_clear (self, &self->candidates[i]);
  candidate_clear (self, &self->successor);
  self->locked = FALSE;
  self->bare = FALSE;
}

/* Whoever has not been heard for long will not be believed any more. */
static void
forget_candidates (LecSource *self, gint64 now_ns)
{
  for (guint i = 0; i < LEC_SOURCE_CANDIDATES; i++) {
    LecCandidate *candidate = &self->candidates[i];

    if (candidate->n_held > 0 && now_ns - candidate->last_ns > FORGET)
      candidate_clear (self, candidate);
  }
}

static void
count_rate (LecSource *self, gint64 now_ns)
{
  gint64 elapsed = now_ns - self->rate_since_ns;

  self->rate_count++;
  self->gap_ns = MAX (self->gap_ns, now_ns - self->last_ns);
  if (elapsed < SECOND)
    return;
  self->usual_gap_ns = self->gap_ns;
  self->gap_ns = 0;
  self->rate_pps = (double) self->rate_count * SECOND / (double) elapsed;
  self->rate_since_ns = now_ns;
  self->rate_count = 0;
  forget_candidates (self, now_ns);
}

static void
begin_rate (LecSource *self, gint64 now_ns)
{
  self->rate_since_ns = now_ns;
  self->rate_count = 0;
  self->gap_ns = 0;
  self->usual_gap_ns = 0;
}

/* A packet from before the newest one must also be from before it in media time, or nearly so
 * (pictures are not sent in the order in which they are shown); else it is from another run. */
static gboolean
is_from_past (const LecSource *self, const LecPacket *packet)
{
  gint64 ago = self->highest_media - lec_serial_extend (self->highest_media, packet->timestamp, 32);

  return ago >= -(gint64) self->rate / PICTURE_ORDER && ago <= LATEST * (gint64) self->rate;
}

static gint
step_to (const LecSource *self, const LecPacket *packet)
{
  return lec_serial_diff ((guint32) self->highest, packet->sequence, self->number_bits);
}

/* As of the last second; in the first one, as far as that is known. */
static double
get_rate (const LecSource *self)
{
  gint64 elapsed = MAX (self->last_ns - self->rate_since_ns, RATE_LEAST);

  return self->rate_pps > 0 ? self->rate_pps
                            : (double) self->rate_count * SECOND / (double) elapsed;
}

/* Whether so many packets can have been lost, with nothing said of the one that tells so. */
static gboolean
is_loss (const LecSource *self, gint step)
{
  gint lost = (gint) CLAMP (5 * get_rate (self), FORWARD_MIN, FORWARD_MAX);

  return step > 0 && step <= lost + (gint) MIN (self->dropped, FORWARD_MAX);
}

/* Whether one packet is enough to tell so. */
static gboolean
is_sure (const LecSource *self, gint step)
{
  return is_loss (self, step) && step <= MAX (SURE_MIN, (gint) get_rate (self) / SURE_TIME);
}

/* Whether a packet that was overtaken may come so far behind the newest one. */
static gboolean
is_near (const LecSource *self, gint step, gint64 now_ns)
{
  return step >= -(gint) CLAMP (2 * get_rate (self), BACKWARD_MIN, BACKWARD_MAX)
         && now_ns - self->last_ns < PAUSE;
}

/* Whether the packet's sequence number goes on from the current source's, by itself. */
static gboolean
continues (const LecSource *self, const LecPacket *packet, gint64 now_ns)
{
  gint step = step_to (self, packet);

  if (step > 0)
    return is_sure (self, step);
  return is_near (self, step, now_ns) && is_from_past (self, packet);
}

/* The packet is one of the current source. Returns: whether its number is ahead of all before. */
static gboolean
number (LecSource *self, LecPacket *packet, guint leg, gint64 now_ns)
{
  gint64 sequence = lec_serial_extend (self->highest, packet->sequence, self->number_bits);
  gboolean newest = sequence > self->highest;

  packet->extended_sequence = sequence + self->shift;
  if (newest) {
    self->dropped -= MIN (self->dropped, (guint64) (sequence - self->highest - 1));
    self->highest = sequence;
  }
  self->proven |= now_ns > self->last_ns;
  count_rate (self, now_ns);
  self->senders[leg] = packet->sender;
  self->leg_last_ns[leg] = now_ns;
  self->last_ns = now_ns;
  self->ended = FALSE;
  return newest;
}

static void
accept (LecSource *self, LecPacket *packet, guint leg, gint64 now_ns)
{
  gboolean newest = number (self, packet, leg, now_ns);

  packet->media_time = lec_serial_extend (self->highest_media, packet->timestamp, 32);
  if (newest)
    self->highest_media = packet->media_time;
}

/* Makes the sender of @first the current source. Its numbers are shifted to go on where those of
 * the old one ended: what is behind this sees one sequence without end. */
static void
lock (LecSource *self, const LecPacket *first, guint leg, gint64 now_ns)
{
  self->shift += self->highest + 1 - first->sequence;
  self->locked = TRUE;
  self->bare = FALSE;
  self->proven = FALSE;
  self->is_displaced = FALSE;
  self->ssrc = first->ssrc;
  memset (self->senders, 0, sizeof self->senders);
  self->senders[leg] = first->sender;
  self->highest = (gint64) first->sequence - 1;
  self->highest_media = first->timestamp;
  self->last_ns = now_ns;
  begin_rate (self, now_ns);
}

gboolean
lec_source_is_sender (const LecSource *self, const LecPacket *packet, guint leg, gint64 now_ns)
{
  if (!self->locked || self->bare || packet->ssrc != self->ssrc)
    return FALSE;
  /* Each leg has one sender. While other legs go on, one that fell silent may come from elsewhere.
   */
  if (self->senders[leg] == 0 || self->senders[leg] == packet->sender)
    return TRUE;
  return now_ns - self->last_ns < SILENT_SAME && now_ns - self->leg_last_ns[leg] >= SILENT_SAME;
}

void
lec_source_begin_anew (LecSource *self, const LecPacket *first, guint leg, gint64 now_ns)
{
  lock (self, first, leg, now_ns);
}

gboolean
lec_source_is_next (const LecSource *self, const LecPacket *packet)
{
  const gint step = step_to (self, packet);

  return step > 0 && is_sure (self, step);
}

/* Whether @a rather than @b makes room for a new one: a free place, then the one with the fewest
 * packets in a row, then the one unheard for longest. */
static gboolean
is_less_promising (const LecCandidate *a, const LecCandidate *b)
{
  if (a->n_held == 0 || b->n_held == 0)
    return a->n_held < b->n_held;
  if (a->consecutive != b->consecutive)
    return a->consecutive < b->consecutive;
  return a->last_ns < b->last_ns;
}

static gboolean
is_of (const LecCandidate *candidate, const LecPacket *packet)
{
  return candidate->n_held > 0 && candidate->ssrc == packet->ssrc
         && candidate->sender == packet->sender;
}

/* The candidate that @packet belongs to, in the place of a less promising one when it is new. */
static LecCandidate *
find_candidate (LecSource *self, const LecPacket *packet, gint64 now_ns)
{
  LecCandidate *least = &self->candidates[0];

  for (guint i = 0; i < LEC_SOURCE_CANDIDATES; i++) {
    LecCandidate *candidate = &self->candidates[i];

    if (candidate->n_held > 0 && now_ns - candidate->last_ns > FORGET)
      candidate_clear (self, candidate);
    if (is_of (candidate, packet))
      return candidate;
    if (is_less_promising (candidate, least))
      least = candidate;
  }
  candidate_clear (self, least);
  least->ssrc = packet->ssrc;
  least->sender = packet->sender;
  return least;
}

static guint32
number_after (const LecSource *self, const LecPacket *packet)
{
  return (packet->sequence + 1) & (G_MAXUINT32 >> (32 - self->number_bits));
}

static void
hold (LecSource *self, LecCandidate *candidate, LecPacket *packet, gint64 now_ns)
{
  if (candidate->n_held > 0 && number_after (self, packet) == candidate->next) {
    discard (self, packet); /* the same on another leg */
    return;
  }
  if (candidate->consecutive > 0 && packet->sequence != candidate->next) {
    for (guint i = 0; i < candidate->n_held; i++)
      discard (self, candidate->held[i]);
    candidate->n_held = 0;
    candidate->consecutive = 0;
  }
  if (candidate->n_held == LEC_SOURCE_HELD) {
    discard (self, candidate->held[0]);
    memmove (candidate->held, candidate->held + 1,
             (LEC_SOURCE_HELD - 1) * sizeof candidate->held[0]);
    candidate->n_held--;
  }
  candidate->held[candidate->n_held++] = packet;
  candidate->next = number_after (self, packet);
  candidate->consecutive++;
  candidate->last_ns = now_ns;
}

/* Packets of the candidate since the current source was last heard: a sender that jumped is not
 * heard at its old place any more, one that is forged is. */
static guint
count_alone (const LecSource *self, const LecCandidate *candidate)
{
  guint alone = 0;

  for (guint i = 0; i < candidate->n_held; i++)
    alone += candidate->held[i]->arrival_ns > self->last_ns;
  return alone;
}

gint64
lec_source_get_longest_gap (const LecSource *self)
{
  return 2 * MAX (self->gap_ns, self->usual_gap_ns);
}

/* Whether the current source has been silent for so long, and for longer than it usually is: slides
 * come once a second, and are not over in between. */
static gboolean
is_silent (const LecSource *self, gint64 least_ns, gint64 now_ns)
{
  return now_ns - self->last_ns >= MAX (least_ns, MIN (lec_source_get_longest_gap (self), PAUSE));
}

/* Whether a packet comes from whom the stream is to be taken from, and the current source is
 * another one. */
static gboolean
is_displaced (const LecSource *self, const LecPacket *packet)
{
  if (self->is_displaced && packet->ssrc == self->successor_ssrc)
    return TRUE;
  if (packet->standing != LEC_STANDING_OURS)
    return FALSE;
  for (guint i = 0; i < LEC_SOURCE_LEGS; i++) {
    if (self->senders[i] != 0
        && lec_sender_get_host (self->senders[i]) == lec_sender_get_host (packet->sender))
      return FALSE;
  }
  return TRUE;
}

/* How long the current source must at least have been silent before the candidate, a stranger, is
 * heard. */
static gint64
silence_needed (const LecSource *self, const LecCandidate *candidate)
{
  if (self->bare)
    return SILENT_SAME;
  if (!self->proven)
    return 0;
  if (self->ended)
    return SILENT_JUMP;
  return candidate->ssrc != self->ssrc ? SILENT : SILENT_SAME;
}

/* Whether the candidate has earned to become the current source. */
static gboolean
may_take_over (const LecSource *self, const LecCandidate *candidate, guint leg, gint64 now_ns)
{
  const LecPacket *newest = candidate->held[candidate->n_held - 1];

  if (newest->standing == LEC_STANDING_UNKNOWN)
    return FALSE;
  if (!self->locked || is_displaced (self, newest))
    return candidate->consecutive >= PROBATION_NEW;
  if (self->bare || candidate->ssrc != self->ssrc || candidate->sender != self->senders[leg])
    return candidate->consecutive >= PROBATION_NEW
           && is_silent (self, silence_needed (self, candidate), now_ns);
  if (now_ns - self->last_ns >= PAUSE)
    return !is_loss (self, step_to (self, candidate->held[0]));
  return count_alone (self, candidate) >= PROBATION_JUMP && is_silent (self, SILENT_JUMP, now_ns);
}

/* Whether the sender's numbers went on where the candidate's packets are, after many were lost: one
 * packet may be damaged, and then those after it go on as before. */
static gboolean
is_confirmed (const LecSource *self, const LecCandidate *candidate, guint leg, gint64 now_ns)
{
  return candidate->consecutive >= CONFIRM
         && lec_source_is_sender (self, candidate->held[0], leg, now_ns)
         && is_loss (self, step_to (self, candidate->held[0]))
         && count_alone (self, candidate) >= CONFIRM;
}

static LecSourceAnswer
hand_over (LecSource *self, LecCandidate *candidate, guint leg, LecSourceAnswer answer)
{
  self->successor = *candidate;
  self->successor_leg = leg;
  memset (candidate, 0, sizeof *candidate);
  return answer;
}

/* Whoever is heard first is believed, unless it was held back until it was known whose it is. */
static gboolean
may_begin (const LecSource *self, const LecPacket *packet)
{
  if (self->locked || packet->standing == LEC_STANDING_UNKNOWN)
    return FALSE;
  for (guint i = 0; i < LEC_SOURCE_CANDIDATES; i++) {
    if (is_of (&self->candidates[i], packet))
      return FALSE;
  }
  return TRUE;
}

LecSourceAnswer
lec_source_check (LecSource *self, LecPacket *packet, guint leg, gint64 now_ns)
{
  LecCandidate *candidate;

  if (may_begin (self, packet))
    lock (self, packet, leg, now_ns);

  if (lec_source_is_sender (self, packet, leg, now_ns) && continues (self, packet, now_ns)) {
    accept (self, packet, leg, now_ns);
    return LEC_SOURCE_CURRENT;
  }

  candidate = find_candidate (self, packet, now_ns);
  hold (self, candidate, packet, now_ns);
  if (is_confirmed (self, candidate, leg, now_ns))
    return hand_over (self, candidate, leg, LEC_SOURCE_CONFIRMED);
  if (!may_take_over (self, candidate, leg, now_ns))
    return LEC_SOURCE_HELD_BACK;

  lock (self, candidate->held[0], leg, now_ns);
  return hand_over (self, candidate, leg, LEC_SOURCE_CHANGED);
}

LecSourceAnswer
lec_source_check_bare (LecSource *self, LecPacket *packet, gint64 now_ns)
{
  gboolean same = self->bare && packet->sender == self->senders[0];

  if (packet->standing == LEC_STANDING_UNKNOWN
      || (self->locked && !same && (self->bare || self->proven) && !is_displaced (self, packet)
          && now_ns - self->last_ns < SILENT_SAME)) {
    discard (self, packet);
    return LEC_SOURCE_HELD_BACK;
  }
  if (!same) {
    self->last_ns = now_ns;
    begin_rate (self, now_ns);
  }

  self->locked = TRUE;
  self->bare = TRUE;
  self->senders[0] = packet->sender;
  count_rate (self, now_ns);
  self->last_ns = now_ns;
  packet->extended_sequence = self->highest + 1 + self->shift;
  return LEC_SOURCE_CURRENT;
}

void
lec_source_accept_bare (LecSource *self, const LecPacket *packet)
{
  self->highest = MAX (self->highest, packet->extended_sequence - self->shift);
}

gboolean
lec_source_is_host (const LecSource *self, const LecPacket *packet)
{
  if (!self->locked || packet->sender == 0)
    return FALSE;
  for (guint i = 0; i < LEC_SOURCE_LEGS; i++) {
    if (lec_sender_get_host (self->senders[i]) == lec_sender_get_host (packet->sender))
      return TRUE;
  }
  return FALSE;
}

guint64
lec_source_get_sender (const LecSource *self)
{
  for (guint i = 0; i < LEC_SOURCE_LEGS; i++) {
    if (self->senders[i] != 0)
      return self->senders[i];
  }
  return 0;
}

gboolean
lec_source_place (const LecSource *self, LecPacket *packet)
{
  if (!self->locked || self->bare || packet->ssrc != self->ssrc)
    return FALSE;
  packet->extended_sequence
      = lec_serial_extend (self->highest, packet->sequence, self->number_bits) + self->shift;
  packet->media_time = lec_serial_extend (self->highest_media, packet->timestamp, 32);
  return TRUE;
}

gboolean
lec_source_fill (LecSource *self, LecPacket *packet, guint leg, gint64 now_ns)
{
  gint step = step_to (self, packet);

  if (!lec_source_is_sender (self, packet, leg, now_ns)
      || !(step > 0 ? is_sure (self, step) : is_near (self, step, now_ns)))
    return FALSE;
  number (self, packet, leg, now_ns);
  return TRUE;
}

gboolean
lec_source_has_candidate (const LecSource *self, guint32 ssrc)
{
  for (guint i = 0; i < LEC_SOURCE_CANDIDATES; i++) {
    if (self->candidates[i].ssrc == ssrc && self->candidates[i].consecutive >= PROBATION_NEW)
      return TRUE;
  }
  return FALSE;
}

void
lec_source_displace (LecSource *self, guint32 ssrc)
{
  self->is_displaced = TRUE;
  self->successor_ssrc = ssrc;
}

guint
lec_source_get_held (const LecSource *self)
{
  guint held = self->successor.n_held;

  for (guint i = 0; i < LEC_SOURCE_CANDIDATES; i++)
    held += self->candidates[i].n_held;
  return held;
}

void
lec_source_rewind (LecSource *self, LecPacket *packet)
{
  gint64 sequence = packet->extended_sequence - self->shift;

  self->shift += self->highest + 1 - sequence;
  self->highest = sequence;
  self->highest_media = packet->media_time;
  packet->extended_sequence = sequence + self->shift;
}

void
lec_source_note_dropped (LecSource *self, guint64 count)
{
  self->dropped += count;
}

void
lec_source_set_rate (LecSource *self, guint rate)
{
  self->rate = rate;
}

LecPacket *
lec_source_take (LecSource *self, guint *leg)
{
  LecCandidate *successor = &self->successor;
  LecPacket *packet;

  if (successor->n_held == 0)
    return NULL;

  packet = successor->held[0];
  memmove (successor->held, successor->held + 1, (LEC_SOURCE_HELD - 1) * sizeof successor->held[0]);
  successor->n_held--;
  *leg = self->successor_leg;
  accept (self, packet, *leg, packet->arrival_ns);
  return packet;
}

void
lec_source_end (LecSource *self, guint32 ssrc)
{
  if (self->locked && ssrc == self->ssrc)
    self->ended = TRUE;
}
