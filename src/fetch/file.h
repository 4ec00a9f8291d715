/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes of a file that a person or a playlist names, bounded in size.
 *
 * Never waits for the other end of a FIFO or for a device. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * lec_file_read:
 * @location: a path, or a `file:` URI of this computer
 * @limit: [bytes]; of a larger file, one byte more than this is read
 * @cancellable: (nullable)
 * @uri: (out) (transfer full) (nullable): the absolute URI of the file; unchanged on failure
 * @error: #LEC_ERROR_UNREACHABLE with a sentence that does not name the file, or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: (nullable) (transfer full): its bytes
 */
GBytes *lec_file_read (const char *location,
                       gsize limit,
                       GCancellable *cancellable,
                       char **uri,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
