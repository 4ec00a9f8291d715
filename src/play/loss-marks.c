/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/loss-marks.h"

#define KNOWN 32         /* pictures with a loss that are remembered: the newest */
#define LONGEST_LIST 256 /* [packets] */
#define RTP_HEADER 12    /* [bytes] RFC 3550, 5.1 */

struct _LecLossMarks
{
  struct
  {
    GstClockTime pts;
    LecLoss loss;
  } known[KNOWN];
  guint n; /* that there ever were */

  gboolean has_begun;
  guint16 sequence; /* of the packet before */
  gboolean had_marker;
  GstClockTime pts;
};

static void
mark (LecLossMarks *self, GstClockTime pts, LecLoss loss)
{
  self->known[self->n % KNOWN].pts = pts;
  self->known[self->n % KNOWN].loss = loss;
  self->n++;
}

/* A list that a pad takes apart comes by once more, packet by packet. */
static gboolean
is_known (const LecLossMarks *self, guint16 sequence)
{
  const gint step = (gint16) (sequence - self->sequence);

  return self->has_begun && step <= 0 && step > -LONGEST_LIST;
}

static void
note (LecLossMarks *self, guint16 sequence, GstClockTime pts)
{
  const gboolean follows = self->has_begun && sequence == (guint16) (self->sequence + 1);

  if (follows && pts == self->pts)
    return;
  if (self->has_begun && pts == self->pts) {
    mark (self, pts, LEC_LOSS_WITHIN);
    return;
  }
  if (self->has_begun && !follows && !self->had_marker)
    mark (self, self->pts, LEC_LOSS_WITHIN);
  if (!follows)
    mark (self, pts, LEC_LOSS_BEFORE);
}

static void
take_packet (LecLossMarks *self, GstBuffer *buffer)
{
  guint8 header[RTP_HEADER];
  guint16 sequence;

  if (gst_buffer_extract (buffer, 0, header, sizeof header) < sizeof header)
    return;
  sequence = (guint16) (header[2] << 8 | header[3]);
  if (is_known (self, sequence))
    return;
  note (self, sequence, GST_BUFFER_PTS (buffer));
  self->has_begun = TRUE;
  self->sequence = sequence;
  self->had_marker = (header[1] & 0x80) != 0;
  self->pts = GST_BUFFER_PTS (buffer);
}

static GstPadProbeReturn
probe_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstBufferList *list;

  if ((info->type & GST_PAD_PROBE_TYPE_BUFFER_LIST) == 0) {
    take_packet (data, GST_PAD_PROBE_INFO_BUFFER (info));
    return GST_PAD_PROBE_OK;
  }
  list = GST_PAD_PROBE_INFO_BUFFER_LIST (info);
  for (guint i = 0; i < gst_buffer_list_length (list); i++)
    take_packet (data, gst_buffer_list_get (list, i));
  return GST_PAD_PROBE_OK;
}

LecLossMarks *
lec_loss_marks_new (GstPad *pad)
{
  LecLossMarks *self = g_atomic_rc_box_new0 (LecLossMarks);

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST, probe_cb,
                     lec_loss_marks_ref (self), (GDestroyNotify) lec_loss_marks_unref);
  return self;
}

LecLossMarks *
lec_loss_marks_ref (LecLossMarks *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
lec_loss_marks_unref (LecLossMarks *self)
{
  g_atomic_rc_box_release (self);
}

LecLoss
lec_loss_marks_find (const LecLossMarks *self, GstClockTime pts)
{
  const guint n = GST_CLOCK_TIME_IS_VALID (pts) ? MIN (self->n, KNOWN) : 0;
  LecLoss found = LEC_LOSS_NONE;

  for (guint i = 0; i < n; i++) {
    if (self->known[i].pts == pts)
      found = MAX (found, self->known[i].loss);
  }
  return found;
}
