/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/mpeg-sound.h"

#define FRAMES 3
#define ADTS_HEADER 7 /* [bytes] */

/* In the order of the two bits that say it; 0: reserved. */
static const guint rates[4] = { 44100, 48000, 32000, 0 };
static const guint layers[4] = { 0, 3, 2, 1 };

/* [kbit/s] in the order of the four bits that say it; 0: not said, or no frame */
static const guint bits_1[3][16] = {
  { 0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448, 0 },
  { 0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 0 },
  { 0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0 },
};
static const guint bits_2[3][16] = {
  { 0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256, 0 },
  { 0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0 },
  { 0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0 },
};

/* Returns: [bytes] of the frame of MPEG-1, 2 or 2.5 at @bytes; 0: there is none */
static gsize
measure_mpeg (const guint8 *bytes)
{
  const guint version = bytes[1] >> 3 & 3; /* 3: MPEG-1, 2: MPEG-2, 0: the one called 2.5 */
  const guint layer = layers[bytes[1] >> 1 & 3];
  const guint shift = version == 3 ? 0 : version == 2 ? 1 : 2;
  const guint rate = rates[bytes[2] >> 2 & 3] >> shift;
  const guint padding = bytes[2] >> 1 & 1;
  guint bits;

  if (version == 1 || layer == 0 || rate == 0)
    return 0;
  bits = (version == 3 ? bits_1 : bits_2)[layer - 1][bytes[2] >> 4] * 1000;
  if (bits == 0)
    return 0;
  if (layer == 1)
    return (12 * bits / rate + padding) * 4;
  return (layer == 3 && version != 3 ? 72 : 144) * bits / rate + padding;
}

static gsize
measure_adts (const guint8 *bytes)
{
  const gsize size = (gsize) (bytes[3] & 3) << 11 | (gsize) bytes[4] << 3 | bytes[5] >> 5;

  return size > ADTS_HEADER && (bytes[2] >> 2 & 15) < 13 ? size : 0;
}

static gsize
measure (const guint8 *bytes, gsize length)
{
  if (length < ADTS_HEADER || bytes[0] != 0xff)
    return 0;
  if ((bytes[1] & 0xf6) == 0xf0)
    return measure_adts (bytes);
  return (bytes[1] & 0xe0) == 0xe0 ? measure_mpeg (bytes) : 0;
}

gboolean
lec_mpeg_sound_is_there (const guint8 *bytes, gsize length)
{
  for (gsize start = 0; start < MIN (length, LEC_MPEG_SOUND_ENOUGH); start++) {
    gsize at = start, size;
    guint n = 0;

    while (n < FRAMES && at < length && (size = measure (bytes + at, length - at)) > 0) {
      at += size;
      n++;
    }
    if (n == FRAMES)
      return TRUE;
  }
  return FALSE;
}
