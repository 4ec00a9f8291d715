/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What becomes of the pads by which a channel comes: a track for each medium, a container where
 * several are in one, text.
 *
 * Made, asked and freed on the owner's thread; pads are taken, and callbacks come, on any. */
#pragma once

#include "channel/channel.h"
#include "play/closed-captions.h"
#include "play/recording.h"
#include "play/routes.h"
#include "play/subtitles.h"
#include "report/report.h"

G_BEGIN_DECLS

typedef struct _LecBranches LecBranches;

typedef struct
{
  /* Whether the @index-th medium of @type is to be decoded. */
  gboolean (*wants) (GstStreamType type, guint index, gpointer data);
  /* Returns: (transfer none): a sink in the pipeline for it, that has no other track */
  GstElement *(*sink) (GstStreamType type, guint index, gpointer data);
  /* The first picture or sound is on its way to its sink. */
  void (*shown) (gpointer data);
  /* lec_branches_take_caption() has something new. */
  void (*caption_changed) (gpointer data);
} LecBranchesCallbacks;

/**
 * lec_branches_new:
 * @pipeline: where they are built
 * @alternative: that comes; must outlive them
 * @decode: FALSE: nothing is decoded, whatever is wanted
 * @recording: (nullable): is shown what comes; must outlive them
 * @subtitles: is shown them; must outlive them
 * @callbacks: must outlive them
 */
LecBranches *lec_branches_new (GstElement *pipeline,
                               const LecAlternative *alternative,
                               gboolean decode,
                               LecRecording *recording,
                               LecSubtitles *subtitles,
                               const LecBranchesCallbacks *callbacks,
                               gpointer data) G_GNUC_WARN_UNUSED_RESULT;

/* The pipeline must be in state NULL. */
void lec_branches_free (LecBranches *self);

/* So that nothing is built while the pipeline ends. */
void lec_branches_close (LecBranches *self);

/* @pad, of channelsrc, is linked to what takes what comes by it, as soon as that is known. */
void lec_branches_take_stream (LecBranches *self, GstPad *pad);

/* Nobody wants what comes by @pad. */
void lec_branches_drop_stream (LecBranches *self, GstPad *pad);

/* @pad, of a file, is linked to what takes what comes by it, if anything does. */
void lec_branches_take_medium (LecBranches *self, GstPad *pad);

/* Returns: (transfer none): of all media */
LecRoutes *lec_branches_get_routes (LecBranches *self);

/* Returns: whether @object is a part of one */
gboolean lec_branches_contain (LecBranches *self, GstObject *object);

/* A few times a second: looks whether each goes on. @now_us: by a clock that stands still while
 * nothing is to go on; lec_branches_report() by the same */
void lec_branches_watch (LecBranches *self, gint64 now_us);

/* Returns: [ns] as lec_container_get_lead() */
gint64 lec_branches_get_lead (LecBranches *self);

/* Returns: [ns] as lec_container_get_hold(), the longest */
gint64 lec_branches_get_hold (LecBranches *self);

/* Returns: how many decoded buffers there were of the @index-th medium of @type, or texts */
guint64 lec_branches_count_decoded (LecBranches *self, GstStreamType type, guint index);

/* Returns: (transfer full) (nullable): what the text says now; NULL: that has been taken */
char *lec_branches_take_caption (LecBranches *self);

/* Returns: (transfer none) (nullable): those of the first picture */
LecClosedCaptions *lec_branches_get_closed_captions (LecBranches *self);

/* Adds to @draft, which has what is known of the streams, a track for each medium, for what is
 * announced and has not come, and for what a container has and does not give. */
void lec_branches_report (LecBranches *self, LecReportDraft *draft, gint64 now_us);

G_END_DECLS
