/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* ASF data packets out of RTP, as Windows Media servers send them ([MS-RTSP] 2.2.1, `x-asf-pf`):
 * pieces of one in several RTP packets, or several in one; and each made what a demuxer for files
 * wants, as wire/asf-rewriter.h says.
 *
 * Knows no clock; not thread-safe. */
#pragma once

#include "channel/channel-info.h"
#include "wire/packet.h"

G_BEGIN_DECLS

#define LEC_ASF_RTP_ENCODING "x-asf-pf"

typedef struct _LecAsfRtp LecAsfRtp;

/**
 * lec_asf_rtp_dup_header:
 *
 * Returns: (transfer full) (nullable): the ASF header that the packets of @stream belong to,
 *   normalised, with the start of its Data Object; NULL: @stream is none of these, or its header is
 *   not known
 */
GBytes *lec_asf_rtp_dup_header (const LecStream *stream) G_GNUC_WARN_UNUSED_RESULT;

/* @header: (transfer none): as lec_asf_rtp_dup_header() gives it */
LecAsfRtp *lec_asf_rtp_new (GBytes *header) G_GNUC_WARN_UNUSED_RESULT;
void lec_asf_rtp_free (LecAsfRtp *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecAsfRtp, lec_asf_rtp_free)

/* Returns: [bytes] of each packet that leaves */
gsize lec_asf_rtp_get_packet_size (const LecAsfRtp *self);

/* What comes next does not go on from what came before: a packet of which pieces are there will not
 * be whole. */
void lec_asf_rtp_break (LecAsfRtp *self);

/* Likewise, and its times have nothing to do with those before. */
void lec_asf_rtp_begin (LecAsfRtp *self);

/* Returns: whether it is time to begin anew, as for the rewriter */
gboolean lec_asf_rtp_nears_wrap (const LecAsfRtp *self);

/**
 * lec_asf_rtp_feed:
 * @packet: the next one of RTP, in order; borrowed until the next call of this
 */
void lec_asf_rtp_feed (LecAsfRtp *self, const LecPacket *packet);

/**
 * lec_asf_rtp_take:
 * @later_ms: (out): how much later it is sent than the first one of those that begin or end in the
 *   RTP packet that was fed
 *
 * Returns: (nullable): the next packet that is whole, valid until the next call; NULL: more has to
 *   be fed
 */
const guint8 *lec_asf_rtp_take (LecAsfRtp *self, guint32 *later_ms);

/* Returns: [ms] send time of the packet that was taken last, as its sender has it: that of all
 *   streams of a programme is by one clock, and what leaves here has times of its own */
guint32 lec_asf_rtp_get_send_time (const LecAsfRtp *self);

G_END_DECLS
