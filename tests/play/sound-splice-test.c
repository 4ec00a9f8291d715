/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/sound-splice.h"

#include <gst/audio/audio.h>
#include <gst/check/gstharness.h>
#include <math.h>

#define RATE 48000
#define PITCH 220 /* [Hz] */
#define LOUD 0.5
#define UNITS 200

typedef struct
{
  const char *story;
  const char *format;
  guint channels;
  guint unit_ms;
  gint64 step_us;  /* earlier, with each tenth unit of the first half */
  gboolean silent; /* no tone */
  gboolean mended; /* it is made to fit */
} Row;

static const Row rows[] = {
  { "steps of a tone", "F32LE", 1, 20, 5000, FALSE, TRUE },
  { "of one in stereo", "S16LE", 2, 20, 5000, FALSE, TRUE },
  { "larger steps", "F32LE", 2, 20, 30000, FALSE, TRUE },
  { "silence", "S16LE", 1, 20, 5000, TRUE, TRUE },
  { "no steps", "S16LE", 2, 20, 0, FALSE, TRUE },
  { "longer units", "F32LE", 1, 60, 15000, FALSE, TRUE },
  { "units too short to take anything out", "S16LE", 1, 2, 500, FALSE, FALSE },
  { "whole words", "S32LE", 1, 20, 5000, FALSE, TRUE },
  { "samples that it does not know", "F64LE", 1, 20, 5000, FALSE, FALSE },
  { "steps the other way", "S16LE", 1, 20, -5000, FALSE, FALSE },
};

static double
get (const Row *row, const guint8 *bytes, gsize index)
{
  if (g_str_has_prefix (row->format, "F32"))
    return (double) ((const float *) bytes)[index];
  if (g_str_has_prefix (row->format, "S16"))
    return ((const gint16 *) bytes)[index] / 32768.0;
  if (g_str_has_prefix (row->format, "F64"))
    return ((const double *) bytes)[index];
  return ((const gint32 *) bytes)[index] / 2147483648.0;
}

static void
put (const Row *row, guint8 *bytes, gsize index, double value)
{
  if (g_str_has_prefix (row->format, "F32"))
    ((float *) bytes)[index] = (float) value;
  else if (g_str_has_prefix (row->format, "S16"))
    ((gint16 *) bytes)[index] = (gint16) (value * 32767);
  else if (g_str_has_prefix (row->format, "F64"))
    ((double *) bytes)[index] = value;
  else
    ((gint32 *) bytes)[index] = (gint32) (value * 2147483000);
}

static gsize
frame_size (const Row *row)
{
  const gsize sample = g_str_has_prefix (row->format, "S16")   ? 2
                       : g_str_has_prefix (row->format, "F64") ? 8
                                                               : 4;

  return row->channels * sample;
}

static GstBuffer *
new_unit (const Row *row, guint number, GstClockTime pts)
{
  const gsize frames = row->unit_ms * RATE / 1000;
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, frames * frame_size (row), NULL);
  GstMapInfo map;

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  for (gsize i = 0; i < frames * row->channels; i++)
    put (row, map.data, i,
         row->silent ? 0
                     : LOUD
                           * sin (2 * G_PI * PITCH * (double) (number * frames + i / row->channels)
                                  / RATE));
  gst_buffer_unmap (buffer, &map);
  GST_BUFFER_PTS (buffer) = pts;
  GST_BUFFER_DURATION (buffer) = row->unit_ms * GST_MSECOND;
  return buffer;
}

/* What has come out so far. */
typedef struct
{
  gsize frames;
  double last;        /* sample */
  double steepest;    /* from one sample to the next */
  GstClockTime end;   /* of the last unit */
  gint64 furthest_us; /* that one began from the end of the one before */
} Heard;

static void
hear (Heard *heard, const Row *row, GstBuffer *buffer)
{
  GstMapInfo map;

  if (heard->frames > 0)
    heard->furthest_us
        = MAX (heard->furthest_us,
               ABS (GST_CLOCK_DIFF (heard->end, GST_BUFFER_PTS (buffer))) / (gint64) GST_USECOND);
  gst_buffer_map (buffer, &map, GST_MAP_READ);
  for (gsize i = 0; i < map.size / frame_size (row); i++) {
    const double sample = get (row, map.data, i * row->channels);

    if (heard->frames > 0)
      heard->steepest = MAX (heard->steepest, fabs (sample - heard->last));
    heard->last = sample;
    heard->frames++;
  }
  heard->end = GST_BUFFER_PTS (buffer) + map.size / frame_size (row) * GST_SECOND / RATE;
  gst_buffer_unmap (buffer, &map);
}

static Heard
play (const Row *row)
{
  g_autofree char *caps = g_strdup_printf (
      "audio/x-raw,format=%s,rate=%d,channels=%u,layout=interleaved%s", row->format, RATE,
      row->channels, row->channels > 1 ? ",channel-mask=(bitmask)3" : "");
  GstHarness *harness = gst_harness_new ("identity");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (harness->element, "src");
  gint64 earlier_us = 0;
  Heard heard = { 0 };

  lec_sound_splice_attach (pad);
  gst_harness_set_src_caps_str (harness, caps);
  for (guint i = 0; i < UNITS; i++) {
    GstBuffer *buffer;

    if (i > 0 && i < UNITS / 2 && i % 10 == 0)
      earlier_us += row->step_us;
    g_assert_cmpint (
        gst_harness_push (harness, new_unit (row, i,
                                             GST_SECOND + i * row->unit_ms * GST_MSECOND
                                                 - (GstClockTime) (earlier_us * 1000))),
        ==, GST_FLOW_OK);
    buffer = gst_harness_pull (harness);
    hear (&heard, row, buffer);
    gst_buffer_unref (buffer);
  }
  gst_harness_teardown (harness);
  return heard;
}

/* What is made shorter is so by what it had to be, begins where what was before ends, and has no
 * edge that the tone itself has not. */
static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const Row *row = &rows[i];
    const Heard heard = play (row);
    const gint64 all_us = UNITS * row->unit_ms * 1000, steps_us = 9 * row->step_us;
    const gint64 out_us = (gint64) heard.frames * G_USEC_PER_SEC / RATE;

    if (!row->mended) {
      g_assert_cmpint (out_us, ==, all_us);
      continue;
    }
    g_assert_cmpint (ABS (all_us - out_us - steps_us), <=, 10000);
    g_assert_cmpint (heard.furthest_us, <=, 10000);
    g_assert_cmpfloat (heard.steepest, <=, 1.6 * LOUD * 2 * G_PI * PITCH / RATE);
  }
}

/* Another time line is none that is to be caught up with. */
static void
test_jump (void)
{
  static const Row row = { "", "S16LE", 1, 20, 0, FALSE, FALSE };
  GstHarness *harness = gst_harness_new ("identity");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (harness->element, "src");

  lec_sound_splice_attach (pad);
  gst_harness_set_src_caps_str (
      harness, "audio/x-raw,format=S16LE,rate=48000,channels=1,layout=interleaved");
  for (guint i = 0; i < 10; i++) {
    const GstClockTime pts = (i < 5 ? 10 * GST_SECOND : GST_SECOND) + i * 20 * GST_MSECOND;
    GstBuffer *buffer;

    gst_harness_push (harness, new_unit (&row, i, pts));
    buffer = gst_harness_pull (harness);
    g_assert_cmpuint (GST_BUFFER_PTS (buffer), ==, pts);
    g_assert_cmpuint (gst_buffer_get_size (buffer), ==, 960 * 2);
    gst_buffer_unref (buffer);
  }
  gst_harness_teardown (harness);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sound-splice/rows", test_rows);
  g_test_add_func ("/sound-splice/jump", test_jump);
  return g_test_run ();
}
