/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The media of a channel, one track each, and where each of them comes from.
 *
 * Media are added by the threads that push and asked for by any; a route stays until all are freed,
 * so that who has found one may keep it. */
#pragma once

#include "play/container.h"
#include "play/track.h"

G_BEGIN_DECLS

typedef struct _LecRoutes LecRoutes;

typedef struct
{
  LecTrack *track;
  LecContainer *container; /* (nullable) (unowned): it comes out of it */
  guint stream;            /* of the alternative */
  GstStreamType type;      /* of what comes out of the container */
  guint index;             /* among those of its type */
  gboolean has_left;       /* it is no medium of its own, after all */
  gboolean is_hidden;      /* it is not decoded, as nobody looks; owner's thread */
} LecRoute;

LecRoutes *lec_routes_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* The pipeline must be in state NULL. */
void lec_routes_free (LecRoutes *self);

/**
 * lec_routes_add:
 * @like: is copied; its track is the route's from now on
 *
 * Returns: (transfer none): the new one, which is held back where those to come are
 */
LecRoute *lec_routes_add (LecRoutes *self, const LecRoute *like);

/* Whether the tracks of media that are added from now on are held back: lec_track_hold_back(). */
void lec_routes_set_ahead (LecRoutes *self, gboolean is_ahead);

/* Returns: (transfer none) (nullable): that of @track; (of @sink): whose media go there */
LecRoute *lec_routes_find (LecRoutes *self, LecTrack *track);
LecRoute *lec_routes_find_by_sink (LecRoutes *self, GstElement *sink);

/* Returns: (transfer none) (nullable): the @index-th medium of @type that has not left */
LecRoute *lec_routes_find_medium (LecRoutes *self, GstStreamType type, guint index);

/**
 * lec_routes_find_idle:
 * @container: (nullable)
 * @count: (out): how many media of @type have come out of @container
 *
 * Returns: (transfer none) (nullable): one of these that nothing is linked to: a medium that has
 *   left leaves its track to the one that comes in its place
 */
LecRoute *
lec_routes_find_idle (LecRoutes *self, LecContainer *container, GstStreamType type, guint *count);

/* What is linked to @inlet is no medium of its own. */
void lec_routes_leave (LecRoutes *self, GstPad *inlet);

/* Returns: (transfer container): those that @is_meant says; (nullable): all. Taken down first, as
 *   the pads' threads come here under locks of theirs. */
GPtrArray *lec_routes_list (LecRoutes *self, gboolean (*is_meant) (const LecRoute *route));

/* Calls @each for every track, with nothing added meanwhile. */
void lec_routes_foreach (LecRoutes *self, void (*each) (LecTrack *track));

/* Returns: whether @object is part of the branch of one of the tracks */
gboolean lec_routes_contain (LecRoutes *self, GstObject *object);

/* A few times a second: looks whether each goes on. */
void lec_routes_watch (LecRoutes *self, gint64 now_us);

/* Returns: how many decoded buffers there were of the @index-th medium of @type */
guint64 lec_routes_count_decoded (LecRoutes *self, GstStreamType type, guint index);

/* Returns: (transfer full) (nullable): as lec_track_dup_key_picture(), of the first that has one */
GstSample *lec_routes_dup_key_picture (LecRoutes *self);

/* Adds all that have not left to @draft. */
void lec_routes_report (LecRoutes *self, LecReportDraft *draft, gint64 now_us);

G_END_DECLS
