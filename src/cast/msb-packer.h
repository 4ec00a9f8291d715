/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Makes MSB packets of ASF data packets ([MS-MSB] 2.2.2 and 2.2.4), and of each span of them a
 * parity packet, from which a receiver can rebuild any one.
 *
 *   0              4           6           8
 *   +--------------+-----------+-----------+------------+
 *   | number       | stream    | size      | ASF packet |   little-endian; the size is that of all
 *   +--------------+-----------+-----------+------------+
 *
 * Knows no socket and no clock. Not thread-safe. */
#pragma once

#include "wire/msb.h"

G_BEGIN_DECLS

#define LEC_MSB_MAX_SIZE 65507 /* [bytes] of a datagram */

typedef struct
{
  guint span;     /* packets to a parity packet; 0: there is no parity */
  guint32 number; /* of the next packet */
  guint16 stream; /* number of the format, and the bit that says that something else has begun */
  guint8 cycle;   /* counts spans */
  guint in_span;  /* packets since the last parity packet */
  gsize longest;  /* [bytes] of parity so far */
  guint8 parity[LEC_MSB_MAX_SIZE];
} LecMsbPacker;

/**
 * lec_msb_packer_init:
 * @span: 1 to %LEC_MSB_SPAN_MOST; 0 for no parity
 */
void lec_msb_packer_init (LecMsbPacker *self, guint span);

/**
 * lec_msb_packer_begin:
 * @format: 0 to 2047
 *
 * What comes next is another programme: even where its format is the same, receivers have to know.
 */
void lec_msb_packer_begin (LecMsbPacker *self, guint format);

/**
 * lec_msb_packer_put:
 * @packet: (array length=size): a whole ASF data packet
 * @datagram: (out): room for %LEC_MSB_MAX_SIZE bytes
 *
 * Its padding is taken away. One without error correction bytes gets them where there is parity:
 * it may then be %LEC_ASF_CORRECTION bytes larger than its header says.
 *
 * Returns: [bytes] of the datagram; 0 where @packet is none, or is too large
 */
gsize lec_msb_packer_put (LecMsbPacker *self, const guint8 *packet, gsize size, guint8 *datagram);

/**
 * lec_msb_packer_get_parity:
 * @datagram: (out): room for %LEC_MSB_MAX_SIZE bytes
 *
 * Returns: [bytes] of the parity packet that is to be sent now; 0 where none is
 */
gsize lec_msb_packer_get_parity (LecMsbPacker *self, guint8 *datagram);

G_END_DECLS
