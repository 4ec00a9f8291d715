/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/output.h"

#include <glib/gi18n-lib.h>
#include <gst/audio/streamvolume.h>

#include "play/sound-clock.h"
#include "play/sound-fade.h"

/* Puts @elements (NULL-terminated, in order) into a bin with one sink pad. */
static GstElement *
new_branch (GstElement **elements)
{
  GstElement *bin = gst_bin_new (NULL);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (elements[0], "sink");

  for (guint i = 0; elements[i] != NULL; i++) {
    gst_bin_add (GST_BIN (bin), elements[i]);
    if (i > 0)
      gst_element_link (elements[i - 1], elements[i]);
  }
  gst_element_add_pad (bin, gst_ghost_pad_new ("sink", pad));
  return gst_object_ref_sink (bin);
}

static GstElement *
new_element (const char *factory, const char *name)
{
  GstElement *element = gst_element_factory_make (factory, name);

  if (element == NULL)
    g_error (_ ("The GStreamer element “%s” is missing; data/install-dependencies installs it"),
             factory);
  return element;
}

GstElement *
lec_output_new_picture (GstElement *sink)
{
  GstElement *convert = new_element ("videoconvert", NULL);

  if (sink == NULL) {
    sink = new_element ("fakesink", NULL);
    g_object_set (sink, "sync", TRUE, NULL);
  }
  g_object_set (convert, "n-threads", g_get_num_processors (), NULL);
  return new_branch ((GstElement *[]){ convert, sink, NULL });
}

static void
sink_added_cb (GstBin *bin, GstElement *element, gpointer data)
{
  lec_sound_clock_attach (element);
}

#define FADE "lectern-fade"

GstElement *
lec_output_new_sound (void)
{
  GstElement *sink = new_element ("autoaudiosink", NULL);
  GstElement *volume = new_element ("volume", "volume");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (volume, "src");
  GstElement *sound;

  g_signal_connect (sink, "element-added", G_CALLBACK (sink_added_cb), NULL);
  sound = new_branch ((GstElement *[]){ new_element ("audioconvert", NULL),
                                        new_element ("audioresample", NULL), volume, sink, NULL });
  g_object_set_data (G_OBJECT (sound), FADE, lec_sound_fade_attach (pad));
  return sound;
}

typedef struct
{
  void (*found) (gboolean is_there, gpointer data);
  gpointer data;
} Search;

/* autoaudiosink takes one that only keeps time where it finds no device. */
static gboolean
is_real (GstElement *sink)
{
  g_autoptr (GstIterator) parts = gst_bin_iterate_elements (GST_BIN (sink));
  GValue value = G_VALUE_INIT;
  gboolean real = FALSE;

  if (gst_iterator_next (parts, &value) == GST_ITERATOR_OK) {
    GstElementFactory *factory = gst_element_get_factory (g_value_get_object (&value));

    real = factory != NULL && !g_str_has_prefix (GST_OBJECT_NAME (factory), "fake");
    g_value_unset (&value);
  }
  return real;
}

static void
search (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GstElement) sink = gst_object_ref_sink (new_element ("autoaudiosink", NULL));
  gboolean found
      = gst_element_set_state (sink, GST_STATE_READY) != GST_STATE_CHANGE_FAILURE && is_real (sink);

  gst_element_set_state (sink, GST_STATE_NULL);
  g_task_return_boolean (task, found);
}

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  const Search *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  const gboolean found = g_task_propagate_boolean (G_TASK (result), &error);

  if (error == NULL)
    self->found (found, self->data);
}

void
lec_output_find_device (GCancellable *cancellable,
                        void (*found) (gboolean is_there, gpointer data),
                        gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, searched_cb, NULL);
  Search *self = g_new (Search, 1);

  *self = (Search){ found, data };
  g_task_set_task_data (task, self, g_free);
  g_task_run_in_thread (task, search);
}

#define HOLD "lectern-hold" /* number of the probe that holds */

static GstPadProbeReturn
hold_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  return GST_PAD_PROBE_OK; /* it waits */
}

void
lec_output_hold (GstElement *picture)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (picture, "sink");
  gulong probe;

  lec_output_release (picture);
  probe = gst_pad_add_probe (
      pad, GST_PAD_PROBE_TYPE_BLOCK | GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST,
      hold_cb, NULL, NULL);
  g_object_set_data (G_OBJECT (picture), HOLD, GSIZE_TO_POINTER (probe));
}

void
lec_output_release (GstElement *picture)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (picture, "sink");
  const gulong probe = GPOINTER_TO_SIZE (g_object_steal_data (G_OBJECT (picture), HOLD));

  if (probe != 0)
    gst_pad_remove_probe (pad, probe);
}

void
lec_output_set_volume (GstElement *sound, double volume)
{
  g_autoptr (GstElement) element = gst_bin_get_by_name (GST_BIN (sound), "volume");

  g_object_set (element, "volume",
                gst_stream_volume_convert_volume (GST_STREAM_VOLUME_FORMAT_CUBIC,
                                                  GST_STREAM_VOLUME_FORMAT_LINEAR, volume),
                NULL);
}

void
lec_output_set_heard (GstElement *sound, gboolean is_heard)
{
  lec_sound_fade_set_heard (g_object_get_data (G_OBJECT (sound), FADE), is_heard);
}
