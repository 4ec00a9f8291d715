/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/sound-clock.h"

#include <gst/audio/gstaudiobasesink.h>

/* A sink for sound with no card behind it. */
typedef GstAudioBaseSink TestSink;
typedef GstAudioBaseSinkClass TestSinkClass;
static GType test_sink_get_type (void);
G_DEFINE_TYPE (TestSink, test_sink, GST_TYPE_AUDIO_BASE_SINK)

static void
test_sink_class_init (TestSinkClass *klass)
{
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple ("audio/x-raw");

  gst_element_class_add_pad_template (
      GST_ELEMENT_CLASS (klass), gst_pad_template_new ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, caps));
}

static void
test_sink_init (TestSink *self)
{
}

static GstPadProbeReturn
drop_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  return GST_PAD_PROBE_DROP;
}

/* Sound until @seconds after its beginning; the sink itself, which has no card, does not get it. */
static void
play_until (GstElement *sink, guint seconds)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (sink, "sink");
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, drop_cb, NULL, NULL);
  gst_pad_set_active (pad, TRUE);
  gst_pad_send_event (pad, gst_event_new_stream_start ("x"));
  gst_pad_send_event (pad, gst_event_new_segment (&segment));
  for (guint i = 0; i <= seconds; i++) {
    GstBuffer *buffer = gst_buffer_new ();

    GST_BUFFER_PTS (buffer) = (1000 + i) * GST_SECOND;
    gst_pad_chain (pad, buffer);
  }
  gst_pad_set_active (pad, FALSE);
}

static gboolean
resamples (GstElement *sink)
{
  GstAudioBaseSinkSlaveMethod method;

  g_object_get (sink, "slave-method", &method, NULL);
  return method == GST_AUDIO_BASE_SINK_SLAVE_RESAMPLE;
}

static GstElement *
new_sink (void)
{
  GstElement *sink = gst_object_ref_sink (g_object_new (test_sink_get_type (), NULL));

  lec_sound_clock_attach (sink);
  return sink;
}

/* By a clock that follows somebody the sink changes over, and not before it has settled. */
static void
test_changes_over (void)
{
  g_autoptr (GstElement) sink = new_sink ();
  g_autoptr (GstClock) clock
      = gst_object_ref_sink (g_object_new (GST_TYPE_SYSTEM_CLOCK, "name", "other", NULL));
  g_autoptr (GstClock) master = NULL;

  gst_element_set_clock (sink, clock);
  play_until (sink, 11);
  g_assert_false (resamples (sink));
  play_until (sink, 12);
  g_assert_true (resamples (sink));
  master = gst_clock_get_master (GST_AUDIO_BASE_SINK (sink)->provided_clock);
  g_assert_true (master == clock);
  gst_clock_set_master (GST_AUDIO_BASE_SINK (sink)->provided_clock, NULL);
}

static void
test_left_alone (void)
{
  for (guint i = 0; i < 3; i++) {
    g_autoptr (GstElement) sink = new_sink ();
    g_autoptr (GstClock) computer = gst_system_clock_obtain ();
    GstClock *clocks[] = { computer, GST_AUDIO_BASE_SINK (sink)->provided_clock, NULL };

    gst_element_set_clock (sink, clocks[i]);
    play_until (sink, 100);
    g_assert_false (resamples (sink));
    gst_element_set_clock (sink, NULL);
  }
}

/* The picture waits for what is ahead of the card. */
static void
test_near (void)
{
  g_autoptr (GstElement) sink = new_sink ();
  gint64 ahead_us;
  guint64 deadline;

  g_object_get (sink, "buffer-time", &ahead_us, "processing-deadline", &deadline, NULL);
  g_assert_cmpint (ahead_us, <=, 100000);
  g_assert_cmpuint (deadline, ==, 0);
}

/* Whatever else is a sink. */
static void
test_no_sound (void)
{
  g_autoptr (GstElement) sink = gst_object_ref_sink (gst_element_factory_make ("fakesink", NULL));

  lec_sound_clock_attach (sink);
  play_until (sink, 20);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/sound-clock/changes-over", test_changes_over);
  g_test_add_func ("/sound-clock/left-alone", test_left_alone);
  g_test_add_func ("/sound-clock/near", test_near);
  g_test_add_func ("/sound-clock/no-sound", test_no_sound);
  return g_test_run ();
}
