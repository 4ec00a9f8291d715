/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Thousands of channels come at once, and the window does not stand still meanwhile. */
#include "ui/window.h"

#include <gst/gst.h>
#include <time.h>

#include "tests/ui/channels.h"
#include "tests/ui/find.h"
#include "tests/ui/init.h"
#include "tests/ui/wait.h"
#include "ui/ordered-channels.h"

#define CHANNELS 4000
#define BATCH 256   /* as discovery puts them */
#define BATCH_MS 20 /* from one to the next */
#define TICK_MS 10
#define BUSY_MS 150 /* of work at a time; 50 are wanted, and slow machines take longer */

typedef struct
{
  LecChannelList *list;
  guint put;
  gint64 last_us;      /* of the ticks */
  gint64 last_work_us; /* likewise */
  gint64 wait_us;      /* the longest time without one */
  gint64 work_us;      /* the most work between two */
} Flood;

static GtkApplication *application;

/* Time that this thread has worked: that others make it wait is not its fault. */
static gint64
get_work_us (void)
{
  struct timespec work;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &work);
  return work.tv_sec * G_USEC_PER_SEC + work.tv_nsec / 1000;
}

static gboolean
tick_cb (gpointer data)
{
  Flood *flood = data;
  const gint64 now = g_get_monotonic_time (), work = get_work_us ();

  flood->wait_us = MAX (flood->wait_us, now - flood->last_us - TICK_MS * 1000);
  flood->work_us = MAX (flood->work_us, work - flood->last_work_us);
  flood->last_us = now;
  flood->last_work_us = work;
  return G_SOURCE_CONTINUE;
}

static gboolean
put_cb (gpointer data)
{
  Flood *flood = data;

  channels_flood (flood->list, flood->put, MIN (BATCH, CHANNELS - flood->put));
  flood->put += MIN (BATCH, CHANNELS - flood->put);
  return flood->put < CHANNELS;
}

static void
report (Flood *flood, const char *what)
{
  g_test_message ("%s: %.1f ms of work at a time, %.1f ms late at most", what,
                  (double) flood->work_us / 1000.0, (double) flood->wait_us / 1000.0);
  g_assert_cmpint (flood->work_us, <, BUSY_MS * 1000);
  flood->wait_us = flood->work_us = 0;
}

static GListModel *
shown_rows (GtkWidget *window)
{
  return G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (find (window, has_id, "list"))));
}

static gboolean
is_sorted (GtkWidget *window)
{
  GListModel *model = gtk_single_selection_get_model (GTK_SINGLE_SELECTION (shown_rows (window)));

  return lec_ordered_channels_is_settled (LEC_ORDERED_CHANNELS (model));
}

static void
test_flood (void)
{
  g_autoptr (LecPlayer) player = lec_player_new (NULL);
  g_autoptr (LecChannelList) list = lec_channel_list_new ();
  GtkWidget *window = lec_window_new (application, player, list, NULL, NULL);
  GtkWidget *view = find (window, has_id, "list");
  Flood flood = { list, 0, 0, 0, 0, 0 };
  guint tick;

  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_activate_action (window, "win.channels", NULL);
  WAIT_UNTIL (gtk_widget_get_mapped (window));

  flood.last_us = g_get_monotonic_time ();
  flood.last_work_us = get_work_us ();
  tick = g_timeout_add_full (G_PRIORITY_HIGH, TICK_MS, tick_cb, &flood, NULL);
  g_timeout_add (BATCH_MS, put_cb, &flood);
  WAIT_UNTIL (flood.put == CHANNELS && g_list_model_get_n_items (shown_rows (window)) == CHANNELS
              && is_sorted (window));
  report (&flood, "4000 channels");

  /* the viewer, who has not touched it, sees the begin of the list */
  g_assert_cmpfloat (
      gtk_adjustment_get_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view))), <, 1.0);

  gtk_editable_set_text (GTK_EDITABLE (find (window, has_id, "search")), "lecture 77");
  WAIT_UNTIL (g_list_model_get_n_items (shown_rows (window)) < CHANNELS && is_sorted (window));
  report (&flood, "search");
  gtk_editable_set_text (GTK_EDITABLE (find (window, has_id, "search")), "");
  WAIT_UNTIL (g_list_model_get_n_items (shown_rows (window)) == CHANNELS && is_sorted (window));
  report (&flood, "all again");

  g_source_remove (tick);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;

  ui_test_init (&argc, &argv);
  gst_init (&argc, &argv);
  application
      = GTK_APPLICATION (adw_application_new ("org.lectern.Test", G_APPLICATION_NON_UNIQUE));
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);

  g_test_add_func ("/flood", test_flood);

  return g_test_run ();
}
