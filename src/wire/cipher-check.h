/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether RTP payloads are encrypted (SRTP, RFC 3711), whatever was announced.
 *
 * SRTP leaves the header as it is, so nothing but the payload can tell: most payload formats begin
 * with a byte of few values, and a cipher makes it one of any value; samples that are sent raw are
 * as many bytes as the time stamps go on, and an authentication tag makes them more. Where neither
 * holds nothing is said. It has seen enough after LEC_CIPHER_CHECK_PACKETS of a source. */
#pragma once

#include "channel/channel-info.h"
#include "wire/packet.h"

G_BEGIN_DECLS

#define LEC_CIPHER_CHECK_PACKETS 64

typedef struct _LecCipherTrait LecCipherTrait;

/* How payloads of a payload type can be told from ciphertext. */
typedef struct
{
  const LecCipherTrait *trait; /* NULL: they cannot */
  guint bytes_per_tick;        /* of raw samples, per step of the time stamp */
} LecCipherFormat;

/* A plain struct to be embedded; all zero: nothing seen yet. */
typedef struct
{
  guint n;           /* packets looked at */
  guint n_distinct;  /* values of their byte */
  guint64 seen[4];   /* which: a bit each */
  gboolean is_plain; /* something was seen that no cipher makes */
  gboolean looks_encrypted;
  gboolean looks_clear; /* at most one of the two */

  /* of raw samples: the packet before */
  guint32 sequence;
  guint32 timestamp;
  guint32 size;
  guint32 tag;   /* [bytes] that all so far had too many; 0: none so far */
  guint n_exact; /* packets of just as many bytes as samples */
} LecCipherCheck;

/* @encoding: its name in RTP, in any case of letters; @payload: (nullable): as announced */
LecCipherFormat
lec_cipher_format_of (const char *encoding, guint channels, const LecPayload *payload);

/**
 * lec_cipher_check_add:
 * @packet: parsed; the newest of the source, so that none is counted twice
 *
 * Sets looks_encrypted or looks_clear when there were enough.
 */
void
lec_cipher_check_add (LecCipherCheck *self, const LecCipherFormat *format, const LecPacket *packet);

G_END_DECLS
