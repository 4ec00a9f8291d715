/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The decoding of one medium: a branch of the pipeline from packets, or from what a demultiplexer
 * gives, to a sink.
 *
 *     inlet ─► (depayloader) ─► coded ─► (parser) ─► queue ─► (decoder) ─► sink
 *
 * Whatever breaks in it stays in it: it is built anew behind the inlet, at a bounded rate, by the
 * thread that pushes. Made, asked and freed on the owner's thread. */
#pragma once

#include <gst/gst.h>

#include "report/track.h"

G_BEGIN_DECLS

typedef struct _LecTrack LecTrack;

typedef struct
{
  /* What the track carries has become known: @type. Returns: whether it is to be decoded. Once for
   * each track; the thread that pushes. */
  gboolean (*wants) (LecTrack *track, GstStreamType type, gpointer data);
  /* Something has been decoded. Returns: (transfer none): a sink that is in the pipeline and has no
   * other track, taking raw media of any format. Once for each track; any thread. */
  GstElement *(*sink) (LecTrack *track, GstStreamType type, gpointer data);
  /* The first picture or sound is on its way to the sink. Any thread. */
  void (*shown) (LecTrack *track, gpointer data);
} LecTrackCallbacks;

/**
 * lec_track_new:
 * @pipeline: it adds its branch there
 * @media: as announced; it becomes what comes
 * @callbacks: must outlive the track
 */
LecTrack *lec_track_new (GstBin *pipeline,
                         LecMedia media,
                         const LecTrackCallbacks *callbacks,
                         gpointer data) G_GNUC_WARN_UNUSED_RESULT;

/* The pipeline must be in state NULL. */
void lec_track_free (LecTrack *self);

/* Nothing is built any more from then on. Any thread. */
void lec_track_close (LecTrack *self);

/* Returns: (transfer none): where to link what is received: RTP, or coded media */
GstPad *lec_track_get_inlet (LecTrack *self);

/* Returns: (transfer none): a source pad by which coded media pass, without RTP; it stays */
GstPad *lec_track_get_coded (LecTrack *self);

/* The parameter sets of its pictures come once more with the next one: what looks at
 * lec_track_get_coded() from now on needs them. Any thread. */
void lec_track_restore_sets (LecTrack *self);

/* @most_ahead: [ns] that a time may be ahead and be right, where that is more than usual. Before
 * anything comes. */
void lec_track_set_most_ahead (LecTrack *self, GstClockTime most_ahead);

/* Returns: (transfer none) (nullable): where its media go; NULL: not known yet, or not wanted */
GstElement *lec_track_get_sink (LecTrack *self);

/* Lets it go to @sink, as to that of LecTrackCallbacks.sink; the decoder is made anew. */
void lec_track_set_sink (LecTrack *self, GstElement *sink);

/* Whether what comes is to be decoded from now on, whatever LecTrackCallbacks.wants has said. What
 * is not decoded any more has no sink: it is left in state NULL, linked to nothing. */
void lec_track_set_wanted (LecTrack *self, gboolean wanted);

/* Nothing is decoded from the next place on at which a decoder can begin; before anything has come,
 * nothing at all. What comes is kept instead, from the last such place on (play/gop-store.h). */
void lec_track_hold_back (LecTrack *self);

/* What was kept is decoded at once, and the newest of it is shown; then all goes on as before. */
void lec_track_let_go (LecTrack *self);

/* Returns: (transfer full) (nullable): the last picture that is kept with which a decoder can
 * begin, and its caps. Any thread. */
GstSample *lec_track_dup_key_picture (LecTrack *self);

/* Returns: (transfer none): by which decoded media go to their sink; it stays */
GstPad *lec_track_get_outlet (LecTrack *self);

/* Returns: whether @object is a part of the branch, the sink excluded */
gboolean lec_track_contains (LecTrack *self, GstObject *object);

/* Returns: pictures or buffers of sound that were decoded. Any thread. */
guint64 lec_track_get_decoded (LecTrack *self);

/* A few times a second: looks whether it goes on. */
void lec_track_watch (LecTrack *self, gint64 now_us);

/**
 * lec_track_report:
 * @report: (out): stream and pid are left alone
 */
void lec_track_report (LecTrack *self, LecTrackReport *report, gint64 now_us);

G_END_DECLS
