/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/announcement.h"

static void
event_free (LecEvent *event)
{
  g_free (event->name);
  g_ptr_array_unref (event->channels);
  g_free (event);
}

LecAnnouncement *
lec_announcement_new (const char *format)
{
  LecAnnouncement *self = g_new0 (LecAnnouncement, 1);

  self->format = format;
  self->channels = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) event_free);
  self->warnings = lec_warnings_new ();
  return self;
}

void
lec_announcement_free (LecAnnouncement *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_free (self->uri);
  g_ptr_array_unref (self->channels);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->warnings);
  g_free (self);
}

LecEvent *
lec_announcement_add_event (LecAnnouncement *self, const char *name, LecWhenDone when_done)
{
  LecEvent *event = g_new0 (LecEvent, 1);

  event->name = g_strdup (name);
  event->when_done = when_done;
  event->channels = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);
  g_ptr_array_add (self->events, event);
  return event;
}

void
lec_announcement_set_title (LecAnnouncement *self, const char *title)
{
  g_free (self->title);
  self->title = g_strdup (title);
  lec_text_clean (&self->title);
}
