/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Why the kernel drops datagrams that have arrived: counters of the whole host, or of its network
 * namespace, as a socket only knows how many. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of one family, since the system was started. [datagrams], once for each socket that would have
 * had them. */
typedef struct
{
  guint64 checksum; /* InCsumErrors: damaged on the way */
  guint64 overflow; /* RcvbufErrors: no room in the receive buffer */
} LecUdpErrors;

typedef struct
{
  LecUdpErrors v4, v6;
} LecUdpErrorsOfHost;

/* Reads /proc: some tens of microseconds. Returns: FALSE where the system does not tell */
gboolean lec_udp_errors_read (LecUdpErrorsOfHost *errors);

/**
 * lec_udp_errors_parse:
 * @snmp: (nullable): what /proc/net/snmp says
 * @snmp6: (nullable): what /proc/net/snmp6 says; NULL: there is no IPv6
 *
 * Returns: FALSE where @snmp does not tell
 */
gboolean lec_udp_errors_parse (const char *snmp, const char *snmp6, LecUdpErrorsOfHost *errors);

G_END_DECLS
