/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "listen.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "channel-json.h"
#include "discovery/discovery.h"
#ifdef LEC_WITH_DNS_SD
#include "discovery/dns-sd.h"
#endif
#include "ending.h"

/* As JSON has them; people read their translation. */
static const char *const state_words[] = {
  [LEC_CHANNEL_STATE_NOW] = N_ ("now"),
  /* Translators: a channel that is announced, but not received */
  [LEC_CHANNEL_STATE_NOT_REACHING] = N_ ("not-reaching"),
  [LEC_CHANNEL_STATE_LATER] = N_ ("later"),
  [LEC_CHANNEL_STATE_ENDED] = N_ ("ended"),
};

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static void
run (GMainLoop *loop, double seconds)
{
  guint timeout = g_timeout_add ((guint) (seconds * 1000), quit_cb, loop);

  g_main_loop_run (loop);
  g_source_remove (timeout);
}

/* Processes what was received in the last moment. */
static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  LecChannelItem *x = *(LecChannelItem *const *) a;
  LecChannelItem *y = *(LecChannelItem *const *) b;
  LecChannelState states[] = { lec_channel_item_get_state (x), lec_channel_item_get_state (y) };

  if (states[0] != states[1])
    return states[0] < states[1] ? -1 : 1;
  return g_utf8_collate (lec_channel_item_get_title (x), lec_channel_item_get_title (y));
}

/* The channels that are announced; those that were withdrawn are not. */
static GPtrArray *
sort_items (LecChannelList *list)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++) {
    g_autoptr (LecChannelItem) item = g_list_model_get_item (G_LIST_MODEL (list), i);

    if (!lec_channel_item_is_withdrawn (item))
      g_ptr_array_add (items, g_steal_pointer (&item));
  }
  g_ptr_array_sort (items, compare_items);
  return items;
}

/* The width of the column that any state fits in. */
static int
measure_states (void)
{
  glong width = 0;

  for (guint i = 0; i < G_N_ELEMENTS (state_words); i++)
    width = MAX (width, g_utf8_strlen (_ (state_words[i]), -1));
  return (int) width;
}

static void
print_item (LecChannelItem *item)
{
  const LecChannelInfo *info = lec_channel_get_info (lec_channel_item_get_channel (item));
  g_autofree char *place = lec_alternative_dup_address (g_ptr_array_index (info->alternatives, 0));

  const char *announcer = lec_channel_item_get_announcer (item);
  const char *state = _ (state_words[lec_channel_item_get_state (item)]);
  const int gap = measure_states () - (int) g_utf8_strlen (state, -1);

  g_print ("  %s%*s  %s  ", state, gap, "", lec_channel_item_get_title (item));
  if (announcer != NULL)
    g_print (_ ("(%1$s, announced by %2$s)\n"), place, announcer);
  else
    g_print ("(%s)\n", place);
}

static void
print_lines (const GPtrArray *items, LecDiscovery *discovery)
{
  const char *interfaces = lec_discovery_get_interfaces (discovery);
  const char *const *notes = lec_discovery_get_notes (discovery);

  if (items->len == 0)
    g_print (_ ("No channel was announced on %s.\n"), interfaces);
  else
    g_print (_ ("Announced on %s:\n"), interfaces);
  for (guint i = 0; i < items->len; i++)
    print_item (g_ptr_array_index (items, i));
  for (guint i = 0; notes[i] != NULL; i++)
    g_print (_ ("  note: %s\n"), notes[i]);
}

static JsonObject *
item_to_json (LecChannelItem *item)
{
  JsonObject *object = lec_channel_to_json (lec_channel_item_get_channel (item));

  json_object_set_string_member (object, "state", state_words[lec_channel_item_get_state (item)]);
  if (lec_channel_item_get_announcer (item) != NULL)
    json_object_set_string_member (object, "announcer", lec_channel_item_get_announcer (item));
  return object;
}

static void
print_json (const GPtrArray *items, LecDiscovery *discovery)
{
  const char *interfaces = lec_discovery_get_interfaces (discovery);
  const char *const *notes = lec_discovery_get_notes (discovery);
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *channels = json_array_new ();
  g_autofree char *line = NULL;

  json_object_set_string_member (object, "input", interfaces);
  json_object_set_string_member (object, "format", "sap");
  if (notes[0] != NULL) {
    JsonArray *warnings = json_array_new ();

    for (guint i = 0; notes[i] != NULL; i++)
      json_array_add_string_element (warnings, notes[i]);
    json_object_set_array_member (object, "warnings", warnings);
  }
  for (guint i = 0; i < items->len; i++)
    json_array_add_object_element (channels, item_to_json (g_ptr_array_index (items, i)));
  json_object_set_array_member (object, "channels", channels);
  line = lec_json_print (object);
  puts (line);
}

static gboolean
listen_with (GMainLoop *loop, double seconds, const char *interface, gboolean json, GError **error)
{
  g_autoptr (LecChannelList) list = lec_channel_list_new ();
  g_autoptr (LecDiscovery) discovery = lec_discovery_new (list, interface, error);
  g_autoptr (GPtrArray) items = NULL;
#ifdef LEC_WITH_DNS_SD
  g_autoptr (LecDnsSd) services = interface == NULL ? lec_dns_sd_new (list, NULL) : NULL;
#endif

  if (discovery == NULL)
    return FALSE;
  run (loop, seconds);
  settle ();
  items = sort_items (list);
  if (json)
    print_json (items, discovery);
  else
    print_lines (items, discovery);
  return TRUE;
}

gboolean
lec_listen (double seconds, const char *interface, gboolean json, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint endings[LEC_ENDING_SIGNALS];
  gboolean listened;

  /* from the beginning, so that whoever ends it while it joins is told what was heard, too */
  lec_ending_watch (quit_cb, loop, endings);
  listened = listen_with (loop, seconds, interface, json, error);
  lec_ending_ignore (endings);
  return listened;
}
