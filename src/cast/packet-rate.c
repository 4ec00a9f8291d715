/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/packet-rate.h"

#define PACKET_BITS (8 * 1400.0) /* of one that is full */
#define SOUND_RATE 50            /* where no duration is known: 20 ms, as most have */
#define PICTURE_RATE 25          /* where the frame rate is not known */

static double
find_frame_rate (GstPad *coded)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (coded);
  int numerator = 0, denominator = 1;

  if (caps == NULL
      || !gst_structure_get_fraction (gst_caps_get_structure (caps, 0), "framerate", &numerator,
                                      &denominator)
      || numerator <= 0 || denominator <= 0)
    return PICTURE_RATE;
  return (double) numerator / denominator;
}

/* Returns: [bit/s]; 0: it is not known */
static guint
find_bitrate (GstPad *coded)
{
  g_autoptr (GstEvent) event = gst_pad_get_sticky_event (coded, GST_EVENT_TAG, 0);
  GstTagList *tags;
  guint bitrate = 0;

  if (event == NULL)
    return 0;
  gst_event_parse_tag (event, &tags);
  gst_tag_list_get_uint (tags, GST_TAG_BITRATE, &bitrate);
  return bitrate;
}

/* @field of the caps of RTP */
static gboolean
says (GstPad *pad, const char *field, const char *value)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);

  return caps != NULL
         && g_strcmp0 (gst_structure_get_string (gst_caps_get_structure (caps, 0), field), value)
                == 0;
}

/* The first packet of Opus is shorter by what its decoder skips (RFC 7845, section 4.2). */
static double
find_sound_rate (GstPad *pad, const GstBuffer *first)
{
  if (first == NULL || !GST_BUFFER_DURATION_IS_VALID (first) || GST_BUFFER_DURATION (first) == 0
      || says (pad, "encoding-name", "OPUS"))
    return SOUND_RATE;
  return (double) GST_SECOND / (double) GST_BUFFER_DURATION (first);
}

/* Returns: (transfer full) (nullable): by which the payloader is given what it packs */
static GstPad *
find_coded (GstPad *pad)
{
  g_autoptr (GstPad) inner
      = GST_IS_GHOST_PAD (pad) ? gst_ghost_pad_get_target (GST_GHOST_PAD (pad)) : NULL;
  g_autoptr (GstElement) payloader = gst_pad_get_parent_element (inner != NULL ? inner : pad);

  return payloader != NULL ? gst_element_get_static_pad (payloader, "sink") : NULL;
}

double
lec_packet_rate_estimate (GstPad *pad, const GstBuffer *first)
{
  g_autoptr (GstPad) coded = find_coded (pad);

  if (says (pad, "media", "audio"))
    return find_sound_rate (pad, first);
  if (coded == NULL)
    return PICTURE_RATE;
  return MAX (find_frame_rate (coded), find_bitrate (coded) / PACKET_BITS);
}
