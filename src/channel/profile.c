/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "channel/profile.h"

static const LecProfileEntry entries[] = {
  { 0, LEC_MEDIA_AUDIO, "PCMU", 8000, 1 },
  { 3, LEC_MEDIA_AUDIO, "GSM", 8000, 1 },
  { 4, LEC_MEDIA_AUDIO, "G723", 8000, 1 },
  { 5, LEC_MEDIA_AUDIO, "DVI4", 8000, 1 },
  { 6, LEC_MEDIA_AUDIO, "DVI4", 16000, 1 },
  { 7, LEC_MEDIA_AUDIO, "LPC", 8000, 1 },
  { 8, LEC_MEDIA_AUDIO, "PCMA", 8000, 1 },
  { 9, LEC_MEDIA_AUDIO, "G722", 8000, 1 }, /* 8000 by a mistake that was kept: section 4.5.2 */
  { 10, LEC_MEDIA_AUDIO, "L16", 44100, 2 },
  { 11, LEC_MEDIA_AUDIO, "L16", 44100, 1 },
  { 12, LEC_MEDIA_AUDIO, "QCELP", 8000, 1 },
  { 13, LEC_MEDIA_AUDIO, "CN", 8000, 1 },
  { 14, LEC_MEDIA_AUDIO, "MPA", 90000, 0 }, /* the stream itself tells its channels */
  { 15, LEC_MEDIA_AUDIO, "G728", 8000, 1 },
  { 16, LEC_MEDIA_AUDIO, "DVI4", 11025, 1 },
  { 17, LEC_MEDIA_AUDIO, "DVI4", 22050, 1 },
  { 18, LEC_MEDIA_AUDIO, "G729", 8000, 1 },
  { 25, LEC_MEDIA_VIDEO, "CelB", 90000, 0 },
  { 26, LEC_MEDIA_VIDEO, "JPEG", 90000, 0 },
  { 28, LEC_MEDIA_VIDEO, "nv", 90000, 0 },
  { 31, LEC_MEDIA_VIDEO, "H261", 90000, 0 },
  { 32, LEC_MEDIA_VIDEO, "MPV", 90000, 0 },
  { 33, LEC_MEDIA_VIDEO, "MP2T", 90000, 0 },
  { 34, LEC_MEDIA_VIDEO, "H263", 90000, 0 },
};

const LecProfileEntry *
lec_profile_lookup (guint payload)
{
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++) {
    if (entries[i].payload == payload)
      return &entries[i];
  }
  return NULL;
}
