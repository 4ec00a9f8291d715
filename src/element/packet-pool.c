/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/packet-pool.h"

/* A packet, its buffer, and the bytes of both in one block, which lives as long as the memory. */
typedef struct
{
  LecPacket packet;
  GstBuffer *buffer; /* whose memory this is; the buffer owns us, not we it */
  guint8 bytes[];
} Slot;

struct _LecPacketPool
{
  GstBufferPool parent;
};

#define LEC_TYPE_PACKET_POOL (lec_packet_pool_get_type ())
G_DECLARE_FINAL_TYPE (LecPacketPool, lec_packet_pool, LEC, PACKET_POOL, GstBufferPool)
G_DEFINE_FINAL_TYPE (LecPacketPool, lec_packet_pool, GST_TYPE_BUFFER_POOL)

static GQuark slot_quark (void);
G_DEFINE_QUARK (lec - packet - slot, slot)

static void
release_slot (LecPacket *packet)
{
  Slot *slot = (Slot *) packet;

  gst_buffer_unref (slot->buffer);
}

/* The first list that a buffer is put into has the buffer make room for knowing it: better now than
 * while packets come. */
static void
prepare_for_lists (GstBuffer *buffer)
{
  GstBufferList *list = gst_buffer_list_new_sized (1);

  gst_buffer_list_add (list, gst_buffer_ref (buffer));
  gst_buffer_list_unref (list);
}

static GstBuffer *
new_buffer (gsize capacity)
{
  const gsize size = capacity + LEC_PACKET_SPARE;
  Slot *slot = g_malloc (sizeof *slot + size);
  GstBuffer *buffer = gst_buffer_new ();

  slot->packet = (LecPacket){ 0 };
  slot->packet.data = slot->bytes;
  slot->packet.capacity = (guint32) capacity;
  slot->packet.release = release_slot;
  slot->buffer = buffer;
  gst_buffer_append_memory (buffer,
                            gst_memory_new_wrapped (0, slot->bytes, size, 0, size, slot, g_free));
  gst_mini_object_set_qdata (GST_MINI_OBJECT_CAST (buffer), slot_quark (), slot, NULL);
  prepare_for_lists (buffer);
  return buffer;
}

static GstFlowReturn
alloc_buffer (GstBufferPool *pool, GstBuffer **buffer, GstBufferPoolAcquireParams *params)
{
  *buffer = new_buffer (LEC_PACKET_SLOT);
  return GST_FLOW_OK;
}

static void
lec_packet_pool_class_init (LecPacketPoolClass *klass)
{
  GST_BUFFER_POOL_CLASS (klass)->alloc_buffer = alloc_buffer;
}

static void
lec_packet_pool_init (LecPacketPool *self)
{
}

GstBufferPool *
lec_packet_pool_new (void)
{
  GstBufferPool *pool = g_object_new (LEC_TYPE_PACKET_POOL, NULL);
  GstStructure *config = gst_buffer_pool_get_config (pool);

  gst_object_ref_sink (pool);
  gst_buffer_pool_config_set_params (config, NULL, LEC_PACKET_SLOT + LEC_PACKET_SPARE,
                                     LEC_PACKET_POOL_FIRST, 0);
  gst_buffer_pool_set_config (pool, config);
  gst_buffer_pool_set_active (pool, TRUE);
  return pool;
}

void
lec_packet_pool_free (GstBufferPool *pool)
{
  if (pool == NULL)
    return;
  gst_buffer_pool_set_active (pool, FALSE);
  gst_object_unref (pool);
}

LecPacket *
lec_packet_pool_acquire (GstBufferPool *pool, gsize capacity)
{
  GstBuffer *buffer = NULL;
  Slot *slot;

  if (capacity > LEC_PACKET_SLOT
      || gst_buffer_pool_acquire_buffer (pool, &buffer, NULL) != GST_FLOW_OK)
    buffer = new_buffer (MAX (capacity, LEC_PACKET_SLOT));
  slot = gst_mini_object_get_qdata (GST_MINI_OBJECT_CAST (buffer), slot_quark ());
  return &slot->packet;
}

GstBuffer *
lec_packet_pool_unwrap (LecPacket *packet, gsize offset, gsize size)
{
  Slot *slot = (Slot *) packet;

  if (packet->release != release_slot)
    return gst_buffer_new_wrapped_full (0, packet->data, packet->capacity, offset, size, packet,
                                        (GDestroyNotify) lec_packet_release);
  gst_buffer_resize (slot->buffer, (gssize) offset, (gssize) size);
  return slot->buffer;
}
