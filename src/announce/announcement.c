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
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
lec_announcement_free (LecAnnouncement *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
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

void
lec_announcement_warn (LecAnnouncement *self, const char *format, ...)
{
  g_autofree char *said = NULL;
  g_autofree char *warning = NULL;
  va_list arguments;

  if (self->warnings->len == LEC_MAX_WARNINGS)
    return;
  va_start (arguments, format);
  said = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  /* A piece that was cut to a number of bytes may end inside a character. */
  warning = g_utf8_make_valid (said, -1);
  if (!g_ptr_array_find_with_equal_func (self->warnings, warning, g_str_equal, NULL))
    g_ptr_array_add (self->warnings, g_steal_pointer (&warning));
}

GStrv
lec_announcement_dup_warnings (const LecAnnouncement *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (self->warnings->len == 0)
    return NULL;
  for (guint i = 0; i < self->warnings->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (self->warnings, i));
  return g_strv_builder_end (builder);
}
