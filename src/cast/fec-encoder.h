/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Makes the parity of SMPTE ST 2022-1, or the same as FlexFEC (RFC 8627), for a stream of RTP: of a
 * matrix that is filled row by row, the sum of each row follows it, and those of the columns come
 * one behind each row of the next matrix, so that they cost bandwidth evenly and no burst takes
 * them with what they protect.
 *
 * Bytes in, bytes out. Not thread-safe. */
#pragma once

#include "channel/channel-info.h"

G_BEGIN_DECLS

#define LEC_FEC_COLUMNS_PORT 2 /* ports above the media's (section 8) */
#define LEC_FEC_ROWS_PORT 4
#define LEC_FEC_PAYLOAD 96
#define LEC_FEC_SIDE_MOST 20 /* of the matrix: columns 1 to 20, rows 4 to 20... */
#define LEC_FEC_ROWS_LEAST 4
#define LEC_FEC_MATRIX_MOST 100 /* ...and no more packets than that */

typedef struct _LecFecEncoder LecFecEncoder;

/**
 * LecFecEmit:
 * @ahead: #LEC_FEC_COLUMNS_PORT or #LEC_FEC_ROWS_PORT; of FlexFEC both go to the former
 * @bytes: (array length=size): a datagram; valid during the call only
 */
typedef void (*LecFecEmit) (guint ahead, const guint8 *bytes, gsize size, gpointer data);

/**
 * lec_fec_encoder_new:
 * @scheme: LEC_REPAIR_2022_1 or LEC_REPAIR_FLEXFEC
 * @columns, @rows: packets in a row (L), and in a column (D)
 * @emit: takes the parity, while packets are added
 */
LecFecEncoder *lec_fec_encoder_new (LecRepairScheme scheme,
                                    guint columns,
                                    guint rows,
                                    LecFecEmit emit,
                                    gpointer data) G_GNUC_WARN_UNUSED_RESULT;
void lec_fec_encoder_free (LecFecEncoder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecFecEncoder, lec_fec_encoder_free)

/**
 * lec_fec_encoder_add:
 * @bytes: (array length=size): the next packet of RTP as it is sent
 *
 * One that is larger than what fits an Ethernet frame is sent without protection, and so is the
 * matrix that it is of.
 */
void lec_fec_encoder_add (LecFecEncoder *self, const guint8 *bytes, gsize size);

G_END_DECLS
