/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a station brings by script commands, in the window. */
#include "play/script-commands.h"

#include "tests/ui/calls.h"
#include "tests/ui/find.h"
#include "tests/ui/init.h"
#include "tests/ui/opener-double.h"
#include "tests/ui/pipeline-double.h"
#include "tests/ui/wait.h"
#include "ui/slide.h"
#include "ui/window.h"
#include "web-server.h"

#define SLIDES_QUESTION                                                                            \
  "The slides lie on slides.invalid. Fetch them from there, and from other servers that the "      \
  "station names?"
#define LEAST_WIDTH 250 /* [px] that names of markers can be read in */

static GtkApplication *application;

typedef struct
{
  LecPlayer *player;
  LecScriptCommands *script;
  LecChannelList *list;
  GtkWidget *window;
  WebServer *server;
  GBytes *picture;
  guint opened; /* links */
} Fixture;

static void
answer (const char *path, GOutputStream *out, gpointer data)
{
  Fixture *fixture = data;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (fixture->picture, &size);

  if (g_str_has_suffix (path, ".png") && web_write (out, "HTTP/1.1 200 OK\r\n\r\n"))
    g_output_stream_write_all (out, bytes, size, NULL, NULL, NULL);
  else if (g_str_has_suffix (path, ".gif"))
    web_write (out, "HTTP/1.1 200 OK\r\n\r\nGIF89a\1\1\1\1 no more than the size");
}

static GBytes *
new_picture (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 40, 30);
  char *bytes;
  gsize size;

  gdk_pixbuf_fill (pixbuf, 0x336699ff);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &size, "png", NULL, NULL));
  return g_bytes_new_take (bytes, size);
}

/* Nothing is opened in a browser by a test. */
static gboolean
opened_cb (Fixture *fixture)
{
  fixture->opened++;
  return TRUE;
}

/* A channel whose announcement lies on the server of the test, or nowhere. */
static void
open (Fixture *fixture, gboolean on_server)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_TS);
  g_autoptr (GPtrArray) channels
      = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);
  g_autofree char *uri
      = g_strdup_printf ("http://127.0.0.1:%u/x.asx", web_server_get_port (fixture->server));

  lec_stream_add_leg (lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO), "239.1.2.3", 5004);
  g_ptr_array_add (channels, lec_channel_new (info, NULL));
  lec_player_open (fixture->player, "x.asx");
  opener_double_deliver_from (on_server ? uri : NULL, channels);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GdkPaintable) picture = gdk_paintable_new_empty (640, 360);

  g_free (calls_take ());
  fixture->picture = new_picture ();
  fixture->server = web_server_new ("127.0.0.1", NULL, answer, fixture);
  fixture->player = lec_player_new (NULL);
  g_object_get (fixture->player, "script", &fixture->script, NULL);
  fixture->list = lec_channel_list_new ();
  fixture->window = lec_window_new (application, fixture->player, fixture->list, picture, NULL);
  g_signal_connect_swapped (find (fixture->window, has_type, "GtkLinkButton"), "activate-link",
                            G_CALLBACK (opened_cb), fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
  WAIT_UNTIL (gtk_widget_get_mapped (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->script);
  g_object_add_weak_pointer (G_OBJECT (fixture->player), (gpointer *) &fixture->player);
  g_object_unref (fixture->player);
  g_object_unref (fixture->list);
  WAIT_UNTIL (fixture->player == NULL);
  web_server_free (fixture->server);
  g_bytes_unref (fixture->picture);
}

static void
take (const char *type, const char *parameter)
{
  pipeline_double_cue (type, parameter, TRUE);
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  return find (fixture->window, shows_text, text) != NULL;
}

static const char *
page (Fixture *fixture)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (find (fixture->window, has_id, "pages")));
}

static void
test_caption (Fixture *fixture, gconstpointer data)
{
  open (fixture, FALSE);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  take ("TEXT", "Good <b>morning</b>");
  WAIT_UNTIL (shows (fixture, "Good morning"));
  take ("TEXT", "");
  WAIT_UNTIL (!shows (fixture, "Good morning"));
}

/* It is shown where it leads, and is opened when the viewer wants it; never by itself. */
static void
test_link (Fixture *fixture, gconstpointer data)
{
  open (fixture, FALSE);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  take ("URL", "http://page.example/7.html?x=y");
  WAIT_UNTIL (shows (fixture, "page.example"));
  g_assert_cmpuint (fixture->opened, ==, 0);
  g_assert_true (gtk_widget_activate_action (fixture->window, "win.open-link", NULL));
  g_assert_cmpuint (fixture->opened, ==, 1);
  gtk_widget_activate (find (fixture->window, has_type, "GtkLinkButton"));
  WAIT_UNTIL (fixture->opened == 2);
  lec_player_stop (fixture->player);
  WAIT_UNTIL (!shows (fixture, "page.example"));
  gtk_widget_activate_action (fixture->window, "win.open-link", NULL);
  g_assert_cmpuint (fixture->opened, ==, 2);
}

/* A voice and a slide are a lecture with a picture. */
static void
test_slide (Fixture *fixture, gconstpointer data)
{
  GtkWidget *layout = find (fixture->window, has_id, "video_layout");
  g_autoptr (GdkPaintable) second = NULL;
  g_autofree char *name = NULL;

  open (fixture, TRUE);
  pipeline_double_show (PIPELINE_DOUBLE_SOUND);
  g_assert_cmpstr (page (fixture), !=, "picture");
  take ("URL", "Lecture 7.png");
  WAIT_UNTIL (g_strcmp0 (page (fixture), "picture") == 0);
  g_object_get (layout, "slide", &second, "slide-name", &name, NULL);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (second), ==, 40);
  g_assert_cmpint (gdk_paintable_get_intrinsic_height (second), ==, 30);
  g_assert_cmpstr (name, ==, "Slide: Lecture 7");
  g_assert_false (shows (fixture, "127.0.0.1")); /* no card of what is seen */
  lec_player_stop (fixture->player);
  WAIT_UNTIL (g_strcmp0 (page (fixture), "picture") != 0);
}

/* One that is no picture after all leaves its link. */
static void
test_broken_slide (Fixture *fixture, gconstpointer data)
{
  gboolean both;

  open (fixture, TRUE);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  take ("URL", "7.png");
  WAIT_UNTIL (
      (g_object_get (find (fixture->window, has_id, "video_layout"), "both", &both, NULL), both));
  take ("URL", "7.gif");
  WAIT_UNTIL (
      (g_object_get (find (fixture->window, has_id, "video_layout"), "both", &both, NULL), !both));
  take ("URL", "7.jpg");
  WAIT_UNTIL (shows (fixture, "127.0.0.1"));
}

/* From elsewhere: not before the viewer says yes, and the question goes with the slide. */
static void
test_question (Fixture *fixture, gconstpointer data)
{
  g_autofree char *host = NULL;

  open (fixture, FALSE);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  take ("URL", "http://slides.invalid/7.png");
  WAIT_UNTIL (shows (fixture, SLIDES_QUESTION));
  take ("URL", "http://slides.invalid/page.html");
  gtk_widget_activate_action (fixture->window, "win.allow-slides", NULL);
  g_object_get (fixture->script, "slide-host", &host, NULL);
  g_assert_null (host);
  WAIT_UNTIL (!shows (fixture, SLIDES_QUESTION));
  take ("FILENAME", "http://other.invalid/next.asx");
  WAIT_UNTIL (shows (fixture, "The station wants to go on with http://other.invalid/next.asx."));
  lec_player_stop (fixture->player);
  WAIT_UNTIL (!shows (fixture, "The station wants to go on with http://other.invalid/next.asx."));
}

/* The button is there where there is something to be listed. */
static void
test_markers (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list = find (fixture->window, has_type, "LecMarkerList");
  LecMarker first = { 5000, (char *) "Welcome" }, second = { 3723000, NULL };
  g_autoptr (GPtrArray) markers = g_ptr_array_new ();

  g_assert_false (gtk_widget_get_visible (list));
  g_ptr_array_add (markers, &first);
  g_ptr_array_add (markers, &second);
  g_object_set (list, "markers", markers, NULL);
  g_assert_true (gtk_widget_get_visible (list));
  gtk_menu_button_popup (GTK_MENU_BUTTON (gtk_widget_get_first_child (list)));
  WAIT_UNTIL (shows (fixture, "0:00:05  Welcome"));
  g_assert_true (shows (fixture, "1:02:03  Marker 2"));
  WAIT_UNTIL (gtk_widget_get_width (find (list, has_type, "GtkListView")) >= LEAST_WIDTH);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (gtk_widget_get_first_child (list)));
  g_object_set (list, "markers", NULL, NULL);
  g_assert_false (gtk_widget_get_visible (list));
}

/* 10 000 commands: the window shows the newest, and goes on. */
static void
test_flood (Fixture *fixture, gconstpointer data)
{
  open (fixture, TRUE);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  for (guint i = 0; i < 10000; i++) {
    g_autofree char *text = g_strdup_printf ("<i>%u</i>", i);
    g_autofree char *slide = g_strdup_printf ("%u.png", i);
    g_autofree char *link = g_strdup_printf ("http://%u.example/", i);

    take ("TEXT", text);
    take ("URL", slide);
    take ("URL", link);
  }
  WAIT_UNTIL (shows (fixture, "9999"));
  WAIT_UNTIL (shows (fixture, "9999.example"));
  g_assert_cmpuint (web_server_count_requests (fixture->server), <=, 100);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  gst_init (&argc, &argv);
  application
      = GTK_APPLICATION (adw_application_new ("org.lectern.Test", G_APPLICATION_NON_UNIQUE));
  g_application_register (G_APPLICATION (application), NULL, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/script/caption", test_caption);
  ADD ("/script/link", test_link);
  ADD ("/script/slide", test_slide);
  ADD ("/script/broken-slide", test_broken_slide);
  ADD ("/script/question", test_question);
  ADD ("/script/markers", test_markers);
  ADD ("/script/flood", test_flood);
  return g_test_run ();
}
