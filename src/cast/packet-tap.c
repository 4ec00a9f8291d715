/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/packet-tap.h"

typedef struct
{
  LecPacketTapFunc look;
  gpointer data;
  GDestroyNotify destroy;
} Tap;

static void
tap_free (gpointer data)
{
  Tap *self = data;

  if (self->destroy != NULL)
    self->destroy (self->data);
  g_free (self);
}

static gboolean
look_at (GstBuffer **buffer, guint i, gpointer data)
{
  const Tap *self = data;
  GstMapInfo map;

  if (!gst_buffer_map (*buffer, &map, GST_MAP_READ))
    return TRUE;
  self->look (map.data, map.size, self->data);
  gst_buffer_unmap (*buffer, &map);
  return TRUE;
}

static GstPadProbeReturn
packet_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstBuffer *buffer;

  if ((info->type & GST_PAD_PROBE_TYPE_BUFFER) != 0) {
    buffer = GST_PAD_PROBE_INFO_BUFFER (info);
    look_at (&buffer, 0, data);
  } else {
    gst_buffer_list_foreach (GST_PAD_PROBE_INFO_BUFFER_LIST (info), look_at, data);
  }
  return GST_PAD_PROBE_OK;
}

gulong
lec_packet_tap_add (GstPad *pad, LecPacketTapFunc look, gpointer data, GDestroyNotify destroy)
{
  Tap *self = g_new0 (Tap, 1);

  *self = (Tap){ look, data, destroy };
  return gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST,
                            packet_cb, self, tap_free);
}
