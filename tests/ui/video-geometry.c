/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/video-geometry.h"

#define WIDE (16.0 / 9.0)
#define SLIDE (4.0 / 3.0)

static double
cover (const LecPlace *places, guint n, double width, double height)
{
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    sum += places[i].width * places[i].height;
  return sum / (width * height);
}

static gboolean
overlap (const LecPlace *a, const LecPlace *b)
{
  return a->x + a->width > b->x + 0.01 && b->x + b->width > a->x + 0.01
         && a->y + a->height > b->y + 0.01 && b->y + b->height > a->y + 0.01;
}

/* How much of the room is covered, in a window as it is in use; the main picture is never smaller
 * than another. */
static const struct
{
  double width, height;
  guint n;
  double aspects[4];
  LecArrangement wanted, chosen;
  double least; /* of the room */
} rows[] = {
  { 720, 650, 2, { WIDE, WIDE }, LEC_ARRANGEMENT_AUTOMATIC, LEC_ARRANGEMENT_COLUMN, 0.83 },
  { 1000, 650, 2, { WIDE, WIDE }, LEC_ARRANGEMENT_AUTOMATIC, LEC_ARRANGEMENT_COLUMN, 0.65 },
  { 1280, 800, 2, { WIDE, WIDE }, LEC_ARRANGEMENT_AUTOMATIC, LEC_ARRANGEMENT_COLUMN, 0.62 },
  { 1920, 1080, 2, { WIDE, WIDE }, LEC_ARRANGEMENT_AUTOMATIC, LEC_ARRANGEMENT_ROW, 0.57 },
  { 360, 640, 2, { WIDE, WIDE }, LEC_ARRANGEMENT_AUTOMATIC, LEC_ARRANGEMENT_COLUMN, 0.62 },
  { 1000, 650, 2, { SLIDE, WIDE }, LEC_ARRANGEMENT_AUTOMATIC, LEC_ARRANGEMENT_ROW, 0.63 },
  { 2000, 560, 2, { WIDE, WIDE }, LEC_ARRANGEMENT_AUTOMATIC, LEC_ARRANGEMENT_ROW, 0.99 },
  { 1000, 650, 1, { WIDE }, LEC_ARRANGEMENT_AUTOMATIC, LEC_ARRANGEMENT_ONE, 0.85 },
  { 1000, 650, 4, { WIDE, WIDE, WIDE, WIDE }, LEC_ARRANGEMENT_EQUAL, LEC_ARRANGEMENT_EQUAL, 0.85 },
  { 1000, 650, 2, { WIDE, SLIDE }, LEC_ARRANGEMENT_INSET, LEC_ARRANGEMENT_INSET, 0.85 },
  { 1000, 650, 3, { WIDE, SLIDE, SLIDE }, LEC_ARRANGEMENT_ONE, LEC_ARRANGEMENT_ONE, 0.85 },
  { 1000, 650, 4, { WIDE, SLIDE, WIDE, 0.5 }, LEC_ARRANGEMENT_ROW, LEC_ARRANGEMENT_ROW, 0.5 },
  { 1000, 650, 4, { WIDE, SLIDE, WIDE, 0.5 }, LEC_ARRANGEMENT_COLUMN, LEC_ARRANGEMENT_COLUMN, 0.4 },
};

static void
test_row (gconstpointer data)
{
  const gsize i = GPOINTER_TO_SIZE (data);
  LecPlace places[LEC_MAX_PICTURES];

  g_assert_cmpint (lec_video_geometry_choose (rows[i].wanted, rows[i].aspects, rows[i].n,
                                              rows[i].width, rows[i].height),
                   ==, rows[i].chosen);
  lec_video_geometry_place (rows[i].wanted, rows[i].aspects, rows[i].n, rows[i].width,
                            rows[i].height, places);
  g_assert_cmpfloat (cover (places, rows[i].n, rows[i].width, rows[i].height), >, rows[i].least);
}

static void
check (LecArrangement arrangement, const double *aspects, guint n, double width, double height)
{
  LecPlace places[LEC_MAX_PICTURES];

  lec_video_geometry_place (arrangement, aspects, n, width, height, places);
  g_assert_cmpfloat (places[0].width, >, 0.0);
  for (guint i = 0; i < n; i++) {
    const LecPlace *place = &places[i];

    g_assert_cmpfloat (place->x, >=, -0.01);
    g_assert_cmpfloat (place->y, >=, -0.01);
    g_assert_cmpfloat (place->x + place->width, <=, width + 0.01);
    g_assert_cmpfloat (place->y + place->height, <=, height + 0.01);
    if (place->width > 0.0)
      g_assert_cmpfloat_with_epsilon (place->width / place->height / aspects[i], 1.0, 1e-6);
    for (guint j = 0; j < i && arrangement != LEC_ARRANGEMENT_INSET; j++)
      g_assert_false (overlap (place, &places[j]));
  }
}

/* Whatever the shapes and the room are. */
static void
test_any (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (13);

  for (guint i = 0; i < 20000; i++) {
    const guint n = (guint) g_rand_int_range (rand, 1, LEC_MAX_PICTURES + 1);
    const double width = g_rand_double_range (rand, 200.0, 4000.0);
    const double height = g_rand_double_range (rand, 200.0, 3000.0);
    double aspects[LEC_MAX_PICTURES];

    for (guint j = 0; j < n; j++)
      aspects[j] = g_rand_double_range (rand, 0.1, 10.0);
    check ((LecArrangement) (i % LEC_N_ARRANGEMENTS), aspects, n, width, height);
  }
}

/* A room of nothing is no crash. */
static void
test_no_room (void)
{
  const double aspects[] = { WIDE, SLIDE, WIDE };
  LecPlace places[LEC_MAX_PICTURES];

  for (guint i = 0; i < LEC_N_ARRANGEMENTS; i++) {
    lec_video_geometry_place ((LecArrangement) i, aspects, 3, 0.0, 0.0, places);
    for (guint j = 0; j < 3; j++) {
      g_assert_cmpfloat (places[j].width, >=, 0.0);
      g_assert_cmpfloat (places[j].height, >=, 0.0);
    }
  }
}

static void
test_names (void)
{
  for (guint i = 0; i < LEC_N_ARRANGEMENTS; i++)
    g_assert_cmpint (lec_arrangement_from_name (lec_arrangement_get_name ((LecArrangement) i)), ==,
                     i);
  g_assert_cmpint (lec_arrangement_from_name (NULL), ==, LEC_ARRANGEMENT_AUTOMATIC);
  g_assert_cmpint (lec_arrangement_from_name ("spiral"), ==, LEC_ARRANGEMENT_AUTOMATIC);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/video-geometry/row/%" G_GSIZE_FORMAT, i);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_row);
  }
  g_test_add_func ("/video-geometry/any", test_any);
  g_test_add_func ("/video-geometry/no-room", test_no_room);
  g_test_add_func ("/video-geometry/names", test_names);
  return g_test_run ();
}
