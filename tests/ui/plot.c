/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/plot.h"

#include <adwaita.h>
#include <math.h>

#include "tests/ui/find.h"
#include "tests/ui/init.h"
#include "ui/plot-drawing.h"
#include "ui/signal-words.h"

#define NEWEST (LEC_HISTORY_LENGTH - 1)

static const struct
{
  LecMeasure measure;
  double value;
  const char *words;
} values[] = {
  { LEC_MEASURE_LATENCY, 120.4, "120 ms" },
  { LEC_MEASURE_JITTER, 0.04, "0.0 ms" },
  { LEC_MEASURE_JITTER, 3.14159, "3.1 ms" },
  { LEC_MEASURE_DELAY, 1500, "1500 ms" },
  { LEC_MEASURE_LOSS, 0, "0.00 %" },
  { LEC_MEASURE_LOSS, 0.126, "0.13 %" },
  { LEC_MEASURE_LOSS, 100, "100 %" },
  { LEC_MEASURE_RATE, 4.2149, "4.21 Mbit/s" },
  { LEC_MEASURE_RATE, 127.25, "127.2 Mbit/s" },
  { LEC_MEASURE_RATE, NAN, "–" },
};

static void
test_values (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autofree char *words = lec_signal_words_value (values[i].measure, values[i].value);

    g_assert_cmpstr (words, ==, values[i].words);
  }
}

static void
test_behind (void)
{
  g_autofree char *behind = lec_signal_words_behind (NULL, 0.1234);
  g_autofree char *unknown = lec_signal_words_behind (NULL, 0);

  g_assert_cmpstr (behind, ==, "0.12 s behind");
  g_assert_cmpstr (unknown, ==, "");
}

/* A scale ends at a number that one can divide by in the head. */
static void
test_scale (void)
{
  static const double rows[][2]
      = { { 1, 1 },     { 1.01, 2 },  { 2, 2 },      { 3, 5 },     { 5.5, 10 },  { 99, 100 },
          { 100, 100 }, { 0.1, 0.1 }, { 0.11, 0.2 }, { 0.3, 0.5 }, { 420, 500 }, { 4e9, 5e9 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpfloat_with_epsilon (lec_plot_drawing_round_up (rows[i][0]), rows[i][1],
                                    rows[i][1] * 1e-9);
}

static void
press (GtkWidget *plot, guint key, gboolean expected)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (plot);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);
    gboolean taken = FALSE;

    if (!GTK_IS_EVENT_CONTROLLER_KEY (controller))
      continue;
    g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &taken);
    g_assert_cmpint (taken, ==, expected);
  }
}

#define assert_shows(text) g_assert_nonnull (find (window, shows_text, (text)))

/* The value is that of now, or of the second that the keys have gone to; the listener hears it too.
 */
static void
test_reading (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *plot = lec_plot_new (LEC_MEASURE_JITTER, 5);
  double line[LEC_HISTORY_LENGTH];

  gtk_window_set_child (GTK_WINDOW (window), plot);
  gtk_window_present (GTK_WINDOW (window));
  assert_shows ("Jitter");
  assert_shows ("–");
  gtk_test_accessible_assert_property (plot, GTK_ACCESSIBLE_PROPERTY_LABEL, "Jitter");
  gtk_test_accessible_assert_property (plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Not known yet");

  for (guint i = 0; i < LEC_HISTORY_LENGTH; i++)
    line[i] = i < 60 ? NAN : i;
  lec_plot_set_line (LEC_PLOT (plot), LEC_PLOT_WHOLE, NULL, line);
  lec_plot_set_line (LEC_PLOT (plot), LEC_PLOT_LEG, "239.1.1.1:5004", line);
  lec_plot_refresh (LEC_PLOT (plot));
  assert_shows ("119 ms");
  gtk_test_accessible_assert_property (
      plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      "119 ms; 239.1.1.1:5004 119 ms; between 60 ms and 119 ms in the last two minutes");

  press (plot, GDK_KEY_Escape, FALSE); /* may leave full screen */
  press (plot, GDK_KEY_Up, FALSE);     /* is the volume */
  press (plot, GDK_KEY_Right, TRUE);
  assert_shows ("119 ms");
  press (plot, GDK_KEY_Left, TRUE);
  press (plot, GDK_KEY_Left, TRUE);
  assert_shows ("2 s ago: 117 ms");
  press (plot, GDK_KEY_Home, TRUE);
  press (plot, GDK_KEY_Left, TRUE);
  assert_shows ("119 s ago: –");
  press (plot, GDK_KEY_Escape, TRUE);
  assert_shows ("119 ms");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Each sample is found under its own place, from one end of the lines to the other. */
static void
test_pointing (void)
{
  GtkWidget *label = g_object_ref_sink (gtk_label_new (NULL));
  int last = -1000;

  for (int x = 0; x <= 400; x++) {
    const int sample = lec_plot_drawing_find_sample (label, x, 400);

    g_assert_cmpint (sample, >=, last);
    g_assert_cmpint (sample - last, <=, last == -1000 ? 2000 : 1);
    last = sample;
  }
  g_assert_cmpint (lec_plot_drawing_find_sample (label, 0, 400), <, 0);
  g_assert_cmpint (lec_plot_drawing_find_sample (label, 397, 400), ==, NEWEST);
  g_object_unref (label);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  adw_init ();

  g_test_add_func ("/plot/values", test_values);
  g_test_add_func ("/plot/behind", test_behind);
  g_test_add_func ("/plot/scale", test_scale);
  g_test_add_func ("/plot/reading", test_reading);
  g_test_add_func ("/plot/pointing", test_pointing);
  return g_test_run ();
}
