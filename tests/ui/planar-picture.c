/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/planar-picture.h"

#include <math.h>

#define WIDTH 37 /* some at once, and some that are left */
#define HEIGHT 9
#define STRIDE 64
#define GUARD 0x55555555u

typedef struct
{
  guint8 y[HEIGHT][STRIDE], u[HEIGHT][STRIDE], v[HEIGHT][STRIDE];
  guint32 pixels[HEIGHT][STRIDE];
} Fixture;

static const struct
{
  const char *story;
  double kr, kb;
  gboolean full_range;
} matrices[] = {
  { "BT.601", 0.299, 0.114, FALSE },    { "BT.601, of JPEG", 0.299, 0.114, TRUE },
  { "BT.709", 0.2126, 0.0722, FALSE },  { "BT.709, full range", 0.2126, 0.0722, TRUE },
  { "BT.2020", 0.2627, 0.0593, FALSE },
};

static void
fill (Fixture *self, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (guint i = 0; i < HEIGHT; i++) {
    for (guint j = 0; j < STRIDE; j++) {
      self->y[i][j] = (guint8) g_rand_int (rand);
      self->u[i][j] = (guint8) g_rand_int (rand);
      self->v[i][j] = (guint8) g_rand_int (rand);
      self->pixels[i][j] = GUARD;
    }
  }
}

static LecPlanarPicture
picture_of (Fixture *self)
{
  return (LecPlanarPicture){ self->y[0], self->u[0], self->v[0], STRIDE,
                             STRIDE,     STRIDE,     WIDTH,      HEIGHT };
}

static void
assert_near (guint32 byte, double exact)
{
  g_assert_cmpfloat (fabs ((double) (byte & 0xff) - CLAMP (exact, 0.0, 255.0)), <=, 1.0);
}

/* Every pixel is what the equations of the recommendations say. */
static void
assert_converted (const Fixture *self, guint matrix, const guint8 *lines)
{
  const double kr = matrices[matrix].kr, kb = matrices[matrix].kb, kg = 1.0 - kr - kb;
  const gboolean full = matrices[matrix].full_range;

  for (guint i = 0; i < HEIGHT; i++) {
    for (guint j = 0; j < WIDTH; j++) {
      const double y = full ? self->y[i][j] : (self->y[i][j] - 16.0) * 255.0 / 219.0;
      const double b = (self->u[lines[i]][j / 2] - 128.0) * (full ? 2.0 : 2.0 * 255.0 / 224.0);
      const double r = (self->v[lines[i]][j / 2] - 128.0) * (full ? 2.0 : 2.0 * 255.0 / 224.0);
      const guint32 pixel = self->pixels[i][j];

      g_assert_cmphex (pixel >> 24, ==, 0xff);
      assert_near (pixel >> 16, y + r * (1.0 - kr));
      assert_near (pixel >> 8, y - (b * (1.0 - kb) * kb + r * (1.0 - kr) * kr) / kg);
      assert_near (pixel, y + b * (1.0 - kb));
    }
    for (guint j = WIDTH; j < STRIDE; j++)
      g_assert_cmphex (self->pixels[i][j], ==, GUARD);
  }
}

static void
test_matrices (void)
{
  static const guint8 lines[HEIGHT] = { 0, 0, 1, 1, 2, 2, 3, 3, 4 };

  for (guint i = 0; i < G_N_ELEMENTS (matrices); i++) {
    Fixture fixture;
    LecPlanarPicture picture = picture_of (&fixture);

    g_test_message ("%s", matrices[i].story);
    fill (&fixture, i);
    lec_colour_matrix_init (&picture.matrix, matrices[i].kr, matrices[i].kb,
                            matrices[i].full_range);
    lec_planar_picture_convert (&picture, (guint8 *) fixture.pixels, sizeof fixture.pixels[0]);
    assert_converted (&fixture, i, lines);
  }
}

/* Each field has colour of its own. */
static void
test_interlaced (void)
{
  static const guint8 lines[HEIGHT] = { 0, 1, 0, 1, 2, 3, 2, 3, 4 };
  Fixture fixture;
  LecPlanarPicture picture = picture_of (&fixture);

  fill (&fixture, 7);
  picture.is_interlaced = TRUE;
  lec_colour_matrix_init (&picture.matrix, matrices[0].kr, matrices[0].kb, FALSE);
  lec_planar_picture_convert (&picture, (guint8 *) fixture.pixels, sizeof fixture.pixels[0]);
  assert_converted (&fixture, 0, lines);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/planar-picture/matrices", test_matrices);
  g_test_add_func ("/planar-picture/interlaced", test_interlaced);
  return g_test_run ();
}
