/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/caption-choice.h"

void
lec_caption_choice_say (LecCaptionChoice *self, guint kind, const char *text)
{
  g_return_if_fail (kind < LEC_N_CAPTIONS);

  g_free (self->texts[kind]);
  self->texts[kind] = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
  if (self->texts[kind] != NULL)
    self->heard |= 1u << kind;
}

void
lec_caption_choice_show (LecCaptionChoice *self, LecCaptionPicture *picture)
{
  g_clear_pointer (&self->picture, lec_caption_picture_unref);
  if (picture != NULL)
    self->picture = lec_caption_picture_ref (picture);
}

void
lec_caption_choice_clear (LecCaptionChoice *self)
{
  g_clear_pointer (&self->picture, lec_caption_picture_unref);
  for (guint i = 0; i < LEC_N_CAPTIONS; i++)
    g_clear_pointer (&self->texts[i], g_free);
  self->heard = 0;
}

const char *
lec_caption_choice_get (const LecCaptionChoice *self)
{
  if (LEC_CAPTIONS_ARE_SUBTITLES (self->wanted))
    return self->texts[LEC_CAPTIONS_SUBTITLES];
  if (self->wanted < LEC_N_CAPTIONS)
    return self->texts[self->wanted];
  if (self->wanted == LEC_CAPTIONS_OFF)
    return NULL;
  return self->texts[LEC_CAPTIONS_TYPED] != NULL ? self->texts[LEC_CAPTIONS_TYPED]
                                                 : self->texts[LEC_CAPTIONS_SCRIPT];
}

LecCaptionPicture *
lec_caption_choice_get_picture (const LecCaptionChoice *self)
{
  return LEC_CAPTIONS_ARE_SUBTITLES (self->wanted) ? self->picture : NULL;
}
