/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Why a server does not give what it is asked for, in sentences for a viewer. */
#pragma once

#include "fetch/deadline.h"

G_BEGIN_DECLS

/* What a server is asked for, in the words of a viewer. */
typedef enum {
  LEC_SERVED_PAGE,
  LEC_SERVED_CHANNEL,
} LecServed;

/**
 * lec_server_refuse_status:
 * @status: other than 200 to 299 (RFC 9110, section 15; RFC 2326 has the same)
 * @server: its name, as of lec_server_dup_name()
 *
 * Returns: whether it may be different another time
 */
gboolean
lec_server_refuse_status (guint status, LecServed what, const char *server, GError **error);

/**
 * lec_server_refuse_failure:
 * @failure: of GIO or libsoup: why there is no answer
 * @deadline: which may be the reason as well
 * @flags: what is wrong with the certificate of @server, if anything
 * @error: also %G_IO_ERROR_CANCELLED, if that is what happened
 *
 * Returns: whether it may be different another time
 */
gboolean lec_server_refuse_failure (const GError *failure,
                                    const LecDeadline *deadline,
                                    GTlsCertificateFlags flags,
                                    const char *server,
                                    GError **error);

G_END_DECLS
