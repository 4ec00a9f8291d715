/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A small lecture that needs no file: a camera picture with a running clock, slides that change,
 * and a beep every second.
 *
 * Made for measuring by eye and by program. A lamp in the camera picture is lit in the first
 * pictures of every second, the beep begins at the same time stamp, and the clock shows
 * when the picture was sent. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define LEC_TEST_FLASH (80 * GST_MSECOND) /* lamp and beep last, from each full second */
#define LEC_TEST_PAGE (5 * GST_SECOND)    /* from slide to slide */

/* The lamp in the camera picture [pixels]: white when lit, else dark. */
#define LEC_TEST_CAMERA_WIDTH 640
#define LEC_TEST_CAMERA_HEIGHT 360
#define LEC_TEST_LAMP_X 528
#define LEC_TEST_LAMP_Y 16
#define LEC_TEST_LAMP_SIZE 96

#define LEC_TEST_SLIDES 12 /* then it begins again */

/* Tells the time of day [µs since 1970-01-01 UTC] at which the picture of that running time is
 * sent. On the thread that draws. */
typedef gint64 (*LecTestClock) (GstClockTime time, gpointer data);

/* What goes through @pad from now on, black pictures in I420 or silence in 16-bit samples of one
 * channel at 48 kHz, becomes the camera's, the slides, the voice. */
void lec_test_scene_draw_camera (GstPad *pad, LecTestClock clock, gpointer data);
void lec_test_scene_draw_slides (GstPad *pad);
void lec_test_scene_draw_voice (GstPad *pad);

G_END_DECLS
