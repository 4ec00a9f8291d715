/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/open.h"

#include "announce/recognise.h"

#include <glib/gi18n.h>

#include "ui/kept-dialog.h"

#define DIALOG_KEY "lec-open-dialog" /* where a window keeps its dialog */

static void
open_file (GtkWidget *widget, GFile *file)
{
  const char *path = g_file_peek_path (file);
  g_autofree char *uri = path == NULL ? g_file_get_uri (file) : NULL;

  gtk_widget_activate_action (widget, "win.open-location", "s", path != NULL ? path : uri);
}

static void
response_cb (GtkWindow *window, int response, GtkFileChooser *dialog)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (dialog);
  if (file != NULL)
    open_file (GTK_WIDGET (window), file);
}

static const char *const announcement_suffixes[]
    = { "sdp",  "asx",  "wax", "wvx", "wmx",     "nsc",    "m3u",
        "m3u8", "xspf", "pls", "url", "desktop", "webloc", NULL };

/* What is recorded to, and other files of sound and pictures that are played. */
static const char *const media_suffixes[]
    = { "mkv", "ts",  "wmv", "asf", "webm", "mp4",  "m4v", "mov", "avi", "mp3",
        "m4a", "aac", "ogg", "oga", "ogv",  "opus", "wav", "wma", "mka", NULL };

static GtkFileFilter *
filter_new (const char *name, const char *const suffixes[])
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; suffixes[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, suffixes[i]);
  return filter;
}

static GtkFileFilter *
all_filter_new (void)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("All files"));
  gtk_file_filter_add_pattern (filter, "*");
  return filter;
}

/* GTK would begin with the recent files, of which a first start has none. */
static void
set_first_folder (GtkFileChooser *dialog)
{
  const char *folder = g_get_user_special_dir (G_USER_DIRECTORY_DOWNLOAD);
  g_autoptr (GFile) file = g_file_new_for_path (folder != NULL ? folder : g_get_home_dir ());

  gtk_file_chooser_set_current_folder (dialog, file, NULL);
}

void
lec_open_show_dialog (GtkWindow *window)
{
  GtkFileChooserNative *dialog = lec_kept_dialog_get (window, DIALOG_KEY);
  g_autoptr (GtkFileFilter) announcements = filter_new (_ ("Announcements"), announcement_suffixes);
  g_autoptr (GtkFileFilter) media = filter_new (_ ("Recordings"), media_suffixes);
  g_autoptr (GtkFileFilter) all = all_filter_new ();

  if (dialog == NULL) {
    dialog = gtk_file_chooser_native_new (_ ("Open a Channel"), window,
                                          GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));
    gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
    gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), announcements);
    gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), media);
    gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), all);
    set_first_folder (GTK_FILE_CHOOSER (dialog));
    g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), window,
                             G_CONNECT_SWAPPED);
    lec_kept_dialog_set (window, DIALOG_KEY, dialog);
  }

  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* The first line of a text or URI list that says something (RFC 2483: "#" begins a comment). */
static char *
first_line (const char *text)
{
  g_auto (GStrv) lines = g_strsplit_set (text, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    const char *line = g_strstrip (lines[i]);

    if (*line != '\0' && *line != '#')
      return g_strdup (line);
  }
  return NULL;
}

/* A description or a list as it stands in a mail, or an address on a line of its own. */
static gboolean
open_text (GtkWidget *widget, const char *text)
{
  g_autofree char *line = NULL;

  if (lec_announcement_is_likely (text)) {
    gtk_widget_activate_action (widget, "win.open-location", "s", text);
    return TRUE;
  }
  line = first_line (text);
  if (line != NULL)
    gtk_widget_activate_action (widget, "win.open-location", "s", line);
  return line != NULL;
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST)) {
    g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

    if (files != NULL)
      open_file (widget, files->data);
    return files != NULL;
  }

  return open_text (widget, g_value_get_string (value));
}

static void
pasted_cb (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);

  if (text == NULL || !open_text (widget, text))
    gtk_widget_error_bell (widget);
}

void
lec_open_paste (GtkWidget *widget)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, pasted_cb,
                                 g_object_ref (widget));
}

GtkEventController *
lec_open_drop_target_new (void)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_STRING };

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), NULL);
  return GTK_EVENT_CONTROLLER (target);
}
