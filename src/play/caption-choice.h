/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where the words that are read with a channel come from, and which of them the viewer wants. */
#pragma once

#include "play/caption-picture.h"

G_BEGIN_DECLS

#define LEC_N_CLOSED_CAPTIONS 4 /* CC1 to CC4 */

typedef enum {
  LEC_CAPTIONS_TYPED,  /* T.140 */
  LEC_CAPTIONS_SCRIPT, /* script commands */
  LEC_CAPTIONS_CLOSED, /* in the pictures themselves: CC1, and the other three behind it */
  LEC_CAPTIONS_SUBTITLES = LEC_CAPTIONS_CLOSED + LEC_N_CLOSED_CAPTIONS, /* those chosen */
  LEC_N_CAPTIONS,
  LEC_CAPTIONS_AUTOMATIC = LEC_N_CAPTIONS, /* of the first two, what there is */
  LEC_CAPTIONS_OFF,
} LecCaptionKind;

/* Subtitles of a transport stream are wanted by the PID that they have behind channelsrc (`out_pid`
 * of LecTsSubtitles) and their page. */
#define LEC_CAPTIONS_SUBTITLES_ID(pid, page)                                                       \
  (0x80000000u | ((pid) &0x1FFFu) << 16 | ((page) &0xFFFFu))
#define LEC_CAPTIONS_SUBTITLES_PID(id) ((id) >> 16 & 0x1FFFu)
#define LEC_CAPTIONS_ARE_SUBTITLES(wanted) (((wanted) &0x80000000u) != 0)

typedef struct
{
  char *texts[LEC_N_CAPTIONS]; /* (nullable) */
  LecCaptionPicture *picture;  /* (nullable): of subtitles */
  guint heard;                 /* a bit for each that has said something */
  guint wanted;                /* one of LecCaptionKind, or subtitles by their id */
} LecCaptionChoice;

/* @text: (nullable): "" is nothing either */
void lec_caption_choice_say (LecCaptionChoice *self, guint kind, const char *text);

/* @picture: (nullable): of the subtitles that are wanted */
void lec_caption_choice_show (LecCaptionChoice *self, LecCaptionPicture *picture);

/* Nothing is said any more, and nothing has been. The wish stays. */
void lec_caption_choice_clear (LecCaptionChoice *self);

/* Returns: (transfer none) (nullable): what is to be shown */
const char *lec_caption_choice_get (const LecCaptionChoice *self);

/* Returns: (transfer none) (nullable): what is to be shown as a picture */
LecCaptionPicture *lec_caption_choice_get_picture (const LecCaptionChoice *self);

G_END_DECLS
