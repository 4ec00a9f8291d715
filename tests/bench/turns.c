/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How long the main loop of a program is busy at a time, whatever it does: loaded before it
 * (LD_PRELOAD), watches the poll() of its first thread.
 *
 *   LECTERN_TURNS=FILE
 *
 * Writes to FILE, for each turn from one poll() to the next of 1 ms or more, a line of monotonic
 * time at its begin, time that passed, and time that the thread worked (that others make it wait is
 * not its fault), all in milliseconds. */
#include <dlfcn.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define SHORT_MS 1.0

typedef int (*Poll) (struct pollfd *fds, nfds_t n, int timeout);

static Poll real_poll;
static FILE *file;
static double began_ms, worked_ms; /* of this turn; 0: none has begun */

static double
get_ms (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (double) now.tv_sec * 1000.0 + (double) now.tv_nsec / 1e6;
}

static void
end_turn (void)
{
  const double passed_ms = get_ms (CLOCK_MONOTONIC) - began_ms;

  if (began_ms > 0 && passed_ms >= SHORT_MS)
    fprintf (file, "%.3f %.3f %.3f\n", began_ms, passed_ms,
             get_ms (CLOCK_THREAD_CPUTIME_ID) - worked_ms);
}

static void
begin_turn (void)
{
  began_ms = get_ms (CLOCK_MONOTONIC);
  worked_ms = get_ms (CLOCK_THREAD_CPUTIME_ID);
}

static void
open_file (void)
{
  const char *name = getenv ("LECTERN_TURNS");

  real_poll = (Poll) dlsym (RTLD_NEXT, "poll");
  file = name != NULL ? fopen (name, "we") : NULL;
  if (file != NULL)
    setvbuf (file, NULL, _IOLBF, 0);
}

/* One file alone is what the libraries of X and D-Bus wait for, in the middle of a turn. */
__attribute__ ((visibility ("default"))) int
poll (struct pollfd *fds, nfds_t n, int timeout)
{
  const int is_loop = n > 1 && getpid () == syscall (SYS_gettid);
  int ready;

  if (real_poll == NULL)
    open_file ();
  if (!is_loop || file == NULL)
    return real_poll (fds, n, timeout);
  end_turn ();
  ready = real_poll (fds, n, timeout);
  begin_turn ();
  return ready;
}
