/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/packet-pool.h"

/* A stack of buffers that are let go by one thread and taken by another. A GstBufferPool is a
 * queue: each buffer has left the caches when its turn comes; and the pool's references and users
 * are counted for each, from both threads. */

#define LINE 64        /* [bytes] of a cache */
#define BUFFER_LINES 4 /* of a GstBuffer: its count, its times, and where its memory stands */

/* A packet, its buffer, and the bytes of both in one block, which lives as long as either the
 * buffer or its memory. */
typedef struct _Slot Slot;
struct _Slot
{
  Slot *next;
  Slot *later;         /* what probably comes after HINTS others; a hint, it may be gone */
  GstBuffer *buffer;   /* whose memory this is; the buffer owns us, not we it */
  GstMemory *memory;   /* (unowned) what the buffer has as long as it can be used again */
  LecPacketPool *pool; /* (nullable): it is used once */
  gint references;     /* atomic: the buffer, the memory */
  LecPacket packet;
  guint8 bytes[];
};

struct _LecPacketPool
{
  Slot *idle;     /* by the thread that acquires */
  Slot *returned; /* atomic; it takes all of these at once */
  gint closed;    /* atomic */
  guint8 apart[LINE];
  gint references; /* atomic: its owner, each slot, each thread that returns one just now */
};

static GQuark slot_quark (void);
G_DEFINE_QUARK (lec - packet - slot, slot)

static Slot *
slot_of (const LecPacket *packet)
{
  return (Slot *) ((const guint8 *) packet - G_STRUCT_OFFSET (Slot, packet));
}

static void
release_slot (LecPacket *packet)
{
  gst_buffer_unref (slot_of (packet)->buffer);
}

static void
pool_unref (LecPacketPool *self)
{
  if (g_atomic_int_dec_and_test (&self->references))
    g_free (self);
}

static void
slot_unref (gpointer data)
{
  Slot *slot = data;

  if (!g_atomic_int_dec_and_test (&slot->references))
    return;
  if (slot->pool != NULL)
    pool_unref (slot->pool);
  g_free (slot);
}

/* ---- coming back ---- */

static Slot *
take_returned (LecPacketPool *self)
{
  return __atomic_exchange_n (&self->returned, NULL, __ATOMIC_SEQ_CST);
}

static void
put_returned (LecPacketPool *self, Slot *slot)
{
  do
    slot->next = g_atomic_pointer_get (&self->returned);
  while (!g_atomic_pointer_compare_and_exchange (&self->returned, slot->next, slot));
}

/* Lets a buffer go that will not be used again. */
static void
end_slot (Slot *slot)
{
  GST_MINI_OBJECT_CAST (slot->buffer)->dispose = NULL;
  gst_buffer_unref (slot->buffer);
}

static void
end_slots (Slot *slot)
{
  while (slot != NULL) {
    Slot *next = slot->next;

    end_slot (slot);
    slot = next;
  }
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

/* Whether nobody has taken the memory away, or has a part of it still. */
static gboolean
is_reusable (const Slot *slot)
{
  return gst_buffer_n_memory (slot->buffer) == 1
         && gst_buffer_peek_memory (slot->buffer, 0) == slot->memory
         && gst_buffer_is_all_memory_writable (slot->buffer);
}

/* The last reference of a buffer has gone: it is ours again. Once it is put back, a pool that has
 * been freed meanwhile could be gone, but for the reference. */
static gboolean
dispose_cb (GstMiniObject *object)
{
  Slot *slot = gst_mini_object_get_qdata (object, slot_quark ());
  LecPacketPool *pool = slot->pool;

  gst_mini_object_ref (object);
  if (!is_reusable (slot)) {
    end_slot (slot);
    return FALSE;
  }
  reset_buffer (slot->buffer);
  g_atomic_int_inc (&pool->references);
  put_returned (pool, slot);
  if (g_atomic_int_get (&pool->closed))
    end_slots (take_returned (pool));
  pool_unref (pool);
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

static Slot *
new_slot (gsize capacity)
{
  const gsize size = capacity + LEC_PACKET_SPARE;
  Slot *slot = g_malloc (sizeof *slot + size);

  *slot = (Slot){ .buffer = gst_buffer_new (), .references = 2 };
  slot->packet.data = slot->bytes;
  slot->packet.capacity = (guint32) capacity;
  slot->packet.release = release_slot;
  slot->memory = gst_memory_new_wrapped (0, slot->bytes, size, 0, size, slot, slot_unref);
  gst_buffer_append_memory (slot->buffer, slot->memory);
  gst_mini_object_set_qdata (GST_MINI_OBJECT_CAST (slot->buffer), slot_quark (), slot, slot_unref);
  prepare_for_lists (slot->buffer);
  GST_BUFFER_FLAGS (slot->buffer) = 0;
  return slot;
}

static Slot *
new_pooled_slot (LecPacketPool *self)
{
  Slot *slot = new_slot (LEC_PACKET_SLOT);

  g_atomic_int_inc (&self->references);
  slot->pool = self;
  GST_MINI_OBJECT_CAST (slot->buffer)->dispose = dispose_cb;
  return slot;
}

LecPacketPool *
lec_packet_pool_new (void)
{
  LecPacketPool *self = g_new0 (LecPacketPool, 1);

  self->references = 1;
  for (guint i = 0; i < LEC_PACKET_POOL_FIRST; i++) {
    Slot *slot = new_pooled_slot (self);

    slot->next = self->idle;
    self->idle = slot;
  }
  return self;
}

void
lec_packet_pool_free (LecPacketPool *self)
{
  if (self == NULL)
    return;
  g_atomic_int_set (&self->closed, TRUE);
  end_slots (g_steal_pointer (&self->idle));
  end_slots (take_returned (self));
  pool_unref (self);
}

LecPacket *
lec_packet_pool_acquire (LecPacketPool *self, gsize capacity)
{
  Slot *slot;

  if (capacity > LEC_PACKET_SLOT)
    return &new_slot (capacity)->packet;
  if (self->idle == NULL)
    self->idle = take_returned (self);
  if (self->idle == NULL)
    return &new_pooled_slot (self)->packet;
  slot = self->idle;
  self->idle = slot->next;
  __builtin_prefetch (self->idle);
  return &slot->packet;
}

void
lec_packet_pool_prefetch (const LecPacket *packet)
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
  memory = slot_of (packet)->memory;
  gst_memory_resize (memory, (gssize) offset - (gssize) memory->offset, size);
  return slot_of (packet)->buffer;
}
