/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What makes a channel the same one when it is announced again: the o= line (RFC 8866, section
 * 5.2). */
#pragma once

#include <gst/sdp/gstsdpmessage.h>

#include "channel/channel.h"

G_BEGIN_DECLS

/**
 * lec_sdp_identity_read:
 * @info: gets its id and its origin; has its first alternative already
 *
 * The id is the origin without its version, with the first address where the origin alone could be
 * anybody's; without an origin it is the address alone.
 */
void lec_sdp_identity_read (const GstSDPMessage *message, LecChannelInfo *info);

/**
 * lec_sdp_identity_print:
 * @version: of the session
 * @text: gets an o= line from which lec_sdp_identity_read() makes the same id, if the id of @info
 *   came from there; one of its own for all others
 */
void lec_sdp_identity_print (const LecChannelInfo *info, guint64 version, GString *text);

G_END_DECLS
