/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/packet-pool.h"

#include <string.h>

#define BATCH 64

static GstBuffer *
unwrap_whole (LecPacket *packet, gsize size)
{
  packet->size = (guint32) size;
  return lec_packet_pool_unwrap (packet, 0, size);
}

/* What is there from the start does for ever. */
static void
test_steady (void)
{
  LecPacketPool *pool = lec_packet_pool_new ();
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);

  for (guint round = 0; round < 100; round++) {
    GstBuffer *buffers[BATCH];

    for (guint i = 0; i < BATCH; i++) {
      LecPacket *packet = lec_packet_pool_acquire (pool, LEC_PACKET_SLOT);

      g_assert_cmpuint (packet->capacity, >=, LEC_PACKET_SLOT);
      g_hash_table_add (known, packet->data);
      if (i % 4 == 0) {
        lec_packet_release (packet);
        buffers[i] = NULL;
        continue;
      }
      buffers[i] = unwrap_whole (packet, 1 + i);
      g_assert_cmpuint (gst_buffer_get_size (buffers[i]), ==, 1 + i);
      g_assert_true (gst_buffer_is_writable (buffers[i]));
      /* what downstream does to a buffer does not come back with it */
      GST_BUFFER_PTS (buffers[i]) = 5;
      GST_BUFFER_FLAG_SET (buffers[i], GST_BUFFER_FLAG_DISCONT);
    }
    for (guint i = 0; i < BATCH; i++)
      gst_clear_buffer (&buffers[i]);
  }
  g_assert_cmpuint (g_hash_table_size (known), <=, LEC_PACKET_POOL_FIRST);
  lec_packet_pool_free (pool);
}

/* The bytes are those that were written, whatever is left out at the beginning. */
static void
test_offset (void)
{
  LecPacketPool *pool = lec_packet_pool_new ();

  for (guint round = 0; round < 3; round++) {
    LecPacket *packet = lec_packet_pool_acquire (pool, LEC_PACKET_SLOT);
    GstBuffer *buffer;

    for (guint i = 0; i < LEC_PACKET_SLOT; i++)
      packet->data[i] = (guint8) (i % 251);
    packet->size = LEC_PACKET_SLOT;
    buffer = lec_packet_pool_unwrap (packet, 12, 1000);
    g_assert_cmpuint (gst_buffer_get_size (buffer), ==, 1000);
    for (guint i = 0; i < 1000; i++)
      g_assert_true (gst_buffer_memcmp (buffer, i, &(guint8){ (guint8) ((i + 12) % 251) }, 1) == 0);
    g_assert_false (GST_BUFFER_PTS_IS_VALID (buffer));
    g_assert_false (GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DISCONT));
    GST_BUFFER_PTS (buffer) = 1;
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
    gst_buffer_unref (buffer);
  }
  lec_packet_pool_free (pool);
}

static void
test_large (void)
{
  LecPacketPool *pool = lec_packet_pool_new ();
  LecPacket *packet = lec_packet_pool_acquire (pool, LEC_PACKET_MAX);
  GstBuffer *buffer;

  g_assert_cmpuint (packet->capacity, >=, LEC_PACKET_MAX);
  memset (packet->data, 7, LEC_PACKET_MAX);
  buffer = unwrap_whole (packet, LEC_PACKET_MAX - 1);
  g_assert_cmpuint (gst_buffer_get_size (buffer), ==, LEC_PACKET_MAX - 1);
  gst_buffer_unref (buffer);
  lec_packet_release (lec_packet_pool_acquire (pool, LEC_PACKET_MAX));
  lec_packet_pool_free (pool);
}

/* What has become larger than a slot is on the heap: its memory is handed on as well. */
static void
test_heap (void)
{
  LecPacket *packet = lec_packet_new (16000);
  GstBuffer *buffer;

  memset (packet->data, 7, 16000);
  buffer = lec_packet_pool_unwrap (packet, 8, 15992);
  g_assert_cmpuint (gst_buffer_get_size (buffer), ==, 15992);
  g_assert_true (gst_buffer_is_writable (buffer));
  g_assert_cmpint (gst_buffer_memcmp (buffer, 15991, &(guint8){ 7 }, 1), ==, 0);
  gst_buffer_unref (buffer);
}

/* Downstream may hold what it got for as long as it likes. */
static void
test_outlives_pool (void)
{
  LecPacketPool *pool = lec_packet_pool_new ();
  LecPacket *packet = lec_packet_pool_acquire (pool, LEC_PACKET_SLOT);
  LecPacket *unused = lec_packet_pool_acquire (pool, LEC_PACKET_SLOT);
  GstBuffer *buffer;

  memcpy (packet->data, "lectern", 7);
  buffer = unwrap_whole (packet, 7);
  lec_packet_pool_free (pool);
  g_assert_cmpint (gst_buffer_memcmp (buffer, 0, "lectern", 7), ==, 0);
  gst_buffer_unref (buffer);
  lec_packet_release (unused);
}

/* A depayloader makes new buffers around the memory of the old one: as long as one of them lives,
 * the memory must not be written to again. */
static void
test_shared (void)
{
  LecPacketPool *pool = lec_packet_pool_new ();
  LecPacket *packet = lec_packet_pool_acquire (pool, LEC_PACKET_SLOT);
  const guint8 *data = packet->data;
  GstBuffer *buffer, *part;

  memcpy (packet->data, "lectern", 7);
  buffer = unwrap_whole (packet, 7);
  part = gst_buffer_copy_region (buffer, GST_BUFFER_COPY_MEMORY, 3, 4);
  gst_buffer_unref (buffer);

  for (guint i = 0; i < 3; i++) {
    LecPacket *other = lec_packet_pool_acquire (pool, LEC_PACKET_SLOT);

    g_assert_true (other->data != data);
    memset (other->data, 0, LEC_PACKET_SLOT);
    lec_packet_release (other);
  }
  g_assert_cmpint (gst_buffer_memcmp (part, 0, "tern", 4), ==, 0);
  gst_buffer_unref (part);
  lec_packet_pool_free (pool);
}

/* Once the last part of it is let go, the memory is used again: however long parts are held, there
 * are no more than were in use at once. */
static void
test_parts_come_back (void)
{
  LecPacketPool *pool = lec_packet_pool_new ();
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);
  GstBuffer *parts[BATCH] = { 0 };

  for (guint i = 0; i < 100 * BATCH; i++) {
    LecPacket *packet = lec_packet_pool_acquire (pool, LEC_PACKET_SLOT);
    GstBuffer *buffer;

    g_hash_table_add (known, packet->data);
    memset (packet->data, (int) (i % 251), 100);
    buffer = unwrap_whole (packet, 100);
    g_assert_true (gst_buffer_is_writable (buffer));
    gst_clear_buffer (&parts[i % BATCH]);
    parts[i % BATCH] = gst_buffer_copy_region (buffer, GST_BUFFER_COPY_MEMORY, 10, 90);
    gst_buffer_unref (buffer);
    for (guint j = i < BATCH ? 0 : i - BATCH + 1; j <= i; j++)
      g_assert_cmpint (gst_buffer_memcmp (parts[j % BATCH], 89, &(guint8){ (guint8) (j % 251) }, 1),
                       ==, 0);
  }
  g_assert_cmpuint (g_hash_table_size (known), <=, LEC_PACKET_POOL_FIRST);
  lec_packet_pool_free (pool);
  for (guint i = 0; i < BATCH; i++)
    gst_clear_buffer (&parts[i]);
}

/* A buffer that downstream has made into something else is not handed out again. */
static void
test_changed (void)
{
  LecPacketPool *pool = lec_packet_pool_new ();

  for (guint round = 0; round < 2 * LEC_PACKET_POOL_FIRST; round++) {
    LecPacket *packet = lec_packet_pool_acquire (pool, LEC_PACKET_SLOT);
    GstBuffer *buffer = unwrap_whole (packet, 100);

    g_assert_cmpuint (gst_buffer_n_memory (buffer), ==, 1);
    g_assert_null (gst_buffer_iterate_meta (buffer, &(gpointer){ NULL }));
    if (round % 3 == 0)
      gst_buffer_append (buffer, gst_buffer_new_allocate (NULL, 8, NULL));
    else if (round % 3 == 1)
      gst_buffer_remove_all_memory (buffer);
    else
      gst_buffer_add_reference_timestamp_meta (buffer, GST_CAPS_ANY, 1, 1);
    gst_buffer_unref (buffer);
  }
  lec_packet_pool_free (pool);
}

static gpointer
let_go (gpointer data)
{
  GAsyncQueue *buffers = data;
  gpointer buffer;

  while ((buffer = g_async_queue_pop (buffers)) != buffers)
    gst_buffer_unref (buffer);
  return NULL;
}

/* Several threads let buffers go, some of them when the pool is gone. */
static void
test_threads (void)
{
  GThread *threads[3];
  g_autoptr (GAsyncQueue) buffers = g_async_queue_new ();
  LecPacketPool *pool = lec_packet_pool_new ();

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("let-go", let_go, buffers);
  for (guint i = 0; i < 5000; i++)
    g_async_queue_push (buffers,
                        unwrap_whole (lec_packet_pool_acquire (pool, LEC_PACKET_SLOT), 100));
  lec_packet_pool_free (pool);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_async_queue_push (buffers, buffers);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/packet-pool/steady", test_steady);
  g_test_add_func ("/packet-pool/offset", test_offset);
  g_test_add_func ("/packet-pool/large", test_large);
  g_test_add_func ("/packet-pool/heap", test_heap);
  g_test_add_func ("/packet-pool/outlives-pool", test_outlives_pool);
  g_test_add_func ("/packet-pool/shared", test_shared);
  g_test_add_func ("/packet-pool/parts-come-back", test_parts_come_back);
  g_test_add_func ("/packet-pool/changed", test_changed);
  g_test_add_func ("/packet-pool/threads", test_threads);
  return g_test_run ();
}
