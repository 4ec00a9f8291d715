/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Line 21 captions (CEA-608, 47 CFR 15.119): pairs of bytes in, what is to be read out.
 *
 * One channel of the four: CC1 and CC2 of the first field, CC3 and CC4 of the second. Whatever
 * comes, it holds 15 lines of 32 characters twice, and no more. Colours, styles and the place on
 * the picture are left out: what is said is kept. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_CEA608_ROWS 15
#define LEC_CEA608_COLUMNS 32
#define LEC_CEA608_TEXT                                                                            \
  (LEC_CEA608_ROWS * (LEC_CEA608_COLUMNS * 3 + 1) + 1) /* [bytes] of UTF-8                         \
                                                        */

typedef struct
{
  guint16 cells[LEC_CEA608_ROWS][LEC_CEA608_COLUMNS]; /* of the BMP; 0: transparent */
} LecCea608Memory;

typedef enum {
  LEC_CEA608_NONE,     /* no mode has been said: nothing is taken */
  LEC_CEA608_POP_ON,   /* written unseen, and shown at once */
  LEC_CEA608_ROLL_UP,  /* written at the bottom, and moved up */
  LEC_CEA608_PAINT_ON, /* seen as it is written */
  LEC_CEA608_OTHER,    /* text mode, or another channel: nothing is taken */
} LecCea608Mode;

typedef struct
{
  LecCea608Memory shown;
  LecCea608Memory hidden; /* of pop-on */
  LecCea608Mode mode;
  guint row, column; /* of the next character */
  guint depth;       /* [rows] of roll-up */
  guint channel;     /* 0: CC1 */
  gboolean is_other; /* what follows is for the other channel of the field */
  gboolean is_xds;   /* what follows is of eXtended Data Services, which the second field has */
  guint8 last[2];    /* a control code, that is sent twice and counts once */
} LecCea608;

/* @channel: 0 to 3 for CC1 to CC4 */
void lec_cea608_init (LecCea608 *self, guint channel);

/**
 * lec_cea608_feed:
 * @first: with its parity bit
 * @second: likewise
 *
 * Two bytes of one field of a picture: of the field that the channel is in.
 *
 * Returns: whether what is shown may have changed
 */
gboolean lec_cea608_feed (LecCea608 *self, guint8 first, guint8 second);

/* Writes what is shown into @text, lines without blanks around them; "": nothing. */
void lec_cea608_print (const LecCea608 *self, char text[LEC_CEA608_TEXT]);

/**
 * lec_cea608_feed_cc_data:
 * @data: triples of cc_data() (CEA-708, 4.4), each of a field of line 21 or of DTVCC
 * @size: [bytes] of it
 *
 * What the channel's field has is taken, as of lec_cea608_feed(); DTVCC packets are left out.
 */
gboolean lec_cea608_feed_cc_data (LecCea608 *self, const guint8 *data, gsize size);

G_END_DECLS
