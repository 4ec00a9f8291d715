/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A station that encrypts, by the library's other half. */
#pragma once

#include <glib.h>
#include <srtp2/srtp.h>

G_BEGIN_DECLS

#define SRTP_STATION_KEY "0123456789abcdefghijklmnopqrst" /* 16 bytes of key, 14 of salt */
#define SRTP_STATION_OTHER_KEY "0123456789abcdefghijklmnopqrsu"
#define SRTP_STATION_SIZE 172 /* [bytes] of a packet before it is encrypted */
#define SRTP_STATION_ROOM 64  /* [bytes] that it may grow by */

typedef struct
{
  srtp_t session;
  guint payload; /* 96 unless a test says otherwise */
  guint32 ssrc;
  guint32 sequence; /* with its wraps */
  gboolean mki;
} SrtpStation;

/* @key: AES-CM of 30 bytes, or AES-GCM; @mki: (nullable): name of the key, in each packet */
void srtp_station_init (SrtpStation *self,
                        const char *key,
                        guint32 ssrc,
                        guint32 wraps,
                        const char *mki);
void srtp_station_clear (SrtpStation *self);

/**
 * srtp_station_protect:
 * @data: room for #SRTP_STATION_SIZE and #SRTP_STATION_ROOM
 *
 * Makes the next packet; its payload says its number.
 *
 * Returns: [bytes]
 */
guint32 srtp_station_protect (SrtpStation *self, guint8 *data);

/* Encrypts RTCP where it is, which has the same room behind it; returns its size then. */
guint32 srtp_station_protect_rtcp (SrtpStation *self, guint8 *data, guint32 size);

G_END_DECLS
