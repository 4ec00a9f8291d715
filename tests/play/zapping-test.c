/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From channel to channel, with four stations in a network namespace: what is joined, what is
 * decoded, and what is left behind. */
#include <gst/gst.h>
#include <string.h>

#include "element/plugin.h"
#include "play/player.h"

#define PATIENCE 30 /* [s] what is awaited comes sooner, or the test has failed */
#define N_CHANNELS 4
#define GROUP_SECOND 5 /* pictures from one key frame to the next: a fifth of a second */

typedef struct
{
  LecPlayer *player;
  GstElement *stations[N_CHANNELS];
  LecChannel *channels[N_CHANNELS];
  int pictures; /* atomic: that any sink has shown */
} Fixture;

static GstElement *
begin_station (guint index)
{
  g_autofree char *description = g_strdup_printf (
      "videotestsrc is-live=true ! video/x-raw,format=I420,width=64,height=64,framerate=25/1 ! "
      "x264enc tune=zerolatency speed-preset=ultrafast key-int-max=%d ! "
      "rtph264pay config-interval=-1 ! udpsink host=239.9.9.%u port=5004 multicast-iface=lo "
      "auto-multicast=false async=false",
      GROUP_SECOND, 11 + index);
  g_autoptr (GError) error = NULL;
  GstElement *station = gst_parse_launch (description, &error);

  g_assert_no_error (error);
  gst_element_set_state (station, GST_STATE_PLAYING);
  return gst_object_ref_sink (station);
}

static LecChannel *
new_channel (guint index)
{
  g_autofree char *group = g_strdup_printf ("239.9.9.%u", 11 + index);
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);
  g_autoptr (GError) error = NULL;
  LecChannel *channel;

  lec_stream_add_leg (stream, group, 5004);
  lec_stream_add_payload (stream, 96, "H264", 90000);
  channel = lec_channel_new (info, &error);
  g_assert_no_error (error);
  return channel;
}

static void
handoff_cb (GstElement *sink, GstBuffer *buffer, GstPad *pad, int *count)
{
  g_atomic_int_inc (count);
}

static GstElement *
new_sink (Fixture *self)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);

  g_object_set (sink, "sync", TRUE, "signal-handoffs", TRUE, NULL);
  g_signal_connect (sink, "handoff", G_CALLBACK (handoff_cb), &self->pictures);
  return sink;
}

static gboolean
give_up_cb (gpointer data)
{
  g_error ("in vain: %s", (const char *) data);
  return G_SOURCE_REMOVE;
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

#define AWAIT(condition)                                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    const guint limit_ = g_timeout_add_seconds (PATIENCE, give_up_cb, (gpointer) #condition);      \
    const guint tick_ = g_timeout_add (5, wake_cb, NULL);                                          \
                                                                                                   \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (tick_);                                                                       \
    g_source_remove (limit_);                                                                      \
  }                                                                                                \
  G_STMT_END

/* Lets time go by in which something would happen that must not. */
static void
let_pass (guint ms)
{
  const gint64 end_us = g_get_monotonic_time () + (gint64) ms * 1000;

  AWAIT (g_get_monotonic_time () >= end_us);
}

/* Returns: how many of the channels are joined in this network, by whomever */
static guint
count_joined (void)
{
  g_autofree char *text = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents ("/proc/net/igmp", &text, NULL, NULL));
  for (guint i = 0; i < N_CHANNELS; i++) {
    g_autofree char *hex = g_strdup_printf ("%02X0909EF", 11 + i);

    n += strstr (text, hex) != NULL;
  }
  return n;
}

static guint64
count_decoded (Fixture *self)
{
  return lec_player_get_decoded (self->player, LEC_MEDIA_VIDEO);
}

static gboolean
plays (Fixture *self, guint index)
{
  return lec_player_get_state (self->player) == LEC_PLAYER_PLAYING
         && lec_player_get_channel (self->player) == self->channels[index];
}

static guint
count_ahead (Fixture *self)
{
  return lec_player_get_ahead_cost (self->player).n_channels;
}

/* The two beside @index. */
static void
want_beside (Fixture *self, guint index)
{
  g_autoptr (GPtrArray) channels = g_ptr_array_new ();

  g_ptr_array_add (channels, self->channels[(index + 1) % N_CHANNELS]);
  g_ptr_array_add (channels, self->channels[(index + N_CHANNELS - 1) % N_CHANNELS]);
  lec_player_want_ahead (self->player, channels);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < N_CHANNELS; i++) {
    self->stations[i] = begin_station (i);
    self->channels[i] = new_channel (i);
  }
  self->player = lec_player_new (new_sink (self));
  lec_player_set_spare_sinks (self->player, new_sink (self), NULL);
  g_object_set (self->player, "link-speed", 1000, NULL);
  lec_player_play (self->player, self->channels[0]);
  AWAIT (plays (self, 0));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  lec_player_stop (self->player);
  g_assert_cmpuint (count_joined (), ==, 0);
  g_assert_finalize_object (self->player);
  for (guint i = 0; i < N_CHANNELS; i++) {
    gst_element_set_state (self->stations[i], GST_STATE_NULL);
    gst_object_unref (self->stations[i]);
    lec_channel_unref (self->channels[i]);
  }
}

/* ---- tests ---- */

/* Never more than are told, and none that nobody wants. */
static void
test_joins (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  want_beside (self, 0);
  AWAIT (count_ahead (self) == 2);
  g_assert_cmpuint (count_joined (), ==, 3);
  for (guint i = 1; i < 6; i++) {
    const guint index = i % N_CHANNELS;

    lec_player_play (self->player, self->channels[index]);
    AWAIT (plays (self, index));
    want_beside (self, index);
    g_assert_cmpuint (count_joined (), <=, 3);
    AWAIT (count_ahead (self) == 2 && count_joined () == 3);
  }
  lec_player_want_ahead (self->player, none);
  g_assert_cmpuint (count_joined (), ==, 1);
}

/* What has been kept is shown, though nothing more comes of it. */
static void
test_kept (Fixture *self, gconstpointer data)
{
  int before;

  want_beside (self, 0);
  AWAIT (count_ahead (self) == 2);
  let_pass (1000); /* there are key frames by then */
  gst_element_set_state (self->stations[1], GST_STATE_PAUSED);
  let_pass (300);
  before = g_atomic_int_get (&self->pictures);
  lec_player_play (self->player, self->channels[1]);
  AWAIT (plays (self, 1));
  AWAIT (g_atomic_int_get (&self->pictures) > before);
  g_assert_cmpuint (count_decoded (self), >, 0);
}

/* Faster than anything can be shown: the last one plays. */
static void
test_rapid (Fixture *self, gconstpointer data)
{
  want_beside (self, 0);
  AWAIT (count_ahead (self) == 2);
  for (guint i = 1; i <= 11; i++) {
    lec_player_play (self->player, self->channels[i % N_CHANNELS]);
    let_pass (50);
    g_assert_cmpuint (count_joined (), <=, N_CHANNELS);
  }
  AWAIT (plays (self, 11 % N_CHANNELS));
  g_assert_null (lec_player_get_notice (self->player));
}

/* Pictures that nobody sees are not decoded, and the newest is there as soon as somebody looks. */
static void
test_hidden (Fixture *self, gconstpointer data)
{
  g_autoptr (LecReport) report = NULL;
  guint64 before, after;

  AWAIT (count_decoded (self) > 2 * GROUP_SECOND);
  g_object_set (self->player, "hidden", TRUE, NULL);
  do {
    before = count_decoded (self);
    let_pass (500);
  } while (count_decoded (self) > before);
  report = lec_player_dup_report (self->player);
  g_assert_cmpuint (report->n_tracks, ==, 1);
  g_assert_cmpint (report->tracks[0].state, ==, LEC_TRACK_PLAYING);
  g_assert_cmpint (report->tracks[0].still_ns, <, 400 * GST_MSECOND);
  g_assert_cmpint (report->tracks[0].rebuilds, ==, 0);
  gst_element_set_state (self->stations[0], GST_STATE_PAUSED);
  let_pass (300);
  g_object_set (self->player, "hidden", FALSE, NULL);
  AWAIT (count_decoded (self) > before);
  after = count_decoded (self);
  gst_element_set_state (self->stations[0], GST_STATE_PLAYING);
  AWAIT (count_decoded (self) > after + GROUP_SECOND);
  g_assert_cmpint (lec_player_get_state (self->player), ==, LEC_PLAYER_PLAYING);
}

/* A channel that begins while nobody looks has its first picture. */
static void
test_begins_hidden (Fixture *self, gconstpointer data)
{
  g_object_set (self->player, "hidden", TRUE, NULL);
  lec_player_play (self->player, self->channels[1]);
  AWAIT (plays (self, 1));
  g_assert_cmpuint (count_decoded (self), >, 0);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/zapping/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_assert_true (lec_element_register (NULL));
  ADD ("joins", test_joins);
  ADD ("kept", test_kept);
  ADD ("rapid", test_rapid);
  ADD ("hidden", test_hidden);
  ADD ("begins-hidden", test_begins_hidden);
  return g_test_run ();
}
