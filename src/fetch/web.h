/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One page of a web server, bounded in size, time and redirects.
 *
 * Sends no cookies, passwords or referrers, and keeps nothing. Blocks, in a main context of its
 * own, so that it may be called from any thread. */
#pragma once

#include "fetch/deadline.h"

G_BEGIN_DECLS

#define LEC_WEB_REDIRECTS 5

/**
 * LecWebPage:
 * @uri: where it was found in the end, behind all redirects
 * @type: (nullable): what the server says it is, as in `text/html`
 * @bytes: the first ones only where they show that it is media; else all, or one more than the
 *   limit
 */
typedef struct
{
  char *uri;
  char *type;
  GBytes *bytes;
} LecWebPage;

void lec_web_page_free (LecWebPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecWebPage, lec_web_page_free)

/* Whether @location is an `http:` or `https:` address. */
gboolean lec_web_is_address (const char *location);

/**
 * lec_web_get:
 * @address: an `http:` or `https:` address as people write them: blanks and letters of any
 *   alphabet are escaped
 * @limit: [bytes] of the page, packed and unpacked
 * @deadline: for all of it
 * @is_passing: (out): on failure, whether it may be different another time: the server does not
 *   answer, or has a fault of its own
 * @error: #LEC_ERROR with a sentence that names the server, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (nullable) (transfer full): the page
 */
LecWebPage *lec_web_get (const char *address,
                         gsize limit,
                         const LecDeadline *deadline,
                         gboolean *is_passing,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same, asked as a player asks a Windows Media server what there is: what one that is none
 * answers is the page. */
LecWebPage *lec_web_describe (const char *address,
                              gsize limit,
                              const LecDeadline *deadline,
                              gboolean *is_passing,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
