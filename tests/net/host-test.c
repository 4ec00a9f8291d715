/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/host.h"

/* What is read is written as it is usually written. */
static void
test_format (void)
{
  static const struct
  {
    const char *text;
    const char *written;
  } rows[] = {
    { "192.0.2.7", "192.0.2.7" },
    { "FD77:0::9", "fd77::9" },
    { "::ffff:192.0.2.7", "::ffff:192.0.2.7" },
    { "fe80:1111:2222:3333:4444:5555:6666:7777", "fe80:1111:2222:3333:4444:5555:6666:7777" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    struct sockaddr_storage address;
    char text[INET6_ADDRSTRLEN];

    g_assert_true (lec_host_parse (rows[i].text, 5004, &address));
    g_assert_cmpuint (lec_host_get_port (&address), ==, 5004);
    lec_host_format (&address, text);
    g_assert_cmpstr (text, ==, rows[i].written);
  }
}

/* What is no address is not made one, whatever stood there. */
static void
test_neither (void)
{
  struct sockaddr_storage address = { .ss_family = AF_UNSPEC };
  char text[INET6_ADDRSTRLEN] = "192.0.2.7";

  g_assert_false (lec_host_parse ("hall.example.org", 5004, &address));
  lec_host_format (&address, text);
  g_assert_cmpstr (text, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/host/format", test_format);
  g_test_add_func ("/host/neither", test_neither);
  return g_test_run ();
}
