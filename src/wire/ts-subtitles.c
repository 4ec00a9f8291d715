/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/ts-subtitles.h"

#include "wire/reader.h"
#include "wire/ts-codec.h"

/* teletext_type (table 94) */
#define PAGE_SUBTITLES 0x02
#define PAGE_SUBTITLES_HARD_OF_HEARING 0x05

static void
read_language (LecReader *reader, char language[4])
{
  const guint8 *bytes = lec_reader_bytes (reader, 3);

  for (guint i = 0; i < 4; i++)
    language[i] = '\0';
  if (bytes == NULL || !g_ascii_isalpha (bytes[0]) || !g_ascii_isalpha (bytes[1])
      || !g_ascii_isalpha (bytes[2]))
    return;
  for (guint i = 0; i < 3; i++)
    language[i] = g_ascii_tolower ((char) bytes[i]);
}

/* | language 24 | subtitling_type 8 | composition page 16 | ancillary page 16 | ... | */
static gboolean
read_bitmaps (LecReader *reader, LecTsSubtitles *subtitles)
{
  guint8 type;

  read_language (reader, subtitles->language);
  type = lec_reader_u8 (reader);
  subtitles->page = lec_reader_u16 (reader);
  subtitles->ancillary = lec_reader_u16 (reader);
  subtitles->is_teletext = FALSE;
  subtitles->is_hard_of_hearing = (type & 0xF0) == 0x20; /* component_type of table 26 */
  return TRUE;
}

/* | language 24 | teletext_type 5 | magazine 3 | page 8 | ... | */
static gboolean
read_page (LecReader *reader, LecTsSubtitles *subtitles)
{
  guint8 type;
  guint magazine;

  read_language (reader, subtitles->language);
  type = lec_reader_u8 (reader);
  magazine = (type & 7) != 0 ? type & 7 : 8;
  subtitles->page = magazine << 8 | lec_reader_u8 (reader);
  subtitles->ancillary = 0;
  subtitles->is_teletext = TRUE;
  subtitles->is_hard_of_hearing = type >> 3 == PAGE_SUBTITLES_HARD_OF_HEARING;
  return type >> 3 == PAGE_SUBTITLES || type >> 3 == PAGE_SUBTITLES_HARD_OF_HEARING;
}

guint
lec_ts_subtitles_list (const guint8 *descriptors,
                       guint length,
                       LecTsSubtitles *subtitles,
                       guint max)
{
  static const struct
  {
    guint tag;
    gboolean (*read) (LecReader *reader, LecTsSubtitles *subtitles);
  } kinds[] = { { LEC_TS_SUBTITLING, read_bitmaps }, { LEC_TS_TELETEXT, read_page } };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    guint size = 0;
    const guint8 *body = lec_ts_descriptor_find (descriptors, length, kinds[i].tag, &size);
    LecReader reader = lec_reader_init (body, body != NULL ? size : 0);

    while (reader.left > 0 && n < max) {
      LecTsSubtitles read = { 0 };
      const gboolean is_one = kinds[i].read (&reader, &read);

      if (reader.failed)
        break;
      if (is_one)
        subtitles[n++] = read;
    }
  }
  return n;
}
