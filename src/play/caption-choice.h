/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where the words that are read with a channel come from, and which of them the viewer wants. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LEC_CAPTIONS_TYPED,  /* T.140 */
  LEC_CAPTIONS_SCRIPT, /* script commands */
  LEC_CAPTIONS_CLOSED, /* in the pictures themselves */
  LEC_N_CAPTIONS,
  LEC_CAPTIONS_AUTOMATIC = LEC_N_CAPTIONS, /* of the first two, what there is */
  LEC_CAPTIONS_OFF,
} LecCaptionKind;

typedef struct
{
  char *texts[LEC_N_CAPTIONS]; /* (nullable) */
  guint heard;                 /* a bit for each that has said something */
  guint wanted;                /* one of LecCaptionKind */
} LecCaptionChoice;

/* @text: (nullable): "" is nothing either */
void lec_caption_choice_say (LecCaptionChoice *self, guint kind, const char *text);

/* Nothing is said any more, and nothing has been. The wish stays. */
void lec_caption_choice_clear (LecCaptionChoice *self);

/* Returns: (transfer none) (nullable): what is to be shown */
const char *lec_caption_choice_get (const LecCaptionChoice *self);

G_END_DECLS
