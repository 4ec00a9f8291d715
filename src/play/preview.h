/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Shows single pictures of a channel that is joined ahead, small: its key frames, decoded one by
 * one. It joins nothing itself.
 *
 * Lives on the thread that made it, and decodes on one of its own. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _GstElement GstElement;
typedef struct _GstSample GstSample;

#define LEC_PREVIEW_HEIGHT 180 /* lines; not more of a picture is kept */

typedef struct _LecPreview LecPreview;

/* @sink: (transfer floating): a video sink */
LecPreview *lec_preview_new (GstElement *sink) G_GNUC_WARN_UNUSED_RESULT;
void lec_preview_free (LecPreview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecPreview, lec_preview_free)

/* @picture: as of lec_pipeline_dup_key_picture(). Where it is the one that was shown last, or of a
 * kind that nothing here decodes, nothing happens. */
void lec_preview_show (LecPreview *self, GstSample *picture);

/* There is nothing to see any more. */
void lec_preview_clear (LecPreview *self);

G_END_DECLS
