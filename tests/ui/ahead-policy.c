/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the window lets be joined ahead, and what it says of that. */
#include "ui/ahead-policy.h"

#include <adwaita.h>
#include <string.h>

#include "tests/ui/calls.h"
#include "tests/ui/channels.h"
#include "tests/ui/find.h"
#include "tests/ui/init.h"
#include "tests/ui/pipeline-double.h"
#include "tests/ui/wait.h"
#include "ui/channel-row.h"

typedef struct
{
  LecPlayer *player;
  GtkWidget *window, *sidebar;
  LecAheadPolicy *policy;
  GString *calls; /* so far */
} Fixture;

/* Four channels, of which the second plays. */
static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (LecChannelList) list = lec_channel_list_new ();
  g_autoptr (LecChannelItem) item = NULL;

  g_free (calls_take ());
  self->calls = g_string_new (NULL);
  self->player = lec_player_new (NULL);
  g_object_set (self->player, "link-speed", 1000, NULL);
  self->sidebar = g_object_new (LEC_TYPE_CHANNEL_SIDEBAR, "list", list, NULL);
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 400, 600);
  gtk_window_set_child (GTK_WINDOW (self->window), self->sidebar);
  self->policy = lec_ahead_policy_new (self->player, LEC_CHANNEL_SIDEBAR (self->sidebar));
  g_object_set (self->policy, "metered", FALSE, NULL);
  for (guint i = 0; i < 4; i++) {
    const char title[] = { (char) ('A' + i), '\0' };
    g_autoptr (LecChannel) channel = channels_make (title, (guint16) (5004 + 2 * i));

    channels_announce (list, title, channel, "192.0.2.1");
  }
  gtk_window_present (GTK_WINDOW (self->window));
  item = g_list_model_get_item (G_LIST_MODEL (list), 1);
  lec_player_play (self->player, lec_channel_item_get_channel (item));
  g_object_set (self->sidebar, "playing", item, NULL);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  WAIT_UNTIL (lec_player_get_state (self->player) == LEC_PLAYER_PLAYING);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_unref (self->policy);
  gtk_window_destroy (GTK_WINDOW (self->window));
  lec_player_stop (self->player);
  g_object_unref (self->player);
  g_string_free (self->calls, TRUE);
}

static gboolean
has_called (Fixture *self, const char *call)
{
  g_autofree char *calls = calls_take ();

  g_string_append (self->calls, calls);
  return strstr (self->calls->str, call) != NULL;
}

#define assert_cost(self, expected)                                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *cost_ = NULL;                                                                 \
                                                                                                   \
    g_object_get ((self)->policy, "cost", &cost_, NULL);                                           \
    g_assert_cmpstr (cost_, ==, (expected));                                                       \
  }                                                                                                \
  G_STMT_END

static guint
count_ahead (Fixture *self)
{
  return lec_player_get_ahead_cost (self->player).n_channels;
}

/* Both neighbours, until somebody does not want it. */
static void
test_neighbours (Fixture *self, gconstpointer data)
{
  WAIT_UNTIL (has_called (self, "join C; ") && has_called (self, "join A; "));
  g_assert_false (has_called (self, "join D; "));
  WAIT_UNTIL (count_ahead (self) == 2);
  assert_cost (self, "2 channels joined ahead, 2.0 Mbit/s");
  g_object_set (self->policy, "joins", FALSE, NULL);
  g_assert_true (has_called (self, "free; free; "));
  assert_cost (self, "Nothing is joined before you choose it");
  g_object_set (self->policy, "joins", TRUE, "metered", TRUE, NULL);
  assert_cost (self, "None now: this network is metered");
  g_assert_cmpuint (count_ahead (self), ==, 0);
}

static gboolean
is_row_of (GtkWidget *widget, const char *title)
{
  LecChannelItem *item
      = LEC_IS_CHANNEL_ROW (widget) ? lec_channel_row_get_item (LEC_CHANNEL_ROW (widget)) : NULL;

  return item != NULL && g_str_equal (lec_channel_item_get_title (item), title);
}

/* The row with the focus, too. */
static void
test_pointed (Fixture *self, gconstpointer data)
{
  WAIT_UNTIL (find (self->window, is_row_of, "D") != NULL);
  gtk_widget_grab_focus (gtk_widget_get_parent (find (self->window, is_row_of, "D")));
  WAIT_UNTIL (has_called (self, "join D; "));
  WAIT_UNTIL (count_ahead (self) == 3);
  lec_player_stop (self->player);
  g_assert_cmpuint (count_ahead (self), ==, 0);
}

/* What is joined is what plays then. */
static void
test_zap (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) likely
      = lec_channel_sidebar_list_likely (LEC_CHANNEL_SIDEBAR (self->sidebar));

  WAIT_UNTIL (has_called (self, "join C; "));
  lec_player_play (self->player, g_ptr_array_index (likely, 0));
  g_assert_true (has_called (self, "call-up C; "));
  g_assert_false (has_called (self, "start C; "));
}

static void
test_obstacles (Fixture *self, gconstpointer data)
{
  g_object_set (self->player, "link-speed", 0, NULL);
  WAIT_UNTIL (lec_player_get_ahead_cost (self->player).obstacle == LEC_AHEAD_SPEED_UNKNOWN);
  assert_cost (self, "None now: the speed of the network is not known");
  pipeline_double_get_report ()->network.wireless = TRUE;
  WAIT_UNTIL (lec_player_get_ahead_cost (self->player).obstacle == LEC_AHEAD_WIRELESS);
  assert_cost (self, "None now: what plays comes over Wi-Fi");
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  gst_init (&argc, &argv);
  adw_init ();
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/ahead-policy/neighbours", test_neighbours);
  ADD ("/ahead-policy/pointed", test_pointed);
  ADD ("/ahead-policy/zap", test_zap);
  ADD ("/ahead-policy/obstacles", test_obstacles);
  return g_test_run ();
}
