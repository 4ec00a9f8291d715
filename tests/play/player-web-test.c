/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The player with announcements from a web server, and such as lead to each other there. */
#include <gst/gst.h>
#include <string.h>

#include "element/plugin.h"
#include "play/player.h"
#include "web-server.h"

#define PATIENCE 30 /* [s] what is awaited comes sooner, or the test has failed */
#define OK "HTTP/1.1 200 OK\r\n\r\n"
#define SDP                                                                                        \
  OK "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=Hall\r\nt=0 0\r\nc=IN IP4 239.9.9.6/1\r\n"              \
     "m=audio 5004 RTP/AVP 0\r\n"

/* `/deep/7` names `/deep/8`, and so on for ever. */
static void
answer (const char *path, GOutputStream *out, gpointer data)
{
  static const struct
  {
    const char *path;
    const char *names;
  } lists[] = { { "/outer.asx", "in/inner.asx" },
                { "/in/inner.asx", "../x.sdp" },
                { "/a.asx", "b.asx" },
                { "/b.asx", "a.asx" },
                { "/missing.asx", "nix.sdp" },
                { "/second.asx", "nix.sdp\"><ref href=\"x.sdp" } };
  g_autofree char *page = NULL;

  if (g_str_has_prefix (path, "/deep/"))
    page = g_strdup_printf (OK "<asx><entry><ref href=\"%d\"></entry></asx>", atoi (path + 6) + 1);
  else if (strcmp (path, "/x.sdp") == 0)
    page = g_strdup (SDP);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    if (strcmp (path, lists[i].path) == 0)
      page = g_strdup_printf (OK "<asx><entry><ref href=\"%s\"></entry></asx>", lists[i].names);
  }
  web_write (out, page != NULL ? page : "HTTP/1.1 404 Not Found\r\n\r\n");
}

static gboolean
give_up_cb (gpointer player)
{
  g_error ("still in state %d: “%s”", (int) lec_player_get_state (player),
           lec_player_get_message (player));
  return G_SOURCE_REMOVE;
}

static void
await_state (LecPlayer *player, LecPlayerState state)
{
  guint timeout = g_timeout_add_seconds (PATIENCE, give_up_cb, player);

  while (lec_player_get_state (player) != state)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
}

/* Opens a page of @server, and waits for how that ends. */
static LecPlayer *
open_page (WebServer *server, const char *path, LecPlayerState state)
{
  LecPlayer *player = lec_player_new_without_output (TRUE);
  g_autofree char *address
      = g_strdup_printf ("http://127.0.0.1:%u%s", web_server_get_port (server), path);

  lec_player_open (player, address);
  await_state (player, state);
  return player;
}

static void
test_plays (void)
{
  static const char *const paths[] = { "/x.sdp", "/outer.asx", "/second.asx" };
  g_autoptr (WebServer) server = web_server_new ("127.0.0.1", NULL, answer, NULL);
  g_autoptr (GError) error = NULL;
  GstElement *station
      = gst_parse_launch ("audiotestsrc is-live=true samplesperbuffer=160 ! "
                          "audio/x-raw,rate=8000,channels=1 ! mulawenc ! rtppcmupay pt=0 ! udpsink "
                          "host=239.9.9.6 port=5004 multicast-iface=lo auto-multicast=false "
                          "async=false",
                          &error);

  g_assert_no_error (error);
  gst_element_set_state (station, GST_STATE_PLAYING);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (LecPlayer) player = open_page (server, paths[i], LEC_PLAYER_PLAYING);

    lec_player_stop (player);
  }
  gst_element_set_state (station, GST_STATE_NULL);
  gst_object_unref (station);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *path;
    const char *sentence;
    guint requests;
  } rows[] = {
    { "/a.asx", "The announcements of this channel only lead to each other", 7 },
    { "/deep/0", "The announcements of this channel only lead to each other", 7 },
    { "/missing.asx", "nix.sdp: there is no such page on 127.0.0.1", 2 },
    { "/nix.asx", "nix.asx: there is no such page on 127.0.0.1", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (WebServer) server = web_server_new ("127.0.0.1", NULL, answer, NULL);
    g_autoptr (LecPlayer) player = open_page (server, rows[i].path, LEC_PLAYER_REFUSED);

    if (strstr (lec_player_get_message (player), rows[i].sentence) == NULL)
      g_error ("expected “%s”, not “%s”", rows[i].sentence, lec_player_get_message (player));
    g_assert_cmpuint (web_server_count_requests (server), ==, rows[i].requests);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  gst_init (&argc, &argv);
  lec_element_register (NULL);
  g_test_add_func ("/player-web/plays", test_plays);
  g_test_add_func ("/player-web/refused", test_refused);
  return g_test_run ();
}
