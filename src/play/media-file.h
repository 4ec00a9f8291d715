/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A file of media on a web server or of this computer, as a source of a pipeline: what comes out of
 * it are its media, coded, for the tracks.
 *
 *     souphttpsrc ─┬► typefind ─► demultiplexer ─► pads
 *     filesrc ─────┘
 *
 * Which demultiplexer takes it is looked up in a closed list. What a Windows Media server sends as
 * a stream of its own is given as it is, for play/asf-demux. The pipeline is held while too little
 * of it has come. Made, asked and freed on the owner's thread. */
#pragma once

#include <gst/gst.h>

#include "channel/channel.h"
#include "report/report.h"

G_BEGIN_DECLS

typedef struct _LecMediaFile LecMediaFile;

typedef struct
{
  /* One of its media, to be linked at once. The thread that pushes, or for a stream that of
   * lec_media_file_new(). */
  void (*added) (LecMediaFile *file, GstPad *pad, gpointer data);
} LecMediaFileCallbacks;

/**
 * lec_media_file_new:
 * @pipeline: (unowned): it adds itself there, and changes its state between PAUSED and PLAYING
 * @alternative: must outlive it; its uri is `http:` or `https:`, `file:`, or `mmsh:` for a stream,
 *   and a redirection is not followed. Played is what its times say, and its markers in an ASF file
 * @callbacks: must outlive it
 */
LecMediaFile *lec_media_file_new (GstElement *pipeline,
                                  const LecAlternative *alternative,
                                  const LecMediaFileCallbacks *callbacks,
                                  gpointer data) G_GNUC_WARN_UNUSED_RESULT;

/* The pipeline must be in state NULL, or still in use by nobody. */
void lec_media_file_free (LecMediaFile *self);

/* It does not begin, though enough of it has come, until it is let. */
void lec_media_file_hold_back (LecMediaFile *self);
void lec_media_file_let_begin (LecMediaFile *self);

/* A few times a second: lets the pipeline play, or wait. Returns: whether all has been played */
gboolean lec_media_file_watch (LecMediaFile *self);

/* Returns: [µs] where in the file it is */
gint64 lec_media_file_get_position (LecMediaFile *self);

/* Returns: [µs] where in the file it ends; 0: that is not known */
gint64 lec_media_file_get_duration (LecMediaFile *self);

/* Returns: whether it can stand still: it is a file, and not what a server sends as it comes */
gboolean lec_media_file_can_pause (LecMediaFile *self);

/* It stands still, or goes on. */
void lec_media_file_set_paused (LecMediaFile *self, gboolean paused);

gboolean lec_media_file_is_paused (LecMediaFile *self);

/* Returns: [µs] of the monotonic clock, which stands still with it: by which decoding is watched */
gint64 lec_media_file_get_time (LecMediaFile *self);

/* Returns: whether it can go on elsewhere: not where a server only sends all of it, for one */
gboolean lec_media_file_can_seek (LecMediaFile *self);

/* @position_us: where in the file it is to go on, paused or not; it does in a moment. Returns:
 * FALSE where it can not */
gboolean lec_media_file_seek (LecMediaFile *self, gint64 position_us);

/* Returns: whether @object is a part of it */
gboolean lec_media_file_contains (LecMediaFile *self, GstObject *object);

/* Returns: (transfer full): why it failed, as a sentence, from an error message of a part of it */
char *lec_media_file_explain (LecMediaFile *self, GstMessage *message);

/* Returns: (transfer full) (nullable): at its end, a sentence where there was nothing in it */
char *lec_media_file_explain_nothing (LecMediaFile *self);

/* Returns: (transfer full): what has come of it, as a report of one stream */
LecReportDraft *lec_media_file_report (LecMediaFile *self);

G_END_DECLS
