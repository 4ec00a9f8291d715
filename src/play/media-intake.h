/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How much of a file has come by the pads of its media: whether there is enough to begin, or all.
 *
 * Told by the threads that push, asked by any. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct _LecMediaIntake LecMediaIntake;

typedef struct
{
  guint64 buffers, bytes; /* of all media, since the beginning */
  GstClockTime newest_ns; /* [running time] up to where something has come since the last seek */
  gboolean is_whole;      /* there are media, and all of them have come to their end */
} LecMediaIntakeFacts;

LecMediaIntake *lec_media_intake_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Nothing must push any more. */
void lec_media_intake_free (LecMediaIntake *self);

/* What comes by @pad from now on counts, as of one medium. Serialized queries, which would wait
 * behind what waits for its time, are not let through. */
void lec_media_intake_watch (LecMediaIntake *self, GstPad *pad);

LecMediaIntakeFacts lec_media_intake_get_facts (LecMediaIntake *self);

G_END_DECLS
