/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* gst-launch with channelsrc in it, sanitizers and all, which ends when there is enough.
 *
 * Usage: launch COUNT DESCRIPTION: plays until each of its fakesinks has COUNT buffers. Exit status
 * 1: it has failed, or they have not within 20 s. */
#include <gst/gst.h>
#include <stdlib.h>

#include "element/plugin.h"

#define PATIENCE_S 20

static guint count;
static gint n_hungry; /* atomic: sinks that want more */

static void
handoff_cb (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer data)
{
  guint *n = data;

  if (++*n == count && g_atomic_int_dec_and_test (&n_hungry))
    gst_element_post_message (
        sink, gst_message_new_application (GST_OBJECT (sink), gst_structure_new_empty ("sated")));
}

/* Decoders of a bin are not there yet. */
static void
feed (GstBin *pipeline)
{
  g_autoptr (GstIterator) sinks = gst_bin_iterate_sinks (pipeline);
  GValue value = G_VALUE_INIT;

  while (gst_iterator_next (sinks, &value) == GST_ITERATOR_OK) {
    GstElement *sink = g_value_get_object (&value);
    guint *n = g_new0 (guint, 1);

    g_object_set (sink, "signal-handoffs", TRUE, NULL);
    g_object_set_data_full (G_OBJECT (sink), "count", n, g_free);
    g_signal_connect (sink, "handoff", G_CALLBACK (handoff_cb), n);
    n_hungry++;
    g_value_unset (&value);
  }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;
  g_autofree char *debug = NULL;

  gst_init (NULL, NULL);
  lec_element_register (NULL);
  if (argc != 3 || (count = (guint) atoi (argv[1])) == 0)
    return 2;
  pipeline = gst_parse_launch (argv[2], &error);
  if (error != NULL) {
    g_printerr ("%s\n", error->message);
    return 2;
  }
  feed (GST_BIN (pipeline));
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, PATIENCE_S * GST_SECOND,
                                        GST_MESSAGE_ERROR | GST_MESSAGE_APPLICATION);
  if (message == NULL) {
    g_printerr ("%d sinks have not had enough\n", g_atomic_int_get (&n_hungry));
  } else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
    gst_message_parse_error (message, &error, &debug);
    g_printerr ("%s (%s)\n", error->message, debug);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return message == NULL || error != NULL;
}
