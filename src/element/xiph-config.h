/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The configuration of Vorbis and Theora, as an announcement gives it (RFC 5215, section 3.2.1). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lec_xiph_config_complete:
 * @text: the packed headers, in base64
 *
 * Senders may leave out the comment header, or make it empty, but decoders begin with none that has
 * not come. An empty comment takes its place.
 *
 * Returns: (nullable) (transfer full): @text with all headers; NULL where nothing is missing, or
 *   @text is no such configuration
 */
char *lec_xiph_config_complete (const char *text);

G_END_DECLS
