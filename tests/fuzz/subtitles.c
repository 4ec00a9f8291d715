/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* DVB subtitles and teletext: the first byte says which. Pieces of input become segments, or rows
 * of teletext, so that more than their beginning is met. */
#include <string.h>

#include "wire/dvb-subtitles.h"
#include "wire/teletext.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
fuzz_bitmaps (const guint8 *data, gsize size)
{
  g_autoptr (LecDvbSubtitles) subtitles = lec_dvb_subtitles_new ();
  g_autoptr (GByteArray) pes = g_byte_array_append (g_byte_array_new (), (const guint8 *) " \0", 2);
  LecDvbPicture picture;

  lec_dvb_subtitles_feed (subtitles, data, size, 1, 1);
  while (size >= 2) {
    const guint length = (guint) MIN (data[1], size - 2);
    const guint8 head[6] = { 0x0F, 0x10 + data[0] % 6, 0, 1, 0, (guint8) length };

    g_byte_array_append (pes, head, sizeof head);
    g_byte_array_append (pes, data + 2, length);
    data += length + 2;
    size -= length + 2;
  }
  lec_dvb_subtitles_feed (subtitles, pes->data, pes->len, 1, 1);
  lec_dvb_subtitles_draw (subtitles, &picture);
  if (picture.width > 0) {
    g_assert_cmpuint (picture.x + picture.width, <=, picture.display_width);
    g_assert_cmpuint (picture.y + picture.height, <=, picture.display_height);
  }
  lec_dvb_picture_clear (&picture);
}

static void
fuzz_teletext (const guint8 *data, gsize size)
{
  g_autoptr (GByteArray) pes
      = g_byte_array_append (g_byte_array_new (), (const guint8 *) "\x10", 1);
  char text[LEC_TELETEXT_TEXT];
  LecTeletext teletext;

  lec_teletext_init (&teletext, 0x888);
  for (; size >= 42; data += 42, size -= 42) {
    g_byte_array_append (pes, (const guint8 *) "\x03\x2C\x07\xE4", 4);
    g_byte_array_append (pes, data, 42);
  }
  lec_teletext_feed (&teletext, pes->data, pes->len);
  teletext.is_open = TRUE;
  lec_teletext_feed (&teletext, pes->data, pes->len);
  lec_teletext_print (&teletext, text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (strlen (text), <, LEC_TELETEXT_TEXT);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  if (size > 0 && data[0] % 2 == 0)
    fuzz_bitmaps (data + 1, size - 1);
  else if (size > 0)
    fuzz_teletext (data + 1, size - 1);
  return 0;
}
