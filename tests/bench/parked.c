/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parked.h"

#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define THREADS_MAX 64

typedef struct
{
  int turns;         /* schedstat of the thread in /proc, kept open: how often it got a processor */
  int place;         /* its wchan: where in the kernel it waits, 0 when it does not */
  int state;         /* its stat, for kernels that do not tell the place */
  guint64 had_turns; /* when it was last looked at */
} Watched;

struct _Parked
{
  Watched threads[THREADS_MAX];
  guint n_threads;
};

static int
open_file (const char *thread, const char *name)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/task/%s/%s", thread, name);
  int file = open (path, O_RDONLY | O_CLOEXEC);

  if (file < 0)
    g_error ("%s cannot be read, and nothing else says what a thread does", path);
  return file;
}

Parked *
parked_new (void)
{
  Parked *self = g_new0 (Parked, 1);
  g_autoptr (GDir) threads = g_dir_open ("/proc/self/task", 0, NULL);
  g_autofree char *me = g_strdup_printf ("%ld", syscall (SYS_gettid));
  const char *name;

  g_assert_nonnull (threads);
  while ((name = g_dir_read_name (threads)) != NULL && self->n_threads < THREADS_MAX) {
    if (strcmp (name, me) != 0)
      self->threads[self->n_threads++] = (Watched){ .turns = open_file (name, "schedstat"),
                                                    .place = open_file (name, "wchan"),
                                                    .state = open_file (name, "stat") };
  }
  return self;
}

void
parked_free (Parked *self)
{
  for (guint i = 0; i < self->n_threads; i++) {
    close (self->threads[i].turns);
    close (self->threads[i].place);
    close (self->threads[i].state);
  }
  g_free (self);
}

/* Whether the thread sleeps, and has not run since it was last looked at. One that has ended sleeps
 * well. */
static gboolean
is_asleep (Watched *thread)
{
  char text[512];
  gssize size = pread (thread->turns, text, sizeof text - 1, 0);
  guint64 turns;

  if (size <= 0)
    return TRUE;
  text[size] = '\0';
  turns = g_ascii_strtoull (strrchr (text, ' '), NULL, 10);
  if (turns != thread->had_turns) {
    thread->had_turns = turns;
    return FALSE;
  }
  size = pread (thread->place, text, sizeof text, 0);
  if (size <= 0 || text[0] != '0')
    return TRUE;
  size = pread (thread->state, text, sizeof text - 1, 0);
  text[MAX (size, 0)] = '\0';
  return strstr (text, ") S ") != NULL;
}

/* Two rounds: who sleeps at both looks, with no turn between them, has slept from one to the other.
 * So from the last look of the first round to the first one of the second nobody was awake. One
 * round would not do: who had a turn before it may still use that, and wake another one behind our
 * back, before it is looked at. */
void
parked_wait (Parked *self)
{
  guint rounds = 0;

  while (rounds < 2) {
    gboolean all = TRUE;

    for (guint i = 0; i < self->n_threads; i++)
      all &= is_asleep (&self->threads[i]);
    rounds = all ? rounds + 1 : 0;
    if (!all)
      sched_yield ();
  }
}
