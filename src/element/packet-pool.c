/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/packet-pool.h"

#include "element/slot-memory.h"

/* Slots stand in blocks, and which of a block are idle is told by one word for all: who lets one go
 * sets its bit, and who needs some takes a whole word of them, without a look at the slots
 * themselves, which have left the caches. What was let go first is not what is used first, so no
 * more of them are gone through than are needed at once. A GstBufferPool is a queue, which goes
 * through all; and its references and users are counted for each, from both threads. */

#define LINE 64 /* [bytes] of a cache */
#define LINES(type) ((sizeof (type) + LINE - 1) / LINE)
#define BUFFER_LINES 4 /* of a GstBuffer: its count, its times, and where its memory stands */
#define SLOTS 63       /* of a block */
#define CLOSED (G_GUINT64_CONSTANT (1) << SLOTS) /* the pool is gone: who lets go ends a slot */
#define AHEAD 4 /* [slots] whose packets are fetched before it is their turn */

G_STATIC_ASSERT (LEC_PACKET_POOL_FIRST % SLOTS == 0);

typedef struct _Block Block;

/* A packet, and the memory of its buffer with the bytes of both. What both threads need comes
 * first. */
typedef struct
{
  LecPacket packet;
  GstBuffer *buffer; /* (nullable): that has the memory; the memory's owner, not owned by us */
  LecSlotMemory memory;
  Block *block;
  guint64 bit;
  guint8 apart[LINE - 2 * sizeof (guint64)];
  guint8 bytes[LEC_PACKET_SLOT + LEC_PACKET_SPARE];
} Slot;

struct _Block
{
  guint64 idle;    /* atomic: bit by bit, those that were let go... */
  guint64 bare;    /* atomic: ...and have lost their buffer */
  gint references; /* atomic: slots that are not at their end */
  guint8 apart[LINE - 2 * sizeof (guint64) - sizeof (gint)];
  Slot slots[SLOTS];
};

G_STATIC_ASSERT (sizeof (Slot) % LINE == 0 && G_STRUCT_OFFSET (Slot, memory) == 2 * LINE);

/* By the thread that acquires, but for the blocks. */
struct _LecPacketPool
{
  GPtrArray *blocks;
  Block *block; /* of these... */
  guint64 idle; /* ...what is idle, and has been taken */
  guint64 bare;
};

static Slot *
slot_of (const LecPacket *packet)
{
  return (Slot *) ((const guint8 *) packet - G_STRUCT_OFFSET (Slot, packet));
}

/* ---- coming back ---- */

static void
unref_block (Block *block)
{
  if (g_atomic_int_dec_and_test (&block->references))
    g_aligned_free (block);
}

/* Lets a slot go that will not be used again; without its buffer, its memory comes back too. */
static void
end_slot (Slot *slot)
{
  GstBuffer *buffer = g_steal_pointer (&slot->buffer);

  if (buffer == NULL) {
    unref_block (slot->block);
    return;
  }
  GST_MINI_OBJECT_CAST (buffer)->dispose = NULL;
  gst_buffer_unref (buffer);
}

/* From then on it is somebody else's. */
static void
give_back (Slot *slot)
{
  if (__atomic_fetch_or (&slot->block->idle, slot->bit, __ATOMIC_ACQ_REL) & CLOSED)
    end_slot (slot);
}

static void
memory_freed_cb (LecSlotMemory *memory)
{
  Slot *slot = (Slot *) ((guint8 *) memory - G_STRUCT_OFFSET (Slot, memory));

  slot->buffer = NULL;
  __atomic_fetch_or (&slot->block->bare, slot->bit, __ATOMIC_RELAXED);
  give_back (slot);
}

static void
release_slot (LecPacket *packet)
{
  give_back (slot_of (packet));
}

static gboolean
remove_meta_cb (GstBuffer *buffer, GstMeta **meta, gpointer data)
{
  if (!GST_META_FLAG_IS_SET (*meta, GST_META_FLAG_POOLED))
    *meta = NULL;
  return TRUE;
}

static void
reset_buffer (GstBuffer *buffer)
{
  GST_BUFFER_FLAGS (buffer) = 0;
  GST_BUFFER_PTS (buffer) = GST_BUFFER_DTS (buffer) = GST_BUFFER_DURATION (buffer)
      = GST_CLOCK_TIME_NONE;
  GST_BUFFER_OFFSET (buffer) = GST_BUFFER_OFFSET_END (buffer) = GST_BUFFER_OFFSET_NONE;
  gst_buffer_foreach_meta (buffer, remove_meta_cb, NULL);
}

/* (nullable): the slot of a buffer that has its memory still, and alone. */
static Slot *
find_slot (GstBuffer *buffer)
{
  GstMemory *memory;
  Slot *slot;

  if (gst_buffer_n_memory (buffer) != 1)
    return NULL;
  memory = gst_buffer_peek_memory (buffer, 0);
  if (!lec_slot_memory_is (memory) || GST_MINI_OBJECT_REFCOUNT_VALUE (memory) != 1)
    return NULL;
  slot = (Slot *) ((guint8 *) memory - G_STRUCT_OFFSET (Slot, memory));
  return slot->buffer == buffer ? slot : NULL;
}

/* The last reference of a buffer has gone: it is ours again. Where its memory is in use elsewhere,
 * that comes back alone. */
static gboolean
dispose_cb (GstMiniObject *object)
{
  GstBuffer *buffer = GST_BUFFER_CAST (object);
  Slot *slot = find_slot (buffer);

  if (slot == NULL)
    return TRUE;
  gst_mini_object_ref (object);
  reset_buffer (buffer);
  give_back (slot);
  return FALSE;
}

/* ---- going out ---- */

/* The first list that a buffer is put into has the buffer make room for knowing it: better now than
 * while packets come. */
static void
prepare_for_lists (GstBuffer *buffer)
{
  GstBufferList *list = gst_buffer_list_new_sized (1);

  gst_buffer_list_add (list, gst_buffer_ref (buffer));
  gst_buffer_list_unref (list);
}

/* Gives a slot a buffer, and its memory a life. */
static void
dress (Slot *slot)
{
  slot->buffer = gst_buffer_new ();
  lec_slot_memory_init (&slot->memory, sizeof slot->bytes);
  gst_buffer_append_memory (slot->buffer, &slot->memory.memory);
  prepare_for_lists (slot->buffer);
  GST_BUFFER_FLAGS (slot->buffer) = 0;
  GST_MINI_OBJECT_CAST (slot->buffer)->dispose = dispose_cb;
}

static Block *
new_block (void)
{
  Block *block = g_aligned_alloc (1, sizeof *block, LINE);

  block->idle = block->bare = CLOSED - 1;
  block->references = SLOTS;
  for (guint i = 0; i < SLOTS; i++) {
    Slot *slot = &block->slots[i];

    slot->packet
        = (LecPacket){ .data = slot->bytes, .capacity = LEC_PACKET_SLOT, .release = release_slot };
    slot->buffer = NULL;
    slot->memory.bytes = slot->bytes;
    slot->memory.freed = memory_freed_cb;
    slot->block = block;
    slot->bit = G_GUINT64_CONSTANT (1) << i;
  }
  return block;
}

static void
add_block (LecPacketPool *self)
{
  Block *block = new_block ();

  for (guint i = 0; i < SLOTS; i++)
    dress (&block->slots[i]);
  block->bare = 0;
  g_ptr_array_add (self->blocks, block);
}

LecPacketPool *
lec_packet_pool_new (void)
{
  LecPacketPool *self = g_new0 (LecPacketPool, 1);

  self->blocks = g_ptr_array_new ();
  for (guint i = 0; i < LEC_PACKET_POOL_FIRST / SLOTS; i++)
    add_block (self);
  return self;
}

/* What is in use ends once it is let go; that may be all that keeps a block. */
static void
close_block (Block *block, guint64 idle)
{
  idle |= __atomic_fetch_or (&block->idle, CLOSED, __ATOMIC_ACQ_REL);
  for (guint i = 0; i < SLOTS; i++) {
    if (idle & G_GUINT64_CONSTANT (1) << i)
      end_slot (&block->slots[i]);
  }
}

void
lec_packet_pool_free (LecPacketPool *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->blocks->len; i++) {
    Block *block = g_ptr_array_index (self->blocks, i);

    close_block (block, block == self->block ? self->idle : 0);
  }
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

/* Takes all that are idle of a block that has some; the first blocks come first, so that the last
 * ones are needed as seldom as can be. */
static void
refill (LecPacketPool *self)
{
  for (guint i = 0; i < self->blocks->len; i++) {
    self->block = g_ptr_array_index (self->blocks, i);
    if (__atomic_load_n (&self->block->idle, __ATOMIC_RELAXED) == 0)
      continue;
    self->idle = __atomic_exchange_n (&self->block->idle, 0, __ATOMIC_ACQ_REL);
    self->bare
        = __atomic_fetch_and (&self->block->bare, ~self->idle, __ATOMIC_RELAXED) & self->idle;
    return;
  }
  add_block (self);
  refill (self);
}

LecPacket *
lec_packet_pool_acquire (LecPacketPool *self, gsize capacity)
{
  Slot *slot;

  if (capacity > LEC_PACKET_SLOT)
    return lec_packet_new (capacity);
  if (self->idle == 0)
    refill (self);
  slot = &self->block->slots[__builtin_ctzll (self->idle)];
  self->idle &= self->idle - 1;
  if (self->bare & slot->bit)
    dress (slot);
  for (guint line = 0; line < LINES (LecPacket); line++)
    __builtin_prefetch ((guint8 *) (slot + AHEAD) + (gsize) line * LINE, 1);
  return &slot->packet;
}

void
lec_packet_pool_prefetch_packet (const LecPacket *packet)
{
  for (gsize line = 0; line < G_STRUCT_OFFSET (Slot, bytes); line += LINE)
    __builtin_prefetch ((const guint8 *) packet + line);
}

void
lec_packet_pool_prefetch_buffer (const LecPacket *packet)
{
  const guint8 *buffer;

  if (packet->release != release_slot)
    return;
  buffer = (const guint8 *) slot_of (packet)->buffer;
  for (guint i = 0; i < BUFFER_LINES; i++)
    __builtin_prefetch (buffer + (gsize) i * LINE);
}

GstBuffer *
lec_packet_pool_unwrap (LecPacket *packet, gsize offset, gsize size)
{
  GstMemory *memory;

  if (packet->release != release_slot)
    return gst_buffer_new_wrapped_full (0, packet->data, packet->capacity, offset, size, packet,
                                        (GDestroyNotify) lec_packet_release);
  memory = &slot_of (packet)->memory.memory;
  memory->offset = offset;
  memory->size = size;
  return slot_of (packet)->buffer;
}
