/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/preferences.h"

#include <glib/gi18n.h>
#include <net/if.h>
#include <string.h>

#include "ui/log-consents.h"
#include "ui/log-question.h"
#include "ui/settings.h"

#define LATENCY_MAX_MS 10000
#define LATENCY_STEP_MS 50

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

/* What that costs just now stands below it. */
static GtkWidget *
ahead_row_new (LecAheadPolicy *ahead)
{
  GtkWidget *row = switch_row_new (_ ("Join neighbouring channels ahead"), NULL, ahead, "joins");

  g_object_bind_property (ahead, "cost", row, "subtitle", G_BINDING_SYNC_CREATE);
  return row;
}

/* One step below 0 there is no number, but a word. */
static gboolean
output_cb (GtkSpinButton *spin)
{
  if (gtk_spin_button_get_value (spin) >= 0.0)
    return FALSE;
  gtk_editable_set_text (GTK_EDITABLE (spin), _ ("Automatic"));
  return TRUE;
}

static int
input_cb (GtkSpinButton *spin, double *value)
{
  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (spin)), _ ("Automatic")) != 0)
    return FALSE;
  *value = -LATENCY_STEP_MS;
  return TRUE;
}

static gboolean
to_spin (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  const int latency = g_value_get_int (from);

  g_value_set_double (to, latency >= 0 ? latency : -LATENCY_STEP_MS);
  return TRUE;
}

static gboolean
to_latency (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_value_set_int (to, (int) MAX (g_value_get_double (from), -1.0));
  return TRUE;
}

static GtkWidget *
latency_row_new (LecPlayer *player)
{
  GtkWidget *spin
      = gtk_spin_button_new_with_range (-LATENCY_STEP_MS, LATENCY_MAX_MS, LATENCY_STEP_MS);

  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 10);
  g_signal_connect (spin, "output", G_CALLBACK (output_cb), NULL);
  g_signal_connect (spin, "input", G_CALLBACK (input_cb), NULL);
  g_object_bind_property_full (player, "latency", spin, "value",
                               G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL, to_spin, to_latency,
                               NULL, NULL);
  output_cb (GTK_SPIN_BUTTON (spin)); /* of its first value it is not asked for */
  return action_row_new (_ ("Delay in milliseconds"),
                         _ ("Automatic: as little as the network allows"), spin);
}

/* @names: marked, NULL behind the last */
static GtkWidget *
setting_row_new (GSettings *settings, const char *key, const char *title, const char *const *names)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  for (guint i = 0; names[i] != NULL; i++)
    gtk_string_list_append (list, _ (names[i]));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  g_settings_bind (settings, key, row, "selected", G_SETTINGS_BIND_DEFAULT);
  return row;
}

static void
add_captions (GtkWidget *page)
{
  static const char *const sizes[]
      = { N_ ("Small"), N_ ("Normal"), N_ ("Large"), N_ ("Very large"), NULL };
  static const char *const grounds[] = { N_ ("None"), N_ ("Translucent"), N_ ("Black"), NULL };
  g_autoptr (GSettings) settings = lec_settings_new ();
  GtkWidget *group;

  if (settings == NULL)
    return;
  group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Captions"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             setting_row_new (settings, "caption-size", _ ("Text size"), sizes));
  adw_preferences_group_add (
      ADW_PREFERENCES_GROUP (group),
      setting_row_new (settings, "caption-background", _ ("Background"), grounds));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
}

void
lec_preferences_show (GtkWindow *window,
                      LecPlayer *player,
                      LecChannelTracker *tracker,
                      LecAheadPolicy *ahead)
{
  GtkWidget *preferences = adw_preferences_window_new (), *page = adw_preferences_page_new ();
  GtkWidget *reception = adw_preferences_group_new (), *stations = adw_preferences_group_new ();
  LecLogger *logger = lec_log_question_get_logger (window);

  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (page), _ ("Preferences"));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (reception), _ ("Reception"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (reception),
                                         _ ("From the next channel on."));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (reception), interface_row_new (player));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (reception), latency_row_new (player));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (reception), ahead_row_new (ahead));

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
  add_captions (page);
  if (logger != NULL)
    adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                              ADW_PREFERENCES_GROUP (lec_log_consents_new (logger)));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (preferences), ADW_PREFERENCES_PAGE (page));
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (preferences), FALSE);
  gtk_window_set_transient_for (GTK_WINDOW (preferences), window);
  gtk_window_set_modal (GTK_WINDOW (preferences), TRUE);
  gtk_window_present (GTK_WINDOW (preferences));
}
