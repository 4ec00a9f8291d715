/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Transport headers as servers write them, and as they should not. */
#include "fetch/rtsp-transport.h"

typedef struct
{
  const char *value;
  const char *summary; /* NULL: refused */
} Row;

static const Row rows[] = {
  { "RTP/AVP;multicast;destination=239.1.9.1;port=5000-5001;ttl=16;source=192.0.2.1",
    "multicast 239.1.9.1:5000,5001/16 from 192.0.2.1" },
  { "RTP/AVP/UDP;multicast;destination=ff15::9;port=5000;mode=\"PLAY\"",
    "multicast ff15::9:5000,5001/-1 from " },
  { "RTP/AVP;unicast;client_port=4588-4589;server_port=6256-6257;ssrc=1A2B3C4D;mode=play",
    "unicast :4588,4589/-1 from " },
  { "RTP/AVP;unicast;destination=192.0.2.9;source=192.0.2.1;client_port=4588-4589",
    "unicast 192.0.2.9:4588,4589/-1 from 192.0.2.1" },
  { "RTP/AVP/TCP;unicast;interleaved=0-1", "interleaved 0,1" },
  { "RTP/AVP/TCP;interleaved=4", "interleaved 4,5" },
  { "RTP/AVP;unicast;interleaved=2-3", "interleaved 2,3" },
  { " rtp/avp ; MULTICAST ; Destination = 239.1.9.1 ; Port = 5000-5001 ",
    "multicast 239.1.9.1:5000,5001/-1 from " },
  /* the one where the other was meant */
  { "RTP/AVP;unicast;destination=239.1.9.1;port=5000-5001",
    "multicast 239.1.9.1:5000,5001/-1 from " },
  { "RTP/AVP;multicast;destination=192.0.2.9;client_port=4588-4589",
    "unicast 192.0.2.9:4588,4589/-1 from " },
  { "RTP/AVP;multicast;client_port=5000-5001;destination=239.1.9.1",
    "multicast 239.1.9.1:5000,5001/-1 from " },
  /* of several the first; what makes no sense is not said */
  { "RTP/AVP/TCP;interleaved=0-1,RTP/AVP;unicast", "interleaved 0,1" },
  { "RTP/AVP;multicast;destination=hall.example;port=5000-5001;ttl=999;source=hall.example",
    "multicast :5000,5001/-1 from " },
  { "RTP/AVP;unicast;client_port=x;server_port=", "unicast :0,0/-1 from " },
  { "RTP/AVP;unicast;client_port=70000-70001", "unicast :0,0/-1 from " },
  { "RTP/AVP;unicast;client_port=0-1", "unicast :0,0/-1 from " },
  { "RTP/AVP/TCP;interleaved=300-301", "interleaved -1,-1" },
  { "RTP/AVP/TCP;interleaved=255", "interleaved 255,-1" },
  { "RTP/SAVPF;unicast", "unicast :0,0/-1 from " },
  { "", NULL },
  { ";;;", NULL },
  { "RAW/RAW/UDP;unicast", NULL },
  { "RTP", NULL },
  { "RTP/AVP/UDP/X", NULL },
  { "x-real-rdt/udp;client_port=1", NULL },
};

static char *
summarise (const LecRtspTransport *transport)
{
  if (transport->delivery == LEC_RTSP_INTERLEAVED)
    return g_strdup_printf ("interleaved %d,%d", transport->channel, transport->rtcp_channel);
  return g_strdup_printf ("%s %s:%u,%u/%d from %s",
                          transport->delivery == LEC_RTSP_MULTICAST ? "multicast" : "unicast",
                          transport->destination, transport->port, transport->rtcp_port,
                          transport->ttl, transport->source);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  LecRtspTransport transport;
  g_autofree char *summary = NULL;

  g_assert_true (lec_rtsp_transport_parse (row->value, &transport) == (row->summary != NULL));
  if (row->summary == NULL)
    return;
  summary = summarise (&transport);
  g_assert_cmpstr (summary, ==, row->summary);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/rtsp-transport/%u", i);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  return g_test_run ();
}
