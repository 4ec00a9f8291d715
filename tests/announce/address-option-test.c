/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How other programs, and lists for them, write where a channel is: each form with all that is made
 * of it and all that is told of it. */
#include "announce/address.h"

#include <string.h>

#include "channel/error.h"
#include "rows.h"

#define G "239.1.2.3:1234"
#define TS G ": ts video " G
#define RTP "239.1.2.3:5004: rtp video 239.1.2.3:5004"
#define IGNORED(name) "the option “" name "” of the address was ignored"

typedef struct
{
  const char *who;
  const char *text;
  const char *promise;
  const char *warnings; /* all of them; NULL: none */
} Row;

static const Row rows[] = {
  { "VLC", "udp://@239.1.2.3:1234", TS },
  { "VLC", "udp://239.1.2.3:1234", TS },
  { "VLC", "udp://@239.1.2.3", TS },
  { "VLC", "udp:@239.1.2.3:1234", TS },
  { "VLC", "udp4://@239.1.2.3:1234", TS },
  { "VLC", "udpstream://@239.1.2.3:1234", TS },
  { "VLC", "udp6://@[ff15::1]:1234", "[ff15::1]:1234: ts video [ff15::1]:1234" },
  { "VLC", "udp6://@:1234", "[::]:1234: ts video [::]:1234" },
  { "VLC", "udp://@:1234", "0.0.0.0:1234: ts video 0.0.0.0:1234" },
  { "VLC", "udp://10.0.0.1@239.1.2.3:1234", TS " <10.0.0.1" },
  { "VLC", "udp://10.0.0.1:4000@239.1.2.3:1234", TS " <10.0.0.1",
    "the port 4000 of the sender was ignored: whichever it sends from is heard" },
  { "VLC", "udp://[2001:db8::5]@[ff3e::80:1]:5000",
    "[ff3e::80:1]:5000: ts video [ff3e::80:1]:5000 <2001:db8::5" },
  { "VLC", "udp://2001:db8::5@[ff3e::80:1]:5000",
    "[ff3e::80:1]:5000: ts video [ff3e::80:1]:5000 <2001:db8::5" },
  { "VLC", "udp://[2001:db8::5]:77@[ff3e::80:1]:5000",
    "[ff3e::80:1]:5000: ts video [ff3e::80:1]:5000 <2001:db8::5",
    "the port 77 of the sender was ignored: whichever it sends from is heard" },
  { "VLC", "rtp://@239.1.2.3", RTP " rtcp 5005" },
  { "VLC", "rtp://@239.1.2.3:5004", RTP " rtcp 5005" },
  { "VLC", "rtp6://@[ff15::1]:5004", "[ff15::1]:5004: rtp video [ff15::1]:5004 rtcp 5005" },
  { "VLC", "rtp4://@239.1.2.3:5004", RTP " rtcp 5005" },
  { "VLC", "rtp://[2001:db8::5]@[ff3e::80:1]:5000",
    "[ff3e::80:1]:5000: rtp video [ff3e::80:1]:5000 <2001:db8::5 rtcp 5001" },
  { "VLC", "rtp://10.0.0.1@232.1.2.3:5004",
    "232.1.2.3:5004: rtp video 232.1.2.3:5004 <10.0.0.1 rtcp 5005" },
  { "VLC", "udp/ts://@239.1.2.3:1234", TS },
  { "VLC", "udp/h264://@239.1.2.3:1234", TS,
    "“h264” in the address was ignored: what comes is looked at" },
  { "VLC", "udp://@239.1.2.3:1234 :miface=eth0 :program=1102",
    G ": ts program 1102 video " G " on eth0" },
  { "VLC", "udp://@239.1.2.3:1234 --miface eth0 --network-caching=300", TS " on eth0" },
  { "VLC", "udp://@239.1.2.3:1234 :miface=eth0 :http-proxy=x", TS " on eth0",
    IGNORED ("http-proxy") },
  { "VLC", "rtp://@239.1.2.3:5004 :rtcp-port=6000 :rtp-timeout=9", RTP " rtcp 6000" },

  { "FFmpeg",
    "udp://239.1.2.3:1234?localaddr=10.0.0.9&sources=10.0.0.1,10.0.0.2&reuse=1&fifo_size=50000&"
    "overrun_nonfatal=1&buffer_size=9&pkt_size=1316&timeout=5&ttl=3",
    G ": ts video " G "/3 <10.0.0.1,10.0.0.2 on 10.0.0.9" },
  { "FFmpeg", "udp://239.1.2.3:1234?block=10.0.0.1", TS " !10.0.0.1" },
  { "FFmpeg", "udp://@239.1.2.3:1234?localport=1234&connect=0&dscp=40&broadcast=1", TS },
  { "FFmpeg", "udp://239.1.2.3:1234?reuse", TS },
  { "FFmpeg", "udp://:1234", "0.0.0.0:1234: ts video 0.0.0.0:1234" },
  { "FFmpeg", "rtp://239.1.2.3:5004?rtcpport=6000&localrtpport=5004&localrtcpport=6000",
    RTP " rtcp 6000" },
  { "FFmpeg", "rtp://239.1.2.3:5004?sources=10.0.0.1&localaddr=10.0.0.9",
    RTP " <10.0.0.1 on 10.0.0.9 rtcp 5005" },
  { "FFmpeg", "udp://239.1.2.3:1234?crypto=1", TS, IGNORED ("crypto") },
  { "FFmpeg", "udp://239.1.2.3:1234?ttl=x", TS, IGNORED ("ttl") },
  { "FFmpeg", "async:udp://239.1.2.3:1234", TS },

  { "mpv", "lavf://udp://239.1.2.3:1234?localaddr=10.0.0.9", TS " on 10.0.0.9" },
  { "mpv", "ffmpeg://rtp://239.1.2.3:5004", RTP " rtcp 5005" },

  { "Kodi", "udp://@239.1.2.3:1234|User-Agent=x", TS,
    "the part of an address behind “|” was ignored" },

  { "tvheadend", "rtp://10.0.0.1@239.1.2.3:5004", RTP " <10.0.0.1 rtcp 5005" },

  { "Astra", "udp://eth1@239.1.2.3:1234#no_sync&socket_size=0x80000&pnr=7",
    G ": ts program 7 video " G " on eth1" },
  { "Astra", "udp://eth1.100@239.1.2.3:1234#localaddr=10.0.0.9", TS " on eth1.100" },
  { "Astra", "udp://239.1.2.3:1234#localaddr=10.0.0.9&pnr=1",
    G ": ts program 1 video " G " on 10.0.0.9" },
  { "Astra", "udp://10.0.0.9@239.1.2.3#sync", TS " on 10.0.0.9" },
  { "Astra", "udp://10.0.0.9@232.1.2.3#sync", "232.1.2.3:1234: ts video 232.1.2.3:1234 <10.0.0.9" },
  { "Astra", "udp://239.1.2.3:1234#biss=1122330044556600", TS, IGNORED ("biss") },
  { "Astra", "rtp://eth1@239.1.2.3:5004", RTP " on eth1 rtcp 5005" },

  { "multicat", "239.1.2.3:1234@192.168.0.1/udp/ifindex=2", TS " on 192.168.0.1" },
  { "multicat", "@239.1.2.3:1234/ifaddr=192.168.0.1/ttl=4", G ": ts video " G "/4 on 192.168.0.1" },
  { "dvblast", "10.0.0.1@232.1.2.3:1234/udp/ifindex=2",
    "232.1.2.3:1234: ts video 232.1.2.3:1234 <10.0.0.1 on 2" },
  { "dvblast", "239.1.2.3:1234/udp/tos=5/mtu=1400", TS },

  { "GStreamer", "udp://239.1.2.3:1234?multicast-iface=eth0", TS " on eth0" },
  { "GStreamer", "udp://239.1.2.3:1234?multicast-source=+10.0.0.1+10.0.0.2-10.0.0.3",
    TS " <10.0.0.1,10.0.0.2 !10.0.0.3" },
  { "GStreamer", "rtp://239.1.2.3:5004?latency=200&encoding-name=H264", RTP " rtcp 5005",
    IGNORED ("encoding-name") },

  { "shaka-packager", "udp://239.1.2.3:1234?interface=10.0.0.9&source=10.0.0.1&reuse=1",
    TS " <10.0.0.1 on 10.0.0.9" },
  { "shaka-packager", "udp://239.1.2.3:1234?interface=0.0.0.0", TS },
  { "TSDuck", "10.0.0.1@239.1.2.3:1234", TS " <10.0.0.1" },

  { "set-top boxes", "igmp://239.1.2.3:1234", TS },
  { "set-top boxes", "igmp://@239.1.2.3:1234", TS },
  { "set-top boxes", "mcast://239.1.2.3:1234", TS },
  { "set-top boxes", "multicast://239.1.2.3:1234", TS },
  { "set-top boxes", "udp://232.1.2.3:1234?source=10.0.0.1",
    "232.1.2.3:1234: ts video 232.1.2.3:1234 <10.0.0.1" },
  { "set-top boxes", "ifm udp://239.1.2.3:1234", TS },
  { "set-top boxes", "rtp rtp://239.1.2.3:5004", RTP " rtcp 5005" },
  { "set-top boxes", "auto igmp://239.1.2.3:1234", TS },

  { "a person", "UDP://@239.1.2.3:1234", TS },
  { "a person", "  udp:///239.1.2.3:1234/  ", TS },
  { "a person", "udp://@239.1.2.3:1234 # Hall 3", TS },
  { "a person", "239.1.2.3:1234?interface=eth0", TS " on eth0" },
  { "a person", "eth0@239.1.2.3:1234", TS " on eth0" },
  { "a person", "udp://br-lan@239.1.2.3:1234", TS " on br-lan" },
  { "a person", "udp://0.0.0.0@239.1.2.3:1234", TS },
  { "a person", "udp://239.1.2.3:1234?source=10.0.0.1,0.0.0.0", TS },
  { "a person", "udp://239.1.2.3:1234?block=10.0.0.1,0.0.0.0", TS " !10.0.0.1" },
  { "a person", "udp://239.1.2.3:1234?sources=[10.0.0.1]", TS " <10.0.0.1" },
  { "a person", "udp://@[ff12::1%eth0]:1234", "[ff12::1]:1234: ts video [ff12::1]:1234 on eth0" },
  { "a person", "udp://@[ff12::1%25eth0]:1234", "[ff12::1]:1234: ts video [ff12::1]:1234 on eth0" },
  { "a person", "udp://[fe80::1%eth0]@[ff12::1]:1234",
    "[ff12::1]:1234: ts video [ff12::1]:1234 <fe80::1 on eth0" },
  { "a person", "udp://239.1.2.3:1234?interface=not one", TS, IGNORED ("interface") },
  { "a person", "udp://@@239.1.2.3:1234", TS },
  { "a person", "\"udp://@239.1.2.3:1234\"", TS },
  { "a person", "<udp://@239.1.2.3:1234>", TS },
  { "a person", "udp:\\\\@239.1.2.3:1234", TS },
  { "a person", "udp://239.1.2.3:1234&localaddr=10.0.0.9", TS " on 10.0.0.9" },
  { "a person", "udp://%40239.1.2.3%3A1234", TS },
  { "a person", "udp://10.0.0.1%40239.1.2.3:1234", TS " <10.0.0.1" },
  { "a person", "udp://239.1.2.3%eth0:1234", TS " on eth0" },
  { "a person", "udp://239.001.002.003:1234", TS },
  { "a person", "udp://010.000.000.001@239.1.2.3:1234", TS " <10.0.0.1" },
  { "a person", "udp://239.1.2.3:53", "239.1.2.3:53: ts video 239.1.2.3:53" },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LecAnnouncement) announcement = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *warnings = NULL;

  g_assert_true (lec_address_is_address (row->text));
  announcement = lec_address_parse (row->text, &error);
  g_assert_no_error (error);
  summary = lec_summary_new (announcement);
  g_assert_cmpstr (summary, ==, row->promise);
  g_ptr_array_add (announcement->warnings, NULL);
  warnings = g_strjoinv ("; ", (char **) announcement->warnings->pdata);
  g_assert_cmpstr (warnings, ==, row->warnings != NULL ? row->warnings : "");
}

/* What a channel is called by is the same only where it is the same. */
static void
test_ids (void)
{
  static const struct
  {
    const char *text;
    const char *id;
  } ids[] = {
    { "udp://239.1.2.3:1234", "239.1.2.3:1234" },
    { "udp://10.0.0.1@239.1.2.3:1234", "239.1.2.3:1234" },
    { "udp://10.0.0.1@232.1.2.3:1234", "10.0.0.1@232.1.2.3:1234" },
    { "udp://eth0@239.1.2.3:1234", "eth0@239.1.2.3:1234" },
    { "udp://239.1.2.3:1234?program=7", "239.1.2.3:1234#7" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (LecAnnouncement) announcement = lec_address_parse (ids[i].text, NULL);

    g_assert_cmpstr (lec_channel_get_id (g_ptr_array_index (announcement->channels, 0)), ==,
                     ids[i].id);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/address-option/%s/%u", rows[i].who, i);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/address-option/ids", test_ids);
  return g_test_run ();
}
