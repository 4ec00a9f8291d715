/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Makes plain packets of encrypted ones (SRTP, RFC 3711) with the keys that were announced, and
 * encrypts what we have to say of them.
 *
 * One for each leg: packets of two legs are repetitions of each other, which SRTP would take for an
 * attack. In place, without allocating; used by one thread. */
#pragma once

#include "channel/channel.h"

G_BEGIN_DECLS

#define LEC_SRTCP_TRAILER 148 /* [bytes] by which RTCP grows at most when it is encrypted */

typedef struct _LecSrtp LecSrtp;

/**
 * lec_srtp_new:
 * @keys: (element-type LecKey): at least one
 * @error: #LEC_ERROR_UNSUPPORTED for a cipher that nothing here knows
 *
 * Returns: (nullable) (transfer full)
 */
LecSrtp *lec_srtp_new (const GPtrArray *keys, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lec_srtp_free (LecSrtp *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecSrtp, lec_srtp_free)

/**
 * LecSrtpResult:
 * @LEC_SRTP_OPENED: it is plain now
 * @LEC_SRTP_REPLAYED: it came before
 * @LEC_SRTP_FOREIGN: it was not made with this key
 */
typedef enum {
  LEC_SRTP_OPENED,
  LEC_SRTP_REPLAYED,
  LEC_SRTP_FOREIGN,
} LecSrtpResult;

/**
 * lec_srtp_unprotect_rtp:
 * @data: (inout): an SRTP packet; becomes the RTP packet
 * @size: (inout): [bytes]
 * @now_ns: [ns]
 *
 * Who joins late does not know how often sequence numbers have wrapped, which is part of the
 * cipher and sent nowhere (RFC 3711, section 3.3.1): it is found by trying, a few times for each
 * packet, as only the right number passes the authentication.
 */
LecSrtpResult lec_srtp_unprotect_rtp (LecSrtp *self, guint8 *data, guint32 *size, gint64 now_ns);

/* The same for an SRTCP packet, which says itself what it takes to open it. */
gboolean lec_srtp_unprotect_rtcp (LecSrtp *self, guint8 *data, guint32 *size);

/**
 * lec_srtp_protect_rtcp:
 * @data: (inout): RTCP of ours, with room for #LEC_SRTCP_TRAILER more; becomes an SRTCP packet
 * @size: (inout): [bytes]
 *
 * Of several keys the first one is used.
 *
 * Returns: FALSE where that cannot be; then nothing is to be sent
 */
gboolean lec_srtp_protect_rtcp (LecSrtp *self, guint8 *data, guint32 *size);

G_END_DECLS
