/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "membership-query.h"

#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MLD_BODY 48 /* where it begins, behind two headers */

static const guint8 igmp3[]
    = { 0x46, 0xc0, 0,   36, 0, 1, 0,    0,   1, 2, 0, 0, 10, 79, 1, 2,   224, 0,
        0,    1,    148, 4,  0, 0, 0x11, 100, 0, 0, 0, 0, 0,  0,  2, 125, 0,   0 };
static const guint8 igmp2[] = { 0x46, 0xc0, 0, 32, 0,   1, 0, 0, 1,    2,   0, 0, 10, 79, 1, 2,
                                224,  0,    0, 1,  148, 4, 0, 0, 0x11, 100, 0, 0, 0,  0,  0, 0 };

/* behind the router alert that it must have */
static const guint8 mld[] = {
  0x60, 0,    0, 0, 0, 36, 0, 1, 0xfe, 0x80, 0, 0, 0, 0, 0,  0, 0, 0, 0, 0, 0, 0,   0,   2, 0xff, 2,
  0,    0,    0, 0, 0, 0,  0, 0, 0,    0,    0, 0, 0, 1, 58, 0, 5, 2, 0, 0, 1, 0,   130, 0, 0,    0,
  0x27, 0x10, 0, 0, 0, 0,  0, 0, 0,    0,    0, 0, 0, 0, 0,  0, 0, 0, 0, 0, 2, 125, 0,   0,
};

static guint16
sum (const guint8 *bytes, gsize size, guint32 start)
{
  for (gsize i = 0; i + 1 < size; i += 2)
    start += (guint32) (bytes[i] << 8 | bytes[i + 1]);
  while (start >> 16 != 0)
    start = (start & 0xffff) + (start >> 16);
  return (guint16) ~start;
}

static void
put (guint8 *bytes, guint16 value)
{
  bytes[0] = (guint8) (value >> 8);
  bytes[1] = (guint8) value;
}

/* Fills in the checksums and sends. */
static void
send_query (const guint8 *query, gsize size, const char *interface)
{
  struct sockaddr_ll to = { .sll_family = AF_PACKET, .sll_halen = ETH_ALEN };
  int fd = socket (AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  guint8 bytes[128];

  memcpy (bytes, query, size);
  to.sll_ifindex = (int) if_nametoindex (interface);
  if (bytes[0] >> 4 == 4) {
    put (bytes + 10, 0);
    put (bytes + 10, sum (bytes, 24, 0));
    put (bytes + 26, 0);
    put (bytes + 26, sum (bytes + 24, size - 24, 0));
    to.sll_protocol = htons (ETH_P_IP);
    memcpy (to.sll_addr, "\x01\x00\x5e\x00\x00\x01", ETH_ALEN);
  } else {
    const guint8 *body = bytes + MLD_BODY;
    const guint32 length = (guint32) size - MLD_BODY;
    const guint32 body_sum = (guint16) ~sum (body, length, 0);

    put (bytes + MLD_BODY + 2, sum (bytes + 8, 32, body_sum + length + IPPROTO_ICMPV6));
    to.sll_protocol = htons (ETH_P_IPV6);
    memcpy (to.sll_addr, "\x33\x33\x00\x00\x00\x01", ETH_ALEN);
  }
  g_assert_cmpint (sendto (fd, bytes, size, 0, (struct sockaddr *) &to, sizeof to), ==,
                   (gssize) size);
  close (fd);
}

void
membership_query_send (MembershipQuery query, const char *interface)
{
  switch (query) {
  case MEMBERSHIP_QUERY_IGMP3:
    send_query (igmp3, sizeof igmp3, interface);
    break;
  case MEMBERSHIP_QUERY_IGMP2:
    send_query (igmp2, sizeof igmp2, interface);
    break;
  case MEMBERSHIP_QUERY_MLD:
    send_query (mld, sizeof mld, interface);
    break;
  default:
    g_assert_not_reached ();
  }
}
