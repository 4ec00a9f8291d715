/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which clock a stream follows: a=ts-refclk and a=mediaclk (RFC 7273). */
#pragma once

#include <gst/sdp/gstsdpmessage.h>

#include "announce/warnings.h"
#include "channel/channel.h"

G_BEGIN_DECLS

/**
 * lec_sdp_clock_read:
 * @stream: gets the reference clocks and its media clock; what is not understood is passed over
 *   with a warning, since a channel plays without
 */
void lec_sdp_clock_read (const GstSDPMessage *message,
                         const GstSDPMedia *media,
                         LecStream *stream,
                         LecWarnings *warnings);

/* Appends the lines of @stream to @text. */
void lec_sdp_clock_print (const LecStream *stream, GString *text);

G_END_DECLS
