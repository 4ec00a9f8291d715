/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A Windows Media server that sends over HTTP ([MS-WMSP]), as it is asked: first what there is, and
 * then to play it. What the answers are made of is for wire/wms-framer.h.
 *
 * Blocks; used by one thread at a time. Redirections are not followed: who has looked at the
 * address knows where it leads. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LEC_WMS_OPEN_LIMIT_MS 10000 /* for an answer to begin */
#define LEC_WMS_SILENCE_S 10        /* without a byte from the server */

typedef struct _LecWms LecWms;

/**
 * lec_wms_new:
 * @uri: `mmsh:`, which is another name for `http:`
 */
LecWms *lec_wms_new (const char *uri) G_GNUC_WARN_UNUSED_RESULT;
void lec_wms_free (LecWms *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecWms, lec_wms_free)

/* Whether @uri is one that lec_wms_new() takes. */
gboolean lec_wms_is_address (const char *uri);

/**
 * lec_wms_describe:
 * @error: #LEC_ERROR with a sentence, or %G_IO_ERROR_CANCELLED
 *
 * Asks what there is. Its headers are to be read until they are whole.
 */
gboolean lec_wms_describe (LecWms *self, GCancellable *cancellable, GError **error);

/* Returns: whether what there is goes on by itself, so that nobody can begin elsewhere; known once
 *   it has been described */
gboolean lec_wms_is_broadcast (const LecWms *self);

/**
 * lec_wms_play:
 * @streams: (array fixed-size=128): which are wanted, by their numbers
 * @present: (array fixed-size=128): which there are
 * @start_ms: [ms] where to begin, if it is no broadcast
 * @error: as of lec_wms_describe()
 *
 * Has it sent, its headers once more.
 */
gboolean lec_wms_play (LecWms *self,
                       const gboolean *streams,
                       const gboolean *present,
                       gint64 start_ms,
                       GCancellable *cancellable,
                       GError **error);

/**
 * lec_wms_read:
 * @error: as of lec_wms_describe()
 *
 * Returns: [bytes] of the answer that were read; 0 at its end, -1 on failure
 */
gssize
lec_wms_read (LecWms *self, guint8 *bytes, gsize size, GCancellable *cancellable, GError **error);

G_END_DECLS
