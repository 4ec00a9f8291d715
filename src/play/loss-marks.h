/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Knows of which pictures packets are missing.
 *
 * Behind a depayloader nobody tells: what is left of a picture comes out of it as one. A picture is
 * known by its PTS, as all its packets have one (RFC 3550, 5.1: one timestamp), which depayloaders
 * and parsers leave as it is.
 *
 * It works in the streaming thread of its pad, and is asked on that thread. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct _LecLossMarks LecLossMarks;

typedef enum {
  LEC_LOSS_NONE,
  /* Packets are missing in front of it: they may have been the last of the picture before, or the
   * first of this one. Nothing else is missing. */
  LEC_LOSS_BEFORE,
  LEC_LOSS_WITHIN,
} LecLoss;

/**
 * lec_loss_marks_new:
 * @pad: by which RTP comes, in order, with the PTS of each packet; it looks at them for as long as
 *   the pad lives
 */
LecLossMarks *lec_loss_marks_new (GstPad *pad) G_GNUC_WARN_UNUSED_RESULT;

LecLossMarks *lec_loss_marks_ref (LecLossMarks *self);
void lec_loss_marks_unref (LecLossMarks *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecLossMarks, lec_loss_marks_unref)

/* What is missing of the picture at @pts, one of the last that have come. */
LecLoss lec_loss_marks_find (const LecLossMarks *self, GstClockTime pts);

G_END_DECLS
