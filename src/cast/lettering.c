/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/lettering.h"

#include <string.h>

#define COLUMNS 5

typedef struct
{
  char letter;
  guint8 rows[LEC_LETTER_HEIGHT]; /* bit 4 is the leftmost dot */
} Letter;

static const Letter letters[] = {
  { '0', { 0x0e, 0x11, 0x13, 0x15, 0x19, 0x11, 0x0e } },
  { '1', { 0x04, 0x0c, 0x04, 0x04, 0x04, 0x04, 0x0e } },
  { '2', { 0x0e, 0x11, 0x01, 0x06, 0x08, 0x10, 0x1f } },
  { '3', { 0x0e, 0x11, 0x01, 0x06, 0x01, 0x11, 0x0e } },
  { '4', { 0x02, 0x06, 0x0a, 0x12, 0x1f, 0x02, 0x02 } },
  { '5', { 0x1f, 0x10, 0x1e, 0x01, 0x01, 0x11, 0x0e } },
  { '6', { 0x06, 0x08, 0x10, 0x1e, 0x11, 0x11, 0x0e } },
  { '7', { 0x1f, 0x01, 0x02, 0x04, 0x08, 0x08, 0x08 } },
  { '8', { 0x0e, 0x11, 0x11, 0x0e, 0x11, 0x11, 0x0e } },
  { '9', { 0x0e, 0x11, 0x11, 0x0f, 0x01, 0x02, 0x0c } },
  { ':', { 0x00, 0x04, 0x04, 0x00, 0x04, 0x04, 0x00 } },
  { '.', { 0x00, 0x00, 0x00, 0x00, 0x00, 0x0c, 0x0c } },
  { 'S', { 0x0f, 0x10, 0x10, 0x0e, 0x01, 0x01, 0x1e } },
  { 'L', { 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x1f } },
  { 'I', { 0x0e, 0x04, 0x04, 0x04, 0x04, 0x04, 0x0e } },
  { 'D', { 0x1e, 0x11, 0x11, 0x11, 0x11, 0x11, 0x1e } },
  { 'E', { 0x1f, 0x10, 0x10, 0x1e, 0x10, 0x10, 0x1f } },
};

static const Letter *
find_letter (char c)
{
  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    if (letters[i].letter == c)
      return &letters[i];
  return NULL;
}

void
lec_lettering_fill (GstVideoFrame *frame,
                    guint plane,
                    int x,
                    int y,
                    int width,
                    int height,
                    int value)
{
  int stride = GST_VIDEO_FRAME_PLANE_STRIDE (frame, plane);
  guint8 *pixels = GST_VIDEO_FRAME_PLANE_DATA (frame, plane);

  for (int row = y; row < y + height; row++)
    memset (pixels + row * stride + x, value, (gsize) width);
}

static void
draw_letter (GstVideoFrame *frame, int x, int y, int dot, const Letter *letter, int luma)
{
  for (int row = 0; row < LEC_LETTER_HEIGHT; row++)
    for (int column = 0; column < COLUMNS; column++)
      if ((letter->rows[row] & (0x10 >> column)) != 0)
        lec_lettering_fill (frame, 0, x + column * dot, y + row * dot, dot, dot, luma);
}

void
lec_lettering_draw (GstVideoFrame *frame, int x, int y, int dot, const char *text, int luma)
{
  for (; *text != '\0'; text++, x += LEC_LETTER_WIDTH * dot) {
    const Letter *letter = find_letter (*text);

    if (letter != NULL)
      draw_letter (frame, x, y, dot, letter, luma);
  }
}
