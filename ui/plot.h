/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The last two minutes of a measure as lines, with its name, and its value in figures.
 *
 * The value is the newest one, or that under the pointer; with the focus, Left and Right move
 * through the two minutes, and Escape goes back to now. */
#pragma once

#include <gtk/gtk.h>

#include "ui/plot-drawing.h"

G_BEGIN_DECLS

#define LEC_TYPE_PLOT (lec_plot_get_type ())
G_DECLARE_FINAL_TYPE (LecPlot, lec_plot, LEC, PLOT, GtkWidget)

/**
 * lec_plot_new:
 * @least: where the scale ends when all values are smaller, in the unit of @measure
 */
GtkWidget *lec_plot_new (LecMeasure measure, double least);

/**
 * lec_plot_set_line:
 * @name: (nullable): what the line is, where there are several
 * @values: oldest first; NAN: not known
 *
 * Shown at the next lec_plot_refresh().
 */
void lec_plot_set_line (LecPlot *self,
                        LecPlotLine line,
                        const char *name,
                        const double values[LEC_HISTORY_LENGTH]);

/* Shows what the lines are now. */
void lec_plot_refresh (LecPlot *self);

/* Returns: (transfer floating): how that line is drawn, for a legend */
GtkWidget *lec_plot_sample_new (LecPlotLine line);

G_END_DECLS
