/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Parity that protects several streams at a time (RFC 8627, section 4.2): what is left of it when
 * the packets of the other streams are taken out is parity of ours alone.
 *
 * Packets of the others are kept from the moment on at which such parity has named them. One of
 * them that was lost is rebuilt, where that is what it takes; it stays here. Nothing is allocated
 * after a stream was named first. Knows no clock; not thread-safe. */
#pragma once

#include "wire/fec-decoder.h"

G_BEGIN_DECLS

#define LEC_SHARED_KEPT 256   /* [packets] of each other stream; a power of two */
#define LEC_SHARED_WAITING 32 /* parity packets of which packets of the others are missing */

typedef struct _LecSharedParity LecSharedParity;

LecSharedParity *lec_shared_parity_new (void) G_GNUC_WARN_UNUSED_RESULT;
void lec_shared_parity_free (LecSharedParity *self);

/* As lec_fec_decoder_reset(). */
void lec_shared_parity_reset (LecSharedParity *self);

/* A packet of another stream has come, or of ours; only another one's is looked at, parsed. */
void lec_shared_parity_note (LecSharedParity *self, const LecPacket *packet);
void lec_shared_parity_note_ours (LecSharedParity *self);

/**
 * lec_shared_parity_add:
 * @parity: read during the call only
 * @ssrc: of ours
 *
 * Returns: FALSE where it protects nothing of ours, nor of what is sent with it
 */
gboolean lec_shared_parity_add (LecSharedParity *self,
                                const LecFlexParity *parity,
                                guint32 ssrc,
                                gint64 now_ns);

/**
 * lec_shared_parity_take:
 * @ours: has the packets of our stream
 * @parity: (out): of ours alone; valid until the next call of anything here
 *
 * Returns: FALSE where there is none
 */
gboolean lec_shared_parity_take (LecSharedParity *self,
                                 const LecFecDecoder *ours,
                                 gint64 now_ns,
                                 LecParity *parity);

G_END_DECLS
