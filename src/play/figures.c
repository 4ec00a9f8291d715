/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/figures.h"

#include <math.h>

static const GValue *
get_list (const GstStructure *parent, const char *list)
{
  const GValue *value = parent != NULL ? gst_structure_get_value (parent, list) : NULL;

  return value != NULL && GST_VALUE_HOLDS_LIST (value) ? value : NULL;
}

guint
lec_figures_count (const GstStructure *parent, const char *list)
{
  const GValue *value = get_list (parent, list);

  return value != NULL ? gst_value_list_get_size (value) : 0;
}

const GstStructure *
lec_figures_get (const GstStructure *parent, const char *list, guint index)
{
  g_return_val_if_fail (index < lec_figures_count (parent, list), NULL);

  return gst_value_get_structure (gst_value_list_get_value (get_list (parent, list), index));
}

guint64
lec_figures_get_counter (const GstStructure *structure, const char *field)
{
  guint64 value = 0;
  guint number = 0;

  if (gst_structure_get_uint64 (structure, field, &value))
    return value;
  gst_structure_get_uint (structure, field, &number);
  return number;
}

double
lec_figures_get_gauge (const GstStructure *structure, const char *field)
{
  double value;

  return gst_structure_get_double (structure, field, &value) ? value : NAN;
}

const char *
lec_figures_get_text (const GstStructure *structure, const char *field)
{
  const char *text = structure != NULL ? gst_structure_get_string (structure, field) : NULL;

  return text != NULL && *text != '\0' ? text : NULL;
}

const char *
lec_figures_get_name (const GstStructure *stream)
{
  const char *encoding = lec_figures_get_text (stream, "encoding");
  const char *media = lec_figures_get_text (stream, "media");

  if (encoding != NULL)
    return encoding;
  return media != NULL ? media : "stream";
}
