/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/ts-order.h"

#include <string.h>

#include "wire/ts-framer.h"
#include "wire/units.h"

#define RECENT 32 /* datagrams among which one that repeats is looked for */
#define COPY                                                                                       \
  (200 * MSECOND)   /* no copy is later: pictures that stand still are alike from one key          \
                       frame to the next, and one time in 16 their counters are too */
#define HOLES 4     /* that are remembered */
#define HOLE_MAX 32 /* numbers of one */
#define NEAR 2      /* [datagrams] after a hole, in which what fits is taken for late anywhere */
#define FAR 16      /* likewise where holes are usually filled */
#define USUAL 0.25  /* share of them from which on it is usual */
#define WEIGHT 16   /* holes that this is averaged over */
#define FORGET 256  /* [datagrams] without a packet of a PID: its counter may have begun anew */
#define COUNTED 64  /* [datagrams] over which packets of one are averaged */
#define SAME 15     /* as lec_ts_counter_diff() has it */

/* What is known of one PID. */
typedef struct
{
  gint64 number;     /* of the datagram with its newest packet */
  gint64 gap_number; /* of the hole that its packets were missing in; valid while gap > 0 */
  guint32 datagram;  /* that was looked at last */
  gboolean known;
  gboolean apart;   /* its first packet in there was not the one that is due */
  guint8 counter;   /* of its newest packet */
  guint8 gap_first; /* counter of the first one that was missing */
  guint8 gap;       /* packets missing there, 0 to 14 */
} Pid;

/* Datagrams by their sums; all zero: none. */
typedef struct
{
  guint64 digests[RECENT];
  gint64 times_ns[RECENT]; /* of their arrival */
  guint next;
} Recent;

/* Numbers that were passed over. */
typedef struct
{
  gint64 first;
  guint count;    /* 0: free */
  guint32 filled; /* those that have come */
  gint64 time_ns; /* arrival of the datagram after it */
} Hole;

struct _LecTsOrder
{
  Pid pids[LEC_TS_PIDS];
  guint32 datagram;
  Recent recent; /* of whole packets */
  Recent uncut;  /* of those that are cut elsewhere, as they have come */
  Hole holes[HOLES];
  guint next_hole;
  gint64 last_hole; /* first number of the newest one with something missing; G_MININT64: none */
  double usual;     /* packets of one datagram that have a counter */
  double filled;    /* share of holes that were filled: the network mixes up, or loses */
};

/* What one datagram is, as its first packet of each PID tells. */
typedef struct
{
  gboolean late;   /* that is known */
  gboolean turned; /* some counter is not the one that is due */
  guint missing;   /* packets before it that no hole explains */
  gboolean apart;  /* there are some */
  Hole *hole;      /* that all which is behind belongs to */
  guint offset;    /* where in it, of all that is missing there */
  guint span;
  gboolean fits;
  guint counted; /* packets that have a counter */
} Look;

LecTsOrder *
lec_ts_order_new (void)
{
  LecTsOrder *self = g_new0 (LecTsOrder, 1);

  lec_ts_order_reset (self);
  return self;
}

void
lec_ts_order_free (LecTsOrder *self)
{
  g_free (self);
}

void
lec_ts_order_reset (LecTsOrder *self)
{
  memset (self, 0, sizeof *self);
  self->last_hole = G_MININT64;
  self->filled = 0.5;
}

/* ---- which come twice ---- */

static guint64
rotate (guint64 word)
{
  return word << 29 | word >> 35;
}

/* Four sums side by side, as the processor does them at once. It tells copies, and is none against
 * forgery: who forges can as well send other packets. */
static guint64
get_digest (const guint8 *bytes, gsize size)
{
  const guint64 prime = G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  guint64 sums[4] = { size, size + 1, size + 2, size + 3 };
  gsize at = 0;

  for (; at + sizeof sums <= size; at += sizeof sums) {
    guint64 words[4];

    memcpy (words, bytes + at, sizeof words);
    for (guint i = 0; i < 4; i++)
      sums[i] = rotate (sums[i] ^ words[i]) * prime;
  }
  for (; at < size; at++)
    sums[at % 4] = rotate (sums[at % 4] ^ bytes[at]) * prime;
  return sums[0] ^ rotate (sums[1] ^ rotate (sums[2] ^ rotate (sums[3])));
}

static gboolean
is_among (const Recent *self, guint64 digest, gint64 now_ns)
{
  gboolean found = FALSE;

  for (guint i = 0; i < RECENT; i++)
    found |= self->digests[i] == digest && now_ns - self->times_ns[i] <= COPY;
  return found;
}

static void
remember (Recent *self, guint64 digest, gint64 now_ns)
{
  self->digests[self->next] = digest;
  self->times_ns[self->next] = now_ns;
  self->next = (self->next + 1) % RECENT;
}

static gboolean
has_counter (const LecTsPacket *packet)
{
  return packet->pid != LEC_TS_NULL_PID && lec_ts_packet_has_payload (packet);
}

/* Whether a packet is in there that is sent but once. */
static gboolean
has_unique (const guint8 *bytes, gsize size, guint step)
{
  LecTsPacket packet;

  for (gsize at = 0; at + LEC_TS_PACKET <= size; at += step) {
    if (lec_ts_packet_parse (bytes + at, &packet) && has_counter (&packet))
      return TRUE;
  }
  return FALSE;
}

/* Of what is too short to be known for packets only the newest can be told: stuffing repeats. */
static gboolean
is_copy (const guint8 *bytes, gsize size, gboolean of_newest)
{
  guint step = 0;
  gsize start;

  if (lec_ts_find_sync (bytes, size, &start, &step))
    return has_unique (bytes + start, size - start, step);
  return of_newest && size > 1 && memcmp (bytes, bytes + 1, size - 1) != 0;
}

gboolean
lec_ts_order_is_repeated (LecTsOrder *self, const guint8 *bytes, gsize size, gint64 now_ns)
{
  const guint64 digest = get_digest (bytes, size);
  const guint newest = (self->uncut.next + RECENT - 1) % RECENT;

  if (is_among (&self->uncut, digest, now_ns)
      && is_copy (bytes, size, self->uncut.digests[newest] == digest))
    return TRUE;
  remember (&self->uncut, digest, now_ns);
  return FALSE;
}

/* ---- what counters say ---- */

static Hole *
find_hole (LecTsOrder *self, gint64 first)
{
  for (guint i = 0; i < HOLES; i++) {
    if (self->holes[i].count > 0 && self->holes[i].first == first)
      return &self->holes[i];
  }
  return NULL;
}

/* Whether @counter is one of those missing in a hole that is not long past. Counters go round, and
 * one that is ahead after a loss may by chance be one of another: the longer ago, the likelier. */
static Hole *
find_hole_of (LecTsOrder *self, const Pid *pid, guint8 counter, gint64 next)
{
  const guint offset = (guint) (counter - pid->gap_first) & 0x0f;

  if (pid->gap == 0 || offset >= pid->gap
      || next - pid->gap_number > (self->filled > USUAL ? FAR : NEAR))
    return NULL;
  return find_hole (self, pid->gap_number);
}

static void
look_at_first (LecTsOrder *self, Look *look, Pid *pid, guint8 counter, gint64 next)
{
  const guint ahead = lec_ts_counter_diff (pid->counter, counter);
  Hole *hole;

  pid->apart = FALSE;
  if (!pid->known || next - pid->number > FORGET || (ahead == 0 && !look->late))
    return;
  hole = find_hole_of (self, pid, counter, next);
  if (ahead == 0 && hole == NULL)
    return;
  look->turned = TRUE;
  if (ahead == SAME)
    return;
  pid->apart = TRUE;
  if (hole != NULL && (look->hole == NULL || look->hole == hole)) {
    look->hole = hole;
    look->offset = (guint) (counter - pid->gap_first) & 0x0f;
    look->span = pid->gap;
  } else {
    look->fits = FALSE;
  }
  if (pid->number >= self->last_hole && ahead > 0) {
    look->missing += ahead;
    look->apart = TRUE;
  }
}

static Look
look_at (LecTsOrder *self, const guint8 *bytes, gsize size, gint64 next, gboolean late)
{
  Look look = { .late = late, .fits = TRUE };

  self->datagram++;
  for (gsize at = 0; at < size; at += LEC_TS_PACKET) {
    LecTsPacket packet;
    Pid *pid;

    if (!lec_ts_packet_parse (bytes + at, &packet))
      continue;
    pid = &self->pids[packet.pid];
    if (packet.discontinuity)
      pid->known = FALSE;
    if (!has_counter (&packet))
      continue;
    look.counted++;
    if (pid->datagram != self->datagram)
      look_at_first (self, &look, pid, packet.counter, next);
    else if (look.hole != NULL && pid->apart) /* all of it was missing there, or none */
      look.fits &= find_hole_of (self, pid, packet.counter, next) == look.hole;
    pid->datagram = self->datagram;
  }
  return look;
}

/* ---- numbers ---- */

static gboolean
is_filled (const Hole *hole)
{
  return hole->count == 0 || hole->filled == G_MAXUINT32 >> (HOLE_MAX - hole->count);
}

/* One that is filled explains nothing that is missing from then on. */
static void
find_last_hole (LecTsOrder *self)
{
  self->last_hole = G_MININT64;
  for (guint i = 0; i < HOLES; i++) {
    if (!is_filled (&self->holes[i]))
      self->last_hole = MAX (self->last_hole, self->holes[i].first);
  }
}

/* A place in the hole that is free, nearest to where its counter says. */
static gboolean
take_place (Look *look, gint64 *number)
{
  Hole *hole = look->hole;
  const guint wanted = MIN (look->offset * hole->count / look->span, hole->count - 1);

  for (guint i = 0; i < hole->count; i++) {
    const guint place = (wanted + i) % hole->count;

    if (hole->filled & 1U << place)
      continue;
    hole->filled |= 1U << place;
    *number = hole->first + place;
    return TRUE;
  }
  return FALSE;
}

static guint
open_hole (LecTsOrder *self, const Look *look, gint64 first, gint64 now_ns)
{
  const double datagrams = self->usual > 0 ? (double) look->missing / self->usual : 1;
  const guint count = (guint) CLAMP (datagrams + 0.5, 1, HOLE_MAX);

  self->holes[self->next_hole] = (Hole){ .first = first, .count = count, .time_ns = now_ns };
  self->next_hole = (self->next_hole + 1) % HOLES;
  self->last_hole = first;
  self->filled -= self->filled / WEIGHT;
  return count;
}

/* What is missing of the PID before its packet, so that it is known when it comes. */
static void
note_gap (const LecTsOrder *self, Pid *pid, guint8 counter, gint64 number)
{
  const guint ahead = lec_ts_counter_diff (pid->counter, counter);

  if (!pid->known || ahead == 0 || ahead == SAME || self->last_hole == G_MININT64
      || number - pid->number > FORGET)
    return;
  pid->gap_number = self->last_hole;
  pid->gap_first = (pid->counter + 1) & 0x0f;
  pid->gap = (guint8) ahead;
}

/* Takes the counters of a datagram over; where it is a late one, of those PIDs only of which
 * nothing has come after it. */
static void
commit (LecTsOrder *self, const guint8 *bytes, gsize size, gint64 number)
{
  for (gsize at = 0; at < size; at += LEC_TS_PACKET) {
    LecTsPacket packet;
    Pid *pid;

    if (!lec_ts_packet_parse (bytes + at, &packet))
      continue;
    pid = &self->pids[packet.pid];
    if (packet.discontinuity)
      pid->known = FALSE;
    if (!has_counter (&packet) || (pid->known && pid->number > number))
      continue;
    note_gap (self, pid, packet.counter, number);
    pid->known = TRUE;
    pid->counter = packet.counter;
    pid->number = number;
  }
}

static LecTsPlace
place_datagram (LecTsOrder *self,
                const guint8 *bytes,
                gsize size,
                gint64 next,
                gint64 now_ns,
                gboolean late)
{
  const guint64 digest = get_digest (bytes, size);
  Look look = look_at (self, bytes, size, next, late);
  LecTsPlace place = { .kind = LEC_TS_ORDER_NEXT, .number = next };

  if (look.turned && is_among (&self->recent, digest, now_ns))
    return (LecTsPlace){ .kind = LEC_TS_ORDER_REPEATED };
  remember (&self->recent, digest, now_ns);
  if (look.hole != NULL && look.fits && take_place (&look, &place.number)) {
    place.kind = LEC_TS_ORDER_BEHIND;
    place.time_ns = look.hole->time_ns;
    self->filled += (1 - self->filled) / WEIGHT;
    find_last_hole (self);
  } else if (look.apart) {
    place.number += open_hole (self, &look, next, now_ns);
  }
  commit (self, bytes, size, place.number);
  if (look.counted > 0)
    self->usual += (look.counted - self->usual) / (self->usual > 0 ? COUNTED : 1);
  return place;
}

LecTsPlace
lec_ts_order_place (LecTsOrder *self, const guint8 *bytes, gsize size, gint64 next, gint64 now_ns)
{
  return place_datagram (self, bytes, size, next, now_ns, FALSE);
}

LecTsPlace
lec_ts_order_place_late (LecTsOrder *self,
                         const guint8 *bytes,
                         gsize size,
                         gint64 next,
                         gint64 now_ns)
{
  return place_datagram (self, bytes, size, next, now_ns, TRUE);
}
