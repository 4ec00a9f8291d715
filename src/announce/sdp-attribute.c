/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-attribute.h"

static void
add_if_named (GPtrArray *values, const GstSDPAttribute *attribute, const char *name)
{
  if (g_ascii_strcasecmp (attribute->key, name) == 0)
    g_ptr_array_add (values, attribute->value != NULL ? attribute->value : (char *) "");
}

GPtrArray *
lec_sdp_attribute_list (const GstSDPMessage *message, const GstSDPMedia *media, const char *name)
{
  GPtrArray *values = g_ptr_array_new ();

  for (guint i = 0; media != NULL && i < gst_sdp_media_attributes_len (media); i++)
    add_if_named (values, gst_sdp_media_get_attribute (media, i), name);
  if (values->len > 0 || message == NULL)
    return values;
  for (guint i = 0; i < gst_sdp_message_attributes_len (message); i++)
    add_if_named (values, gst_sdp_message_get_attribute (message, i), name);
  return values;
}

const char *
lec_sdp_attribute_get (const GstSDPMessage *message, const GstSDPMedia *media, const char *name)
{
  g_autoptr (GPtrArray) values = lec_sdp_attribute_list (message, media, name);

  return values->len > 0 ? g_ptr_array_index (values, 0) : NULL;
}
