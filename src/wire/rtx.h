/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Retransmission packets (RFC 4588): which packet was sent again in one. */
#pragma once

#include "channel/channel-info.h"
#include "wire/packet.h"

G_BEGIN_DECLS

/* What the payload types of retransmission stand for; a plain struct to be embedded. */
typedef struct
{
  gint16 inside[128];    /* by type: that of the media, where it is sent among them; -1: none */
  gint16 elsewhere[128]; /* likewise, on a port of its own */
  gint64 kept_ns;        /* packets are kept for so long (rtx-time); 0: that is not said */
} LecRtxTypes;

/* Returns: whether retransmission was announced for @stream */
gboolean lec_rtx_types_init (LecRtxTypes *self, const LecStream *stream);

/**
 * lec_rtx_unwrap:
 * @media_types: one of the tables of a #LecRtxTypes
 * @packet: parsed; becomes the one that was sent before, and is to be parsed again
 * @ssrc: of the media
 *
 * Returns: FALSE where it is none, or there is nothing in it; it is unchanged then
 */
gboolean lec_rtx_unwrap (const gint16 *media_types, LecPacket *packet, guint32 ssrc);

G_END_DECLS
