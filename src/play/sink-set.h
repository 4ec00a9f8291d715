/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The sinks of a pipeline: its owner's, and dummies where there is none. Any thread. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct _LecSinkSet LecSinkSet;

/* @pipeline: its sinks are put there */
LecSinkSet *lec_sink_set_new (GstBin *pipeline) G_GNUC_WARN_UNUSED_RESULT;

/* The pipeline must be in state NULL. All sinks leave it. */
void lec_sink_set_free (LecSinkSet *self);

/**
 * lec_sink_set_add:
 * @sink: (nullable): is taken, unless it is in use already
 * @type: of what it takes
 *
 * Returns: (transfer none): @sink, or where it was not to be had, one that keeps time and drops
 *   all
 */
GstElement *lec_sink_set_add (LecSinkSet *self, GstElement *sink, GstStreamType type);

/* @sink, which is linked to nothing, is its owner's again, in state NULL. */
void lec_sink_set_remove (LecSinkSet *self, GstElement *sink);

/* Returns: (transfer none) (nullable): that which takes sound to a device */
GstElement *lec_sink_set_get_sound (LecSinkSet *self);

G_END_DECLS
