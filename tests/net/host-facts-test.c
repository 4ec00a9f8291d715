/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/host-facts.h"

#define SNMP                                                                                       \
  "Ip: Forwarding DefaultTTL InReceives InDelivers\nIp: 2 64 900 700\n"                            \
  "Udp: InDatagrams NoPorts IgnoredMulti\nUdp: 13 2 44\n"
#define NETSTAT                                                                                    \
  "TcpExt: SyncookiesSent IPReversePathFilter\nTcpExt: 0 639\n"                                    \
  "IpExt: InNoRoutes InMcastPkts\nIpExt: 0 179500\n"
#define SNMP6                                                                                      \
  "Ip6InReceives                   \t90\nIp6InDelivers                   \t80\n"                   \
  "Ip6InMcastPkts                  \t70\nUdp6IgnoredMulti                \t6\n"

static void
test_counters (void)
{
  LecHostCounters counters;

  g_assert_true (lec_host_counters_parse (SNMP, NETSTAT, SNMP6, &counters));
  g_assert_cmpuint (counters.v4.multicast, ==, 179500);
  g_assert_cmpuint (counters.v4.delivered, ==, 700);
  g_assert_cmpuint (counters.v4.reverse_path, ==, 639);
  g_assert_cmpuint (counters.v4.ignored, ==, 44);
  g_assert_cmpuint (counters.v6.multicast, ==, 70);
  g_assert_cmpuint (counters.v6.delivered, ==, 80);
  g_assert_cmpuint (counters.v6.ignored, ==, 6);
  g_assert_true (lec_host_counters_parse (SNMP, NETSTAT, NULL, &counters));
  g_assert_cmpuint (counters.v6.multicast, ==, 0);
  g_assert_false (lec_host_counters_parse (SNMP, "", SNMP6, &counters));
  g_assert_false (lec_host_counters_parse ("Ip: InDelivers\n", NETSTAT, SNMP6, &counters));
  g_assert_false (lec_host_counters_parse (NULL, NETSTAT, SNMP6, &counters));
  g_assert_false (lec_host_counters_parse (SNMP, NULL, SNMP6, &counters));
}

static void
test_socket (void)
{
  static const char udp[]
      = "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  "
        "timeout inode ref pointer drops\n"
        "  123: 0101054F:138C 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        "
        "0 "
        "4711 2 0000000000000000 0\n"
        "  124: 00000000:14E9 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        "
        "0 "
        "12 2 0000000000000000 0\n";

  g_assert_cmpuint (lec_host_find_socket (udp, 5004), ==, 4711);
  g_assert_cmpuint (lec_host_find_socket (udp, 5353), ==, 12);
  g_assert_cmpuint (lec_host_find_socket (udp, 5005), ==, 0);
  g_assert_cmpuint (lec_host_find_socket ("", 5004), ==, 0);
  g_assert_cmpuint (lec_host_find_socket ("\n: : : :\n1:1\n", 5004), ==, 0);
}

/* The system that this runs on tells. */
static void
test_read (void)
{
  LecHostCounters counters, later;
  g_autoptr (GArray) links = lec_host_links_read ();

  g_assert_true (lec_host_counters_read (&counters));
  g_assert_true (lec_host_counters_read (&later));
  g_assert_cmpuint (later.v4.delivered, >=, counters.v4.delivered);
  for (guint i = 0; i < links->len; i++)
    g_assert_cmpstr (g_array_index (links, LecHostLink, i).name, !=, "lo");
  g_assert_cmpuint (lec_host_read_limit ("net/no/such/limit"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/host-facts/counters", test_counters);
  g_test_add_func ("/host-facts/socket", test_socket);
  g_test_add_func ("/host-facts/read", test_read);

  return g_test_run ();
}
