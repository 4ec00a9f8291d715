/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a track and a demultiplexer have in common: a bin with an inlet, and in it an element by
 * which coded media pass, that stays while what is before and behind it is built anew.
 *
 * To be embedded in who builds; the fields are his to read. */
#pragma once

#include <gst/gst.h>

#include "play/inlet.h"
#include "play/watch.h"

G_BEGIN_DECLS

typedef struct
{
  GstBin *pipeline;   /* (unowned) */
  GstElement *bin;    /* borrowed from the pipeline */
  GstPad *inlet;      /* borrowed from the bin */
  GstElement *coded;  /* borrowed from the bin: identity */
  GstPad *coded_sink; /* owned: its */

  int closed;    /* atomic: nothing is built any more */
  int broken;    /* atomic: drop until it is built anew */
  int rebuild;   /* atomic: to be done by the thread that pushes */
  gsize packets; /* atomic: that have come */
} LecBranch;

/* @callbacks: of the inlet; must outlive the branch */
void lec_branch_init (LecBranch *self,
                      GstBin *pipeline,
                      const LecInletCallbacks *callbacks,
                      gpointer data);

/* Lets it into the pipeline: whatever pads the bin is to have are there. */
void lec_branch_start (LecBranch *self);

/* Takes it out of the pipeline, which must be in state NULL. */
void lec_branch_clear (LecBranch *self);

/* Stops @element, whatever the pipeline does, and takes it out of the bin. */
void lec_branch_remove (LecBranch *self, GstElement *element);

/* Shows @pad, of an element in the bin, outside. Returns: (transfer none): by which it is seen */
GstPad *lec_branch_expose (LecBranch *self, GstPad *pad, const char *name);

/* Returns: (transfer full) (nullable): by which @pad is seen outside */
GstPad *lec_branch_find_exposed (LecBranch *self, GstPad *pad);

/* @ghost: (nullable): is not to be seen any more */
void lec_branch_withdraw (LecBranch *self, GstPad *ghost);

/* Likewise, of all by which pads are seen that @is_past says so of, or none any more. */
void lec_branch_withdraw_where (LecBranch *self,
                                gboolean (*is_past) (GstPad *pad, gpointer data),
                                gpointer data);

/* Nothing is built any more from then on. Any thread. */
void lec_branch_close (LecBranch *self);

/**
 * lec_branch_receive:
 * @count: buffers that come
 * @tear_down: takes away what is built, for @data; called when the branch is to be built anew
 *
 * For the inlet's `ready`, before it looks whether the branch is there.
 *
 * Returns: FALSE when the branch is closed
 */
gboolean
lec_branch_receive (LecBranch *self, guint count, void (*tear_down) (gpointer data), gpointer data);

/* For the inlet's `failed`, where it is a demultiplexer that has refused a buffer with @result. */
void lec_branch_note_failure (LecBranch *self, GstFlowReturn result);

/* Returns: whether it takes what comes, as far as it is known; otherwise it is to be built anew */
gboolean lec_branch_is_whole (LecBranch *self);

/* Returns: whether it is broken, and nobody has asked for another one yet. Any thread. */
gboolean lec_branch_has_failed (const LecBranch *self);

/**
 * lec_branch_watch:
 * @counts: of what a demultiplexer gives, each unit as one that was decoded
 *
 * A few times a second: looks whether it goes on, and has it built anew where it does not.
 */
void
lec_branch_watch (LecBranch *self, LecWatch *watch, const LecTrackCounts *counts, gint64 now_us);

/* Returns: [buffers] that have come. Any thread. */
guint64 lec_branch_count_packets (const LecBranch *self);

/* Returns: whether @object is a part of it */
gboolean lec_branch_contains (const LecBranch *self, GstObject *object);

G_END_DECLS
