/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Text as ASF has it: UTF-16, low byte first, often but not always with a NUL behind it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lec_asf_text_dup:
 * @bytes: (array length=size): any bytes at all
 * @most: [bytes] of the text in UTF-8; what is longer is cut off
 * @used: (out) (optional): [bytes] that it takes, its NUL included
 *
 * What is no character becomes one that says so.
 *
 * Returns: (transfer full): valid UTF-8, up to the first NUL or the end
 */
char *lec_asf_text_dup (const guint8 *bytes, gsize size, gsize most, gsize *used)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
