/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is remembered from one start to the next, what is offered of it, and what can be done with a
 * picture. */
#include "ui/memory.h"

#include <glib/gstdio.h>
#include <string.h>

#include "tests/ui/calls.h"
#include "tests/ui/channels.h"
#include "tests/ui/find.h"
#include "tests/ui/init.h"
#include "tests/ui/opener-double.h"
#include "tests/ui/pipeline-double.h"
#include "tests/ui/wait.h"
#include "ui/kept-channel.h"
#include "ui/recent-list.h"
#include "ui/record.h"
#include "ui/settings.h"
#include "ui/snapshot.h"
#include "ui/window.h"

static GtkApplication *application;

typedef struct
{
  GSettings *settings;
  LecPlayer *player;
  LecChannelList *list;
  GtkWidget *window;
} Fixture;

/* A start of the program. */
static void
begin (Fixture *fixture)
{
  g_autoptr (GdkPaintable) picture = gdk_paintable_new_empty (640, 360);

  fixture->player = lec_player_new (NULL);
  fixture->list = lec_channel_list_new ();
  fixture->window = lec_window_new (application, fixture->player, fixture->list, picture, NULL);
  lec_window_remember (LEC_WINDOW (fixture->window), fixture->list, fixture->settings);
  gtk_window_present (GTK_WINDOW (fixture->window));
  WAIT_UNTIL (gtk_widget_get_mapped (fixture->window));
  g_free (calls_take ());
}

static void
end (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_add_weak_pointer (G_OBJECT (fixture->player), (gpointer *) &fixture->player);
  g_object_unref (fixture->player);
  g_object_unref (fixture->list);
  WAIT_UNTIL (fixture->player == NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *const keys[]
      = { "volume",    "muted",        "window-width", "window-height",
          "maximized", "channel-list", "last-channel", "favourites",
          "interface", "latency",      "reports",      "follow-updates" };

  fixture->settings = lec_settings_new ();
  g_assert_nonnull (fixture->settings);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (fixture->settings, keys[i]);
  begin (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  end (fixture);
  g_object_unref (fixture->settings);
}

static void
announce (Fixture *fixture, const char *title, guint16 port)
{
  g_autoptr (LecChannel) channel = channels_make (title, port);

  channels_announce (fixture->list, title, channel, "192.0.2.1");
}

static gboolean
is_revealed (Fixture *fixture)
{
  return adw_flap_get_reveal_flap (ADW_FLAP (find (fixture->window, has_id, "flap")));
}

static void
test_player (Fixture *fixture, gconstpointer data)
{
  g_autofree char *interface = NULL;
  gboolean muted, reports;
  double volume;
  int latency;

  g_object_set (fixture->player, "volume", 0.3, "muted", TRUE, "latency", 250, "reports", FALSE,
                "interface", "eth7", NULL);
  end (fixture);
  begin (fixture);
  g_object_get (fixture->player, "volume", &volume, "muted", &muted, "latency", &latency, "reports",
                &reports, "interface", &interface, NULL);
  g_assert_cmpfloat_with_epsilon (volume, 0.3, 0.001);
  g_assert_true (muted);
  g_assert_cmpint (latency, ==, 250);
  g_assert_false (reports);
  g_assert_cmpstr (interface, ==, "eth7");

  /* chosen again */
  g_object_set (fixture->player, "interface", NULL, NULL);
  end (fixture);
  begin (fixture);
  g_clear_pointer (&interface, g_free);
  g_object_get (fixture->player, "interface", &interface, NULL);
  g_assert_null (interface);
}

static void
test_window (Fixture *fixture, gconstpointer data)
{
  int width, height;

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 500);
  end (fixture);
  begin (fixture);
  gtk_window_get_default_size (GTK_WINDOW (fixture->window), &width, &height);
  g_assert_cmpint (width, ==, 700);
  g_assert_cmpint (height, ==, 500);
}

/* Left open, it is open at once; closed by hand, it stays so whatever is announced. */
static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_assert_false (is_revealed (fixture));
  announce (fixture, "Hall 1", 5004);
  g_assert_true (is_revealed (fixture));
  end (fixture);
  begin (fixture);
  g_assert_false (is_revealed (fixture)); /* nobody has opened it by hand */

  gtk_widget_activate_action (fixture->window, "win.channels", NULL);
  end (fixture);
  begin (fixture);
  g_assert_true (is_revealed (fixture));

  gtk_widget_activate_action (fixture->window, "win.channels", NULL);
  end (fixture);
  begin (fixture);
  announce (fixture, "Hall 1", 5004);
  g_assert_false (is_revealed (fixture));
}

static GtkWidget *
last_button (Fixture *fixture)
{
  return find (fixture->window, has_id, "last_button");
}

/* What played last is offered, and does not play by itself. */
static void
test_last_opened (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) channels
      = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);

  g_assert_false (gtk_widget_get_visible (last_button (fixture)));
  g_ptr_array_add (channels, channels_make ("Hall <1>", 5004));
  lec_window_open (LEC_WINDOW (fixture->window), "/lectures/a.sdp");
  opener_double_deliver (channels);
  g_assert_false (gtk_widget_get_visible (last_button (fixture))); /* it has not been seen */
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  end (fixture);

  begin (fixture);
  assert_calls ("");
  WAIT_UNTIL (find (fixture->window, shows_text, "Continue with “Hall <1>”") != NULL);
  g_signal_emit_by_name (last_button (fixture), "clicked");
  assert_calls ("open /lectures/a.sdp; ");
}

/* Returns: how many recent channels the empty page offers */
static guint
count_recent (Fixture *fixture)
{
  GtkWidget *rows = find (find (fixture->window, has_id, "recent_list"), has_id, "rows");
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (rows); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    n++;
  return n;
}

/* What has played is offered again, the newest first, but no file that is gone; and what other
 * programs have opened is not looked at. */
static void
test_recent (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), "a.sdp", NULL);
  GtkWidget *list = find (fixture->window, has_id, "recent_list");

  gtk_recent_manager_add_item (gtk_recent_manager_get_default (), "file:///etc/passwd");
  g_assert_true (g_file_set_contents (path, "v=0", -1, NULL));
  g_assert_false (gtk_widget_get_visible (list));
  lec_recent_add (path, "Hall <1>");
  lec_recent_add ("rtp://239.1.2.3:5004", "Hall 2");
  lec_recent_add ("v=0\r\ns=a text\r\n", "Hall 3");
  WAIT_UNTIL (count_recent (fixture) == 2);
  g_assert_true (gtk_widget_get_visible (list));
  gtk_menu_button_popup (GTK_MENU_BUTTON (find (fixture->window, has_id, "recent_button")));
  WAIT_UNTIL (find (list, shows_text, "Hall <1>") != NULL);
  g_signal_emit_by_name (
      gtk_widget_get_ancestor (find (list, shows_text, "Hall <1>"), GTK_TYPE_BUTTON), "clicked");
  {
    g_autofree char *expected = g_strdup_printf ("open %s; ", path);

    assert_calls (expected);
  }
  end (fixture);

  g_unlink (path);
  begin (fixture);
  list = find (fixture->window, has_id, "recent_list");
  WAIT_UNTIL (count_recent (fixture) == 1);
  gtk_menu_button_popup (GTK_MENU_BUTTON (find (fixture->window, has_id, "recent_button")));
  WAIT_UNTIL (find (list, shows_button, "Clear") != NULL);
  g_signal_emit_by_name (find (list, shows_button, "Clear"), "clicked");
  WAIT_UNTIL (count_recent (fixture) == 0);
  g_assert_false (gtk_widget_get_visible (list));
  g_assert_true (
      gtk_recent_manager_has_item (gtk_recent_manager_get_default (), "file:///etc/passwd"));
}

/* What was announced is kept as its description. */
static void
test_last_announced (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LecChannel) channel = channels_make ("Hall 2", 5006);
  g_autofree char *calls = NULL;

  lec_player_play (fixture->player, channel);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  end (fixture);

  begin (fixture);
  g_signal_emit_by_name (last_button (fixture), "clicked");
  calls = calls_take ();
  g_assert_true (g_str_has_prefix (calls, "open v=0\r\n"));
  g_assert_nonnull (strstr (calls, "\r\ns=Hall 2\r\n"));
  /* its text is no title */
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Lectern");
}

static LecChannelItem *
first_item (Fixture *fixture)
{
  g_autoptr (LecChannelItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);

  return item; /* the list has it */
}

/* Kept, it is in the list before anybody announces it; announced, it has one row. */
static void
test_favourites (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row;

  announce (fixture, "Hall 1", 5004);
  WAIT_UNTIL ((row = find (fixture->window, has_type, "LecChannelRow")) != NULL);
  g_signal_emit_by_name (row, "star-clicked");
  g_assert_true (lec_channel_item_get_origins (first_item (fixture)) & LEC_CHANNEL_ORIGIN_KEPT);
  end (fixture);

  begin (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 1);
  g_assert_cmpstr (lec_channel_item_get_title (first_item (fixture)), ==, "Hall 1");
  WAIT_UNTIL ((row = find (fixture->window, has_type, "LecChannelRow")) != NULL);
  g_signal_emit_by_name (row, "star-clicked");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 0);
  end (fixture);

  begin (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 0);
}

static char *
dup_favourites (Fixture *fixture)
{
  g_autoptr (GVariant) kept = g_settings_get_value (fixture->settings, "favourites");

  return g_variant_print (kept, FALSE);
}

static gboolean
has_favourite (Fixture *fixture, const char *text)
{
  g_autofree char *kept = dup_favourites (fixture);

  return strstr (kept, text) != NULL;
}

static void
announce_version (Fixture *fixture, guint version, guint port)
{
  g_autofree char *text
      = g_strdup_printf ("v=0\r\no=- 77 %u IN IP4 192.0.2.1\r\ns=Hall 1\r\nc=IN IP4 239.1.2.3/1\r\n"
                         "t=0 0\r\nm=video %u RTP/AVP 26\r\n",
                         version, port);
  g_autoptr (LecChannel) channel = lec_kept_channel_parse (text);

  channels_announce (fixture->list, "77", channel, "192.0.2.1");
}

/* Where the station moves, the favourite moves with it, also after the next start. */
static void
test_favourite_changes (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row;
  const LecAlternative *alternative;
  const LecStream *stream;

  announce_version (fixture, 1, 5004);
  WAIT_UNTIL ((row = find (fixture->window, has_type, "LecChannelRow")) != NULL);
  g_signal_emit_by_name (row, "star-clicked");
  g_assert_true (has_favourite (fixture, "m=video 5004"));
  announce_version (fixture, 2, 5008);
  WAIT_UNTIL (has_favourite (fixture, "m=video 5008"));
  g_assert_false (has_favourite (fixture, "m=video 5004"));
  end (fixture);

  begin (fixture);
  alternative = g_ptr_array_index (
      lec_channel_get_info (lec_channel_item_get_channel (first_item (fixture)))->alternatives, 0);
  stream = g_ptr_array_index (alternative->streams, 0);
  g_assert_cmpuint (((const LecLeg *) g_ptr_array_index (stream->legs, 0))->port, ==, 5008);
  g_settings_reset (fixture->settings, "favourites");
}

/* ---- what is done with a picture ---- */

static void
play (Fixture *fixture)
{
  g_autoptr (LecChannel) channel = channels_make ("Hall <1>/2", 5004);

  lec_player_play (fixture->player, channel);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  g_free (calls_take ());
}

static double
volume_of (Fixture *fixture)
{
  double volume;

  g_object_get (fixture->player, "volume", &volume, NULL);
  return volume;
}

static void
test_wheel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) controllers = NULL;

  play (fixture);
  controllers = gtk_widget_observe_controllers (find (fixture->window, has_id, "video_view"));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);
    gboolean taken = FALSE;

    if (!GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
      continue;
    g_signal_emit_by_name (controller, "scroll", 0.0, 1.0, &taken);
    g_assert_true (taken);
    g_assert_cmpfloat_with_epsilon (volume_of (fixture), 0.95, 0.001);
    g_signal_emit_by_name (controller, "scroll", 0.0, -3.0, &taken);
    g_assert_cmpfloat_with_epsilon (volume_of (fixture), 1.0, 0.001);
    return;
  }
  g_assert_not_reached ();
}

/* Returns: the first file of @folder that ends in @suffix */
static char *
find_file (const char *folder, const char *suffix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    if (g_str_has_suffix (name, suffix))
      return g_strdup (name);
  }
  return NULL;
}

static void
texture_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GdkTexture **) data = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_snapshot (Fixture *fixture, gconstpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (fixture->window);
  g_autoptr (GdkTexture) texture = NULL;
  guint32 pixels[4] = { 0xff0000ff, 0xff0000ff, 0xff0000ff, 0xff0000ff };
  g_autoptr (GBytes) bytes = g_bytes_new (pixels, sizeof pixels);
  g_autoptr (GdkTexture) picture = gdk_memory_texture_new (2, 2, GDK_MEMORY_R8G8B8A8, bytes, 8);
  g_autoptr (LecChannel) channel = channels_make ("Hall <1>/2", 5004);
  g_autofree char *name = NULL;

  lec_snapshot_save (fixture->window, GDK_PAINTABLE (picture), channel);
  name = find_file (g_get_home_dir (), ".png");
  g_assert_nonnull (name);
  g_assert_true (g_str_has_prefix (name, "Hall 1 2 20"));

  lec_snapshot_copy (fixture->window, GDK_PAINTABLE (picture));
  gdk_clipboard_read_texture_async (clipboard, NULL, texture_cb, &texture);
  WAIT_UNTIL (texture != NULL);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 2);
}

static char *
dup_record (Fixture *fixture)
{
  char *record;

  g_object_get (fixture->player, "record", &record, NULL);
  return record;
}

static const char *
get_notice (Fixture *fixture)
{
  return gtk_label_get_text (
      GTK_LABEL (find (find (fixture->window, has_id, "notice_bar"), has_id, "label")));
}

static const char *
get_recorded (Fixture *fixture)
{
  return gtk_label_get_text (
      GTK_LABEL (find (find (fixture->window, has_id, "record_button"), has_id, "label")));
}

/* It plays on when a recording begins and when it ends, and is seen meanwhile. */
static void
test_record (Fixture *fixture, gconstpointer data)
{
  const LecRecordingProgress progress = { .duration_us = 65500000, .bytes = 12300000 };
  g_autofree char *path = g_build_filename (g_get_home_dir (), "a.ts", NULL), *record = NULL;
  g_autofree char *text = NULL, *sentence = NULL;

  play (fixture);
  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  lec_record_begin (fixture->window, fixture->player, path);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "old"); /* until there is something to write */
  record = dup_record (fixture);
  g_assert_cmpstr (record, ==, path);
  assert_calls ("record Hall <1>/2; ");
  pipeline_double_record (&progress);
  WAIT_UNTIL (strcmp (get_recorded (fixture), "1:05 · 12.3\302\240MB") == 0);

  gtk_widget_activate_action (fixture->window, "win.record", NULL);
  g_assert_null (dup_record (fixture));
  assert_calls ("end-recording Hall <1>/2; ");
  sentence = g_strdup_printf ("Recorded 1:05 (12.3\302\240MB) to “%s”.", path);
  g_assert_cmpstr (get_notice (fixture), ==, sentence);
}

static gboolean
is_at_home (GtkFileChooser *dialog)
{
  g_autoptr (GFile) home = g_file_new_for_path (g_get_home_dir ());
  g_autoptr (GFile) folder = gtk_file_chooser_get_current_folder (dialog);

  return folder != NULL && g_file_equal (folder, home);
}

/* The dialogs begin where such files belong, not where the program was started. */
static void
test_first_folder (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *action, *key;
  } rows[] = { { "win.record", "lec-record-dialog" }, { "win.open-file", "lec-open-dialog" } };

  play (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    GtkFileChooser *dialog;

    gtk_widget_activate_action (fixture->window, rows[i].action, NULL);
    dialog = g_object_get_data (G_OBJECT (fixture->window), rows[i].key);
    g_assert_nonnull (dialog);
    WAIT_UNTIL (is_at_home (dialog));
    gtk_native_dialog_hide (GTK_NATIVE_DIALOG (dialog));
  }
}

/* What was to be recorded does not play any more: the name is that of the other channel. */
static void
test_record_dialog (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LecChannel) other = channels_make ("Other", 5006);
  GtkNativeDialog *dialog;

  play (fixture);
  gtk_widget_activate_action (fixture->window, "win.record", NULL);
  dialog = g_object_get_data (G_OBJECT (fixture->window), "lec-record-dialog");
  g_assert_true (gtk_native_dialog_get_visible (dialog));
  lec_player_play (fixture->player, other);
  g_assert_false (gtk_native_dialog_get_visible (dialog));
}

/* It belongs to its channel. */
static void
test_record_ends (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), "b.ts", NULL);
  g_autoptr (LecChannel) other = channels_make ("Other", 5006);

  play (fixture);
  lec_record_begin (fixture->window, fixture->player, path);
  lec_player_play (fixture->player, other);
  g_assert_null (dup_record (fixture));
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  g_free (calls_take ());

  lec_record_begin (fixture->window, fixture->player, path);
  assert_calls ("record Other; ");
  lec_player_stop (fixture->player);
  g_assert_null (dup_record (fixture));
}

/* The disk is full, or cannot be written at all. */
static void
test_record_fails (Fixture *fixture, gconstpointer data)
{
  const LecRecordingProgress progress = { .duration_us = 1000000, .bytes = 1, .failed = TRUE };
  g_autofree char *path = g_build_filename (g_get_home_dir (), "c.ts", NULL);

  play (fixture);
  lec_record_begin (fixture->window, fixture->player, "/nonexistent/c.ts");
  g_assert_null (dup_record (fixture));
  g_assert_cmpstr (get_notice (fixture), ==,
                   "Cannot write “/nonexistent/c.ts”: No such file or directory");
  assert_calls ("");

  lec_record_begin (fixture->window, fixture->player, path);
  pipeline_double_record (&progress);
  WAIT_UNTIL (dup_record (fixture) == NULL);
  g_assert_cmpstr (get_notice (fixture), ==, "The disk is full");
  assert_calls ("record Hall <1>/2; end-recording Hall <1>/2; ");
}

/* Received by another way it goes on in another file, and that is told. */
static void
test_record_parts (Fixture *fixture, gconstpointer data)
{
  const LecRecordingProgress first = { .duration_us = 65500000, .bytes = 12300000, .part = 1 };
  const LecRecordingProgress second = { .duration_us = 2000000, .bytes = 1000000, .part = 2 };
  g_autofree char *path = g_build_filename (g_get_home_dir (), "d.ts", NULL);
  g_autofree char *part = g_build_filename (g_get_home_dir (), "d-2.ts", NULL);
  g_autofree char *goes_on = g_strdup_printf ("The recording goes on in “%s”.", part);
  g_autofree char *end
      = g_strdup_printf ("Recorded 1:07 (13.3\302\240MB) to “%s” … “%s”.", path, part);

  play (fixture);
  lec_record_begin (fixture->window, fixture->player, path);
  pipeline_double_record (&first);
  WAIT_UNTIL (strcmp (get_recorded (fixture), "1:05 · 12.3\302\240MB") == 0);
  pipeline_double_record (&second);
  WAIT_UNTIL (strcmp (get_recorded (fixture), "1:07 · 13.3\302\240MB") == 0);
  g_assert_cmpstr (get_notice (fixture), ==, goes_on);
  gtk_widget_activate_action (fixture->window, "win.record", NULL);
  g_assert_cmpstr (get_notice (fixture), ==, end);
}

static GtkWidget *
preferences_of (Fixture *fixture)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *i = windows; i != NULL; i = i->next) {
    if (ADW_IS_PREFERENCES_WINDOW (i->data) && !gtk_widget_in_destruction (i->data))
      return i->data;
  }
  return NULL;
}

static gboolean
has_title (GtkWidget *widget, const char *title)
{
  return ADW_IS_PREFERENCES_ROW (widget)
         && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title);
}

/* What is chosen there is the player's, and remembered. */
static void
test_preferences (Fixture *fixture, gconstpointer data)
{
  GtkWidget *preferences, *ahead, *reports_row, *spin;
  gboolean reports;

  gtk_widget_activate_action (fixture->window, "win.preferences", NULL);
  preferences = preferences_of (fixture);
  g_assert_nonnull (preferences);
  ahead = find (preferences, has_title, "Join neighbouring channels ahead");
  gtk_switch_set_active (GTK_SWITCH (find (ahead, has_type, "GtkSwitch")), FALSE);
  g_assert_false (g_settings_get_boolean (fixture->settings, "join-ahead"));
  reports_row = find (preferences, has_title, "Send reception reports");
  gtk_switch_set_active (GTK_SWITCH (find (reports_row, has_type, "GtkSwitch")), FALSE);
  spin = find (preferences, has_type, "GtkSpinButton");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "Automatic");
  gtk_spin_button_spin (GTK_SPIN_BUTTON (spin), GTK_SPIN_STEP_FORWARD, 50.0);
  g_assert_cmpint (g_settings_get_int (fixture->settings, "latency"), ==, 0);
  gtk_spin_button_spin (GTK_SPIN_BUTTON (spin), GTK_SPIN_STEP_BACKWARD, 50.0);
  g_assert_cmpint (g_settings_get_int (fixture->settings, "latency"), ==, -1);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "Automatic");
  gtk_spin_button_update (GTK_SPIN_BUTTON (spin)); /* as when the focus leaves it */
  g_assert_cmpint (g_settings_get_int (fixture->settings, "latency"), ==, -1);
  gtk_editable_set_text (GTK_EDITABLE (spin), "300");
  gtk_spin_button_update (GTK_SPIN_BUTTON (spin));
  g_object_get (fixture->player, "reports", &reports, NULL);
  g_assert_false (reports);
  g_assert_cmpint (g_settings_get_int (fixture->settings, "latency"), ==, 300);
  gtk_window_destroy (GTK_WINDOW (preferences));
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;

  ui_test_init (&argc, &argv);
  gst_init (&argc, &argv);
  application
      = GTK_APPLICATION (adw_application_new ("org.lectern.Test", G_APPLICATION_NON_UNIQUE));
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/memory/player", test_player);
  ADD ("/memory/window", test_window);
  ADD ("/memory/list", test_list);
  ADD ("/memory/favourites", test_favourites);
  ADD ("/memory/last-opened", test_last_opened);
  ADD ("/memory/recent", test_recent);
  ADD ("/memory/favourite-changes", test_favourite_changes);
  ADD ("/memory/last-announced", test_last_announced);
  ADD ("/memory/wheel", test_wheel);
  ADD ("/memory/snapshot", test_snapshot);
  ADD ("/memory/first-folder", test_first_folder);
  ADD ("/memory/record", test_record);
  ADD ("/memory/record-dialog", test_record_dialog);
  ADD ("/memory/record-ends", test_record_ends);
  ADD ("/memory/record-fails", test_record_fails);
  ADD ("/memory/record-parts", test_record_parts);
  ADD ("/memory/preferences", test_preferences);
#undef ADD

  return g_test_run ();
}
