/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fixture.h"

#include <string.h>

#include "announce/recognise.h"

static void
put (Fixture *self, guint pad, gpointer object)
{
  g_async_queue_push (self->things[pad], gst_mini_object_ref (object));
}

static GstPadProbeReturn
probe_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Fixture *self = data;
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (pad), "fixture-index"));

  if (info->type & GST_PAD_PROBE_TYPE_BUFFER_LIST) {
    GstBufferList *list = GST_PAD_PROBE_INFO_BUFFER_LIST (info);

    for (guint i = 0; i < gst_buffer_list_length (list); i++)
      put (self, index, gst_buffer_list_get (list, i));
  } else {
    put (self, index, GST_PAD_PROBE_INFO_DATA (info));
  }
  return GST_PAD_PROBE_OK;
}

static void
pad_added_cb (GstElement *source, GstPad *pad, Fixture *self)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_autoptr (GstPad) sink_pad = gst_element_get_static_pad (sink, "sink");
  guint index = (guint) g_ascii_strtoull (strchr (GST_PAD_NAME (pad), '_') + 1, NULL, 10);

  g_assert_cmpuint (index, <, RIG_PADS);
  self->pads[index] = pad;
  self->n_pads = MAX (self->n_pads, index + 1);
  g_object_set (sink, "sync", FALSE, "async", FALSE, NULL);
  gst_bin_add (GST_BIN (self->pipeline), sink);
  gst_element_sync_state_with_parent (sink);
  g_object_set_data (G_OBJECT (pad), "fixture-index", GUINT_TO_POINTER (index));
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_DATA_DOWNSTREAM, probe_cb, self, NULL);
  g_assert_cmpint (gst_pad_link (pad, sink_pad), ==, GST_PAD_LINK_OK);
}

static void
pad_removed_cb (GstElement *source, GstPad *pad, Fixture *self)
{
  for (guint i = 0; i < RIG_PADS; i++) {
    if (self->pads[i] == pad)
      self->pads[i] = NULL;
  }
}

Fixture *
fixture_new (const char *announcement, const char *interface)
{
  Fixture *self = g_new0 (Fixture, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (LecAnnouncement) read
      = lec_announcement_parse (announcement, strlen (announcement), NULL, &error);

  g_assert_no_error (error);
  self->pipeline = gst_pipeline_new (NULL);
  self->source = gst_element_factory_make ("channelsrc", NULL);
  g_assert_nonnull (self->source);
  for (guint i = 0; i < RIG_PADS; i++)
    self->things[i] = g_async_queue_new_full ((GDestroyNotify) gst_mini_object_unref);
  g_object_set (self->source, "channel", g_ptr_array_index (read->channels, 0), "interface",
                interface, NULL);
  g_signal_connect (self->source, "pad-added", G_CALLBACK (pad_added_cb), self);
  g_signal_connect (self->source, "pad-removed", G_CALLBACK (pad_removed_cb), self);
  gst_bin_add (GST_BIN (self->pipeline), self->source);
  return self;
}

void
fixture_free (Fixture *self)
{
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  for (guint i = 0; i < RIG_PADS; i++)
    g_async_queue_unref (self->things[i]);
  g_object_add_weak_pointer (G_OBJECT (self->source), (gpointer *) &self->source);
  gst_object_unref (self->pipeline);
  g_assert_null (self->source);
  g_free (self);
}

void
fixture_set_state (Fixture *self, GstState state)
{
  gst_element_set_state (self->pipeline, state);
  g_assert_cmpint (
      gst_element_get_state (self->pipeline, NULL, NULL, RIG_PATIENCE * (GstClockTime) GST_USECOND),
      !=, GST_STATE_CHANGE_FAILURE);
}

GstMiniObject *
fixture_next (Fixture *self, guint pad)
{
  GstMiniObject *thing = g_async_queue_timeout_pop (self->things[pad], RIG_PATIENCE);

  if (thing == NULL)
    g_error ("nothing more leaves pad %u", pad);
  return thing;
}

GstEvent *
fixture_next_event (Fixture *self, guint pad, GstEventType type)
{
  for (;;) {
    GstMiniObject *thing = fixture_next (self, pad);

    if (GST_IS_EVENT (thing) && GST_EVENT_TYPE (thing) == type)
      return GST_EVENT (thing);
    gst_mini_object_unref (thing);
  }
}

GstBuffer *
fixture_next_buffer (Fixture *self, guint pad)
{
  for (;;) {
    GstMiniObject *thing = fixture_next (self, pad);

    if (GST_IS_BUFFER (thing))
      return GST_BUFFER (thing);
    gst_mini_object_unref (thing);
  }
}

GstMessage *
fixture_next_message (Fixture *self, GstMessageType type)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);

  for (;;) {
    GstMessage *message
        = gst_bus_timed_pop_filtered (bus, RIG_PATIENCE * (GstClockTime) GST_USECOND, type);

    if (message == NULL)
      g_error ("no message of type %s", gst_message_type_get_name (type));
    if (GST_MESSAGE_SRC (message) == GST_OBJECT (self->source))
      return message;
    gst_message_unref (message);
  }
}

guint
fixture_sequence_of (GstBuffer *buffer)
{
  guint8 bytes[2];

  g_assert_cmpuint (gst_buffer_extract (buffer, 2, bytes, 2), ==, 2);
  return (guint) (bytes[0] << 8 | bytes[1]);
}

guint64
fixture_count (Fixture *self, guint stream, const char *field)
{
  g_autoptr (GstStructure) stats = NULL;
  const GValue *list;
  guint64 value;

  g_object_get (self->source, "stats", &stats, NULL);
  list = gst_structure_get_value (stats, "streams");
  g_assert_cmpuint (gst_value_list_get_size (list), >, stream);
  g_assert_true (gst_structure_get_uint64 (
      gst_value_get_structure (gst_value_list_get_value (list, stream)), field, &value));
  return value;
}

void
fixture_await_count (Fixture *self, guint stream, const char *field, guint64 value)
{
  gint64 end_us = g_get_monotonic_time () + RIG_PATIENCE;
  guint64 count;

  while ((count = fixture_count (self, stream, field)) < value) {
    if (g_get_monotonic_time () > end_us)
      g_error ("“%s” of stream %u stays at %" G_GUINT64_FORMAT, field, stream, count);
    g_usleep (1000);
  }
  g_assert_cmpuint (count, ==, value);
}

guint
fixture_count_lines (const char *path, const char *containing)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint count = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    count += strstr (lines[i], containing) != NULL;
  return count;
}

guint
fixture_count_entries (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint count = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}
