/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/whole-units.h"

#include "wire/nal.h"

typedef enum {
  CODEC_OTHER,
  CODEC_H264,
  CODEC_H265,
} Codec;

typedef struct
{
  Codec codec;    /* that is claimed to come in whole pictures */
  GstCaps *given; /* (nullable) (owned): what was said itself */
  gboolean wrong; /* the claim was, once */
} Claim;

static void
claim_free (gpointer data)
{
  Claim *self = data;

  gst_clear_caps (&self->given);
  g_free (self);
}

/* tsdemux says nothing of how what it gives is cut. */
static Codec
find_codec (const GstStructure *structure)
{
  const char *alignment = gst_structure_get_string (structure, "alignment");

  if (g_strcmp0 (gst_structure_get_string (structure, "stream-format"), "byte-stream") != 0
      || (alignment != NULL && !g_str_equal (alignment, "nal")))
    return CODEC_OTHER;
  if (gst_structure_has_name (structure, "video/x-h264"))
    return CODEC_H264;
  return gst_structure_has_name (structure, "video/x-h265") ? CODEC_H265 : CODEC_OTHER;
}

static void
take_caps (Claim *self, GstPadProbeInfo *info)
{
  GstCaps *caps;

  gst_event_parse_caps (GST_PAD_PROBE_INFO_EVENT (info), &caps);
  self->codec = self->wrong ? CODEC_OTHER : find_codec (gst_caps_get_structure (caps, 0));
  if (self->codec == CODEC_OTHER)
    return;
  gst_caps_replace (&self->given, caps);
  caps = gst_caps_copy (caps);
  gst_caps_set_simple (caps, "alignment", G_TYPE_STRING, "au", NULL);
  gst_event_unref (GST_PAD_PROBE_INFO_EVENT (info));
  GST_PAD_PROBE_INFO_DATA (info) = gst_event_new_caps (caps);
  gst_caps_unref (caps);
}

/* A slice, and whether it is the first of its picture: first_mb_in_slice is 0 (H.264, 7.3.3), or
 * first_slice_segment_in_pic_flag is set (H.265, 7.3.6.1). */
static gboolean
is_slice (Codec codec, const LecNal *nal, gboolean *is_first)
{
  const gsize header = codec == CODEC_H264 ? 1 : 2;
  const guint type
      = codec == CODEC_H264 ? nal->bytes[0] & 0x1fu : (guint) (nal->bytes[0] >> 1) & 0x3fu;

  *is_first = nal->length > header && (nal->bytes[header] & 0x80) != 0;
  if (codec == CODEC_H264)
    return type == 1 || type == 2 || type == 5;
  return type < 32;
}

/* One picture from its first slice on. */
static gboolean
is_whole (Codec codec, const guint8 *bytes, gsize length)
{
  LecNalCursor cursor = lec_nal_cursor_init (bytes, length, 0);
  guint n_slices = 0, n_pictures = 0;
  LecNal nal;

  while (lec_nal_cursor_next (&cursor, &nal)) {
    gboolean is_first;

    if (!is_slice (codec, &nal, &is_first))
      continue;
    if (n_slices == 0 && !is_first)
      return FALSE;
    n_slices++;
    n_pictures += is_first;
  }
  return n_pictures == 1;
}

static gboolean
is_as_claimed (const Claim *self, GstBuffer *buffer)
{
  GstMapInfo map;
  gboolean is;

  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return TRUE;
  is = is_whole (self->codec, map.data, map.size);
  gst_buffer_unmap (buffer, &map);
  return is;
}

/* The parser looks for itself from now on. */
static void
withdraw (Claim *self, GstPad *pad)
{
  self->wrong = TRUE;
  self->codec = CODEC_OTHER;
  gst_pad_send_event (pad, gst_event_new_caps (self->given));
}

static GstPadProbeReturn
data_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Claim *self = data;

  if (info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM) {
    if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_CAPS)
      take_caps (self, info);
  } else if (self->codec != CODEC_OTHER
             && !is_as_claimed (self, GST_PAD_PROBE_INFO_BUFFER (info))) {
    withdraw (self, pad);
  }
  return GST_PAD_PROBE_OK;
}

void
lec_whole_units_claim (GstPad *pad)
{
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, data_cb,
                     g_new0 (Claim, 1), claim_free);
}
