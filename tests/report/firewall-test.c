/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/firewall.h"

static void
check_for (LecReportFirewall firewall,
           const char *chains,
           const char *second,
           guint16 port,
           const char *expected)
{
  LecHostReport host = { .firewall = firewall };
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  g_autoptr (GString) said = g_string_new (NULL);

  lec_stream_add_leg (lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO), "239.1.1.1", 5004)
      ->rtcp_port
      = port;
  if (second != NULL)
    lec_stream_add_leg (lec_alternative_add_stream (alternative, LEC_MEDIA_AUDIO), second, 5004);
  g_strlcpy (host.chains, chains, sizeof host.chains);
  lec_firewall_append (said, &host, alternative);
  g_assert_cmpstr (said->str, ==, expected);
  lec_channel_info_free (info);
}

static void
check (const char *second, guint16 port, const char *expected)
{
  check_for (LEC_REPORT_FIREWALL_UNKNOWN, "", second, port, expected);
}

static void
test_rules (void)
{
  check (
      NULL, 0,
      "“nft insert rule inet filter input ip daddr 239.1.1.1 udp dport 5004 accept”, “nft insert "
      "rule inet filter input ip protocol igmp accept” (nftables; "
      "“nft list ruleset” tells table and chain), "
      "“ufw allow proto udp to 239.1.1.1 port 5004”, “ufw allow proto igmp to 224.0.0.0/4” (ufw), "
      "or “firewall-cmd --add-port=5004/udp --add-protocol=igmp” (firewalld)");
  check (
      "239.1.1.2", 5005,
      "“nft insert rule inet filter input ip daddr { 239.1.1.1, 239.1.1.2 } udp dport { 5004, "
      "5005 } accept”, “nft insert rule inet filter input ip protocol igmp accept” (nftables; “nft "
      "list ruleset” tells table and chain), “ufw allow proto udp to any port 5004,5005”, “ufw "
      "allow proto igmp to 224.0.0.0/4” (ufw), or “firewall-cmd --add-port=5004/udp "
      "--add-port=5005/udp --add-protocol=igmp” (firewalld)");
}

/* Of that which is there, and by the names that it has. */
static void
test_known (void)
{
  check_for (
      LEC_REPORT_FIREWALL_UNKNOWN, "ip mine way-in", NULL, 0,
      "“nft insert rule ip mine way-in ip daddr 239.1.1.1 udp dport 5004 accept”, “nft insert "
      "rule ip mine way-in ip protocol igmp accept” (nftables; “nft list ruleset” tells table "
      "and chain), “ufw allow proto udp to 239.1.1.1 port 5004”, “ufw allow proto igmp to "
      "224.0.0.0/4” (ufw), or “firewall-cmd --add-port=5004/udp --add-protocol=igmp” "
      "(firewalld)");
  check_for (LEC_REPORT_FIREWALL_NFTABLES, "ip mine way-in, netdev t c", NULL, 5005,
             "“nft insert rule ip mine way-in ip daddr 239.1.1.1 udp dport { 5004, 5005 } accept”, "
             "“nft insert rule ip mine way-in ip protocol igmp accept”, "
             "“nft insert rule netdev t c ip daddr 239.1.1.1 udp dport { 5004, 5005 } accept”, "
             "“nft insert rule netdev t c ip protocol igmp accept”");
  check_for (LEC_REPORT_FIREWALL_IPTABLES, "", "239.1.1.2", 5005,
             "“iptables-legacy -I INPUT -d 239.1.1.1,239.1.1.2 -p udp -m multiport --dports "
             "5004,5005 -j ACCEPT”, “iptables-legacy -I INPUT -p igmp -j ACCEPT”");
  check_for (LEC_REPORT_FIREWALL_UFW, "", NULL, 5005,
             "“ufw allow proto udp to 239.1.1.1 port 5004,5005”, “ufw allow proto igmp to "
             "224.0.0.0/4”");
  check_for (LEC_REPORT_FIREWALL_FIREWALLD, "inet firewalld filter_INPUT", NULL, 5005,
             "“firewall-cmd --add-port=5004/udp --add-port=5005/udp --add-protocol=igmp”");
  /* no rule has both families */
  check_for (LEC_REPORT_FIREWALL_NFTABLES, "inet filter input", "ff15::1", 0,
             "“nft insert rule inet filter input ip daddr 239.1.1.1 udp dport 5004 accept”, “nft "
             "insert rule inet filter input ip protocol igmp accept”");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/firewall/rules", test_rules);
  g_test_add_func ("/firewall/known", test_known);

  return g_test_run ();
}
