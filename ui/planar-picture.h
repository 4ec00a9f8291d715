/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A picture as decoders give it, in I420, and as Cairo draws it. Arithmetic only.
 *
 * One of brightness for each pixel, two of colour for each four (ITU-T H.264, 6.2). What it takes
 * to make RGB of that is known here once, so that a picture that nobody sees is not converted, and
 * one at a time is. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What brightness and colour are worth, in units of 1/8192. */
typedef struct
{
  gint16 black; /* brightness of black */
  gint16 brightness;
  gint16 red_of_v;
  gint16 green_of_u, green_of_v;
  gint16 blue_of_u;
} LecColourMatrix;

typedef struct
{
  const guint8 *y, *u, *v; /* the first of what is to be seen, of which the place is even */
  int y_stride, u_stride, v_stride;
  int width, height;
  gboolean is_interlaced; /* two fields, each with colour of its own, line by line in turn */
  LecColourMatrix matrix;
} LecPlanarPicture;

/**
 * lec_colour_matrix_init:
 * @kr: what red counts of the brightness (ITU-R BT.601: 0.299, BT.709: 0.2126)
 * @kb: what blue does
 * @full_range: brightness goes from 0 to 255; FALSE: from 16 to 235
 */
void lec_colour_matrix_init (LecColourMatrix *self, double kr, double kb, gboolean full_range);

/**
 * lec_planar_picture_convert:
 * @pixels: (out): of CAIRO_FORMAT_RGB24, their highest byte all ones
 * @stride: [bytes] of a line of them
 */
void lec_planar_picture_convert (const LecPlanarPicture *self, guint8 *pixels, int stride);

G_END_DECLS
