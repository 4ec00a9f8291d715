/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/stream-signal.h"

#include <glib/gi18n.h>

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

static char *
dup_leg_name (const LecLegReport *leg)
{
  return lec_address_format (leg->group, leg->port);
}

static guint
count_legs (const LecStreamReport *stream)
{
  return MIN (stream->n_legs, MAX_LEGS);
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
             const LecStreamReport *stream,
             const LecHistory *history,
             guint index)
{
  const LecMeasure measure = plots[i].measure;

  set_line (self->plots[i], LEC_PLOT_WHOLE, NULL, history, index, LEC_HISTORY_WHOLE, measure);
  if (measure == LEC_MEASURE_LATENCY)
    set_line (self->plots[i], LEC_PLOT_DELAY, _ ("peak packet delay"), history, index,
              LEC_HISTORY_WHOLE, LEC_MEASURE_DELAY);
  for (guint leg = 0; leg < count_legs (stream); leg++) {
    g_autofree char *name = dup_leg_name (&stream->legs[leg]);

    set_line (self->plots[i], (LecPlotLine) (LEC_PLOT_LEG + leg), name, history, index, (int) leg,
              measure);
  }
  lec_plot_refresh (self->plots[i]);
}

/* ---- facts ---- */

static void
set_addresses (LecStreamSignal *self, const LecStreamReport *stream)
{
  g_autoptr (GString) addresses = g_string_new (NULL);

  for (guint leg = 0; leg < count_legs (stream); leg++) {
    g_autofree char *name = dup_leg_name (&stream->legs[leg]);

    g_string_append_printf (addresses, "%s%s", leg > 0 ? "\n" : "", name);
  }
  lec_property_list_set (self->facts, _ ("Address"), addresses->str);
}

/* Before anything has come, the clock's drift is none. */
static gboolean
is_known (const LecField *field, const LecStreamReport *stream)
{
  return field->kind != LEC_FIELD_RATIO || stream->stats.received > 0;
}

/* What all has lines of its own is not told once more. */
static gboolean
is_told (const LecField *field, const LecStreamReport *stream)
{
  return g_str_equal (field->name, "aside")
         && stream->stats.aside <= stream->stats.parity + stream->stats.unknown_formats;
}

static void
update_facts (LecStreamSignal *self, LecReport *report, const LecStreamReport *stream)
{
  set_addresses (self, stream);
  for (const LecField *field = lec_stream_fields; field->name != NULL; field++) {
    g_autofree char *value = NULL;

    if (field->label == NULL)
      continue;
    if (is_known (field, stream) && !is_told (field, stream))
      value = lec_signal_words_field (field, stream, report);
    lec_property_list_set (self->facts, _ (field->label), value);
  }
}

static void
set_facts (LecStreamSignal *self, const LecField *fields, gconstpointer item, LecReport *report)
{
  for (const LecField *field = fields; field->name != NULL; field++) {
    g_autofree char *value
        = field->label != NULL ? lec_signal_words_field (field, item, report) : NULL;

    if (field->label != NULL)
      lec_property_list_set (self->facts, _ (field->label), value);
  }
}

/* What is inside a transport stream. */
static void
update_ts (LecStreamSignal *self, LecReport *report, const LecStreamReport *stream)
{
  const LecTsProgramStats *program = lec_stream_report_get_program (stream);

  if (stream->ts.packets == 0)
    return;
  set_facts (self, lec_ts_fields, &stream->ts, report);
  if (program != NULL)
    set_facts (self, lec_ts_program_fields, program, report);
}

void
lec_stream_signal_update (LecStreamSignal *self,
                          LecReport *report,
                          const LecHistory *history,
                          guint index)
{
  const LecStreamReport *stream = &report->streams[index];
  g_autofree char *heading = lec_signal_words_stream (stream);

  g_return_if_fail (LEC_IS_STREAM_SIGNAL (self));

  gtk_label_set_label (GTK_LABEL (self->heading), heading);
  for (guint i = 0; i < G_N_ELEMENTS (plots); i++)
    update_plot (self, i, stream, history, index);
  update_facts (self, report, stream);
  update_ts (self, report, stream);
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
add_legend (LecStreamSignal *self, const LecStreamReport *stream)
{
  GtkWidget *legend = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  add_legend_row (legend, LEC_PLOT_WHOLE,
                  count_legs (stream) > 1 ? _ ("All paths combined") : _ ("All packets"));
  for (guint leg = 0; count_legs (stream) > 1 && leg < count_legs (stream); leg++) {
    g_autofree char *name = dup_leg_name (&stream->legs[leg]);

    add_legend_row (legend, (LecPlotLine) (LEC_PLOT_LEG + leg), name);
  }
  add_legend_row (legend, LEC_PLOT_DELAY, _ ("Peak packet delay"));
  gtk_box_append (GTK_BOX (self->box), legend);
}

GtkWidget *
lec_stream_signal_new (const LecStreamReport *stream)
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
