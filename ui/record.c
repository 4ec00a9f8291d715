/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/record.h"

#include <glib/gi18n.h>

#include "ui/kept-dialog.h"
#include "ui/save.h"

#define DIALOG_KEY "lec-record-dialog" /* where a window keeps its dialog */
#define PLAYER_KEY "lec-record-player"
#define CHANNEL_KEY "lec-record-channel" /* where the dialog keeps which channel it is about */

void
lec_record_begin (GtkWidget *window, LecPlayer *player, const char *path)
{
  g_autofree char *sentence = NULL, *record = NULL;
  g_autoptr (GError) error = NULL;

  if (!lec_recording_replace (path, &error)) { /* the dialog has asked */
    gtk_widget_activate_action (window, "win.notify", "s", error->message);
    return;
  }
  g_object_set (player, "record", path, NULL);
  g_object_get (player, "record", &record, NULL);
  if (record == NULL)
    return; /* the player has said why */
  /* Translators: %s is the name of a file */
  sentence = g_strdup_printf (_ ("Recording to “%s” until you end it."), path);
  gtk_widget_activate_action (window, "win.notify", "s", sentence);
}

static void
response_cb (GtkWidget *window, int response, GtkFileChooser *dialog)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (dialog);
  if (file != NULL && g_file_peek_path (file) != NULL)
    lec_record_begin (window, g_object_get_data (G_OBJECT (dialog), PLAYER_KEY),
                      g_file_peek_path (file));
}

/* Its name and its kind were those of another channel. */
static void
channel_cb (GtkNativeDialog *dialog, GParamSpec *pspec, LecPlayer *player)
{
  const LecChannel *channel = lec_player_get_channel (player);
  const char *id = channel != NULL ? lec_channel_get_id (channel) : NULL;

  if (g_strcmp0 (id, g_object_get_data (G_OBJECT (dialog), CHANNEL_KEY)) != 0)
    gtk_native_dialog_hide (dialog);
}

/* GTK would begin where the program was started. */
static void
set_first_folder (GtkFileChooser *dialog)
{
  const char *folder = g_get_user_special_dir (G_USER_DIRECTORY_VIDEOS);
  g_autoptr (GFile) file = g_file_new_for_path (folder != NULL ? folder : g_get_home_dir ());

  gtk_file_chooser_set_current_folder (dialog, file, NULL);
}

static GtkFileChooser *
get_dialog (GtkWindow *window, LecPlayer *player)
{
  GtkFileChooserNative *dialog = lec_kept_dialog_get (window, DIALOG_KEY);

  if (dialog != NULL)
    return GTK_FILE_CHOOSER (dialog);
  dialog = gtk_file_chooser_native_new (_ ("Record to a File"), window,
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Record"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  set_first_folder (GTK_FILE_CHOOSER (dialog));
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::channel", G_CALLBACK (channel_cb), dialog,
                           G_CONNECT_SWAPPED);
  g_object_set_data (G_OBJECT (dialog), PLAYER_KEY, player); /* the window's */
  lec_kept_dialog_set (window, DIALOG_KEY, dialog);
  return GTK_FILE_CHOOSER (dialog);
}

/* The ending says in which form. */
static const char *
find_suffix (const LecChannel *channel)
{
  const LecAlternative *best = g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0);

  if (best->kind == LEC_KIND_TS)
    return ".ts";
  return best->kind == LEC_KIND_MSB ? ".wmv" : ".mkv";
}

void
lec_record_toggle (GtkWindow *window, LecPlayer *player)
{
  const LecChannel *channel = lec_player_get_channel (player);
  g_autofree char *path = NULL, *title = NULL, *name = NULL;
  GtkFileChooser *dialog;

  g_object_get (player, "record", &path, NULL);
  if (path != NULL) {
    g_object_set (player, "record", NULL, NULL);
    return;
  }
  if (channel == NULL || !lec_player_state_is_on (lec_player_get_state (player))) {
    gtk_widget_error_bell (GTK_WIDGET (window));
    return;
  }
  dialog = get_dialog (window, player);
  title = lec_save_propose_title (channel);
  name = g_strconcat (title, find_suffix (channel), NULL);
  g_object_set_data_full (G_OBJECT (dialog), CHANNEL_KEY, g_strdup (lec_channel_get_id (channel)),
                          g_free);
  gtk_file_chooser_set_current_name (dialog, name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
