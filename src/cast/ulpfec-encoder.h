/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Makes ULPFEC (RFC 5109) for a stream of RTP: of some packets in a row, whatever frames they are
 * of, one of parity, which has the next number among them.
 *
 * Bytes in, bytes out. Not thread-safe. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_ULPFEC_GROUP_MOST 48 /* packets that one of parity protects: bits of its mask */
#define LEC_ULPFEC_SIZE 1500     /* [bytes] larger packets are not protected */
#define LEC_ULPFEC_PARITY_MOST (LEC_ULPFEC_SIZE + 18) /* [bytes] of a datagram of parity */

typedef struct _LecUlpfecEncoder LecUlpfecEncoder;

/**
 * lec_ulpfec_encoder_new:
 * @payload: type of the parity
 * @percent: parity packets for a hundred of media, 1 to 100; a group is at most as long as that
 *   takes
 */
LecUlpfecEncoder *lec_ulpfec_encoder_new (guint payload, guint percent) G_GNUC_WARN_UNUSED_RESULT;
void lec_ulpfec_encoder_free (LecUlpfecEncoder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecUlpfecEncoder, lec_ulpfec_encoder_free)

/**
 * lec_ulpfec_encoder_add:
 * @bytes: (array length=size): the next packet of RTP; its number is moved by the parity before it
 *
 * Returns: whether parity is due
 */
gboolean lec_ulpfec_encoder_add (LecUlpfecEncoder *self, guint8 *bytes, gsize size);

/**
 * lec_ulpfec_encoder_take:
 * @bytes: (out): room for #LEC_ULPFEC_PARITY_MOST
 *
 * Makes the parity of what was added since the one before, which is to be sent next.
 *
 * Returns: [bytes]; 0: nothing was
 */
gsize lec_ulpfec_encoder_take (LecUlpfecEncoder *self, guint8 *bytes);

G_END_DECLS
