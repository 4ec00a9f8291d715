/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a stream is encrypted: a=crypto (RFC 4568, RFC 6188, RFC 7714).
 *
 * No piece of a key, nor of anything that might be one, gets into a message. */
#pragma once

#include <gst/sdp/gstsdpmessage.h>

#include "announce/warnings.h"
#include "channel/channel.h"

G_BEGIN_DECLS

/**
 * lec_sdp_crypto_read:
 * @stream: gets the keys, none where nothing is encrypted
 * @error: the stream is encrypted, and why it cannot be decrypted
 *
 * Of several ways that are offered the first one that can be used is taken.
 *
 * Returns: whether the stream can be heard, as far as encryption goes
 */
gboolean lec_sdp_crypto_read (const GstSDPMessage *message,
                              const GstSDPMedia *media,
                              LecStream *stream,
                              LecWarnings *warnings,
                              GError **error);

/* Whether two streams are encrypted with the same keys, or neither is at all. */
gboolean lec_sdp_crypto_is_same (const LecStream *a, const LecStream *b);

/* Appends the keys of @stream to @text: in clear, since a receiver needs them. */
void lec_sdp_crypto_print (const LecStream *stream, GString *text);

G_END_DECLS
