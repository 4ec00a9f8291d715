/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Script commands in step with the picture: from the messages of the source to the moment when each
 * is due by the clock of a pipeline.
 *
 * Lives on the thread that owns the pipeline, whose main context must run. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct _LecCueSchedule LecCueSchedule;

/**
 * LecCueFunc:
 * @is_due: it is its moment; FALSE: it is the next but a while off, and whatever takes time to
 *   fetch can be fetched
 *
 * May end the pipeline, and the schedule with it.
 */
typedef void (*LecCueFunc) (const char *type,
                            const char *parameter,
                            gboolean is_due,
                            gpointer data);

/* @pipeline: (transfer none): must outlive it */
LecCueSchedule *lec_cue_schedule_new (GstElement *pipeline,
                                      LecCueFunc func,
                                      gpointer data) G_GNUC_WARN_UNUSED_RESULT;
void lec_cue_schedule_free (LecCueSchedule *self);

/* @lead_ns: by how much media are shown before their station meant them to be, for which its cues
 * are not to wait */
void lec_cue_schedule_set_lead (LecCueSchedule *self, gint64 lead_ns);

/**
 * lec_cue_schedule_take:
 * @message: of the bus
 *
 * The message `lectern-cue` is one LecCue, with `type`, `parameter`, `running-time` [ns] and
 * whether it was known `ahead`; due the latency of the pipeline after its running time, as a
 * picture is. `lectern-cue-cut` says that another programme begins at its `running-time`: what was
 * known ahead for later does not come. May call the function.
 *
 * Returns: whether it was one of these
 */
gboolean lec_cue_schedule_take (LecCueSchedule *self, GstMessage *message);

G_END_DECLS
