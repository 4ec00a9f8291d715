/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A bounded look into an ASF data packet (ASF specification, section 5.2): when it was sent, and
 * which pieces of which media objects are in it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_ASF_STREAMS 128 /* their numbers are 1 to 127 */

/* One piece of a media object. */
typedef struct
{
  const guint8 *start;   /* where it begins in the packet: with the number of its stream */
  guint stream;          /* 1 to 127 */
  gboolean is_key_frame; /* the object can be decoded by itself */
  guint object;          /* number of the media object, as wide as the packet has it */
  guint32 object_size;   /* [bytes] of the whole object; 0: not said */
  guint32 offset;        /* [bytes] of this piece in the object */
  guint32 presentation;  /* [ms] with preroll; of one without a time that of the packet */
  const guint8 *time;    /* where that stands in the packet, 32 bits; NULL: nowhere */
  const guint8 *data;    /* borrowed from the packet */
  gsize size;            /* [bytes] */
} LecAsfPayload;

/* A packet that is being read. Fields above the line may be read. */
typedef struct
{
  gboolean is_parity;      /* error correction data is all that is in it */
  guint correction_length; /* [bytes] of flags and data of error correction in front; 0: none */
  guint8 cycle;            /* of error correction: number of the span */
  guint8 number;           /* of error correction: both nibbles, in either order */
  guint32 send_time;       /* [ms] */
  guint32 duration;        /* [ms] */
  gsize end;               /* [bytes] from the start to the end of the last payload */
  gsize whole;             /* [bytes] with the padding that it declares, but nothing behind */
  /* ---- */
  const guint8 *bytes;
  gsize at;
  guint property_flags;
  gsize length;        /* [bytes] that it says it has; 0: it does not */
  gboolean has_length; /* it says that, and it can be */
  gsize padding;       /* [bytes] that it declares */
  guint length_type;   /* of each payload's length; 0: there is one payload, up to the end */
  guint left;          /* payloads */
  gboolean is_broken;
  gsize sub_end;     /* of a compressed payload: where its pieces end; 0: in none */
  LecAsfPayload sub; /* what is common to its pieces */
  guint32 sub_delta; /* [ms] from piece to piece */
} LecAsfPacket;

/**
 * lec_asf_packet_read:
 * @bytes: (array length=size): one packet, with its padding or without; borrowed
 * @packet: (out caller-allocates): set on success only
 *
 * Checks every length in it. Of a parity packet, only what stands in front of the parity is read.
 *
 * A packet may be followed by bytes that nothing in it declares, as one is that was rebuilt from
 * parity. Only of a single payload without the size of its object the end is not known then.
 *
 * Returns: whether it is an ASF data packet, whole and in order
 */
gboolean lec_asf_packet_read (const guint8 *bytes, gsize size, LecAsfPacket *packet);

/**
 * lec_asf_packet_next:
 * @packet: one that lec_asf_packet_read() has set
 * @payload: (out caller-allocates): set where there is one
 *
 * Pieces of compressed payloads come one by one, each a whole object.
 *
 * Returns: FALSE where no more payloads are in @packet
 */
gboolean lec_asf_packet_next (LecAsfPacket *packet, LecAsfPayload *payload);

G_END_DECLS
