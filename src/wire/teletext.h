/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Teletext subtitles (EN 300 706, carried as EN 300 472 says): PES packets in, what is to be read
 * out.
 *
 * One page, of 24 rows of 40 characters. Of the character sets those of Latin letters are known,
 * with their national options (table 36) and the letters that packets X/26 put in the place of
 * others. Colours and the place on the picture are left out: what is said is kept. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_TELETEXT_ROWS 25 /* the header's is the first */
#define LEC_TELETEXT_COLUMNS 40
#define LEC_TELETEXT_TEXT                                                                          \
  (LEC_TELETEXT_ROWS * (LEC_TELETEXT_COLUMNS * 3 + 1) + 1) /* [bytes] of UTF-8 */

typedef struct
{
  guint page;        /* that is wanted, as a viewer writes it: 0x888 */
  gboolean is_open;  /* what comes in its magazine is of it */
  gboolean is_boxed; /* only what is in a box is seen: newsflash or subtitles */
  guint option;      /* national option: C12 to C14 */
  gunichar2 cells[LEC_TELETEXT_ROWS][LEC_TELETEXT_COLUMNS];   /* below 0x20: an attribute */
  gunichar2 letters[LEC_TELETEXT_ROWS][LEC_TELETEXT_COLUMNS]; /* of X/26, over those; 0: none */
} LecTeletext;

void lec_teletext_init (LecTeletext *self, guint page);

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
