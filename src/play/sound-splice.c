/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/sound-splice.h"

#include <string.h>

#include "play/sound-samples.h"

#define NOTICED (10 * GST_MSECOND) /* less of an overlap is left to the sink... */
#define MENDED (4 * GST_MSECOND)   /* ...and so much, once it is being made less */
#define MOST (150 * GST_MSECOND)   /* more is another time line */
#define FADE_US 4000
#define CUT_MIN_US 2500 /* the period of a high voice */
#define CUT_MAX_US 20000
#define STEP_US 50 /* between places that are tried, and samples that are compared */

typedef struct
{
  GstCaps *caps; /* (nullable) (owned) */
  GstAudioInfo info;
  GstClockTime end; /* of what went out last; GST_CLOCK_TIME_NONE: nothing has */
  gboolean splicing;
} Splice;

static void
splice_free (gpointer data)
{
  Splice *self = data;

  gst_clear_caps (&self->caps);
  g_free (self);
}

static gboolean
take_caps (Splice *self, GstPad *pad)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);

  if (caps == NULL)
    return FALSE;
  if (caps != self->caps) {
    gst_caps_replace (&self->caps, caps);
    self->end = GST_CLOCK_TIME_NONE;
    if (!gst_audio_info_from_caps (&self->info, caps))
      gst_audio_info_init (&self->info);
  }
  return GST_AUDIO_INFO_RATE (&self->info) > 0 && lec_sound_samples_are_known (&self->info);
}

static gsize
frames_in (const GstAudioInfo *info, guint64 us)
{
  return (gsize) (us * (guint64) GST_AUDIO_INFO_RATE (info) / G_USEC_PER_SEC);
}

/* How much the beginning resembles what is @cut frames later; 1: as one is to itself. Silence does
 * completely. */
static float
resemblance (const GstAudioInfo *info, const guint8 *samples, gsize cut, gsize fade)
{
  const gsize channels = (gsize) GST_AUDIO_INFO_CHANNELS (info);
  const gsize step = MAX (frames_in (info, STEP_US), 1);
  float both = 0, first = 1e-6f, second = 1e-6f;

  for (gsize i = 0; i < fade; i += step) {
    const float a = lec_sound_samples_get (info, samples, i * channels);
    const float b = lec_sound_samples_get (info, samples, (i + cut) * channels);

    both += a * b;
    first += a * a;
    second += b * b;
  }
  return (both + 1e-6f) / sqrtf (first * second);
}

static gsize
find_cut (const GstAudioInfo *info, const guint8 *samples, gsize least, gsize most, gsize fade)
{
  const gsize step = MAX (frames_in (info, STEP_US), 1);
  float best = -2;
  gsize cut = 0;

  for (gsize i = least; i <= most; i += step) {
    const float found = resemblance (info, samples, i, fade);

    if (found >= best) {
      best = found;
      cut = i;
    }
  }
  return cut;
}

/* Takes @cut frames out of the beginning. */
static void
splice (const GstAudioInfo *info, guint8 *samples, gsize frames, gsize cut, gsize fade)
{
  const gsize channels = (gsize) GST_AUDIO_INFO_CHANNELS (info);

  for (gsize i = 0; i < fade * channels; i++) {
    const float share = (float) (i / channels) / (float) fade;
    const float before = lec_sound_samples_get (info, samples, i);
    const float after = lec_sound_samples_get (info, samples, i + cut * channels);

    lec_sound_samples_put (info, samples, i, before + share * (after - before));
  }
  memmove (samples + fade * (gsize) GST_AUDIO_INFO_BPF (info),
           samples + (fade + cut) * (gsize) GST_AUDIO_INFO_BPF (info),
           (frames - fade - cut) * (gsize) GST_AUDIO_INFO_BPF (info));
}

/* Returns: how many frames were taken out; 0: it is too short for that */
static gsize
shorten (const GstAudioInfo *info, GstBuffer *buffer, GstClockTime overlap)
{
  const gsize fade = frames_in (info, FADE_US), least = frames_in (info, CUT_MIN_US);
  gsize most = frames_in (info, MIN (overlap / GST_USECOND, CUT_MAX_US));
  GstMapInfo map;
  gsize frames, cut;

  if (!gst_buffer_map (buffer, &map, GST_MAP_READWRITE))
    return 0;
  frames = map.size / (gsize) GST_AUDIO_INFO_BPF (info);
  most = MIN (most, frames > 2 * fade ? frames - 2 * fade : 0);
  cut = most >= least ? find_cut (info, map.data, least, most, fade) : 0;
  if (cut > 0)
    splice (info, map.data, frames, cut, fade);
  gst_buffer_unmap (buffer, &map);
  if (cut > 0)
    gst_buffer_set_size (buffer, (gssize) ((frames - cut) * (gsize) GST_AUDIO_INFO_BPF (info)));
  return cut;
}

static GstClockTime
get_length (const Splice *self, GstBuffer *buffer)
{
  return gst_util_uint64_scale (gst_buffer_get_size (buffer)
                                    / (gsize) GST_AUDIO_INFO_BPF (&self->info),
                                GST_SECOND, (guint64) GST_AUDIO_INFO_RATE (&self->info));
}

/* Sound with an overlap that is being made less goes on where what was before has ended. */
static GstBuffer *
mend (Splice *self, GstBuffer *buffer, GstClockTime overlap)
{
  self->splicing = overlap >= (self->splicing ? MENDED : NOTICED);
  if (self->splicing) {
    buffer = gst_buffer_make_writable (buffer);
    if (shorten (&self->info, buffer, overlap) > 0)
      GST_BUFFER_DURATION (buffer) = get_length (self, buffer);
    GST_BUFFER_PTS (buffer) = self->end;
  }
  return buffer;
}

static GstPadProbeReturn
buffer_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Splice *self = data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  GstClockTimeDiff overlap = 0;

  if (!GST_BUFFER_PTS_IS_VALID (buffer) || !take_caps (self, pad))
    return GST_PAD_PROBE_OK;
  if (GST_CLOCK_TIME_IS_VALID (self->end) && !GST_BUFFER_IS_DISCONT (buffer))
    overlap = GST_CLOCK_DIFF (GST_BUFFER_PTS (buffer), self->end);
  if (overlap > 0 && overlap < (GstClockTimeDiff) MOST)
    buffer = mend (self, buffer, (GstClockTime) overlap);
  else
    self->end = GST_BUFFER_PTS (buffer);
  self->end += get_length (self, buffer);
  GST_PAD_PROBE_INFO_DATA (info) = buffer;
  return GST_PAD_PROBE_OK;
}

void
lec_sound_splice_attach (GstPad *pad)
{
  Splice *self = g_new0 (Splice, 1);

  self->end = GST_CLOCK_TIME_NONE;
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, buffer_cb, self, splice_free);
}
