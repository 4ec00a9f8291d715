/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/save.h"

#include <glib/gi18n.h>
#include <string.h>

#include "announce/sdp-print.h"

#include "ui/kept-dialog.h"

#define CHANNEL_KEY "lec-save-channel" /* where a dialog keeps what it is about */
#define DIALOG_KEY "lec-save-dialog"   /* where a window keeps its dialog */
#define SUFFIX ".sdp"
#define NAME_MAX_BYTES 120 /* without the suffix; systems take 255, some of them in UTF-16 */

/* ---- names ---- */

/* Characters that have a meaning in file names of some system. */
static gboolean
is_awkward (gunichar c)
{
  return c < 0x80 && strchr ("/\\:*?\"<>|", (char) c) != NULL;
}

/* Characters that reorder the text around them, or that are not visible: a name must be what it
 * looks like. */
static gboolean
is_invisible (gunichar c)
{
  return !g_unichar_isprint (c) || g_unichar_iszerowidth (c);
}

/* The letters of @title, and one space wherever there is something else. */
static GString *
clean (const char *title)
{
  GString *name = g_string_new (NULL);
  gboolean gap = FALSE;

  for (const char *p = title; *p != '\0'; p = g_utf8_next_char (p)) {
    const gunichar c = g_utf8_get_char (p);
    const gsize length = (gsize) (g_utf8_next_char (p) - p);

    if (g_unichar_isspace (c) || is_awkward (c)) {
      gap = TRUE;
      continue;
    }
    if (is_invisible (c) && !g_unichar_ismark (c))
      continue;
    if (name->len + gap + length > NAME_MAX_BYTES)
      break;
    /* a point or a dash at the begin would hide it, or make it an option */
    if (name->len == 0 && (c == '.' || c == '-'))
      continue;
    if (gap && name->len > 0)
      g_string_append_c (name, ' ');
    gap = FALSE;
    g_string_append_len (name, p, (gssize) length);
  }
  return name;
}

char *
lec_save_propose_title (const LecChannel *channel)
{
  g_autoptr (GString) name = clean (lec_channel_get_title (channel));

  if (g_str_has_suffix (name->str, SUFFIX))
    g_string_truncate (name, name->len - strlen (SUFFIX));
  while (name->len > 0 && strchr (". ", name->str[name->len - 1]) != NULL)
    g_string_truncate (name, name->len - 1);
  if (name->len == 0) {
    /* Translators: the name of a file, where the channel has none that could be one */
    g_string_assign (name, _ ("Channel"));
  }
  return g_strdup (name->str);
}

char *
lec_save_propose_name (const LecChannel *channel)
{
  g_autofree char *title = lec_save_propose_title (channel);

  return g_strconcat (title, SUFFIX, NULL);
}

/* ---- texts ---- */

/* The first alternative that SDP can describe; NULL with the error of the first where none can. */
static char *
print (const LecChannel *channel, gboolean *has_keys, GError **error)
{
  const GPtrArray *alternatives = lec_channel_get_info (channel)->alternatives;

  *has_keys = FALSE;
  for (guint i = 0; i < alternatives->len; i++) {
    const LecAlternative *alternative = g_ptr_array_index (alternatives, i);
    char *text = lec_sdp_print (lec_channel_get_info (channel), i, 1, i == 0 ? error : NULL);

    if (text == NULL)
      continue;
    g_clear_error (error);
    for (guint j = 0; j < alternative->streams->len; j++)
      *has_keys |= ((const LecStream *) g_ptr_array_index (alternative->streams, j))->keys->len > 0;
    return text;
  }
  return NULL;
}

static void
notify_refusal (GtkWidget *widget, const GError *error)
{
  /* Translators: %s says why, "a Windows Media station cannot be described in SDP" */
  g_autofree char *sentence
      = g_strdup_printf (_ ("This channel cannot be saved or copied: %s."), error->message);

  gtk_widget_activate_action (widget, "win.notify", "s", sentence);
}

static void
notify (GtkWidget *widget, const char *sentence, gboolean has_keys)
{
  g_autofree char *both = NULL;

  if (has_keys)
    both = g_strconcat (sentence, " ",
                        _ ("It contains the key of this channel: anyone who has it can watch."),
                        NULL);
  gtk_widget_activate_action (widget, "win.notify", "s", has_keys ? both : sentence);
}

/* ---- files ---- */

typedef struct
{
  GtkWidget *widget;
  gboolean has_keys;
} Saving;

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Saving *saving = data;
  g_autofree char *name = g_file_get_parse_name (G_FILE (source));
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error)) {
    /* Translators: %s is the name of a file */
    sentence = g_strdup_printf (_ ("Channel saved to “%s”."), name);
  } else {
    /* Translators: the name of a file, and what the system says */
    sentence = g_strdup_printf (_ ("“%1$s” cannot be written: %2$s. Try another folder."), name,
                                error->message);
  }
  notify (saving->widget, sentence, saving->has_keys && error == NULL);
  g_object_unref (saving->widget);
  g_free (saving);
}

void
lec_save_to (GtkWidget *widget, const LecChannel *channel, GFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gboolean has_keys;
  char *text = print (channel, &has_keys, &error);
  Saving *saving;

  if (text == NULL) {
    notify_refusal (widget, error);
    return;
  }

  bytes = g_bytes_new_take (text, strlen (text));
  saving = g_new (Saving, 1);
  saving->widget = g_object_ref (widget);
  saving->has_keys = has_keys;
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE,
                                       has_keys ? G_FILE_CREATE_PRIVATE : G_FILE_CREATE_NONE, NULL,
                                       saved_cb, saving);
}

static void
response_cb (GtkWindow *window, int response, GtkFileChooser *dialog)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (dialog);
  if (file != NULL)
    lec_save_to (GTK_WIDGET (window), g_object_get_data (G_OBJECT (dialog), CHANNEL_KEY), file);
}

static GtkFileChooserNative *
get_dialog (GtkWindow *window)
{
  GtkFileChooserNative *dialog = lec_kept_dialog_get (window, DIALOG_KEY);

  if (dialog != NULL)
    return dialog;
  dialog = gtk_file_chooser_native_new (_ ("Save Announcement"), window,
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), window, G_CONNECT_SWAPPED);
  lec_kept_dialog_set (window, DIALOG_KEY, dialog);
  return dialog;
}

void
lec_save_show_dialog (GtkWindow *window, LecChannel *channel)
{
  GtkFileChooserNative *dialog = get_dialog (window);
  g_autofree char *name = lec_save_propose_name (channel);

  g_object_set_data_full (G_OBJECT (dialog), CHANNEL_KEY, lec_channel_ref (channel),
                          (GDestroyNotify) lec_channel_unref);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
lec_save_copy (GtkWidget *widget, const LecChannel *channel)
{
  g_autoptr (GError) error = NULL;
  gboolean has_keys;
  g_autofree char *text = print (channel, &has_keys, &error);

  if (text == NULL) {
    notify_refusal (widget, error);
    return;
  }

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  notify (widget, _ ("Announcement copied; paste it into an email or a file."), has_keys);
}
