/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/memory.h"

#include "ui/kept-channel.h"
#include "ui/recent-list.h"

#define MEMORY_KEY "lec-memory" /* where a window keeps its own */

typedef struct
{
  /* borrowed: the window that has it */
  GtkWindow *window;

  /* owned */
  GSettings *settings;
  LecPlayer *player;
} Memory;

static void
memory_free (gpointer data)
{
  Memory *self = data;

  g_signal_handlers_disconnect_by_data (self->player, self);
  g_object_unref (self->settings);
  g_object_unref (self->player);
  g_free (self);
}

/* A setting has no NULL. */
static gboolean
get_name (GValue *value, GVariant *variant, gpointer data)
{
  const char *name = g_variant_get_string (variant, NULL);

  g_value_set_string (value, *name != '\0' ? name : NULL);
  return TRUE;
}

static GVariant *
set_name (const GValue *value, const GVariantType *type, gpointer data)
{
  const char *name = g_value_get_string (value);

  return g_variant_new_string (name != NULL ? name : "");
}

/* Whether @channel is of what was opened last. */
static gboolean
is_opened (LecPlayer *player, const LecChannel *channel)
{
  const GPtrArray *channels = lec_player_get_channels (player);

  for (guint i = 0; channels != NULL && i < channels->len; i++) {
    if (lec_channel_equal (g_ptr_array_index (channels, i), channel))
      return TRUE;
  }
  return FALSE;
}

/* Keys of a channel are not spread to where nobody looks for them. */
static char *
find_location (Memory *self, const LecChannel *channel)
{
  g_autofree char *location = NULL;

  g_object_get (self->window, "location", &location, NULL);
  if (location != NULL && is_opened (self->player, channel)
      && strnlen (location, LEC_KEPT_MAX_BYTES + 1) <= LEC_KEPT_MAX_BYTES)
    return g_steal_pointer (&location);
  return lec_kept_channel_has_keys (channel) ? NULL : lec_kept_channel_print (channel);
}

static void
state_cb (Memory *self)
{
  const LecChannel *channel = lec_player_get_channel (self->player);
  g_autofree char *location = NULL;

  if (channel == NULL || lec_player_get_state (self->player) != LEC_PLAYER_PLAYING)
    return;
  location = find_location (self, channel);
  if (location == NULL || !g_utf8_validate (location, -1, NULL))
    return;
  lec_recent_add (location, lec_channel_get_title (channel));
  g_settings_set (self->settings, "last-channel", "(ss)", lec_channel_get_title (channel),
                  location);
}

void
lec_memory_attach (GSettings *settings,
                   GtkWindow *window,
                   LecPlayer *player,
                   LecChannelTracker *tracker,
                   LecSidebarPolicy *sidebar_policy)
{
  const struct
  {
    const char *key;
    gpointer object;
    const char *property;
  } bindings[] = {
    { "volume", player, "volume" },
    { "muted", player, "muted" },
    { "latency", player, "latency" },
    { "reports", player, "reports" },
    { "follow-updates", tracker, "follows" },
    { "window-width", window, "default-width" },
    { "window-height", window, "default-height" },
    { "maximized", window, "maximized" },
    { "channel-list", sidebar_policy, "choice" },
  };
  Memory *self = g_new0 (Memory, 1);

  for (guint i = 0; i < G_N_ELEMENTS (bindings); i++)
    g_settings_bind (settings, bindings[i].key, bindings[i].object, bindings[i].property,
                     G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (settings, "interface", player, "interface", G_SETTINGS_BIND_DEFAULT,
                                get_name, set_name, NULL, NULL);

  self->window = window;
  self->settings = g_object_ref (settings);
  self->player = g_object_ref (player);
  g_signal_connect_swapped (player, "notify::state", G_CALLBACK (state_cb), self);
  g_object_set_data_full (G_OBJECT (window), MEMORY_KEY, self, memory_free);
}
