/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/save.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <string.h>
#include <sys/stat.h>

#include "announce/sdp-print.h"
#include "tests/ui/channels.h"
#include "tests/ui/find.h"
#include "tests/ui/init.h"
#include "tests/ui/wait.h"
#include "ui/window.h"

static GtkApplication *application;

/* ---- names ---- */

static const struct
{
  const char *title;
  const char *name;
} names[] = {
  { "Thermodynamics II", "Thermodynamics II.sdp" },
  { "Überblick: Numerik", "Überblick Numerik.sdp" },
  { "AC/DC <live> | \"loud\"", "AC DC live loud.sdp" },
  { "../../etc/passwd", "etc passwd.sdp" },
  { ".hidden", "hidden.sdp" },
  { "-rf", "rf.sdp" },
  { "C:\\Windows\\x?*", "C Windows x.sdp" },
  { "What is life? ...", "What is life.sdp" },
  { "lecture.sdp", "lecture.sdp" },
  { "evil \u202epds.exe", "evil pds.exe.sdp" }, /* which would look like “evil exe.sdp” */
  { "cafe\u0301", "cafe\u0301.sdp" },           /* an accent is no sign of its own */
  { "שיעור בפיזיקה", "שיעור בפיזיקה.sdp" },
  { "///", "Channel.sdp" },
};

static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (LecChannel) channel = channels_make (names[i].title, 5004);
    g_autofree char *name = lec_save_propose_name (channel);

    g_assert_cmpstr (name, ==, names[i].name);
  }
}

static void
test_long_name (void)
{
  g_autoptr (GString) title = g_string_new (NULL);
  g_autoptr (LecChannel) channel = NULL;
  g_autofree char *name = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_append (title, "פ ");
  channel = channels_make (title->str, 5004);
  name = lec_save_propose_name (channel);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_cmpuint (strlen (name), <, 128);
  g_assert_cmpuint (strlen (name), >, 100);
}

/* ---- files and the clipboard ---- */

typedef struct
{
  LecPlayer *player;
  LecChannelList *list;
  GtkWidget *window;
  char *folder;
  GFile *file;
  LecChannel *channel;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->player = lec_player_new (NULL);
  fixture->list = lec_channel_list_new ();
  fixture->window = lec_window_new (application, fixture->player, fixture->list, NULL, NULL);
  fixture->folder = g_dir_make_tmp ("lectern-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->file = g_file_new_build_filename (fixture->folder, "a.sdp", NULL);
  fixture->channel = channels_make ("Hall 1", 5004);
  gtk_window_present (GTK_WINDOW (fixture->window));
  WAIT_UNTIL (gtk_widget_get_mapped (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_file_delete (fixture->file, NULL, NULL);
  g_rmdir (fixture->folder);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->player);
  g_object_unref (fixture->list);
  g_object_unref (fixture->file);
  lec_channel_unref (fixture->channel);
  g_free (fixture->folder);
}

/* Waits for a notice, and returns it. */
static char *
take_notice (Fixture *fixture)
{
  GtkWidget *bar = find (fixture->window, has_id, "notice");
  char *sentence;

  WAIT_UNTIL (gtk_info_bar_get_revealed (GTK_INFO_BAR (bar)));
  sentence = g_strdup (gtk_label_get_text (GTK_LABEL (find (bar, has_id, "label"))));
  gtk_info_bar_response (GTK_INFO_BAR (bar), GTK_RESPONSE_CLOSE);
  return sentence;
}

static void
assert_file (Fixture *fixture, const LecChannel *channel)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *expected = lec_sdp_print (lec_channel_get_info (channel), 0, 1, &error);
  g_autofree char *contents = NULL;

  g_assert_no_error (error);
  g_assert_true (g_file_load_contents (fixture->file, NULL, &contents, NULL, NULL, NULL));
  g_assert_cmpstr (contents, ==, expected);
}

static void
test_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_file_get_path (fixture->file);
  g_autofree char *expected = g_strdup_printf ("Channel saved to “%s”.", path);
  g_autofree char *notice = NULL;

  /* the dialog has asked whether what was there may go */
  g_assert_true (g_file_set_contents (path, "something longer than an announcement\n", -1, NULL));
  lec_save_to (fixture->window, fixture->channel, fixture->file);
  notice = take_notice (fixture);
  g_assert_cmpstr (notice, ==, expected);
  assert_file (fixture, fixture->channel);
}

static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_build_filename (fixture->folder, "missing", "a.sdp", NULL);
  g_autofree char *notice = NULL;

  lec_save_to (fixture->window, fixture->channel, file);
  notice = take_notice (fixture);
  g_assert_true (g_str_has_suffix (notice, "Try another folder."));
  g_assert_nonnull (strstr (notice, "cannot be written"));
}

/* Windows Media, and after it what SDP can say, or nothing. */
static LecChannel *
make_old_station (gboolean has_other)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_URI);
  g_autoptr (GError) error = NULL;
  LecChannel *channel;

  info->title = g_strdup ("Old");
  alternative->uri = g_strdup ("http://192.0.2.1/old.nsc");
  if (has_other) {
    alternative = lec_channel_info_add_alternative (info, LEC_KIND_TS);
    lec_stream_add_leg (lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO), "239.1.2.3",
                        5004);
  }
  channel = lec_channel_new (info, &error);
  g_assert_no_error (error);
  return channel;
}

static void
test_not_in_sdp (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LecChannel) none = make_old_station (FALSE), one = make_old_station (TRUE);
  g_autofree char *saved = NULL, *copied = NULL, *second = NULL;

  lec_save_to (fixture->window, none, fixture->file);
  saved = take_notice (fixture);
  g_assert_true (g_str_has_prefix (saved, "This channel cannot be saved or copied: "));
  g_assert_false (g_file_query_exists (fixture->file, NULL));
  lec_save_copy (fixture->window, none);
  copied = take_notice (fixture);
  g_assert_cmpstr (copied, ==, saved);

  /* the way that can be said is */
  lec_save_to (fixture->window, one, fixture->file);
  second = take_notice (fixture);
  g_assert_true (g_str_has_prefix (second, "Channel saved"));
}

static LecChannel *
make_secret (void)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);
  g_autofree char *key = g_strnfill (30, 'k');

  info->title = g_strdup ("Board meeting");
  lec_stream_add_leg (stream, "239.1.2.3", 5004);
  lec_stream_add_payload (stream, 96, "H264", 90000);
  lec_stream_add_key (stream, "AES_CM_128_HMAC_SHA1_80", g_bytes_new (key, 30), NULL);
  return lec_channel_new (info, NULL);
}

/* A file with a key is private to the user, and the notice says that it contains one. */
static void
test_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LecChannel) channel = make_secret ();
  g_autofree char *path = g_file_get_path (fixture->file);
  g_autofree char *notice = NULL;
  struct stat status;

  g_assert_nonnull (channel);
  lec_save_to (fixture->window, channel, fixture->file);
  notice = take_notice (fixture);
  g_assert_nonnull (strstr (notice, "It contains the key of this channel"));
  assert_file (fixture, channel);
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0077, ==, 0);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static char *
read_clipboard (GtkWidget *widget)
{
  char *text = NULL;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, read_cb, &text);
  WAIT_UNTIL (text != NULL);
  return text;
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  g_autofree char *expected = lec_sdp_print (lec_channel_get_info (fixture->channel), 0, 1, NULL);
  g_autofree char *copied = NULL, *notice = NULL;

  /* there is nothing to copy */
  gtk_widget_activate_action (fixture->window, "win.copy-announcement", NULL);
  lec_player_play (fixture->player, fixture->channel);
  gtk_widget_activate_action (fixture->window, "win.copy-announcement", NULL);
  copied = read_clipboard (fixture->window);
  g_assert_cmpstr (copied, ==, expected);
  notice = take_notice (fixture);
  g_assert_true (g_str_has_prefix (notice, "Announcement copied"));
}

/* ---- asking ---- */

static GtkFileChooserNative *
dialog_of (Fixture *fixture)
{
  return g_object_get_data (G_OBJECT (fixture->window), "lec-save-dialog");
}

static gboolean
names_file (GtkFileChooserNative *dialog, GFile *file)
{
  g_autoptr (GFile) named = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  return named != NULL && g_file_equal (named, file);
}

/* As a person does: it is hidden then. */
static void
respond (GtkFileChooser *dialog, GtkResponseType response)
{
  gtk_native_dialog_hide (GTK_NATIVE_DIALOG (dialog));
  g_signal_emit_by_name (dialog, "response", response);
}

static void
test_dialog (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);
  g_autofree char *name = NULL, *notice = NULL;
  GtkFileChooser *dialog;

  lec_player_play (fixture->player, fixture->channel);
  gtk_widget_activate_action (fixture->window, "win.save-announcement", NULL);
  dialog = GTK_FILE_CHOOSER (dialog_of (fixture));
  g_assert_true (gtk_native_dialog_get_visible (GTK_NATIVE_DIALOG (dialog)));
  name = gtk_file_chooser_get_current_name (dialog);
  g_assert_cmpstr (name, ==, "Hall 1.sdp");
  respond (dialog, GTK_RESPONSE_CANCEL);
  g_assert_false (gtk_native_dialog_get_visible (GTK_NATIVE_DIALOG (dialog)));

  gtk_widget_activate_action (fixture->window, "win.save-announcement", NULL);
  dialog = GTK_FILE_CHOOSER (dialog_of (fixture));
  g_assert_true (gtk_native_dialog_get_visible (GTK_NATIVE_DIALOG (dialog)));
  gtk_file_chooser_set_current_folder (dialog, folder, NULL);
  g_object_unref (fixture->file);
  fixture->file = g_file_get_child (folder, name);
  WAIT_UNTIL (names_file (dialog_of (fixture), fixture->file));
  respond (dialog, GTK_RESPONSE_ACCEPT);
  notice = take_notice (fixture);
  g_assert_true (g_str_has_prefix (notice, "Channel saved"));
  assert_file (fixture, fixture->channel);
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

  g_test_add_func ("/save/names", test_names);
  g_test_add_func ("/save/long-name", test_long_name);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/save/file", test_file);
  ADD ("/save/no-folder", test_no_folder);
  ADD ("/save/not-in-sdp", test_not_in_sdp);
  ADD ("/save/key", test_key);
  ADD ("/save/copy", test_copy);
  ADD ("/save/dialog", test_dialog);
#undef ADD

  return g_test_run ();
}
