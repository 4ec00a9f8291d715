/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Why a web server does not give a page, in sentences for a viewer. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * lec_web_refuse_status:
 * @status: other than 200 to 299 (RFC 9110, section 15)
 * @server: its name, and its port where that is unusual
 *
 * Returns: whether it may be different another time
 */
gboolean lec_web_refuse_status (guint status, const char *server, GError **error);

/**
 * lec_web_refuse_failure:
 * @failure: of GIO or libsoup: why there is no answer
 * @flags: what is wrong with the certificate of @server, if anything
 *
 * Returns: whether it may be different another time
 */
gboolean lec_web_refuse_failure (const GError *failure,
                                 GTlsCertificateFlags flags,
                                 const char *server,
                                 GError **error);

G_END_DECLS
