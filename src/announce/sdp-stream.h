/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One m= section of a session description to one stream. */
#pragma once

#include <gst/sdp/gstsdpmessage.h>

#include "announce/warnings.h"
#include "channel/channel.h"

G_BEGIN_DECLS

/**
 * lec_sdp_stream_read:
 * @alternative: gets the stream, and its kind with the first one
 * @warnings: gets what is ignored
 * @error: why the medium cannot be received
 *
 * Returns: whether a stream was added
 */
gboolean lec_sdp_stream_read (const GstSDPMessage *message,
                              const GstSDPMedia *media,
                              LecAlternative *alternative,
                              LecWarnings *warnings,
                              GError **error);

/**
 * lec_sdp_stream_read_media:
 * @type: (out): set on success only
 * @error: #LEC_ERROR_UNSUPPORTED
 *
 * Returns: whether the first word of the m= line is a medium that can be played
 */
gboolean lec_sdp_stream_read_media (const GstSDPMedia *media, LecMedia *type, GError **error);

/* (transfer none): the first word of the m= line of a medium. */
const char *lec_sdp_stream_get_media_name (LecMedia media);

/**
 * lec_sdp_stream_print:
 * @text: gets the lines of a section that say something of the medium as a whole, whichever leg
 *   of @stream the section is of
 */
void lec_sdp_stream_print (const LecStream *stream, GString *text);

G_END_DECLS
