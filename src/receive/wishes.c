/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/wishes.h"

#include <errno.h>
#include <sys/eventfd.h>
#include <unistd.h>

void
lec_wishes_init (LecWishes *self)
{
  *self = (LecWishes){ .wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK) };
  g_mutex_init (&self->mutex);
}

void
lec_wishes_clear (LecWishes *self)
{
  if (self->wake >= 0)
    close (self->wake);
  g_mutex_clear (&self->mutex);
  g_free (self->station);
}

int
lec_wishes_get_fd (const LecWishes *self)
{
  return self->wake;
}

static void
unlock_and_wake (LecWishes *self)
{
  const guint64 one = 1;

  g_mutex_unlock (&self->mutex);
  while (write (self->wake, &one, sizeof one) < 0 && errno == EINTR)
    ;
}

void
lec_wishes_set_latency (LecWishes *self, gint64 latency_ns)
{
  g_mutex_lock (&self->mutex);
  self->latency_ns = latency_ns;
  self->has_latency = TRUE;
  unlock_and_wake (self);
}

void
lec_wishes_set_program (LecWishes *self, guint program)
{
  g_mutex_lock (&self->mutex);
  self->program = program;
  unlock_and_wake (self);
}

void
lec_wishes_set_station (LecWishes *self, const char *station)
{
  g_mutex_lock (&self->mutex);
  g_free (self->station);
  self->station = g_strdup (station);
  unlock_and_wake (self);
}

gboolean
lec_wishes_take (LecWishes *self, LecWishesTaken *taken)
{
  guint64 ignored;

  if (read (self->wake, &ignored, sizeof ignored) <= 0)
    return FALSE;
  g_mutex_lock (&self->mutex);
  *taken = (LecWishesTaken){ self->latency_ns, self->has_latency, self->program,
                             g_strdup (self->station) };
  self->has_latency = FALSE;
  g_mutex_unlock (&self->mutex);
  return TRUE;
}
