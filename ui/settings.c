/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/settings.h"

#define SCHEMA "org.lectern.Lectern"

/* g_settings_new() ends the program where there is no schema. */
GSettings *
lec_settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema
      = source != NULL ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;

  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}
