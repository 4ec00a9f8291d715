/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/channel-menu.h"

#include "ui/channel-row.h"
#include "ui/save.h"

struct _LecChannelMenu
{
  GObject parent_instance;

  /* borrowed */
  GtkWidget *list;
  GtkWidget *parent;

  /* owned */
  GtkWidget *popover;
  GSimpleAction *favourite;
  LecChannelItem *item; /* (nullable): what it was opened for last */
};

static guint play_signal, favourite_signal;

G_DEFINE_FINAL_TYPE (LecChannelMenu, lec_channel_menu, G_TYPE_OBJECT)

/* The row that @widget is in, or that is in @widget. */
static LecChannelRow *
find_row (GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, LEC_TYPE_CHANNEL_ROW);

  if (row == NULL)
    row = gtk_widget_get_first_child (widget);
  return LEC_IS_CHANNEL_ROW (row) ? LEC_CHANNEL_ROW (row) : NULL;
}

/* @x, @y: where in the list */
static gboolean
popup (LecChannelMenu *self, GtkWidget *widget, double x, double y)
{
  LecChannelRow *row = widget != NULL ? find_row (widget) : NULL;
  GdkRectangle place = { 0, 0, 1, 1 };
  double parent_x, parent_y;

  if (row == NULL || lec_channel_row_get_item (row) == NULL
      || !gtk_widget_translate_coordinates (self->list, self->parent, x, y, &parent_x, &parent_y))
    return FALSE;

  g_set_object (&self->item, lec_channel_row_get_item (row));
  g_simple_action_set_state (
      self->favourite,
      g_variant_new_boolean ((lec_channel_item_get_origins (self->item) & LEC_CHANNEL_ORIGIN_KEPT)
                             != 0));
  place.x = (int) parent_x;
  place.y = (int) parent_y;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &place);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  return TRUE;
}

static void
popup_at (LecChannelMenu *self, GtkGesture *gesture, double x, double y)
{
  if (popup (self, gtk_widget_pick (self->list, x, y, GTK_PICK_DEFAULT), x, y))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
click_cb (GtkGesture *gesture, int presses, double x, double y, LecChannelMenu *self)
{
  popup_at (self, gesture, x, y);
}

static void
touch_cb (GtkGesture *gesture, double x, double y, LecChannelMenu *self)
{
  popup_at (self, gesture, x, y);
}

/* Below the row that has the focus. */
static gboolean
key_cb (GtkWidget *list, GVariant *arguments, gpointer data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (list));
  graphene_rect_t bounds;

  if (focus == NULL || !gtk_widget_compute_bounds (focus, list, &bounds))
    return FALSE;

  return popup (data, focus, (double) (bounds.origin.x + bounds.size.width / 2.0f),
                (double) (bounds.origin.y + bounds.size.height));
}

static void
play_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LecChannelMenu *self = data;

  if (self->item != NULL)
    g_signal_emit (self, play_signal, 0, self->item);
}

static void
save_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LecChannelMenu *self = data;

  if (self->item != NULL)
    lec_save_show_dialog (GTK_WINDOW (gtk_widget_get_root (self->list)),
                          lec_channel_item_get_channel (self->item));
}

static void
copy_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LecChannelMenu *self = data;

  if (self->item != NULL)
    lec_save_copy (self->list, lec_channel_item_get_channel (self->item));
}

/* The menu shows how it is when it opens. */
static void
favourite_action (GSimpleAction *action, GVariant *state, gpointer data)
{
  LecChannelMenu *self = data;

  if (self->item != NULL)
    g_signal_emit (self, favourite_signal, 0, self->item);
}

void
lec_channel_menu_allow_favourites (LecChannelMenu *self)
{
  g_return_if_fail (LEC_IS_CHANNEL_MENU (self));

  g_simple_action_set_enabled (self->favourite, TRUE);
}

static void
add_actions (LecChannelMenu *self)
{
  static const GActionEntry actions[] = {
    { .name = "play", .activate = play_action },
    { .name = "save", .activate = save_action },
    { .name = "copy", .activate = copy_action },
    { .name = "favourite", .state = "false", .change_state = favourite_action },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), self);
  self->favourite = G_SIMPLE_ACTION (
      g_object_ref (g_action_map_lookup_action (G_ACTION_MAP (group), "favourite")));
  g_simple_action_set_enabled (self->favourite, FALSE);
  gtk_widget_insert_action_group (self->parent, "channel", G_ACTION_GROUP (group));
}

static void
add_gestures (LecChannelMenu *self)
{
  GtkGesture *click = gtk_gesture_click_new (), *touch = gtk_gesture_long_press_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (touch), TRUE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (click_cb), self, 0);
  g_signal_connect_object (touch, "pressed", G_CALLBACK (touch_cb), self, 0);
  gtk_widget_add_controller (self->list, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (self->list, GTK_EVENT_CONTROLLER (touch));
}

static void
add_keys (LecChannelMenu *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkShortcutTrigger *trigger
      = gtk_alternative_trigger_new (gtk_keyval_trigger_new (GDK_KEY_Menu, 0),
                                     gtk_keyval_trigger_new (GDK_KEY_F10, GDK_SHIFT_MASK));

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (trigger, gtk_callback_action_new (key_cb, self, NULL)));
  gtk_widget_add_controller (self->list, keys);
}

LecChannelMenu *
lec_channel_menu_new (GtkWidget *list, GtkWidget *parent, GMenuModel *model)
{
  LecChannelMenu *self = g_object_new (LEC_TYPE_CHANNEL_MENU, NULL);

  self->list = list;
  self->parent = parent;
  self->popover = gtk_popover_menu_new_from_model (model);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, parent);
  add_actions (self);
  add_gestures (self);
  add_keys (self);
  return self;
}

static void
lec_channel_menu_dispose (GObject *object)
{
  LecChannelMenu *self = LEC_CHANNEL_MENU (object);

  if (self->popover != NULL)
    gtk_widget_insert_action_group (self->parent, "channel", NULL);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->item);
  g_clear_object (&self->favourite);

  G_OBJECT_CLASS (lec_channel_menu_parent_class)->dispose (object);
}

static void
lec_channel_menu_class_init (LecChannelMenuClass *class)
{
  G_OBJECT_CLASS (class)->dispose = lec_channel_menu_dispose;

  play_signal = g_signal_new ("play", LEC_TYPE_CHANNEL_MENU, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, LEC_TYPE_CHANNEL_ITEM);
  favourite_signal = g_signal_new ("favourite", LEC_TYPE_CHANNEL_MENU, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, LEC_TYPE_CHANNEL_ITEM);
}

static void
lec_channel_menu_init (LecChannelMenu *self)
{
}
