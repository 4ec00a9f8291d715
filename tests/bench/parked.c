/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parked.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define THREADS_MAX 64

struct _Parked
{
  int files[THREADS_MAX]; /* status of each thread in /proc, kept open */
  guint64 switches[THREADS_MAX];
  guint n_files;
};

Parked *
parked_new (void)
{
  Parked *self = g_new0 (Parked, 1);
  g_autoptr (GDir) threads = g_dir_open ("/proc/self/task", 0, NULL);
  g_autofree char *me = g_strdup_printf ("%ld", syscall (SYS_gettid));
  const char *name;

  g_assert_nonnull (threads);
  while ((name = g_dir_read_name (threads)) != NULL && self->n_files < THREADS_MAX) {
    g_autofree char *path = g_strdup_printf ("/proc/self/task/%s/status", name);

    if (strcmp (name, me) != 0)
      self->files[self->n_files++] = open (path, O_RDONLY | O_CLOEXEC);
  }
  return self;
}

void
parked_free (Parked *self)
{
  for (guint i = 0; i < self->n_files; i++)
    close (self->files[i]);
  g_free (self);
}

/* Whether the thread sleeps, and has not run since it was last looked at. One that has ended sleeps
 * well. */
static gboolean
is_asleep (Parked *self, guint index)
{
  char text[4096];
  gssize size = pread (self->files[index], text, sizeof text - 1, 0);
  const char *state, *switches;
  guint64 count;
  gboolean same;

  if (size <= 0)
    return TRUE;
  text[size] = '\0';
  state = strstr (text, "\nState:\t");
  switches = strstr (text, "\nvoluntary_ctxt_switches:\t");
  if (state == NULL || switches == NULL)
    g_error ("/proc says nothing of threads");
  count = g_ascii_strtoull (strchr (switches, '\t'), NULL, 10);
  same = count == self->switches[index];
  self->switches[index] = count;
  return same && state[strlen ("\nState:\t")] == 'S';
}

/* One round is enough: who slept at this look had slept since the one before, so from the last look
 * of the round before to the first one of this nobody was awake, and nobody could be woken since.
 */
void
parked_wait (Parked *self)
{
  gboolean all = FALSE;

  while (!all) {
    all = TRUE;
    for (guint i = 0; i < self->n_files; i++)
      all &= is_asleep (self, i);
    if (!all)
      sched_yield ();
  }
}
