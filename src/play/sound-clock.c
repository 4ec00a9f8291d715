/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/sound-clock.h"

#include <gst/audio/gstaudiobasesink.h>

/* GstAudioBaseSink 1.22 compares the two clocks from its first second on, when the card has not
 * found its pace, and believes four comparisons: a sink that resamples from the beginning computes
 * negative lengths and is stuck for seconds. So it begins as usual, and changes over when the pace
 * is even, with comparisons over many seconds. */
#define SETTLED (12 * GST_SECOND)
#define COMPARISONS 128 /* ten in a second */
#define COMPARISONS_LEAST 64

/* A sink that resamples corrects each buffer by a few samples. If it is further off than this, it
 * must jump at once: it cannot correct more than a buffer is long. */
#define FAR_OFF (5 * GST_MSECOND)

/* A sink has a fifth of a second of sound ahead of the card unless told, and the picture waits for
 * it. Half of that is enough but where a computer has ten times too much to do; with a fifth of it
 * sound breaks off long before. */
#define AHEAD_US G_GINT64_CONSTANT (100000)

typedef struct
{
  GstClockTime first; /* PTS */
} Settling;

static gboolean
follows_somebody (GstAudioBaseSink *sink, GstClock *clock)
{
  g_autoptr (GstClock) computer = gst_system_clock_obtain ();

  return clock != NULL && clock != sink->provided_clock && clock != computer;
}

static void
change_over (GstAudioBaseSink *sink)
{
  g_autoptr (GstClock) clock = gst_element_get_clock (GST_ELEMENT (sink));

  if (!follows_somebody (sink, clock))
    return;
  g_object_set (sink->provided_clock, "window-size", COMPARISONS, "window-threshold",
                COMPARISONS_LEAST, NULL);
  if (!gst_clock_set_master (sink->provided_clock, clock))
    return;
  g_object_set (sink, "slave-method", GST_AUDIO_BASE_SINK_SLAVE_RESAMPLE, "discont-wait",
                (guint64) 0, "alignment-threshold", (guint64) FAR_OFF, NULL);
}

/* On the thread that renders, so that it happens between two buffers. */
static GstPadProbeReturn
buffer_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Settling *settling = data;
  GstClockTime pts = GST_BUFFER_PTS (GST_PAD_PROBE_INFO_BUFFER (info));
  g_autoptr (GstElement) sink = NULL;

  if (!GST_CLOCK_TIME_IS_VALID (pts))
    return GST_PAD_PROBE_OK;
  if (!GST_CLOCK_TIME_IS_VALID (settling->first))
    settling->first = pts;
  if (pts < settling->first + SETTLED)
    return GST_PAD_PROBE_OK;
  sink = gst_pad_get_parent_element (pad);
  if (sink != NULL)
    change_over (GST_AUDIO_BASE_SINK (sink));
  return GST_PAD_PROBE_REMOVE;
}

void
lec_sound_clock_attach (GstElement *sink)
{
  g_autoptr (GstPad) pad = NULL;
  Settling *settling;

  if (!GST_IS_AUDIO_BASE_SINK (sink))
    return;
  g_object_set (sink, "buffer-time", AHEAD_US, "processing-deadline", (guint64) 0, NULL);
  settling = g_new (Settling, 1);
  settling->first = GST_CLOCK_TIME_NONE;
  pad = gst_element_get_static_pad (sink, "sink");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, buffer_cb, settling, g_free);
}
