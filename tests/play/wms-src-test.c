/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Windows Media over HTTP, from a server of the test's own that speaks it: what the source makes of
 * it, and that the player plays it, whichever address leads there. */
#include "play/wms-src.h"

#include <string.h>

#include "asf-file.h"
#include "cast/asf-edit.h"
#include "element/plugin.h"
#include "play/player.h"
#include "play/script-commands.h"
#include "web-server.h"
#include "wire/asf-header.h"

#define PATIENCE 30 /* [s] */
#define COMMANDS 5  /* number of the stream of script commands */
#define DESCRIBED                                                                                  \
  "HTTP/1.0 200 OK\r\nContent-Type: application/vnd.ms.wms-hdr.asfv1\r\n"                          \
  "Pragma: no-cache,client-id=1,features=\"%s\"\r\n\r\n"
#define PLAYS                                                                                      \
  "HTTP/1.0 200 OK\r\nContent-Type: application/x-mms-framed\r\n"                                  \
  "Pragma: no-cache\r\nPragma: client-id=1,features=\"%s\"\r\n\r\n"

typedef struct
{
  AsfFile *file;
  WebServer *server;
} Fixture;

/* ---- the server ---- */

static void
write_piece (GOutputStream *out, char id, guint8 flags, const guint8 *bytes, gsize size)
{
  const guint length = (guint) size + 8;
  const guint8 start[] = { '$', (guint8) id, (guint8) length, (guint8) (length >> 8), 0, 0, 0, 0,
                           0,   flags,       (guint8) length, (guint8) (length >> 8) };

  g_output_stream_write_all (out, start, sizeof start, NULL, NULL, NULL);
  g_output_stream_write_all (out, bytes, size, NULL, NULL, NULL);
}

static void
write_notice (GOutputStream *out, char id, guint8 reason)
{
  const guint8 notice[] = { '$', (guint8) id, 4, 0, reason, 0, 0, 0 };

  g_output_stream_write_all (out, notice, sizeof notice, NULL, NULL, NULL);
}

static void
write_header (Fixture *self, GOutputStream *out)
{
  g_autoptr (GBytes) header = lec_asf_edit_add_commands (self->file->header, COMMANDS);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (header, &size);

  write_piece (out, 'M', 0x0c, (const guint8 *) "x", 1);
  write_piece (out, 'H', 0x0c, bytes, size);
}

/* Their padding is taken away, as servers do. A caption for half a second later is among them. */
static void
write_packets (Fixture *self, GOutputStream *out)
{
  g_autoptr (GBytes) command
      = lec_asf_edit_make_command (COMMANDS, 0, 0, self->file->preroll + 500, "TEXT", "Hello");

  write_piece (out, 'D', 0, g_bytes_get_data (command, NULL), g_bytes_get_size (command));
  for (guint i = 0; i < self->file->packets->len; i++) {
    const GByteArray *whole = g_ptr_array_index (self->file->packets, i);
    g_autoptr (GByteArray) packet = g_byte_array_new ();

    g_byte_array_append (packet, whole->data, whole->len);
    asf_packet_strip (packet);
    write_piece (out, 'D', (guint8) i, packet->data, packet->len);
  }
}

static void
play (Fixture *self, const char *path, GOutputStream *out)
{
  write_header (self, out);
  if (strcmp (path, "/no-protocol") == 0) {
    web_write (out, "<html>");
    return;
  }
  while (strcmp (path, "/dribbles") == 0 && web_write (out, "$"))
    g_usleep (10000);
  write_packets (self, out);
  if (strcmp (path, "/list") == 0) {
    write_notice (out, 'E', 1);
    write_notice (out, 'C', 0);
    write_header (self, out);
    write_packets (self, out);
  }
  if (strcmp (path, "/breaks-off") != 0)
    write_notice (out, 'E', 0);
}

/* (transfer full) (nullable): what the header is given as where all are told of it */
static char *
dup_header_line (Fixture *self, const char *address)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (self->file->header, &size);
  g_autofree char *header = g_base64_encode (bytes, size);

  return g_strdup_printf ("%s%s\r\n",
                          strstr (address, "/rtp-header") != NULL
                              ? "a=pgmpu:data:application/vnd.ms.wms-hdr.asfv1;base64,"
                              : "a=x:",
                          header);
}

/* What [MS-RTSP] servers describe, as far as it matters. */
static void
describe (Fixture *self, const char *address, GOutputStream *out)
{
  static const char text[] = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=Hall\r\nc=IN IP4 0.0.0.0\r\n"
                             "t=0 0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 x-asf-pf/1000\r\n"
                             "a=control:video\r\n";
  g_autofree char *header = dup_header_line (self, address);
  g_autofree char *answer
      = strstr (address, "/rtp") == NULL
            ? g_strdup ("RTSP/1.0 404 Not Found\r\nCSeq: 1\r\n\r\n")
            : g_strdup_printf ("RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Type: application/sdp\r\n"
                               "Content-Length: %u\r\n\r\n%s%s",
                               (guint) (strlen (text) + strlen (header)), text, header);

  web_write (out, answer);
}

/* As any web server has it. */
static void
write_plain (Fixture *self, GOutputStream *out)
{
  g_autoptr (GBytes) bytes = asf_file_join (self->file);

  web_write (out, "HTTP/1.0 200 OK\r\nContent-Type: video/x-ms-asf\r\n\r\n");
  g_output_stream_write_all (out, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL,
                             NULL, NULL);
}

static void
answer (const char *path, GOutputStream *out, gpointer data)
{
  Fixture *self = data;
  g_autofree char *request = web_server_dup_request (self->server);
  const char *features = strcmp (path, "/breaks-off") == 0 ? "broadcast" : "seekable,stridable";
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", web_server_get_port (self->server));
  g_autofree char *text = NULL;

  if (g_str_has_prefix (request, "DESCRIBE ")) {
    describe (self, path, out);
  } else if (g_str_has_prefix (request, "SETUP ")) {
    web_write (out, "RTSP/1.0 453 Not Enough Bandwidth\r\nCSeq: 1\r\n\r\n");
  } else if (strcmp (path, "/plain.asf") == 0) {
    write_plain (self, out);
  } else if (strcmp (path, "/nix") == 0 || strcmp (path, "/rtp-only") == 0) {
    web_write (out, "HTTP/1.0 404 Not Found\r\n\r\n");
  } else if (strcmp (path, "/list.asx") == 0) {
    text = g_strdup_printf ("HTTP/1.0 200 OK\r\n\r\n<asx><entry><ref href=\"mms://%s/nix\">"
                            "<ref href=\"mms://%s/file\"></entry></asx>",
                            address, address);
    web_write (out, text);
  } else if (strstr (request, "User-Agent: NSPlayer/") == NULL) {
    text = g_strdup_printf ("HTTP/1.0 200 OK\r\n\r\n[Reference]\r\nRef1=http://%s%s?MSWMExt=.asf"
                            "\r\n",
                            address, path);
    web_write (out, text);
  } else {
    const gboolean plays = strstr (request, "Pragma: xPlayStrm=1\r\n") != NULL;

    text = plays ? g_strdup_printf (PLAYS, features) : g_strdup_printf (DESCRIBED, features);
    web_write (out, text);
    if (plays)
      play (self, path, out);
    else
      write_header (self, out);
  }
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->file = asf_file_new_marked (2);
  self->server = web_server_new ("127.0.0.1", NULL, answer, self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  web_server_free (self->server);
  asf_file_free (self->file);
}

static char *
dup_address (Fixture *self, const char *scheme, const char *path)
{
  return g_strdup_printf ("%s://127.0.0.1:%u%s", scheme, web_server_get_port (self->server), path);
}

/* ---- the source ---- */

typedef struct
{
  guint32 packet_size;
  guint headers, packets;
  GstClockTime last; /* running time */
} Seen;

static void
handoff_cb (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer data)
{
  Seen *seen = data;
  GstReferenceTimestampMeta *meta;

  g_assert_false (GST_BUFFER_PTS_IS_VALID (buffer));
  if (GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_HEADER)) {
    seen->headers++;
    return;
  }
  g_assert_cmpuint (seen->headers, >, 0);
  g_assert_cmpuint (gst_buffer_get_size (buffer), ==, seen->packet_size);
  meta = gst_buffer_get_reference_timestamp_meta (buffer, NULL);
  g_assert_nonnull (meta);
  g_assert_cmpuint (meta->timestamp, >=, seen->last);
  seen->last = meta->timestamp;
  seen->packets++;
}

/* (transfer full): EOS or an error */
static GstMessage *
run (Fixture *self, const char *path, Seen *seen, LecWmsSrc **source)
{
  g_autofree char *address = dup_address (self, "mmsh", path);
  GstElement *pipeline = gst_pipeline_new (NULL);
  GstElement *src = lec_wms_src_new (address, 0);
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  GstMessage *message;

  seen->packet_size = self->file->packet_size;
  *source = gst_object_ref (LEC_WMS_SRC (src));
  g_object_set (sink, "sync", FALSE, "signal-handoffs", TRUE, NULL);
  g_signal_connect (sink, "handoff", G_CALLBACK (handoff_cb), seen);
  gst_bin_add_many (GST_BIN (pipeline), src, sink, NULL);
  gst_element_link (src, sink);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, PATIENCE * GST_SECOND,
                                        GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  return message;
}

/* The second entry of a playlist goes on where the first one ended. */
static void
test_source (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *path;
    guint times;
  } rows[] = { { "/file", 1 }, { "/list", 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Seen seen = { 0 };
    LecWmsSrc *source;
    GstMessage *message = run (self, rows[i].path, &seen, &source);
    const GstClockTime newest = lec_wms_src_get_newest (source);

    g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
    g_assert_cmpuint (seen.headers, ==, rows[i].times);
    g_assert_cmpuint (seen.packets, ==, rows[i].times * (self->file->packets->len + 1));
    g_assert_cmpuint (newest, >=, rows[i].times * 1500 * GST_MSECOND);
    g_assert_cmpuint (newest, <=, rows[i].times * 2500 * GST_MSECOND);
    gst_message_unref (message);
    gst_object_unref (source);
  }
}

static void
test_fails (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *path;
    const char *sentence;
  } rows[] = {
    { "/nix", "there is no such channel on 127.0.0.1" },
    { "/breaks-off", "the server has broken off; try again later" },
    { "/no-protocol", "the server does not keep to the protocol of Windows Media" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Seen seen = { 0 };
    LecWmsSrc *source;
    GstMessage *message = run (self, rows[i].path, &seen, &source);
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_ERROR);
    gst_message_parse_error (message, &error, NULL);
    g_assert_nonnull (strstr (error->message, rows[i].sentence));
    gst_message_unref (message);
    gst_object_unref (source);
  }
}

/* While the server sends next to nothing, it is left at once. */
static void
test_left (Fixture *self, gconstpointer data)
{
  g_autofree char *address = dup_address (self, "mmsh", "/dribbles");
  GstElement *pipeline = gst_pipeline_new (NULL);
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  GstElement *src = lec_wms_src_new (address, 0);
  gint64 began_us;

  gst_bin_add_many (GST_BIN (pipeline), src, sink, NULL);
  gst_element_link (src, sink);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (web_server_count_requests (self->server) < 2)
    g_usleep (1000);
  began_us = g_get_monotonic_time ();
  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 5 * G_TIME_SPAN_SECOND);
  gst_object_unref (pipeline);
}

/* ---- the player ---- */

static gboolean
give_up_cb (gpointer player)
{
  g_error ("still in state %d: “%s”", (int) lec_player_get_state (player),
           lec_player_get_message (player));
  return G_SOURCE_REMOVE;
}

static LecPlayer *
open_address (const char *address)
{
  LecPlayer *player = lec_player_new_without_output (TRUE);

  lec_player_open (player, address);
  return player;
}

static void
caption_cb (LecPlayer *player, GParamSpec *spec, gboolean *is_seen)
{
  *is_seen |= g_strcmp0 (lec_player_get_caption (player), "Hello") == 0;
}

/* Until @pictures are decoded, or it stands still. */
static guint64
await (LecPlayer *player, guint64 pictures)
{
  const guint timeout = g_timeout_add_seconds (PATIENCE, give_up_cb, player);
  guint64 decoded = 0;

  while (decoded < pictures && lec_player_get_state (player) != LEC_PLAYER_STOPPED
         && lec_player_get_state (player) != LEC_PLAYER_REFUSED) {
    g_main_context_iteration (NULL, TRUE);
    decoded = MAX (decoded, lec_player_get_decoded (player, LEC_MEDIA_VIDEO));
  }
  g_source_remove (timeout);
  return decoded;
}

static void
test_plays (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *scheme, *path;
    guint64 pictures;
  } rows[] = {
    { "mmsh", "/file", 25 },       /* of 50, as the last ones may be counted too late */
    { "mms", "/file", 15 },        /* RTSP is tried first, in vain */
    { "rtsp", "/rtp", 15 },        /* what is not played over RTSP is had over HTTP... */
    { "rtsp", "/rtp-header", 15 }, /* ...and what could be, and is refused */
    { "http", "/file", 15 },       /* a list that leads to itself */
    { "http", "/list.asx", 15 },   /* the first one is not there */
    { "mmsh", "/list", 50 },       /* the second entry is seen as well */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *address = dup_address (self, rows[i].scheme, rows[i].path);
    LecPlayer *player = open_address (address);
    gboolean is_seen = FALSE;

    g_signal_connect (player, "notify::caption", G_CALLBACK (caption_cb), &is_seen);
    g_assert_cmpuint (await (player, rows[i].pictures), >=, rows[i].pictures);
    while (!is_seen && lec_player_get_state (player) == LEC_PLAYER_PLAYING)
      g_main_context_iteration (NULL, TRUE);
    g_assert_true (is_seen);
    if (i == 0) {
      await (player, G_MAXUINT64); /* it has an end */
      g_assert_cmpint (lec_player_get_state (player), ==, LEC_PLAYER_STOPPED);
    }
    g_object_unref (player);
  }
}

/* The markers of what a server sends, or has as a file, are known. */
static void
test_markers (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *scheme, *path;
  } rows[] = { { "mmsh", "/file" }, { "http", "/plain.asf" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *address = dup_address (self, rows[i].scheme, rows[i].path);
    g_autoptr (LecPlayer) player = open_address (address);
    g_autoptr (GPtrArray) markers = NULL;
    g_autoptr (LecScriptCommands) script = NULL;
    const LecMarker *talk;

    g_assert_cmpuint (await (player, 5), >=, 5);
    g_object_get (player, "script", &script, NULL);
    g_object_get (script, "markers", &markers, NULL);
    g_assert_nonnull (markers);
    g_assert_cmpuint (markers->len, ==, 3);
    talk = g_ptr_array_index (markers, 1);
    g_assert_cmpstr (talk->name, ==, "Talk");
    g_assert_cmpint (talk->time_ms, ==, 1000);
  }
}

/* Where nothing can be played, both ways to ask are told of. */
static void
test_refused (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *scheme, *path;
    const char *sentence;
  } rows[] = {
    { "mms", "/nix",
      "the Windows Media channel cannot be had; over RTSP: there is no such channel on 127.0.0.1" },
    { "mmst", "/nix", "; over HTTP: there is no such page on 127.0.0.1" },
    { "mms", "/rtp-only",
      "over RTSP: it comes in a format of Windows Media that cannot be played here; over HTTP: " },
    { "rtsp", "/rtp-only", "Lectern does not play “x-asf-pf” on purpose" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *address = dup_address (self, rows[i].scheme, rows[i].path);
    LecPlayer *player = open_address (address);

    await (player, 1);
    g_assert_cmpint (lec_player_get_state (player), ==, LEC_PLAYER_REFUSED);
    if (strstr (lec_player_get_message (player), rows[i].sentence) == NULL)
      g_error ("expected “%s”, not “%s”", rows[i].sentence, lec_player_get_message (player));
    g_object_unref (player);
  }
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "/wms-src/source", test_source },   { "/wms-src/fails", test_fails },
    { "/wms-src/left", test_left },       { "/wms-src/plays", test_plays },
    { "/wms-src/markers", test_markers }, { "/wms-src/refused", test_refused },
  };

  g_test_init (&argc, &argv, NULL);
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  gst_init (&argc, &argv);
  lec_element_register (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
