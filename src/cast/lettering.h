/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The few letters that the test lecture writes into its pictures.
 *
 * Drawn by hand: no font has to be installed, and every machine draws the same pixels. */
#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS

#define LEC_LETTER_WIDTH 6 /* dots, with the gap to the next one */
#define LEC_LETTER_HEIGHT 7

/**
 * lec_lettering_draw:
 * @frame: mapped for writing, with luma of one byte as its first component
 * @x: [pixels] left edge
 * @y: [pixels] upper edge
 * @dot: [pixels] side of a dot of the 5 × 7 raster
 * @text: digits, `:`, `.`, space, and the capitals of SLIDE; others leave a space
 * @luma: to write with
 *
 * The text has to fit into the frame.
 */
void lec_lettering_draw (GstVideoFrame *frame, int x, int y, int dot, const char *text, int luma);

/**
 * lec_lettering_fill:
 * @plane: component to fill
 * @value: of its samples
 *
 * Fills a rectangle, which has to lie inside the frame.
 */
void lec_lettering_fill (GstVideoFrame *frame,
                         guint plane,
                         int x,
                         int y,
                         int width,
                         int height,
                         int value);

G_END_DECLS
