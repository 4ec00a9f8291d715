/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What has several media inside: one demultiplexer or another, by what comes. Made, asked and freed
 * on the owner's thread. */
#pragma once

#include <gst/gst.h>

#include "report/report.h"

G_BEGIN_DECLS

typedef struct _LecContainer LecContainer;

typedef struct
{
  /* There is a medium more: @pad, a source pad with caps, to be linked to a track. The thread that
   * pushes. */
  void (*added) (LecContainer *container, GstPad *pad, gpointer data);
} LecContainerCallbacks;

/* Returns: whether a pad with @caps gives one that is known here */
gboolean lec_container_takes (const GstCaps *caps);

/**
 * lec_container_new:
 * @pipeline: it adds its branch there
 * @caps: that it takes
 * @sibling: (nullable): of another stream of the same channel
 * @callbacks: must outlive it
 */
LecContainer *lec_container_new (GstBin *pipeline,
                                 const GstCaps *caps,
                                 const LecContainer *sibling,
                                 const LecContainerCallbacks *callbacks,
                                 gpointer data) G_GNUC_WARN_UNUSED_RESULT;

/* The pipeline must be in state NULL. */
void lec_container_free (LecContainer *self);

/* Nothing is built any more from then on. Any thread. */
void lec_container_close (LecContainer *self);

/* Returns: (transfer none): where to link what is received */
GstPad *lec_container_get_inlet (LecContainer *self);

/* Returns: (transfer none): by which it passes as it is, without RTP; it stays */
GstPad *lec_container_get_coded (LecContainer *self);

/* Returns: whether @object is a part of it */
gboolean lec_container_contains (LecContainer *self, GstObject *object);

/* Returns: [ns] that what is in it may be ahead of its time, and be right; 0: as usual */
GstClockTime lec_container_get_most_ahead (LecContainer *self);

/* Returns: [ns] by how much media are shown before their station meant them to be. Any thread. */
gint64 lec_container_get_lead (LecContainer *self);

/* Returns: [ns] how long media that have come wait until they are due, the latency aside. Any
 * thread. */
gint64 lec_container_get_hold (LecContainer *self);

/* Adds to @draft tracks of what comes in @stream and is protected, so that it comes out nowhere. */
void lec_container_report (LecContainer *self, LecReportDraft *draft, guint stream);

/* A few times a second: looks whether it goes on. */
void lec_container_watch (LecContainer *self, gint64 now_us);

G_END_DECLS
