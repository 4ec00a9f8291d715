/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Of many rows only those around what is in sight have anything in them, and nobody sees it. */
#include "ui/row-filler.h"

#include <adwaita.h>

#include "tests/ui/channels.h"
#include "tests/ui/find.h"
#include "tests/ui/init.h"
#include "tests/ui/wait.h"
#include "ui/channel-row.h"
#include "ui/channel-sidebar.h"
#include "ui/ordered-channels.h"

#define CHANNELS 1000
#define HEIGHT 600

typedef struct
{
  LecChannelList *list;
  GtkWidget *window, *view;
  guint n_frames; /* that were drawn with rows in them */
} Fixture;

typedef struct
{
  guint rows, in_sight, filled;
  int least; /* height of a row */
} Count;

static Count
count (Fixture *fixture)
{
  Count n = { .least = G_MAXINT };

  for (GtkWidget *item = gtk_widget_get_first_child (fixture->view); item != NULL;
       item = gtk_widget_get_next_sibling (item)) {
    GtkWidget *row = gtk_widget_get_first_child (item);
    int height;

    gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
    n.rows++;
    n.in_sight += gtk_widget_get_mapped (row);
    n.filled += lec_channel_row_is_filled (LEC_CHANNEL_ROW (row));
    n.least = MIN (n.least, height);
  }
  return n;
}

/* The title and what stands below it. */
static guint
count_texts (GtkWidget *row)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (row); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += GTK_IS_INSCRIPTION (child) && gtk_widget_get_mapped (child)
         && *gtk_inscription_get_text (GTK_INSCRIPTION (child)) != '\0';
  return n;
}

/* Whatever is drawn, what is in sight of it says what it is. */
static void
paint_cb (Fixture *fixture)
{
  for (GtkWidget *item = gtk_widget_get_first_child (fixture->view); item != NULL;
       item = gtk_widget_get_next_sibling (item)) {
    GtkWidget *row = gtk_widget_get_first_child (item);

    if (!gtk_widget_get_mapped (row))
      continue;
    g_assert_cmpuint (count_texts (row), ==, 2);
    fixture->n_frames++;
  }
}

static gboolean
is_settled (Fixture *fixture)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (fixture->view)));
  GListModel *ordered = gtk_single_selection_get_model (GTK_SINGLE_SELECTION (model));

  return lec_ordered_channels_is_settled (LEC_ORDERED_CHANNELS (ordered))
         && g_list_model_get_n_items (model) == CHANNELS;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *sidebar;

  g_type_ensure (LEC_TYPE_CHANNEL_SIDEBAR);
  fixture->list = lec_channel_list_new ();
  lec_channel_list_set_time (fixture->list, CHANNELS_NOW);
  sidebar = g_object_new (LEC_TYPE_CHANNEL_SIDEBAR, "list", fixture->list, NULL);
  fixture->view = find (sidebar, has_id, "list");
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 320, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (fixture->window), sidebar);
  gtk_window_present (GTK_WINDOW (fixture->window));
  g_signal_connect_swapped (gtk_widget_get_frame_clock (fixture->window), "paint",
                            G_CALLBACK (paint_cb), fixture);
  channels_flood (fixture->list, 0, CHANNELS);
  WAIT_UNTIL (is_settled (fixture) && count (fixture).in_sight > 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->list);
}

/* What is in sight, and a page before and behind it. */
static gboolean
is_near_filled (Fixture *fixture)
{
  const Count n = count (fixture);

  return n.filled >= 2 * n.in_sight && n.filled <= 3 * n.in_sight;
}

static void
test_near (Fixture *fixture, gconstpointer data)
{
  WAIT_UNTIL (is_near_filled (fixture));
  g_assert_cmpuint (count (fixture).rows, >, 3 * count (fixture).in_sight);
  g_assert_cmpuint (fixture->n_frames, >, 0);
}

/* From one end to the other, and by pages. */
static void
test_scrolled (Fixture *fixture, gconstpointer data)
{
  static const guint places[] = { CHANNELS - 1, 0, 500, 512, 524, 536, 530, 10 };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    const guint before = fixture->n_frames;

    gtk_widget_activate_action (fixture->view, "list.scroll-to-item", "u", places[i]);
    WAIT_UNTIL (fixture->n_frames > before && is_near_filled (fixture));
  }
}

/* Empty or not: the list would jump while one scrolls. Only headings make a row higher. */
static void
test_size (Fixture *fixture, gconstpointer data)
{
  guint n_high = 0;
  Count n;

  WAIT_UNTIL (is_near_filled (fixture));
  n = count (fixture);
  for (GtkWidget *item = gtk_widget_get_first_child (fixture->view); item != NULL;
       item = gtk_widget_get_next_sibling (item)) {
    int height;

    gtk_widget_measure (gtk_widget_get_first_child (item), GTK_ORIENTATION_VERTICAL, -1, &height,
                        NULL, NULL, NULL);
    n_high += height > n.least;
  }
  g_assert_cmpint (n.least, >, 0);
  g_assert_cmpuint (n_high, <=, 5);
}

/* A screen reader walks through all of them. */
static void
test_names (Fixture *fixture, gconstpointer data)
{
  WAIT_UNTIL (is_near_filled (fixture));
  for (GtkWidget *item = gtk_widget_get_first_child (fixture->view); item != NULL;
       item = gtk_widget_get_next_sibling (item))
    g_assert_true (
        gtk_test_accessible_has_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL));
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/row-filler/near", test_near },
    { "/row-filler/scrolled", test_scrolled },
    { "/row-filler/size", test_size },
    { "/row-filler/names", test_names },
  };

  ui_test_init (&argc, &argv);
  adw_init ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
