/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a pad gives asfdemux besides packets: their header first, and again wherever another stream
 * of packets begins; and no PTS, of which asfdemux makes the end of all media. When a packet is due
 * stands beside its bytes. Used by the pad's thread. */
#pragma once

#include <gst/gst.h>

#include "channel/channel-info.h"
#include "wire/packet.h"

G_BEGIN_DECLS

typedef struct _LecAsfFeed LecAsfFeed;

/* @msb: (transfer none): its headers; must outlive the feed */
LecAsfFeed *lec_asf_feed_new (const LecMsb *msb) G_GNUC_WARN_UNUSED_RESULT;

/* Likewise; @header: (transfer full): normalised, of all packets */
LecAsfFeed *lec_asf_feed_new_single (GBytes *header) G_GNUC_WARN_UNUSED_RESULT;

void lec_asf_feed_free (LecAsfFeed *self);

/* Returns: whether @packet is of the stream that the header pushed last is of */
gboolean lec_asf_feed_continues (const LecAsfFeed *self, const LecPacket *packet);

/**
 * lec_asf_feed_begin:
 * @packet: the first one of another stream
 *
 * Returns: (transfer full) (nullable): its header, to be pushed first; NULL: there is none
 */
GstBuffer *lec_asf_feed_begin (LecAsfFeed *self, const LecPacket *packet) G_GNUC_WARN_UNUSED_RESULT;

/* What comes next is of another stream, whatever it says. */
void lec_asf_feed_end (LecAsfFeed *self);

/* Notes on the buffer of a packet when it is to be played, in running time. On a buffer that comes
 * from a pool and is noted on again nothing is allocated. */
void lec_asf_feed_stamp (LecAsfFeed *self, GstBuffer *buffer, GstClockTime pts);

/* Besides, when its sender sent it, by the clock of all its streams. */
void lec_asf_feed_note_sent (LecAsfFeed *self, GstBuffer *buffer, guint32 send_time);

G_END_DECLS
