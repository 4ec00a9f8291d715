/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/firewall.h"

static void
check (const char *second, guint16 port, const char *expected)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  g_autoptr (GString) said = g_string_new (NULL);

  lec_stream_add_leg (lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO), "239.1.1.1", 5004)
      ->rtcp_port
      = port;
  if (second != NULL)
    lec_stream_add_leg (lec_alternative_add_stream (alternative, LEC_MEDIA_AUDIO), second, 5004);
  lec_firewall_append (said, alternative);
  g_assert_cmpstr (said->str, ==, expected);
  lec_channel_info_free (info);
}

static void
test_rules (void)
{
  check (NULL, 0,
         "“nft insert rule inet filter input ip daddr 239.1.1.1 udp dport 5004 accept” (nftables), "
         "“ufw allow proto udp to 239.1.1.1 port 5004” (ufw), or “firewall-cmd "
         "--add-port=5004/udp” (firewalld)");
  check ("239.1.1.2", 5005,
         "“nft insert rule inet filter input ip daddr { 239.1.1.1, 239.1.1.2 } udp dport { 5004, "
         "5005 } accept” (nftables), “ufw allow proto udp to any port 5004,5005” (ufw), or "
         "“firewall-cmd --add-port=5004/udp --add-port=5005/udp” (firewalld)");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firewall/rules", test_rules);

  return g_test_run ();
}
