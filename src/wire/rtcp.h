/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a receiver wants to know from an RTCP compound packet (RFC 3550, section 6).
 *
 * Nothing here believes a sender: it only reads. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LecSenderReport:
 * @ssrc: of the sender
 * @ntp: its wall clock when it sent the report, 32.32 fixed point; only differences mean anything
 * @timestamp: the RTP time stamp of the same moment
 */
typedef struct
{
  guint32 ssrc;
  guint64 ntp;
  guint32 timestamp;
} LecSenderReport;

typedef struct
{
  gboolean has_report;
  LecSenderReport report; /* the first one of the compound */
  gboolean has_bye;
  guint32 bye_ssrc; /* the first one named */
  guint64 cname;    /* stands for the canonical name of the first source described; 0: none */
} LecRtcp;

/**
 * lec_rtcp_parse:
 * @rtcp: (out): filled in on success only
 *
 * Returns: FALSE unless the whole datagram is a compound that tiles exactly
 */
gboolean lec_rtcp_parse (const guint8 *data, gsize size, LecRtcp *rtcp);

/**
 * lec_ntp_to_ns:
 *
 * Returns: a 32.32 NTP time as nanoseconds, good for differences within one NTP era
 */
gint64 lec_ntp_to_ns (guint64 ntp);

G_END_DECLS
