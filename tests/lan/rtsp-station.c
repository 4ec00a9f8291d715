/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An RTSP server with one channel, picture and sound, for rtsp.sh.
 *
 *   rtsp-station READY WAY [TIMEOUT [SCHEME]]
 *
 * READY is a file that is written when it can be asked; WAY is what it offers: `multicast`,
 * `unicast`, `tcp` or `all`; TIMEOUT [s] that of its sessions; SCHEME `basic` or `digest`: it is
 * for user “hall” with the password “o:pen”. What is asked of it goes to its output. */
#include <gst/rtsp-server/rtsp-server.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MEDIA                                                                                      \
  "( videotestsrc is-live=true ! video/x-raw,width=320,height=240,framerate=25/1 "                 \
  "! x264enc tune=zerolatency key-int-max=15 ! rtph264pay name=pay0 pt=96 config-interval=1 "      \
  "audiotestsrc is-live=true ! opusenc ! rtpopuspay name=pay1 pt=97 )"
#define FIRST_GROUP "239.1.9.1"
#define LAST_GROUP "239.1.9.9"

static guint timeout_s;

static GstRTSPLowerTrans
parse_way (const char *way)
{
  if (strcmp (way, "multicast") == 0)
    return GST_RTSP_LOWER_TRANS_UDP_MCAST;
  if (strcmp (way, "unicast") == 0)
    return GST_RTSP_LOWER_TRANS_UDP;
  if (strcmp (way, "tcp") == 0)
    return GST_RTSP_LOWER_TRANS_TCP;
  return GST_RTSP_LOWER_TRANS_UDP_MCAST | GST_RTSP_LOWER_TRANS_UDP | GST_RTSP_LOWER_TRANS_TCP;
}

static void
asked_cb (GstRTSPClient *client, GstRTSPContext *context, gpointer method)
{
  g_print ("%s\n", (const char *) method);
}

static void
session_cb (GstRTSPClient *client, GstRTSPSession *session, gpointer data)
{
  if (timeout_s != 0)
    gst_rtsp_session_set_timeout (session, timeout_s);
}

static void
connected_cb (GstRTSPServer *server, GstRTSPClient *client, gpointer data)
{
  static const char *const methods[] = { "setup", "play", "teardown", "get-parameter", "options" };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++) {
    g_autofree char *signal = g_strconcat (methods[i], "-request", NULL);

    g_signal_connect (client, signal, G_CALLBACK (asked_cb), (gpointer) methods[i]);
  }
  g_signal_connect (client, "new-session", G_CALLBACK (session_cb), NULL);
}

static gboolean
clean_cb (gpointer server)
{
  g_autoptr (GstRTSPSessionPool) pool = gst_rtsp_server_get_session_pool (server);

  if (gst_rtsp_session_pool_cleanup (pool) > 0)
    g_print ("forgotten\n");
  return G_SOURCE_CONTINUE;
}

static void
protect (GstRTSPServer *server, GstRTSPMediaFactory *factory, const char *scheme)
{
  g_autoptr (GstRTSPAuth) auth = gst_rtsp_auth_new ();
  g_autoptr (GstRTSPToken) token
      = gst_rtsp_token_new (GST_RTSP_TOKEN_MEDIA_FACTORY_ROLE, G_TYPE_STRING, "viewer", NULL);

  if (strcmp (scheme, "digest") == 0) {
    gst_rtsp_auth_set_supported_methods (auth, GST_RTSP_AUTH_DIGEST);
    gst_rtsp_auth_add_digest (auth, "hall", "o:pen", token);
  } else {
    g_autofree char *basic = gst_rtsp_auth_make_basic ("hall", "o:pen");

    gst_rtsp_auth_add_basic (auth, basic, token);
  }
  gst_rtsp_server_set_auth (server, auth);
  gst_rtsp_media_factory_add_role (factory, "viewer", GST_RTSP_PERM_MEDIA_FACTORY_ACCESS,
                                   G_TYPE_BOOLEAN, TRUE, GST_RTSP_PERM_MEDIA_FACTORY_CONSTRUCT,
                                   G_TYPE_BOOLEAN, TRUE, NULL);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GMainLoop) loop = NULL;
  g_autoptr (GstRTSPServer) server = NULL;
  g_autoptr (GstRTSPMountPoints) mounts = NULL;
  g_autoptr (GstRTSPAddressPool) pool = NULL;
  GstRTSPMediaFactory *factory;

  if (argc < 3)
    return 2;
  setvbuf (stdout, NULL, _IOLBF, 0);
  gst_init (NULL, NULL);
  timeout_s = argc > 3 ? (guint) atoi (argv[3]) : 0;
  loop = g_main_loop_new (NULL, FALSE);
  server = gst_rtsp_server_new ();
  mounts = gst_rtsp_server_get_mount_points (server);
  factory = gst_rtsp_media_factory_new ();
  pool = gst_rtsp_address_pool_new ();
  gst_rtsp_address_pool_add_range (pool, FIRST_GROUP, LAST_GROUP, 5000, 5010, 1);
  gst_rtsp_media_factory_set_launch (factory, MEDIA);
  gst_rtsp_media_factory_set_shared (factory, TRUE);
  gst_rtsp_media_factory_set_address_pool (factory, pool);
  gst_rtsp_media_factory_set_protocols (factory, parse_way (argv[2]));
  if (argc > 4)
    protect (server, factory, argv[4]);
  gst_rtsp_mount_points_add_factory (mounts, "/hall", factory);
  g_signal_connect (server, "client-connected", G_CALLBACK (connected_cb), NULL);
  g_timeout_add_seconds (1, clean_cb, server);
  if (gst_rtsp_server_attach (server, NULL) == 0
      || !g_file_set_contents (argv[1], "ready", -1, NULL))
    return 1;
  g_main_loop_run (loop);
  return 0;
}
