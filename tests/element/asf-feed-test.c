/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/asf-feed.h"

#include "channel/channel.h"
#include "element/packet-pool.h"

#define REFERENCE "timestamp/x-lectern-running-time"
#define ROUNDS 5

static GstBuffer *
take_buffer (LecPacketPool *pool)
{
  return lec_packet_pool_unwrap (lec_packet_pool_acquire (pool, LEC_PACKET_SLOT), 0, 100);
}

static guint
count_metas (GstBuffer *buffer)
{
  return gst_buffer_get_n_meta (buffer, GST_REFERENCE_TIMESTAMP_META_API_TYPE);
}

/* What a buffer was noted on with stays with it, once, in its pool; and is what it is now. Another
 * feed, of what is received next, notes on the same. */
static void
test_stamp (void)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_MSB);
  g_autoptr (GstCaps) caps = gst_caps_from_string (REFERENCE);
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);
  LecPacketPool *pool = lec_packet_pool_new ();

  for (guint round = 0; round < ROUNDS; round++) {
    LecAsfFeed *feed = lec_asf_feed_new (alternative->msb);
    GstBuffer *buffers[LEC_PACKET_POOL_FIRST];

    for (guint i = 0; i < LEC_PACKET_POOL_FIRST; i++) {
      const GstClockTime pts = round * 1000 + i;
      GstReferenceTimestampMeta *meta;

      buffers[i] = take_buffer (pool);
      GST_BUFFER_PTS (buffers[i]) = 7;
      lec_asf_feed_stamp (feed, buffers[i], pts);
      g_assert_false (GST_BUFFER_PTS_IS_VALID (buffers[i]));
      g_assert_cmpuint (count_metas (buffers[i]), ==, 1);
      meta = gst_buffer_get_reference_timestamp_meta (buffers[i], caps);
      g_assert_nonnull (meta);
      g_assert_cmpuint (meta->timestamp, ==, pts);
      g_hash_table_add (known, meta);
    }
    for (guint i = 0; i < LEC_PACKET_POOL_FIRST; i++)
      gst_buffer_unref (buffers[i]);
    lec_asf_feed_free (feed);
  }
  g_assert_cmpuint (g_hash_table_size (known), ==, LEC_PACKET_POOL_FIRST);
  lec_packet_pool_free (pool);
}

/* A copy has what was noted on it, and of its own. */
static void
test_copy (void)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_MSB);
  LecAsfFeed *feed = lec_asf_feed_new (alternative->msb);
  g_autoptr (GstCaps) caps = gst_caps_from_string (REFERENCE);
  g_autoptr (GstBuffer) buffer = gst_buffer_new ();
  g_autoptr (GstBuffer) copy = NULL;
  GstReferenceTimestampMeta *meta;

  lec_asf_feed_stamp (feed, buffer, 5);
  lec_asf_feed_note_sent (feed, buffer, 7);
  copy = gst_buffer_copy (buffer);
  lec_asf_feed_stamp (feed, buffer, 6);
  meta = gst_buffer_get_reference_timestamp_meta (copy, caps);
  g_assert_nonnull (meta);
  g_assert_cmpuint (meta->timestamp, ==, 5);
  g_assert_cmpuint (meta->duration, ==, 7 * GST_MSECOND);
  meta = gst_buffer_get_reference_timestamp_meta (buffer, caps);
  g_assert_cmpuint (meta->duration, ==, GST_CLOCK_TIME_NONE); /* it is another packet */
  lec_asf_feed_free (feed);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/asf-feed/stamp", test_stamp);
  g_test_add_func ("/asf-feed/copy", test_copy);
  return g_test_run ();
}
