/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/slides.h"

#include "fetch/slide.h"

typedef struct
{
  char *uri;
  GBytes *bytes;
} Slide;

struct _LecSlides
{
  void (*changed) (gpointer data);
  gpointer data;

  char *origin; /* (nullable) */
  gboolean anywhere;

  Slide kept[LEC_SLIDES_KEPT]; /* the newest first */
  Slide shown;                 /* without a uri: none */
  char *wanted;                /* (nullable): to be shown when it is there */
  char *next;                  /* (nullable): to be there when it is wanted */

  LecSlideFetcher *fetcher; /* (nullable) */
  char *fetched;            /* (nullable): what it fetches */
  gint64 asked_us;          /* when the last request began; 0: none has */
  guint timer;              /* until the next one may begin */
};

static void
clear_slide (Slide *slide)
{
  g_clear_pointer (&slide->uri, g_free);
  g_clear_pointer (&slide->bytes, g_bytes_unref);
}

static GBytes *
find_kept (LecSlides *self, const char *uri)
{
  for (guint i = 0; i < LEC_SLIDES_KEPT; i++) {
    if (g_strcmp0 (self->kept[i].uri, uri) == 0)
      return self->kept[i].bytes;
  }
  return NULL;
}

static void
keep (LecSlides *self, const char *uri, GBytes *bytes)
{
  clear_slide (&self->kept[LEC_SLIDES_KEPT - 1]);
  for (guint i = LEC_SLIDES_KEPT - 1; i > 0; i--)
    self->kept[i] = self->kept[i - 1];
  self->kept[0] = (Slide){ g_strdup (uri), g_bytes_ref (bytes) };
}

/* @bytes: (nullable): it cannot be had, and the one before would be wrong */
static void
show (LecSlides *self, const char *uri, GBytes *bytes)
{
  const Slide shown
      = { bytes != NULL ? g_strdup (uri) : NULL, bytes != NULL ? g_bytes_ref (bytes) : NULL };
  const gboolean is_news = self->shown.uri != NULL || uri != NULL;

  clear_slide (&self->shown);
  self->shown = shown;
  if (is_news)
    self->changed (self->data);
}

static void
stop_fetching (LecSlides *self)
{
  g_clear_pointer (&self->fetcher, lec_slide_fetcher_free);
  g_clear_pointer (&self->fetched, g_free);
}

static void fetch_next (LecSlides *self);

static void
fetched_cb (GBytes *bytes, const GError *error, gpointer data)
{
  LecSlides *self = data;
  g_autofree char *uri = g_steal_pointer (&self->fetched);

  stop_fetching (self);
  if (bytes != NULL)
    keep (self, uri, bytes);
  if (g_strcmp0 (self->next, uri) == 0)
    g_clear_pointer (&self->next, g_free);
  if (g_strcmp0 (self->wanted, uri) == 0) {
    g_clear_pointer (&self->wanted, g_free);
    show (self, uri, bytes);
  }
  fetch_next (self);
}

static gboolean
timer_cb (gpointer data)
{
  LecSlides *self = data;

  self->timer = 0;
  fetch_next (self);
  return G_SOURCE_REMOVE;
}

/* What is to be shown has no patience with what is only prepared. */
static void
fetch_next (LecSlides *self)
{
  const char *uri = self->wanted != NULL ? self->wanted : self->next;
  const gint64 wait_us = self->asked_us + LEC_SLIDES_INTERVAL_MS * 1000 - g_get_monotonic_time ();

  if (uri == NULL || g_strcmp0 (self->fetched, uri) == 0 || self->timer != 0
      || (self->fetcher != NULL && self->wanted == NULL))
    return;
  if (self->asked_us != 0 && wait_us > 0) {
    self->timer = g_timeout_add ((guint) (wait_us / 1000) + 1, timer_cb, self);
    return;
  }
  stop_fetching (self);
  self->asked_us = g_get_monotonic_time ();
  self->fetched = g_strdup (uri);
  self->fetcher = lec_slide_fetcher_new (uri, self->origin, self->anywhere, fetched_cb, self);
}

LecSlides *
lec_slides_new (void (*changed) (gpointer data), gpointer data)
{
  LecSlides *self = g_new0 (LecSlides, 1);

  self->changed = changed;
  self->data = data;
  return self;
}

static void
forget (LecSlides *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  stop_fetching (self);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->next, g_free);
  for (guint i = 0; i < LEC_SLIDES_KEPT; i++)
    clear_slide (&self->kept[i]);
}

void
lec_slides_free (LecSlides *self)
{
  if (self == NULL)
    return;
  forget (self);
  clear_slide (&self->shown);
  g_free (self->origin);
  g_free (self);
}

void
lec_slides_begin (LecSlides *self, const char *origin, gboolean anywhere)
{
  g_autofree char *copy = g_strdup (origin);

  forget (self);
  g_free (self->origin);
  self->origin = g_steal_pointer (&copy);
  self->anywhere = anywhere;
  show (self, NULL, NULL);
}

void
lec_slides_show (LecSlides *self, const char *uri)
{
  GBytes *bytes = uri != NULL ? find_kept (self, uri) : NULL;

  g_free (self->wanted);
  self->wanted = bytes == NULL ? g_strdup (uri) : NULL;
  if (uri == NULL || bytes != NULL)
    show (self, uri, bytes);
  fetch_next (self);
}

void
lec_slides_prepare (LecSlides *self, const char *uri)
{
  if (find_kept (self, uri) != NULL)
    return;
  g_free (self->next);
  self->next = g_strdup (uri);
  fetch_next (self);
}

GBytes *
lec_slides_get_bytes (LecSlides *self)
{
  return self->shown.bytes;
}

const char *
lec_slides_get_uri (LecSlides *self)
{
  return self->shown.uri;
}
