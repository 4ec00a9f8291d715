/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One channel and its ways, with pipelines and openers that do what the test says. Time passes when
 * it says so. */
#include "play/tuner.h"

#include <time.h>

#include "tests/ui/calls.h"
#include "tests/ui/opener-double.h"
#include "tests/ui/pipeline-double.h"

#define PATIENCE 10000 /* turns of 1 ms: what is awaited comes sooner, or the test has failed */

static gint64 passed_us;

/* In place of GLib's. */
gint64
g_get_monotonic_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * G_TIME_SPAN_SECOND + now.tv_nsec / 1000 + passed_us;
}

typedef struct
{
  LecTuner *tuner;
  LecPipelineOptions options;
  GString *told;
  char *notice; /* (nullable) */
} Fixture;

/* ---- its owner ---- */

static void
state_cb (LecPlayerState state, LecError error, const char *message, gpointer data)
{
  static const char *const words[] = { "stopped ", "waiting ", "playing ", "silent ", "refused " };
  GString *told = ((Fixture *) data)->told;

  if (!g_str_has_suffix (told->str, words[state]))
    g_string_append (told, words[state]);
}

static void
refused_cb (gpointer data)
{
  g_string_append (((Fixture *) data)->told, "refused-all ");
}

static void
ended_cb (LecPlaylistEnd end, gpointer data)
{
  Fixture *self = data;

  g_string_append (self->told, end == LEC_PLAYLIST_PLAYED ? "ended " : "broken ");
  lec_tuner_stop (self->tuner);
}

static void
over_cb (gpointer data)
{
  g_string_append (((Fixture *) data)->told, "over ");
}

static void
outdated_cb (gpointer data)
{
  Fixture *self = data;

  g_string_append (self->told, "outdated ");
  lec_tuner_stop (self->tuner);
}

static void
way_cb (const LecAlternative *alternative, gpointer data)
{
}

static void
media_cb (const LecTunerMedia *media, gpointer data)
{
}

static void
behind_cb (double behind, gpointer data)
{
}

static void
notice_cb (const char *sentence, gpointer data)
{
  Fixture *self = data;

  g_free (self->notice);
  self->notice = g_strdup (sentence);
}

static void
text_cb (const char *text, gpointer data)
{
}

static void
cue_cb (const char *type, const char *parameter, gboolean is_due, gpointer data)
{
}

static const LecTunerCallbacks callbacks = {
  .state = state_cb,
  .refused = refused_cb,
  .ended = ended_cb,
  .over = over_cb,
  .outdated = outdated_cb,
  .way = way_cb,
  .entered = text_cb,
  .media = media_cb,
  .behind = behind_cb,
  .notice = notice_cb,
  .problem = text_cb,
  .caption = text_cb,
  .cue = cue_cb,
};

/* ---- what it plays ---- */

static void
add_way (LecChannelInfo *info, const char *group)
{
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);

  lec_stream_add_leg (stream, group, 5004);
  lec_stream_add_payload (stream, 26, "JPEG", 90000);
}

static LecChannel *
finish (LecChannelInfo *info)
{
  g_autoptr (GError) error = NULL;
  LecChannel *channel;

  info->title = g_strdup ("Hall");
  channel = lec_channel_new (info, &error);
  g_assert_no_error (error);
  return channel;
}

/* Of so many ways by multicast. */
static LecChannel *
new_channel (guint ways)
{
  LecChannelInfo *info = lec_channel_info_new ();

  for (guint i = 0; i < ways; i++) {
    g_autofree char *group = g_strdup_printf ("239.9.9.%u", i + 1);

    add_way (info, group);
  }
  return finish (info);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_free (calls_take ());
  self->options.latency_ms = -1;
  self->options.decode = TRUE;
  self->told = g_string_new (NULL);
  self->tuner = lec_tuner_new (&self->options, &callbacks, self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  lec_tuner_free (self->tuner);
  g_string_free (self->told, TRUE);
  g_free (self->notice);
  g_free (calls_take ());
}

static void
pass (double seconds)
{
  passed_us += (gint64) (seconds * G_TIME_SPAN_SECOND);
}

/* It has looked at what there is, at least twice. */
static void
let_look (Fixture *self)
{
  const gint64 end_us = g_get_monotonic_time () + 450 * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end_us) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (1000);
  }
}

static void
await_told (Fixture *self, const char *told)
{
  for (guint i = 0; strcmp (self->told->str, told) != 0; i++) {
    if (i == PATIENCE)
      g_error ("expected “%s”, not “%s”", told, self->told->str);
    g_main_context_iteration (NULL, FALSE);
    g_usleep (1000);
  }
}

static void
await_call (Fixture *self, const char *expected)
{
  g_autoptr (GString) calls = g_string_new (NULL);

  for (guint i = 0; strcmp (calls->str, expected) != 0; i++) {
    g_autofree char *more = calls_take ();

    g_string_append (calls, more);
    if (i == PATIENCE)
      g_error ("expected “%s”, not “%s”", expected, calls->str);
    g_main_context_iteration (NULL, FALSE);
    g_usleep (1000);
  }
}

static void
play (Fixture *self, LecChannel *channel)
{
  lec_tuner_leave (self->tuner);
  lec_tuner_play (self->tuner, channel, NULL, 0);
}

/* ---- the rows ---- */

/* What takes the place of what has fallen silent does not come either: what was silent stays, and
 * the other is tried again later. */
static void
test_failed_replacement (Fixture *self, gconstpointer data)
{
  g_autoptr (LecChannel) channel = new_channel (2);

  play (self, channel);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  await_told (self, "waiting playing ");
  pipeline_double_pass (4);
  await_call (self, "start Hall; start Hall #1; ");
  pass (4);
  await_call (self, "free; ");
  let_look (self);
  assert_calls (""); /* not at once */
  pass (6);
  await_call (self, "start Hall #1; ");
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  await_call (self, "free; ");
  await_told (self, "waiting playing silent playing ");
  g_assert_cmpstr (self->notice, ==,
                   "Multicast does not arrive here (239.9.9.1:5004): playing from "
                   "239.9.9.2:5004");
}

/* While it is recorded as well: what takes its place is from when it plays on. */
static void
test_recorded_replacement (Fixture *self, gconstpointer data)
{
  g_autoptr (LecChannel) channel = new_channel (2);

  play (self, channel);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  await_told (self, "waiting playing ");
  self->options.record = (char *) "x.mkv";
  lec_switcher_record (lec_tuner_get_switcher (self->tuner), "x.mkv", NULL);
  pipeline_double_pass (4);
  await_call (self, "start Hall; record Hall; start Hall #1; ");
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  await_call (self, "free; record Hall #1; ");
  await_told (self, "waiting playing silent playing ");
}

/* It plays again before the one in its place is seen: that is let go. */
static void
test_needless_replacement (Fixture *self, gconstpointer data)
{
  g_autoptr (LecChannel) channel = new_channel (2);
  LecReportDraft *report;

  play (self, channel);
  report = pipeline_double_get_report ();
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  await_told (self, "waiting playing ");
  pipeline_double_pass (4);
  await_call (self, "start Hall; start Hall #1; ");
  report->streams[0].stats.last_report_ns = report->now_ns; /* a sign of life, and no media */
  await_call (self, "free; ");
  let_look (self);
  assert_calls ("");
  g_assert_cmpstr (self->told->str, ==, "waiting playing silent ");
}

/* A station that shows that it is there is waited for, with other ways at hand or without. */
static void
test_attended (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *calls; /* after that of the first way */
    guint reported_s;  /* age of its newest report; 0: none */
    guint beacon_s;    /* likewise */
    LecMsbState msb;
    gboolean is_shown; /* it has played before */
  } rows[] = {
    { "free; start Hall #1; ", 0, 0, LEC_MSB_STATE_NONE, FALSE },
    { "", 1, 0, LEC_MSB_STATE_NONE, FALSE },
    { "free; start Hall #1; ", 16, 0, LEC_MSB_STATE_NONE, FALSE },
    { "", 0, 1, LEC_MSB_STATE_WAITING, FALSE },
    { "", 0, 29, LEC_MSB_STATE_WAITING, FALSE }, /* they may come each 10 s, and be lost */
    { "free; start Hall #1; ", 0, 0, LEC_MSB_STATE_JOINING, FALSE },
    { "free; start Hall #1; ", 0, 0, LEC_MSB_STATE_MISSING, FALSE },
    { "start Hall #1; ", 0, 0, LEC_MSB_STATE_PLAYING, TRUE },
    { "", 0, 1, LEC_MSB_STATE_PLAYING, TRUE },
    { "start Hall #1; ", 0, 45, LEC_MSB_STATE_PLAYING, TRUE }, /* they came with the media */
    { "", 0, 1, LEC_MSB_STATE_ENDED, TRUE },
    { "start Hall #1; ", 0, 0, LEC_MSB_STATE_ENDED, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LecChannel) channel = new_channel (2);
    g_autofree char *calls = NULL;
    LecReportDraft *report;

    play (self, channel);
    assert_calls ("start Hall; ");
    report = pipeline_double_get_report ();
    if (rows[i].is_shown)
      pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
    pipeline_double_pass (40);
    if (rows[i].reported_s > 0)
      report->streams[0].stats.last_report_ns
          = report->now_ns - rows[i].reported_s * G_GINT64_CONSTANT (1000000000);
    if (rows[i].beacon_s > 0)
      report->streams[0].stats.last_beacon_ns
          = report->now_ns - rows[i].beacon_s * G_GINT64_CONSTANT (1000000000);
    report->msb = rows[i].msb;
    pass (3);
    let_look (self);
    calls = calls_take ();
    if (strcmp (calls, rows[i].calls) != 0)
      g_error ("row %u: expected “%s”, not “%s”", i, rows[i].calls, calls);
    lec_tuner_stop (self->tuner);
    g_free (calls_take ());
  }
}

/* The station says goodbye, or a Windows Media station sends nothing for long: that is told once,
 * and again when it has played in between. */
static void
test_over (Fixture *self, gconstpointer data)
{
  g_autoptr (LecChannel) channel = new_channel (1);

  play (self, channel);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  await_told (self, "waiting playing ");
  pipeline_double_end ();
  let_look (self);
  g_assert_cmpstr (self->told->str, ==, "waiting playing "); /* anybody can say so */
  pipeline_double_pass (1);
  await_told (self, "waiting playing over silent ");
  let_look (self);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  await_told (self, "waiting playing over silent playing ");
  pipeline_double_pass (31);
  pipeline_double_get_report ()->msb = LEC_MSB_STATE_ENDED;
  await_told (self, "waiting playing over silent playing over silent ");
  let_look (self);
  g_assert_cmpstr (self->told->str, ==, "waiting playing over silent playing over silent ");
}

/* How long something live is played counts from its first picture on. */
static void
test_duration (Fixture *self, gconstpointer data)
{
  LecChannelInfo *outer = lec_channel_info_new ();
  LecAlternative *reference = lec_channel_info_add_alternative (outer, LEC_KIND_URI);
  g_autoptr (GPtrArray) inner = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);
  g_autoptr (LecChannel) channel = NULL;

  reference->uri = g_strdup ("http://192.0.2.1/x.sdp");
  reference->duration_us = 20 * G_TIME_SPAN_SECOND;
  channel = finish (outer);
  g_ptr_array_add (inner, new_channel (2));
  play (self, channel);
  assert_calls ("open http://192.0.2.1/x.sdp; ");
  opener_double_deliver (inner);
  pass (3);
  await_call (self, "start Hall; free; start Hall #1; ");
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  await_told (self, "waiting playing ");
  pass (18);
  let_look (self);
  g_assert_cmpstr (self->told->str, ==, "waiting playing ");
  pass (2);
  await_told (self, "waiting playing ended ");
}

/* The station sends what its file does not describe. */
static void
test_outdated (Fixture *self, gconstpointer data)
{
  g_autoptr (LecChannel) channel = new_channel (1);

  play (self, channel);
  pipeline_double_receive ();
  pipeline_double_get_report ()->msb = LEC_MSB_STATE_UNDESCRIBED;
  await_told (self, "waiting outdated ");
}

/* What plays in its place goes on, while the file of a station that is back with another format is
 * fetched again: once each time that it is tried. */
static void
test_outdated_trial (Fixture *self, gconstpointer data)
{
  g_autoptr (LecChannel) channel = new_channel (2);
  g_autoptr (GPtrArray) now = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);
  g_autoptr (GPtrArray) then = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);

  g_ptr_array_add (now, new_channel (2));
  g_ptr_array_add (then, new_channel (2));
  lec_tuner_leave (self->tuner);
  lec_tuner_play (self->tuner, channel, "http://192.0.2.1/x.nsc", 0);
  pass (4);
  await_call (self, "start Hall; free; start Hall #1; ");
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  await_told (self, "waiting playing ");
  for (guint trial = 0; trial < 2; trial++) {
    pass (trial == 0 ? 6 : 11);
    await_call (self, "start Hall; ");
    pipeline_double_receive ();
    pipeline_double_get_report ()->msb = LEC_MSB_STATE_UNDESCRIBED;
    await_call (self, "open http://192.0.2.1/x.nsc; ");
    let_look (self);
    assert_calls ("");
    opener_double_deliver (trial == 0 ? now : then);
    assert_calls ("free; start Hall; ");
    if (trial == 0) {
      pipeline_double_receive ();
      pipeline_double_get_report ()->msb = LEC_MSB_STATE_UNDESCRIBED;
      let_look (self);
      assert_calls (""); /* not again */
      pass (11);
      await_call (self, "free; ");
    }
  }
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  await_call (self, "free; ");
  let_look (self);
  g_assert_cmpstr (self->told->str, ==, "waiting playing ");
  g_assert_null (self->notice);
  g_assert_true (
      lec_tuner_get_playing (self->tuner)
      == g_ptr_array_index (lec_channel_get_info (g_ptr_array_index (then, 0))->alternatives, 0));
}

/* A file that another announcement has led to is fetched again itself; the other ways that there
 * are stay. What it says by now may be of no use. */
static void
test_outdated_nested (Fixture *self, gconstpointer data)
{
  LecChannelInfo *outer = lec_channel_info_new ();
  g_autoptr (GPtrArray) inner = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);
  g_autoptr (GPtrArray) now = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);
  g_autoptr (LecChannel) channel = NULL;

  lec_channel_info_add_alternative (outer, LEC_KIND_URI)->uri = g_strdup ("http://192.0.2.1/x.nsc");
  add_way (outer, "239.9.9.8");
  channel = finish (outer);
  g_ptr_array_add (inner, new_channel (1));
  g_ptr_array_add (now, new_channel (1));
  for (guint useful = 0; useful < 2; useful++) {
    lec_tuner_leave (self->tuner);
    lec_tuner_play (self->tuner, channel, "http://192.0.2.1/x.asx", 0);
    opener_double_deliver (inner);
    assert_calls ("open http://192.0.2.1/x.nsc; start Hall; ");
    pipeline_double_receive ();
    pipeline_double_get_report ()->msb = LEC_MSB_STATE_UNDESCRIBED;
    await_call (self, "open http://192.0.2.1/x.nsc; ");
    if (useful)
      opener_double_deliver (now);
    else
      opener_double_refuse (LEC_ERROR_UNREACHABLE, "Gone");
    let_look (self);
    assert_calls (useful ? "free; start Hall; " : "");
    if (!useful) {
      lec_tuner_stop (self->tuner);
      assert_calls ("free; ");
    }
  }
  pass (4);
  await_call (self, "free; start Hall #1; "); /* the other way is still there */
}

/* No way can be played. */
static void
test_refused (Fixture *self, gconstpointer data)
{
  g_autoptr (LecChannel) channel = new_channel (2);

  play (self, channel);
  pipeline_double_fail (LEC_ERROR_UNSUPPORTED, "Not this one");
  assert_calls ("start Hall; free; start Hall #1; ");
  pipeline_double_fail (LEC_ERROR_UNSUPPORTED, "Nor this one");
  assert_calls ("free; ");
  g_assert_cmpstr (self->told->str, ==, "waiting refused refused-all ");
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  ADD ("/tuner/failed-replacement", test_failed_replacement);
  ADD ("/tuner/recorded-replacement", test_recorded_replacement);
  ADD ("/tuner/needless-replacement", test_needless_replacement);
  ADD ("/tuner/attended", test_attended);
  ADD ("/tuner/over", test_over);
  ADD ("/tuner/duration", test_duration);
  ADD ("/tuner/outdated", test_outdated);
  ADD ("/tuner/outdated-trial", test_outdated_trial);
  ADD ("/tuner/outdated-nested", test_outdated_nested);
  ADD ("/tuner/refused", test_refused);
  return g_test_run ();
}
