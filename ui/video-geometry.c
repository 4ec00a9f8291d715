/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/video-geometry.h"

#define MAIN_SHARE 0.7   /* of the room, where the shapes of the pictures leave the choice */
#define INSET_SHARE 0.25 /* of the width of the room, for each picture in another */

static const char *const names[LEC_N_ARRANGEMENTS]
    = { "automatic", "row", "column", "equal", "inset", "one" };

const char *
lec_arrangement_get_name (LecArrangement arrangement)
{
  return names[arrangement];
}

LecArrangement
lec_arrangement_from_name (const char *name)
{
  for (guint i = 0; i < LEC_N_ARRANGEMENTS; i++) {
    if (g_strcmp0 (names[i], name) == 0)
      return (LecArrangement) i;
  }
  return LEC_ARRANGEMENT_AUTOMATIC;
}

/* The largest of @aspect in the middle of @room. */
static LecPlace
fit (double aspect, LecPlace room)
{
  const double width = MIN (room.width, room.height * aspect);
  const double height = width / aspect;

  return (LecPlace){ room.x + (room.width - width) / 2.0, room.y + (room.height - height) / 2.0,
                     width, height };
}

/* What is laid out along a line from the left is the same along one from above, with all turned
 * over: so there is one of each function, and a column is a row lying on its side. */
static LecPlace
turn (LecPlace place)
{
  return (LecPlace){ place.y, place.x, place.height, place.width };
}

/* Lengths along the line on which the main picture and the strip lie: the main one has its share,
 * the strip what is left but never more than the main one, and what it cannot use for lack of
 * breadth comes back to the main one. */
static void
share (double length, const double most[2], double lengths[2])
{
  const double room = MAX (0.0, length - LEC_PICTURES_GAP);

  lengths[0] = MIN (room * MAIN_SHARE, most[0]);
  lengths[1] = MIN (room - lengths[0], MIN (lengths[0], most[1]));
  lengths[0] = MIN (room - lengths[1], most[0]);
}

/* One large picture, and to its right the others, one below the other and of one width. @aspects
 * are those of the turned pictures where the row is a column. Their upper edges are in one line;
 * what room is left is around them all. */
static void
place_row (const double *aspects, guint n, double width, double height, LecPlace *places)
{
  double slope = 0.0; /* height of the strip, without its gaps, divided by its width */
  double lengths[2], most[2], x, y, strip;

  for (guint i = 1; i < n; i++)
    slope += 1.0 / aspects[i];
  most[0] = height * aspects[0];
  most[1] = MAX (0.0, height - (n - 2) * LEC_PICTURES_GAP) / slope;
  share (width, most, lengths);
  strip = lengths[1] * slope + (n - 2) * LEC_PICTURES_GAP;
  x = (width - lengths[0] - lengths[1] - LEC_PICTURES_GAP) / 2.0;
  y = (height - MAX (lengths[0] / aspects[0], strip)) / 2.0;
  places[0] = (LecPlace){ x, y, lengths[0], lengths[0] / aspects[0] };
  x += lengths[0] + LEC_PICTURES_GAP;
  for (guint i = 1; i < n; i++) {
    places[i] = (LecPlace){ x, y, lengths[1], lengths[1] / aspects[i] };
    y += places[i].height + LEC_PICTURES_GAP;
  }
}

/* As a row, but all lie in the middle of it. */
static void
place_column (const double *aspects, guint n, double width, double height, LecPlace *places)
{
  double turned[LEC_MAX_PICTURES] = { 0.0 };
  double begin, end, shift;

  for (guint i = 0; i < n; i++)
    turned[i] = 1.0 / aspects[i];
  place_row (turned, n, height, width, places);
  for (guint i = 0; i < n; i++)
    places[i] = turn (places[i]);
  places[0].x = (width - places[0].width) / 2.0;
  begin = places[1].x;
  end = places[n - 1].x + places[n - 1].width;
  shift = (width - (end - begin)) / 2.0 - begin;
  for (guint i = 1; i < n; i++)
    places[i].x += shift;
}

static double
sum_areas (const LecPlace *places, guint n)
{
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    sum += places[i].width * places[i].height;
  return sum;
}

/* Cells of one size; the last line lies in the middle. */
static void
place_grid (const double *aspects,
            guint n,
            guint columns,
            double width,
            double height,
            LecPlace *places)
{
  const guint rows = (n + columns - 1) / columns;
  const double cell_width = MAX (0.0, (width - (columns - 1) * LEC_PICTURES_GAP) / columns);
  const double cell_height = MAX (0.0, (height - (rows - 1) * LEC_PICTURES_GAP) / rows);

  for (guint i = 0; i < n; i++) {
    const guint row = i / columns;
    const guint in_row = MIN (columns, n - row * columns);
    const double begin = (width - in_row * cell_width - (in_row - 1) * LEC_PICTURES_GAP) / 2.0;

    places[i] = fit (aspects[i],
                     (LecPlace){ begin + (i % columns) * (cell_width + LEC_PICTURES_GAP),
                                 row * (cell_height + LEC_PICTURES_GAP), cell_width, cell_height });
  }
}

/* Pictures side by side touch each other but for the gap: the black is around them. */
static void
close_pair (LecPlace *places, double width, double height)
{
  const gboolean in_row = places[0].x + places[0].width <= places[1].x;
  const double used = in_row ? places[0].width + places[1].width + LEC_PICTURES_GAP
                             : places[0].height + places[1].height + LEC_PICTURES_GAP;

  if (in_row) {
    places[0].x = (width - used) / 2.0;
    places[1].x = places[0].x + places[0].width + LEC_PICTURES_GAP;
  } else {
    places[0].y = (height - used) / 2.0;
    places[1].y = places[0].y + places[0].height + LEC_PICTURES_GAP;
  }
}

static void
place_equal (const double *aspects, guint n, double width, double height, LecPlace *places)
{
  double best = -1.0;

  for (guint columns = 1; columns <= n; columns++) {
    LecPlace tried[LEC_MAX_PICTURES];

    place_grid (aspects, n, columns, width, height, tried);
    if (sum_areas (tried, n) <= best)
      continue;
    best = sum_areas (tried, n);
    for (guint i = 0; i < n; i++)
      places[i] = tried[i];
  }
  if (n == 2)
    close_pair (places, width, height);
}

/* From the lower right corner of the large one to the left. */
static void
place_inset (const double *aspects, guint n, double width, double height, LecPlace *places)
{
  const LecPlace main = fit (aspects[0], (LecPlace){ 0.0, 0.0, width, height });
  const double room = MAX (0.0, main.width - 2.0 * LEC_PICTURES_INSET - (n - 2) * LEC_PICTURES_GAP);
  const double each = MIN (main.width * INSET_SHARE, room / (n - 1));
  const double most = MAX (0.0, main.height / 3.0 - LEC_PICTURES_INSET);
  double x = main.x + main.width - LEC_PICTURES_INSET;

  places[0] = main;
  for (guint i = 1; i < n; i++) {
    LecPlace place = fit (aspects[i], (LecPlace){ 0.0, 0.0, each, most });

    x -= place.width;
    place.x = x;
    place.y = main.y + MAX (0.0, main.height - LEC_PICTURES_INSET - place.height);
    places[i] = place;
    x -= LEC_PICTURES_GAP;
  }
}

static void
place_one (const double *aspects, guint n, double width, double height, LecPlace *places)
{
  places[0] = fit (aspects[0], (LecPlace){ 0.0, 0.0, width, height });
  for (guint i = 1; i < n; i++)
    places[i] = (LecPlace){ 0.0, 0.0, 0.0, 0.0 };
}

static void (*const placers[LEC_N_ARRANGEMENTS]) (const double *aspects,
                                                  guint n,
                                                  double width,
                                                  double height,
                                                  LecPlace *places)
    = {
        [LEC_ARRANGEMENT_ROW] = place_row,     [LEC_ARRANGEMENT_COLUMN] = place_column,
        [LEC_ARRANGEMENT_EQUAL] = place_equal, [LEC_ARRANGEMENT_INSET] = place_inset,
        [LEC_ARRANGEMENT_ONE] = place_one,
      };

/* It is the large one. */
static gboolean
leads (const LecPlace *places, guint n)
{
  for (guint i = 1; i < n; i++) {
    if (places[i].width * places[i].height > places[0].width * places[0].height)
      return FALSE;
  }
  return TRUE;
}

LecArrangement
lec_video_geometry_choose (LecArrangement arrangement,
                           const double *aspects,
                           guint n,
                           double width,
                           double height)
{
  double best = -1.0;

  if (n < 2)
    return LEC_ARRANGEMENT_ONE;
  if (arrangement != LEC_ARRANGEMENT_AUTOMATIC)
    return arrangement;
  for (guint i = LEC_ARRANGEMENT_ROW; i <= LEC_ARRANGEMENT_EQUAL; i++) {
    LecPlace places[LEC_MAX_PICTURES];

    placers[i](aspects, n, width, height, places);
    if (sum_areas (places, n) <= best || !leads (places, n))
      continue;
    best = sum_areas (places, n);
    arrangement = (LecArrangement) i;
  }
  return arrangement;
}

void
lec_video_geometry_place (LecArrangement arrangement,
                          const double *aspects,
                          guint n,
                          double width,
                          double height,
                          LecPlace *places)
{
  g_return_if_fail (n >= 1 && n <= LEC_MAX_PICTURES);

  arrangement = lec_video_geometry_choose (arrangement, aspects, n, width, height);
  placers[arrangement](aspects, n, width, height, places);
}
