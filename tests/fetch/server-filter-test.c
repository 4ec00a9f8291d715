/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/server-filter.h"

#include "names.h"

static const struct
{
  const char *address;
  LecServerReach reach;
} rows[] = {
  { "8.8.8.8", LEC_SERVER_REACH_PUBLIC },
  { "172.32.0.1", LEC_SERVER_REACH_PUBLIC },
  { "100.128.0.1", LEC_SERVER_REACH_PUBLIC },
  { "192.169.0.1", LEC_SERVER_REACH_PUBLIC },
  { "2a00::1", LEC_SERVER_REACH_PUBLIC },
  { "::ffff:8.8.8.8", LEC_SERVER_REACH_PUBLIC },
  { "64:ff9b::808:808", LEC_SERVER_REACH_PUBLIC },
  { "10.0.0.1", LEC_SERVER_REACH_NETWORK },
  { "172.16.0.1", LEC_SERVER_REACH_NETWORK },
  { "172.31.255.255", LEC_SERVER_REACH_NETWORK },
  { "192.168.1.1", LEC_SERVER_REACH_NETWORK },
  { "100.64.0.1", LEC_SERVER_REACH_NETWORK },
  { "fd00::1", LEC_SERVER_REACH_NETWORK },
  { "::ffff:192.168.1.1", LEC_SERVER_REACH_NETWORK },
  { "64:ff9b::c0a8:101", LEC_SERVER_REACH_NETWORK },
  { "2002:c0a8:101::1", LEC_SERVER_REACH_NETWORK },
  { "127.0.0.1", LEC_SERVER_REACH_ALL },
  { "127.255.255.254", LEC_SERVER_REACH_ALL },
  { "0.0.0.0", LEC_SERVER_REACH_ALL },
  { "169.254.169.254", LEC_SERVER_REACH_ALL },
  { "224.0.0.1", LEC_SERVER_REACH_ALL },
  { "255.255.255.255", LEC_SERVER_REACH_ALL },
  { "::", LEC_SERVER_REACH_ALL },
  { "::1", LEC_SERVER_REACH_ALL },
  { "::127.0.0.1", LEC_SERVER_REACH_ALL },
  { "::ffff:127.0.0.1", LEC_SERVER_REACH_ALL },
  { "2002:7f00:1::1", LEC_SERVER_REACH_ALL },
  { "fe80::1", LEC_SERVER_REACH_ALL },
  { "ff02::1", LEC_SERVER_REACH_ALL },
};

static void
test_reach (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GInetAddress) address = g_inet_address_new_from_string (rows[i].address);

    g_test_message ("%s", rows[i].address);
    g_assert_cmpint (lec_server_reach_of (address), ==, rows[i].reach);
  }
}

/* By whatever name: what is out of reach is not given. */
static void
test_filter (void)
{
  static const char *const hosts[] = { "127.0.0.1", "localhost", "leads-here.example", "::1" };

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++) {
    for (int reach = LEC_SERVER_REACH_PUBLIC; reach <= LEC_SERVER_REACH_ALL; reach++) {
      g_autoptr (GSocketConnectable) filter
          = lec_server_filter_new (hosts[i], 80, (LecServerReach) reach);
      g_autoptr (GSocketAddressEnumerator) addresses
          = i % 2 == 0 ? g_socket_connectable_enumerate (filter)
                       : g_socket_connectable_proxy_enumerate (filter);
      g_autoptr (GError) error = NULL;
      g_autoptr (GSocketAddress) address
          = g_socket_address_enumerator_next (addresses, NULL, &error);

      g_test_message ("%s", hosts[i]);
      g_assert_cmpint (address != NULL, ==, reach == LEC_SERVER_REACH_ALL);
      if (reach != LEC_SERVER_REACH_ALL)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
      g_assert_true (G_IS_NETWORK_ADDRESS (filter)); /* certificates are checked against it */
      g_assert_cmpstr (g_network_address_get_hostname (G_NETWORK_ADDRESS (filter)), ==, hosts[i]);
    }
  }
}

static void
test_unknown (void)
{
  g_autoptr (GSocketConnectable) filter
      = lec_server_filter_new ("nobody.example", 80, LEC_SERVER_REACH_PUBLIC);
  g_autoptr (GSocketAddressEnumerator) addresses = g_socket_connectable_enumerate (filter);
  g_autoptr (GError) error = NULL;

  g_assert_null (g_socket_address_enumerator_next (addresses, NULL, &error));
  g_assert_error (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  names_install ();
  g_test_add_func ("/server-filter/reach", test_reach);
  g_test_add_func ("/server-filter/filter", test_filter);
  g_test_add_func ("/server-filter/unknown", test_unknown);
  return g_test_run ();
}
