/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The picture of the channel that is pointed at, below the list. */
#include "ui/preview-card.h"

#include <adwaita.h>
#include <gst/app/gstappsink.h>

#include "tests/ui/calls.h"
#include "tests/ui/channels.h"
#include "tests/ui/find.h"
#include "tests/ui/init.h"
#include "tests/ui/pipeline-double.h"
#include "tests/ui/wait.h"
#include "ui/ahead-policy.h"
#include "ui/channel-row.h"
#include "ui/video-sink.h"

typedef struct
{
  LecPlayer *player;
  GtkWidget *window, *sidebar, *card;
  GdkPaintable *paintable;
  LecAheadPolicy *policy;
  GstSample *picture;
} Fixture;

static GstSample *
encode (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (
      "videotestsrc num-buffers=1 ! video/x-raw,width=640,height=360 ! jpegenc ! "
      "appsink name=sink sync=false",
      &error);
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  GstSample *sample;

  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  sample = gst_app_sink_pull_sample (GST_APP_SINK (sink));
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return sample;
}

/* Two channels, of which the first plays. */
static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (LecChannelList) list = lec_channel_list_new ();
  g_autoptr (LecChannelItem) item = NULL;
  GstElement *sink = lec_video_sink_new ();

  g_free (calls_take ());
  self->picture = encode ();
  self->player = lec_player_new (NULL);
  g_object_set (self->player, "link-speed", 1000, NULL);
  self->sidebar = g_object_new (LEC_TYPE_CHANNEL_SIDEBAR, "list", list, NULL);
  self->paintable = lec_video_sink_get_paintable (sink);
  self->card = lec_preview_card_new (self->player, LEC_CHANNEL_SIDEBAR (self->sidebar), sink);
  lec_channel_sidebar_append (LEC_CHANNEL_SIDEBAR (self->sidebar), self->card);
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 400, 600);
  gtk_window_set_child (GTK_WINDOW (self->window), self->sidebar);
  self->policy = lec_ahead_policy_new (self->player, LEC_CHANNEL_SIDEBAR (self->sidebar));
  for (guint i = 0; i < 2; i++) {
    const char title[] = { (char) ('A' + i), '\0' };
    g_autoptr (LecChannel) channel = channels_make (title, (guint16) (5004 + 2 * i));

    channels_announce (list, title, channel, "192.0.2.1");
  }
  gtk_window_present (GTK_WINDOW (self->window));
  item = g_list_model_get_item (G_LIST_MODEL (list), 0);
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
  gst_sample_unref (self->picture);
  pipeline_double_keep (NULL);
}

static gboolean
is_row_of (GtkWidget *widget, const char *title)
{
  LecChannelItem *item
      = LEC_IS_CHANNEL_ROW (widget) ? lec_channel_row_get_item (LEC_CHANNEL_ROW (widget)) : NULL;

  return item != NULL && g_str_equal (lec_channel_item_get_title (item), title);
}

static gboolean
is_revealed (Fixture *self)
{
  return gtk_revealer_get_reveal_child (GTK_REVEALER (gtk_widget_get_first_child (self->card)));
}

/* It comes with a picture of what is joined, and goes with what is pointed at. */
static void
test_pointed (Fixture *self, gconstpointer data)
{
  int width, before;

  gtk_widget_measure (self->sidebar, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &before, NULL, NULL);
  WAIT_UNTIL (find (self->window, is_row_of, "B") != NULL);
  gtk_widget_grab_focus (gtk_widget_get_parent (find (self->window, is_row_of, "B")));
  WAIT_UNTIL (lec_player_get_ahead_cost (self->player).n_channels == 1);
  g_assert_false (is_revealed (self));
  pipeline_double_keep (self->picture);
  WAIT_UNTIL (is_revealed (self) && gdk_paintable_get_intrinsic_height (self->paintable) > 0);
  g_assert_cmpint (gdk_paintable_get_intrinsic_height (self->paintable), <, 360);
  gtk_widget_measure (self->sidebar, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  g_assert_cmpint (width, ==, before);
  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
  WAIT_UNTIL (!is_revealed (self));
}

/* Nothing is shown of what is not joined any more. */
static void
test_left (Fixture *self, gconstpointer data)
{
  pipeline_double_keep (self->picture);
  WAIT_UNTIL (find (self->window, is_row_of, "B") != NULL);
  gtk_widget_grab_focus (gtk_widget_get_parent (find (self->window, is_row_of, "B")));
  WAIT_UNTIL (is_revealed (self));
  g_object_set (self->policy, "joins", FALSE, NULL);
  WAIT_UNTIL (!is_revealed (self));
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  gst_init (&argc, &argv);
  adw_init ();
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/preview-card/pointed", test_pointed);
  ADD ("/preview-card/left", test_left);
  return g_test_run ();
}
