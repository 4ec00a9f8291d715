/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/sound-fade.h"

#include "play/sound-samples.h"

struct _LecSoundFade
{
  int is_heard;  /* atomic */
  GstCaps *caps; /* (nullable) (owned): @info is of */
  GstAudioInfo info;
  float gain; /* of the frame that passed last; 0 to 1 */
};

static void
fade_free (gpointer data)
{
  LecSoundFade *self = data;

  gst_clear_caps (&self->caps);
  g_free (self);
}

/* Returns: whether it is raw sound */
static gboolean
take_caps (LecSoundFade *self, GstPad *pad)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);

  if (caps != NULL && caps != self->caps) {
    gst_caps_replace (&self->caps, caps);
    if (!gst_audio_info_from_caps (&self->info, caps))
      gst_audio_info_init (&self->info);
  }
  return GST_AUDIO_INFO_RATE (&self->info) > 0;
}

/* Half a cosine: what it multiplies has no edge at either end of the fade. */
static float
shape (float gain)
{
  return 0.5f - 0.5f * cosf ((float) G_PI * gain);
}

/* Returns: the gain that it ends with */
static float
fade (const GstAudioInfo *info, const GstMapInfo *map, float gain, float wanted)
{
  const gsize channels = (gsize) GST_AUDIO_INFO_CHANNELS (info);
  const gsize frames = map->size / (gsize) GST_AUDIO_INFO_BPF (info);
  const float step
      = (float) G_USEC_PER_SEC / ((float) LEC_SOUND_FADE_US * (float) GST_AUDIO_INFO_RATE (info));

  for (gsize i = 0; i < frames && (gain < 1 || wanted < 1); i++) {
    gain = wanted > gain ? MIN (gain + step, wanted) : MAX (gain - step, wanted);
    for (gsize j = i * channels; j < (i + 1) * channels; j++)
      lec_sound_samples_put (info, map->data, j,
                             shape (gain) * lec_sound_samples_get (info, map->data, j));
  }
  return gain;
}

static GstPadProbeReturn
buffer_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  LecSoundFade *self = data;
  const float wanted = g_atomic_int_get (&self->is_heard) ? 1 : 0;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  GstMapInfo map;

  if ((self->gain == 1 && wanted == 1) || !take_caps (self, pad))
    return GST_PAD_PROBE_OK;
  if (!lec_sound_samples_are_known (&self->info))
    self->gain = wanted;
  if (self->gain == 1 && wanted == 1)
    return GST_PAD_PROBE_OK;
  buffer = gst_buffer_make_writable (buffer);
  GST_PAD_PROBE_INFO_DATA (info) = buffer;
  if (!gst_buffer_map (buffer, &map, GST_MAP_READWRITE))
    return GST_PAD_PROBE_OK;
  if (self->gain == wanted)
    gst_audio_format_info_fill_silence (self->info.finfo, map.data, map.size);
  else
    self->gain = fade (&self->info, &map, self->gain, wanted);
  gst_buffer_unmap (buffer, &map);
  return GST_PAD_PROBE_OK;
}

/* What begins anew begins from silence. */
static GstPadProbeReturn
event_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_STREAM_START)
    ((LecSoundFade *) data)->gain = 0;
  return GST_PAD_PROBE_OK;
}

LecSoundFade *
lec_sound_fade_attach (GstPad *pad)
{
  LecSoundFade *self = g_new0 (LecSoundFade, 1);

  self->is_heard = TRUE;
  gst_audio_info_init (&self->info);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, event_cb, self, NULL);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, buffer_cb, self, fade_free);
  return self;
}

void
lec_sound_fade_set_heard (LecSoundFade *self, gboolean is_heard)
{
  g_atomic_int_set (&self->is_heard, is_heard);
}
