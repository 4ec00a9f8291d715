/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The last packets of one stream of RTP, from which those are sent again that were lost (RFC 4588).
 *
 * Anybody may ask, so what is asked for is bounded: each packet is sent again once in a while only,
 * and all of them take no more than a share of what the stream takes itself. Bytes in, bytes out.
 * Not thread-safe. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_RTX_PORT 6       /* ports above the media's */
#define LEC_RTX_PAYLOAD 126  /* there */
#define LEC_RTX_PACKETS 2048 /* that are kept at most, of LEC_RTX_SIZE bytes each */
#define LEC_RTX_SIZE 1500    /* [bytes] larger ones are not kept */
#define LEC_RTX_MS 500       /* [ms] that a packet is kept, unless it is said otherwise */
#define LEC_RTX_MS_LEAST 50
#define LEC_RTX_MS_MOST 3000
#define LEC_RTX_AGAIN_US                                                                           \
  (30 * G_TIME_SPAN_MILLISECOND) /* a packet is sent again once in that time */
#define LEC_RTX_SHARE 4 /* what is sent again is at most one part in so many of the stream */
#define LEC_RTX_BURST (32 * 1024) /* [bytes] that may be saved up for a burst of losses */

typedef struct _LecRtxHistory LecRtxHistory;

/**
 * lec_rtx_history_new:
 * @kept_ms: how long packets are kept
 * @seed: of the numbers of what is sent again
 */
LecRtxHistory *lec_rtx_history_new (guint kept_ms, guint32 seed) G_GNUC_WARN_UNUSED_RESULT;
void lec_rtx_history_free (LecRtxHistory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecRtxHistory, lec_rtx_history_free)

/**
 * lec_rtx_history_add:
 * @bytes: (array length=size): the next packet as it is sent; only media, and no parity
 * @now_us: monotonic
 */
void lec_rtx_history_add (LecRtxHistory *self, const guint8 *bytes, gsize size, gint64 now_us);

/* Returns: the source (SSRC) of the newest packet; 0: there is none */
guint32 lec_rtx_history_get_ssrc (const LecRtxHistory *self);

/**
 * lec_rtx_history_answer:
 * @number: sequence number of a packet that somebody asks for
 * @bytes: (out): room for #LEC_RTX_SIZE + 2
 *
 * Returns: [bytes] of what is to be sent now; 0: nothing
 */
gsize lec_rtx_history_answer (LecRtxHistory *self, guint16 number, gint64 now_us, guint8 *bytes);

G_END_DECLS
