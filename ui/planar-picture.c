/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/planar-picture.h"

#include <math.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* The high half of a product of 16 bits is what both processors of many pixels at once and of one
 * have: what is multiplied is shifted so that it is in 1/16 then. */
#define ONE 8192 /* of the matrix */
#define SHIFT 7  /* before the product: 7 + 13 - 16 = 4 bits behind the point */
#define POINT 4
#define HALF (1 << (POINT - 1))
#define NO_COLOUR 128
#define STEP 8 /* [pixels] at once */

static gint16
fixed (double value)
{
  return (gint16) lrint (value * ONE);
}

void
lec_colour_matrix_init (LecColourMatrix *self, double kr, double kb, gboolean full_range)
{
  const double kg = 1.0 - kr - kb;
  const double brightness = full_range ? 1.0 : 255.0 / 219.0;
  const double colour = full_range ? 1.0 : 255.0 / 224.0;

  *self = (LecColourMatrix){
    .black = full_range ? 0 : 16,
    .brightness = fixed (brightness),
    .red_of_v = fixed (2.0 * (1.0 - kr) * colour),
    .green_of_u = fixed (-2.0 * (1.0 - kb) * kb / kg * colour),
    .green_of_v = fixed (-2.0 * (1.0 - kr) * kr / kg * colour),
    .blue_of_u = fixed (2.0 * (1.0 - kb) * colour),
  };
}

static int
multiply (int value, gint16 factor)
{
  return (value * (1 << SHIFT) * factor) >> 16;
}

static guint32
to_byte (int value)
{
  return (guint32) CLAMP ((value + HALF) >> POINT, 0, 255);
}

static void
convert_pixels (const LecColourMatrix *matrix,
                const guint8 *y,
                const guint8 *u,
                const guint8 *v,
                int from,
                int to,
                guint32 *pixels)
{
  for (int x = from; x < to; x++) {
    const int brightness = multiply (y[x] - matrix->black, matrix->brightness);
    const int cb = u[x / 2] - NO_COLOUR, cr = v[x / 2] - NO_COLOUR;
    const guint32 red = to_byte (brightness + multiply (cr, matrix->red_of_v));
    const guint32 green = to_byte (brightness + multiply (cb, matrix->green_of_u)
                                   + multiply (cr, matrix->green_of_v));
    const guint32 blue = to_byte (brightness + multiply (cb, matrix->blue_of_u));

    pixels[x] = 0xff000000u | red << 16 | green << 8 | blue;
  }
}

#ifdef __SSE2__

/* Four of colour, each for two pixels, less what is none. */
static __m128i
load_colour (const guint8 *at)
{
  guint32 four;
  __m128i bytes;

  memcpy (&four, at, sizeof four);
  bytes = _mm_cvtsi32_si128 ((int) four);
  bytes = _mm_unpacklo_epi8 (bytes, bytes);
  bytes = _mm_unpacklo_epi8 (bytes, _mm_setzero_si128 ());
  return _mm_slli_epi16 (_mm_sub_epi16 (bytes, _mm_set1_epi16 (NO_COLOUR)), SHIFT);
}

static __m128i
to_bytes (__m128i values)
{
  const __m128i rounded = _mm_srai_epi16 (_mm_add_epi16 (values, _mm_set1_epi16 (HALF)), POINT);

  return _mm_packus_epi16 (rounded, rounded);
}

/* Returns: how many pixels of @width it has done */
static int
convert_steps (const LecColourMatrix *matrix,
               const guint8 *y,
               const guint8 *u,
               const guint8 *v,
               int width,
               guint32 *pixels)
{
  const __m128i black = _mm_set1_epi16 (matrix->black);
  const __m128i brightness = _mm_set1_epi16 (matrix->brightness);
  const __m128i red_of_v = _mm_set1_epi16 (matrix->red_of_v);
  const __m128i green_of_u = _mm_set1_epi16 (matrix->green_of_u);
  const __m128i green_of_v = _mm_set1_epi16 (matrix->green_of_v);
  const __m128i blue_of_u = _mm_set1_epi16 (matrix->blue_of_u);
  const __m128i opaque = _mm_set1_epi8 ((char) 0xff);
  int x;

  for (x = 0; x + STEP <= width; x += STEP) {
    const __m128i bytes = _mm_loadl_epi64 ((const __m128i *) (y + x));
    const __m128i above = _mm_sub_epi16 (_mm_unpacklo_epi8 (bytes, _mm_setzero_si128 ()), black);
    const __m128i light = _mm_mulhi_epi16 (_mm_slli_epi16 (above, SHIFT), brightness);
    const __m128i cb = load_colour (u + x / 2), cr = load_colour (v + x / 2);
    const __m128i red = to_bytes (_mm_add_epi16 (light, _mm_mulhi_epi16 (cr, red_of_v)));
    const __m128i green = to_bytes (_mm_add_epi16 (
        light, _mm_add_epi16 (_mm_mulhi_epi16 (cb, green_of_u), _mm_mulhi_epi16 (cr, green_of_v))));
    const __m128i blue = to_bytes (_mm_add_epi16 (light, _mm_mulhi_epi16 (cb, blue_of_u)));
    const __m128i low = _mm_unpacklo_epi8 (blue, green);
    const __m128i high = _mm_unpacklo_epi8 (red, opaque);

    _mm_storeu_si128 ((__m128i *) (pixels + x), _mm_unpacklo_epi16 (low, high));
    _mm_storeu_si128 ((__m128i *) (pixels + x + STEP / 2), _mm_unpackhi_epi16 (low, high));
  }
  return x;
}

#else

static int
convert_steps (const LecColourMatrix *matrix,
               const guint8 *y,
               const guint8 *u,
               const guint8 *v,
               int width,
               guint32 *pixels)
{
  return 0;
}

#endif

/* Of two lines of a picture one of colour is for; of two lines of a field, which are four apart in
 * all. */
static int
colour_line (const LecPlanarPicture *self, int line)
{
  const int found = self->is_interlaced ? line / 4 * 2 + line % 2 : line / 2;

  return MIN (found, (self->height + 1) / 2 - 1);
}

void
lec_planar_picture_convert (const LecPlanarPicture *self, guint8 *pixels, int stride)
{
  for (int line = 0; line < self->height; line++) {
    const int of_colour = colour_line (self, line);
    const guint8 *y = self->y + (gssize) line * self->y_stride;
    const guint8 *u = self->u + (gssize) of_colour * self->u_stride;
    const guint8 *v = self->v + (gssize) of_colour * self->v_stride;
    guint32 *out = (guint32 *) (gpointer) (pixels + (gssize) line * stride);
    const int done = convert_steps (&self->matrix, y, u, v, self->width, out);

    convert_pixels (&self->matrix, y, u, v, done, self->width, out);
  }
}
