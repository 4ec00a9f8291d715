/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/frame-gaps.h"

#include <stdio.h>

#include "play/coded-buffer.h"
#include "play/set-property.h"

/* What the streaming thread of one decoder knows. */
typedef struct
{
  LecPictureReader reader;
  gint64 last; /* frame_num of the last reference; -1: there was none */
  gboolean is_repeating;
} Gaps;

/* It has as many threads as there are processors. */
static gboolean
is_troubled (const char *version)
{
  guint major = 0, minor = 0;

  if (sscanf (version, "%u.%u", &major, &minor) != 2 || major != 1 || minor >= 28)
    return FALSE;
  return minor > 22 || g_get_num_processors () == 1;
}

gboolean
lec_frame_gaps_are_trouble (GstElement *decoder)
{
  GstElementFactory *factory = gst_element_get_factory (decoder);
  g_autoptr (GstPlugin) plugin = NULL;

  if (factory == NULL
      || (!g_str_equal (GST_OBJECT_NAME (factory), "avdec_h264")
          && !g_str_equal (GST_OBJECT_NAME (factory), "avdec_h265")))
    return FALSE;
  plugin = gst_plugin_feature_get_plugin (GST_PLUGIN_FEATURE (factory));
  return plugin != NULL && is_troubled (gst_plugin_get_version (plugin));
}

/* How many references are missing in front of @picture (H.264, 8.2.5.2). */
static guint
count_missing (const Gaps *self, const LecPicture *picture)
{
  guint32 missing;

  if (picture->is_key || (gint64) picture->order == self->last)
    return 0;
  missing = (guint32) ((gint64) picture->order - self->last - 1) & (picture->order_modulus - 1);
  return MIN (missing, picture->n_references);
}

/* Two of them go through at a time, the picture itself counted. */
static guint
count_repeats (Gaps *self, const LecPicture *picture)
{
  guint n;

  if (self->reader.codec != LEC_PICTURE_H264 || !picture->has_slices || picture->order_modulus == 0)
    return 0;
  n = count_missing (self, picture) / 2;
  /* one that nobody refers to has the number of the next reference */
  self->last = picture->is_reference ? picture->order : (gint64) picture->order - 1;
  return n;
}

static void
repeat (Gaps *self, GstPad *pad, GstBuffer *buffer)
{
  LecPicture picture;
  GstMapInfo map;
  guint n;

  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return;
  picture = lec_picture_reader_read (&self->reader, map.data, map.size);
  gst_buffer_unmap (buffer, &map);
  n = count_repeats (self, &picture);
  self->is_repeating = TRUE;
  for (guint i = 0; i < n; i++)
    gst_pad_chain (pad, gst_buffer_ref (buffer));
  self->is_repeating = FALSE;
}

static GstPadProbeReturn
coded_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Gaps *self = data;
  GstCaps *caps;

  if (self->is_repeating)
    return GST_PAD_PROBE_OK;
  if ((info->type & GST_PAD_PROBE_TYPE_BUFFER) != 0) {
    repeat (self, pad, GST_PAD_PROBE_INFO_BUFFER (info));
  } else if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_CAPS) {
    gst_event_parse_caps (GST_PAD_PROBE_INFO_EVENT (info), &caps);
    lec_coded_buffer_read_caps (caps, &self->reader);
  }
  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
decoded_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstClockTime *last = data;
  GstClockTime pts = GST_BUFFER_PTS (GST_PAD_PROBE_INFO_BUFFER (info));
  gboolean is_known = GST_CLOCK_TIME_IS_VALID (pts) && pts == *last;

  *last = pts;
  return is_known ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;
}

void
lec_frame_gaps_mend (GstElement *decoder)
{
  g_autoptr (GstPad) sink = gst_element_get_static_pad (decoder, "sink");
  g_autoptr (GstPad) src = gst_element_get_static_pad (decoder, "src");
  Gaps *gaps = g_new0 (Gaps, 1);
  GstClockTime *last = g_new (GstClockTime, 1);

  lec_set_property_if_there (decoder, "thread-type", "slice");
  gaps->last = -1;
  gst_pad_add_probe (sink, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
                     coded_cb, gaps, g_free);
  *last = GST_CLOCK_TIME_NONE;
  gst_pad_add_probe (src, GST_PAD_PROBE_TYPE_BUFFER, decoded_cb, last, g_free);
}
