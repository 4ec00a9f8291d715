/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who is in an RTP session, as far as RTCP tells: how many members, and how many of them send.
 *
 * Anybody can make up members by the million, so no more than LEC_PARTICIPANTS_MAX are kept. Of a
 * larger crowd a sample is: those whose number, scrambled with a secret, ends in so many zero bits;
 * each of them stands for so many (RFC 2762). Knows no clock; not thread-safe. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_PARTICIPANTS_MAX 1024

/* A plain struct to be embedded. All fields are private. */
typedef struct
{
  struct
  {
    guint32 ssrc;
    guint8 bits;  /* it stands for 2^bits members */
    guint64 host; /* 0: not known */
    gint64 heard_ns;
    gint64 sent_ns;              /* when it last reported to send; G_MININT64: never */
  } items[LEC_PARTICIPANTS_MAX]; /* by SSRC */
  guint count;
  guint bits;               /* of the sample */
  guint32 secret;           /* odd */
  guint64 members, senders; /* that the items stand for */
} LecParticipants;

/**
 * lec_participants_init:
 * @secret: any number that strangers do not know
 */
void lec_participants_init (LecParticipants *self, guint32 secret);

/**
 * lec_participants_note:
 * @host: stands for the host that it was heard from; 0: not known
 * @sends: it reports as a sender
 */
void lec_participants_note (LecParticipants *self,
                            guint32 ssrc,
                            guint64 host,
                            gboolean sends,
                            gint64 now_ns);

/* A member says goodbye, which is believed from its own host only. */
void lec_participants_remove (LecParticipants *self, guint32 ssrc, guint64 host);

/**
 * lec_participants_expire:
 * @members_ns, @senders_ns: who has not been heard, or has not reported to send, since then is
 *   none (RFC 3550, section 6.3.5)
 */
void lec_participants_expire (LecParticipants *self, gint64 members_ns, gint64 senders_ns);

/* How many there are; beyond #LEC_PARTICIPANTS_MAX an estimate. */
guint lec_participants_get_members (const LecParticipants *self);
guint lec_participants_get_senders (const LecParticipants *self);

G_END_DECLS
