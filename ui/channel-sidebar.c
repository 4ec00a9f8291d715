/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/channel-sidebar.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/channel-menu.h"
#include "ui/channel-order.h"
#include "ui/channel-row.h"
#include "ui/duplicate-titles.h"
#include "ui/favourites.h"
#include "ui/ordered-channels.h"
#include "ui/row-filler.h"
#include "ui/scroll-anchor.h"
#include "ui/zapper.h"

#define SPARE_MAX 64  /* rows */
#define LIKELY_MS 250 /* the list settles, and a pointer that passes is gone */

struct _LecChannelSidebar
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *box;
  GtkWidget *search;
  GtkStack *pages;
  GtkWidget *list;
  LecOrderedChannels *ordered;
  GtkSelectionModel *selection;
  GMenuModel *channel_menu;

  /* owned */
  GListModel *channels;
  LecDuplicateTitles *duplicate_titles;
  LecChannelItem *playing;
  LecChannelMenu *menu;
  LecFavourites *favourites; /* (nullable) */
  LecZapper *zapper;
  char *discovery_error, *listening;
  GHashTable *rows; /* LecChannelRow to its GtkListItem, both borrowed: those that show a channel */

  GPtrArray *spare; /* of LecChannelRow, owned: without a place */

  LecChannelItem *pointed; /* (nullable) */
  guint likely;            /* source that tells of what is likely; 0: it has been told */

  guint marking; /* source that marks rows whose places have changed; 0: none has */

  gboolean has_window_buttons;
};

enum {
  PROP_LIST = 1,
  PROP_PLAYING,
  PROP_FAVOURITES,
  PROP_LISTENING,
  PROP_TYPED,
  PROP_DISCOVERY_ERROR,
  PROP_HAS_WINDOW_BUTTONS,
  PROP_POINTED,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];
static guint activated_signal, likely_changed_signal;

G_DEFINE_FINAL_TYPE (LecChannelSidebar, lec_channel_sidebar, GTK_TYPE_WIDGET)

/* The description of a page is markup, the error is text. */
static char *
nothing_cb (LecChannelSidebar *self, const char *discovery_error, const char *listening)
{
  if (discovery_error != NULL)
    return g_markup_escape_text (discovery_error, -1);

  if (listening != NULL)
    return g_markup_escape_text (listening, -1);
  return g_strdup (_ ("Channels announced on this network appear here automatically. "
                      "Open others by file or address."));
}

static const char *
find_page (LecChannelSidebar *self)
{
  if (self->channels == NULL || g_list_model_get_n_items (self->channels) == 0)
    return "nothing";
  if (g_list_model_get_n_items (G_LIST_MODEL (self->ordered)) == 0
      && lec_ordered_channels_is_settled (self->ordered))
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

/* ---- what may be played next ---- */

static gboolean
likely_cb (gpointer data)
{
  LecChannelSidebar *self = data;

  self->likely = 0;
  g_signal_emit (self, likely_changed_signal, 0);
  return G_SOURCE_REMOVE;
}

static void
change_likely (LecChannelSidebar *self)
{
  if (self->likely == 0)
    self->likely = g_timeout_add (LIKELY_MS, likely_cb, self);
}

static void
add_likely (LecChannelSidebar *self, GPtrArray *channels, LecChannelItem *item)
{
  LecChannel *channel = item != NULL ? lec_channel_item_get_channel (item) : NULL;

  if (channel != NULL && item != self->playing && !g_ptr_array_find (channels, channel, NULL))
    g_ptr_array_add (channels, lec_channel_ref (channel));
}

GPtrArray *
lec_channel_sidebar_list_likely (LecChannelSidebar *self)
{
  GPtrArray *channels = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);

  g_return_val_if_fail (LEC_IS_CHANNEL_SIDEBAR (self), channels);

  for (int step = 1; step >= -1 && self->playing != NULL; step -= 2) {
    g_autoptr (LecChannelItem) next = lec_zapper_find (self->zapper, self->playing, step);

    add_likely (self, channels, next);
  }
  add_likely (self, channels, self->pointed);
  return channels;
}

/* @item: (nullable) */
static void
point_at (LecChannelSidebar *self, LecChannelItem *item)
{
  if (!g_set_object (&self->pointed, item))
    return;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_POINTED]);
  change_likely (self);
}

/* Returns: (transfer none) (nullable) */
static LecChannelItem *
get_focused (LecChannelSidebar *self)
{
  GtkRoot *root = gtk_widget_get_root (self->list);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL && gtk_widget_is_ancestor (focus, self->list)
                       ? gtk_widget_get_first_child (focus)
                       : NULL;

  return LEC_IS_CHANNEL_ROW (row) ? lec_channel_row_get_item (LEC_CHANNEL_ROW (row)) : NULL;
}

static void
pointed_cb (LecChannelSidebar *self, double x, double y)
{
  GtkWidget *under = gtk_widget_pick (self->list, x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = under != NULL ? gtk_widget_get_ancestor (under, LEC_TYPE_CHANNEL_ROW) : NULL;

  if (row == NULL && under != NULL && LEC_IS_CHANNEL_ROW (gtk_widget_get_first_child (under)))
    row = gtk_widget_get_first_child (under);
  point_at (self, row != NULL ? lec_channel_row_get_item (LEC_CHANNEL_ROW (row)) : NULL);
}

static void
unpointed_cb (LecChannelSidebar *self)
{
  point_at (self, get_focused (self));
}

static void
follow_pointer (LecChannelSidebar *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_object (motion, "motion", G_CALLBACK (pointed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (unpointed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->list, motion);
}

static void
lec_channel_sidebar_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lec_channel_sidebar_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::focus-widget",
                           G_CALLBACK (unpointed_cb), widget, G_CONNECT_SWAPPED);
}

/* ---- rows ---- */

static const char *
get_heading (LecChannelSection section)
{
  switch (section) {
  case LEC_CHANNEL_SECTION_FAVOURITES:
    return _ ("Favourites");
  case LEC_CHANNEL_SECTION_OPENED:
    return _ ("Opened");
  case LEC_CHANNEL_SECTION_LATER:
    return _ ("Later");
  case LEC_CHANNEL_SECTION_ENDED:
    return _ ("Ended");
  case LEC_CHANNEL_SECTION_NOW:
  default:
    return _ ("On now");
  }
}

static LecChannelSection
get_section (LecChannelSidebar *self, guint position)
{
  g_autoptr (LecChannelItem) item
      = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  return item != NULL ? lec_channel_section_of (item) : LEC_CHANNEL_SECTION_NOW;
}

/* Where all are of one section, nothing is to be told apart. (GtkListView has headings of its own
 * from 4.12 on.) */
static const char *
find_heading (LecChannelSidebar *self, guint position)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  LecChannelSection section;

  if (position >= n || get_section (self, 0) == get_section (self, n - 1))
    return NULL;
  section = get_section (self, position);
  return position == 0 || get_section (self, position - 1) != section ? get_heading (section)
                                                                      : NULL;
}

static void
mark_row (LecChannelSidebar *self, LecChannelRow *row, GtkListItem *list_item)
{
  LecChannelItem *item = gtk_list_item_get_item (list_item);

  lec_channel_row_set_heading (row, find_heading (self, gtk_list_item_get_position (list_item)));
  lec_channel_row_set_has_star (row, self->favourites != NULL);
  lec_channel_row_set_playing (row, item == self->playing);
  lec_channel_row_set_title_is_duplicate (
      row, lec_duplicate_titles_has (self->duplicate_titles, lec_channel_item_get_title (item)));
}

static void
mark_rows (LecChannelSidebar *self)
{
  GHashTableIter iter;
  gpointer row, list_item;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, &list_item))
    mark_row (self, row, list_item);
}

static gboolean
marking_cb (gpointer data)
{
  LecChannelSidebar *self = data;

  self->marking = 0;
  mark_rows (self);
  return G_SOURCE_REMOVE;
}

/* Not at once: the list has to know of it first. */
static void
places_cb (LecChannelSidebar *self)
{
  if (self->marking == 0)
    self->marking = g_idle_add (marking_cb, self);
  change_likely (self);
}

static void
toggle_favourite (LecChannelSidebar *self, LecChannelItem *item)
{
  if (item != NULL && self->favourites != NULL && !lec_favourites_toggle (self->favourites, item))
    gtk_widget_activate_action (
        GTK_WIDGET (self), "win.notify", "s",
        _ ("This channel cannot be kept: open it by its file or address instead."));
}

static void
star_cb (LecChannelSidebar *self, LecChannelRow *row)
{
  toggle_favourite (self, lec_channel_row_get_item (row));
}

/* Returns: (transfer full) */
static GtkWidget *
make_row (LecChannelSidebar *self)
{
  GtkWidget *row = g_object_ref_sink (lec_channel_row_new ());

  g_signal_connect_object (row, "star-clicked", G_CALLBACK (star_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static void
setup_cb (LecChannelSidebar *self, GtkListItem *list_item)
{
  g_autoptr (GtkWidget) row = self->spare->len > 0
                                  ? g_ptr_array_steal_index (self->spare, self->spare->len - 1)
                                  : make_row (self);

  gtk_list_item_set_child (list_item, row);
}

/* While many rows come and go the list (GTK 4.8) drops some, and makes others in the same breath.
 */
static void
teardown_cb (LecChannelSidebar *self, GtkListItem *list_item)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);

  if (row != NULL && self->spare->len < SPARE_MAX)
    g_ptr_array_add (self->spare, g_object_ref (row));
  gtk_list_item_set_child (list_item, NULL);
}

static void
bind_cb (LecChannelSidebar *self, GtkListItem *list_item)
{
  LecChannelRow *row = LEC_CHANNEL_ROW (gtk_list_item_get_child (list_item));
  LecChannelItem *item = gtk_list_item_get_item (list_item);

  mark_row (self, row, list_item);
  lec_channel_row_set_item (row, item);
  g_hash_table_insert (self->rows, row, list_item);
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

void
lec_channel_sidebar_append (LecChannelSidebar *self, GtkWidget *widget)
{
  g_return_if_fail (LEC_IS_CHANNEL_SIDEBAR (self));

  gtk_box_append (GTK_BOX (self->box), widget);
}

/* ---- search ---- */

static void
search_changed_cb (LecChannelSidebar *self)
{
  lec_ordered_channels_set_search (self->ordered,
                                   gtk_editable_get_text (GTK_EDITABLE (self->search)));
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection))
      > 0) /* what is found, from its begin */
    gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", 0);
  update_page (self);
}

void
lec_channel_sidebar_search (LecChannelSidebar *self)
{
  g_return_if_fail (LEC_IS_CHANNEL_SIDEBAR (self));

  gtk_widget_grab_focus (self->search);
}

/* Returns: FALSE where @item has no row just now */
static gboolean
focus_item (LecChannelSidebar *self, LecChannelItem *item)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, NULL)) {
    if (lec_channel_row_get_item (row) == item)
      return gtk_widget_grab_focus (gtk_widget_get_parent (row));
  }
  return FALSE;
}

/* The list itself would go back to the row that was added first, wherever it is now. */
static void
focus_first (LecChannelSidebar *self)
{
  g_autoptr (LecChannelItem) first = g_list_model_get_item (G_LIST_MODEL (self->selection), 0);

  if (first == NULL || !focus_item (self, first))
    gtk_widget_grab_focus (self->list);
}

/* What plays, where it is in sight, else the first row. */
static void
focus_row (LecChannelSidebar *self)
{
  if (self->playing == NULL || !focus_item (self, self->playing))
    focus_first (self);
}

static void
stop_search_cb (LecChannelSidebar *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  focus_first (self);
}

/* Enter plays the first channel found, if there is a search. What was typed last may not have been
 * looked for yet. */
static void
search_activate_cb (LecChannelSidebar *self)
{
  g_autoptr (LecChannelItem) first = NULL;

  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) == '\0')
    return;
  search_changed_cb (self);
  first = lec_ordered_channels_find_first (self->ordered);
  if (first != NULL)
    g_signal_emit (self, activated_signal, 0, first);
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

/* ---- keys ---- */

static gboolean
is_in (GtkWidget *focus, GtkWidget *widget)
{
  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/* Tab passes the list as one stop; its arrows walk through the rows. (GtkListView has this by
 * itself from 4.12 on.) */
static gboolean
lec_channel_sidebar_focus (GtkWidget *widget, GtkDirectionType direction)
{
  LecChannelSidebar *self = LEC_CHANNEL_SIDEBAR (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  const gboolean has_rows = g_str_equal (gtk_stack_get_visible_child_name (self->pages), "list");

  if (direction == GTK_DIR_TAB_FORWARD && is_in (focus, self->list))
    return FALSE;
  if (direction == GTK_DIR_TAB_BACKWARD && is_in (focus, self->list))
    return gtk_widget_grab_focus (self->search);
  if (has_rows
      && ((direction == GTK_DIR_TAB_FORWARD && is_in (focus, self->search))
          || (direction == GTK_DIR_TAB_BACKWARD && !is_in (focus, widget)))) {
    focus_row (self);
    return TRUE;
  }
  return GTK_WIDGET_CLASS (lec_channel_sidebar_parent_class)->focus (widget, direction);
}

/* Space plays the row that has the focus, as Enter does. */
static gboolean
space_cb (GtkWidget *list, GVariant *arguments, gpointer data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (list));
  GtkWidget *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;
  LecChannelItem *item
      = LEC_IS_CHANNEL_ROW (row) ? lec_channel_row_get_item (LEC_CHANNEL_ROW (row)) : NULL;

  if (item == NULL)
    return FALSE;
  g_signal_emit (data, activated_signal, 0, item);
  return TRUE;
}

static void
add_keys (LecChannelSidebar *self)
{
  static const guint spaces[] = { GDK_KEY_space, GDK_KEY_KP_Space };
  GtkEventController *keys = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (spaces); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (keys),
        gtk_shortcut_new (gtk_keyval_trigger_new (spaces[i], 0),
                          gtk_callback_action_new (space_cb, self, NULL)));
  /* before the list itself, which selects the row */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (self->list, keys);
}

void
lec_channel_sidebar_zap (LecChannelSidebar *self, int step)
{
  g_return_if_fail (LEC_IS_CHANNEL_SIDEBAR (self));

  lec_zapper_step (self->zapper, self->playing, step);
}

void
lec_channel_sidebar_type (LecChannelSidebar *self, guint digit)
{
  g_return_if_fail (LEC_IS_CHANNEL_SIDEBAR (self));

  lec_zapper_type (self->zapper, digit);
}

static void
typed_cb (LecChannelSidebar *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TYPED]);
}

/* ---- menu ---- */

static void
play_cb (LecChannelSidebar *self, LecChannelItem *item)
{
  g_signal_emit (self, activated_signal, 0, item);
}

/* ---- properties ---- */

static void
set_favourites (LecChannelSidebar *self, LecFavourites *favourites)
{
  g_set_object (&self->favourites, favourites);
  if (favourites != NULL)
    lec_channel_menu_allow_favourites (self->menu);
  mark_rows (self);
}

static void
set_list (LecChannelSidebar *self, GListModel *channels)
{
  if (!g_set_object (&self->channels, channels))
    return;

  g_clear_object (&self->duplicate_titles);
  if (channels != NULL) {
    self->duplicate_titles = lec_duplicate_titles_new (channels);
    g_signal_connect_object (self->duplicate_titles, "changed", G_CALLBACK (places_cb), self,
                             G_CONNECT_SWAPPED);
  }
  lec_ordered_channels_set_list (self->ordered, channels);
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
  case PROP_FAVOURITES:
    g_value_set_object (value, self->favourites);
    break;
  case PROP_LISTENING:
    g_value_set_string (value, self->listening);
    break;
  case PROP_TYPED:
    g_object_get_property (G_OBJECT (self->zapper), "typed", value);
    break;
  case PROP_DISCOVERY_ERROR:
    g_value_set_string (value, self->discovery_error);
    break;
  case PROP_HAS_WINDOW_BUTTONS:
    g_value_set_boolean (value, self->has_window_buttons);
    break;
  case PROP_POINTED:
    g_value_set_object (value, self->pointed);
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
    if (g_set_object (&self->playing, g_value_get_object (value))) {
      mark_rows (self);
      change_likely (self);
    }
    break;
  case PROP_FAVOURITES:
    set_favourites (self, g_value_get_object (value));
    break;
  case PROP_LISTENING:
    g_free (self->listening);
    self->listening = g_value_dup_string (value);
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

  g_clear_handle_id (&self->marking, g_source_remove);
  g_clear_handle_id (&self->likely, g_source_remove);
  g_clear_object (&self->menu);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (lec_channel_sidebar_parent_class)->dispose (object);
}

static void
lec_channel_sidebar_finalize (GObject *object)
{
  LecChannelSidebar *self = LEC_CHANNEL_SIDEBAR (object);

  g_hash_table_unref (self->rows);
  g_ptr_array_unref (self->spare);
  g_clear_object (&self->channels);
  g_clear_object (&self->duplicate_titles);
  g_clear_object (&self->playing);
  g_clear_object (&self->pointed);
  g_clear_object (&self->favourites);
  g_clear_object (&self->zapper);
  g_free (self->discovery_error);
  g_free (self->listening);

  G_OBJECT_CLASS (lec_channel_sidebar_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  props[PROP_LIST] = g_param_spec_object ("list", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  props[PROP_PLAYING] = g_param_spec_object ("playing", NULL, NULL, LEC_TYPE_CHANNEL_ITEM, flags);
  props[PROP_FAVOURITES]
      = g_param_spec_object ("favourites", NULL, NULL, LEC_TYPE_FAVOURITES, flags);
  props[PROP_LISTENING] = g_param_spec_string ("listening", NULL, NULL, NULL, flags);
  props[PROP_TYPED]
      = g_param_spec_string ("typed", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_DISCOVERY_ERROR] = g_param_spec_string ("discovery-error", NULL, NULL, NULL, flags);
  props[PROP_HAS_WINDOW_BUTTONS]
      = g_param_spec_boolean ("has-window-buttons", NULL, NULL, FALSE, flags);
  props[PROP_POINTED] = g_param_spec_object ("pointed", NULL, NULL, LEC_TYPE_CHANNEL_ITEM,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
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
  widget_class->focus = lec_channel_sidebar_focus;
  widget_class->root = lec_channel_sidebar_root;
  install_properties (object_class);
  activated_signal = g_signal_new ("activated", LEC_TYPE_CHANNEL_SIDEBAR, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, LEC_TYPE_CHANNEL_ITEM);
  likely_changed_signal = g_signal_new ("likely-changed", LEC_TYPE_CHANNEL_SIDEBAR,
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "channelsidebar");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lectern/Lectern/channel-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, LecChannelSidebar, box);
  gtk_widget_class_bind_template_child (widget_class, LecChannelSidebar, search);
  gtk_widget_class_bind_template_child (widget_class, LecChannelSidebar, pages);
  gtk_widget_class_bind_template_child (widget_class, LecChannelSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, LecChannelSidebar, ordered);
  gtk_widget_class_bind_template_child (widget_class, LecChannelSidebar, selection);
  gtk_widget_class_bind_template_child (widget_class, LecChannelSidebar, channel_menu);
  gtk_widget_class_bind_template_callback (widget_class, nothing_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, teardown_cb);
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
  g_type_ensure (LEC_TYPE_ORDERED_CHANNELS); /* the template names it */
  self->rows = g_hash_table_new (NULL, NULL);
  self->spare = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->menu = lec_channel_menu_new (self->list, self->box, self->channel_menu);
  g_signal_connect_object (self->menu, "play", G_CALLBACK (play_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->menu, "favourite", G_CALLBACK (toggle_favourite), self,
                           G_CONNECT_SWAPPED);
  self->zapper = lec_zapper_new (G_LIST_MODEL (self->selection));
  g_signal_connect_object (self->zapper, "chosen", G_CALLBACK (play_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->zapper, "notify::typed", G_CALLBACK (typed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->ordered, "ordered", G_CALLBACK (places_cb), self,
                           G_CONNECT_SWAPPED);
  add_keys (self);
  follow_pointer (self);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search), GTK_WIDGET (self));
  g_signal_connect_object (self->ordered, "notify::settled", G_CALLBACK (update_page), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->ordered, "items-changed", G_CALLBACK (update_page), self,
                           G_CONNECT_SWAPPED);
  lec_scroll_anchor_keep (GTK_LIST_VIEW (self->list));
  lec_row_filler_keep (GTK_LIST_VIEW (self->list));
  update_page (self);
}
