/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/channel-sidebar.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/channel-menu.h"
#include "ui/channel-order.h"
#include "ui/channel-row.h"
#include "ui/duplicate-titles.h"
#include "ui/scroll-anchor.h"

struct _LecChannelSidebar
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *box;
  GtkWidget *search;
  GtkStack *pages;
  GtkWidget *list;
  GtkFilterListModel *found;
  GtkSortListModel *sorted;
  GtkSelectionModel *selection;
  GMenuModel *channel_menu;

  /* owned */
  GListModel *channels;
  LecDuplicateTitles *duplicate_titles;
  LecChannelItem *playing;
  LecChannelMenu *menu;
  char *discovery_error;
  GHashTable *rows; /* of LecChannelRow, borrowed: those that show a channel */

  gboolean has_window_buttons;
};

enum {
  PROP_LIST = 1,
  PROP_PLAYING,
  PROP_DISCOVERY_ERROR,
  PROP_HAS_WINDOW_BUTTONS,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];
static guint activated_signal;

G_DEFINE_FINAL_TYPE (LecChannelSidebar, lec_channel_sidebar, GTK_TYPE_WIDGET)

/* The description of a page is markup, the error is text. */
static char *
nothing_cb (LecChannelSidebar *self, const char *discovery_error)
{
  if (discovery_error != NULL)
    return g_markup_escape_text (discovery_error, -1);

  return g_strdup (_ ("Channels announced on this network appear here automatically. "
                      "Open others by file or address."));
}

static const char *
find_page (LecChannelSidebar *self)
{
  if (self->channels == NULL || g_list_model_get_n_items (self->channels) == 0)
    return "nothing";
  if (g_list_model_get_n_items (G_LIST_MODEL (self->found)) == 0
      && gtk_filter_list_model_get_pending (self->found) == 0)
    return "not-found";
  return "list";
}

static void
update_page (LecChannelSidebar *self)
{
  const char *page = find_page (self);

  gtk_stack_set_visible_child_name (self->pages, page);
  gtk_widget_set_visible (self->search, !g_str_equal (page, "nothing"));
}

/* ---- rows ---- */

static void
mark_row (LecChannelSidebar *self, LecChannelRow *row, LecChannelItem *item)
{
  lec_channel_row_set_playing (row, item == self->playing);
  lec_channel_row_set_title_is_duplicate (
      row, lec_duplicate_titles_has (self->duplicate_titles, lec_channel_item_get_title (item)));
}

static void
mark_rows (LecChannelSidebar *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    mark_row (self, row, lec_channel_row_get_item (row));
}

static void
setup_cb (LecChannelSidebar *self, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, lec_channel_row_new ());
}

static void
bind_cb (LecChannelSidebar *self, GtkListItem *list_item)
{
  LecChannelRow *row = LEC_CHANNEL_ROW (gtk_list_item_get_child (list_item));
  LecChannelItem *item = gtk_list_item_get_item (list_item);

  mark_row (self, row, item);
  lec_channel_row_set_item (row, item);
  g_hash_table_add (self->rows, row);
}

static void
unbind_cb (LecChannelSidebar *self, GtkListItem *list_item)
{
  LecChannelRow *row = LEC_CHANNEL_ROW (gtk_list_item_get_child (list_item));

  g_hash_table_remove (self->rows, row);
  lec_channel_row_set_item (row, NULL);
}

static void
activate_cb (LecChannelSidebar *self, guint position)
{
  g_autoptr (LecChannelItem) item
      = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item != NULL)
    g_signal_emit (self, activated_signal, 0, item);
}

/* ---- search ---- */

static void
search_changed_cb (LecChannelSidebar *self)
{
  g_autoptr (GtkFilter) filter
      = lec_channel_filter_new (gtk_editable_get_text (GTK_EDITABLE (self->search)));

  gtk_filter_list_model_set_filter (self->found, filter);
  update_page (self);
}

void
lec_channel_sidebar_search (LecChannelSidebar *self)
{
  g_return_if_fail (LEC_IS_CHANNEL_SIDEBAR (self));

  gtk_widget_grab_focus (self->search);
}

/* The list itself would go back to the row that was added first, wherever it is now. */
static void
focus_first (LecChannelSidebar *self)
{
  g_autoptr (LecChannelItem) first = g_list_model_get_item (G_LIST_MODEL (self->selection), 0);
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, NULL)) {
    if (lec_channel_row_get_item (row) == first) {
      gtk_widget_grab_focus (gtk_widget_get_parent (row));
      return;
    }
  }
  gtk_widget_grab_focus (self->list);
}

static void
stop_search_cb (LecChannelSidebar *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  focus_first (self);
}

/* Enter plays the first channel found, if there is a search. */
static void
search_activate_cb (LecChannelSidebar *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    activate_cb (self, 0);
}

/* From the search into what it found. */
static gboolean
search_key_cb (LecChannelSidebar *self, guint key)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;

  focus_first (self);
  return GDK_EVENT_STOP;
}

/* ---- menu ---- */

static void
play_cb (LecChannelSidebar *self, LecChannelItem *item)
{
  g_signal_emit (self, activated_signal, 0, item);
}

/* ---- properties ---- */

static void
set_list (LecChannelSidebar *self, GListModel *channels)
{
  if (!g_set_object (&self->channels, channels))
    return;

  g_clear_object (&self->duplicate_titles);
  if (channels != NULL) {
    self->duplicate_titles = lec_duplicate_titles_new (channels);
    g_signal_connect_object (self->duplicate_titles, "changed", G_CALLBACK (mark_rows), self,
                             G_CONNECT_SWAPPED);
  }
}

static void
lec_channel_sidebar_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecChannelSidebar *self = LEC_CHANNEL_SIDEBAR (object);

  switch (id) {
  case PROP_LIST:
    g_value_set_object (value, self->channels);
    break;
  case PROP_PLAYING:
    g_value_set_object (value, self->playing);
    break;
  case PROP_DISCOVERY_ERROR:
    g_value_set_string (value, self->discovery_error);
    break;
  case PROP_HAS_WINDOW_BUTTONS:
    g_value_set_boolean (value, self->has_window_buttons);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_channel_sidebar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  LecChannelSidebar *self = LEC_CHANNEL_SIDEBAR (object);

  switch (id) {
  case PROP_LIST:
    set_list (self, g_value_get_object (value));
    break;
  case PROP_PLAYING:
    if (g_set_object (&self->playing, g_value_get_object (value)))
      mark_rows (self);
    break;
  case PROP_DISCOVERY_ERROR:
    g_free (self->discovery_error);
    self->discovery_error = g_value_dup_string (value);
    break;
  case PROP_HAS_WINDOW_BUTTONS:
    self->has_window_buttons = g_value_get_boolean (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_channel_sidebar_dispose (GObject *object)
{
  LecChannelSidebar *self = LEC_CHANNEL_SIDEBAR (object);

  g_clear_object (&self->menu);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (lec_channel_sidebar_parent_class)->dispose (object);
}

static void
lec_channel_sidebar_finalize (GObject *object)
{
  LecChannelSidebar *self = LEC_CHANNEL_SIDEBAR (object);

  g_hash_table_unref (self->rows);
  g_clear_object (&self->channels);
  g_clear_object (&self->duplicate_titles);
  g_clear_object (&self->playing);
  g_free (self->discovery_error);

  G_OBJECT_CLASS (lec_channel_sidebar_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  props[PROP_LIST] = g_param_spec_object ("list", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  props[PROP_PLAYING] = g_param_spec_object ("playing", NULL, NULL, LEC_TYPE_CHANNEL_ITEM, flags);
  props[PROP_DISCOVERY_ERROR] = g_param_spec_string ("discovery-error", NULL, NULL, NULL, flags);
  props[PROP_HAS_WINDOW_BUTTONS]
      = g_param_spec_boolean ("has-window-buttons", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (class, N_PROPS, props);
}

static void
lec_channel_sidebar_class_init (LecChannelSidebarClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = lec_channel_sidebar_get_property;
  object_class->set_property = lec_channel_sidebar_set_property;
  object_class->dispose = lec_channel_sidebar_dispose;
  object_class->finalize = lec_channel_sidebar_finalize;
  install_properties (object_class);
  activated_signal = g_signal_new ("activated", LEC_TYPE_CHANNEL_SIDEBAR, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, LEC_TYPE_CHANNEL_ITEM);

  gtk_widget_class_set_css_name (widget_class, "channelsidebar");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lectern/Lectern/channel-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, LecChannelSidebar, box);
  gtk_widget_class_bind_template_child (widget_class, LecChannelSidebar, search);
  gtk_widget_class_bind_template_child (widget_class, LecChannelSidebar, pages);
  gtk_widget_class_bind_template_child (widget_class, LecChannelSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, LecChannelSidebar, found);
  gtk_widget_class_bind_template_child (widget_class, LecChannelSidebar, sorted);
  gtk_widget_class_bind_template_child (widget_class, LecChannelSidebar, selection);
  gtk_widget_class_bind_template_child (widget_class, LecChannelSidebar, channel_menu);
  gtk_widget_class_bind_template_callback (widget_class, nothing_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, lec_channel_sidebar_search);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
}

static void
lec_channel_sidebar_init (LecChannelSidebar *self)
{
  g_autoptr (GtkSorter) sorter = lec_channel_sorter_new ();

  self->rows = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_sort_list_model_set_sorter (self->sorted, sorter);
  self->menu = lec_channel_menu_new (self->list, self->box, self->channel_menu);
  g_signal_connect_object (self->menu, "play", G_CALLBACK (play_cb), self, G_CONNECT_SWAPPED);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search), GTK_WIDGET (self));
  g_signal_connect_object (self->found, "notify::pending", G_CALLBACK (update_page), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->found, "items-changed", G_CALLBACK (update_page), self,
                           G_CONNECT_SWAPPED);
  lec_scroll_anchor_keep (GTK_LIST_VIEW (self->list));
  update_page (self);
}
