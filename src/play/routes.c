/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/routes.h"

struct _LecRoutes
{
  GMutex mutex;      /* of all below */
  gboolean is_ahead; /* nothing that is added is decoded */
  GPtrArray *routes; /* of LecRoute, owned */
};

static LecRoute *
get (const LecRoutes *self, guint index)
{
  return g_ptr_array_index (self->routes, index);
}

static void
free_route (gpointer data)
{
  LecRoute *route = data;

  lec_track_free (route->track);
  g_free (route);
}

LecRoutes *
lec_routes_new (void)
{
  LecRoutes *self = g_new0 (LecRoutes, 1);

  g_mutex_init (&self->mutex);
  self->routes = g_ptr_array_new_with_free_func (free_route);
  return self;
}

void
lec_routes_free (LecRoutes *self)
{
  g_ptr_array_unref (self->routes);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

LecRoute *
lec_routes_add (LecRoutes *self, const LecRoute *like)
{
  LecRoute *route = g_memdup2 (like, sizeof *like);

  g_mutex_lock (&self->mutex);
  if (self->is_ahead)
    lec_track_hold_back (route->track);
  g_ptr_array_add (self->routes, route);
  g_mutex_unlock (&self->mutex);
  return route;
}

void
lec_routes_set_ahead (LecRoutes *self, gboolean is_ahead)
{
  g_mutex_lock (&self->mutex);
  self->is_ahead = is_ahead;
  g_mutex_unlock (&self->mutex);
}

/* ---- finding ---- */

/* Returns: (nullable): the first that @is_it says of @key */
static LecRoute *
find_first (LecRoutes *self,
            gboolean (*is_it) (const LecRoute *route, gconstpointer key),
            gconstpointer key)
{
  LecRoute *found = NULL;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->routes->len && found == NULL; i++) {
    if (is_it (get (self, i), key))
      found = get (self, i);
  }
  g_mutex_unlock (&self->mutex);
  return found;
}

static gboolean
has_track (const LecRoute *route, gconstpointer track)
{
  return route->track == track;
}

static gboolean
has_sink (const LecRoute *route, gconstpointer sink)
{
  return lec_track_get_sink (route->track) == sink;
}

static gboolean
has_inlet (const LecRoute *route, gconstpointer inlet)
{
  return lec_track_get_inlet (route->track) == inlet;
}

static gboolean
is_medium (const LecRoute *route, gconstpointer like)
{
  const LecRoute *medium = like;

  return route->type == medium->type && route->index == medium->index && !route->has_left;
}

LecRoute *
lec_routes_find (LecRoutes *self, LecTrack *track)
{
  return find_first (self, has_track, track);
}

LecRoute *
lec_routes_find_by_sink (LecRoutes *self, GstElement *sink)
{
  return find_first (self, has_sink, sink);
}

LecRoute *
lec_routes_find_medium (LecRoutes *self, GstStreamType type, guint index)
{
  const LecRoute like = { .type = type, .index = index };

  return find_first (self, is_medium, &like);
}

LecRoute *
lec_routes_find_idle (LecRoutes *self, LecContainer *container, GstStreamType type, guint *count)
{
  LecRoute *idle = NULL;

  *count = 0;
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->routes->len; i++) {
    LecRoute *route = get (self, i);

    if (route->container != container || route->type != type)
      continue;
    (*count)++;
    if (idle == NULL && !gst_pad_is_linked (lec_track_get_inlet (route->track)))
      idle = route;
  }
  g_mutex_unlock (&self->mutex);
  return idle;
}

void
lec_routes_leave (LecRoutes *self, GstPad *inlet)
{
  LecRoute *route = find_first (self, has_inlet, inlet);

  if (route == NULL)
    return;
  g_mutex_lock (&self->mutex);
  route->has_left = TRUE;
  g_mutex_unlock (&self->mutex);
}

GPtrArray *
lec_routes_list (LecRoutes *self, gboolean (*is_meant) (const LecRoute *route))
{
  GPtrArray *routes = g_ptr_array_new ();

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->routes->len; i++) {
    if (is_meant == NULL || is_meant (get (self, i)))
      g_ptr_array_add (routes, get (self, i));
  }
  g_mutex_unlock (&self->mutex);
  return routes;
}

/* ---- all of them ---- */

void
lec_routes_foreach (LecRoutes *self, void (*each) (LecTrack *track))
{
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->routes->len; i++)
    each (get (self, i)->track);
  g_mutex_unlock (&self->mutex);
}

static gboolean
has_part (const LecRoute *route, gconstpointer object)
{
  return lec_track_contains (route->track, (GstObject *) object);
}

gboolean
lec_routes_contain (LecRoutes *self, GstObject *object)
{
  return find_first (self, has_part, object) != NULL;
}

void
lec_routes_watch (LecRoutes *self, gint64 now_us)
{
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->routes->len; i++)
    lec_track_watch (get (self, i)->track, now_us);
  g_mutex_unlock (&self->mutex);
}

guint64
lec_routes_count_decoded (LecRoutes *self, GstStreamType type, guint index)
{
  guint64 decoded = 0;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->routes->len; i++) {
    if (get (self, i)->type == type && get (self, i)->index == index)
      decoded += lec_track_get_decoded (get (self, i)->track);
  }
  g_mutex_unlock (&self->mutex);
  return decoded;
}

GstSample *
lec_routes_dup_key_picture (LecRoutes *self)
{
  GstSample *sample = NULL;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->routes->len && sample == NULL; i++) {
    const LecRoute *route = get (self, i);

    if (route->type == GST_STREAM_TYPE_VIDEO && !route->has_left)
      sample = lec_track_dup_key_picture (route->track);
  }
  g_mutex_unlock (&self->mutex);
  return sample;
}

/* It is not in the program any more, and nobody waits for it. */
static gboolean
has_left (const LecRoute *route)
{
  return route->has_left
         || (route->container != NULL && !gst_pad_is_linked (lec_track_get_inlet (route->track)));
}

void
lec_routes_report (LecRoutes *self, LecReportDraft *draft, gint64 now_us)
{
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->routes->len; i++) {
    const LecRoute *route = get (self, i);
    LecTrackReport *report = has_left (route) ? NULL : lec_report_draft_add_track (draft);

    if (report == NULL)
      continue;
    lec_track_report (route->track, report, now_us);
    report->stream = route->stream;
  }
  g_mutex_unlock (&self->mutex);
}
