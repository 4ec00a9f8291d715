/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a parity packet says: of which packets of media it is the sum (XOR), and what that sum is.
 *
 * Three schemes differ in how they write this and in nothing else, so only this file tells them
 * apart: SMPTE ST 2022-1 (columns and rows of a matrix), ULPFEC (RFC 5109: a mask of numbers) and
 * FlexFEC (RFC 8627, and draft 03 of it as browsers send it: either). All of them add up the same
 * fields: the first two bytes of the RTP header but for its version, the time stamp, the length and
 * the bytes of all that stands behind the first twelve. */
#pragma once

#include "channel/channel-info.h"
#include "wire/packet.h"

G_BEGIN_DECLS

#define LEC_PARITY_HEADER 12 /* [bytes] of the RTP header of media, which are not in `bytes` */
#define LEC_PARITY_MASK 128  /* numbers that a mask tells of; FlexFEC has 110 */
#define LEC_PARITY_STREAMS 4 /* that one packet may protect; FlexFEC could name fifteen */
#define LEC_PARITY_STRIDE_MOST 255 /* the field has eight bits */

/* Which numbers it is the sum of: @count of them, each @stride behind the one before; or, where
 * that is 0, those of the bits of @mask. */
typedef struct
{
  guint stride;
  guint count;
  guint64 mask[LEC_PARITY_MASK / 64]; /* bit i: base + i */
  guint span;                         /* [numbers] from the first one to behind the last one */
} LecParityGroup;

typedef struct
{
  LecRepairScheme scheme;
  guint16 base; /* the first number, as the sender counts */
  LecParityGroup group;
  guint8 first, second; /* sum of these bytes of the headers */
  guint32 timestamp;    /* likewise */
  guint16 length;       /* likewise [bytes], of what stands behind the header */
  const guint8 *bytes;  /* and the sum of that */
  gsize size;           /* [bytes] */
} LecParity;

/* What a packet of FlexFEC protects of one stream. */
typedef struct
{
  guint32 ssrc;
  guint16 base;
  LecParityGroup group;
} LecParityPart;

/* A packet of FlexFEC: the sum of packets of each of its streams. Of sum, base and group are
 * unset. */
typedef struct
{
  LecParity sum;
  guint count;
  LecParityPart parts[LEC_PARITY_STREAMS];
} LecFlexParity;

/**
 * lec_parity_read_flex:
 * @packet: as for lec_parity_read()
 * @parity: (out): points into @packet
 *
 * Returns: FALSE where it is none, or for more than %LEC_PARITY_STREAMS streams
 */
gboolean lec_parity_read_flex (const LecPacket *packet,
                               LecFlexParity *parity) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_parity_read:
 * @packet: as its format has read it: data, size, payload_offset and payload_size are used
 * @ssrc: of the media that it is to be for
 * @parity: (out): points into @packet
 *
 * Returns: FALSE where it is none of that scheme, or not for @ssrc alone
 */
gboolean lec_parity_read (LecRepairScheme scheme,
                          const LecPacket *packet,
                          guint32 ssrc,
                          LecParity *parity) G_GNUC_WARN_UNUSED_RESULT;

/* Whether number base + @ahead is one of the group. */
static inline gboolean
lec_parity_group_contains (const LecParityGroup *self, gint64 ahead)
{
  if (ahead < 0 || ahead >= self->span)
    return FALSE;
  if (self->stride > 0)
    return (guint) ahead % self->stride == 0;
  return (self->mask[ahead / 64] >> (ahead % 64) & 1) != 0;
}

gboolean lec_parity_group_equals (const LecParityGroup *a, const LecParityGroup *b);

G_END_DECLS
