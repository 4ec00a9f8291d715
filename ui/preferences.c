/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/preferences.h"

#include <glib/gi18n.h>
#include <net/if.h>

#define LATENCY_MAX_MS 10000

static void
interface_cb (LecPlayer *player, GParamSpec *spec, AdwComboRow *row)
{
  GtkStringObject *name = adw_combo_row_get_selected_item (row);

  g_object_set (player, "interface",
                adw_combo_row_get_selected (row) > 0 ? gtk_string_object_get_string (name) : NULL,
                NULL);
}

/* The first one is the choice to have none. One that is chosen and not there is shown as well. */
static GtkWidget *
interface_row_new (LecPlayer *player)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  struct if_nameindex *interfaces = if_nameindex ();
  GtkWidget *row = adw_combo_row_new ();
  g_autofree char *chosen = NULL;
  guint n = 1, selected = 0;

  g_object_get (player, "interface", &chosen, NULL);
  gtk_string_list_append (names, _ ("Automatic"));
  for (guint i = 0; interfaces != NULL && interfaces[i].if_index != 0; i++) {
    gtk_string_list_append (names, interfaces[i].if_name);
    if (g_strcmp0 (interfaces[i].if_name, chosen) == 0)
      selected = n;
    n++;
  }
  if (interfaces != NULL)
    if_freenameindex (interfaces);
  if (chosen != NULL && selected == 0) {
    gtk_string_list_append (names, chosen);
    selected = n;
  }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Network interface"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (interface_cb), player,
                           G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
action_row_new (const char *title, const char *subtitle, GtkWidget *control)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  return row;
}

static GtkWidget *
switch_row_new (const char *title, const char *subtitle, gpointer object, const char *property)
{
  GtkWidget *control = gtk_switch_new ();

  g_object_bind_property (object, property, control, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  return action_row_new (title, subtitle, control);
}

static GtkWidget *
latency_row_new (LecPlayer *player)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (-1.0, LATENCY_MAX_MS, 50.0);

  g_object_bind_property (player, "latency", spin, "value",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  return action_row_new (_ ("Delay in milliseconds"), _ ("−1: as little as the network allows"),
                         spin);
}

void
lec_preferences_show (GtkWindow *window, LecPlayer *player, LecChannelTracker *tracker)
{
  GtkWidget *preferences = adw_preferences_window_new (), *page = adw_preferences_page_new ();
  GtkWidget *reception = adw_preferences_group_new (), *stations = adw_preferences_group_new ();

  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (page), _ ("Preferences"));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (reception), _ ("Reception"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (reception),
                                         _ ("From the next channel on."));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (reception), interface_row_new (player));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (reception), latency_row_new (player));

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (stations), _ ("Stations"));
  adw_preferences_group_add (
      ADW_PREFERENCES_GROUP (stations),
      switch_row_new (_ ("Send reception reports"),
                      _ ("To stations that ask for them in their announcement (RTCP)"), player,
                      "reports"));
  adw_preferences_group_add (
      ADW_PREFERENCES_GROUP (stations),
      switch_row_new (_ ("Follow changed announcements"),
                      _ ("Go along when the station moves the channel that plays"), tracker,
                      "follows"));

  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (reception));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (stations));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (preferences), ADW_PREFERENCES_PAGE (page));
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (preferences), FALSE);
  gtk_window_set_transient_for (GTK_WINDOW (preferences), window);
  gtk_window_set_modal (GTK_WINDOW (preferences), TRUE);
  gtk_window_present (GTK_WINDOW (preferences));
}
