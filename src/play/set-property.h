/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Properties that an element of GStreamer has in some versions, or by some of its names, only. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Sets @property from @value, as gst_util_set_object_arg() does, where @element has it. */
static inline void
lec_set_property_if_there (GstElement *element, const char *property, const char *value)
{
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), property) != NULL)
    gst_util_set_object_arg (G_OBJECT (element), property, value);
}

G_END_DECLS
