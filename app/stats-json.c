/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stats-json.h"

#include <math.h>

static JsonArray *
list_to_json (const GValue *list)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < gst_value_list_get_size (list); i++) {
    const GValue *item = gst_value_list_get_value (list, i);

    if (GST_VALUE_HOLDS_STRUCTURE (item))
      json_array_add_object_element (array, lec_stats_to_json (gst_value_get_structure (item)));
  }
  return array;
}

static gboolean
add_field (GQuark field, const GValue *value, gpointer data)
{
  JsonObject *object = data;
  const char *name = g_quark_to_string (field);

  if (GST_VALUE_HOLDS_LIST (value))
    json_object_set_array_member (object, name, list_to_json (value));
  else if (G_VALUE_HOLDS_UINT64 (value))
    json_object_set_int_member (object, name, (gint64) g_value_get_uint64 (value));
  else if (G_VALUE_HOLDS_UINT (value))
    json_object_set_int_member (object, name, g_value_get_uint (value));
  else if (G_VALUE_HOLDS_INT (value))
    json_object_set_int_member (object, name, g_value_get_int (value));
  else if (G_VALUE_HOLDS_BOOLEAN (value))
    json_object_set_boolean_member (object, name, g_value_get_boolean (value));
  else if (G_VALUE_HOLDS_DOUBLE (value) && isfinite (g_value_get_double (value)))
    json_object_set_double_member (object, name, round (g_value_get_double (value) * 1000) / 1000);
  else if (G_VALUE_HOLDS_STRING (value) && g_value_get_string (value) != NULL
           && *g_value_get_string (value) != '\0')
    json_object_set_string_member (object, name, g_value_get_string (value));
  return TRUE;
}

JsonObject *
lec_stats_to_json (const GstStructure *stats)
{
  JsonObject *object = json_object_new ();

  gst_structure_foreach (stats, add_field, object);
  return object;
}

JsonObject *
lec_stats_channel_to_json (const GstStructure *stats)
{
  static const char *const of_network[] = { "rejoins", "cut-offs", "querier", "wireless" };
  JsonObject *object = stats != NULL ? lec_stats_to_json (stats) : json_object_new ();
  JsonObject *network = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (of_network); i++) {
    if (!json_object_has_member (object, of_network[i]))
      continue;
    json_object_set_member (network, of_network[i], json_object_dup_member (object, of_network[i]));
    json_object_remove_member (object, of_network[i]);
  }
  if (json_object_get_size (network) > 0)
    json_object_set_object_member (object, "network", network);
  else
    json_object_unref (network);
  if (!json_object_has_member (object, "streams"))
    json_object_set_array_member (object, "streams", json_array_new ());
  return object;
}
