/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Watches the decoding of one medium: tells whether it goes on, and when its decoder is to be made
 * anew.
 *
 * Told the time and the counters; touches nothing. */
#pragma once

#include "report/track.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 patience_us;    /* set by the owner: with units coming and nothing decoded */
  gint64 decoded_us;     /* when something was decoded last; 0: nothing yet */
  guint64 decoded;       /* as of then */
  guint64 units;         /* that went into the decoder, as of then, or as of the last rebuild */
  gint64 units_us;       /* when the first unit after those came; 0: none yet */
  gint64 rebuilt_us;     /* 0: never */
  guint fruitless;       /* rebuilds in a row after which nothing was decoded */
  gboolean failed;       /* something has told that it is broken */
  gint64 second_us;      /* when the present second began */
  LecTrackCounts before; /* as of then */
  LecTrackCounts second; /* in the last whole second */
  guint64 decoded_before, late_before; /* as of when the present second began */
  guint64 packets;                     /* that had come by the newest of them */
  gint64 packets_us;                   /* when that was; 0: none has */
  gint64 pause_us;                     /* longest time from one to the next */
  gint64 dropping_us; /* for how many whole seconds much has come too late to be shown */
  gint64 unseen_us;   /* for how many nothing was shown of what was decoded */
} LecWatch;

/* What the decoder was given and what came out, since the join. */
typedef struct
{
  LecTrackCounts counts;
  guint64 given;    /* units that went into the decoder */
  guint64 decoded;  /* that came out of it, whether they are to be shown or not */
  guint64 late;     /* of these: too late by far, while others waited before the decoder */
  gboolean waiting; /* units wait before the decoder */
  gboolean broken;  /* it has failed since the last update */
} LecWatchFacts;

/**
 * lec_watch_update:
 * @now_us: monotonic; a few times a second
 *
 * Returns: whether the decoder is to be made anew now
 */
gboolean lec_watch_update (LecWatch *self, const LecWatchFacts *facts, gint64 now_us);

/* Returns: whether units come that are not decoded, and this for longer than a decoder takes */
gboolean lec_watch_is_stalled (const LecWatch *self);

/* Returns: how many rebuilds in a row have not helped */
guint lec_watch_get_fruitless (const LecWatch *self);

/* Returns: [us] since something was decoded; -1: nothing was yet */
gint64 lec_watch_get_still (const LecWatch *self, gint64 now_us);

G_END_DECLS
