/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which firewall is at work on this computer, as far as whoever asks may know. May be called from
 * any thread; takes some hundred microseconds. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LEC_PACKET_FILTER_UNKNOWN,
  LEC_PACKET_FILTER_NFTABLES,
  LEC_PACKET_FILTER_IPTABLES, /* of its old kind; the new one is nftables underneath */
  LEC_PACKET_FILTER_UFW,
  LEC_PACKET_FILTER_FIREWALLD,
} LecPacketFilter;

#define LEC_MAX_CHAINS 8

/**
 * lec_packet_filter_find:
 * @family: AF_INET or AF_INET6
 * @chains: (out) (transfer full) (array zero-terminated=1): those of nftables that what comes in
 *   passes, and that may drop it, as nft has their names: "inet filter input"; at most
 *   #LEC_MAX_CHAINS. An administrator may read them from the kernel, others from the usual file
 */
LecPacketFilter lec_packet_filter_find (int family, GStrv *chains);

/* Returns: (transfer full) (array zero-terminated=1): likewise, of what /etc/nftables.conf says */
GStrv lec_packet_filter_read_chains (const char *config, int family);

G_END_DECLS
