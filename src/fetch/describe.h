/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an RTSP server says of a channel that it multicasts: one DESCRIBE (RFC 2326, section 10.2),
 * bounded in size, time and redirects.
 *
 * Nothing is set up or played through RTSP: what is described is received as any multicast. Blocks;
 * may be called from any thread. */
#pragma once

#include "fetch/deadline.h"

G_BEGIN_DECLS

/* Whether @location is an `rtsp:` address; `rtspt:` is one that asks for TCP, as it is done here.
 */
gboolean lec_describe_is_address (const char *location);

/**
 * lec_describe:
 * @address: an `rtsp:` address
 * @deadline: for all of it
 * @uri: (out) (transfer full) (nullable): where it was found in the end; unchanged on failure
 * @is_passing: (out): on failure, whether it may be different another time
 * @error: #LEC_ERROR with a sentence that names the server, %LEC_ERROR_UNSUPPORTED where it sends
 *   to each viewer alone; or %G_IO_ERROR_CANCELLED
 *
 * Returns: (nullable) (transfer full): a description of multicast, most likely
 */
GBytes *lec_describe (const char *address,
                      const LecDeadline *deadline,
                      char **uri,
                      gboolean *is_passing,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
