/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Names and values in two columns; what is not known takes no room, and its place when it is. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_PROPERTY_LIST (lec_property_list_get_type ())
G_DECLARE_FINAL_TYPE (LecPropertyList, lec_property_list, LEC, PROPERTY_LIST, GtkWidget)

GtkWidget *lec_property_list_new (void);

/**
 * lec_property_list_set:
 * @name: translated, and always the same for one fact; the order is that of the first calls
 * @value: (nullable): plain text; NULL or empty: not known
 */
void lec_property_list_set (LecPropertyList *self, const char *name, const char *value);

G_END_DECLS
