/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/scroll-anchor.h"

#define MOVED_KEY                                                                                  \
  "lec-list-top-moved" /* set where the list was not at its top when it was hidden */

static gboolean
shows_top (GtkWidget *list)
{
  GtkAdjustment *place = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));

  return gtk_adjustment_get_value (place) < 1.0;
}

static void
scroll_to_top (GtkWidget *list)
{
  gtk_widget_activate_action (list, "list.scroll-to-item", "u", 0);
}

/* Who walks through the rows has not scrolled, but stays with the row that has the focus. */
static void
items_changed_cb (GtkWidget *list)
{
  GtkRoot *root = gtk_widget_get_root (list);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (shows_top (list) && (focus == NULL || !gtk_widget_is_ancestor (focus, list)))
    scroll_to_top (list);
}

/* Out of sight a list does not know where its rows are. */
static gboolean
first_frames_cb (GtkWidget *list, GdkFrameClock *clock, gpointer data)
{
  if (gtk_widget_get_height (list) == 0)
    return G_SOURCE_CONTINUE;

  scroll_to_top (list);
  return G_SOURCE_REMOVE;
}

static void
map_cb (GtkWidget *list)
{
  if (g_object_get_data (G_OBJECT (list), MOVED_KEY) == NULL)
    gtk_widget_add_tick_callback (list, first_frames_cb, NULL, NULL);
}

static void
unmap_cb (GtkWidget *list)
{
  g_object_set_data (G_OBJECT (list), MOVED_KEY, shows_top (list) ? NULL : list);
}

void
lec_scroll_anchor_keep (GtkListView *list)
{
  g_return_if_fail (GTK_IS_LIST_VIEW (list));

  g_signal_connect_object (gtk_list_view_get_model (list), "items-changed",
                           G_CALLBACK (items_changed_cb), list, G_CONNECT_SWAPPED);
  g_signal_connect (list, "map", G_CALLBACK (map_cb), NULL);
  g_signal_connect (list, "unmap", G_CALLBACK (unmap_cb), NULL);
}
