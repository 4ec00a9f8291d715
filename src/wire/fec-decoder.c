/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/fec-decoder.h"

#include <string.h>

#include "wire/big-endian.h"
#include "wire/fec-layouts.h"
#include "wire/fec-window.h"
#include "wire/inband-parity.h"
#include "wire/serial.h"
#include "wire/xor.h"

#define AHEAD 256 /* [numbers] parity may be read before the packets that it protects */
#define NO_LAYOUT LEC_FEC_LAYOUTS
#define SET_WORDS (LEC_FEC_WINDOW / 64)

G_STATIC_ASSERT (2 * LEC_FEC_SPAN_MOST <= LEC_FEC_WINDOW);

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
  guint16 shift; /* from the sender's numbers to ours */
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

  guint8 parity[LEC_FEC_BLOCKS][LEC_PACKET_SLOT];
  LecFecWindow window; /* of media */
};

LecFecDecoder *
lec_fec_decoder_new (void)
{
  LecFecDecoder *self = g_malloc (sizeof *self);

  memset (self, 0, G_STRUCT_OFFSET (LecFecDecoder, parity));
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
forget_blocks (LecFecDecoder *self)
{
  for (guint i = 0; i < LEC_FEC_BLOCKS; i++)
    self->blocks[i].used = FALSE;
  self->n_blocks = self->n_ready = 0;
  self->trigger = NO_LAYOUT;
  self->is_asked = FALSE;
}

void
lec_fec_decoder_reset (LecFecDecoder *self)
{
  lec_fec_window_init (&self->window);
  lec_inband_parity_init (&self->inband);
  forget_blocks (self);
  lec_fec_layouts_init (&self->layouts);
}

static gboolean
has (const LecFecDecoder *self, gint64 number)
{
  return lec_fec_window_has (&self->window, number);
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

    if (block->base <= self->window.newest - self->window.span)
      drop (self, block);
  }
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

void
lec_fec_decoder_note (LecFecDecoder *self, const LecPacket *packet)
{
  const gint64 number = packet->extended_sequence;

  if (self->window.running && !lec_fec_window_reaches (&self->window, number)) {
    if (number < self->window.newest)
      return;
    lec_fec_window_forget (&self->window); /* too much is missing for any block to be completed */
    forget_blocks (self);
  }
  if (has (self, number))
    return;
  self->shift = (guint16) ((guint32) number - packet->sequence);
  if (!packet->recovered)
    self->trigger = NO_LAYOUT;
  if (!self->window.running)
    lec_inband_parity_begin (&self->inband, number);
  if (!lec_fec_window_add (&self->window, number, packet))
    self->is_asked = FALSE;
  else if (self->n_blocks > 0)
    drop_old (self);
  if (self->n_blocks > 0)
    take_unknown (self, number);
}

/* What is missing in front of @end, where parity or a block stands, and behind the end of a frame,
 * was parity. */
static void
mark_parity (LecFecDecoder *self, gint64 end)
{
  gint64 before = end - 1;

  while (end - before < LEC_INBAND_PARITY_RUN && !has (self, before))
    before--;
  if (before == end - 1 || !lec_fec_window_ends_frame (&self->window, before))
    return;
  lec_inband_parity_mark (&self->inband, before + 1, end);
}

void
lec_fec_decoder_note_parity (LecFecDecoder *self, gint64 number)
{
  if (!self->window.running || !lec_fec_window_reaches (&self->window, number))
    return;
  if (lec_fec_window_add_parity (&self->window, number) && self->n_blocks > 0)
    drop_old (self);
  mark_parity (self, number);
  lec_inband_parity_note (&self->inband, number);
}

gboolean
lec_fec_decoder_was_parity (const LecFecDecoder *self, gint64 first, gint64 end)
{
  return self->window.running && lec_inband_parity_had (&self->inband, first, end);
}

void
lec_fec_decoder_note_rescue (LecFecDecoder *self, gint64 number, gboolean late, gint64 now_ns)
{
  lec_fec_layouts_note_rescue (&self->layouts, self->taken, now_ns);
  lec_fec_window_note_rebuilt (&self->window, number, !late);
}

gboolean
lec_fec_decoder_take_back (LecFecDecoder *self, gint64 number)
{
  return lec_fec_window_take_rebuilt (&self->window, number);
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
    if (number >= self->window.newest)
      return 0;
    time_ns = now_ns - lec_fec_window_get_arrival (&self->window, number);
    return time_ns <= LEC_FEC_LONGEST_NS
               ? time_ns * (self->window.newest - base) / (self->window.newest - number)
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
  if (lec_fec_window_widen (&self->window, 2 * (gint64) parity->group.span))
    forget_blocks (self);
}

/* Returns: the number that the sender calls @number; 0: not known */
static gint64
extend (const LecFecDecoder *self, guint16 number)
{
  return self->window.running
             ? lec_serial_extend (self->window.newest, (guint16) (number + self->shift), 16)
             : 0;
}

gboolean
lec_fec_decoder_add (LecFecDecoder *self, const LecParity *parity, gint64 now_ns)
{
  const gint64 base = extend (self, parity->base);
  guint layout, missing;

  if (parity->size > LEC_PACKET_SLOT - LEC_PARITY_HEADER || parity->group.span > LEC_FEC_SPAN_MOST)
    return FALSE;
  make_room (self, parity);
  if (!self->window.running || base <= self->window.newest - self->window.span
      || base + parity->group.span > self->window.newest + AHEAD)
    return FALSE;

  layout = find_layout (self, parity);
  lec_fec_layouts_note (&self->layouts, layout, base, self->window.newest,
                        measure (self, parity, base, now_ns), now_ns);
  self->is_asked = FALSE;
  self->trigger = layout;
  if (parity->scheme == LEC_REPAIR_ULPFEC)
    mark_parity (self, base);
  missing = base >= self->window.begin ? count_missing (self, &parity->group, base) : 0;
  if (missing > 0 && !is_known (self, parity, base))
    keep (self, parity, base, layout, missing);
  return TRUE;
}

/* ---- what is rebuilt ---- */

static gboolean
is_rebuildable (const LecFecDecoder *self, const Block *block)
{
  return block->missing == 1
         && block->base + find_missing (self, &block->parity.group, block->base, 0)
                < self->window.newest;
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
    guint32 size;
    const guint8 *bytes = is_of_mask (group, ahead)
                              ? lec_fec_window_get (&self->window, block->base + ahead, &size)
                              : NULL;

    if (bytes == NULL)
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
  return number > self->window.newest
         || lec_fec_layouts_may_come (&self->layouts, number, self->window.newest);
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
         && self->window.newest - self->asked_newest
                <= lec_fec_layouts_get_reach (&self->layouts) / 16;
}

gboolean
lec_fec_decoder_may_complete (LecFecDecoder *self, gint64 first, gint64 end)
{
  if (!self->window.running || end <= self->window.newest - self->window.span)
    return FALSE;
  first = MAX (first, self->window.newest - self->window.span + 1);
  if (is_fresh (self, first, end))
    return self->answer;
  self->asked_first = first;
  self->asked_end = end;
  self->asked_newest = self->window.newest;
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
  const gint64 extended = extend (self, number);
  const guint8 *bytes = lec_fec_window_get (&self->window, extended, size);

  return bytes != NULL && *size >= LEC_PARITY_HEADER ? bytes : NULL;
}

gint64
lec_fec_decoder_get_heard (const LecFecDecoder *self)
{
  return lec_fec_layouts_get_heard (&self->layouts);
}
