/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/listening.h"

#include <glib/gi18n.h>
#include <string.h>

#define LOOK_S 3 /* interfaces come and go */
#define LISTENING_KEY "lec-listening"

typedef struct
{
  /* borrowed */
  LecDiscovery *discovery;
  LecWindow *window; /* has it */

  GListModel *list; /* owned */
  char *since;
  guint look; /* source */
} Listening;

static void
listening_free (gpointer data)
{
  Listening *self = data;

  g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_handle_id (&self->look, g_source_remove);
  g_object_unref (self->list);
  g_free (self->since);
  g_free (self);
}

/* The computer itself says nothing to somebody who has a network. */
static char *
name_interfaces (Listening *self)
{
  g_auto (GStrv) names = g_strsplit (lec_discovery_get_interfaces (self->discovery), ", ", -1);
  const guint n = g_strv_length (names);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++) {
    if (n > 1 && strcmp (names[i], "lo") == 0)
      continue;
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", names[i]);
  }
  return g_string_free (text, FALSE);
}

static void
update (Listening *self)
{
  g_autofree char *interfaces = name_interfaces (self), *sentence = NULL;

  if (g_list_model_get_n_items (self->list) == 0 && *interfaces != '\0') {
    /* Translators: network interfaces, and a time, as in “on eth0, wlan0 since 14:05” */
    sentence = g_strdup_printf (_ ("Listening for channels on %1$s since %2$s. Stations repeat "
                                   "their announcements every few seconds or minutes."),
                                interfaces, self->since);
  }
  lec_window_set_listening (self->window, sentence);
}

static gboolean
look_cb (gpointer data)
{
  update (data);
  return G_SOURCE_CONTINUE;
}

void
lec_listening_watch (LecDiscovery *discovery, LecChannelList *list, LecWindow *window)
{
  Listening *self = g_new0 (Listening, 1);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  self->discovery = discovery;
  self->window = window;
  self->list = G_LIST_MODEL (g_object_ref (list));
  self->since = g_date_time_format (now, _ ("%H:%M"));
  self->look = g_timeout_add_seconds (LOOK_S, look_cb, self);
  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (update), self);
  g_object_set_data_full (G_OBJECT (window), LISTENING_KEY, self, listening_free);
  update (self);
}
