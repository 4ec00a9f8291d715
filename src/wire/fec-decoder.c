/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/fec-decoder.h"

#include <string.h>

#include "wire/big-endian.h"
#include "wire/fec-layouts.h"
#include "wire/inband-parity.h"
#include "wire/serial.h"
#include "wire/xor.h"

#define AHEAD 256        /* [numbers] parity may be read before the packets that it protects */
#define WINDOW_FIRST 256 /* [packets], of the matrices that most have; less memory is faster */
#define NO_LAYOUT LEC_FEC_LAYOUTS
#define SET_WORDS (LEC_FEC_WINDOW / 64)
#define STRIDE_STEP 64 /* [bytes] a line of a cache */

G_STATIC_ASSERT ((LEC_FEC_WINDOW & (LEC_FEC_WINDOW - 1)) == 0);
G_STATIC_ASSERT (2 * LEC_FEC_SPAN_MOST <= LEC_FEC_WINDOW);
G_STATIC_ASSERT (LEC_PACKET_SLOT % STRIDE_STEP == 0);

/* A packet of the window, but for its number. */
typedef struct
{
  gint64 arrival_ns;
  guint32 size;        /* [bytes]; 0: too large to be kept, so it cannot be added up */
  gboolean is_rebuilt; /* and has left */
  gboolean is_parity;  /* and no media, so that no block has it */
} Slot;

/* A parity packet that something is missing of. */
typedef struct
{
  gboolean used;
  guint layout; /* index */
  gint64 base;
  guint missing;    /* packets */
  LecParity parity; /* its bytes are in those of the decoder */
} Block;

/* Numbers of the window. */
typedef struct
{
  guint64 bits[SET_WORDS];
} Set;

struct _LecFecDecoder
{
  gboolean running;
  gint64 begin;                   /* number of the first packet: of those before nothing is known */
  gint64 newest;                  /* of the newest one */
  gint64 window;                  /* packets that are kept: a power of two */
  guint16 shift;                  /* from the sender's numbers to ours */
  gint64 numbers[LEC_FEC_WINDOW]; /* which packets it has; close together, as it is asked for them
                                   * most; G_MININT64: none */
  Slot slots[LEC_FEC_WINDOW];
  Block blocks[LEC_FEC_BLOCKS];
  guint n_blocks;              /* of those, in use */
  guint8 used[LEC_FEC_BLOCKS]; /* their indices, in no order */
  guint n_ready;               /* of those, with one packet missing at most */
  LecFecLayouts layouts;
  guint trigger; /* the layout of what came last; NO_LAYOUT: media */
  guint taken;   /* and of that with which a packet was rebuilt last */
  LecXor sum;
  LecInbandParity inband;

  /* what was asked last, while nothing has changed that could answer it otherwise */
  gint64 asked_first, asked_end, asked_newest;
  gboolean is_asked, answer;

  guint32 stride; /* [bytes] from one packet to the next: what is close together stays in a cache */
  guint8 packets[LEC_FEC_WINDOW * LEC_PACKET_SLOT];
  guint8 parity[LEC_FEC_BLOCKS][LEC_PACKET_SLOT];
};

LecFecDecoder *
lec_fec_decoder_new (void)
{
  LecFecDecoder *self = g_malloc (sizeof *self);

  memset (self, 0, G_STRUCT_OFFSET (LecFecDecoder, packets));
  lec_xor_init (&self->sum, LEC_PACKET_SLOT);
  lec_fec_decoder_reset (self);
  return self;
}

void
lec_fec_decoder_free (LecFecDecoder *self)
{
  if (self == NULL)
    return;

  lec_xor_clear (&self->sum);
  g_free (self);
}

static void
forget_packets (LecFecDecoder *self)
{
  self->running = FALSE;
  for (guint i = 0; i < LEC_FEC_WINDOW; i++)
    self->numbers[i] = G_MININT64;
  for (guint i = 0; i < LEC_FEC_BLOCKS; i++)
    self->blocks[i].used = FALSE;
  self->n_blocks = self->n_ready = 0;
  self->trigger = NO_LAYOUT;
  self->is_asked = FALSE;
}

void
lec_fec_decoder_reset (LecFecDecoder *self)
{
  self->window = WINDOW_FIRST;
  self->stride = STRIDE_STEP;
  lec_inband_parity_init (&self->inband);
  forget_packets (self);
  lec_fec_layouts_init (&self->layouts);
}

static guint
index_of (const LecFecDecoder *self, gint64 number)
{
  return (guint) (number & (self->window - 1));
}

/* Where packet @number is kept. */
static gsize
offset_of (const LecFecDecoder *self, gint64 number)
{
  return (gsize) index_of (self, number) * self->stride;
}

static gboolean
has (const LecFecDecoder *self, gint64 number)
{
  return self->numbers[index_of (self, number)] == number;
}

/* ---- blocks ---- */

/* Whoever goes through them when one is dropped goes from the last to the first. */
static void
drop (LecFecDecoder *self, Block *block)
{
  const guint8 index = (guint8) (block - self->blocks);
  guint at = 0;

  while (self->used[at] != index)
    at++;
  self->n_ready -= block->missing <= 1;
  self->used[at] = self->used[--self->n_blocks];
  block->used = FALSE;
}

static gint64
end_of (const Block *block)
{
  return block->base + block->parity.group.span;
}

/* Where to look for the next number of @group; of a matrix it is one. */
static guint
next_of (const LecParityGroup *group, guint ahead)
{
  return ahead + MAX (group->stride, 1);
}

/* Of a number that next_of() has led to. */
static gboolean
is_of_mask (const LecParityGroup *group, guint ahead)
{
  return group->stride > 0 || lec_parity_group_contains (group, ahead);
}

/* The next number of @group that is missing, from base + @ahead on; span without one. */
static guint
find_missing (const LecFecDecoder *self, const LecParityGroup *group, gint64 base, guint ahead)
{
  while (ahead < group->span && (!is_of_mask (group, ahead) || has (self, base + ahead)))
    ahead = next_of (group, ahead);
  return MIN (ahead, group->span);
}

static guint
count_missing (const LecFecDecoder *self, const LecParityGroup *group, gint64 base)
{
  guint count = 0;

  for (guint at = find_missing (self, group, base, 0); at < group->span;
       at = find_missing (self, group, base, next_of (group, at)))
    count++;
  return count;
}

/* What is behind the window is not known any more. */
static void
drop_old (LecFecDecoder *self)
{
  for (guint i = self->n_blocks; i-- > 0;) {
    Block *block = &self->blocks[self->used[i]];

    if (block->base <= self->newest - self->window)
      drop (self, block);
  }
}

static void
advance (LecFecDecoder *self, gint64 number)
{
  if (self->running && number <= self->newest)
    return;
  if (!self->running) {
    self->begin = number;
    lec_inband_parity_begin (&self->inband, number);
  }
  self->newest = number;
  self->running = TRUE;
  if (self->n_blocks > 0)
    drop_old (self);
}

static void
take_unknown (LecFecDecoder *self, gint64 number)
{
  for (guint i = self->n_blocks; i-- > 0;) {
    Block *block = &self->blocks[self->used[i]];

    if (!lec_parity_group_contains (&block->parity.group, number - block->base))
      continue;
    if (block->missing <= 1) {
      drop (self, block);
      continue;
    }
    block->missing--;
    self->n_ready += block->missing == 1;
  }
}

/* Makes room for packets of @size bytes; those that are kept move apart, the last one first. */
static void
widen (LecFecDecoder *self, guint32 size)
{
  const guint32 old = self->stride;

  self->stride = (size + STRIDE_STEP - 1) / STRIDE_STEP * STRIDE_STEP;
  for (guint i = (guint) self->window; i-- > 0;)
    memmove (self->packets + (gsize) i * self->stride, self->packets + (gsize) i * old, old);
}

void
lec_fec_decoder_note (LecFecDecoder *self, const LecPacket *packet)
{
  const gint64 number = packet->extended_sequence;
  Slot *slot = &self->slots[index_of (self, number)];

  if (self->running && ABS (number - self->newest) >= self->window) {
    if (number < self->newest)
      return;
    forget_packets (self); /* too much is missing for any block to be completed */
  }
  if (has (self, number))
    return;
  self->shift = (guint16) ((guint32) number - packet->sequence);
  if (!packet->recovered)
    self->trigger = NO_LAYOUT;
  if (self->running && number < self->newest)
    self->is_asked = FALSE;
  self->numbers[index_of (self, number)] = number;
  *slot = (Slot){ .arrival_ns = packet->arrival_ns };
  slot->size = packet->size <= LEC_PACKET_SLOT ? packet->size : 0;
  if (slot->size > self->stride)
    widen (self, slot->size);
  memcpy (self->packets + offset_of (self, number), packet->data, slot->size);
  advance (self, number);
  if (self->n_blocks > 0)
    take_unknown (self, number);
}

/* What the parity of a frame follows is its last packet. */
static gboolean
ends_frame (const LecFecDecoder *self, gint64 number)
{
  const Slot *slot = &self->slots[index_of (self, number)];

  return has (self, number)
         && (slot->is_parity
             || (slot->size > 1 && (self->packets[offset_of (self, number) + 1] & 0x80)));
}

/* What is missing in front of @end, where parity or a block stands, and behind the end of a frame,
 * was parity. */
static void
mark_parity (LecFecDecoder *self, gint64 end)
{
  gint64 before = end - 1;

  while (end - before < LEC_INBAND_PARITY_RUN && !has (self, before))
    before--;
  if (before == end - 1 || !ends_frame (self, before))
    return;
  lec_inband_parity_mark (&self->inband, before + 1, end);
}

void
lec_fec_decoder_note_parity (LecFecDecoder *self, gint64 number)
{
  if (!self->running || ABS (number - self->newest) >= self->window)
    return;
  self->numbers[index_of (self, number)] = number;
  self->slots[index_of (self, number)] = (Slot){ .is_parity = TRUE };
  advance (self, number);
  mark_parity (self, number);
  lec_inband_parity_note (&self->inband, number);
}

gboolean
lec_fec_decoder_was_parity (const LecFecDecoder *self, gint64 first, gint64 end)
{
  return self->running && lec_inband_parity_had (&self->inband, first, end);
}

void
lec_fec_decoder_note_rescue (LecFecDecoder *self, gint64 number, gboolean late, gint64 now_ns)
{
  lec_fec_layouts_note_rescue (&self->layouts, self->taken, now_ns);
  if (has (self, number))
    self->slots[index_of (self, number)].is_rebuilt = !late;
}

gboolean
lec_fec_decoder_take_back (LecFecDecoder *self, gint64 number)
{
  Slot *slot = &self->slots[index_of (self, number)];

  if (!has (self, number) || !slot->is_rebuilt)
    return FALSE;
  slot->is_rebuilt = FALSE;
  return TRUE;
}

/* ---- parity ---- */

/* Returns: index of the layout of @parity */
static guint
find_layout (LecFecDecoder *self, const LecParity *parity)
{
  gboolean is_new;
  const guint layout = lec_fec_layouts_find (&self->layouts, parity, &is_new);

  for (guint i = self->n_blocks; i-- > 0 && is_new;) {
    if (self->blocks[self->used[i]].layout == layout)
      drop (self, &self->blocks[self->used[i]]);
  }
  return layout;
}

/* How much later than the first packet it comes at @now_ns. Where that one is missing, as packets
 * come evenly. */
static gint64
measure (const LecFecDecoder *self, const LecParity *parity, gint64 base, gint64 now_ns)
{
  for (guint ahead = 0; ahead < parity->group.span; ahead++) {
    const gint64 number = base + ahead;
    gint64 time_ns;

    if (!has (self, number))
      continue;
    if (number >= self->newest)
      return 0;
    time_ns = now_ns - self->slots[index_of (self, number)].arrival_ns;
    return time_ns <= LEC_FEC_LONGEST_NS ? time_ns * (self->newest - base) / (self->newest - number)
                                         : time_ns;
  }
  return 0;
}

static gboolean
is_known (const LecFecDecoder *self, const LecParity *parity, gint64 base)
{
  for (guint i = 0; i < self->n_blocks; i++) {
    const Block *block = &self->blocks[self->used[i]];

    if (block->base == base && lec_parity_group_equals (&block->parity.group, &parity->group))
      return TRUE;
  }
  return FALSE;
}

/* A free one, or that which ends first. */
static Block *
find_room (LecFecDecoder *self)
{
  Block *oldest = &self->blocks[0];

  for (guint i = 0; i < LEC_FEC_BLOCKS; i++) {
    Block *block = &self->blocks[i];

    if (!block->used)
      return block;
    if (end_of (block) < end_of (oldest))
      oldest = block;
  }
  drop (self, oldest);
  return oldest;
}

static void
keep (LecFecDecoder *self, const LecParity *parity, gint64 base, guint layout, guint missing)
{
  Block *block = find_room (self);
  guint8 *bytes = self->parity[block - self->blocks];

  *block = (Block){ TRUE, layout, base, missing, *parity };
  memcpy (bytes, parity->bytes, parity->size);
  block->parity.bytes = bytes;
  self->used[self->n_blocks++] = (guint8) (block - self->blocks);
  self->n_ready += missing == 1;
}

/* What is kept is as long as a block, and its parity as late again. */
static void
make_room (LecFecDecoder *self, const LecParity *parity)
{
  if (2 * parity->group.span <= self->window)
    return;
  while (self->window < 2 * parity->group.span)
    self->window *= 2;
  forget_packets (self);
}

gboolean
lec_fec_decoder_add (LecFecDecoder *self, const LecParity *parity, gint64 now_ns)
{
  const gint64 base
      = self->running ? lec_serial_extend (self->newest, (guint16) (parity->base + self->shift), 16)
                      : 0;
  guint layout, missing;

  if (parity->size > LEC_PACKET_SLOT - LEC_PARITY_HEADER || parity->group.span > LEC_FEC_SPAN_MOST)
    return FALSE;
  make_room (self, parity);
  if (!self->running || base <= self->newest - self->window
      || base + parity->group.span > self->newest + AHEAD)
    return FALSE;

  layout = find_layout (self, parity);
  lec_fec_layouts_note (&self->layouts, layout, base, self->newest,
                        measure (self, parity, base, now_ns), now_ns);
  self->is_asked = FALSE;
  self->trigger = layout;
  if (parity->scheme == LEC_REPAIR_ULPFEC)
    mark_parity (self, base);
  missing = base >= self->begin ? count_missing (self, &parity->group, base) : 0;
  if (missing > 0 && !is_known (self, parity, base))
    keep (self, parity, base, layout, missing);
  return TRUE;
}

/* ---- what is rebuilt ---- */

static gboolean
is_rebuildable (const LecFecDecoder *self, const Block *block)
{
  return block->missing == 1
         && block->base + find_missing (self, &block->parity.group, block->base, 0) < self->newest;
}

gboolean
lec_fec_decoder_is_ready (const LecFecDecoder *self)
{
  for (guint i = 0; i < self->n_blocks && self->n_ready > 0; i++) {
    if (is_rebuildable (self, &self->blocks[self->used[i]]))
      return TRUE;
  }
  return FALSE;
}

/* Takes all that is here out of @rest; what is left is the packet that is missing. */
static gboolean
subtract (LecFecDecoder *self, const Block *block, LecParity *rest)
{
  const LecParityGroup *group = &block->parity.group;

  if (!lec_xor_begin (&self->sum, rest->bytes, rest->size))
    return FALSE;
  for (guint ahead = 0; ahead < group->span; ahead = next_of (group, ahead)) {
    const guint index = index_of (self, block->base + ahead);
    const guint8 *bytes = self->packets + offset_of (self, block->base + ahead);
    const guint32 size = self->slots[index].size;

    if (!is_of_mask (group, ahead) || !has (self, block->base + ahead))
      continue;
    if (size < LEC_PARITY_HEADER)
      return FALSE;
    rest->first ^= bytes[0] & 0x3f;
    rest->second ^= bytes[1];
    rest->timestamp ^= lec_big_endian_read_u32 (bytes + 4);
    rest->length ^= (guint16) (size - LEC_PARITY_HEADER);
    if (!lec_xor_add (&self->sum, bytes + LEC_PARITY_HEADER, size - LEC_PARITY_HEADER))
      return FALSE;
  }
  return TRUE;
}

/* No packet is longer than what protects it, and behind its end the sum is zero: where it is not,
 * parity and packets do not belong together. */
static gboolean
rebuild (LecFecDecoder *self, const Block *block, guint32 ssrc, LecPacket *packet)
{
  const gint64 number = block->base + find_missing (self, &block->parity.group, block->base, 0);
  LecParity rest = block->parity;

  if (!subtract (self, block, &rest) || rest.length > block->parity.size
      || rest.length > packet->capacity - LEC_PARITY_HEADER
      || !lec_xor_is_zero (&self->sum, rest.length))
    return FALSE;
  packet->data[0] = 0x80 | rest.first;
  packet->data[1] = rest.second;
  lec_big_endian_write_u16 (packet->data + 2, (guint16) ((guint64) number - self->shift));
  lec_big_endian_write_u32 (packet->data + 4, rest.timestamp);
  lec_big_endian_write_u32 (packet->data + 8, ssrc);
  memcpy (packet->data + LEC_PARITY_HEADER, self->sum.bytes, rest.length);
  packet->size = LEC_PARITY_HEADER + rest.length;
  packet->recovered = TRUE;
  return TRUE;
}

gboolean
lec_fec_decoder_take (LecFecDecoder *self, LecPacket *packet, guint32 ssrc, LecRepairScheme *scheme)
{
  for (guint i = self->n_blocks; i-- > 0 && self->n_ready > 0;) {
    Block *block = &self->blocks[self->used[i]];
    gboolean rebuilt;

    if (!is_rebuildable (self, block))
      continue;
    rebuilt = rebuild (self, block, ssrc, packet);
    drop (self, block);
    if (!rebuilt)
      continue;
    *scheme = block->parity.scheme;
    self->taken = self->trigger != NO_LAYOUT ? self->trigger : block->layout;
    return TRUE;
  }
  return FALSE;
}

/* ---- what may still be rebuilt ---- */

/* Whether it may come by itself, or parity for it may. */
static gboolean
may_come (const LecFecDecoder *self, gint64 number)
{
  return number > self->newest || lec_fec_layouts_may_come (&self->layouts, number, self->newest);
}

static gboolean
set_contains (const Set *set, gint64 number)
{
  const guint index = (guint) (number & (LEC_FEC_WINDOW - 1));

  return (set->bits[index / 64] >> (index % 64) & 1) != 0;
}

static void
set_add (Set *set, gint64 number)
{
  const guint index = (guint) (number & (LEC_FEC_WINDOW - 1));

  set->bits[index / 64] |= G_GUINT64_CONSTANT (1) << index % 64;
}

/* Adds the last unknown of @block to @known, if there is only one. */
static gboolean
solve (const LecFecDecoder *self, const Block *block, Set *known)
{
  const LecParityGroup *group = &block->parity.group;
  guint unknown = 0, last = 0;

  for (guint at = find_missing (self, group, block->base, 0); at < group->span && unknown < 2;
       at = find_missing (self, group, block->base, next_of (group, at))) {
    if (set_contains (known, block->base + at))
      continue;
    last = at;
    unknown++;
  }
  if (unknown != 1)
    return FALSE;
  set_add (known, block->base + last);
  return TRUE;
}

/* What is known if all comes that may. */
static void
suppose (const LecFecDecoder *self, Set *known)
{
  gboolean changed = TRUE;

  memset (known, 0, sizeof *known);
  for (guint i = 0; i < self->n_blocks; i++) {
    const Block *block = &self->blocks[self->used[i]];
    const LecParityGroup *group = &block->parity.group;

    for (guint at = find_missing (self, group, block->base, 0); at < group->span;
         at = find_missing (self, group, block->base, next_of (group, at))) {
      if (may_come (self, block->base + at))
        set_add (known, block->base + at);
    }
  }
  while (changed) {
    changed = FALSE;
    for (guint i = 0; i < self->n_blocks; i++)
      changed |= solve (self, &self->blocks[self->used[i]], known);
  }
}

static gboolean
find_hope (const LecFecDecoder *self, gint64 first, gint64 end)
{
  Set known;

  for (gint64 number = first; number < end; number++) {
    if (may_come (self, number))
      return TRUE;
  }
  if (self->n_blocks == 0)
    return FALSE;
  suppose (self, &known);
  for (gint64 number = first; number < end; number++) {
    if (set_contains (&known, number))
      return TRUE;
  }
  return FALSE;
}

/* As numbers go on, hope ends where no parity comes; some numbers more or less do not matter. */
static gboolean
is_fresh (const LecFecDecoder *self, gint64 first, gint64 end)
{
  return self->is_asked && self->asked_first == first && self->asked_end == end
         && self->newest - self->asked_newest <= lec_fec_layouts_get_reach (&self->layouts) / 16;
}

gboolean
lec_fec_decoder_may_complete (LecFecDecoder *self, gint64 first, gint64 end)
{
  if (!self->running || end <= self->newest - self->window)
    return FALSE;
  first = MAX (first, self->newest - self->window + 1);
  if (is_fresh (self, first, end))
    return self->answer;
  self->asked_first = first;
  self->asked_end = end;
  self->asked_newest = self->newest;
  self->is_asked = TRUE;
  self->answer = find_hope (self, first, end);
  return self->answer;
}

gint64
lec_fec_decoder_get_time (LecFecDecoder *self, gint64 since_ns)
{
  return lec_fec_layouts_get_time (&self->layouts, since_ns);
}

const guint8 *
lec_fec_decoder_get_packet (const LecFecDecoder *self, guint16 number, guint32 *size)
{
  const gint64 extended
      = self->running ? lec_serial_extend (self->newest, (guint16) (number + self->shift), 16) : 0;
  const guint index = index_of (self, extended);

  if (!has (self, extended) || self->slots[index].size < LEC_PARITY_HEADER)
    return NULL;
  *size = self->slots[index].size;
  return self->packets + offset_of (self, extended);
}

gint64
lec_fec_decoder_get_heard (const LecFecDecoder *self)
{
  return lec_fec_layouts_get_heard (&self->layouts);
}
