/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a stream's announcement says, as the caps that depayloaders read. */
#pragma once

#include <gst/gst.h>

#include "channel/channel.h"

G_BEGIN_DECLS

/**
 * lec_rtp_caps_new:
 * @stream: the stream
 * @payload: the payload type of a packet, announced or static
 *
 * Returns: (nullable) (transfer full): `application/x-rtp` with media, clock-rate, encoding-name,
 *   encoding-params and the format parameters; NULL when nobody has said what @payload is
 */
GstCaps *lec_rtp_caps_new (const LecStream *stream, guint payload);

/* Returns: (transfer full): caps of a transport stream in RTP, whatever was announced */
GstCaps *lec_rtp_caps_new_ts (void);

/**
 * lec_rtp_caps_is_container:
 *
 * Returns: whether more than one medium may be inside, so that only a demultiplexer can say what
 *   the stream consists of
 */
gboolean lec_rtp_caps_is_container (const LecStream *stream);

G_END_DECLS
