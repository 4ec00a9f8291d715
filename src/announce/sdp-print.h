/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Channels to session descriptions (RFC 8866). */
#pragma once

#include "channel/channel.h"

G_BEGIN_DECLS

/**
 * lec_sdp_print:
 * @info: of a channel; what is only sent may have more than the `LEC_MAX_` bounds allow to receive
 * @alternative_index: the one to write; an SDP text has no room for others
 * @version: of the session, greater than that of all texts about it before (RFC 8866, section 5.2)
 * @error: #LEC_ERROR_UNSUPPORTED where it cannot be said in SDP: Windows Media stations and
 *   addresses that have to be opened
 *
 * Keys of encrypted streams ARE written, in clear: a receiver needs them. Whoever passes the text
 * on decides who may hear the channel.
 *
 * lec_sdp_parse() makes an equal channel of it where @info has one alternative and came from an
 * SDP text. A stream that is known by its address only is written with all payload types that have
 * a meaning of their own.
 *
 * Returns: (nullable) (transfer full): lines that end in CRLF
 */
char *lec_sdp_print (const LecChannelInfo *info,
                     guint alternative_index,
                     guint64 version,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
