/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/shared-parity.h"

#include <string.h>

#include "wire/big-endian.h"
#include "wire/fec-layout.h"
#include "wire/xor.h"

#define OTHERS (LEC_PARITY_STREAMS - 1)
#define OURS OTHERS /* in place of an index of another stream */
#define UNKNOWN (OTHERS + 1)

/* A packet of another stream. */
typedef struct
{
  gint64 arrival_ns; /* G_MININT64: there is none */
  guint16 number;
  guint16 size;
} Slot;

typedef struct
{
  guint32 ssrc;
  gint64 named_ns; /* by parity, last */
  Slot slots[LEC_SHARED_KEPT];
  guint8 packets[LEC_SHARED_KEPT][LEC_PACKET_SLOT];
} Other;

typedef struct
{
  gboolean used;
  gint64 arrival_ns;
  LecFlexParity parity; /* its bytes are those below */
  guint8 bytes[LEC_PACKET_SLOT];
} Waiting;

/* Of a parity packet, the one that is missing. */
typedef struct
{
  guint stream;
  guint16 number;
} Missing;

struct _LecSharedParity
{
  guint32 ssrc;          /* of ours */
  Other *others[OTHERS]; /* (nullable) */
  guint n_waiting;
  Waiting waiting[LEC_SHARED_WAITING];
  gboolean has_changed; /* something may be taken that could not before */
  LecXor sum;
};

LecSharedParity *
lec_shared_parity_new (void)
{
  LecSharedParity *self = g_new0 (LecSharedParity, 1);

  lec_xor_init (&self->sum, LEC_PACKET_SLOT);
  return self;
}

void
lec_shared_parity_free (LecSharedParity *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < OTHERS; i++)
    g_free (self->others[i]);
  lec_xor_clear (&self->sum);
  g_free (self);
}

static void
forget (Other *other)
{
  other->named_ns = G_MININT64;
  for (guint i = 0; i < LEC_SHARED_KEPT; i++)
    other->slots[i].arrival_ns = G_MININT64;
}

void
lec_shared_parity_reset (LecSharedParity *self)
{
  for (guint i = 0; i < OTHERS; i++) {
    if (self->others[i] != NULL)
      forget (self->others[i]);
  }
  for (guint i = 0; i < LEC_SHARED_WAITING; i++)
    self->waiting[i].used = FALSE;
  self->n_waiting = 0;
}

static guint
find_stream (const LecSharedParity *self, guint32 ssrc)
{
  if (ssrc == self->ssrc)
    return OURS;
  for (guint i = 0; i < OTHERS; i++) {
    if (self->others[i] != NULL && self->others[i]->named_ns != G_MININT64
        && self->others[i]->ssrc == ssrc)
      return i;
  }
  return UNKNOWN;
}

static Slot *
slot_of (Other *other, guint16 number)
{
  return &other->slots[number % LEC_SHARED_KEPT];
}

static guint8 *
bytes_of (Other *other, guint16 number)
{
  return other->packets[number % LEC_SHARED_KEPT];
}

void
lec_shared_parity_note (LecSharedParity *self, const LecPacket *packet)
{
  const guint stream = find_stream (self, packet->ssrc);
  const guint16 number = (guint16) packet->sequence;

  if (stream >= OTHERS || packet->size > LEC_PACKET_SLOT || packet->size < LEC_PARITY_HEADER)
    return;
  *slot_of (self->others[stream], number)
      = (Slot){ packet->arrival_ns, number, (guint16) packet->size };
  memcpy (bytes_of (self->others[stream], number), packet->data, packet->size);
  self->has_changed = TRUE;
}

void
lec_shared_parity_note_ours (LecSharedParity *self)
{
  self->has_changed = TRUE;
}

/* ---- parity ---- */

/* A stream is known from now on; of too many, the one that was named longest ago is not any more.
 */
static void
name (LecSharedParity *self, guint32 ssrc, gint64 now_ns)
{
  guint at = find_stream (self, ssrc);

  if (at == OURS)
    return;
  for (guint i = 0; i < OTHERS && at == UNKNOWN; i++) {
    if (self->others[i] == NULL) {
      self->others[i] = g_new (Other, 1);
      forget (self->others[i]);
      self->others[i]->ssrc = ssrc;
      at = i;
    }
  }
  if (at == UNKNOWN) {
    at = 0;
    for (guint i = 1; i < OTHERS; i++) {
      if (self->others[i]->named_ns < self->others[at]->named_ns)
        at = i;
    }
    forget (self->others[at]);
    self->others[at]->ssrc = ssrc;
  }
  self->others[at]->named_ns = now_ns;
}

static gboolean
is_known (const LecSharedParity *self, const LecFlexParity *parity)
{
  for (guint i = 0; i < parity->count; i++) {
    if (find_stream (self, parity->parts[i].ssrc) != UNKNOWN)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_bounded (const LecFlexParity *parity)
{
  for (guint i = 0; i < parity->count; i++) {
    if (parity->parts[i].group.span > LEC_SHARED_KEPT)
      return FALSE;
  }
  return parity->sum.size <= LEC_PACKET_SLOT - LEC_PARITY_HEADER;
}

gboolean
lec_shared_parity_add (LecSharedParity *self,
                       const LecFlexParity *parity,
                       guint32 ssrc,
                       gint64 now_ns)
{
  Waiting *waiting = &self->waiting[0];

  self->ssrc = ssrc;
  if (!is_known (self, parity) || !is_bounded (parity))
    return FALSE;
  for (guint i = 0; i < parity->count; i++)
    name (self, parity->parts[i].ssrc, now_ns);
  for (guint i = 0; i < LEC_SHARED_WAITING && waiting->used; i++) {
    Waiting *other = &self->waiting[i];

    if (!other->used || other->arrival_ns < waiting->arrival_ns)
      waiting = other;
  }
  self->n_waiting += !waiting->used;
  waiting->used = TRUE;
  waiting->arrival_ns = now_ns;
  waiting->parity = *parity;
  memcpy (waiting->bytes, parity->sum.bytes, parity->sum.size);
  waiting->parity.sum.bytes = waiting->bytes;
  self->has_changed = TRUE;
  return TRUE;
}

static void
drop (LecSharedParity *self, Waiting *waiting)
{
  waiting->used = FALSE;
  self->n_waiting--;
}

/* ---- what is left of it ---- */

/* Returns: (nullable): the packet of a stream. What came long ago had that number a turn before. */
static const guint8 *
get_packet (const LecSharedParity *self,
            const LecFecDecoder *ours,
            guint stream,
            guint16 number,
            gint64 now_ns,
            guint32 *size)
{
  Other *other;
  const Slot *slot;

  if (stream == OURS)
    return lec_fec_decoder_get_packet (ours, number, size);
  other = self->others[stream];
  slot = slot_of (other, number);
  if (slot->number != number || slot->arrival_ns < now_ns - LEC_FEC_LONGEST_NS)
    return NULL;
  *size = slot->size;
  return bytes_of (other, number);
}

static void
take_out (LecSharedParity *self, LecParity *rest, const guint8 *bytes, guint32 size)
{
  rest->first ^= bytes[0] & 0x3f;
  rest->second ^= bytes[1];
  rest->timestamp ^= lec_big_endian_read_u32 (bytes + 4);
  rest->length ^= (guint16) (size - LEC_PARITY_HEADER);
  lec_xor_add (&self->sum, bytes + LEC_PARITY_HEADER, size - LEC_PARITY_HEADER);
}

/* Returns: how many packets of @part are missing; @missing is one of them */
static guint
count_missing (const LecSharedParity *self,
               const LecFecDecoder *ours,
               const LecParityPart *part,
               gint64 now_ns,
               Missing *missing)
{
  const guint stream = find_stream (self, part->ssrc);
  guint count = 0;

  for (guint ahead = 0; ahead < part->group.span; ahead++) {
    const guint16 number = (guint16) (part->base + ahead);
    guint32 size;

    if (!lec_parity_group_contains (&part->group, ahead)
        || (stream != UNKNOWN && get_packet (self, ours, stream, number, now_ns, &size) != NULL))
      continue;
    *missing = (Missing){ stream, number };
    count++;
  }
  return count;
}

/* Takes the packets of @part that are here out of @rest. */
static void
take_part_out (LecSharedParity *self,
               const LecFecDecoder *ours,
               const LecParityPart *part,
               gint64 now_ns,
               LecParity *rest)
{
  const guint stream = find_stream (self, part->ssrc);

  for (guint ahead = 0; ahead < part->group.span; ahead++) {
    const guint8 *bytes;
    guint32 size;

    if (!lec_parity_group_contains (&part->group, ahead))
      continue;
    bytes = get_packet (self, ours, stream, (guint16) (part->base + ahead), now_ns, &size);
    if (bytes != NULL)
      take_out (self, rest, bytes, size);
  }
}

/* Another stream's packet that is all that is left of @rest. */
static void
rebuild (LecSharedParity *self, const LecParity *rest, const Missing *missing, gint64 now_ns)
{
  Other *other = self->others[missing->stream];
  guint8 *bytes = bytes_of (other, missing->number);

  if (rest->length > rest->size || !lec_xor_is_zero (&self->sum, rest->length))
    return;
  bytes[0] = 0x80 | rest->first;
  bytes[1] = rest->second;
  lec_big_endian_write_u16 (bytes + 2, missing->number);
  lec_big_endian_write_u32 (bytes + 4, rest->timestamp);
  lec_big_endian_write_u32 (bytes + 8, other->ssrc);
  memcpy (bytes + LEC_PARITY_HEADER, self->sum.bytes, rest->length);
  *slot_of (other, missing->number)
      = (Slot){ now_ns, missing->number, (guint16) (LEC_PARITY_HEADER + rest->length) };
  self->has_changed = TRUE;
}

/* Takes out all that is here, but what is @ours_alone. */
static void
sum_up (LecSharedParity *self,
        const LecFecDecoder *ours,
        const LecFlexParity *parity,
        const LecParityPart *ours_alone,
        gint64 now_ns,
        LecParity *rest)
{
  *rest = parity->sum;
  lec_xor_reset (&self->sum);
  lec_xor_add (&self->sum, rest->bytes, rest->size);
  for (guint i = 0; i < parity->count; i++) {
    if (&parity->parts[i] != ours_alone)
      take_part_out (self, ours, &parity->parts[i], now_ns, rest);
  }
}

/* Returns: whether @parity has become one of ours alone; what is of no use any more is dropped */
static gboolean
reduce (LecSharedParity *self,
        const LecFecDecoder *ours,
        Waiting *waiting,
        gint64 now_ns,
        LecParity *parity)
{
  const LecFlexParity *whole = &waiting->parity;
  const LecParityPart *part = NULL;
  Missing missing = { UNKNOWN, 0 };
  guint count = 0;

  for (guint i = 0; i < whole->count; i++) {
    if (part == NULL && find_stream (self, whole->parts[i].ssrc) == OURS)
      part = &whole->parts[i];
    else
      count += count_missing (self, ours, &whole->parts[i], now_ns, &missing);
  }
  if (count == 0 && part != NULL) {
    sum_up (self, ours, whole, part, now_ns, parity);
    parity->base = part->base;
    parity->group = part->group;
    parity->bytes = self->sum.bytes;
    parity->size = self->sum.length;
  } else if (count == 1 && missing.stream < OTHERS
             && (part == NULL || count_missing (self, ours, part, now_ns, &(Missing){ 0 }) == 0)) {
    sum_up (self, ours, whole, NULL, now_ns, parity);
    rebuild (self, parity, &missing, now_ns);
  } else if (count > 0) {
    return FALSE;
  }
  drop (self, waiting);
  return count == 0 && part != NULL;
}

gboolean
lec_shared_parity_take (LecSharedParity *self,
                        const LecFecDecoder *ours,
                        gint64 now_ns,
                        LecParity *parity)
{
  while (self->has_changed && self->n_waiting > 0) {
    self->has_changed = FALSE;
    for (guint i = 0; i < LEC_SHARED_WAITING; i++) {
      Waiting *waiting = &self->waiting[i];

      if (waiting->used && waiting->arrival_ns < now_ns - LEC_FEC_LONGEST_NS)
        drop (self, waiting);
      if (waiting->used && reduce (self, ours, waiting, now_ns, parity)) {
        self->has_changed = TRUE;
        return TRUE;
      }
    }
  }
  return FALSE;
}
