/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where the pictures of a channel lie in the room that there is for them. Arithmetic only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_MAX_PICTURES 9    /* eight streams, and a slide */
#define LEC_PICTURES_GAP 6    /* [px] between two pictures */
#define LEC_PICTURES_INSET 12 /* [px] from the edge to pictures that lie in another */

typedef enum {
  LEC_ARRANGEMENT_AUTOMATIC, /* of the next three, the one that fills most of the room */
  LEC_ARRANGEMENT_ROW,       /* a large one, the others to its right */
  LEC_ARRANGEMENT_COLUMN,    /* a large one, the others below it */
  LEC_ARRANGEMENT_EQUAL,     /* all of one size, as far as their shapes permit */
  LEC_ARRANGEMENT_INSET,     /* the others lie in the lower corner of the large one */
  LEC_ARRANGEMENT_ONE,       /* only the large one */
} LecArrangement;

#define LEC_N_ARRANGEMENTS 6

typedef struct
{
  double x, y, width, height; /* [px]; without area: it is not shown */
} LecPlace;

/**
 * lec_video_geometry_place:
 * @aspects: width divided by height of each picture, greater than 0; the large one first
 * @n: 1 to #LEC_MAX_PICTURES
 * @width: [px] of the room
 * @height: [px] of it
 * @places: (out) (array length=n)
 *
 * Each picture keeps its shape, and all are inside the room. None covers another, but for
 * %LEC_ARRANGEMENT_INSET.
 */
void lec_video_geometry_place (LecArrangement arrangement,
                               const double *aspects,
                               guint n,
                               double width,
                               double height,
                               LecPlace *places);

/* Returns: the arrangement that %LEC_ARRANGEMENT_AUTOMATIC is for these; otherwise @arrangement */
LecArrangement lec_video_geometry_choose (LecArrangement arrangement,
                                          const double *aspects,
                                          guint n,
                                          double width,
                                          double height);

/* Returns: (transfer none): its name in settings and actions: "automatic" */
const char *lec_arrangement_get_name (LecArrangement arrangement);

/* Returns: that of @name (nullable); %LEC_ARRANGEMENT_AUTOMATIC where there is none */
LecArrangement lec_arrangement_from_name (const char *name);

G_END_DECLS
