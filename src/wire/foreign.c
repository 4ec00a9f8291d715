/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/foreign.h"

#include <string.h>

#define ADTS_HEADER 7

/* Audio frames follow on each other without a gap: the second header is what tells, or that one
 * fills a datagram. */
static gboolean
has_frames (const guint8 *bytes,
            gsize size,
            gboolean (*is_header) (const guint8 *bytes),
            gsize (*get_length) (const guint8 *bytes))
{
  for (gsize at = 0; at + ADTS_HEADER <= size; at++) {
    gsize next;

    if (!is_header (bytes + at))
      continue;
    next = at + get_length (bytes + at);
    if (at == 0 && next == size)
      return TRUE;
    if (next > at + ADTS_HEADER && next + ADTS_HEADER <= size && is_header (bytes + next)
        && bytes[next + 1] == bytes[at + 1])
      return TRUE;
  }
  return FALSE;
}

/* syncword, layer 00; a sampling frequency that is one */
static gboolean
is_adts (const guint8 *b)
{
  return b[0] == 0xff && (b[1] & 0xf6) == 0xf0 && (b[2] >> 2 & 0x0f) < 13;
}

static gsize
get_adts_length (const guint8 *b)
{
  return (gsize) ((b[3] & 3) << 11 | b[4] << 3 | b[5] >> 5);
}

/* MPEG-1, layer III or II, the frames that broadcasts have */
static gboolean
is_mpeg_audio (const guint8 *b)
{
  return b[0] == 0xff && ((b[1] & 0xfe) == 0xfa || (b[1] & 0xfe) == 0xfc) && b[2] >> 4 != 0
         && b[2] >> 4 != 15 && (b[2] >> 2 & 3) != 3;
}

static gsize
get_mpeg_audio_length (const guint8 *b)
{
  static const guint16 rates[2][16]
      = { { 0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0 },
          { 0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 0 } };
  static const guint frequencies[] = { 44100, 48000, 32000 };

  return 144000 * rates[(b[1] & 6) == 4][b[2] >> 4] / frequencies[b[2] >> 2 & 3] + (b[2] >> 1 & 1);
}

/* A start code is followed by what tells the formats apart: parameter sets and headers only, as
 * slices of one are anything of another. */
static LecForeign
recognise_start_code (const guint8 *b, gsize left)
{
  if (b[0] == 0xba && (b[1] >> 6 == 1 || b[1] >> 4 == 2))
    return LEC_FOREIGN_PROGRAM_STREAM;
  if (b[0] == 0xb3 && left > 4)
    return LEC_FOREIGN_MPEG_VIDEO;
  if ((b[0] == 0x40 || b[0] == 0x42 || b[0] == 0x44) && b[1] == 0x01)
    return LEC_FOREIGN_H265;
  if ((b[0] & 0x9f) == 0x07 && (b[0] & 0x60) != 0 && left > 4)
    return LEC_FOREIGN_H264;
  return LEC_FOREIGN_UNKNOWN;
}

static LecForeign
find_start_code (const guint8 *bytes, gsize size)
{
  static const guint8 code[3] = { 0, 0, 1 };
  const guint8 *end = bytes + size;

  for (const guint8 *at = bytes; end - at > 5; at++) {
    LecForeign found;

    at = memmem (at, (gsize) (end - at), code, sizeof code);
    if (at == NULL || end - at < 5)
      return LEC_FOREIGN_UNKNOWN;
    found = recognise_start_code (at + sizeof code, (gsize) (end - at) - sizeof code);
    if (found != LEC_FOREIGN_UNKNOWN)
      return found;
  }
  return LEC_FOREIGN_UNKNOWN;
}

static LecForeign
recognise (const guint8 *bytes, gsize size)
{
  static const guint8 ebml[4] = { 0x1a, 0x45, 0xdf, 0xa3 };

  if (size >= 4 && memcmp (bytes, "OggS", 4) == 0)
    return LEC_FOREIGN_OGG;
  if (size >= 4 && memcmp (bytes, ebml, 4) == 0)
    return LEC_FOREIGN_MATROSKA;
  if (size >= 4 && memcmp (bytes, "FLV\1", 4) == 0)
    return LEC_FOREIGN_FLV;
  if (has_frames (bytes, size, is_adts, get_adts_length))
    return LEC_FOREIGN_ADTS;
  if (has_frames (bytes, size, is_mpeg_audio, get_mpeg_audio_length))
    return LEC_FOREIGN_MPEG_AUDIO;
  return find_start_code (bytes, size);
}

static gboolean
carries_others (LecForeign foreign)
{
  return foreign == LEC_FOREIGN_PROGRAM_STREAM || foreign == LEC_FOREIGN_OGG
         || foreign == LEC_FOREIGN_MATROSKA || foreign == LEC_FOREIGN_FLV;
}

LecForeign
lec_foreign_recognise (LecForeign known, const guint8 *bytes, gsize size)
{
  LecForeign found;

  if (carries_others (known))
    return known;
  found = recognise (bytes, size);
  return known == LEC_FOREIGN_UNKNOWN || carries_others (found) ? found : known;
}
