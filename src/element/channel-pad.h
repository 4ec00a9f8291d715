/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The source pad of one stream, with its queue and the thread that pushes.
 *
 * The receive thread puts packets into the queue; the pad's task sends what downstream must know
 * first, then takes and pushes. So a pad that is blocked blocks nobody else. */
#pragma once

#include <gst/gst.h>

#include "channel/channel.h"
#include "element/pad-queue.h"
#include "element/timing.h"
#include "wire/format.h"

G_BEGIN_DECLS

#define LEC_TYPE_CHANNEL_PAD (lec_channel_pad_get_type ())
G_DECLARE_FINAL_TYPE (LecChannelPad, lec_channel_pad, LEC, CHANNEL_PAD, GstPad)

/* Hears, on the pad's thread, what a push has come to. Returns: whether to go on */
typedef gboolean (*LecChannelPadFlow) (LecChannelPad *pad, GstFlowReturn result, gpointer data);

/**
 * lec_channel_pad_new:
 * @stream: must outlive the pad
 * @timing: of the element; must outlive the pad
 * @flow: called with @data
 */
LecChannelPad *lec_channel_pad_new (GstPadTemplate *pad_template,
                                    const char *name,
                                    const LecStream *stream,
                                    const LecFormat *format,
                                    LecTiming *timing,
                                    LecChannelPadFlow flow,
                                    gpointer data);

/**
 * lec_channel_pad_announce:
 * @stream_id: of the stream
 * @group_id: the same for all pads of one element
 * @title: (nullable): of the channel
 *
 * What the pad tells downstream before its first buffer. Before lec_channel_pad_start().
 */
void lec_channel_pad_announce (LecChannelPad *self,
                               const char *stream_id,
                               guint group_id,
                               const char *title);

/**
 * lec_channel_pad_set_station:
 * @msb: of the alternative; must outlive the pad
 *
 * Packets are ASF, and their headers are in @msb. Before lec_channel_pad_start().
 */
void lec_channel_pad_set_station (LecChannelPad *self, const LecMsb *msb);

/**
 * lec_channel_pad_set_asf:
 * @header: (transfer none): as lec_asf_rtp_dup_header() gives it, of the stream
 *
 * Its packets are ASF in RTP. Before lec_channel_pad_start().
 */
void lec_channel_pad_set_asf (LecChannelPad *self, GBytes *header);

/* Behind that: it tells the script commands of @header as well, and where they end. Of the pads of
 * a programme, one is to. */
void lec_channel_pad_tell_commands (LecChannelPad *self, GBytes *header);

/* The queue, for the receive thread. */
LecPadQueue *lec_channel_pad_get_queue (LecChannelPad *self);

/* Lets the pad's thread run. */
void lec_channel_pad_start (LecChannelPad *self);

/**
 * lec_channel_pad_end:
 * @number: of the event that asks for it (gst_event_get_seqnum())
 *
 * Sends EOS behind what is being pushed, and nothing any more; where the pad rests, when it runs
 * again. From any thread.
 */
void lec_channel_pad_end (LecChannelPad *self, guint number);

/* Lets it rest; it may still be blocked downstream when this returns. */
void lec_channel_pad_pause (LecChannelPad *self);

/* Deactivates the pad and ends its thread. */
void lec_channel_pad_stop (LecChannelPad *self);

G_END_DECLS
