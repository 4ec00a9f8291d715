/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What each payload type of a stream of RTP is for, as it was announced. */
#pragma once

#include "wire/cipher-check.h"
#include "wire/format.h"
#include "wire/packet.h"

G_BEGIN_DECLS

typedef struct
{
  guint rate; /* [Hz]; 0: not announced */
  LecRole role;
  LecRepairScheme scheme; /* of LEC_ROLE_REPAIR */
  LecCipherFormat cipher;
  gboolean is_red; /* with the packet inside that matters */
} LecPayloadUse;

/* A plain struct to be embedded; zeroed, nothing is announced. All fields may be read, and cipher
 * may be changed. */
typedef struct
{
  gboolean is_typed;        /* payload types say what packets are */
  gboolean is_open;         /* nothing was announced: static types mean what their profile says */
  LecPayloadUse items[128]; /* by payload type */
} LecPayloadTable;

/* @stream, @format: what was announced; read during the call only */
void
lec_payload_table_init (LecPayloadTable *self, const LecStream *stream, const LecFormat *format);

/**
 * lec_payload_table_sort:
 * @packet: as its format has read it
 *
 * What is inside of a packet with redundancy may be media, or repair (RFC 5109, section 14): it
 * becomes that. What has nothing to be played inside is nothing but a number.
 *
 * Returns: what the packet is for: as it says itself, or as its payload type was announced
 */
LecRole lec_payload_table_sort (const LecPayloadTable *self, LecPacket *packet);

/* Returns: [Hz] the clock rate of a payload type; 0: it means nothing here */
guint lec_payload_table_get_rate (const LecPayloadTable *self, guint payload);

G_END_DECLS
