/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* With a clock that the test moves, and one row with a clock that runs. */
#include "play/cue-schedule.h"

#include <gst/check/gsttestclock.h>

#define LATENCY_MS 200

typedef struct
{
  GstElement *pipeline;
  GstClock *clock;
  LecCueSchedule *schedule;
  GString *told; /* "+" ahead, "!" due, and the parameter of each */
} Fixture;

static void
cue_cb (const char *type, const char *parameter, gboolean is_due, gpointer data)
{
  Fixture *fixture = data;

  g_assert_cmpstr (type, ==, "URL");
  g_string_append_printf (fixture->told, "%c%s ", is_due ? '!' : '+', parameter);
}

static void
set_up (Fixture *fixture, gconstpointer is_running)
{
  fixture->pipeline = gst_parse_launch ("appsrc is-live=true format=time min-latency=200000000 ! "
                                        "fakesink sync=true async=false processing-deadline=0",
                                        NULL);
  fixture->clock
      = GPOINTER_TO_INT (is_running) ? gst_system_clock_obtain () : gst_test_clock_new ();
  gst_pipeline_use_clock (GST_PIPELINE (fixture->pipeline), fixture->clock);
  gst_element_set_state (fixture->pipeline, GST_STATE_PLAYING);
  fixture->told = g_string_new (NULL);
  fixture->schedule = lec_cue_schedule_new (fixture->pipeline, cue_cb, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer is_running)
{
  g_clear_pointer (&fixture->schedule, lec_cue_schedule_free);
  gst_element_set_state (fixture->pipeline, GST_STATE_NULL);
  gst_object_unref (fixture->pipeline);
  gst_object_unref (fixture->clock);
  g_string_free (fixture->told, TRUE);
}

static gboolean
take (Fixture *fixture, const char *type, guint64 ms, gboolean ahead, const char *parameter)
{
  g_autoptr (GstMessage) message = gst_message_new_element (
      GST_OBJECT (fixture->pipeline),
      gst_structure_new ("lectern-cue", "type", G_TYPE_STRING, type, "parameter", G_TYPE_STRING,
                         parameter, "running-time", G_TYPE_UINT64, ms * GST_MSECOND, "ahead",
                         G_TYPE_BOOLEAN, ahead, NULL));

  return lec_cue_schedule_take (fixture->schedule, message);
}

static gboolean
cut (Fixture *fixture, guint64 ms)
{
  g_autoptr (GstMessage) message = gst_message_new_element (
      GST_OBJECT (fixture->pipeline),
      gst_structure_new ("lectern-cue-cut", "running-time", G_TYPE_UINT64, ms * GST_MSECOND, NULL));

  return lec_cue_schedule_take (fixture->schedule, message);
}

/* Time passes; what was told since then is looked at and forgotten. */
static void
check_at (Fixture *fixture, guint64 ms, const char *told)
{
  gst_test_clock_set_time (GST_TEST_CLOCK (fixture->clock), ms * GST_MSECOND);
  g_assert_true (cut (fixture, G_MAXUINT32));
  g_assert_cmpstr (fixture->told->str, ==, told);
  g_string_truncate (fixture->told, 0);
}

/* With the picture, which is as late as the pipeline is slow. */
static void
test_due (Fixture *fixture, gconstpointer data)
{
  g_assert_true (take (fixture, "URL", 1000, FALSE, "a"));
  g_assert_true (take (fixture, "URL", 500, FALSE, "b"));
  check_at (fixture, 0, "");
  check_at (fixture, 500 + LATENCY_MS - 1, "");
  check_at (fixture, 500 + LATENCY_MS, "!b ");
  check_at (fixture, 1000 + LATENCY_MS - 1, "");
  check_at (fixture, 1000 + LATENCY_MS, "!a ");
}

/* What is known ahead is told one at a time, and once. */
static void
test_ahead (Fixture *fixture, gconstpointer data)
{
  g_assert_true (take (fixture, "URL", 1000, TRUE, "a"));
  g_assert_true (take (fixture, "URL", 2000, TRUE, "b"));
  g_assert_true (take (fixture, "URL", 1500, FALSE, "c"));
  check_at (fixture, 0, "+a ");
  check_at (fixture, 1000, "");
  check_at (fixture, 1000 + LATENCY_MS, "!a +b ");
  check_at (fixture, 2000 + LATENCY_MS, "!c !b ");
}

/* What an old stream had ahead does not come; what was on its way does. */
static void
test_cut (Fixture *fixture, gconstpointer data)
{
  g_assert_true (take (fixture, "URL", 1000, FALSE, "a"));
  g_assert_true (take (fixture, "URL", 5000, TRUE, "b"));
  check_at (fixture, 0, "+b ");
  g_assert_true (cut (fixture, 900));
  check_at (fixture, 10000, "!a ");
}

/* What comes too late is told at once. */
static void
test_late (Fixture *fixture, gconstpointer data)
{
  check_at (fixture, 5000, "");
  g_assert_true (take (fixture, "URL", 1000, TRUE, "a"));
  check_at (fixture, 5000, "!a ");
}

static void
test_others (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GstMessage) latency = gst_message_new_latency (GST_OBJECT (fixture->pipeline));
  g_autoptr (GstMessage) other = gst_message_new_element (
      GST_OBJECT (fixture->pipeline), gst_structure_new_empty ("lectern-other"));
  g_autoptr (GstMessage) timeless = gst_message_new_element (
      GST_OBJECT (fixture->pipeline), gst_structure_new_empty ("lectern-cue"));

  g_assert_false (lec_cue_schedule_take (fixture->schedule, latency));
  g_assert_false (lec_cue_schedule_take (fixture->schedule, other));
  g_assert_true (lec_cue_schedule_take (fixture->schedule, timeless));
  check_at (fixture, 10000, "");
}

static void
end_cb (const char *type, const char *parameter, gboolean is_due, gpointer data)
{
  Fixture *fixture = data;

  g_string_append (fixture->told, parameter);
  g_clear_pointer (&fixture->schedule, lec_cue_schedule_free);
}

/* Who is told may end it. */
static void
test_end (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 2; i++) {
    lec_cue_schedule_free (fixture->schedule);
    fixture->schedule = lec_cue_schedule_new (fixture->pipeline, end_cb, fixture);
    gst_test_clock_set_time (GST_TEST_CLOCK (fixture->clock), i * GST_SECOND);
    g_assert_true (take (fixture, "URL", 700, TRUE, i == 0 ? "a" : "b"));
    g_assert_null (fixture->schedule);
  }
  g_assert_cmpstr (fixture->told->str, ==, "ab");
}

/* By a clock that runs: not before its time, and without anybody asking. */
static void
test_timer (Fixture *fixture, gconstpointer data)
{
  const guint64 due_ms = 300;

  g_assert_true (take (fixture, "URL", due_ms, FALSE, "a"));
  while (fixture->told->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (gst_element_get_current_running_time (fixture->pipeline), >=,
                    (due_ms + LATENCY_MS) * GST_MSECOND);
  g_assert_cmpstr (fixture->told->str, ==, "!a ");
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
#define ADD(path, clock, function)                                                                 \
  g_test_add (path, Fixture, GINT_TO_POINTER (clock), set_up, function, tear_down)
  ADD ("/cue-schedule/due", FALSE, test_due);
  ADD ("/cue-schedule/ahead", FALSE, test_ahead);
  ADD ("/cue-schedule/cut", FALSE, test_cut);
  ADD ("/cue-schedule/late", FALSE, test_late);
  ADD ("/cue-schedule/others", FALSE, test_others);
  ADD ("/cue-schedule/end", FALSE, test_end);
  ADD ("/cue-schedule/timer", TRUE, test_timer);
  return g_test_run ();
}
