/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/list-pool.h"

static GstBufferList *kept; /* by what is behind the pad */
static guint lists, buffers;

static GstFlowReturn
chain_list (GstPad *pad, GstObject *parent, GstBufferList *list)
{
  lists++;
  buffers += gst_buffer_list_length (list);
  if (kept != NULL)
    gst_buffer_list_unref (kept);
  kept = list;
  return GST_FLOW_OK;
}

/* Behind it is a sink that keeps the last list, as most do: a few lists do for ever, and no buffer
 * stays in them. */
static void
test_again (void)
{
  GstPad *source = gst_pad_new ("src", GST_PAD_SRC);
  GstPad *sink = gst_pad_new ("sink", GST_PAD_SINK);
  g_autoptr (GHashTable) different = g_hash_table_new (NULL, NULL);
  GstSegment segment;
  LecListPool pool = { 0 };
  GstBuffer *last = NULL;

  gst_pad_set_chain_list_function (sink, chain_list);
  gst_pad_set_active (sink, TRUE);
  gst_pad_set_active (source, TRUE);
  g_assert_cmpint (gst_pad_link (source, sink), ==, GST_PAD_LINK_OK);
  gst_pad_push_event (source, gst_event_new_stream_start ("x"));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_push_event (source, gst_event_new_segment (&segment));

  for (guint i = 0; i < 100; i++) {
    GstBufferList *list = lec_list_pool_take (&pool);

    g_assert_cmpuint (gst_buffer_list_length (list), ==, 0);
    g_hash_table_add (different, list);
    for (guint j = 0; j < LEC_LIST_POOL_BUFFERS; j++) {
      last = gst_buffer_new ();
      gst_buffer_list_add (list, last);
    }
    g_assert_cmpint (lec_list_pool_push (list, source), ==, GST_FLOW_OK);
  }
  g_assert_cmpuint (lists, ==, 100);
  g_assert_cmpuint (buffers, ==, 100 * LEC_LIST_POOL_BUFFERS);
  g_assert_cmpuint (g_hash_table_size (different), <=, LEC_LIST_POOL_LISTS);
  g_assert_true (gst_buffer_list_get (kept, LEC_LIST_POOL_BUFFERS - 1) == last);
  g_clear_pointer (&kept, gst_buffer_list_unref);
  lec_list_pool_clear (&pool);
  gst_pad_unlink (source, sink);
  gst_object_unref (source);
  gst_object_unref (sink);
}

/* Who keeps all of them gets new ones. */
static void
test_kept (void)
{
  LecListPool pool = { 0 };
  GstBufferList *mine[3 * LEC_LIST_POOL_LISTS];

  for (guint i = 0; i < G_N_ELEMENTS (mine); i++) {
    mine[i] = lec_list_pool_take (&pool);
    gst_buffer_list_add (mine[i], gst_buffer_new ());
    gst_buffer_list_ref (mine[i]);
    for (guint j = 0; j < i; j++)
      g_assert_true (mine[i] != mine[j]);
  }
  lec_list_pool_clear (&pool);
  for (guint i = 0; i < G_N_ELEMENTS (mine); i++) {
    g_assert_cmpuint (gst_buffer_list_length (mine[i]), ==, 1);
    gst_buffer_list_unref (mine[i]);
  }
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/list-pool/again", test_again);
  g_test_add_func ("/list-pool/kept", test_kept);
  return g_test_run ();
}
