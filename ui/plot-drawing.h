/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a plot is drawn: lines over two minutes, a scale from zero, in the colours of the theme. */
#pragma once

#include <gtk/gtk.h>

#include "report/history.h"

G_BEGIN_DECLS

/* Lines of a plot. Whose values are the plot's is the first one. */
typedef enum {
  LEC_PLOT_WHOLE,
  LEC_PLOT_LEG, /* that of the first leg; the others follow */
  LEC_PLOT_DELAY = LEC_PLOT_LEG + 4,
  LEC_PLOT_LINES,
} LecPlotLine;

typedef struct
{
  LecMeasure measure;
  double least;                                      /* end of the scale for small values */
  gboolean has[LEC_PLOT_LINES];                      /* which lines there are */
  double values[LEC_PLOT_LINES][LEC_HISTORY_LENGTH]; /* oldest first; NAN: not known */
  int marked;                                        /* sample that is pointed at; -1: none */
} LecPlotDrawing;

/* Returns: [px] height of the whole drawing, with its labels */
int lec_plot_drawing_get_height (GtkWidget *widget);

void lec_plot_drawing_draw (const LecPlotDrawing *self,
                            GtkWidget *widget,
                            cairo_t *cr,
                            int width,
                            int height);

/* Draws a short piece of @line, of the height of a line of text. */
void lec_plot_drawing_draw_sample (LecPlotLine line,
                                   GtkWidget *widget,
                                   cairo_t *cr,
                                   int width,
                                   int height);

/* Returns: the sample at @x of a drawing so wide; it need not be in it */
int lec_plot_drawing_find_sample (GtkWidget *widget, double x, int width);

/* Returns: a round number, not below @value, for the end of a scale */
double lec_plot_drawing_round_up (double value);

G_END_DECLS
