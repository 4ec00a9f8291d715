/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is to be read of a caption that a station sends as plain text, HTML or SAMI. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_CAPTION_LINES 4
#define LEC_CAPTION_TEXT 480 /* [bytes]; what is longer ends in "…" */

/**
 * lec_caption_text_dup:
 * @markup: hostile text in valid UTF-8
 *
 * Tags are taken away, those that begin a line or a paragraph begin a line; characters that are
 * written by name or number are themselves.
 *
 * Returns: (transfer full): lines as they may be shown; "" where nothing is to be read
 */
char *lec_caption_text_dup (const char *markup) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
