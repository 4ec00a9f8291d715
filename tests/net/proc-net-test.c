/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/proc-net.h"

static void
test_column (void)
{
  static const char table[] = "Udp: A B\nUdp: 1 2\nUdpLite: A B\nUdpLite: 3 4\nIp: A\n";
  guint64 value = 7;

  g_assert_true (lec_proc_net_find_column (table, "Udp:", "B", &value));
  g_assert_cmpuint (value, ==, 2);
  g_assert_true (lec_proc_net_find_column (table, "UdpLite:", "A", &value));
  g_assert_cmpuint (value, ==, 3);
  g_assert_false (lec_proc_net_find_column (table, "Udp:", "C", &value));
  g_assert_false (lec_proc_net_find_column (table, "Ip:", "A", &value));
  g_assert_false (lec_proc_net_find_column ("", "Udp:", "A", &value));
}

/* What is no number, or is not there, is not told; what stands beside it is. */
static void
test_odd_cells (void)
{
  static const char table[] = "Tcp: Max In  Out Late\nTcp: -1 9 8x\nUdp: In Out\nUdp: 5 6";
  guint64 value = 7;

  g_assert_false (lec_proc_net_find_column (table, "Tcp:", "Max", &value));
  g_assert_false (lec_proc_net_find_column (table, "Tcp:", "Out", &value));
  g_assert_false (lec_proc_net_find_column (table, "Tcp:", "Late", &value));
  g_assert_false (lec_proc_net_find_column (table, "Tcp:", "I", &value));
  g_assert_cmpuint (value, ==, 7);
  g_assert_true (lec_proc_net_find_column (table, "Tcp:", "In", &value));
  g_assert_cmpuint (value, ==, 9);
  g_assert_true (lec_proc_net_find_column (table, "Udp:", "Out", &value));
  g_assert_cmpuint (value, ==, 6);
}

static void
test_line (void)
{
  static const char table[] = "XIp6In 5\nIp6InX 6\nIp6In  \t7\n";

  g_assert_cmpuint (lec_proc_net_find_line (table, "Ip6In"), ==, 7);
  g_assert_cmpuint (lec_proc_net_find_line (table, "Ip6"), ==, 0);
  g_assert_cmpuint (lec_proc_net_find_line ("", "Ip6In"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/proc-net/column", test_column);
  g_test_add_func ("/proc-net/odd-cells", test_odd_cells);
  g_test_add_func ("/proc-net/line", test_line);

  return g_test_run ();
}
