/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A small lecture that needs no file: a camera picture with a running clock, slides that change,
 * and a beep every second.
 *
 * Made for measuring by eye and by program. A lamp in the camera picture is lit in the first
 * pictures of every second, the beep begins at the same time stamp, and the clock shows
 * when the picture was sent. */
#pragma once

#include "cast/station.h"

G_BEGIN_DECLS

#define LEC_TEST_FLASH (80 * GST_MSECOND) /* lamp and beep last, from each full second */
#define LEC_TEST_PAGE (5 * GST_SECOND)    /* from slide to slide */

/* The lamp in the camera picture [pixels]: white when lit, else dark. */
#define LEC_TEST_CAMERA_WIDTH 640
#define LEC_TEST_CAMERA_HEIGHT 360
#define LEC_TEST_LAMP_X 528
#define LEC_TEST_LAMP_Y 16
#define LEC_TEST_LAMP_SIZE 96

/**
 * lec_test_lecture_add:
 * @station: (transfer none): gets three streams, and is complete with them
 * @error: #LEC_ERROR_UNREACHABLE where an element is not installed
 */
gboolean lec_test_lecture_add (LecStation *station, GError **error);

G_END_DECLS
