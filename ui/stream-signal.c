/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/stream-signal.h"

#include <glib/gi18n.h>
#include <math.h>

#include "play/figures.h"
#include "ui/plot.h"
#include "ui/property-list.h"
#include "ui/signal-words.h"

#define MAX_LEGS (LEC_PLOT_DELAY - LEC_PLOT_LEG)

/* In the order of the panel, with what the scale reaches at least. */
static const struct
{
  LecMeasure measure;
  double least;
} plots[] = {
  { LEC_MEASURE_LATENCY, 50 },
  { LEC_MEASURE_LOSS, 1 },
  { LEC_MEASURE_JITTER, 5 },
  { LEC_MEASURE_RATE, 0.1 },
};

struct _LecStreamSignal
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *heading;
  LecPlot *plots[G_N_ELEMENTS (plots)];
  LecPropertyList *facts;
};

G_DEFINE_FINAL_TYPE (LecStreamSignal, lec_stream_signal, GTK_TYPE_WIDGET)

/* Returns: NULL where the whole is all there is */
static char *
dup_leg_name (const GstStructure *stream, guint leg)
{
  const GstStructure *figures = lec_figures_get (stream, "legs", leg);
  const char *group = lec_figures_get_text (figures, "group");
  const gboolean is_ipv6 = group != NULL && strchr (group, ':') != NULL;

  return g_strdup_printf (is_ipv6 ? "[%s]:%" G_GUINT64_FORMAT : "%s:%" G_GUINT64_FORMAT,
                          group != NULL ? group : "", lec_figures_get_counter (figures, "port"));
}

static guint
count_legs (const GstStructure *stream)
{
  return MIN (lec_figures_count (stream, "legs"), MAX_LEGS);
}

/* ---- plots ---- */

static void
set_line (LecPlot *plot,
          LecPlotLine line,
          const char *name,
          const LecHistory *history,
          guint stream,
          int leg,
          LecMeasure measure)
{
  double values[LEC_HISTORY_LENGTH];

  if (lec_history_copy (history, stream, leg, measure, values))
    lec_plot_set_line (plot, line, name, values);
}

static void
update_plot (LecStreamSignal *self,
             guint i,
             const GstStructure *stream,
             const LecHistory *history,
             guint index)
{
  const LecMeasure measure = plots[i].measure;

  set_line (self->plots[i], LEC_PLOT_WHOLE, NULL, history, index, LEC_HISTORY_WHOLE, measure);
  if (measure == LEC_MEASURE_LATENCY)
    set_line (self->plots[i], LEC_PLOT_DELAY, _ ("most delayed packet"), history, index,
              LEC_HISTORY_WHOLE, LEC_MEASURE_DELAY);
  for (guint leg = 0; leg < count_legs (stream); leg++) {
    g_autofree char *name = dup_leg_name (stream, leg);

    set_line (self->plots[i], (LecPlotLine) (LEC_PLOT_LEG + leg), name, history, index, (int) leg,
              measure);
  }
  lec_plot_refresh (self->plots[i]);
}

/* ---- facts ---- */

static void
set_count (LecStreamSignal *self, const char *name, const GstStructure *stream, const char *field)
{
  const guint64 count = lec_figures_get_counter (stream, field);
  g_autofree char *value = count > 0 ? g_strdup_printf ("%'" G_GUINT64_FORMAT, count) : NULL;

  lec_property_list_set (self->facts, name, value);
}

static void
set_addresses (LecStreamSignal *self, const GstStructure *stream)
{
  g_autoptr (GString) addresses = g_string_new (NULL);

  for (guint leg = 0; leg < count_legs (stream); leg++) {
    g_autofree char *name = dup_leg_name (stream, leg);

    g_string_append_printf (addresses, "%s%s", leg > 0 ? "\n" : "", name);
  }
  lec_property_list_set (self->facts, _ ("Address"), addresses->str);
}

static void
set_drift (LecStreamSignal *self, const GstStructure *stream)
{
  const double ppm = lec_figures_get_gauge (stream, "drift-ppm");
  g_autofree char *value = isnan (ppm) ? NULL : g_strdup_printf (_ ("%+.1f ppm"), ppm);

  lec_property_list_set (self->facts, _ ("Clock drift"),
                         lec_figures_get_counter (stream, "received") > 0 ? value : NULL);
}

static void
set_sender (LecStreamSignal *self, const GstStructure *stream)
{
  const guint64 ssrc = lec_figures_get_counter (stream, "ssrc");
  g_autofree char *id = ssrc != 0 ? g_strdup_printf ("%08x", (guint) ssrc) : NULL;

  lec_property_list_set (self->facts, _ ("Interface"), lec_figures_get_text (stream, "interfaces"));
  lec_property_list_set (self->facts, _ ("Station"), lec_figures_get_text (stream, "station"));
  lec_property_list_set (self->facts, _ ("Sent with"), lec_figures_get_text (stream, "tool"));
  lec_property_list_set (self->facts, _ ("Source (SSRC)"), id);
}

static void
update_facts (LecStreamSignal *self, const GstStructure *stream)
{
  const struct
  {
    const char *name, *field;
  } counts[] = {
    { _ ("Participants"), "participants" },
    { _ ("Packets received"), "received" },
    { _ ("Lost on the way"), "lost" },
    { _ ("Lost on this computer"), "lost-local" },
    { _ ("Too late"), "late" },
    { _ ("Out of order"), "reordered" },
    { _ ("Rebuilt"), "recovered" },
    { _ ("Not ours"), "discarded" },
    { _ ("Not deciphered"), "undeciphered" },
    { _ ("Interruptions"), "stalls" },
    { _ ("Restarts of the sender"), "restarts" },
  };

  set_addresses (self, stream);
  set_sender (self, stream);
  set_drift (self, stream);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    set_count (self, counts[i].name, stream, counts[i].field);
}

void
lec_stream_signal_update (LecStreamSignal *self,
                          const GstStructure *stream,
                          const LecHistory *history,
                          guint index)
{
  g_autofree char *heading = lec_signal_words_stream (stream);

  g_return_if_fail (LEC_IS_STREAM_SIGNAL (self));

  gtk_label_set_label (GTK_LABEL (self->heading), heading);
  for (guint i = 0; i < G_N_ELEMENTS (plots); i++)
    update_plot (self, i, stream, history, index);
  update_facts (self, stream);
}

/* ---- life ---- */

static void
lec_stream_signal_dispose (GObject *object)
{
  g_clear_pointer (&LEC_STREAM_SIGNAL (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (lec_stream_signal_parent_class)->dispose (object);
}

static void
lec_stream_signal_class_init (LecStreamSignalClass *class)
{
  G_OBJECT_CLASS (class)->dispose = lec_stream_signal_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (class), "streamsignal");
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
lec_stream_signal_init (LecStreamSignal *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->heading = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->heading), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->heading), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->heading, "heading");
  gtk_box_append (GTK_BOX (self->box), self->heading);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
add_legend_row (GtkWidget *legend, LecPlotLine line, const char *name)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (name);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (row), lec_plot_sample_new (line));
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (legend), row);
}

static void
add_legend (LecStreamSignal *self, const GstStructure *stream)
{
  GtkWidget *legend = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  add_legend_row (legend, LEC_PLOT_WHOLE,
                  count_legs (stream) > 1 ? _ ("All ways together") : _ ("All packets"));
  for (guint leg = 0; count_legs (stream) > 1 && leg < count_legs (stream); leg++) {
    g_autofree char *name = dup_leg_name (stream, leg);

    add_legend_row (legend, (LecPlotLine) (LEC_PLOT_LEG + leg), name);
  }
  add_legend_row (legend, LEC_PLOT_DELAY, _ ("Most delayed packet"));
  gtk_box_append (GTK_BOX (self->box), legend);
}

GtkWidget *
lec_stream_signal_new (const GstStructure *stream)
{
  LecStreamSignal *self = g_object_new (LEC_TYPE_STREAM_SIGNAL, NULL);

  add_legend (self, stream);
  for (guint i = 0; i < G_N_ELEMENTS (plots); i++) {
    self->plots[i] = LEC_PLOT (lec_plot_new (plots[i].measure, plots[i].least));
    gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->plots[i]));
  }
  self->facts = LEC_PROPERTY_LIST (lec_property_list_new ());
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->facts));
  return GTK_WIDGET (self);
}
