/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The player with announcements from a web server, and such as lead to each other there. */
#include <arpa/inet.h>
#include <glib/gstdio.h>
#include <gst/gst.h>
#include <string.h>

#include "announce/nsc.h"
#include "asf-file.h"
#include "element/plugin.h"
#include "play/player.h"
#include "play/script-commands.h"
#include "support/msb-station.h"
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

static GstElement *
begin_sound (void)
{
  g_autoptr (GError) error = NULL;
  GstElement *station
      = gst_parse_launch ("audiotestsrc is-live=true samplesperbuffer=160 ! "
                          "audio/x-raw,rate=8000,channels=1 ! mulawenc ! rtppcmupay pt=0 ! udpsink "
                          "host=239.9.9.6 port=5004 multicast-iface=lo auto-multicast=false "
                          "async=false",
                          &error);

  g_assert_no_error (error);
  gst_element_set_state (station, GST_STATE_PLAYING);
  return station;
}

static void
test_plays (void)
{
  static const char *const paths[] = { "/x.sdp", "/outer.asx", "/second.asx" };
  g_autoptr (WebServer) server = web_server_new ("127.0.0.1", NULL, answer, NULL);
  GstElement *station = begin_sound ();

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (LecPlayer) player = open_page (server, paths[i], LEC_PLAYER_PLAYING);

    lec_player_stop (player);
  }
  gst_element_set_state (station, GST_STATE_NULL);
  gst_object_unref (station);
}

/* ---- stations ---- */

#define STATION "239.9.9.7"
#define STATION_PORT 5008
#define FORMAT 586         /* of what it sends */
#define STATION_PACKET 600 /* [bytes] */

/* A station, and what it has sent so far. */
typedef struct
{
  MsbStation station;
  GArray *sent; /* of MsbDatagram */
  GSocket *socket;
  GSocketAddress *group;
} Station;

/* (transfer full): the file of a station of one format */
static char *
describe_station (guint format)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_MSB);
  g_autoptr (LecChannel) channel = NULL;
  g_autofree char *text = NULL;

  lec_stream_add_leg (lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO), STATION,
                      STATION_PORT);
  lec_alternative_add_format (alternative, format, msb_station_make_header (STATION_PACKET));
  channel = lec_channel_new (info, NULL);
  text = lec_nsc_print (channel, NULL);
  g_assert_nonnull (text);
  return g_strconcat (OK, text, NULL);
}

/* What is asked for first is out of date; the second time it is not. */
static void
answer_station (const char *path, GOutputStream *out, gpointer asked)
{
  const gboolean is_mended = g_atomic_int_add ((int *) asked, 1) > 0;
  g_autofree char *page = describe_station (is_mended ? FORMAT : FORMAT + 1);

  web_write (out, page);
}

static gboolean
send_cb (gpointer data)
{
  Station *self = data;
  guint before = self->sent->len;

  msb_station_send (&self->station, 1, self->sent);
  for (; before < self->sent->len; before++) {
    const MsbDatagram *datagram = &g_array_index (self->sent, MsbDatagram, before);

    g_assert_cmpint (g_socket_send_to (self->socket, self->group, (const char *) datagram->bytes,
                                       datagram->size, NULL, NULL),
                     ==, datagram->size);
  }
  return G_SOURCE_CONTINUE;
}

static void
station_open (Station *self)
{
  msb_station_init (&self->station, 1);
  self->sent = g_array_new (FALSE, TRUE, sizeof (MsbDatagram));
  self->socket
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  self->group = g_inet_socket_address_new_from_string (STATION, STATION_PORT);
  g_assert_true (g_socket_set_option (self->socket, IPPROTO_IP, IP_MULTICAST_IF,
                                      (gint) inet_addr ("127.0.0.1"), NULL));
}

static void
station_close (Station *self)
{
  g_object_unref (self->group);
  g_object_unref (self->socket);
  g_array_unref (self->sent);
  msb_station_clear (&self->station);
}

/* The file of a station that sends a format of which it says nothing is fetched again, and what it
 * says then is played. */
static void
test_renewed (void)
{
  int asked = 0;
  g_autoptr (WebServer) server = web_server_new ("127.0.0.1", NULL, answer_station, &asked);
  g_autofree char *address
      = g_strdup_printf ("http://127.0.0.1:%u/station.nsc", web_server_get_port (server));
  g_autoptr (LecPlayer) player = lec_player_new_without_output (FALSE);
  Station station;
  guint sending;

  station_open (&station);
  sending = g_timeout_add (25, send_cb, &station);
  lec_player_open (player, address);
  await_state (player, LEC_PLAYER_PLAYING);
  g_assert_cmpuint (web_server_count_requests (server), ==, 2);
  g_source_remove (sending);
  station_close (&station);
}

/* ---- media ---- */

#define MEDIA_OK "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n"

/* (transfer full): two seconds of picture and sound */
static GBytes *
make_media (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "lectern-media-XXXXXX", NULL);
  const int fd = g_mkstemp (path);
  g_autofree char *description = g_strdup_printf (
      "webmmux name=mux ! filesink location=%s "
      "videotestsrc num-buffers=50 ! video/x-raw,width=64,height=48,framerate=25/1 ! "
      "vp8enc deadline=1 keyframe-max-dist=25 ! mux. "
      "audiotestsrc num-buffers=86 ! audio/x-raw,rate=44100,channels=1 ! vorbisenc ! mux.",
      path);
  GstElement *pipeline = gst_parse_launch (description, &error);
  g_autoptr (GstBus) bus = NULL;
  GstMessage *message;
  char *content;
  gsize length;

  g_assert_no_error (error);
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, PATIENCE * GST_SECOND,
                                        GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_true (message != NULL && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS);
  gst_message_unref (message);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_close (fd, NULL);
  g_unlink (path);
  return g_bytes_new_take (content, length);
}

/* (transfer full): a second of picture and sound, as Windows Media */
static GBytes *
make_asf (void)
{
  g_autoptr (AsfFile) file = asf_file_new (
      "-f lavfi -i testsrc=s=64x48:r=25:d=1 -f lavfi -i sine=d=1 -c:v wmv2 -g 5 -c:a wmav2");

  return asf_file_join (file);
}

/* What the server has. */
typedef struct
{
  GBytes *webm;
  GBytes *asf;
} Shelf;

/* Lists name a file in pieces: what is between them is what the row says. */
static const char *const lists[][2] = {
  { "/both.asx",
    "<asx><entry><ref href='a.webm'></entry><entry><ref href='b.webm'></entry></asx>" },
  { "/short.asx", "<asx><entry><duration value='0.5'><ref href='a.webm'></entry></asx>" },
  { "/broken.asx",
    "<asx><entry><ref href='half.webm'></entry><entry><ref href='b.webm'></entry></asx>" },
  { "/missing.asx",
    "<asx><entry><ref href='nix.webm'></entry><entry><ref href='b.webm'></entry></asx>" },
  { "/dead.asx",
    "<asx><repeat><entry><ref href='nix.webm'></entry><entry><ref href='nix.sdp'></entry>"
    "</repeat></asx>" },
  { "/silent.asx", "<asx><entry><ref href='silent.sdp'><ref href='a.webm'></entry></asx>" },
  { "/local.asx", "<asx><entry><ref href='file:///a.webm'></entry></asx>" },
  { "/event.asx", "<asx><entry><ref href='silent.sdp'></entry><event name='Break' whendone='BREAK'>"
                  "<entry><ref href='b.webm'></entry></event></asx>" },
};

static void
answer_media (const char *path, GOutputStream *out, gpointer data)
{
  const Shelf *shelf = data;
  const gboolean is_asf = g_str_has_suffix (path, ".wmv");
  gsize length;
  const char *bytes = g_bytes_get_data (is_asf ? shelf->asf : shelf->webm, &length);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    if (strcmp (path, lists[i][0]) == 0) {
      web_write (out, OK);
      web_write (out, lists[i][1]);
      return;
    }
  }
  if (strcmp (path, "/silent.sdp") == 0) {
    web_write (out, SDP);
  } else if (strstr (path, "nix") != NULL || (!is_asf && !g_str_has_suffix (path, ".webm"))) {
    web_write (out, "HTTP/1.1 404 Not Found\r\n\r\n");
  } else {
    g_autofree char *head = g_strdup_printf (
        "HTTP/1.1 200 OK\r\nContent-Type: video/webm\r\nContent-Length: %" G_GSIZE_FORMAT
        "\r\n\r\n",
        length);

    if (strcmp (path, "/half.webm") == 0)
      length /= 2;
    web_write (out, head);
    g_output_stream_write_all (out, bytes, length, NULL, NULL, NULL);
  }
}

static void
channel_cb (LecPlayer *player, GParamSpec *spec, GString *story)
{
  const LecChannel *channel = lec_player_get_channel (player);
  const char *slash = channel != NULL ? strrchr (lec_channel_get_title (channel), '/') : NULL;

  if (slash != NULL)
    g_string_append_printf (story, "%s ", slash + 1);
}

static void
state_cb (LecPlayer *player, GParamSpec *spec, GString *story)
{
  if (lec_player_get_state (player) == LEC_PLAYER_PLAYING)
    g_string_append (story, "plays ");
  if (lec_player_get_state (player) == LEC_PLAYER_REFUSED)
    g_string_append (story, "refused ");
}

/* Files are played to their end, one after the other; a list whose entries cannot be played ends.
 */
static void
test_media (void)
{
  static const struct
  {
    const char *path;
    LecPlayerState end;
    const char *story;
    double least, most; /* [s] */
  } rows[] = {
    { "/a.webm", LEC_PLAYER_STOPPED, "a.webm plays ", 1.9, 20 },
    { "/c.wmv", LEC_PLAYER_STOPPED, "c.wmv plays ", 0.9, 20 },
    { "/both.asx", LEC_PLAYER_STOPPED, "a.webm plays b.webm plays ", 3.8, 20 },
    { "/short.asx", LEC_PLAYER_STOPPED, "a.webm plays ", 0.4, 1.9 },
    { "/missing.asx", LEC_PLAYER_STOPPED, "nix.webm refused b.webm plays ", 1.9, 20 },
    { "/broken.asx", LEC_PLAYER_STOPPED, "half.webm plays refused b.webm plays ", 1.9, 20 },
    /* multicast is silent; the file takes its place, and is over at last */
    { "/silent.asx", LEC_PLAYER_SILENT, "silent.sdp plays ", 4.9, 20 },
    { "/local.asx", LEC_PLAYER_REFUSED, "refused ", 0, 20 },
    { "/dead.asx", LEC_PLAYER_REFUSED, "nix.webm refused nix.sdp refused ", 0, 20 },
  };
  g_autoptr (GBytes) webm = make_media ();
  g_autoptr (GBytes) asf = make_asf ();
  Shelf shelf = { webm, asf };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (WebServer) server = web_server_new ("127.0.0.1", NULL, answer_media, &shelf);
    g_autofree char *address
        = g_strdup_printf ("http://127.0.0.1:%u%s", web_server_get_port (server), rows[i].path);
    LecPlayer *player = lec_player_new_without_output (TRUE);
    g_autoptr (GString) story = g_string_new (NULL);
    const gint64 began_us = g_get_monotonic_time ();
    double took;

    g_signal_connect (player, "notify::channel", G_CALLBACK (channel_cb), story);
    g_signal_connect (player, "notify::state", G_CALLBACK (state_cb), story);
    lec_player_open (player, address);
    if (strstr (rows[i].story, "plays") != NULL)
      await_state (player, LEC_PLAYER_PLAYING);
    await_state (player, rows[i].end);
    took = (double) (g_get_monotonic_time () - began_us) / G_USEC_PER_SEC;
    if (strcmp (story->str, rows[i].story) != 0)
      g_error ("%s: expected “%s”, not “%s”", rows[i].path, rows[i].story, story->str);
    g_assert_cmpfloat (took, >=, rows[i].least);
    g_assert_cmpfloat (took, <=, rows[i].most);
    g_object_unref (player);
  }
}

/* What a station says will be called up (OPENEVENT) is asked for by then, and not once more. */
static void
test_open_event (void)
{
  g_autoptr (GBytes) webm = make_media ();
  Shelf shelf = { webm, webm };
  g_autoptr (WebServer) server = web_server_new ("127.0.0.1", NULL, answer_media, &shelf);
  GstElement *station = begin_sound ();
  g_autoptr (LecPlayer) player = open_page (server, "/event.asx", LEC_PLAYER_PLAYING);
  g_autoptr (LecScriptCommands) script = NULL;
  g_autoptr (GString) story = g_string_new (NULL);

  g_object_get (player, "script", &script, NULL);
  g_signal_connect (player, "notify::channel", G_CALLBACK (channel_cb), story);
  g_signal_connect (player, "notify::state", G_CALLBACK (state_cb), story);
  lec_script_commands_take (script, "OPENEVENT", "break", TRUE);
  while (web_server_count_requests (server) < 4) /* it is looked at, and then played */
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (story->str, ==, "");
  lec_script_commands_take (script, "EVENT", "BREAK", TRUE);
  await_state (player, LEC_PLAYER_PLAYING);
  await_state (player, LEC_PLAYER_STOPPED);
  g_assert_cmpstr (story->str, ==, "b.webm plays ");
  g_assert_cmpuint (web_server_count_requests (server), ==, 4);
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
  g_test_add_func ("/player-web/renewed", test_renewed);
  g_test_add_func ("/player-web/media", test_media);
  g_test_add_func ("/player-web/open-event", test_open_event);
  return g_test_run ();
}
