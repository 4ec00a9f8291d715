/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/log-question.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define NEVER "never"
#define NOT_NOW "not-now"
#define SEND "send"
#define SERVER "lectern-server"
#define LOGGER "lectern-logger"

static void
response_cb (AdwMessageDialog *dialog, const char *response, LecLogger *logger)
{
  LecLogConsent consent = LEC_LOG_UNKNOWN;

  if (strcmp (response, SEND) == 0)
    consent = LEC_LOG_ALWAYS;
  else if (strcmp (response, NEVER) == 0)
    consent = LEC_LOG_NEVER;
  lec_logger_answer (logger, g_object_get_data (G_OBJECT (dialog), SERVER), consent);
}

static GtkWidget *
make_line (const char *line)
{
  GtkWidget *label = gtk_label_new (line);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "monospace");
  return label;
}

static void
asked_cb (LecLogger *logger, const char *server, const char *line, GtkWindow *window)
{
  g_autofree char *heading = NULL;
  GtkWidget *dialog;

  /* who closes the window does not want to be asked */
  if (gtk_widget_in_destruction (GTK_WIDGET (window)))
    return;
  heading = g_strdup_printf (_ ("Send a report to %s?"), server);
  dialog = adw_message_dialog_new (
      window, heading,
      _ ("The station asks its viewers to report how well they received it. This is all that "
         "would be sent, now and, without asking, each time:"));

  g_object_set_data_full (G_OBJECT (dialog), SERVER, g_strdup (server), g_free);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), make_line (line));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), NEVER, _ ("Ne_ver"), NOT_NOW,
                                    _ ("_Not Now"), SEND, _ ("_Send Reports"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), NOT_NOW);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), NOT_NOW);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), logger, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
lec_log_question_watch (LecLogger *logger, GtkWindow *window)
{
  g_signal_connect_object (logger, "asked", G_CALLBACK (asked_cb), window, 0);
  g_object_set_data_full (G_OBJECT (window), LOGGER, logger, g_object_unref);
}

LecLogger *
lec_log_question_get_logger (GtkWindow *window)
{
  return g_object_get_data (G_OBJECT (window), LOGGER);
}
