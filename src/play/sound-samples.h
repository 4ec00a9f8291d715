/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Samples of sound as numbers, whatever format of those that are decoded and played they have. */
#pragma once

#include <gst/audio/audio.h>
#include <math.h>

G_BEGIN_DECLS

/* Returns: whether samples of @info can be read and written here: interleaved floats, or integers
 * of 16 or 32 bits, in this computer's byte order */
static inline gboolean
lec_sound_samples_are_known (const GstAudioInfo *info)
{
  const GstAudioFormat format = GST_AUDIO_INFO_FORMAT (info);

  return GST_AUDIO_INFO_LAYOUT (info) == GST_AUDIO_LAYOUT_INTERLEAVED
         && (format == GST_AUDIO_FORMAT_F32 || format == GST_AUDIO_FORMAT_S16
             || format == GST_AUDIO_FORMAT_S32);
}

/* @index: of the sample, not of the frame. Returns: -1.0 to 1.0 */
static inline float
lec_sound_samples_get (const GstAudioInfo *info, const guint8 *samples, gsize index)
{
  const GstAudioFormat format = GST_AUDIO_INFO_FORMAT (info);

  if (format == GST_AUDIO_FORMAT_F32)
    return ((const float *) samples)[index];
  if (format == GST_AUDIO_FORMAT_S32)
    return (float) ((const gint32 *) samples)[index] / 2147483648.0f;
  return (float) ((const gint16 *) samples)[index] / 32768.0f;
}

/* @value: -1.0 to 1.0 */
static inline void
lec_sound_samples_put (const GstAudioInfo *info, guint8 *samples, gsize index, float value)
{
  const GstAudioFormat format = GST_AUDIO_INFO_FORMAT (info);

  if (format == GST_AUDIO_FORMAT_F32)
    ((float *) samples)[index] = value;
  else if (format == GST_AUDIO_FORMAT_S32)
    ((gint32 *) samples)[index] = (gint32) lrint (CLAMP ((double) value, -1.0, 1.0) * 2147483647.0);
  else
    ((gint16 *) samples)[index] = (gint16) lrintf (CLAMP (value, -1.0f, 1.0f) * 32767.0f);
}

G_END_DECLS
