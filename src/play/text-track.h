/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A text that is typed while the channel goes on (RFC 4103): from packets to what is to be read
 * just now.
 *
 * Made, asked and freed on the owner's thread, except lec_text_track_new(). */
#pragma once

#include <gst/gst.h>

#include "report/track.h"

G_BEGIN_DECLS

typedef struct _LecTextTrack LecTextTrack;

/* Returns: whether @caps are those of packets of such a text */
gboolean lec_text_track_takes (const GstCaps *caps);

/* Returns: whether packets of @encoding, in any case of letters, are of such a text */
gboolean lec_text_track_knows (const char *encoding);

/**
 * lec_text_track_new:
 * @pipeline: it adds its sink there
 * @pad: (transfer none): gives the packets. Any thread
 * @changed: when it is time for another text; on the sink's thread
 */
LecTextTrack *lec_text_track_new (GstBin *pipeline,
                                  GstPad *pad,
                                  void (*changed) (const char *text, gpointer data),
                                  gpointer data) G_GNUC_WARN_UNUSED_RESULT;

/* The pipeline must be in state NULL. */
void lec_text_track_free (LecTextTrack *self);

/* Returns: texts that have been read */
guint64 lec_text_track_get_decoded (LecTextTrack *self);

/**
 * lec_text_track_report:
 * @report: (out): stream is left alone
 */
void lec_text_track_report (LecTextTrack *self, LecTrackReport *report, gint64 now_us);

G_END_DECLS
