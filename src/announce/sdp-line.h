/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One line of a session description that is being written. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lec_sdp_line_add:
 * @text: gets the line and its end
 *
 * Whatever would end the line before its end becomes a blank.
 */
void lec_sdp_line_add (GString *text, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* The words of a list behind what is written, a blank before each; NULL is an empty one. */
void lec_sdp_line_add_words (GString *text, GStrv words);

/* Returns: the address type of a numeric address, "IP4" or "IP6" (RFC 8866, section 8.2.7) */
const char *lec_sdp_line_get_family (const char *address);

G_END_DECLS
