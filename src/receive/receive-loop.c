/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/receive-loop.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "channel/error.h"
#include "net/thread.h"
#include "receive/read-pacer.h"

#define EVENTS 64 /* at once */

typedef struct
{
  int epoll, wake;
  GThread *thread;    /* (nullable) */
  LecReadPacer pacer; /* the thread's own */
} Loop;

static GMutex life; /* who comes and who goes do so one after the other */
static Loop loop;   /* under life, but for what is the thread's own */

static GMutex mutex;
static GCond stepped;
static GPtrArray *members;     /* (nullable) under mutex */
static LecLoopMember *current; /* (nullable) under mutex: in its step */
static guint awaited;          /* under mutex: by so many that this step ends */

/* ---- the thread ---- */

static gint64
now (void)
{
  return g_get_monotonic_time () * 1000;
}

/* Whether it is in the loop still: its turn may have come just when it went. */
static gboolean
begin_step (LecLoopMember *member)
{
  g_mutex_lock (&mutex);
  if (g_ptr_array_find (members, member, NULL))
    current = member;
  g_mutex_unlock (&mutex);
  return current == member;
}

static void
end_step (void)
{
  g_mutex_lock (&mutex);
  current = NULL;
  if (awaited > 0)
    g_cond_broadcast (&stepped);
  g_mutex_unlock (&mutex);
}

/* Takes what @member has counted into the sum. */
static void
collect (LecLoopMember *member, LecLoopMember *sum)
{
  sum->packets += member->packets;
  sum->behind |= member->behind;
  sum->overflowed |= member->overflowed;
  member->packets = 0;
  member->overflowed = FALSE;
}

/* How long all may be left alone is for the most hurried of them. */
static void
pace (LecLoopMember *sum)
{
  guint readers;

  sum->headroom = G_MAXUINT;
  sum->latency_ns = G_MAXINT64;
  g_mutex_lock (&mutex);
  readers = members->len;
  for (guint i = 0; i < readers; i++) {
    const LecLoopMember *member = g_ptr_array_index (members, i);

    sum->headroom = MIN (sum->headroom, member->headroom);
    sum->latency_ns = MIN (sum->latency_ns, member->latency_ns);
  }
  g_mutex_unlock (&mutex);
  if (sum->overflowed)
    lec_read_pacer_note_overflow (&loop.pacer, now ());
  lec_read_pacer_note (&loop.pacer, sum->packets, readers, sum->headroom, sum->latency_ns, now ());
}

/* Waits until there is something to do; where packets come fast, a pause is time enough for some to
 * have come. */
static int
await (struct epoll_event *events, gboolean behind)
{
  const gint64 pause_ns = behind ? 0 : lec_read_pacer_get (&loop.pacer);
  int n;

  if (pause_ns > 0) {
    clock_nanosleep (CLOCK_MONOTONIC, 0, &(struct timespec){ .tv_nsec = pause_ns }, NULL);
    n = epoll_wait (loop.epoll, events, EVENTS, 0);
    if (n != 0)
      return n;
  }
  return epoll_wait (loop.epoll, events, EVENTS, -1);
}

static gboolean
is_empty (void)
{
  gboolean is;

  g_mutex_lock (&mutex);
  is = members->len == 0;
  g_mutex_unlock (&mutex);
  return is;
}

static gpointer
run (gpointer data)
{
  struct epoll_event events[EVENTS];
  gboolean behind = FALSE;

  lec_read_pacer_start (&loop.pacer, now ());
  while (!is_empty ()) {
    LecLoopMember sum = { 0 };
    int n = await (events, behind);

    for (int i = 0; i < n; i++) {
      LecLoopMember *member = events[i].data.ptr;

      if (member == NULL || !begin_step (member))
        continue;
      member->step (member);
      collect (member, &sum);
      end_step ();
    }
    behind = sum.behind;
    pace (&sum);
  }
  return NULL;
}

/* ---- coming and going ---- */

static void
close_descriptors (void)
{
  if (loop.epoll >= 0)
    close (loop.epoll);
  if (loop.wake >= 0)
    close (loop.wake);
}

static gboolean
open_descriptors (GError **error)
{
  struct epoll_event event = { .events = EPOLLIN };

  loop.epoll = epoll_create1 (EPOLL_CLOEXEC);
  loop.wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (loop.epoll >= 0 && loop.wake >= 0
      && epoll_ctl (loop.epoll, EPOLL_CTL_ADD, loop.wake, &event) == 0)
    return TRUE;
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, _ ("Cannot wait for packets: %s"),
               g_strerror (errno));
  close_descriptors ();
  return FALSE;
}

static gboolean
begin (GError **error)
{
  if (!open_descriptors (error))
    return FALSE;
  loop.thread = lec_thread_new ("lectern-receive", run, NULL, error);
  if (loop.thread == NULL)
    close_descriptors ();
  return loop.thread != NULL;
}

static void
end (void)
{
  const guint64 one = 1;

  while (write (loop.wake, &one, sizeof one) < 0 && errno == EINTR)
    ;
  g_thread_join (g_steal_pointer (&loop.thread));
  close_descriptors ();
}

static void
put_in (LecLoopMember *member)
{
  g_mutex_lock (&mutex);
  if (members == NULL)
    members = g_ptr_array_new ();
  g_ptr_array_add (members, member);
  g_mutex_unlock (&mutex);
}

/* Returns: whether nobody is left */
static gboolean
take_out (LecLoopMember *member)
{
  gboolean is_last;

  g_mutex_lock (&mutex);
  g_ptr_array_remove_fast (members, member);
  awaited++;
  while (current == member)
    g_cond_wait (&stepped, &mutex);
  awaited--;
  is_last = members->len == 0;
  g_mutex_unlock (&mutex);
  return is_last;
}

/* Returns: whether the loop waits for @member from now on */
static gboolean
watch (LecLoopMember *member, GError **error)
{
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = member };

  if (epoll_ctl (loop.epoll, EPOLL_CTL_ADD, member->fd, &event) == 0)
    return TRUE;
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, _ ("Cannot wait for packets: %s"),
               g_strerror (errno));
  return FALSE;
}

gboolean
lec_receive_loop_add (LecLoopMember *member, GError **error)
{
  gboolean is_in;

  g_mutex_lock (&life);
  put_in (member);
  is_in = (loop.thread != NULL || begin (error)) && watch (member, error);
  if (!is_in && take_out (member) && loop.thread != NULL)
    end ();
  g_mutex_unlock (&life);
  return is_in;
}

void
lec_receive_loop_remove (LecLoopMember *member)
{
  g_mutex_lock (&life);
  epoll_ctl (loop.epoll, EPOLL_CTL_DEL, member->fd, NULL);
  if (take_out (member))
    end ();
  g_mutex_unlock (&life);
}
