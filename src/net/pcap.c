/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/pcap.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "channel/error.h"
#include "wire/reader.h"
#include "wire/units.h"

#define MAGIC_US 0xa1b2c3d4
#define MAGIC_NS 0xa1b23c4d
#define FILE_HEADER 24
#define RECORD_HEADER 16
#define LINK_BITS 0xffff /* those above say something of check sums */

/* tcpdump.org/linktypes.html */
#define LINK_NULL 0 /* four bytes, then an IPv4 or IPv6 header */
#define LINK_ETHERNET 1
#define LINK_RAW_OLD 12 /* begins with an IPv4 or IPv6 header... */
#define LINK_RAW 101
#define LINK_IPV4 228
#define LINK_IPV6 229
#define LINK_LOOP 108 /* ...has four bytes before it */
#define LINK_SLL 113  /* Linux, “any” interface */
#define LINK_SLL2 276

#define TYPE_IPV4 0x0800
#define TYPE_IPV6 0x86dd
#define TYPE_VLAN 0x8100
#define TYPE_VLAN_OUTER 0x88a8
#define VLANS_MAX 2

/* A number in the byte order of the file. */
static guint32
read_own (const LecPcap *self, LecReader *reader)
{
  guint32 number = lec_reader_u32 (reader);

  return self->little ? GUINT32_SWAP_LE_BE (number) : number;
}

static gboolean
take_magic (LecPcap *self, LecReader *reader, GError **error)
{
  guint32 magic = lec_reader_u32 (reader);

  self->little = magic != MAGIC_US && magic != MAGIC_NS;
  if (self->little)
    magic = GUINT32_SWAP_LE_BE (magic);
  self->link.units = magic == MAGIC_NS ? SECOND : 1000000;
  if (magic == MAGIC_US || magic == MAGIC_NS)
    return TRUE;
  g_set_error_literal (error, LEC_ERROR, LEC_ERROR_MALFORMED,
                       _ ("this is not a capture file (pcap)"));
  return FALSE;
}

static gboolean
is_known (guint link)
{
  static const guint16 known[] = { LINK_NULL, LINK_ETHERNET, LINK_RAW_OLD, LINK_RAW, LINK_IPV4,
                                   LINK_IPV6, LINK_LOOP,     LINK_SLL,     LINK_SLL2 };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++) {
    if (known[i] == link)
      return TRUE;
  }
  return FALSE;
}

/* Magic, version, time zone, accuracy, snap length, link type. */
static gboolean
take_header (LecPcap *self, const guint8 *bytes, gsize size, GError **error)
{
  LecReader reader = lec_reader_init (bytes, MIN (size, FILE_HEADER));
  guint32 link;

  if (!take_magic (self, &reader, error))
    return FALSE;
  lec_reader_skip (&reader, 16);
  link = read_own (self, &reader) & LINK_BITS;
  if (reader.failed) {
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_MALFORMED,
                         _ ("this capture file ends within its header"));
    return FALSE;
  }
  if (!is_known (link)) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("this was captured on a link of type %u; only Ethernet and IP can be read"),
                 link);
    return FALSE;
  }
  self->link.type = (guint16) link;
  self->at = bytes + FILE_HEADER;
  self->left = size - FILE_HEADER;
  return TRUE;
}

gboolean
lec_pcap_init (LecPcap *self, const guint8 *bytes, gsize size, GError **error)
{
  memset (self, 0, sizeof *self);
  self->is_ng = lec_pcapng_init (&self->ng, bytes, size);
  return self->is_ng || take_header (self, bytes, size, error);
}

/* Seconds, their fraction, bytes kept, bytes there were; then those kept. */
static gboolean
take_record (LecPcap *self, LecReader *record, guint *link, gint64 *real_ns)
{
  LecReader reader = lec_reader_init (self->at, self->left);
  guint32 seconds = read_own (self, &reader);
  guint32 fraction = read_own (self, &reader);
  guint32 kept = read_own (self, &reader);
  const guint8 *bytes;

  lec_reader_skip (&reader, 4);
  bytes = lec_reader_bytes (&reader, kept);
  if (reader.failed)
    return FALSE;

  *link = self->link.type;
  *record = lec_reader_init (bytes, kept);
  *real_ns = seconds * SECOND + MIN (fraction * (SECOND / (gint64) self->link.units), SECOND - 1);
  self->at += RECORD_HEADER + kept;
  self->left -= RECORD_HEADER + kept;
  return TRUE;
}

/* @type: of what is behind @record, or of VLANs around it */
static gboolean
skip_vlans (LecReader *record, guint16 type)
{
  for (guint i = 0; i < VLANS_MAX && (type == TYPE_VLAN || type == TYPE_VLAN_OUTER); i++) {
    lec_reader_skip (record, 2);
    type = lec_reader_u16 (record);
  }
  return type == TYPE_IPV4 || type == TYPE_IPV6;
}

/* Leaves what begins with an IP header. */
static gboolean
skip_link (LecReader *record, guint link)
{
  guint16 type;

  switch (link) {
  case LINK_ETHERNET: /* two addresses */
    lec_reader_skip (record, 12);
    return skip_vlans (record, lec_reader_u16 (record));
  case LINK_SLL: /* kind of packet, of hardware, length of its address, the address */
    lec_reader_skip (record, 14);
    return skip_vlans (record, lec_reader_u16 (record));
  case LINK_SLL2: /* the same behind the type, with the number of the interface */
    type = lec_reader_u16 (record);
    lec_reader_skip (record, 18);
    return skip_vlans (record, type);
  case LINK_NULL:
  case LINK_LOOP:
    lec_reader_skip (record, 4);
    return TRUE;
  default:
    return is_known (link);
  }
}

/* RFC 791, section 3.1. Leaves what is behind the header. */
static gboolean
take_ipv4 (LecReader *record, LecPcapDatagram *datagram)
{
  struct sockaddr_in *from = (struct sockaddr_in *) &datagram->from;
  struct sockaddr_in *to = (struct sockaddr_in *) &datagram->to;
  guint header = 4u * (lec_reader_u8 (record) & 0x0f);
  guint16 fragment;
  guint8 protocol;

  lec_reader_skip (record, 5); /* its length is told by UDP again */
  fragment = lec_reader_u16 (record);
  lec_reader_skip (record, 1);
  protocol = lec_reader_u8 (record);
  lec_reader_skip (record, 2);
  from->sin_family = to->sin_family = AF_INET;
  from->sin_addr.s_addr = g_htonl (lec_reader_u32 (record));
  to->sin_addr.s_addr = g_htonl (lec_reader_u32 (record));
  if (header < 20)
    return FALSE;
  lec_reader_skip (record, header - 20);
  return protocol == IPPROTO_UDP && (fragment & 0x3fff) == 0;
}

/* RFC 8200, section 3; headers between it and UDP are not looked for. */
static gboolean
take_ipv6 (LecReader *record, LecPcapDatagram *datagram)
{
  struct sockaddr_in6 *from = (struct sockaddr_in6 *) &datagram->from;
  struct sockaddr_in6 *to = (struct sockaddr_in6 *) &datagram->to;
  const guint8 *addresses;
  guint8 next;

  lec_reader_skip (record, 6);
  next = lec_reader_u8 (record);
  lec_reader_skip (record, 1);
  addresses = lec_reader_bytes (record, 32);
  if (addresses == NULL)
    return FALSE;
  from->sin6_family = to->sin6_family = AF_INET6;
  memcpy (&from->sin6_addr, addresses, 16);
  memcpy (&to->sin6_addr, addresses + 16, 16);
  return next == IPPROTO_UDP;
}

/* RFC 768. The ports are at one place in both families' addresses. */
static gboolean
take_udp (LecPcap *self, LecReader *record, LecPcapDatagram *datagram)
{
  guint16 from = lec_reader_u16 (record);
  guint16 to = lec_reader_u16 (record);
  guint16 length = lec_reader_u16 (record);

  lec_reader_skip (record, 2);
  if (record->failed || length < 8 || length - 8u > record->left) {
    self->cut += record->failed || length >= 8;
    return FALSE;
  }
  ((struct sockaddr_in *) &datagram->from)->sin_port = g_htons (from);
  ((struct sockaddr_in *) &datagram->to)->sin_port = g_htons (to);
  datagram->bytes = record->at;
  datagram->size = length - 8u;
  return TRUE;
}

static gboolean
take_datagram (LecPcap *self, LecReader *record, guint link, LecPcapDatagram *datagram)
{
  guint8 version;

  if (!skip_link (record, link))
    return FALSE;
  version = record->left > 0 ? record->at[0] >> 4 : 0;
  if (version == 4)
    return take_ipv4 (record, datagram) && take_udp (self, record, datagram);
  return version == 6 && take_ipv6 (record, datagram) && take_udp (self, record, datagram);
}

gboolean
lec_pcap_next (LecPcap *self, LecPcapDatagram *datagram)
{
  LecReader record;
  guint link;

  do {
    gboolean any;

    memset (datagram, 0, sizeof *datagram);
    any = self->is_ng ? lec_pcapng_next (&self->ng, &record, &link, &datagram->real_ns)
                      : take_record (self, &record, &link, &datagram->real_ns);
    if (!any)
      return FALSE;
  } while (!take_datagram (self, &record, link, datagram));
  return TRUE;
}
