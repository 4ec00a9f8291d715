/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/receive-loop.h"

#include <sys/eventfd.h>
#include <unistd.h>

#define MEMBERS 20

/* A member that counts what it is told by a descriptor. */
typedef struct
{
  LecLoopMember member;
  guint64 told; /* atomic */
  gboolean is_in;
} Counter;

static GThread *last_thread; /* atomic: that a step was made in */

static void
count_step (LecLoopMember *member)
{
  Counter *self = (Counter *) member;
  guint64 count;

  g_assert_true (g_atomic_int_get (&self->is_in));
  g_atomic_pointer_set (&last_thread, g_thread_self ());
  if (read (member->fd, &count, sizeof count) == sizeof count) {
    __atomic_fetch_add (&self->told, count, __ATOMIC_SEQ_CST);
    member->packets += (guint) count;
  }
}

static void
come (Counter *self)
{
  g_autoptr (GError) error = NULL;

  *self = (Counter){ .is_in = TRUE };
  self->member.fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  self->member.step = count_step;
  self->member.headroom = 1000;
  self->member.latency_ns = 1000000;
  g_assert_true (lec_receive_loop_add (&self->member, &error));
  g_assert_no_error (error);
}

static void
go (Counter *self)
{
  lec_receive_loop_remove (&self->member);
  g_atomic_int_set (&self->is_in, FALSE); /* a step from now on is noticed */
  close (self->member.fd);
}

static void
tell (Counter *self)
{
  const guint64 one = 1;

  g_assert_cmpint (write (self->member.fd, &one, sizeof one), ==, sizeof one);
}

static void
await (Counter *self, guint64 told)
{
  while (__atomic_load_n (&self->told, __ATOMIC_SEQ_CST) < told)
    g_thread_yield ();
}

/* All are stepped, by one thread. */
static void
test_one_thread (void)
{
  Counter counters[MEMBERS];
  gpointer thread = NULL;

  for (guint i = 0; i < MEMBERS; i++)
    come (&counters[i]);
  for (guint i = 0; i < MEMBERS; i++) {
    tell (&counters[i]);
    await (&counters[i], 1);
    g_assert_true (thread == NULL || thread == g_atomic_pointer_get (&last_thread));
    thread = g_atomic_pointer_get (&last_thread);
  }
  g_assert_true (thread != g_thread_self ());
  for (guint i = 0; i < MEMBERS; i++)
    go (&counters[i]);
}

static gpointer
come_and_go (gpointer data)
{
  for (guint i = 0; i < 200; i++) {
    Counter counter;

    come (&counter);
    tell (&counter);
    if (i % 2 == 0)
      await (&counter, 1);
    go (&counter);
  }
  return NULL;
}

/* Who has gone is not stepped any more, also where it went with something left to do; and the loop
 * begins anew as often as nobody was in it. */
static void
test_come_and_go (void)
{
  GThread *threads[3];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("come-and-go", come_and_go, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
test_refused (void)
{
  LecLoopMember member = { .fd = -1, .step = count_step };
  g_autoptr (GError) error = NULL;

  g_assert_false (lec_receive_loop_add (&member, &error));
  g_assert_nonnull (error);
  test_one_thread ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/receive-loop/one-thread", test_one_thread);
  g_test_add_func ("/receive-loop/come-and-go", test_come_and_go);
  g_test_add_func ("/receive-loop/refused", test_refused);
  return g_test_run ();
}
