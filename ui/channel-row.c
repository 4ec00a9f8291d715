/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/channel-row.h"

#include <glib/gi18n.h>

#include "ui/channel-words.h"

struct _LecChannelRow
{
  GtkWidget parent_instance;

  GtkWidget *icon;
  GtkWidget *title;
  GtkWidget *line;
  GtkWidget *star;

  /* made for the few rows that have them; (nullable) */
  GtkWidget *mark;
  GtkWidget *heading;

  /* owned */
  LecChannelItem *item;

  gulong following; /* handler of the item */

  const char *icon_name; /* (nullable): that is shown: GtkImage begins anew with each it is told */
  const char *star_name; /* (nullable): likewise */

  gboolean playing;
  gboolean title_is_duplicate;
  gboolean has_star;

  gboolean is_filled;
  int width, natural_width, height; /* below the heading, as measured last when filled; 0: never */
};

#define COLUMN_SPACING 12
#define ROW_SPACING 2

static guint star_signal;

G_DEFINE_FINAL_TYPE (LecChannelRow, lec_channel_row, GTK_TYPE_WIDGET)

static void
set_class (LecChannelRow *self, const char *class, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (GTK_WIDGET (self), class);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), class);
}

/* Screen readers get the two lines and the mark as one name: that of the list item, which has the
 * focus. */
static void
update_name (LecChannelRow *self, const char *line)
{
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));
  const char *title;
  g_autofree char *name = NULL;

  if (item == NULL)
    return;

  title = lec_channel_item_get_title (self->item);
  if (self->playing) {
    /* Translators: the title of a channel, and its state */
    name = g_strdup_printf (_ ("%1$s, %2$s, playing"), title, line);
  } else {
    /* Translators: the title of a channel, and its state */
    name = g_strdup_printf (_ ("%1$s, %2$s"), title, line);
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* Lines are aligned as the language of the window is, and each runs in its own direction. */
static void
set_text (LecChannelRow *self, GtkWidget *inscription, const char *text)
{
  const gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  g_autofree char *isolated
      = g_strconcat (rtl ? "\u200f" : "\u200e", "\u2068", text, "\u2069", NULL);

  gtk_inscription_set_text (GTK_INSCRIPTION (inscription), isolated);
}

static gboolean
is_kept (LecChannelItem *item)
{
  return (lec_channel_item_get_origins (item) & LEC_CHANNEL_ORIGIN_KEPT) != 0;
}

static void
show_mark (LecChannelRow *self)
{
  const gboolean visible = self->playing && self->is_filled;

  if (self->mark == NULL && !visible)
    return;
  if (self->mark == NULL) {
    self->mark = g_object_new (GTK_TYPE_IMAGE, "icon-name", "media-playback-start-symbolic",
                               "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
    gtk_widget_insert_before (self->mark, GTK_WIDGET (self), self->star);
  }
  gtk_widget_set_visible (self->mark, visible);
}

/* @name: a constant */
static void
set_icon (GtkWidget *image, const char **shown, const char *name)
{
  if (*shown == name)
    return;
  *shown = name;
  gtk_image_set_from_icon_name (GTK_IMAGE (image), name);
}

/* @line: the second one of it */
static void
show (LecChannelRow *self, const char *line)
{
  set_text (self, self->title, lec_channel_item_get_title (self->item));
  set_text (self, self->line, line);
  set_icon (self->icon, &self->icon_name,
            lec_words_for_icon (lec_channel_item_get_channel (self->item)));
  show_mark (self);
  set_icon (self->star, &self->star_name,
            is_kept (self->item) ? "starred-symbolic" : "non-starred-symbolic");
}

static void
update (LecChannelRow *self)
{
  g_autofree char *line = NULL;

  if (self->item == NULL)
    return;

  line = lec_words_for_line (self->item, self->title_is_duplicate,
                             g_get_real_time () / G_USEC_PER_SEC);
  if (self->is_filled)
    show (self, line);
  set_class (self, "playing", self->playing);
  set_class (self, "kept", is_kept (self->item));
  set_class (self, "ended", lec_channel_item_get_state (self->item) == LEC_CHANNEL_STATE_ENDED);
  update_name (self, line);
}

/* Title and announcer change with the channel. One handler for all properties: lists bind their
 * rows by the hundred. */
static void
notify_cb (LecChannelRow *self, GParamSpec *property)
{
  static const char *const shown[] = { "channel", "state", "origins", "changes", NULL };

  if (g_strv_contains (shown, property->name))
    update (self);
}

void
lec_channel_row_set_item (LecChannelRow *self, LecChannelItem *item)
{
  g_return_if_fail (LEC_IS_CHANNEL_ROW (self));

  if (self->item != NULL)
    g_clear_signal_handler (&self->following, self->item);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;

  self->following = g_signal_connect_swapped (item, "notify", G_CALLBACK (notify_cb), self);
  update (self);
}

LecChannelItem *
lec_channel_row_get_item (LecChannelRow *self)
{
  g_return_val_if_fail (LEC_IS_CHANNEL_ROW (self), NULL);

  return self->item;
}

void
lec_channel_row_set_playing (LecChannelRow *self, gboolean playing)
{
  g_return_if_fail (LEC_IS_CHANNEL_ROW (self));

  if (self->playing == playing)
    return;
  self->playing = playing;
  update (self);
}

void
lec_channel_row_set_title_is_duplicate (LecChannelRow *self, gboolean title_is_duplicate)
{
  g_return_if_fail (LEC_IS_CHANNEL_ROW (self));

  if (self->title_is_duplicate == title_is_duplicate)
    return;
  self->title_is_duplicate = title_is_duplicate;
  update (self);
}

static void
heading_cb (GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
make_heading (LecChannelRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->heading = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->heading), 0);
  gtk_widget_add_css_class (self->heading, "heading");
  gtk_widget_add_css_class (self->heading, "dim-label");
  /* a heading plays nothing */
  g_signal_connect (click, "pressed", G_CALLBACK (heading_cb), NULL);
  gtk_widget_add_controller (self->heading, GTK_EVENT_CONTROLLER (click));
  gtk_widget_insert_after (self->heading, GTK_WIDGET (self), NULL);
}

void
lec_channel_row_set_heading (LecChannelRow *self, const char *heading)
{
  g_return_if_fail (LEC_IS_CHANNEL_ROW (self));

  if (self->heading == NULL && heading == NULL)
    return;
  if (self->heading == NULL)
    make_heading (self);
  gtk_widget_set_visible (self->heading, heading != NULL);
  gtk_label_set_text (GTK_LABEL (self->heading), heading != NULL ? heading : "");
}

static void
show_star (LecChannelRow *self)
{
  gtk_widget_set_visible (self->star, self->has_star && self->is_filled);
}

void
lec_channel_row_set_has_star (LecChannelRow *self, gboolean has_star)
{
  g_return_if_fail (LEC_IS_CHANNEL_ROW (self));

  self->has_star = has_star;
  show_star (self);
}

static void
star_cb (GtkGesture *gesture)
{
  GtkWidget *star = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (gtk_widget_get_parent (star), star_signal, 0);
}

static GtkWidget *
make_icon (void)
{
  return g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
}

/* An inscription's size is not that of its text, so that rows are measured fast. */
static GtkWidget *
make_inscription (const char *const *classes)
{
  return g_object_new (GTK_TYPE_INSCRIPTION, "text-overflow",
                       GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, "min-lines", 1, "css-classes",
                       classes, NULL);
}

/* Not by a template, which takes longer: views make rows by the hundred. */
static void
make_content (LecChannelRow *self)
{
  static const char *const title[] = { "title", NULL };
  static const char *const line[] = { "caption", "dim-label", NULL };
  GtkWidget *const content[] = {
    self->icon = make_icon (),
    self->title = make_inscription (title),
    self->line = make_inscription (line),
    self->star = make_icon (),
  };
  GtkGesture *click = gtk_gesture_click_new ();

  for (guint i = 0; i < G_N_ELEMENTS (content); i++)
    gtk_widget_insert_before (content[i], GTK_WIDGET (self), NULL);
  gtk_widget_add_css_class (self->star, "star");
  g_signal_connect (click, "pressed", G_CALLBACK (star_cb), NULL);
  gtk_widget_add_controller (self->star, GTK_EVENT_CONTROLLER (click));
}

void
lec_channel_row_set_filled (LecChannelRow *self, gboolean filled)
{
  g_return_if_fail (LEC_IS_CHANNEL_ROW (self));

  if (self->is_filled == filled || self->height == 0)
    return;
  self->is_filled = filled;
  gtk_widget_set_visible (self->icon, filled);
  gtk_widget_set_visible (self->title, filled);
  gtk_widget_set_visible (self->line, filled);
  show_mark (self);
  show_star (self);
  if (filled)
    update (self);
}

gboolean
lec_channel_row_is_filled (LecChannelRow *self)
{
  g_return_val_if_fail (LEC_IS_CHANNEL_ROW (self), FALSE);

  return self->is_filled;
}

/* Made on demand, not for each of thousands of rows. */
static gboolean
lec_channel_row_query_tooltip (GtkWidget *widget,
                               int x,
                               int y,
                               gboolean keyboard,
                               GtkTooltip *tooltip)
{
  LecChannelRow *self = LEC_CHANNEL_ROW (widget);
  g_autofree char *text = NULL;

  if (self->item == NULL)
    return FALSE;

  text = lec_words_for_tooltip (self->item, g_get_real_time () / G_USEC_PER_SEC);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

/* ---- its place ---- */

/* A grid would do: a heading above, and below it two lines between icons. But a view keeps 200
 * rows, and measures them in several widths, while no part of a row depends on its width. */
static GtkSizeRequestMode
lec_channel_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static gboolean
is_shown (GtkWidget *child)
{
  return child != NULL && gtk_widget_get_visible (child);
}

/* Returns: 0 of what is not shown */
static int
get_size (GtkWidget *child, GtkOrientation orientation, gboolean natural)
{
  int minimum, wanted;

  if (!is_shown (child))
    return 0;
  gtk_widget_measure (child, orientation, -1, &minimum, &wanted, NULL, NULL);
  return natural ? wanted : minimum;
}

static int
measure_width (LecChannelRow *self, gboolean natural)
{
  GtkWidget *const icons[] = { self->icon, self->mark, self->star };
  int width = MAX (get_size (self->title, GTK_ORIENTATION_HORIZONTAL, natural),
                   get_size (self->line, GTK_ORIENTATION_HORIZONTAL, natural));

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++) {
    if (is_shown (icons[i]))
      width += get_size (icons[i], GTK_ORIENTATION_HORIZONTAL, natural) + COLUMN_SPACING;
  }
  return width;
}

static int
measure_height (LecChannelRow *self)
{
  GtkWidget *const icons[] = { self->icon, self->mark, self->star };
  int height = get_size (self->title, GTK_ORIENTATION_VERTICAL, TRUE) + ROW_SPACING
               + get_size (self->line, GTK_ORIENTATION_VERTICAL, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    height = MAX (height, get_size (icons[i], GTK_ORIENTATION_VERTICAL, TRUE));
  return height;
}

static int
measure_heading (LecChannelRow *self)
{
  return is_shown (self->heading)
             ? get_size (self->heading, GTK_ORIENTATION_VERTICAL, TRUE) + ROW_SPACING
             : 0;
}

static void
lec_channel_row_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  LecChannelRow *self = LEC_CHANNEL_ROW (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL) {
    if (self->is_filled)
      self->height = measure_height (self);
    *minimum = *natural = measure_heading (self) + self->height;
    return;
  }
  if (self->is_filled) {
    self->width = measure_width (self, FALSE);
    self->natural_width = measure_width (self, TRUE);
  }
  *minimum = MAX (self->width, get_size (self->heading, orientation, FALSE));
  *natural = MAX (self->natural_width, get_size (self->heading, orientation, TRUE));
}

/* @mirror: width of the row, where lines run from right to left; 0: they do not */
static void
place (GtkWidget *child, int mirror, GtkAllocation at)
{
  if (mirror > 0)
    at.x = mirror - at.x - at.width;
  gtk_widget_size_allocate (child, &at, -1);
}

/* Puts @icon to the end of @line. Returns: how much of its width that leaves */
static int
place_at_end (GtkWidget *icon, int mirror, GtkAllocation line)
{
  int width;

  if (!is_shown (icon))
    return line.width;
  width = get_size (icon, GTK_ORIENTATION_HORIZONTAL, TRUE);
  place (icon, mirror, (GtkAllocation){ line.width - width, line.y, width, line.height });
  return line.width - width - COLUMN_SPACING;
}

static void
lec_channel_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LecChannelRow *self = LEC_CHANNEL_ROW (widget);
  const int mirror = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? width : 0;
  const int top = measure_heading (self);
  const int icon = get_size (self->icon, GTK_ORIENTATION_HORIZONTAL, TRUE);
  const int begin = icon + COLUMN_SPACING;
  const int title = get_size (self->title, GTK_ORIENTATION_VERTICAL, TRUE);
  const int below = top + title + ROW_SPACING;
  GtkAllocation line = { 0, top, width, height - top };

  if (top > 0)
    place (self->heading, mirror, (GtkAllocation){ 0, 0, width, top - ROW_SPACING });
  if (!self->is_filled)
    return;
  line.width = place_at_end (self->star, mirror, line);
  line.width = place_at_end (self->mark, mirror, line);
  place (self->icon, mirror, (GtkAllocation){ 0, top, icon, height - top });
  place (self->title, mirror, (GtkAllocation){ begin, top, line.width - begin, title });
  place (self->line, mirror, (GtkAllocation){ begin, below, line.width - begin, height - below });
}

static void
lec_channel_row_dispose (GObject *object)
{
  LecChannelRow *self = LEC_CHANNEL_ROW (object);
  GtkWidget *child;

  lec_channel_row_set_item (self, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (lec_channel_row_parent_class)->dispose (object);
}

static void
lec_channel_row_class_init (LecChannelRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lec_channel_row_dispose;
  widget_class->query_tooltip = lec_channel_row_query_tooltip;
  widget_class->get_request_mode = lec_channel_row_get_request_mode;
  widget_class->measure = lec_channel_row_measure;
  widget_class->size_allocate = lec_channel_row_size_allocate;

  star_signal = g_signal_new ("star-clicked", LEC_TYPE_CHANNEL_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                              NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "channelrow");
}

static void
lec_channel_row_init (LecChannelRow *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  make_content (self);
  self->is_filled = TRUE;
}

GtkWidget *
lec_channel_row_new (void)
{
  return g_object_new (LEC_TYPE_CHANNEL_ROW, NULL);
}
