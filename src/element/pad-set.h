/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* All pads of channelsrc, one for each stream, and what has become of what they push together: one
 * that nobody listens to is no error as long as another one is heard. Used by the element's state
 * changes, but for the queues. */
#pragma once

#include <gst/gst.h>

#include "channel/channel.h"
#include "element/pad-queue.h"
#include "element/timing.h"

G_BEGIN_DECLS

typedef struct _LecPadSet LecPadSet;

/* @element: must outlive the set; its object lock is taken */
LecPadSet *lec_pad_set_new (GstElement *element) G_GNUC_WARN_UNUSED_RESULT;
void lec_pad_set_free (LecPadSet *self);

/**
 * lec_pad_set_add:
 * @alternative: must outlive the pads
 * @title: of the channel
 * @timing: must outlive the pads
 *
 * Gives the element the pads of what it is to receive.
 */
void lec_pad_set_add (LecPadSet *self,
                      const LecAlternative *alternative,
                      const char *title,
                      LecTiming *timing);

/* Takes them from it, once they are stopped. */
void lec_pad_set_remove (LecPadSet *self);

/* Returns: (transfer none): what the pad of @stream reads, for the thread that writes to it */
LecPadQueue *lec_pad_set_get_queue (LecPadSet *self, guint stream);

/* As lec_channel_pad_start(), lec_channel_pad_pause() and lec_channel_pad_stop(). */
void lec_pad_set_start (LecPadSet *self);
void lec_pad_set_pause (LecPadSet *self);
void lec_pad_set_stop (LecPadSet *self);

G_END_DECLS
