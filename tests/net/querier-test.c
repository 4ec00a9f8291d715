/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether it is noticed that somebody asks for memberships: a router at `left-end`. */
#include "net/querier.h"

#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "privilege.h"

#define MLD_BODY 48 /* where it begins, behind two headers */
#define PATIENCE (5 * G_TIME_SPAN_SECOND)

/* RFC 3376, section 4.1, and RFC 2236, section 2: general queries of both versions; and one of
 * garbage. */
static const guint8 igmp3[]
    = { 0x46, 0xc0, 0,   36, 0, 1, 0,    0,   1, 2, 0, 0, 10, 79, 1, 2,   224, 0,
        0,    1,    148, 4,  0, 0, 0x11, 100, 0, 0, 0, 0, 0,  0,  2, 125, 0,   0 };
static const guint8 igmp2[] = { 0x46, 0xc0, 0, 32, 0,   1, 0, 0, 1,    2,   0, 0, 10, 79, 1, 2,
                                224,  0,    0, 1,  148, 4, 0, 0, 0x11, 100, 0, 0, 0,  0,  0, 0 };

/* RFC 3810, section 5.1, behind the router alert that it must have */
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
ask (const guint8 *query, gsize size)
{
  struct sockaddr_ll to = { .sll_family = AF_PACKET, .sll_halen = ETH_ALEN };
  int fd = socket (AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  guint8 bytes[128];

  memcpy (bytes, query, size);
  to.sll_ifindex = (int) if_nametoindex ("left-end");
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

static LecInterface
find (const char *name)
{
  LecInterface interface;
  g_autoptr (GError) error = NULL;

  lec_interfaces_find (name, &interface, &error);
  g_assert_no_error (error);
  return interface;
}

static LecQuerierState
look (LecQuerier *querier, int family, const LecInterface *interface)
{
  gint64 asked_us;
  LecQuerierState state;

  if (lec_querier_get_fd (querier) >= 0)
    lec_querier_read (querier);
  lec_querier_look (querier, interface);
  state = lec_querier_get_state (querier, family, interface->index, &asked_us);
  if (state == LEC_QUERIER_SEEN)
    g_assert_cmpint (g_get_monotonic_time () - asked_us, <, PATIENCE);
  else
    g_assert_cmpint (asked_us, ==, -1);
  return state;
}

static void
await_seen (LecQuerier *querier, int family, const LecInterface *interface)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE;

  while (look (querier, family, interface) != LEC_QUERIER_SEEN) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_usleep (1000);
  }
}

static void
test_igmp (void)
{
  g_autoptr (LecQuerier) querier = lec_querier_new ();
  const LecInterface left = find ("left"), right = find ("right");

  g_assert_cmpint (lec_querier_get_fd (querier), >=, 0);
  g_assert_cmpint (look (querier, AF_INET, &left), ==, LEC_QUERIER_UNKNOWN);
  ask (igmp3, sizeof igmp3);
  await_seen (querier, AF_INET, &left);
  g_assert_cmpint (look (querier, AF_INET, &right), ==, LEC_QUERIER_UNKNOWN);
  g_assert_cmpint (look (querier, AF_INET6, &left), ==, LEC_QUERIER_UNKNOWN);
}

static void
test_mld (void)
{
  g_autoptr (LecQuerier) querier = NULL;
  const LecInterface left = find ("left"), right = find ("right");

  privilege_drop ();
  querier = lec_querier_new ();
  g_assert_cmpint (look (querier, AF_INET6, &left), ==, LEC_QUERIER_UNKNOWN);
  privilege_take ();
  ask (mld, sizeof mld);
  privilege_drop ();
  await_seen (querier, AF_INET6, &left);
  g_assert_cmpint (look (querier, AF_INET6, &right), ==, LEC_QUERIER_UNKNOWN);
  g_assert_cmpint (look (querier, AF_INET, &left), ==, LEC_QUERIER_UNKNOWN);
  privilege_take ();
}

/* A person sees of IGMP that a querier of an old version is there. The last test: the system
 * remembers it for minutes. */
static void
test_unprivileged (void)
{
  g_autoptr (LecQuerier) querier = NULL;
  const LecInterface left = find ("left"), right = find ("right");

  privilege_drop ();
  querier = lec_querier_new ();
  g_assert_cmpint (lec_querier_get_fd (querier), ==, -1);
  g_assert_cmpint (look (querier, AF_INET, &left), ==, LEC_QUERIER_UNKNOWN);
  privilege_take ();
  ask (igmp2, sizeof igmp2);
  privilege_drop ();
  await_seen (querier, AF_INET, &left);
  g_assert_cmpint (look (querier, AF_INET, &right), ==, LEC_QUERIER_UNKNOWN);
  privilege_take ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/querier/igmp", test_igmp);
  g_test_add_func ("/querier/mld", test_mld);
  g_test_add_func ("/querier/unprivileged", test_unprivileged);
  return g_test_run ();
}
