/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/log-consents.h"

#include <glib/gi18n.h>

#define LOGGER_KEY "lectern-logger"
#define SERVER_KEY "lectern-server"

static LecLogger *
get_logger (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), LOGGER_KEY);
}

static const char *
get_server (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), SERVER_KEY);
}

static void
active_cb (GtkWidget *row, GParamSpec *spec, GtkSwitch *sends)
{
  lec_logger_answer (get_logger (row), get_server (row),
                     gtk_switch_get_active (sends) ? LEC_LOG_ALWAYS : LEC_LOG_NEVER);
}

/* Where nobody has asked, that is what the group says. */
static void
describe (AdwPreferencesGroup *group, LecLogger *logger)
{
  g_auto (GStrv) servers = lec_logger_dup_servers (logger);

  adw_preferences_group_set_description (
      group, servers[0] != NULL
                 ? _ ("Stations of Windows Media that have asked for reports, and what you said.")
                 : _ ("Stations of Windows Media may ask for reports; none has yet."));
}

static void
forget_cb (GtkWidget *row)
{
  GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

  lec_logger_forget (get_logger (row), get_server (row));
  describe (ADW_PREFERENCES_GROUP (group), get_logger (row));
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
}

static GtkWidget *
forget_button_new (GtkWidget *row)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  const char *name = _ ("Forget the answer, and be asked again");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (forget_cb), row, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
row_new (LecLogger *logger, const char *server)
{
  GtkWidget *row = adw_action_row_new (), *sends = gtk_switch_new ();

  g_object_set_data_full (G_OBJECT (row), LOGGER_KEY, g_object_ref (logger), g_object_unref);
  g_object_set_data_full (G_OBJECT (row), SERVER_KEY, g_strdup (server), g_free);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), server);
  gtk_widget_set_valign (sends, GTK_ALIGN_CENTER);
  gtk_switch_set_active (GTK_SWITCH (sends),
                         lec_logger_get_consent (logger, server) == LEC_LOG_ALWAYS);
  g_signal_connect_object (sends, "notify::active", G_CALLBACK (active_cb), row, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), sends);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), forget_button_new (row));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), sends);
  return row;
}

GtkWidget *
lec_log_consents_new (LecLogger *logger)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_auto (GStrv) servers = lec_logger_dup_servers (logger);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Reports to Servers"));
  describe (ADW_PREFERENCES_GROUP (group), logger);
  for (guint i = 0; servers[i] != NULL; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row_new (logger, servers[i]));
  return group;
}
