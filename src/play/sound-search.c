/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/sound-search.h"

#include "play/output.h"

/* Until it is looked again whether there is a sound device, and later, when it may never come. */
#define RETRY_S 2
#define RETRY_LATER_S 15
#define RETRIES 15 /* of the first kind */

/* A device that has worked for so long is a good one. */
#define STEADY_US (30 * G_TIME_SPAN_SECOND)

struct _LecSoundSearch
{
  void (*found) (gpointer data);
  gpointer data;
  guint retry;
  guint searches;       /* in vain, in a row */
  gint64 used_us;       /* when a device was taken into use last */
  GCancellable *search; /* (nullable): one that is going on */
};

static void look (LecSoundSearch *self);

static gboolean
retry_cb (gpointer data)
{
  LecSoundSearch *self = data;

  self->retry = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
wait (LecSoundSearch *self)
{
  self->retry = g_timeout_add_seconds (self->searches++ < RETRIES ? RETRY_S : RETRY_LATER_S,
                                       retry_cb, self);
}

static void
device_cb (gboolean is_there, gpointer data)
{
  LecSoundSearch *self = data;

  g_clear_object (&self->search);
  if (is_there) {
    self->searches++; /* one that opens and fails is not tried again at once */
    self->found (self->data);
  } else {
    wait (self);
  }
}

static void
look (LecSoundSearch *self)
{
  self->search = g_cancellable_new ();
  lec_output_find_device (self->search, device_cb, self);
}

LecSoundSearch *
lec_sound_search_new (void (*found) (gpointer data), gpointer data)
{
  LecSoundSearch *self = g_new0 (LecSoundSearch, 1);

  self->found = found;
  self->data = data;
  return self;
}

void
lec_sound_search_free (LecSoundSearch *self)
{
  lec_sound_search_stop (self);
  g_free (self);
}

void
lec_sound_search_begin (LecSoundSearch *self)
{
  if (g_get_monotonic_time () - self->used_us > STEADY_US)
    self->searches = 0;
  if (self->searches == 0)
    look (self);
  else
    wait (self);
}

void
lec_sound_search_note_use (LecSoundSearch *self)
{
  self->used_us = g_get_monotonic_time ();
}

void
lec_sound_search_stop (LecSoundSearch *self)
{
  g_clear_handle_id (&self->retry, g_source_remove);
  if (self->search != NULL)
    g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
}
