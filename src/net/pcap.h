/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the UDP datagrams out of a capture file, from memory: the inverse of net/capture.h, and
 * what tcpdump and Wireshark write (pcap, of either byte order, with micro- or nanoseconds, and
 * pcapng), of Ethernet, of raw IP, of the loopback interface, and of “any” interface of Linux.
 *
 * Opens nothing and allocates nothing. */
#pragma once

#include <gio/gio.h>
#include <netinet/in.h>

#include "net/pcapng.h"

G_BEGIN_DECLS

/* A plain struct; copied, it reads on from the same place. All fields are private, but that of what
 * was cut. */
typedef struct
{
  const guint8 *at;
  gsize left;
  gboolean little; /* numbers of the file's own begin with their least byte */
  LecPcapLink link;
  gboolean is_ng; /* it is a pcapng file, which is read by... */
  LecPcapng ng;
  guint64 cut; /* datagrams passed over so far, of which not all was kept */
} LecPcap;

/* One datagram, as it was captured. */
typedef struct
{
  gint64 real_ns; /* [ns since 1970] */
  struct sockaddr_storage from, to;
  const guint8 *bytes; /* stay the caller's memory */
  gsize size;
} LecPcapDatagram;

/**
 * lec_pcap_init:
 * @bytes: a whole file; must outlive the reading
 * @error: #LEC_ERROR_MALFORMED or #LEC_ERROR_UNSUPPORTED
 */
gboolean lec_pcap_init (LecPcap *self, const guint8 *bytes, gsize size, GError **error);

/**
 * lec_pcap_next:
 *
 * Passes over what is no UDP datagram, or not all of one: fragments, and those that were cut.
 *
 * Returns: FALSE at the end of the file, or where it is cut itself
 */
gboolean lec_pcap_next (LecPcap *self, LecPcapDatagram *datagram);

G_END_DECLS
