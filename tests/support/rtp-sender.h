/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A station for tests: sends exactly the datagrams that it is told to, one by one. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RtpSender RtpSender;

/**
 * rtp_sender_new:
 * @group: where to, numeric
 * @interface: over which one; `lo` unless a test has its own
 * @source: (nullable): address that datagrams come from; one of @interface, or any of 127.0.0.0/8
 */
RtpSender *
rtp_sender_new (const char *group, guint16 port, const char *interface, const char *source);
void rtp_sender_free (RtpSender *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RtpSender, rtp_sender_free)

/* What the header of the next packet says; each packet sent moves sequence and timestamp on. */
typedef struct
{
  guint payload;
  guint16 sequence;
  guint32 timestamp;
  guint32 step; /* of the time stamp */
  guint32 ssrc;
  gboolean marker;
} RtpHeader;

/* Sends one packet with @size bytes of payload, which begins with the sequence number. */
void rtp_sender_send (RtpSender *self, RtpHeader *header, gsize size);

/* Lets one number pass without sending it. */
void rtp_sender_skip (RtpHeader *header);

void rtp_sender_send_bytes (RtpSender *self, const guint8 *bytes, gsize size);

/* Sends an RTCP sender report with a CNAME: at @ntp_ns of its wall clock the time stamp was that.
 */
void rtp_sender_report (RtpSender *self,
                        guint32 ssrc,
                        gint64 ntp_ns,
                        guint32 timestamp,
                        const char *cname);

G_END_DECLS
