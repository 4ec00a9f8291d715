/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The list of channels in the window: what it shows, what it plays, and when it is there. */
#include "ui/window.h"

#include <string.h>

#include "tests/ui/calls.h"
#include "tests/ui/channels.h"
#include "tests/ui/find.h"
#include "tests/ui/init.h"
#include "tests/ui/opener-double.h"
#include "tests/ui/pipeline-double.h"
#include "tests/ui/wait.h"
#include "ui/channel-row.h"
#include "ui/ordered-channels.h"

#define HALL "Hall 1"
#define STATION "192.0.2.1"
#define NEIGHBOUR "192.0.2.66"

static GtkApplication *application;

typedef struct
{
  LecPlayer *player;
  LecChannelList *list;
  GtkWidget *window;
  AdwFlap *flap;
  GListModel *rows; /* as they are shown */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GdkPaintable) picture = gdk_paintable_new_empty (640, 360);
  GtkWidget *list;

  g_free (calls_take ());
  fixture->player = lec_player_new (NULL);
  fixture->list = lec_channel_list_new ();
  fixture->window = lec_window_new (application, fixture->player, fixture->list, picture, NULL);
  fixture->flap = ADW_FLAP (find (fixture->window, has_id, "flap"));
  list = find (fixture->window, has_id, "list");
  fixture->rows = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
  gtk_window_present (GTK_WINDOW (fixture->window));
  WAIT_UNTIL (gtk_widget_get_mapped (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_add_weak_pointer (G_OBJECT (fixture->player), (gpointer *) &fixture->player);
  g_object_add_weak_pointer (G_OBJECT (fixture->list), (gpointer *) &fixture->list);
  g_object_unref (fixture->player);
  g_object_unref (fixture->list);
  WAIT_UNTIL (fixture->player == NULL && fixture->list == NULL);
}

static void
announce (Fixture *fixture, const char *title, guint16 port, const char *announcer)
{
  g_autoptr (LecChannel) channel = channels_make (title, port);
  g_autofree char *key = g_strconcat (title, " ", announcer, NULL);

  channels_announce (fixture->list, key, channel, announcer);
}

/* Searching and sorting take their time, a little at a time. */
static gboolean
is_settled (Fixture *fixture)
{
  GListModel *model = gtk_single_selection_get_model (GTK_SINGLE_SELECTION (fixture->rows));

  return lec_ordered_channels_is_settled (LEC_ORDERED_CHANNELS (model));
}

static char *
titles (Fixture *fixture)
{
  GString *text = g_string_new (NULL);

  WAIT_UNTIL (is_settled (fixture));
  for (guint i = 0; i < g_list_model_get_n_items (fixture->rows); i++) {
    g_autoptr (LecChannelItem) item = g_list_model_get_item (fixture->rows, i);

    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", lec_channel_item_get_title (item));
  }
  return g_string_free (text, FALSE);
}

#define assert_titles(fixture, expected)                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *titles_ = titles (fixture);                                                   \
                                                                                                   \
    g_assert_cmpstr (titles_, ==, (expected));                                                     \
  }                                                                                                \
  G_STMT_END

/* The row of @title, once the window shows it. */
static gboolean
is_row_of (GtkWidget *widget, const char *title)
{
  LecChannelItem *item
      = LEC_IS_CHANNEL_ROW (widget) ? lec_channel_row_get_item (LEC_CHANNEL_ROW (widget)) : NULL;

  return item != NULL && gtk_widget_get_mapped (widget)
         && g_str_equal (lec_channel_item_get_title (item), title);
}

static GtkWidget *
row_of (Fixture *fixture, const char *title)
{
  WAIT_UNTIL (find (fixture->window, is_row_of, title) != NULL);
  return find (fixture->window, is_row_of, title);
}

static gboolean
has_name (GtkWidget *row, const char *name)
{
  g_autofree char *other = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (gtk_widget_get_parent (row)), GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  return other == NULL;
}

/* What the listener gets of the row of @title, once it is told what it is beside others. */
#define assert_name(fixture, title, name) WAIT_UNTIL (has_name (row_of (fixture, title), name))

static guint
position_of (Fixture *fixture, const char *title)
{
  WAIT_UNTIL (is_settled (fixture));
  for (guint i = 0; i < g_list_model_get_n_items (fixture->rows); i++) {
    g_autoptr (LecChannelItem) item = g_list_model_get_item (fixture->rows, i);

    if (g_str_equal (lec_channel_item_get_title (item), title))
      return i;
  }
  g_assert_not_reached ();
}

static void
choose (Fixture *fixture, const char *title)
{
  g_signal_emit_by_name (find (fixture->window, has_id, "list"), "activate",
                         position_of (fixture, title));
}

static const char *
page (Fixture *fixture)
{
  GtkWidget *sidebar = find (fixture->window, has_id, "sidebar");

  return gtk_stack_get_visible_child_name (GTK_STACK (find (sidebar, has_id, "pages")));
}

static void
look_for (Fixture *fixture, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find (fixture->window, has_id, "search")), text);
  g_signal_emit_by_name (find (fixture->window, has_id, "search"), "search-changed");
}

/* ---- what it shows ---- */

static void
test_order (Fixture *fixture, gconstpointer data)
{
  channels_fill (fixture->list, CHANNELS_NOW);
  assert_titles (fixture,
                 "A seminar whose title goes on and on about everything that is said there and "
                 "then some more, Campus radio, Overflow room, Overflow room, Thermodynamics <II> "
                 "& entropy, Überblick: Numerik, שיעור בפיזיקה, Town hall meeting, Evening "
                 "concert, Organic chemistry, Withdrawn lecture, Yesterday’s colloquium");

  /* the concert begins: it is on now */
  lec_channel_list_set_time (fixture->list, CHANNELS_NOW + 60);
  g_assert_cmpuint (position_of (fixture, "Evening concert"), ==, 2);
}

/* As a person counts. */
static void
test_numbers (Fixture *fixture, gconstpointer data)
{
  announce (fixture, "Hall 10", 5004, STATION);
  announce (fixture, "Hall 2", 5006, STATION);
  announce (fixture, "Hall 2b", 5008, STATION);
  announce (fixture, "Hall 002", 5010, STATION);
  announce (fixture, "Hall", 5012, STATION);
  announce (fixture, "10", 5014, STATION);
  announce (fixture, "9", 5016, STATION);
  announce (fixture, "Hall 123456789012", 5018, STATION);
  assert_titles (fixture, "9, 10, Hall, Hall 2, Hall 002, Hall 2b, Hall 10, Hall 123456789012");
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  announce (fixture, HALL, 5004, STATION);
  assert_name (fixture, HALL, "Hall 1, On now");

  /* a second channel of that title comes, and goes */
  announce (fixture, HALL, 5006, NEIGHBOUR);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 2);
  assert_name (fixture, HALL, "Hall 1, On now · \u2068192.0.2.1\u2069");
  channels_announce (fixture->list, HALL " " NEIGHBOUR, NULL, NEIGHBOUR);
  assert_name (fixture, HALL, "Hall 1, On now");
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (page (fixture), ==, "nothing");
  channels_fill (fixture->list, CHANNELS_NOW);
  WAIT_UNTIL (g_str_equal (page (fixture), "list"));

  look_for (fixture, "  prof  ludwig ");
  assert_titles (fixture, "Thermodynamics <II> & entropy");
  look_for (fixture, "radio");
  assert_titles (fixture, "Campus radio");
  look_for (fixture, "ludwig radio");
  assert_titles (fixture, "");
  WAIT_UNTIL (g_str_equal (page (fixture), "not-found"));
  assert_calls ("");

  /* Enter plays what was found first; in an empty search it plays nothing */
  look_for (fixture, "uberblick");
  assert_titles (fixture, "Überblick: Numerik");
  g_signal_emit_by_name (find (fixture->window, has_id, "search"), "activate");
  assert_calls ("start Überblick: Numerik; ");
  g_signal_emit_by_name (find (fixture->window, has_id, "search"), "stop-search");
  WAIT_UNTIL (g_list_model_get_n_items (fixture->rows) == 12);
  g_signal_emit_by_name (find (fixture->window, has_id, "search"), "activate");
  assert_calls ("");
}

static void
test_find_channel (Fixture *fixture, gconstpointer data)
{
  announce (fixture, HALL, 5004, STATION);
  adw_flap_set_reveal_flap (fixture->flap, FALSE);
  gtk_widget_activate_action (fixture->window, "win.find-channel", NULL);
  g_assert_true (adw_flap_get_reveal_flap (fixture->flap));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)),
                                         find (fixture->window, has_id, "search")));
}

/* Down leads from the search to the first row, whichever came first. */
static void
test_down (Fixture *fixture, gconstpointer data)
{
  GtkWidget *search = find (fixture->window, has_id, "search");
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (search);

  channels_fill (fixture->list, CHANNELS_NOW);
  announce (fixture, "A", 5006, STATION);
  WAIT_UNTIL (is_settled (fixture) && gtk_widget_get_height (row_of (fixture, "A")) > 0);
  gtk_widget_activate_action (fixture->window, "win.find-channel", NULL);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);
    gboolean taken;

    if (GTK_IS_EVENT_CONTROLLER_KEY (controller)
        && gtk_event_controller_get_propagation_phase (GTK_EVENT_CONTROLLER (controller))
               == GTK_PHASE_CAPTURE)
      g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_Down, 0, 0, &taken);
  }
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window))
                 == gtk_widget_get_parent (row_of (fixture, "A")));
  assert_calls ("");
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  GtkWidget *sidebar = find (fixture->window, has_id, "sidebar");

  gtk_widget_activate_action (fixture->window, "win.channels", NULL);
  WAIT_UNTIL (find (sidebar, shows_text, "No Channels Announced") != NULL);
  lec_window_set_listening (LEC_WINDOW (fixture->window), "Listening on <eth0>.");
  WAIT_UNTIL (find (sidebar, shows_text, "Listening on <eth0>.") != NULL);
  lec_window_set_discovery_error (LEC_WINDOW (fixture->window), "No <network> & nothing.");
  WAIT_UNTIL (find (sidebar, shows_text, "No <network> & nothing.") != NULL);
  announce (fixture, HALL, 5004, STATION);
  row_of (fixture, HALL);
  channels_announce (fixture->list, HALL " " STATION, NULL, STATION);
  WAIT_UNTIL (g_str_equal (page (fixture), "nothing"));
}

/* ---- what it plays ---- */

static void
fall_silent (Fixture *fixture)
{
  pipeline_double_pass (3);
  WAIT_UNTIL (lec_player_get_state (fixture->player) == LEC_PLAYER_SILENT);
}

static void
test_choose (Fixture *fixture, gconstpointer data)
{
  GtkWidget *first, *second;

  announce (fixture, HALL, 5004, STATION);
  announce (fixture, "Hall 2", 5006, STATION);
  first = row_of (fixture, HALL);
  second = row_of (fixture, "Hall 2");

  /* walking through the list is not choosing */
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (fixture->rows), 1, TRUE);
  gtk_widget_grab_focus (gtk_widget_get_parent (second));
  assert_calls ("");

  choose (fixture, "Hall 2");
  assert_calls ("start Hall 2; ");
  g_assert_true (gtk_widget_has_css_class (second, "playing"));
  g_assert_false (gtk_widget_has_css_class (first, "playing"));
  assert_name (fixture, "Hall 2", "Hall 2, On now, playing");

  /* again: it plays already, unless nothing comes */
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  choose (fixture, "Hall 2");
  assert_calls ("");
  fall_silent (fixture);
  choose (fixture, "Hall 2");
  assert_calls ("free; start Hall 2; ");

  gtk_widget_activate_action (fixture->window, "win.play-stop", NULL);
  assert_calls ("free; ");
  g_assert_false (gtk_widget_has_css_class (row_of (fixture, "Hall 2"), "playing"));
}

/* What announces @channels is opened, and the first of them plays. */
static void
play_opened (Fixture *fixture, GPtrArray *channels)
{
  lec_player_open (fixture->player, "x.asx");
  opener_double_deliver (channels);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  g_free (calls_take ());
}

/* What was opened stands as its list has it, which is the order in which it is played. */
static void
test_list_order (Fixture *fixture, gconstpointer data)
{
  static const char *const entries[] = { "Welcome", "Entry 10", "Entry 2", "An end" };
  g_autoptr (GPtrArray) channels
      = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_ptr_array_add (channels, channels_make (entries[i], (guint16) (5004 + 2 * i)));
  play_opened (fixture, channels);
  assert_titles (fixture, "Welcome, Entry 10, Entry 2, An end");
}

static void
test_opened (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) channels
      = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);

  g_ptr_array_add (channels, channels_make (HALL, 5004));
  play_opened (fixture, channels);
  assert_titles (fixture, HALL);
  g_assert_false (adw_flap_get_reveal_flap (fixture->flap)); /* there is no choice */

  g_ptr_array_add (channels, channels_make ("Hall 2", 5006));
  play_opened (fixture, channels);
  assert_titles (fixture, HALL ", Hall 2");
  g_assert_true (adw_flap_get_reveal_flap (fixture->flap));
  g_assert_true (gtk_widget_has_css_class (row_of (fixture, HALL), "playing"));
  choose (fixture, "Hall 2");
  assert_calls ("start Hall 2; "); /* what is seen stays until there is something to see of it */
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  assert_calls ("free; ");
}

static LecChannelState
state_of (Fixture *fixture, const char *title)
{
  g_autoptr (LecChannelItem) item
      = g_list_model_get_item (fixture->rows, position_of (fixture, title));

  return lec_channel_item_get_state (item);
}

static void
test_reaching (Fixture *fixture, gconstpointer data)
{
  announce (fixture, HALL, 5004, STATION);
  choose (fixture, HALL);
  g_assert_cmpint (state_of (fixture, HALL), ==, LEC_CHANNEL_STATE_NOW);
  pipeline_double_receive ();
  fall_silent (fixture);
  g_assert_cmpint (state_of (fixture, HALL), ==, LEC_CHANNEL_STATE_NOT_REACHING);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  g_assert_cmpint (state_of (fixture, HALL), ==, LEC_CHANNEL_STATE_NOW);

  /* what cannot be played may well arrive */
  pipeline_double_fail (LEC_ERROR_UNSUPPORTED, "No.");
  g_assert_cmpint (lec_player_get_state (fixture->player), ==, LEC_PLAYER_REFUSED);
  g_assert_cmpint (state_of (fixture, HALL), ==, LEC_CHANNEL_STATE_NOW);
}

static GtkGesture *
right_click_of (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_GESTURE_CLICK (controller)
        && gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (controller)) == GDK_BUTTON_SECONDARY)
      return GTK_GESTURE (controller);
  }
  g_assert_not_reached ();
}

/* What the key does in the list, without a window manager to give the window the keys. */
static void
press_key (GtkWidget *widget, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

    for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (controller)
                      && j < g_list_model_get_n_items (G_LIST_MODEL (controller));
         j++) {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
      GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);
      g_autofree char *keys = gtk_shortcut_trigger_to_string (trigger);
      g_autofree char *name = gtk_accelerator_name (key, 0);

      if (g_str_has_prefix (keys, name))
        gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                      gtk_shortcut_get_arguments (shortcut));
    }
  }
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_menu (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list = find (fixture->window, has_id, "list"), *menu;
  g_autofree char *text = NULL;
  graphene_rect_t bounds;

  announce (fixture, HALL, 5004, STATION);
  announce (fixture, "Hall 2", 5006, STATION);
  WAIT_UNTIL (gtk_widget_compute_bounds (row_of (fixture, "Hall 2"), list, &bounds)
              && bounds.origin.y > 10.0f);
  g_signal_emit_by_name (right_click_of (list), "pressed", 1, (double) bounds.origin.x + 1.0,
                         (double) bounds.origin.y + 1.0);
  menu
      = gtk_widget_get_last_child (find (find (fixture->window, has_id, "sidebar"), has_id, "box"));
  WAIT_UNTIL (gtk_widget_get_mapped (menu));
  assert_calls ("");

  gtk_widget_activate_action (menu, "channel.copy", NULL);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (list), NULL, read_cb, &text);
  WAIT_UNTIL (text != NULL);
  g_assert_nonnull (strstr (text, "s=Hall 2\r\n"));
  gtk_widget_activate_action (menu, "channel.play", NULL);
  assert_calls ("start Hall 2; ");
  gtk_popover_popdown (GTK_POPOVER (menu));

  /* by the key, for the row that has the focus */
  gtk_widget_grab_focus (gtk_widget_get_parent (row_of (fixture, HALL)));
  WAIT_UNTIL (!gtk_widget_get_mapped (menu));
  press_key (list, GDK_KEY_Menu);
  WAIT_UNTIL (gtk_widget_get_mapped (menu));
  gtk_widget_activate_action (menu, "channel.play", NULL);
  assert_calls ("free; start Hall 1; ");
}

/* What is typed fast is found before Enter plays it. */
static void
test_search_enter (Fixture *fixture, gconstpointer data)
{
  GtkWidget *search = find (fixture->window, has_id, "search");

  channels_fill (fixture->list, CHANNELS_NOW);
  WAIT_UNTIL (is_settled (fixture));
  gtk_editable_set_text (GTK_EDITABLE (search), "campus");
  g_signal_emit_by_name (search, "activate");
  assert_calls ("start Campus radio; ");
}

static void
zap (Fixture *fixture, guint key)
{
  press_key (fixture->window, key);
}

static void
test_zap (Fixture *fixture, gconstpointer data)
{
  announce (fixture, "Hall 1", 5004, STATION);
  announce (fixture, "Hall 2", 5006, STATION);
  announce (fixture, "Hall 3", 5008, STATION);
  WAIT_UNTIL (is_settled (fixture));
  zap (fixture, GDK_KEY_Page_Down);
  assert_calls ("start Hall 1; ");
  zap (fixture, GDK_KEY_Page_Down);
  assert_calls ("free; start Hall 2; ");
  zap (fixture, GDK_KEY_Page_Up);
  assert_calls ("free; start Hall 1; ");
  zap (fixture, GDK_KEY_Page_Up);
  assert_calls ("free; start Hall 3; ");
  zap (fixture, GDK_KEY_2); /* no other digit can follow */
  assert_calls ("free; start Hall 2; ");
  zap (fixture, GDK_KEY_9);
  zap (fixture, GDK_KEY_0);
  assert_calls ("");

  /* stopped, it goes on from there */
  gtk_widget_activate_action (fixture->window, "win.play-stop", NULL);
  assert_calls ("free; ");
  zap (fixture, GDK_KEY_Page_Down);
  assert_calls ("start Hall 3; ");
}

/* Of more than nine, the first digit waits for a second one. */
static void
test_zap_number (Fixture *fixture, gconstpointer data)
{
  for (guint i = 1; i <= 12; i++) {
    g_autofree char *title = g_strdup_printf ("Hall %02u", i);

    announce (fixture, title, (guint16) (5002 + 2 * i), STATION);
  }
  WAIT_UNTIL (is_settled (fixture));
  zap (fixture, GDK_KEY_1);
  assert_calls ("");
  WAIT_UNTIL (find (fixture->window, has_id, "zap_label") != NULL);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (find (fixture->window, has_id, "zap_label"))), ==,
                   "1");
  zap (fixture, GDK_KEY_2);
  assert_calls ("start Hall 12; ");
  zap (fixture, GDK_KEY_1);
  WAIT_UNTIL (!gtk_widget_get_visible (find (fixture->window, has_id, "zap_label")));
  assert_calls ("free; start Hall 01; ");
}

/* What is not on now is passed over. */
static void
test_zap_later (Fixture *fixture, gconstpointer data)
{
  channels_fill (fixture->list, CHANNELS_NOW);
  WAIT_UNTIL (is_settled (fixture));
  zap (fixture, GDK_KEY_Page_Up); /* from nowhere: the last one that is on */
  assert_calls ("start Town hall meeting; ");
}

static char *
headings (Fixture *fixture)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (fixture->rows); i++) {
    g_autoptr (LecChannelItem) item = g_list_model_get_item (fixture->rows, i);
    GtkWidget *heading
        = find (row_of (fixture, lec_channel_item_get_title (item)), has_type, "GtkLabel");

    if (heading != NULL && gtk_widget_get_visible (heading))
      g_string_append_printf (text, "%s: ", gtk_label_get_text (GTK_LABEL (heading)));
    g_string_append_printf (text, "%s; ", lec_channel_item_get_title (item));
  }
  return g_string_free (text, FALSE);
}

static gboolean
has_headings (Fixture *fixture, const char *expected)
{
  g_autofree char *text = headings (fixture);

  return g_str_equal (text, expected);
}

static void
test_sections (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LecChannel) channel = channels_make ("Opened", 5010);

  announce (fixture, "Hall 1", 5004, STATION);
  announce (fixture, "Hall 2", 5006, STATION);
  WAIT_UNTIL (has_headings (fixture, "Hall 1; Hall 2; "));
  lec_channel_list_open (fixture->list, channel);
  WAIT_UNTIL (has_headings (fixture, "On now: Hall 1; Hall 2; Opened: Opened; "));
  assert_name (fixture, "Opened", "Opened, Opened by you");
  channels_advertise (fixture->list, "Hall 1 " STATION,
                      lec_channel_item_get_channel (
                          lec_channel_row_get_item (LEC_CHANNEL_ROW (row_of (fixture, "Hall 1")))),
                      STATION, LEC_ADVERTISEMENT_WITHDRAWN);
  WAIT_UNTIL (has_headings (fixture, "On now: Hall 2; Opened: Opened; Ended: Hall 1; "));
}

static LecChannelItem *
focused_item (Fixture *fixture)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  GtkWidget *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  return LEC_IS_CHANNEL_ROW (row) ? lec_channel_row_get_item (LEC_CHANNEL_ROW (row)) : NULL;
}

/* Where somebody is in the list, in pixels from the top of what is seen of it. */
static double
place_on_screen (Fixture *fixture)
{
  graphene_point_t place;
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));

  g_assert_true (gtk_widget_compute_point (focus, find (fixture->window, has_id, "list"),
                                           &GRAPHENE_POINT_INIT (0, 0), &place));
  return place.y;
}

static void
announce_halls (Fixture *fixture, guint from, guint to, const char *name)
{
  for (guint i = from; i < to; i++) {
    g_autofree char *key = g_strdup_printf ("hall %u", i);
    g_autofree char *title = g_strdup_printf ("%s %u", name, i);
    g_autoptr (LecChannel) channel = channels_make (title, 5004);

    channels_announce (fixture->list, key, channel, STATION);
  }
}

/* Rows that come, go and move above and below leave somebody who walks through the list alone. */
static void
test_keeps_place (Fixture *fixture, gconstpointer data)
{
  LecChannelItem *item;
  double place;

  announce_halls (fixture, 100, 300, "Hall");
  WAIT_UNTIL (is_settled (fixture));
  gtk_widget_activate_action (find (fixture->window, has_id, "list"), "list.scroll-to-item", "u",
                              100);
  gtk_widget_grab_focus (gtk_widget_get_parent (row_of (fixture, "Hall 200")));
  item = focused_item (fixture);
  g_assert_cmpstr (lec_channel_item_get_title (item), ==, "Hall 200");
  place = place_on_screen (fixture);

  announce_halls (fixture, 0, 50, "Aula");       /* above */
  announce_halls (fixture, 300, 350, "Theatre"); /* below */
  announce_halls (fixture, 110, 120, "Theatre"); /* from above to below */
  announce_halls (fixture, 280, 290, "Aula");    /* from below to above */
  for (guint i = 100; i < 105; i++) {
    g_autofree char *key = g_strdup_printf ("hall %u", i);

    channels_advertise (fixture->list, key, NULL, STATION, LEC_ADVERTISEMENT_CURRENT);
  }
  WAIT_UNTIL (is_settled (fixture));
  g_assert_cmpuint (g_list_model_get_n_items (fixture->rows), ==, 295);
  g_assert_true (focused_item (fixture) == item);
  g_assert_cmpuint (position_of (fixture, "Hall 200"), ==, 145);
  WAIT_UNTIL (ABS (place_on_screen (fixture) - place) < 1.0);
}

/* What is found is shown from its begin, wherever the list was. */
static void
test_search_from_begin (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list = find (fixture->window, has_id, "list");
  GtkAdjustment *place = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));

  announce_halls (fixture, 100, 200, "Hall");
  announce_halls (fixture, 200, 300, "Theatre");
  WAIT_UNTIL (is_settled (fixture));
  gtk_widget_activate_action (list, "list.scroll-to-item", "u", 199);
  WAIT_UNTIL (gtk_adjustment_get_value (place) > 100);
  gtk_editable_set_text (GTK_EDITABLE (find (fixture->window, has_id, "search")), "hall");
  WAIT_UNTIL (g_list_model_get_n_items (fixture->rows) == 100 && is_settled (fixture));
  WAIT_UNTIL (gtk_adjustment_get_value (place) < 1);
}

/* The list is one stop for Tab, and Space plays where the focus is. */
static void
test_tab (Fixture *fixture, gconstpointer data)
{
  GtkWidget *sidebar = find (fixture->window, has_id, "sidebar");
  GtkWidget *list = find (fixture->window, has_id, "list");
  GtkWidget *search = find (fixture->window, has_id, "search"), *focus;

  for (guint i = 1; i <= 3; i++) {
    g_autofree char *title = g_strdup_printf ("Hall %u", i);

    announce (fixture, title, (guint16) (5002 + 2 * i), STATION);
  }
  WAIT_UNTIL (is_settled (fixture) && gtk_widget_get_height (row_of (fixture, "Hall 3")) > 0);
  gtk_widget_grab_focus (search);
  g_signal_emit_by_name (fixture->window, "move-focus", GTK_DIR_TAB_FORWARD);
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_true (focus == gtk_widget_get_parent (row_of (fixture, "Hall 1")));
  g_signal_emit_by_name (fixture->window, "move-focus", GTK_DIR_TAB_FORWARD);
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_false (focus != NULL && gtk_widget_is_ancestor (focus, sidebar));
  gtk_widget_grab_focus (gtk_widget_get_parent (row_of (fixture, "Hall 2")));
  g_signal_emit_by_name (fixture->window, "move-focus", GTK_DIR_TAB_BACKWARD);
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_true (gtk_widget_is_ancestor (focus, search));

  gtk_widget_grab_focus (gtk_widget_get_parent (row_of (fixture, "Hall 2")));
  press_key (list, GDK_KEY_space);
  assert_calls ("start Hall 2; ");
  press_key (list, GDK_KEY_space);
  assert_calls ("");
}

/* ---- changes of what plays ---- */

static gboolean
timeout_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_ms (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, timeout_cb, &over);
  WAIT_UNTIL (over);
}

static void
play_hall (Fixture *fixture)
{
  announce (fixture, HALL, 5004, STATION);
  choose (fixture, HALL);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  assert_calls ("start Hall 1; ");
}

static guint16
played_port (Fixture *fixture)
{
  const LecChannelInfo *info = lec_channel_get_info (lec_player_get_channel (fixture->player));
  const LecAlternative *alternative = g_ptr_array_index (info->alternatives, 0);
  const LecStream *stream = g_ptr_array_index (alternative->streams, 0);

  return ((const LecLeg *) g_ptr_array_index (stream->legs, 0))->port;
}

static void
test_goes_along (Fixture *fixture, gconstpointer data)
{
  const gint64 begun = g_get_monotonic_time ();

  play_hall (fixture);
  announce (fixture, HALL, 5014, STATION);
  WAIT_UNTIL (played_port (fixture) == 5014);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 2 * G_TIME_SPAN_SECOND);
  assert_calls ("start Hall 1; "); /* beside the version before, which is still seen */
  WAIT_UNTIL (find (fixture->window, shows_text,
                    "The station updated this channel; now playing the new version.")
              != NULL);
  g_assert_true (gtk_widget_has_css_class (row_of (fixture, HALL), "playing"));

  /* one that changes all the time is followed now and then */
  for (guint16 port = 5016; port < 5036; port += 2) {
    announce (fixture, HALL, port, STATION);
    wait_ms (20);
  }
  assert_calls ("");
  WAIT_UNTIL (played_port (fixture) == 5034);
  assert_calls ("free; start Hall 1; ");
}

static void
test_stays (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LecChannel) channel = channels_make (HALL, 5004);
  LecChannelInfo *info = lec_channel_info_copy (lec_channel_get_info (channel));
  g_autoptr (LecChannel) described = NULL, moved = channels_make (HALL, 5014);
  const char *key = HALL " " STATION;

  play_hall (fixture);

  /* somebody else says that it is elsewhere */
  announce (fixture, HALL, 5666, NEIGHBOUR);

  /* it is withdrawn, whatever else is said of it then */
  channels_advertise (fixture->list, key, channel, STATION, LEC_ADVERTISEMENT_WITHDRAWN);
  channels_advertise (fixture->list, key, moved, STATION, LEC_ADVERTISEMENT_WITHDRAWN);
  wait_ms (100);

  /* it is there again, with more words, but in the same place */
  info->description = g_strdup ("Now with a description");
  described = lec_channel_new (info, NULL);
  channels_advertise (fixture->list, key, described, STATION, LEC_ADVERTISEMENT_CURRENT);
  wait_ms (200);
  assert_calls ("");

  /* it goes altogether */
  channels_advertise (fixture->list, key, NULL, STATION, LEC_ADVERTISEMENT_CURRENT);
  wait_ms (200);
  assert_calls ("");
  g_assert_cmpint (lec_player_get_state (fixture->player), ==, LEC_PLAYER_PLAYING);
}

/* Whoever repeats an announcement word by word has not become its author. */
static void
test_impostor (Fixture *fixture, gconstpointer data)
{
  play_hall (fixture);
  announce (fixture, HALL, 5004, NEIGHBOUR);
  announce (fixture, HALL, 5666, NEIGHBOUR);
  wait_ms (200);
  assert_calls ("");
  g_assert_cmpuint (played_port (fixture), ==, 5004);
}

/* What was opened plays as it was opened, whoever announces the same, or something else. */
static void
test_file_then_announced (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) channels
      = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);

  g_ptr_array_add (channels, channels_make (HALL, 5004));
  play_opened (fixture, channels);
  announce (fixture, HALL, 5004, STATION);
  announce (fixture, HALL, 5004, NEIGHBOUR);
  announce (fixture, HALL, 5666, NEIGHBOUR);
  wait_ms (100);
  assert_calls ("");
  announce (fixture, HALL, 5014, STATION);
  wait_ms (100);
  assert_calls ("");
  g_assert_cmpuint (played_port (fixture), ==, 5004);
}

/* What is stopped is not begun by an announcement, but played as announced when it is played. */
static void
test_stopped_change (Fixture *fixture, gconstpointer data)
{
  play_hall (fixture);
  gtk_widget_activate_action (fixture->window, "win.play-stop", NULL);
  announce (fixture, HALL, 5014, STATION);
  wait_ms (100);
  assert_calls ("free; ");
  gtk_widget_activate_action (fixture->window, "win.play-stop", NULL);
  assert_calls ("start Hall 1; ");
  g_assert_cmpuint (played_port (fixture), ==, 5014);
}

/* ---- when it is there ---- */

static void
test_opens (Fixture *fixture, gconstpointer data)
{
  g_assert_false (adw_flap_get_reveal_flap (fixture->flap));
  announce (fixture, HALL, 5004, STATION);
  g_assert_true (adw_flap_get_reveal_flap (fixture->flap));

  /* beside what plays it stays, until somebody closes it for good */
  choose (fixture, HALL);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA | PIPELINE_DOUBLE_SOUND);
  g_assert_true (adw_flap_get_reveal_flap (fixture->flap));
  gtk_widget_activate_action (fixture->window, "win.channels", NULL);
  g_assert_false (adw_flap_get_reveal_flap (fixture->flap));
  announce (fixture, "Hall 2", 5006, STATION);
  gtk_widget_activate_action (fixture->window, "win.play-stop", NULL);
  g_assert_false (adw_flap_get_reveal_flap (fixture->flap));
}

static void
test_does_not_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) channels
      = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);

  g_ptr_array_add (channels, channels_make ("Opened", 5004));
  play_opened (fixture, channels);
  announce (fixture, HALL, 5004, STATION);
  g_assert_false (adw_flap_get_reveal_flap (fixture->flap)); /* something plays */
  gtk_widget_activate_action (fixture->window, "win.play-stop", NULL);
  g_assert_true (adw_flap_get_reveal_flap (fixture->flap));
}

static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  announce (fixture, HALL, 5004, STATION);
  WAIT_UNTIL (adw_flap_get_reveal_flap (fixture->flap));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 400, 500);
  WAIT_UNTIL (adw_flap_get_folded (fixture->flap));
  g_assert_false (adw_flap_get_reveal_flap (fixture->flap));

  /* over the page it is there until something is chosen */
  gtk_widget_activate_action (fixture->window, "win.channels", NULL);
  g_assert_true (adw_flap_get_reveal_flap (fixture->flap));
  choose (fixture, HALL);
  g_assert_false (adw_flap_get_reveal_flap (fixture->flap));

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 500);
  WAIT_UNTIL (!adw_flap_get_folded (fixture->flap));
  g_assert_true (adw_flap_get_reveal_flap (fixture->flap));
}

/* Who walks with the keys goes on from there; who has clicked wants the keys for the picture. */
static void
test_focus (Fixture *fixture, gconstpointer data)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);

  announce (fixture, HALL, 5004, STATION);
  announce (fixture, "Hall 2", 5006, STATION);
  gtk_widget_grab_focus (gtk_widget_get_parent (row_of (fixture, HALL)));
  gtk_window_set_focus_visible (window, TRUE);
  choose (fixture, HALL);
  g_assert_nonnull (gtk_window_get_focus (window));

  gtk_window_set_focus_visible (window, FALSE);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  g_assert_null (gtk_window_get_focus (window));

  /* closed, it keeps nothing */
  gtk_widget_activate_action (fixture->window, "win.find-channel", NULL);
  gtk_widget_activate_action (fixture->window, "win.channels", NULL);
  g_assert_null (gtk_window_get_focus (window));
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;

  g_setenv ("TZ", "UTC", TRUE);
  ui_test_init (&argc, &argv);
  gst_init (&argc, &argv);
  application
      = GTK_APPLICATION (adw_application_new ("org.lectern.Test", G_APPLICATION_NON_UNIQUE));
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/sidebar/order", test_order);
  ADD ("/sidebar/numbers", test_numbers);
  ADD ("/sidebar/names", test_names);
  ADD ("/sidebar/search", test_search);
  ADD ("/sidebar/find-channel", test_find_channel);
  ADD ("/sidebar/down", test_down);
  ADD ("/sidebar/nothing", test_nothing);
  ADD ("/sidebar/choose", test_choose);
  ADD ("/sidebar/opened", test_opened);
  ADD ("/sidebar/list-order", test_list_order);
  ADD ("/sidebar/reaching", test_reaching);
  ADD ("/sidebar/menu", test_menu);
  ADD ("/sidebar/search-enter", test_search_enter);
  ADD ("/sidebar/zap", test_zap);
  ADD ("/sidebar/zap-number", test_zap_number);
  ADD ("/sidebar/zap-later", test_zap_later);
  ADD ("/sidebar/sections", test_sections);
  ADD ("/sidebar/tab", test_tab);
  ADD ("/sidebar/goes-along", test_goes_along);
  ADD ("/sidebar/stays", test_stays);
  ADD ("/sidebar/impostor", test_impostor);
  ADD ("/sidebar/file-then-announced", test_file_then_announced);
  ADD ("/sidebar/stopped-change", test_stopped_change);
  ADD ("/sidebar/opens", test_opens);
  ADD ("/sidebar/does-not-open", test_does_not_open);
  ADD ("/sidebar/narrow", test_narrow);
  ADD ("/sidebar/focus", test_focus);
  ADD ("/sidebar/keeps-place", test_keeps_place);
  ADD ("/sidebar/search-from-begin", test_search_from_begin);
#undef ADD

  return g_test_run ();
}
