/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One master key of SRTP as a=crypto lines write it (RFC 4568, sections 6.1 and 9). */
#pragma once

#include "channel/channel.h"

G_BEGIN_DECLS

/**
 * lec_sdp_key_find_suite:
 * @name: (nullable): of a suite of RFC 4568, RFC 6188 or RFC 7714, or one that programs use for it
 *
 * Returns: a number for lec_sdp_key_read(); -1 where it is not known
 */
int lec_sdp_key_find_suite (const char *name);

/**
 * lec_sdp_key_read:
 * @text: `inline:KEY`, `inline:KEY|2^20`, `inline:KEY|1:4` or `inline:KEY|2^20|1:4`
 * @suite: of lec_sdp_key_find_suite()
 * @stream: gets the key
 *
 * Returns: whether it is well-formed, and of the length that the suite asks for
 */
gboolean lec_sdp_key_read (const char *text, guint suite, LecStream *stream);

/* Appends what lec_sdp_key_read() reads: the key in clear. */
void lec_sdp_key_print (const LecKey *key, GString *line);

G_END_DECLS
