/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/script-commands.h"

#include <string.h>

#include "announce/asx.h"
#include "asf-file.h"
#include "web-server.h"

#define GIF "GIF89a\1\1\1\1\1"

typedef struct
{
  LecScriptCommands *script;
  LecAnnouncement *announcement; /* (nullable) */
  GString *told;
} Fixture;

static void
caption_cb (const char *text, gpointer data)
{
  g_string_append_printf (((Fixture *) data)->told, "caption %s|", text);
}

static void
open_cb (const char *uri, gpointer data)
{
  g_string_append_printf (((Fixture *) data)->told, "open %s|", uri);
}

static void
event_cb (const char *name, gpointer data)
{
  g_string_append_printf (((Fixture *) data)->told, "event %s|", name);
}

static void
event_ahead_cb (const char *name, gpointer data)
{
  g_string_append_printf (((Fixture *) data)->told, "ahead %s|", name);
}

static const LecScriptCallbacks callbacks = { caption_cb, open_cb, event_cb, event_ahead_cb };

static LecChannel *
get_channel (Fixture *fixture)
{
  return g_ptr_array_index (fixture->announcement->channels, 0);
}

/* @uri: (nullable): where the announcement of @text lies */
static void
begin (Fixture *fixture, const char *text, const char *uri)
{
  lec_script_commands_begin (fixture->script, NULL, NULL);
  g_clear_pointer (&fixture->announcement, lec_announcement_free);
  fixture->announcement = lec_asx_parse (text, uri, NULL);
  g_assert_nonnull (fixture->announcement);
  fixture->announcement->uri = g_strdup (uri);
  lec_script_commands_begin (fixture->script, get_channel (fixture), fixture->announcement);
}

#define ASX                                                                                        \
  "<ASX><ENTRY><REF HREF=\"http://web.example/x.nsc\"/></ENTRY>"                                   \
  "<EVENT NAME=\"Break\" WHENDONE=\"NEXT\"><ENTRY><REF HREF=\"http://web.example/b.wmv\"/>"        \
  "</ENTRY></EVENT><EVENT NAME=\"empty\"></EVENT></ASX>"
#define WEB "http://web.example/course/x.asx"

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->told = g_string_new (NULL);
  fixture->script = lec_script_commands_new (&callbacks, fixture);
  begin (fixture, ASX, WEB);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->script);
  lec_announcement_free (fixture->announcement);
  g_string_free (fixture->told, TRUE);
}

static void
take (Fixture *fixture, const char *type, const char *parameter)
{
  lec_script_commands_take (fixture->script, type, parameter, TRUE);
}

static void
check_told (Fixture *fixture, const char *told)
{
  g_assert_cmpstr (fixture->told->str, ==, told);
  g_string_truncate (fixture->told, 0);
}

static void
check (Fixture *fixture, const char *property, const char *value)
{
  g_autofree char *is = NULL;

  g_object_get (fixture->script, property, &is, NULL);
  g_assert_cmpstr (is, ==, value);
}

/* ---- what is read ---- */

static void
test_captions (Fixture *fixture, gconstpointer data)
{
  take (fixture, "TEXT", "<b>one</b>");
  take (fixture, "caption", "two<br>&amp; more");
  take (fixture, "SynchronizedLyricLyric", "three");
  take (fixture, "TEXT", "");
  check_told (fixture, "caption one|caption two\n& more|caption three|caption |");
  lec_script_commands_take (fixture->script, "TEXT", "not yet", FALSE);
  take (fixture, "WhateverElse", "x");
  take (fixture, "", "");
  check_told (fixture, "");
}

static void
test_link (Fixture *fixture, gconstpointer data)
{
  check (fixture, "link", NULL);
  take (fixture, "URL", "http://other.example/page.html&&main");
  check (fixture, "link", "http://other.example/page.html");
  check (fixture, "link-host", "other.example");
  take (fixture, "URL", "javascript:alert(1)");
  check (fixture, "link", "http://other.example/page.html");
  take (fixture, "url", "page2.html");
  check (fixture, "link", "http://web.example/course/page2.html");
  check (fixture, "slide-host", NULL);
  begin (fixture, ASX, NULL);
  check (fixture, "link", NULL);
  take (fixture, "URL", "page2.html"); /* relative to nothing */
  check (fixture, "link", NULL);
  begin (fixture,
         "<ASX><BASE HREF=\"http://base.example/b\"/><ENTRY><REF HREF=\"http://a.example/\"/>"
         "</ENTRY></ASX>",
         NULL);
  take (fixture, "URL", "page2.html");
  check (fixture, "link", "http://base.example/b/page2.html");
  check_told (fixture, "");
}

/* Slides from elsewhere: the viewer is asked, once for a channel; not where it would be in vain. */
static void
test_consent (Fixture *fixture, gconstpointer data)
{
  static const char *const near[]
      = { "http://127.0.0.1/1.png", "http://localhost/1.png", "http://192.168.1.1/1.png",
          "http://[::1]/1.png", "http://169.254.169.254/1.png" };

  for (guint i = 0; i < G_N_ELEMENTS (near); i++) {
    take (fixture, "URL", near[i]);
    check (fixture, "link", near[i]);
    check (fixture, "slide-host", NULL);
  }
  take (fixture, "URL", "http://nobody.invalid/1.png");
  check (fixture, "slide-host", "nobody.invalid");
  take (fixture, "URL", "1.png"); /* on the server of the announcement */
  check (fixture, "slide-host", NULL);
  take (fixture, "URL", "http://nobody.invalid/2.png");
  check (fixture, "slide-host", "nobody.invalid");
  lec_script_commands_allow_slides (fixture->script);
  check (fixture, "slide-host", NULL);
  take (fixture, "URL", "http://other.invalid/1.png");
  check (fixture, "slide-host", NULL);
  begin (fixture, ASX, WEB); /* the same channel again */
  take (fixture, "URL", "http://nobody.invalid/2.png");
  check (fixture, "slide-host", NULL);
  begin (fixture, "<ASX><ENTRY><REF HREF=\"http://web.example/other.nsc\"/></ENTRY></ASX>", WEB);
  take (fixture, "URL", "http://nobody.invalid/2.png");
  check (fixture, "slide-host", "nobody.invalid");
}

static void
answer (const char *path, GOutputStream *out, gpointer data)
{
  web_write (out, "HTTP/1.1 200 OK\r\n\r\n" GIF);
}

/* From the server of the announcement by itself; where that is known only by the one that it leads
 * to, from there. */
static void
test_slide (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WebServer) server = web_server_new ("127.0.0.1", NULL, answer, NULL);
  g_autofree char *uri
      = g_strdup_printf ("http://127.0.0.1:%u/x.asx", web_server_get_port (server));

  for (guint i = 0; i < 2; i++) {
    g_autoptr (GBytes) slide = NULL;

    begin (fixture, ASX, i == 0 ? uri : NULL);
    if (i == 1)
      lec_script_commands_enter (fixture->script, uri);
    take (fixture, "URL", "Slide%201.gif");
    while (slide == NULL) {
      g_main_context_iteration (NULL, TRUE);
      g_object_get (fixture->script, "slide", &slide, NULL);
      check (fixture, "link", NULL); /* as it would be where the slide could not be had */
    }
    g_assert_cmpmem (g_bytes_get_data (slide, NULL), g_bytes_get_size (slide), GIF, strlen (GIF));
    check (fixture, "slide-name", "Slide 1");
    check (fixture, "slide-host", NULL);
    begin (fixture, ASX, NULL);
    check (fixture, "slide-name", NULL);
  }
}

/* ---- what else is played ---- */

/* By itself only what lies on the server of the announcement; else it is a question, or nothing. */
static void
test_filename (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *parameter;
    const char *uri; /* NULL: nothing */
    gboolean by_itself;
  } rows[] = {
    { "http://web.example/next.wmv", "http://web.example/next.wmv", TRUE },
    { "next.wmv", "http://web.example/course/next.wmv", TRUE },
    { "http://other.example/next.wmv", "http://other.example/next.wmv" },
    { "mms://web.example/next", "mms://web.example/next" },
    { "rtsp://other.example/next", "rtsp://other.example/next" },
    { "http://8.8.8.8/next.wmv", "http://8.8.8.8/next.wmv" },
    { "file:///etc/hostname" },
    { "C:\\next.wmv" },
    { "\\\\server\\share\\next.wmv" },
    { "javascript:alert(1)" },
    { "http://127.0.0.1/next.wmv" },
    { "http://localhost/next.wmv" },
    { "http://192.168.1.1/next.wmv" },
    { "mms://10.0.0.1/next" },
    { "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *opened
        = rows[i].uri != NULL ? g_strdup_printf ("open %s|", rows[i].uri) : NULL;
    const gboolean asks = rows[i].uri != NULL && !rows[i].by_itself;
    Fixture own = { 0 };

    set_up (&own, NULL);
    take (&own, "FILENAME", rows[i].parameter);
    check (&own, "offer", asks ? rows[i].uri : NULL);
    check_told (&own, rows[i].by_itself ? opened : "");
    lec_script_commands_accept (own.script);
    check_told (&own, asks ? opened : "");
    check (&own, "offer", NULL);
    tear_down (&own, NULL);
  }
}

/* A station cannot send its viewers round in circles. */
static void
test_circle (Fixture *fixture, gconstpointer data)
{
  take (fixture, "FILENAME", "x.asx");
  check_told (fixture, "open http://web.example/course/x.asx|");
  begin (fixture, ASX, WEB);
  take (fixture, "FILENAME", "x.asx");
  check_told (fixture, "");
  check (fixture, "offer", "http://web.example/course/x.asx");
  begin (fixture, ASX, WEB);
  check (fixture, "offer", NULL);
}

/* By name; who knows whether there is one is the list. Without an announcement there is none. */
static void
test_events (Fixture *fixture, gconstpointer data)
{
  LecEvent *event = g_ptr_array_index (fixture->announcement->events, 0);

  take (fixture, "EVENT", " BREAK ");
  lec_script_commands_take (fixture->script, "EVENT", "break", FALSE);
  check_told (fixture, "event BREAK|");
  take (fixture, "openevent", " Break");
  lec_script_commands_take (fixture->script, "OPENEVENT", "break", FALSE);
  check_told (fixture, "ahead Break|ahead break|");
  lec_script_commands_begin (fixture->script, g_ptr_array_index (event->channels, 0),
                             fixture->announcement);
  take (fixture, "URL", "1.html"); /* what is called up is of the same announcement */
  check (fixture, "link", "http://web.example/course/1.html");
  lec_script_commands_begin (fixture->script, get_channel (fixture), NULL);
  take (fixture, "EVENT", "break");
  take (fixture, "OPENEVENT", "break");
  check_told (fixture, "");
}

/* ---- markers ---- */

/* The marker object of a header, with two markers of which one has no name. */
static void
test_markers (Fixture *fixture, gconstpointer data)
{
  static const guint8 header[]
      = { "\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c\0\0\0\0\0\0\0\0\0\0\0\0"
          "\1\2"
          "\x01\xcd\x87\xf4\x51\xa9\xcf\x11\x8e\xe6\x00\xc0\x0c\x20\x53\x65\x7e\0\0\0\0\0\0\0"
          "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\2\0\0\0\0\0\0\0"
          "\0\0\0\0\0\0\0\0\x80\x96\x98\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\3\0\0\0H\0i\0\n\0"
          "\0\0\0\0\0\0\0\0\0\x2d\x31\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" };
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_MSB);
  g_autoptr (GPtrArray) markers = NULL;
  const LecMarker *marker;

  lec_alternative_add_format (alternative, 1, g_bytes_new_static ("", 0));
  lec_alternative_add_format (alternative, 2, g_bytes_new_static (header, sizeof header));
  lec_script_commands_receive (fixture->script, alternative);
  g_object_get (fixture->script, "markers", &markers, NULL);
  g_assert_cmpuint (markers->len, ==, 2);
  marker = g_ptr_array_index (markers, 0);
  g_assert_cmpint (marker->time_ms, ==, 1000);
  g_assert_cmpstr (marker->name, ==, "Hi");
  marker = g_ptr_array_index (markers, 1);
  g_assert_cmpint (marker->time_ms, ==, 2000);
  g_assert_cmpstr (marker->name, ==, NULL);
  lec_script_commands_begin (fixture->script, NULL, NULL);
  g_clear_pointer (&markers, g_ptr_array_unref);
  g_object_get (fixture->script, "markers", &markers, NULL);
  g_assert_null (markers);
}

/* Likewise, of what a server sends over RTSP, which has the header in its description. */
static void
test_markers_by_rtsp (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AsfFile) file = asf_file_new_marked (2);
  g_autofree char *text
      = g_base64_encode (g_bytes_get_data (file->header, NULL), g_bytes_get_size (file->header));
  char *parameters[] = { (char *) "config", text, NULL };
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_APPLICATION);
  g_autoptr (GPtrArray) markers = NULL;

  lec_stream_add_payload (stream, 96, "x-asf-pf", 1000)->parameters = g_strdupv (parameters);
  lec_script_commands_receive (fixture->script, alternative);
  g_object_get (fixture->script, "markers", &markers, NULL);
  g_assert_nonnull (markers);
  g_assert_cmpuint (markers->len, ==, 3);
  g_assert_cmpstr (((LecMarker *) g_ptr_array_index (markers, 1))->name, ==, "Talk");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/script-commands/captions", test_captions);
  ADD ("/script-commands/link", test_link);
  ADD ("/script-commands/consent", test_consent);
  ADD ("/script-commands/slide", test_slide);
  ADD ("/script-commands/filename", test_filename);
  ADD ("/script-commands/circle", test_circle);
  ADD ("/script-commands/events", test_events);
  ADD ("/script-commands/markers", test_markers);
  ADD ("/script-commands/markers-by-rtsp", test_markers_by_rtsp);
  return g_test_run ();
}
