/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The traces that both receivers are compared on: made up from seeds, each for a talk, a lecture
 * with slides and a studio; and recorded ones. */
#pragma once

#include "channel/channel.h"
#include "support/station.h"

typedef struct
{
  const char *name;
  void (*tell) (Trace *trace, Station *station, guint seconds);
} Scene;

typedef struct
{
  const char *name;
  LecMedia media;
  Station (*station) (void);
  guint seconds;
} Programme;

extern const Scene scenes[];
extern const guint n_scenes;
extern const Programme programmes[];
extern const guint n_programmes;
