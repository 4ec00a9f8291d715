/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/test-scenes.h"

#include <gst/audio/audio.h>
#include <math.h>

#include "cast/lettering.h"

#define LAMP_LIT 235 /* luma, in the range that video uses */
#define LAMP_DARK 40
#define SAMPLE_RATE 48000
#define BEEP_HZ 1000
#define BEEP_LEVEL 8000 /* of 32767 */
#define RAMP_SAMPLES 48 /* 1 ms: no click, and still a clear beginning */

static gboolean
is_flash (GstClockTime time)
{
  return time % GST_SECOND < LEC_TEST_FLASH;
}

static void
fill_all (GstVideoFrame *frame, int luma, int blue, int red)
{
  const int values[] = { luma, blue, red };

  for (guint i = 0; i < 3; i++)
    lec_lettering_fill (frame, i, 0, 0, GST_VIDEO_FRAME_COMP_WIDTH (frame, i),
                        GST_VIDEO_FRAME_COMP_HEIGHT (frame, i), values[i]);
}

/* Makes the buffer of a probe writable and maps it. */
static gboolean
map_picture (GstPad *pad, GstPadProbeInfo *info, GstVideoFrame *frame)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  GstVideoInfo format;

  info->data = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  return caps != NULL && gst_video_info_from_caps (&format, caps)
         && gst_video_frame_map (frame, &format, info->data, GST_MAP_WRITE);
}

/* Somebody who walks up and down in front of a board, once in eight seconds. */
static void
draw_lecturer (GstVideoFrame *frame, GstClockTime time)
{
  double way = sin ((double) (time % (8 * GST_SECOND)) / (8 * GST_SECOND) * 2 * G_PI);
  int x = 240 + (int) (180 * way);

  lec_lettering_fill (frame, 0, x - 40, 150, 80, 160, 60);
  lec_lettering_fill (frame, 1, (x - 40) / 2, 75, 40, 80, 160);
  for (int dy = -32; dy <= 32; dy++) {
    int half = (int) sqrt (32 * 32 - dy * dy);

    lec_lettering_fill (frame, 0, x - half, 115 + dy, 2 * half + 1, 1, 170);
  }
}

typedef struct
{
  LecTestClock clock;
  gpointer data;
} Clock;

static char *
print_clock (const Clock *clock, GstClockTime time)
{
  gint64 us = clock->clock (time, clock->data);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *second = g_date_time_format (local, "%H:%M:%S");

  return g_strdup_printf ("%s.%03d", second, (int) (us % G_USEC_PER_SEC / 1000));
}

static GstPadProbeReturn
draw_camera_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstClockTime time = GST_BUFFER_PTS (GST_PAD_PROBE_INFO_BUFFER (info));
  g_autofree char *clock = print_clock (data, time);
  GstVideoFrame frame;

  if (!map_picture (pad, info, &frame))
    return GST_PAD_PROBE_OK;
  fill_all (&frame, 90, 120, 118);
  lec_lettering_fill (&frame, 0, 40, 40, 440, 200, 50);
  draw_lecturer (&frame, time);
  lec_lettering_fill (&frame, 0, LEC_TEST_LAMP_X, LEC_TEST_LAMP_Y, LEC_TEST_LAMP_SIZE,
                      LEC_TEST_LAMP_SIZE, is_flash (time) ? LAMP_LIT : LAMP_DARK);
  lec_lettering_fill (&frame, 1, LEC_TEST_LAMP_X / 2, LEC_TEST_LAMP_Y / 2, LEC_TEST_LAMP_SIZE / 2,
                      LEC_TEST_LAMP_SIZE / 2, 128);
  lec_lettering_fill (&frame, 2, LEC_TEST_LAMP_X / 2, LEC_TEST_LAMP_Y / 2, LEC_TEST_LAMP_SIZE / 2,
                      LEC_TEST_LAMP_SIZE / 2, 128);
  lec_lettering_draw (&frame, 40, 320, 4, clock, LAMP_LIT);
  gst_video_frame_unmap (&frame);
  return GST_PAD_PROBE_OK;
}

/* A page is a colour, a heading, and some lines that stand for text. */
static GstPadProbeReturn
draw_slide_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  guint page = GST_BUFFER_PTS (GST_PAD_PROBE_INFO_BUFFER (info)) / LEC_TEST_PAGE % LEC_TEST_SLIDES;
  double hue = page * 2 * G_PI / LEC_TEST_SLIDES;
  g_autofree char *heading = g_strdup_printf ("SLIDE %u", page + 1);
  GstVideoFrame frame;

  if (!map_picture (pad, info, &frame))
    return GST_PAD_PROBE_OK;
  fill_all (&frame, 70, 128 + (int) (50 * cos (hue)), 128 + (int) (50 * sin (hue)));
  for (guint line = 0; line < 3 + page % 4; line++)
    lec_lettering_fill (&frame, 0, 80, 170 + (int) line * 52,
                        300 + (int) ((page * 7 + line * 5) % 11) * 45, 20, 180);
  lec_lettering_draw (&frame, 80, 60, 10, heading, LAMP_LIT);
  gst_video_frame_unmap (&frame);
  return GST_PAD_PROBE_OK;
}

static gint16
get_sample (guint64 index)
{
  guint64 length = LEC_TEST_FLASH * SAMPLE_RATE / GST_SECOND, i = index % SAMPLE_RATE;
  double level = BEEP_LEVEL;

  if (i >= length)
    return 0;
  level *= MIN (1.0, (double) MIN (i, length - i) / RAMP_SAMPLES);
  return (gint16) (level * sin ((double) i * BEEP_HZ / SAMPLE_RATE * 2 * G_PI));
}

static GstPadProbeReturn
draw_voice_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstBuffer *buffer = info->data = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  guint64 first = gst_util_uint64_scale_round (GST_BUFFER_PTS (buffer), SAMPLE_RATE, GST_SECOND);
  GstMapInfo map;

  if (!gst_buffer_map (buffer, &map, GST_MAP_WRITE))
    return GST_PAD_PROBE_OK;
  for (gsize i = 0; i + 1 < map.size; i += 2)
    GST_WRITE_UINT16_LE (map.data + i, (guint16) get_sample (first + i / 2));
  gst_buffer_unmap (buffer, &map);
  GST_BUFFER_FLAG_UNSET (buffer, GST_BUFFER_FLAG_GAP); /* silence was declared, and is no more */
  return GST_PAD_PROBE_OK;
}

void
lec_test_scene_draw_camera (GstPad *pad, LecTestClock clock, gpointer data)
{
  Clock *copy = g_new (Clock, 1);

  *copy = (Clock){ clock, data };
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, draw_camera_cb, copy, g_free);
}

void
lec_test_scene_draw_slides (GstPad *pad)
{
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, draw_slide_cb, NULL, NULL);
}

void
lec_test_scene_draw_voice (GstPad *pad)
{
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, draw_voice_cb, NULL, NULL);
}
