/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is joined ahead, and what is left again: with pipelines that do what the test says. Time is
 * what it says, too. */
#include "play/ahead.h"

#include "tests/ui/calls.h"
#include "tests/ui/pipeline-double.h"

#define MBIT 1000000

typedef struct
{
  LecSwitcher *switcher;
  LecAhead *ahead;
  LecPipelineOptions options;
  LecChannel *playing;
  GPtrArray *channels;     /* of LecChannel: B, C, D, E, on groups */
  LecReportDraft *network; /* of what plays */
  gint64 now_us;
  guint changes;
} Fixture;

static void
nothing_cb (gpointer data)
{
}

static void
failed_cb (LecError error, const char *sentence, gpointer data)
{
  g_assert_not_reached ();
}

static void
text_cb (const char *text, gpointer data)
{
}

static const LecSwitcherCallbacks callbacks
    = { nothing_cb, nothing_cb, failed_cb, failed_cb, nothing_cb, text_cb, text_cb };

static void
changed_cb (gpointer data)
{
  ((Fixture *) data)->changes++;
}

static LecChannel *
new_channel (const char *title, const char *host)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);
  g_autoptr (GError) error = NULL;
  LecChannel *channel;

  info->title = g_strdup (title);
  lec_stream_add_leg (stream, host, 5004);
  lec_stream_add_payload (stream, 26, "JPEG", 90000);
  channel = lec_channel_new (info, &error);
  g_assert_no_error (error);
  return channel;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->options = (LecPipelineOptions){ .latency_ms = -1, .decode = TRUE };
  self->switcher = lec_switcher_new (&callbacks, NULL);
  self->ahead = lec_ahead_new (self->switcher, &self->options, changed_cb, self);
  self->playing = new_channel ("A", "239.9.9.1");
  self->channels = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);
  g_ptr_array_add (self->channels, new_channel ("B", "239.9.9.2"));
  g_ptr_array_add (self->channels, new_channel ("C", "239.9.9.3"));
  g_ptr_array_add (self->channels, new_channel ("D", "239.9.9.4"));
  g_ptr_array_add (self->channels, new_channel ("E", "239.9.9.5"));
  self->network = lec_report_draft_new (0);
  self->network->network.speed = 100;
  self->network->network.rate = 2 * MBIT;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autofree char *calls = NULL;

  lec_ahead_free (self->ahead);
  lec_switcher_free (self->switcher);
  lec_channel_unref (self->playing);
  g_ptr_array_unref (self->channels);
  lec_report_unref (lec_report_draft_finish (self->network));
  calls = calls_take ();
}

static void
want (Fixture *self)
{
  lec_ahead_want (self->ahead, self->channels);
  self->now_us = g_get_monotonic_time ();
}

/* @ms pass, and it is looked at again. */
static void
pass (Fixture *self, guint ms)
{
  g_autoptr (LecReport) report = lec_report_draft_finish (lec_report_draft_copy (self->network));

  self->now_us += (gint64) ms * 1000;
  lec_ahead_watch (self->ahead, self->playing, report, self->now_us);
}

static void
receive (guint64 rate)
{
  pipeline_double_receive ();
  pipeline_double_get_report ()->network.rate = rate;
}

/* ---- tests ---- */

/* One after the other, when the viewer has settled; of four only as many as may be. */
static void
test_joining (Fixture *self, gconstpointer data)
{
  want (self);
  pass (self, 200);
  assert_calls ("");
  pass (self, 200);
  assert_calls ("join B; ");
  receive (1 * MBIT);
  pass (self, 200);
  receive (1 * MBIT);
  pass (self, 200);
  assert_calls ("join C; join D; ");
  receive (1 * MBIT);
  pass (self, 200);
  pass (self, 200);
  assert_calls ("");
  g_assert_cmpuint (lec_ahead_get_cost (self->ahead).n_channels, ==, LEC_AHEAD_MOST);
  lec_ahead_leave (self->ahead);
  assert_calls ("free; free; free; ");
  g_assert_cmpuint (lec_ahead_get_cost (self->ahead).n_channels, ==, 0);
}

/* What it takes is measured, and told. */
static void
test_cost (Fixture *self, gconstpointer data)
{
  guint changes;

  g_ptr_array_set_size (self->channels, 1);
  want (self);
  pass (self, 400);
  receive (3 * MBIT);
  pass (self, 1200);
  g_assert_cmpuint (lec_ahead_get_cost (self->ahead).rate, ==, 3 * MBIT);
  changes = self->changes;
  receive (3 * MBIT + 1000);
  pass (self, 200);
  g_assert_cmpuint (self->changes, ==, changes);
  receive (4 * MBIT);
  pass (self, 200);
  g_assert_cmpuint (self->changes, ==, changes + 1);
}

/* What plays is none of the others. */
static void
test_playing (Fixture *self, gconstpointer data)
{
  g_ptr_array_set_size (self->channels, 0);
  g_ptr_array_add (self->channels, lec_channel_ref (self->playing));
  want (self);
  pass (self, 400);
  assert_calls ("");
}

/* A quarter of the link is not exceeded: not by what is supposed, nor by what comes. */
static void
test_budget (Fixture *self, gconstpointer data)
{
  self->network->network.speed = 20;
  want (self);
  pass (self, 400); /* B is supposed to take as much as what plays: 2 of 5 */
  receive (2 * MBIT);
  pass (self, 200);
  receive (2 * MBIT);
  pass (self, 200); /* D would be 6 */
  assert_calls ("join B; join C; ");
  pass (self, 1000);
  receive (4 * MBIT);
  pass (self, 200); /* C takes more than it was supposed to */
  assert_calls ("free; ");
  pass (self, 5000); /* B stays, and C is not tried again */
  assert_calls ("");
  g_assert_cmpuint (lec_ahead_get_cost (self->ahead).n_channels, ==, 1);
}

static void
test_obstacles (Fixture *self, gconstpointer data)
{
  g_ptr_array_set_size (self->channels, 1);
  want (self);
  self->network->network.speed = 0;
  pass (self, 400);
  assert_calls ("");
  g_assert_cmpint (lec_ahead_get_cost (self->ahead).obstacle, ==, LEC_AHEAD_SPEED_UNKNOWN);
  lec_ahead_set_speed (self->ahead, 100);
  pass (self, 200);
  assert_calls ("join B; ");
  self->network->network.wireless = TRUE;
  pass (self, 200);
  assert_calls ("free; ");
  g_assert_cmpint (lec_ahead_get_cost (self->ahead).obstacle, ==, LEC_AHEAD_WIRELESS);
}

/* What does not send is left, and not joined again while it is wanted. */
static void
test_silent (Fixture *self, gconstpointer data)
{
  g_ptr_array_set_size (self->channels, 1);
  want (self);
  pass (self, 400);
  pass (self, 2900);
  assert_calls ("join B; ");
  pass (self, 200);
  assert_calls ("free; ");
  pass (self, 60000);
  assert_calls ("");
}

static void
test_failing (Fixture *self, gconstpointer data)
{
  g_ptr_array_set_size (self->channels, 1);
  want (self);
  pass (self, 400);
  pipeline_double_fail (LEC_ERROR_UNREACHABLE, "x");
  assert_calls ("join B; free; ");
  pass (self, 60000);
  assert_calls ("");
}

/* The viewer goes on: what is wanted still stays, the rest is left; of nothing at once. */
static void
test_wanting (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  g_ptr_array_set_size (self->channels, 2);
  want (self);
  pass (self, 400);
  receive (1 * MBIT);
  pass (self, 200);
  receive (1 * MBIT);
  assert_calls ("join B; join C; ");
  g_ptr_array_remove_index (self->channels, 0);
  want (self);
  assert_calls ("");
  pass (self, 400);
  assert_calls ("free; ");
  lec_ahead_want (self->ahead, none);
  assert_calls ("free; ");
}

static void
test_taking (Fixture *self, gconstpointer data)
{
  LecChannel *channel = g_ptr_array_index (self->channels, 0);
  LecPipeline *pipeline;

  g_ptr_array_set_size (self->channels, 1);
  want (self);
  g_assert_null (lec_ahead_take (self->ahead, channel, 0));
  pass (self, 400);
  receive (1 * MBIT);
  g_assert_null (lec_ahead_take (self->ahead, self->playing, 0));
  g_assert_null (lec_ahead_take (self->ahead, channel, 1));
  self->options.latency_ms = 200; /* it was joined for another */
  g_assert_null (lec_ahead_take (self->ahead, channel, 0));
  self->options.latency_ms = -1;
  self->options.record = (char *) "x.mkv"; /* it would not be in there */
  g_assert_null (lec_ahead_take (self->ahead, channel, 0));
  self->options.record = NULL;
  pipeline = lec_ahead_take (self->ahead, channel, 0);
  g_assert_nonnull (pipeline);
  assert_calls ("join B; subtitles 0; ");
  g_assert_cmpuint (lec_ahead_get_cost (self->ahead).n_channels, ==, 0);
  lec_switcher_prepare_joined (self->switcher, pipeline, &self->options);
  assert_calls ("call-up B; ");
  g_assert_true (lec_switcher_get_on_air (self->switcher) == pipeline);
}

/* Only what nobody is asked to send. */
static void
test_ways (Fixture *self, gconstpointer data)
{
  LecChannelInfo *info = lec_channel_info_new ();

  g_ptr_array_set_size (self->channels, 0);
  g_ptr_array_add (self->channels, new_channel ("unicast", "192.0.2.1"));
  info->title = g_strdup ("page");
  lec_channel_info_add_alternative (info, LEC_KIND_URI)->uri = g_strdup ("http://192.0.2.1/x.sdp");
  g_ptr_array_add (self->channels, lec_channel_new (info, NULL));
  info = lec_channel_info_copy (lec_channel_get_info (self->playing));
  lec_alternative_set_rtsp (g_ptr_array_index (info->alternatives, 0), "rtsp://192.0.2.1/x",
                            "rtsp://192.0.2.1/x", NULL);
  g_ptr_array_add (self->channels, lec_channel_new (info, NULL));
  want (self);
  pass (self, 400);
  pass (self, 400);
  assert_calls ("");
}

/* What is written is of what plays alone. */
static void
test_recording (Fixture *self, gconstpointer data)
{
  g_ptr_array_set_size (self->channels, 1);
  self->options.record = (char *) "x.mkv";
  self->options.capture = (char *) "x.pcap";
  want (self);
  pass (self, 400);
  assert_calls ("join B; ");
  g_assert_false (pipeline_double_is_told_to_write ());
  self->options.record = self->options.capture = NULL;
}

/* Whatever else there is; and once something is played, or nobody has come for it, it is over. */
static void
test_soon (Fixture *self, gconstpointer data)
{
  g_autoptr (LecChannel) again = new_channel ("B", "239.9.9.2");
  LecPipeline *pipeline;

  lec_ahead_join_soon (self->ahead, g_ptr_array_index (self->channels, 0));
  assert_calls ("join B; ");
  lec_ahead_leave (self->ahead); /* nothing plays yet */
  assert_calls ("");
  g_ptr_array_set_size (self->channels, 0);
  want (self);
  assert_calls ("");
  pipeline = lec_ahead_take (self->ahead, again, 0);
  g_assert_nonnull (pipeline);
  g_assert_null (lec_ahead_take (self->ahead, again, 0));
  lec_switcher_prepare_joined (self->switcher, pipeline, &self->options);
  assert_calls ("subtitles 0; call-up B; ");
}

static void
test_soon_another (Fixture *self, gconstpointer data)
{
  lec_ahead_join_soon (self->ahead, g_ptr_array_index (self->channels, 0));
  g_assert_null (lec_ahead_take (self->ahead, g_ptr_array_index (self->channels, 1), 0));
  assert_calls ("join B; free; ");
  lec_ahead_join_soon (self->ahead, g_ptr_array_index (self->channels, 0));
  self->options.latency_ms = 200; /* it was joined for another */
  g_assert_null (lec_ahead_take (self->ahead, g_ptr_array_index (self->channels, 0), 0));
  assert_calls ("join B; free; ");
  g_ptr_array_add (self->channels, new_channel ("unicast", "192.0.2.1"));
  lec_ahead_join_soon (self->ahead, g_ptr_array_index (self->channels, 4));
  assert_calls ("");
}

#define ADD(name, function) g_test_add ("/ahead/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD ("joining", test_joining);
  ADD ("cost", test_cost);
  ADD ("playing", test_playing);
  ADD ("budget", test_budget);
  ADD ("obstacles", test_obstacles);
  ADD ("silent", test_silent);
  ADD ("failing", test_failing);
  ADD ("wanting", test_wanting);
  ADD ("taking", test_taking);
  ADD ("ways", test_ways);
  ADD ("recording", test_recording);
  ADD ("soon", test_soon);
  ADD ("soon-another", test_soon_another);
  return g_test_run ();
}
