/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/relay.h"

#include "announce/address.h"

static void
test_relays (void)
{
  static const struct
  {
    const char *uri;
    const char *group; /* NULL: it is no relay */
  } relays[] = {
    { "http://192.0.2.1:4022/udp/239.1.2.3:1234", "udp://@239.1.2.3:1234" }, /* udpxy */
    { "http://192.0.2.1:4022/rtp/239.1.2.3:1234/", "rtp://@239.1.2.3:1234" },
    { "http://192.0.2.1:4022/rtp/224.0.2.26^24055", "rtp://@224.0.2.26:24055" },
    { "http://192.0.2.1:4022/udp/224.0.2.26%24055", "udp://@224.0.2.26:24055" },
    { "http://192.0.2.1:4022/udp/224.0.2.26~24055", "udp://@224.0.2.26:24055" },
    { "http://192.0.2.1:4022/udp/224.0.2.26+24055", "udp://@224.0.2.26:24055" },
    { "http://192.0.2.1:4022/udp/224.0.2.26-24055", "udp://@224.0.2.26:24055" },
    { "http://192.0.2.1:4022/udp/239.1.2.3%3A1234", "udp://@239.1.2.3:1234" },
    { "http://192.0.2.1:4022/udp/10.1.1.1@232.1.2.3:1234", "udp://10.1.1.1@232.1.2.3:1234" },
    { "http://192.0.2.1:4022/udp/10.1.1.1%40232.1.2.3:1234", "udp://10.1.1.1@232.1.2.3:1234" },
    { "HTTPS://u:p@router.example/tv/UDP/239.1.2.3:1234", "udp://@239.1.2.3:1234" },
    { "http://192.0.2.1:7088/udp/239.1.2.3:1234@em0", "udp://@239.1.2.3:1234" }, /* msd_lite */
    { "http://192.0.2.1:7088/udp/[ff15::1]:1234", "udp://@[ff15::1]:1234" },
    { "http://192.0.2.1:5140/rtp/239.1.2.3:1234?fcc=10.2.2.2:8027&fcc-type=huawei",
      "rtp://@239.1.2.3:1234" }, /* rtp2httpd */
    { "http://192.0.2.1:5140/rtp/239.1.2.3:1234@10.1.1.1", "rtp://10.1.1.1@239.1.2.3:1234" },
    { "http://192.0.2.1:8000/udp/eth1@239.1.2.3:1234", "udp://@239.1.2.3:1234" }, /* Astra */
    { "http://192.0.2.1:8080/udp://@239.1.2.3:1234", "udp://@239.1.2.3:1234" },
    { "http://192.0.2.1/udp/10.0.0.1:1234", NULL },
    { "http://192.0.2.1/udp/239.1.2.3", NULL },
    { "http://192.0.2.1/udp/239.1.2.3:0", NULL },
    { "http://192.0.2.1/udp/239.1.2.3:1234.m3u8", NULL },
    { "http://192.0.2.1/udp/", NULL },
    { "http://192.0.2.1/?x=/udp/239.1.2.3:1234", NULL },
    { "ftp://192.0.2.1/udp/239.1.2.3:1234", NULL },
    { "/udp/239.1.2.3:1234", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (relays); i++) {
    g_autofree char *group = lec_relay_dup_group (relays[i].uri);

    g_test_message ("%s", relays[i].uri);
    g_assert_cmpstr (group, ==, relays[i].group);
    g_assert_true (group == NULL || lec_address_is_address (group));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/relay/forms", test_relays);
  return g_test_run ();
}
