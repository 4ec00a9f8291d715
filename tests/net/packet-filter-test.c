/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the kernel says is in tests/lan/doctor.sh. */
#include "net/packet-filter.h"

#include <sys/socket.h>

/* Of Debian's nftables package, and what people add to it. */
#define CONFIG                                                                                     \
  "#!/usr/sbin/nft -f\n\nflush ruleset\n\n"                                                        \
  "table inet filter {\n"                                                                          \
  "\tchain input {\n\t\ttype filter hook input priority filter;\n\t}\n"                            \
  "\tchain forward {\n\t\ttype filter hook forward priority filter;\n\t}\n"                        \
  "\tchain output {\n\t\ttype filter hook output priority filter;\n\t}\n}\n"                       \
  "table ip6 guard {\n"                                                                            \
  "  chain early { # comment\n    type filter hook prerouting priority raw; policy drop;\n  }\n"   \
  "  chain change {\n    type nat hook prerouting priority dstnat;\n  }\n}\n"

static void
check (const char *config, int family, const char *expected)
{
  g_auto (GStrv) chains = lec_packet_filter_read_chains (config, family);
  g_autofree char *all = g_strjoinv (", ", chains);

  g_assert_cmpstr (all, ==, expected);
}

static void
test_config (void)
{
  g_autoptr (GString) many = g_string_new ("table inet t {\n");

  check (CONFIG, AF_INET, "inet filter input");
  check (CONFIG, AF_INET6, "inet filter input, ip6 guard early");
  check ("", AF_INET, "");
  check ("type filter hook input priority 0;", AF_INET, "");
  check ("table\ntable inet\nchain\nchain a\ntype filter hook\ntype filter hook input", AF_INET,
         "");
  /* a name that would be more than a name to a shell */
  check ("table inet f;reboot {\nchain `x` {\ntype filter hook input priority 0;", AF_INET, "");
  for (guint i = 0; i < 100; i++)
    g_string_append_printf (many, "chain c%u {\ntype filter hook input priority 0;\n", i);
  check (many->str, AF_INET,
         "inet t c0, inet t c1, inet t c2, inet t c3, inet t c4, inet t c5, inet t c6, inet t c7");
}

static void
test_find (void)
{
  g_auto (GStrv) v4 = NULL, v6 = NULL;

  lec_packet_filter_find (AF_INET, &v4); /* whatever there is */
  lec_packet_filter_find (AF_INET6, &v6);
  g_assert_nonnull (v4);
  g_assert_nonnull (v6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/packet-filter/config", test_config);
  g_test_add_func ("/packet-filter/find", test_find);

  return g_test_run ();
}
