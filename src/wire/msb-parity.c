/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/msb-parity.h"

#include <string.h>

#include "wire/asf-packet.h"
#include "wire/msb.h"
#include "wire/serial.h"
#include "wire/units.h"
#include "wire/xor.h"

#define SPANS 4  /* at a time: no packet that is late by more than three is of use to anybody */
#define REACH 31 /* [packets] a span lies around its first one to come */
#define TIMES 16 /* spans whose time is remembered, and as many before */
#define EARLY 4  /* spans of a stream after which it is known how long they take */

#define CORRECTION_PRESENT 0x80
#define CORRECTION_LENGTH 0x0f
#define PARITY 2 /* the type of such a packet */

/* What stands in front of a packet (ASF specification, 5.2.1). */
typedef struct
{
  guint length;     /* [bytes] */
  guint8 low, high; /* one is the type, and the other the number in the span, or 1 */
  guint8 cycle;
} Correction;

/* The packets between one parity and the next. */
typedef struct
{
  gboolean used;
  guint8 cycle;
  guint32 base;     /* number of the first one that came */
  guint64 seen;     /* of bit REACH + d: base + d has come */
  gint64 began_ns;  /* arrival of the first one */
  gboolean damaged; /* what came does not fit together: nothing can be rebuilt */
  LecXor sum;

  gboolean has_parity; /* it came */
  guint32 last;        /* then: number of the last packet of the span */
  guint length;        /* and how many there are; 0: it does not say */
  LecPacket *parity;   /* (nullable): while it waits for one that is late */

  gboolean has_rebuilt;
  guint32 rebuilt; /* number of that */
} Span;

struct _LecMsbParity
{
  guint announced; /* [packets] of a span */
  guint span;      /* the same, as seen last */
  gsize packet_size;
  Span spans[SPANS];

  gboolean running;
  guint32 begin; /* number of the first packet of the stream that is known */
  guint begun;   /* spans of it, up to one more than EARLY */
  gboolean missed;

  gint64 time_ns, time_before_ns; /* the longest of the last spans */
  guint times;

  guint64 spent, unrepaired;
};

LecMsbParity *
lec_msb_parity_new (guint span, gsize packet_size)
{
  LecMsbParity *self = g_new0 (LecMsbParity, 1);

  self->announced = self->span = CLAMP (span, 1, LEC_MSB_SPAN_MOST);
  self->packet_size = packet_size;
  for (guint i = 0; i < SPANS; i++)
    lec_xor_init (&self->spans[i].sum, packet_size);
  return self;
}

static void
drop_parity (LecMsbParity *self, Span *span)
{
  if (span->parity == NULL)
    return;
  g_clear_pointer (&span->parity, lec_packet_release);
  self->spent++;
}

static gboolean
has_seen (const Span *span, guint32 id)
{
  const gint32 ahead = lec_serial_diff (span->base, id, 32);

  return ABS (ahead) <= REACH && (span->seen >> (REACH + ahead) & 1) != 0;
}

/* @missing: (out): the last of them */
static guint
count_missing (const Span *span, guint32 first, guint32 last, guint32 *missing)
{
  guint count = 0;

  *missing = first;
  for (guint32 id = first; id != last + 1; id++) {
    if (has_seen (span, id))
      continue;
    *missing = id;
    count++;
  }
  return count;
}

/* The newest packet of @span in front of @last. Returns: whether there is one in front of it */
static gboolean
find_newest (const Span *span, guint32 last, guint32 *newest)
{
  for (guint32 id = last - 1; id != last - REACH; id--) {
    if (has_seen (span, id)) {
      *newest = id;
      return TRUE;
    }
  }
  return FALSE;
}

static Span *
find_before (LecMsbParity *self, const Span *span)
{
  for (guint i = 0; i < SPANS; i++) {
    Span *before = &self->spans[i];

    if (before->used && (guint8) (before->cycle + 1) == span->cycle
        && lec_serial_diff (before->base, span->last, 32) > 0)
      return before;
  }
  return NULL;
}

/* Where the parity in front is missing, the span is as long as announced, or as the one before, if
 * it begins right behind a packet of that; not the one that was joined in the middle: who knows. */
static gboolean
guess_first (LecMsbParity *self, const Span *span, const Span *before, guint32 *first)
{
  guint32 newest;

  *first = span->last + 1 - self->span;
  if (!find_newest (before, span->last, &newest))
    return FALSE;
  if (lec_serial_diff (*first, newest, 32) > 0)
    *first = newest + 1;
  return newest + 1 == *first;
}

/* Whether it is known of which packets the span is made. */
static gboolean
find_first (LecMsbParity *self, const Span *span, guint32 *first)
{
  const Span *before = find_before (self, span);

  if (before != NULL && before->has_parity) {
    *first = before->last + 1;
    return TRUE;
  }
  if (span->length > 0) {
    *first = span->last + 1 - span->length;
    return TRUE;
  }
  return before != NULL && guess_first (self, span, before, first);
}

/* All that came of the span lies between these. */
static gboolean
is_inside (const Span *span, guint32 first, guint32 last)
{
  const gint32 length = lec_serial_diff (first, last, 32);

  if (length < 0 || length >= LEC_MSB_SPAN_MOST)
    return FALSE;
  for (gint ahead = -REACH; ahead <= REACH; ahead++) {
    const guint32 id = span->base + (guint32) ahead;

    if (has_seen (span, id)
        && (lec_serial_diff (first, id, 32) < 0 || lec_serial_diff (id, last, 32) < 0))
      return FALSE;
  }
  return TRUE;
}

/* Nothing more is expected of the span. What was sent before the first packet is not missed. */
static void
retire (LecMsbParity *self, Span *span)
{
  guint32 first, missing;

  if (span->used && span->parity != NULL && self->running && find_first (self, span, &first)
      && is_inside (span, first, span->last)
      && lec_serial_diff (self->begin, span->last, 32) >= 0) {
    if (lec_serial_diff (first, self->begin, 32) > 0)
      first = self->begin;
    self->unrepaired += count_missing (span, first, span->last, &missing);
  }
  drop_parity (self, span);
}

void
lec_msb_parity_reset (LecMsbParity *self)
{
  for (guint i = 0; i < SPANS; i++) {
    drop_parity (self, &self->spans[i]);
    self->spans[i].used = FALSE;
  }
  self->span = self->announced;
  self->running = FALSE;
  self->begun = 0;
  self->time_ns = self->time_before_ns = 0;
  self->times = 0;
}

void
lec_msb_parity_free (LecMsbParity *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < SPANS; i++) {
    drop_parity (self, &self->spans[i]);
    lec_xor_clear (&self->spans[i].sum);
  }
  g_free (self);
}

/* ---- spans ---- */

static gboolean
read_correction (const LecPacket *packet, Correction *correction)
{
  const guint8 *bytes = packet->data + packet->payload_offset;

  if (packet->payload_size < 3 || (bytes[0] & CORRECTION_PRESENT) == 0
      || (bytes[0] & CORRECTION_LENGTH) < 2)
    return FALSE;
  correction->length = 1 + (bytes[0] & CORRECTION_LENGTH);
  correction->low = bytes[1] & 0x0f;
  correction->high = bytes[1] >> 4;
  correction->cycle = bytes[2];
  return packet->payload_size >= correction->length;
}

static void
begin (LecMsbParity *self, Span *span, guint8 cycle, const LecPacket *packet)
{
  LecXor sum;

  retire (self, span);
  self->begun += self->begun <= EARLY;
  lec_xor_reset (&span->sum);
  sum = span->sum;
  *span = (Span){
    .used = TRUE,
    .cycle = cycle,
    .base = packet->sequence,
    .began_ns = packet->arrival_ns,
    .sum = sum,
  };
}

/* The span that a packet belongs to, in the place of the oldest one if it is new; NULL: it is too
 * late for that. */
static Span *
find_span (LecMsbParity *self, guint8 cycle, const LecPacket *packet)
{
  Span *oldest = &self->spans[0];

  for (guint i = 0; i < SPANS; i++) {
    Span *span = &self->spans[i];
    const gint32 ahead = lec_serial_diff (span->base, packet->sequence, 32);

    if (span->used && span->cycle == cycle && ABS (ahead) <= REACH)
      return span;
    if (oldest->used && (!span->used || lec_serial_diff (oldest->base, span->base, 32) < 0))
      oldest = span;
  }
  if (oldest->used && lec_serial_diff (oldest->base, packet->sequence, 32) < 0)
    return NULL;
  begin (self, oldest, cycle, packet);
  return oldest;
}

/* ---- rebuilding ---- */

static guint8 *
payload_of (const LecPacket *packet)
{
  return packet->data + packet->payload_offset;
}

/* What an ASF packet of the sum's bytes would be; they are put behind the correction of the parity
 * packet. Returns: [bytes] of it; 0: it is none. Bytes behind its end would be lies. */
static gsize
make_packet (LecMsbParity *self, const Span *span, guint skip)
{
  guint8 *bytes = payload_of (span->parity);
  LecAsfPacket packet;

  memcpy (bytes + skip, span->sum.bytes, span->sum.length);
  memset (bytes, 0, skip);
  bytes[0] = (guint8) (CORRECTION_PRESENT | (skip - 1));
  if (!lec_asf_packet_read (bytes, skip + span->sum.length, &packet)
      || packet.whole > self->packet_size || !lec_xor_is_zero (&span->sum, packet.whole - skip))
    return 0;
  return packet.whole;
}

/* @id is the only one missing, so that the sum of all others, and of the parity, is what it was. */
static LecPacket *
rebuild (LecMsbParity *self, Span *span, guint32 id)
{
  const guint stream = span->parity->payload_type;
  Correction correction;
  LecPacket *packet;
  gsize size;

  if (!read_correction (span->parity, &correction)
      || correction.length + span->sum.length > span->parity->payload_size)
    size = 0;
  else
    size = make_packet (self, span, correction.length);
  if (size == 0) {
    self->unrepaired++;
    drop_parity (self, span);
    return NULL;
  }
  packet = g_steal_pointer (&span->parity);
  self->spent++;
  lec_msb_write_header (packet->data, id, stream, (guint) (LEC_MSB_HEADER + size));
  packet->payload_size = (guint32) size;
  packet->size = (guint32) (LEC_MSB_HEADER + size);
  packet->sequence = id;
  packet->recovered = TRUE;
  span->has_rebuilt = TRUE;
  span->rebuilt = id;
  return packet;
}

/* Where all has come, or too much does not fit, parity is of no use. */
static LecPacket *
complete (LecMsbParity *self, Span *span)
{
  guint32 first, missing;
  guint count;

  if (span->parity == NULL)
    return NULL;
  if (span->damaged || !find_first (self, span, &first) || !is_inside (span, first, span->last)) {
    drop_parity (self, span);
    return NULL;
  }
  count = count_missing (span, first, span->last, &missing);
  self->missed |= count > 0 && lec_serial_diff (self->begin, first, 32) >= 0;
  switch (count) {
  case 0:
    drop_parity (self, span);
    return NULL;
  case 1:
    if (lec_xor_is_zero (&span->sum, 0)) { /* it is of another span */
      drop_parity (self, span);
      return NULL;
    }
    return rebuild (self, span, missing);
  default: /* one may be late */
    return NULL;
  }
}

/* ---- what comes ---- */

LecPacket *
lec_msb_parity_note (LecMsbParity *self, const LecPacket *packet)
{
  Correction correction;
  guint64 bit;
  Span *span;

  if (!self->running)
    self->begin = packet->sequence;
  self->running = TRUE;
  if (!read_correction (packet, &correction) || (correction.low | correction.high) == 0)
    return NULL;
  span = find_span (self, correction.cycle, packet);
  if (span == NULL)
    return NULL;
  bit = G_GUINT64_CONSTANT (1) << (REACH + lec_serial_diff (span->base, packet->sequence, 32));
  if ((span->seen & bit) != 0)
    return NULL;
  span->seen |= bit;
  span->damaged |= !lec_xor_add (&span->sum, payload_of (packet) + correction.length,
                                 packet->payload_size - correction.length);
  return complete (self, span);
}

/* How long @span took, from its first packet to its parity. Where that was lost it took longer than
 * what came, and where it was joined later nobody knows.
 *
 * Returns: [ns]; 0: not known */
static gint64
measure (LecMsbParity *self, const Span *span)
{
  const gint64 time_ns = span->parity->arrival_ns - span->began_ns;
  guint32 first;
  gint32 ahead, heard;

  if (!find_first (self, span, &first) || !is_inside (span, first, span->last))
    return 0;
  ahead = lec_serial_diff (first, span->base, 32);
  heard = lec_serial_diff (span->base, span->last, 32);
  if (ahead == 0)
    return MAX (time_ns, 1);
  return ahead == 1 && heard > 0 ? time_ns * (heard + 1) / heard : 0;
}

/* The longest of the last 16 to 32 spans. */
static void
note_time (LecMsbParity *self, gint64 time_ns)
{
  if (self->times++ == TIMES) {
    self->time_before_ns = self->time_ns;
    self->time_ns = 0;
    self->times = 1;
  }
  if (time_ns <= LEC_MSB_PARITY_LONGEST_NS)
    self->time_ns = MAX (self->time_ns, time_ns);
}

/* Where packets are numbered in their span, parity comes after the last number; else all have 1.
 * Which half of the byte is the number is not agreed on, but the other one is 2. */
static guint
read_length (const Correction *correction)
{
  const guint number = correction->low == PARITY ? correction->high : correction->low;

  if ((correction->low != PARITY && correction->high != PARITY) || number == 1)
    return 0;
  return number > 0 ? number - 1 : LEC_MSB_SPAN_MOST;
}

static void
learn_span (LecMsbParity *self, const Span *span)
{
  const Span *before = find_before (self, span);
  const gint32 length = before != NULL ? lec_serial_diff (before->last, span->last, 32) : 0;

  if (before != NULL && before->has_parity && length >= 1 && length <= LEC_MSB_SPAN_MOST)
    self->span = (guint) length;
}

LecPacket *
lec_msb_parity_take (LecMsbParity *self, LecPacket *parity)
{
  Correction correction;
  Span *span = NULL;
  gint64 time_ns;

  if (read_correction (parity, &correction))
    span = find_span (self, correction.cycle, parity);
  if (span == NULL || span->has_parity) {
    lec_packet_release (parity);
    self->spent++;
    return NULL;
  }
  span->has_parity = TRUE;
  span->last = parity->sequence;
  span->length = read_length (&correction);
  span->parity = parity;
  learn_span (self, span);
  span->damaged |= !lec_xor_add (&span->sum, payload_of (parity) + correction.length,
                                 parity->payload_size - correction.length);
  time_ns = measure (self, span);
  if (time_ns > 0)
    note_time (self, time_ns);
  return complete (self, span);
}

/* ---- what is known ---- */

gboolean
lec_msb_parity_take_back (LecMsbParity *self, guint32 id)
{
  for (guint i = 0; i < SPANS; i++) {
    Span *span = &self->spans[i];

    if (!span->used || !span->has_rebuilt || span->rebuilt != id)
      continue;
    span->has_rebuilt = FALSE;
    return TRUE;
  }
  return FALSE;
}

gint64
lec_msb_parity_get_time (const LecMsbParity *self)
{
  return MAX (self->time_ns, self->time_before_ns);
}

gboolean
lec_msb_parity_is_young (const LecMsbParity *self)
{
  return self->begun > 0 && self->begun <= EARLY;
}

gboolean
lec_msb_parity_has_missed (const LecMsbParity *self)
{
  return self->missed;
}

guint
lec_msb_parity_get_held (const LecMsbParity *self)
{
  guint held = 0;

  for (guint i = 0; i < SPANS; i++)
    held += self->spans[i].parity != NULL;
  return held;
}

guint64
lec_msb_parity_get_spent (const LecMsbParity *self)
{
  return self->spent;
}

guint64
lec_msb_parity_get_unrepaired (const LecMsbParity *self)
{
  return self->unrepaired;
}
