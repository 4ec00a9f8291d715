/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/sound-fade.h"

#include <gst/audio/audio.h>
#include <gst/check/gstharness.h>
#include <math.h>

#define RATE 48000
#define PITCH 220 /* [Hz] */
#define LOUD 0.5
#define UNIT 480 /* frames */
/* From one sample to the next: what the tone does, and what the fade adds to it. */
#define STEEPEST (1.3 * LOUD * 2 * G_PI * PITCH / RATE)

typedef struct
{
  const char *format;
  guint channels;
  gboolean fades;
} Row;

static const Row rows[] = {
  { "F32LE", 1, TRUE }, { "F32LE", 2, TRUE },  { "S16LE", 2, TRUE },
  { "S32LE", 1, TRUE }, { "F64LE", 1, FALSE }, { "U8", 2, FALSE },
};

typedef struct
{
  GstHarness *harness;
  GstAudioInfo info;
  LecSoundFade *fade;
  GstAudioConverter *in, *out; /* between the format and floats of 64 bits, one channel */
  guint units;
} Fixture;

static void
set_up (Fixture *self, const Row *row)
{
  g_autoptr (GstPad) pad = NULL;
  g_autoptr (GstCaps) caps = NULL;
  GstAudioInfo numbers;

  self->harness = gst_harness_new ("identity");
  pad = gst_element_get_static_pad (self->harness->element, "src");
  self->fade = lec_sound_fade_attach (pad);
  gst_audio_info_set_format (&self->info, gst_audio_format_from_string (row->format), RATE,
                             (int) row->channels, NULL);
  gst_audio_info_set_format (&numbers, GST_AUDIO_FORMAT_F64, RATE, (int) row->channels, NULL);
  self->in = gst_audio_converter_new (0, &numbers, &self->info, NULL);
  self->out = gst_audio_converter_new (0, &self->info, &numbers, NULL);
  caps = gst_audio_info_to_caps (&self->info);
  gst_harness_set_src_caps (self->harness, g_steal_pointer (&caps));
  self->units = 0;
}

static void
tear_down (Fixture *self)
{
  gst_audio_converter_free (self->in);
  gst_audio_converter_free (self->out);
  gst_harness_teardown (self->harness);
}

/* What comes out for the next piece of the tone: the samples of the first channel. */
static void
play (Fixture *self, double samples[UNIT])
{
  const guint channels = (guint) GST_AUDIO_INFO_CHANNELS (&self->info);
  g_autofree double *tone = g_new (double, UNIT *channels);
  g_autofree double *heard = g_new (double, UNIT *channels);
  GstBuffer *buffer
      = gst_buffer_new_allocate (NULL, UNIT * (gsize) GST_AUDIO_INFO_BPF (&self->info), NULL);
  gpointer from = tone, to = heard;
  GstMapInfo map;

  for (guint i = 0; i < UNIT * channels; i++)
    tone[i] = LOUD * sin (2 * G_PI * PITCH * (self->units * UNIT + i / channels) / RATE);
  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  g_assert_true (
      gst_audio_converter_samples (self->in, 0, &from, UNIT, (gpointer *) &map.data, UNIT));
  gst_buffer_unmap (buffer, &map);
  GST_BUFFER_PTS (buffer) = self->units++ * UNIT * GST_SECOND / RATE;
  g_assert_cmpint (gst_harness_push (self->harness, buffer), ==, GST_FLOW_OK);
  buffer = gst_harness_pull (self->harness);
  gst_buffer_map (buffer, &map, GST_MAP_READ);
  g_assert_true (
      gst_audio_converter_samples (self->out, 0, (gpointer *) &map.data, UNIT, &to, UNIT));
  gst_buffer_unmap (buffer, &map);
  gst_buffer_unref (buffer);
  for (guint i = 0; i < UNIT; i++)
    samples[i] = heard[i * channels];
}

/* Plays @count pieces. @last: (inout): the sample before. Returns: the steepest step, or with
 * @silent whether anything was heard */
static double
play_on (Fixture *self, guint count, double *last, double *loudest)
{
  double samples[UNIT], steepest = 0;

  *loudest = 0;
  for (guint i = 0; i < count; i++) {
    play (self, samples);
    for (guint j = 0; j < UNIT; j++) {
      steepest = MAX (steepest, fabs (samples[j] - *last));
      *loudest = MAX (*loudest, fabs (samples[j]));
      *last = samples[j];
    }
  }
  return steepest;
}

/* Whatever begins or ends it, there is no step; and in between it is as it was. */
static void
test_formats (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const double most = rows[i].fades ? STEEPEST : 2 * LOUD;
    const double noise = g_str_equal (rows[i].format, "U8") ? 0.02 : 0;
    double last = 0, loudest;
    Fixture self;

    set_up (&self, &rows[i]);
    g_assert_cmpfloat (play_on (&self, 10, &last, &loudest), <=, most + noise);
    g_assert_cmpfloat (loudest, >, LOUD * 0.98);
    lec_sound_fade_set_heard (self.fade, FALSE);
    g_assert_cmpfloat (play_on (&self, 2, &last, &loudest), <=, most + noise);
    play_on (&self, 3, &last, &loudest);
    g_assert_cmpfloat (loudest, <=, noise);
    lec_sound_fade_set_heard (self.fade, TRUE);
    g_assert_cmpfloat (play_on (&self, 3, &last, &loudest), <=, most + noise);
    g_assert_cmpfloat (loudest, >, LOUD * 0.98);
    tear_down (&self);
  }
}

/* It turns round in the middle of a fade. */
static void
test_changed_mind (void)
{
  double last = 0, loudest;
  Fixture self;

  set_up (&self, &rows[2]);
  play_on (&self, 10, &last, &loudest);
  for (guint i = 0; i < 20; i++) {
    lec_sound_fade_set_heard (self.fade, i % 2 == 1);
    g_assert_cmpfloat (play_on (&self, 1, &last, &loudest), <=, STEEPEST);
  }
  tear_down (&self);
}

/* Another channel on the same way begins from silence, though the one before was heard. */
static void
test_again (void)
{
  double last = 0, loudest, samples[UNIT];
  Fixture self;

  set_up (&self, &rows[0]);
  play_on (&self, 10, &last, &loudest);
  gst_harness_push_event (self.harness, gst_event_new_stream_start ("another"));
  play (&self, samples);
  for (guint i = 0; i < UNIT / 10; i++)
    g_assert_cmpfloat (fabs (samples[i]), <, 0.1 * LOUD);
  tear_down (&self);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sound-fade/formats", test_formats);
  g_test_add_func ("/sound-fade/changed-mind", test_changed_mind);
  g_test_add_func ("/sound-fade/again", test_again);
  return g_test_run ();
}
