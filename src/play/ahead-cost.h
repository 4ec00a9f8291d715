/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is joined ahead costs, or why nothing is (play/ahead.h). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Why nothing is joined ahead though something is wanted. */
typedef enum {
  LEC_AHEAD_JOINS,
  LEC_AHEAD_NOTHING_PLAYS,
  LEC_AHEAD_SPEED_UNKNOWN,
  LEC_AHEAD_WIRELESS,
} LecAheadObstacle;

typedef struct
{
  guint n_channels; /* that are joined ahead */
  guint64 rate;     /* [bit/s] that they take */
  LecAheadObstacle obstacle;
} LecAheadCost;

G_END_DECLS
