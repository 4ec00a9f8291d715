/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/plot.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "ui/plot-drawing.h"
#include "ui/signal-words.h"

#define LAST (LEC_HISTORY_LENGTH - 1)
#define SAMPLE_WIDTH 28 /* [px] */

struct _LecPlot
{
  GtkWidget parent_instance;

  GtkWidget *title;
  GtkWidget *value;
  GtkWidget *area;

  LecPlotDrawing drawing;
  char *names[LEC_PLOT_LINES]; /* (nullable) */
  char *description;           /* as it was set last */
};

G_DEFINE_FINAL_TYPE (LecPlot, lec_plot, GTK_TYPE_WIDGET)

static int
get_shown_sample (LecPlot *self)
{
  return self->drawing.marked >= 0 ? self->drawing.marked : LAST;
}

/* All lines that have a name and a value, as in "239.1.1.1:5004 0.10 %, 239.1.1.2:5004 2.00 %". */
static char *
describe_lines (LecPlot *self, int sample)
{
  GString *text = g_string_new (NULL);

  for (guint i = LEC_PLOT_WHOLE + 1; i < LEC_PLOT_LINES; i++) {
    g_autofree char *value
        = lec_signal_words_value (self->drawing.measure, self->drawing.values[i][sample]);

    if (self->drawing.has[i] && self->names[i] != NULL)
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", self->names[i], value);
  }
  return g_string_free (text, FALSE);
}

/* The lines in words, for screen readers. */
static char *
describe (LecPlot *self, const char *value, const char *lines)
{
  const double *values = self->drawing.values[LEC_PLOT_WHOLE];
  double least = NAN, most = NAN;
  g_autofree char *low = NULL, *high = NULL;

  for (guint i = 0; i < LEC_HISTORY_LENGTH; i++) {
    least = fmin (least, values[i]);
    most = fmax (most, values[i]);
  }
  if (isnan (least))
    return g_strdup (_ ("Not known yet"));
  low = lec_signal_words_value (self->drawing.measure, least);
  high = lec_signal_words_value (self->drawing.measure, most);
  if (*lines == '\0')
    return g_strdup_printf (_ ("%1$s; between %2$s and %3$s in the last two minutes"), value, low,
                            high);
  return g_strdup_printf (_ ("%1$s; %2$s; between %3$s and %4$s in the last two minutes"), value,
                          lines, low, high);
}

static void
update (LecPlot *self)
{
  const int sample = get_shown_sample (self);
  g_autofree char *value = lec_signal_words_value (self->drawing.measure,
                                                   self->drawing.values[LEC_PLOT_WHOLE][sample]);
  g_autofree char *lines = describe_lines (self, sample);
  g_autofree char *then = sample == LAST
                              ? g_strdup (value)
                              : g_strdup_printf (_ ("%1$d s ago: %2$s"), LAST - sample, value);
  g_autofree char *description = describe (self, then, lines);

  gtk_label_set_label (GTK_LABEL (self->value), then);
  gtk_widget_set_tooltip_text (self->area, *lines != '\0' ? lines : NULL);
  gtk_widget_queue_draw (self->area);
  if (g_strcmp0 (self->description, description) == 0)
    return;
  g_free (self->description);
  self->description = g_steal_pointer (&description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  self->description, -1);
}

static void
mark (LecPlot *self, int sample)
{
  if (self->drawing.marked == sample)
    return;

  self->drawing.marked = sample;
  update (self);
}

static void
motion_cb (LecPlot *self, double x, double y)
{
  const int sample
      = lec_plot_drawing_find_sample (self->area, x, gtk_widget_get_width (self->area));

  mark (self, sample >= 0 && sample <= LAST ? sample : -1);
}

static void
leave_cb (LecPlot *self)
{
  mark (self, -1);
}

static gboolean
key_cb (LecPlot *self, guint key, guint code, GdkModifierType modifiers)
{
  const int sample = get_shown_sample (self);

  if ((modifiers & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Left)
    mark (self, MAX (sample - 1, 0));
  else if (key == GDK_KEY_Right)
    mark (self, sample + 1 < LAST ? sample + 1 : -1);
  else if (key == GDK_KEY_Home)
    mark (self, 0);
  else if (key == GDK_KEY_End || (key == GDK_KEY_Escape && self->drawing.marked >= 0))
    mark (self, -1);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
draw_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  lec_plot_drawing_draw (&LEC_PLOT (data)->drawing, GTK_WIDGET (area), cr, width, height);
}

/* Labels grow with the font. */
static void
map_cb (LecPlot *self)
{
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->area),
                                       lec_plot_drawing_get_height (self->area));
}

void
lec_plot_set_line (LecPlot *self,
                   LecPlotLine line,
                   const char *name,
                   const double values[LEC_HISTORY_LENGTH])
{
  g_return_if_fail (LEC_IS_PLOT (self));
  g_return_if_fail (line < LEC_PLOT_LINES);

  self->drawing.has[line] = TRUE;
  for (guint i = 0; i < LEC_HISTORY_LENGTH; i++)
    self->drawing.values[line][i] = values[i];
  if (g_strcmp0 (self->names[line], name) != 0) {
    g_free (self->names[line]);
    self->names[line] = g_strdup (name);
  }
}

void
lec_plot_refresh (LecPlot *self)
{
  g_return_if_fail (LEC_IS_PLOT (self));

  update (self);
}

static void
lec_plot_dispose (GObject *object)
{
  LecPlot *self = LEC_PLOT (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (lec_plot_parent_class)->dispose (object);
}

static void
lec_plot_finalize (GObject *object)
{
  LecPlot *self = LEC_PLOT (object);

  for (guint i = 0; i < LEC_PLOT_LINES; i++)
    g_free (self->names[i]);
  g_free (self->description);

  G_OBJECT_CLASS (lec_plot_parent_class)->finalize (object);
}

static void
lec_plot_class_init (LecPlotClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lec_plot_dispose;
  G_OBJECT_CLASS (class)->finalize = lec_plot_finalize;
  gtk_widget_class_set_css_name (widget_class, "plot");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
add_head (LecPlot *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->title = gtk_label_new (NULL);
  self->value = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_widget_add_css_class (self->value, "numeric");
  gtk_box_append (GTK_BOX (head), self->title);
  gtk_box_append (GTK_BOX (head), self->value);
  gtk_widget_set_parent (head, GTK_WIDGET (self));
}

static void
add_area (LecPlot *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->area = gtk_drawing_area_new ();
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->area), draw_cb, self, NULL);
  g_signal_connect_object (self->area, "map", G_CALLBACK (map_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (self->area, motion);
  gtk_widget_set_parent (self->area, GTK_WIDGET (self));
}

static void
lec_plot_init (LecPlot *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->drawing.marked = -1;
  for (guint i = 0; i < LEC_PLOT_LINES; i++)
    for (guint j = 0; j < LEC_HISTORY_LENGTH; j++)
      self->drawing.values[i][j] = NAN;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  add_head (self);
  add_area (self);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  /* a drawing area does not follow the theme by itself */
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self->area, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast",
                           G_CALLBACK (gtk_widget_queue_draw), self->area, G_CONNECT_SWAPPED);
}

GtkWidget *
lec_plot_new (LecMeasure measure, double least)
{
  LecPlot *self = g_object_new (LEC_TYPE_PLOT, NULL);
  const char *title = lec_signal_words_measure (measure);

  self->drawing.measure = measure;
  self->drawing.least = least;
  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  update (self);
  return GTK_WIDGET (self);
}

/* ---- legend ---- */

static void
draw_sample_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  lec_plot_drawing_draw_sample ((LecPlotLine) GPOINTER_TO_UINT (data), GTK_WIDGET (area), cr, width,
                                height);
}

GtkWidget *
lec_plot_sample_new (LecPlotLine line)
{
  GtkWidget *sample = gtk_drawing_area_new ();

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (sample), SAMPLE_WIDTH);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (sample), draw_sample_cb,
                                  GUINT_TO_POINTER (line), NULL);
  return sample;
}
