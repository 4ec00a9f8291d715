/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/image-facts.h"

#include <string.h>

typedef struct
{
  const guint8 *bytes;
  gsize size;
} Bytes;

static gboolean
has (Bytes in, gsize at, const char *text)
{
  const gsize length = strlen (text);

  return at <= in.size && in.size - at >= length && memcmp (in.bytes + at, text, length) == 0;
}

/* 0 where they are not there. */
static guint32
read_be (Bytes in, gsize at, guint count)
{
  guint32 number = 0;

  if (at > in.size || in.size - at < count)
    return 0;
  for (guint i = 0; i < count; i++)
    number = number << 8 | in.bytes[at + i];
  return number;
}

static guint32
read_le (Bytes in, gsize at, guint count)
{
  guint32 number = 0;

  if (at > in.size || in.size - at < count)
    return 0;
  for (guint i = count; i > 0; i--)
    number = number << 8 | in.bytes[at + i - 1];
  return number;
}

/* ---- types ---- */

static gboolean
read_png (Bytes in, guint64 *width, guint64 *height)
{
  *width = read_be (in, 16, 4);
  *height = read_be (in, 20, 4);
  return has (in, 0, "\x89PNG\r\n\x1a\n") && has (in, 12, "IHDR");
}

static gboolean
read_gif (Bytes in, guint64 *width, guint64 *height)
{
  *width = read_le (in, 6, 2);
  *height = read_le (in, 8, 2);
  return has (in, 0, "GIF87a") || has (in, 0, "GIF89a");
}

/* One that stands on its head has a negative height. */
static gboolean
read_bmp (Bytes in, guint64 *width, guint64 *height)
{
  const gboolean is_old = read_le (in, 14, 4) == 12;
  const gint32 lines = (gint32) read_le (in, 22, 4);

  *width = is_old ? read_le (in, 18, 2) : read_le (in, 18, 4);
  *height = is_old ? read_le (in, 20, 2) : (guint64) ABS ((gint64) lines);
  return has (in, 0, "BM");
}

/* Lossy, lossless, or a container of either with a size of its own. */
static gboolean
read_webp (Bytes in, guint64 *width, guint64 *height)
{
  const guint32 bits = read_le (in, 21, 4);

  if (!has (in, 0, "RIFF") || !has (in, 8, "WEBP"))
    return FALSE;
  if (has (in, 12, "VP8 ")) {
    *width = read_le (in, 26, 2) & 0x3fff;
    *height = read_le (in, 28, 2) & 0x3fff;
  } else if (has (in, 12, "VP8L")) {
    *width = (bits & 0x3fff) + 1;
    *height = (bits >> 14 & 0x3fff) + 1;
  } else if (has (in, 12, "VP8X")) {
    *width = read_le (in, 24, 3) + 1;
    *height = read_le (in, 27, 3) + 1;
  }
  return TRUE;
}

static gboolean
begins_frame (guint8 marker)
{
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/* The size stands in the frame header, behind tables and comments of any length (ITU-T T.81,
 * B.2). */
static gboolean
read_jpeg (Bytes in, guint64 *width, guint64 *height)
{
  gsize at = 2;

  if (!has (in, 0, "\xff\xd8\xff"))
    return FALSE;
  while (at < in.size && in.size - at >= 4 && in.bytes[at] == 0xff) {
    const guint8 marker = in.bytes[at + 1];

    if (marker == 0xff) {
      at++; /* filling */
      continue;
    }
    if (begins_frame (marker)) {
      *height = read_be (in, at + 5, 2);
      *width = read_be (in, at + 7, 2);
      return TRUE;
    }
    at += 2 + MAX (2, read_be (in, at + 2, 2));
  }
  return FALSE;
}

gboolean
lec_image_facts_read (const guint8 *bytes, gsize size, LecImageFacts *facts)
{
  static const struct
  {
    const char *type;
    gboolean (*read) (Bytes in, guint64 *width, guint64 *height);
  } types[] = {
    { "png", read_png },   { "jpeg", read_jpeg }, { "gif", read_gif },
    { "webp", read_webp }, { "bmp", read_bmp },
  };
  const Bytes in = { bytes, size };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    guint64 width = 0, height = 0;

    if (!types[i].read (in, &width, &height))
      continue;
    if (width == 0 || height == 0 || width > LEC_IMAGE_SIDE_MAX || height > LEC_IMAGE_SIDE_MAX
        || width * height > LEC_IMAGE_PIXELS_MAX)
      return FALSE;
    *facts = (LecImageFacts){ types[i].type, (guint) width, (guint) height };
    return TRUE;
  }
  return FALSE;
}
