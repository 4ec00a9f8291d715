/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A picture of the web that a station names while it sends: a slide of an illustrated lecture.
 *
 * Whoever sends to the group chooses what is asked for, and from where. So it is the web server
 * that the announcement itself came from, or, where the viewer agrees, the Internet; this computer
 * and private networks are reached only where the announcement lies there itself. It holds for
 * every redirect, and for the addresses that names lead to in the end. Nothing is sent but the
 * request: no cookies, passwords or referrers. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LEC_SLIDE_MAX (8 * 1024 * 1024) /* [bytes] */
#define LEC_SLIDE_LIMIT_MS 10000        /* for all of it */
#define LEC_SLIDE_REDIRECTS 5

/**
 * lec_slide_is_of_origin:
 * @uri: of a picture, http or https
 * @origin: (nullable): where the announcement lies
 *
 * Returns: whether it lies on the same web server: the same host, and a port that the announcement
 *   lies on or that web servers have
 */
gboolean lec_slide_is_of_origin (const char *uri, const char *origin);

/**
 * lec_slide_fetch:
 * @uri: http or https
 * @origin: (nullable): where the announcement lies
 * @anywhere: whether the viewer agrees that other servers are asked
 * @cancellable: (nullable)
 * @error: #LEC_ERROR with a sentence, or %G_IO_ERROR_CANCELLED
 *
 * Blocks; may be called from any thread.
 *
 * Returns: (nullable) (transfer full): the bytes of a picture that lec_image_facts_read() knows
 */
GBytes *lec_slide_fetch (const char *uri,
                         const char *origin,
                         gboolean anywhere,
                         GCancellable *cancellable,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct _LecSlideFetcher LecSlideFetcher;

/* @bytes: (nullable) (transfer none): NULL with an @error. May free the fetcher. */
typedef void (*LecSlideFunc) (GBytes *bytes, const GError *error, gpointer data);

/* The same on a thread of its own; @func is called once in the main context that it is made in,
 * unless it is freed before. */
LecSlideFetcher *lec_slide_fetcher_new (const char *uri,
                                        const char *origin,
                                        gboolean anywhere,
                                        LecSlideFunc func,
                                        gpointer data) G_GNUC_WARN_UNUSED_RESULT;
void lec_slide_fetcher_free (LecSlideFetcher *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecSlideFetcher, lec_slide_fetcher_free)

G_END_DECLS
