/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Hands a log line to the server that a station names for it ([MS-WMLOG] 2.3): once, and only where
 * that server says that it is one for logs.
 *
 * Blocks; bounded in size and time. Any thread. Nobody may call it without the viewer's consent. */
#pragma once

#include "fetch/deadline.h"

G_BEGIN_DECLS

#define LEC_LOG_LIMIT_MS 10000

/**
 * lec_log_post:
 * @address: of the server, as it was announced
 * @from: (nullable): where the announcement lies: what lies on a server may not have other services
 *   of this computer asked
 * @line: of lec_log_line_print()
 * @error: #LEC_ERROR, with a sentence
 */
gboolean lec_log_post (const char *address,
                       const char *from,
                       const char *line,
                       const LecDeadline *deadline,
                       GError **error);

/* Whether @page, the answer to an ordinary request, is that of a server for logs. */
gboolean lec_log_is_server (const char *page, gsize length);

G_END_DECLS
