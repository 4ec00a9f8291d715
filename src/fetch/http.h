/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What all requests over HTTP have in common. */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Nobody is asked for passwords, and what comes is left packed: where that is unpacked, it is
 * bounded. */
void lec_http_restrict (SoupSession *session);

/* Returns: whether @status says that it is elsewhere, at the address in `Location` (RFC 9110,
 * section 15.4) */
gboolean lec_http_is_redirect (guint status);

G_END_DECLS
