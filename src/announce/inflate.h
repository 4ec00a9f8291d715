/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What was compressed by strangers, taken apart with a bound. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lec_inflate:
 * @bytes: in the zlib format (RFC 1950)
 * @max: [bytes] of the result; whatever would be larger is refused once that much is there
 * @error: #LEC_ERROR_MALFORMED; #LEC_ERROR_UNSUPPORTED for too much
 *
 * Returns: (transfer full) (nullable)
 */
GByteArray *lec_inflate (const guint8 *bytes, gsize length, gsize max, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
