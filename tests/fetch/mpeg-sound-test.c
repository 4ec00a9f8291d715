/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/mpeg-sound.h"

#include <string.h>

#define ROOM 4096

/* Headers of frames, and how long these are. */
static const struct
{
  const char *name;
  guint8 header[7];
  gsize size; /* [bytes] */
} rows[] = {
  { "MPEG-1, layer 3, 128 kbit/s, 44.1 kHz", { 0xff, 0xfb, 0x90 }, 417 },
  { "the same, padded", { 0xff, 0xfb, 0x92 }, 418 },
  { "MPEG-1, layer 2, 192 kbit/s, 48 kHz", { 0xff, 0xfd, 0xa4 }, 576 },
  { "MPEG-1, layer 1, 32 kbit/s, 32 kHz", { 0xff, 0xff, 0x18 }, 48 },
  { "MPEG-2, layer 3, 64 kbit/s, 22.05 kHz", { 0xff, 0xf3, 0x80 }, 208 },
  { "MPEG-2.5, layer 3, 8 kbit/s, 8 kHz", { 0xff, 0xe3, 0x18 }, 72 },
  { "ADTS, 44.1 kHz", { 0xff, 0xf1, 0x50, 0x80, 0x19, 0x1f, 0xfc }, 200 },
};

static const struct
{
  const char *name;
  guint8 header[7];
} nothing[] = {
  { "reserved version", { 0xff, 0xeb, 0x90 } },
  { "no rate", { 0xff, 0xfb, 0x9c } },
  { "no bits", { 0xff, 0xfb, 0xf0 } },
  { "ADTS that is shorter than its header", { 0xff, 0xf1, 0x50, 0x80, 0, 0x9f, 0xfc } },
  { "ADTS of a reserved rate", { 0xff, 0xf1, 0x78, 0x80, 0x19, 0x1f, 0xfc } },
};

/* @frames of what a header is that of, behind @before bytes of something else */
static gsize
write_frames (guint8 *bytes, const guint8 *header, gsize size, guint frames, gsize before)
{
  memset (bytes, 0x55, ROOM);
  for (guint i = 0; i < frames; i++)
    memcpy (bytes + before + i * size, header, 7);
  return before + frames * size;
}

static void
test_frames (void)
{
  guint8 bytes[ROOM];

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    for (gsize before = 0; before <= 300; before += 75) {
      const gsize length = write_frames (bytes, rows[i].header, rows[i].size, 3, before);

      if (!lec_mpeg_sound_is_there (bytes, length))
        g_error ("%s: not found behind %u bytes", rows[i].name, (guint) before);
      if (lec_mpeg_sound_is_there (bytes, length - rows[i].size))
        g_error ("%s: two are enough", rows[i].name);
    }
    g_assert_false (lec_mpeg_sound_is_there (
        bytes, write_frames (bytes, rows[i].header, rows[i].size + 1, 3, 0)));
  }
}

static void
test_nothing (void)
{
  guint8 bytes[ROOM];

  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++) {
    for (gsize size = 7; size < 1000; size++) {
      if (lec_mpeg_sound_is_there (bytes, write_frames (bytes, nothing[i].header, size, 3, 0)))
        g_error ("%s", nothing[i].name);
    }
  }
  g_assert_false (lec_mpeg_sound_is_there (bytes, 0));
  memset (bytes, 0xff, sizeof bytes);
  g_assert_false (lec_mpeg_sound_is_there (bytes, sizeof bytes));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mpeg-sound/frames", test_frames);
  g_test_add_func ("/mpeg-sound/nothing", test_nothing);
  return g_test_run ();
}
