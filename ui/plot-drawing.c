/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/plot-drawing.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "ui/signal-words.h"

#define PLOT_HEIGHT 56 /* [px] from zero to the end of the scale */
#define LABEL_SCALE 0.82
#define GAP 6 /* [px] between labels and lines */
#define LAST (LEC_HISTORY_LENGTH - 1)

/* Where the lines are, in a drawing with labels on the left and below. */
typedef struct
{
  double left, top, width, height;
} Area;

/* Legs differ by their dashes too, for viewers and printers without colour. */
static const struct
{
  const char *light, *dark;
  double width;
  double dashes[4];
  int n_dashes;
} looks[LEC_PLOT_LINES] = {
  [LEC_PLOT_WHOLE] = { "accent_color", "accent_color", 2.0 },
  [LEC_PLOT_LEG] = { "orange_5", "orange_2", 1.5, { 6, 2 }, 2 },
  [LEC_PLOT_LEG + 1] = { "green_5", "green_2", 1.5, { 2, 2 }, 2 },
  [LEC_PLOT_LEG + 2] = { "purple_4", "purple_1", 1.5, { 6, 2, 2, 2 }, 4 },
  [LEC_PLOT_LEG + 3] = { "brown_4", "brown_1", 1.5, { 10, 4 }, 2 },
  [LEC_PLOT_DELAY] = { NULL, NULL, 1.5, { 3, 3 }, 2 },
};

double
lec_plot_drawing_round_up (double value)
{
  static const double steps[] = { 1, 2, 5 };
  double power = pow (10, floor (log10 (value)));

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    /* what was computed may be a hair above the round number that it is */
    if (value <= steps[i] * power * (1 + 1e-9))
      return steps[i] * power;
  return 10 * power;
}

/* ---- colours ---- */

static gboolean
has_high_contrast (void)
{
  return adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
}

static GdkRGBA
get_foreground (GtkWidget *widget)
{
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  return colour;
}

static GdkRGBA
get_colour (GtkWidget *widget, LecPlotLine line)
{
  const gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  const char *name = dark ? looks[line].dark : looks[line].light;
  GdkRGBA colour = get_foreground (widget);

  if (name != NULL && !(has_high_contrast () && line == LEC_PLOT_WHOLE))
    gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &colour);
  return colour;
}

static void
set_faded (cairo_t *cr, GdkRGBA colour, double alpha)
{
  cairo_set_source_rgba (cr, colour.red, colour.green, colour.blue, colour.alpha * alpha);
}

/* ---- labels ---- */

static PangoLayout *
label_new (GtkWidget *widget, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (LABEL_SCALE));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  return layout;
}

static void
measure_label (GtkWidget *widget, const char *text, int *width, int *height)
{
  g_autoptr (PangoLayout) layout = label_new (widget, text);

  pango_layout_get_pixel_size (layout, width, height);
}

/* @x_share, @y_share: how much of the label lies left of and above the point */
static void
draw_label (GtkWidget *widget,
            cairo_t *cr,
            const char *text,
            double x,
            double y,
            double x_share,
            double y_share)
{
  g_autoptr (PangoLayout) layout = label_new (widget, text);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  set_faded (cr, get_foreground (widget), has_high_contrast () ? 1.0 : 0.7);
  cairo_move_to (cr, round (x - width * x_share), round (y - height * y_share));
  pango_cairo_show_layout (cr, layout);
}

/* All plots of a panel have their labels in a column of one width. */
static Area
get_area (GtkWidget *widget, int width)
{
  int label_width, label_height;

  measure_label (widget, _ ("500 Mbit/s"), &label_width, &label_height);
  return (Area){ label_width + GAP, label_height / 2.0, MAX (1, width - label_width - GAP - 2),
                 PLOT_HEIGHT };
}

int
lec_plot_drawing_get_height (GtkWidget *widget)
{
  int width, height;

  measure_label (widget, _ ("now"), &width, &height);
  return PLOT_HEIGHT + height / 2 + GAP / 2 + height;
}

static char *
describe_top (const LecPlotDrawing *self, double top)
{
  if (self->measure == LEC_MEASURE_LOSS)
    return g_strdup_printf (_ ("%g %%"), top);
  if (self->measure == LEC_MEASURE_RATE)
    return g_strdup_printf (_ ("%g Mbit/s"), top);
  return g_strdup_printf (_ ("%g ms"), top);
}

/* ---- lines ---- */

static double
get_top (const LecPlotDrawing *self)
{
  double top = self->least;

  for (guint i = 0; i < LEC_PLOT_LINES; i++)
    for (guint j = 0; self->has[i] && j < LEC_HISTORY_LENGTH; j++)
      top = fmax (top, self->values[i][j]);
  return lec_plot_drawing_round_up (top);
}

static double
get_x (const Area *area, int sample)
{
  return area->left + area->width * sample / LAST;
}

int
lec_plot_drawing_find_sample (GtkWidget *widget, double x, int width)
{
  const Area area = get_area (widget, width);

  return (int) round ((x - area.left) / area.width * LAST);
}

static void
draw_grid (const LecPlotDrawing *self, GtkWidget *widget, cairo_t *cr, const Area *area, double top)
{
  g_autofree char *label = describe_top (self, top);

  cairo_set_line_width (cr, 1);
  set_faded (cr, get_foreground (widget), has_high_contrast () ? 0.6 : 0.18);
  for (guint i = 0; i <= 2; i++) {
    const double y = floor (area->top + area->height * i / 2) + 0.5;

    cairo_move_to (cr, area->left, y);
    cairo_line_to (cr, area->left + area->width, y);
    cairo_move_to (cr, floor (area->left + area->width * i / 2) + 0.5, area->top);
    cairo_rel_line_to (cr, 0, area->height);
  }
  cairo_stroke (cr);
  draw_label (widget, cr, label, area->left - GAP, area->top, 1, 0.5);
  draw_label (widget, cr, "0", area->left - GAP, area->top + area->height, 1, 0.5);
}

/* Whether one of @left at the left, and one of @middle in the middle, leave room between them. */
static gboolean
are_apart (GtkWidget *widget, const char *left, const char *middle, const Area *area)
{
  int left_width, middle_width, height;

  measure_label (widget, left, &left_width, &height);
  measure_label (widget, middle, &middle_width, &height);
  return left_width + 2 * GAP + middle_width / 2 <= area->width / 2;
}

static void
draw_time (GtkWidget *widget, cairo_t *cr, const Area *area)
{
  const double y = area->top + area->height + GAP / 2.0;

  draw_label (widget, cr, _ ("2 min ago"), area->left, y, 0, 0);
  if (are_apart (widget, _ ("2 min ago"), _ ("1 min"), area))
    draw_label (widget, cr, _ ("1 min"), area->left + area->width / 2, y, 0.5, 0);
  draw_label (widget, cr, _ ("now"), area->left + area->width, y, 1, 0);
}

/* A sample between two unknown ones is a point. */
static void
trace_line (cairo_t *cr, const Area *area, const double *values, double top)
{
  gboolean known = FALSE;

  for (int i = 0; i < LEC_HISTORY_LENGTH; i++) {
    const double y = area->top + area->height * (1 - values[i] / top);

    if (isnan (values[i])) {
      known = FALSE;
      continue;
    }
    if (!known)
      cairo_move_to (cr, get_x (area, i), y);
    cairo_line_to (cr, get_x (area, i), y);
    known = TRUE;
  }
}

static void
set_look (cairo_t *cr, GtkWidget *widget, LecPlotLine line)
{
  GdkRGBA colour = get_colour (widget, line);

  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, looks[line].width);
  cairo_set_dash (cr, looks[line].dashes, looks[line].n_dashes, 0);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, looks[line].n_dashes > 0 ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
}

static void
draw_mark (const LecPlotDrawing *self, GtkWidget *widget, cairo_t *cr, const Area *area, double top)
{
  const double x = get_x (area, self->marked);
  const double value = self->values[LEC_PLOT_WHOLE][self->marked];

  set_faded (cr, get_foreground (widget), 0.6);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, floor (x) + 0.5, area->top);
  cairo_rel_line_to (cr, 0, area->height);
  cairo_stroke (cr);
  if (isnan (value))
    return;
  set_look (cr, widget, LEC_PLOT_WHOLE);
  cairo_arc (cr, x, area->top + area->height * (1 - value / top), 3.5, 0, 2 * G_PI);
  cairo_fill (cr);
}

void
lec_plot_drawing_draw (const LecPlotDrawing *self,
                       GtkWidget *widget,
                       cairo_t *cr,
                       int width,
                       int height)
{
  const Area area = get_area (widget, width);
  const double top = get_top (self);

  draw_grid (self, widget, cr, &area, top);
  draw_time (widget, cr, &area);
  /* the whole lies above its legs */
  for (int i = LEC_PLOT_LINES - 1; i >= 0; i--) {
    if (!self->has[i])
      continue;
    set_look (cr, widget, (LecPlotLine) i);
    trace_line (cr, &area, self->values[i], top);
    cairo_stroke (cr);
  }
  if (self->marked >= 0)
    draw_mark (self, widget, cr, &area, top);
}

void
lec_plot_drawing_draw_sample (LecPlotLine line,
                              GtkWidget *widget,
                              cairo_t *cr,
                              int width,
                              int height)
{
  set_look (cr, widget, line);
  cairo_move_to (cr, 1, height / 2.0);
  cairo_line_to (cr, width - 1, height / 2.0);
  cairo_stroke (cr);
}
