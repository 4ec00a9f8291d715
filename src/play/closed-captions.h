/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Captions that pictures carry in themselves (CEA-608): from decoded pictures to what is to be read
 * when they are seen.
 *
 * Made by the thread that pushes; asked and freed on the owner's thread. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct _LecClosedCaptions LecClosedCaptions;

/* @pad: pictures pass by it, and it is gone before this is freed */
LecClosedCaptions *lec_closed_captions_new (GstPad *pad) G_GNUC_WARN_UNUSED_RESULT;
void lec_closed_captions_free (LecClosedCaptions *self);

/**
 * lec_closed_captions_take:
 * @index: 0 to 3 for CC1 to CC4
 * @pipeline: whose time counts
 *
 * Returns: (transfer full) (nullable): what is to be read from now on, "" where that is nothing;
 *   NULL: nothing has changed
 */
char *lec_closed_captions_take (LecClosedCaptions *self, guint index, GstElement *pipeline);

G_END_DECLS
