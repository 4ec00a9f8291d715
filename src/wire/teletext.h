/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Teletext subtitles (EN 300 706, carried as EN 300 472 says): PES packets in, what is to be read
 * out.
 *
 * One page, of 24 rows of 40 characters. Which character set is meant is taken from packets X/28
 * and M/29, the language and the header; packets X/26 put letters in the place of others. Colours
 * and the place on the picture are left out: what is said is kept. What is sent as it stands on the
 * screen, from left to right, is given in the order in which it is read. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_TELETEXT_ROWS 25 /* the header's is the first */
#define LEC_TELETEXT_COLUMNS 40
#define LEC_TELETEXT_TEXT                                                                          \
  (LEC_TELETEXT_ROWS * (LEC_TELETEXT_COLUMNS * 3 + 4) + 1) /* [bytes] of UTF-8 */

typedef struct
{
  guint page;                           /* that is wanted, as a viewer writes it: 0x888 */
  gboolean is_open;                     /* what comes in its magazine is of it */
  gboolean is_boxed;                    /* only what is in a box is seen: newsflash or subtitles */
  guint option;                         /* national option: C12 to C14 */
  guint region;                         /* of the language, see wire/teletext-letters.h */
  guint8 page_set, page_second;         /* designations of X/28; 0x7F: not said */
  guint8 magazine_set, magazine_second; /* of M/29; likewise */
  guint8 cells[LEC_TELETEXT_ROWS][LEC_TELETEXT_COLUMNS];      /* below 0x20: an attribute */
  gunichar2 letters[LEC_TELETEXT_ROWS][LEC_TELETEXT_COLUMNS]; /* of X/26, over those; 0: none */
} LecTeletext;

void lec_teletext_init (LecTeletext *self, guint page);

/* @language: (nullable): of the page, ISO 639-2, as it is announced */
void lec_teletext_set_language (LecTeletext *self, const char *language);

/**
 * lec_teletext_feed:
 * @data: PES_data_field() of one packet (EN 300 472, section 4.3)
 * @size: [bytes] of it
 *
 * Returns: whether what is to be read may have changed
 */
gboolean lec_teletext_feed (LecTeletext *self, const guint8 *data, gsize size);

/* Writes what is to be read into @text, lines without blanks around them; "": nothing. */
void lec_teletext_print (const LecTeletext *self, char text[LEC_TELETEXT_TEXT]);

G_END_DECLS
