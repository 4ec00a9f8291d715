/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Subtitles of a transport stream, DVB's and those of teletext: from what a demultiplexer gives to
 * what is to be read when it is time. Of all that there are, one is read: the one that is chosen.
 *
 * Made, asked and freed on the owner's thread, except lec_subtitles_add(). */
#pragma once

#include <gst/gst.h>

#include "play/caption-picture.h"
#include "report/report.h"

G_BEGIN_DECLS

typedef struct _LecSubtitles LecSubtitles;

/* Returns: whether @caps are those of subtitles */
gboolean lec_subtitles_takes (const GstCaps *caps);

/* @pipeline: it adds its sinks there */
LecSubtitles *lec_subtitles_new (GstBin *pipeline) G_GNUC_WARN_UNUSED_RESULT;

/* The pipeline must be in state NULL. */
void lec_subtitles_free (LecSubtitles *self);

/* @pad: gives subtitles; it, or what it is a ghost of, has the PID behind the last `_` of its name,
 * in hexadecimal. Any thread */
void lec_subtitles_add (LecSubtitles *self, GstPad *pad);

/* @id: as of LEC_CAPTIONS_SUBTITLES_ID(); 0: none. What was read of another is gone. */
void lec_subtitles_choose (LecSubtitles *self, guint id);

/* Returns: whether one is chosen */
gboolean lec_subtitles_is_chosen (LecSubtitles *self);

/* @report: (nullable): says which other page the one that is chosen is made of */
void lec_subtitles_describe (LecSubtitles *self, const LecReport *report);

/**
 * lec_subtitles_take:
 * @text: (out) (transfer full) (nullable): what is to be read from now on
 * @picture: (out) (transfer full) (nullable): likewise
 *
 * Returns: FALSE: nothing has changed, and neither is set
 */
gboolean lec_subtitles_take (LecSubtitles *self, char **text, LecCaptionPicture **picture);

G_END_DECLS
