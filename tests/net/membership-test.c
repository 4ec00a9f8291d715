/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* When a group is asked for again, in virtual time: a network that forwards or does not, a sender
 * that sends or does not. */
#include "net/membership.h"

#include "wire/units.h"

#define SPACING (20 * MSECOND)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)

/* A host on a switch, and all that happened to it. */
typedef struct
{
  LecMembership membership;
  gint64 now_ns, heard_ns, wake_ns;
  gint64 forwards_ns; /* for so long after a report; 0: always */
  gint64 told_ns;     /* the switch has heard a report */
  gint64 asks_ns;     /* a querier asks so often; 0: there is none */
  gint64 asked_ns;
  gint64 dead_from_ns, dead_to_ns; /* the sender or the cable, in between */
  gboolean deaf_to_reports;        /* gentle ones */
  gboolean sees_queries;
  guint packets, missed;
  guint reports, rejoins, widened;
} Host;

static Host
host_new (void)
{
  Host self = { .sees_queries = TRUE };

  lec_membership_start (&self.membership, 0, 0);
  return self;
}

static void
act (Host *self, LecMembershipAction action)
{
  self->reports += action == LEC_MEMBERSHIP_REPORT;
  self->rejoins += action == LEC_MEMBERSHIP_REJOIN;
  self->widened += action == LEC_MEMBERSHIP_WIDEN;
  if (action == LEC_MEMBERSHIP_REJOIN
      || (action == LEC_MEMBERSHIP_REPORT && !self->deaf_to_reports))
    self->told_ns = self->now_ns;
}

static void
ask (Host *self)
{
  self->asked_ns = self->told_ns = self->now_ns;
  if (self->sees_queries)
    lec_membership_note_query (&self->membership, self->now_ns);
}

static void
send (Host *self)
{
  gboolean dead = self->now_ns >= self->dead_from_ns && self->now_ns < self->dead_to_ns;
  gboolean forwarded = self->forwards_ns == 0 || self->now_ns - self->told_ns < self->forwards_ns;

  if (dead)
    return;
  self->packets++;
  if (!forwarded) {
    self->missed++;
    return;
  }
  if (lec_membership_is_silence (self->now_ns - self->heard_ns))
    self->wake_ns = self->now_ns;
  self->heard_ns = self->now_ns;
}

/* Polls when it was asked to and not otherwise, as a receiver does. */
static void
run (Host *self, gint64 until_ns)
{
  for (; self->now_ns < until_ns; self->now_ns += SPACING) {
    if (self->asks_ns != 0 && self->now_ns - self->asked_ns >= self->asks_ns)
      ask (self);
    send (self);
    if (self->now_ns >= self->wake_ns)
      act (self,
           lec_membership_poll (&self->membership, self->now_ns, self->heard_ns, &self->wake_ns));
  }
}

static void
note_change (Host *self)
{
  lec_membership_note_change (&self->membership, self->now_ns);
  self->wake_ns = self->now_ns;
}

/* With a querier there is nothing to do, however long it takes. */
static void
test_querier (void)
{
  Host host = host_new ();

  host.forwards_ns = 260 * SECOND;
  host.asks_ns = 125 * SECOND;
  run (&host, 2 * HOUR);
  g_assert_cmpuint (host.missed + host.reports + host.rejoins + host.widened, ==, 0);
}

/* Without one, the network is told in time, every time. */
static void
test_no_querier (void)
{
  Host host = host_new ();

  host.forwards_ns = 260 * SECOND;
  run (&host, 2 * HOUR);
  g_assert_cmpuint (host.missed, ==, 0);
  g_assert_cmpuint (host.rejoins, ==, 0);
  g_assert_cmpuint (host.reports, >=, 2 * 3600 / 240);
  g_assert_cmpuint (host.reports, <=, 2 * 3600 / 190);
  g_assert_cmpuint (host.membership.forwarding_losses, ==, 0);
}

/* A querier that this program may not see: what is said beside it does no harm. */
static void
test_unseen_querier (void)
{
  Host host = host_new ();

  host.forwards_ns = 260 * SECOND;
  host.asks_ns = 125 * SECOND;
  host.sees_queries = FALSE;
  run (&host, HOUR);
  g_assert_cmpuint (host.missed + host.rejoins + host.widened, ==, 0);
}

/* As after the router of an evening was switched off. */
static void
test_querier_ends (void)
{
  Host host = host_new ();

  host.forwards_ns = 260 * SECOND;
  host.asks_ns = 125 * SECOND;
  run (&host, HOUR);
  g_assert_cmpuint (host.reports, ==, 0);
  host.asks_ns = 0;
  run (&host, 2 * HOUR);
  g_assert_cmpuint (host.missed, ==, 0);
  g_assert_cmpuint (host.reports, >, 0);
}

/* A switch that forgets sooner cuts off once, and then it is known. */
static void
test_learns (void)
{
  Host host = host_new ();

  host.forwards_ns = 60 * SECOND;
  run (&host, HOUR);
  g_assert_cmpuint (host.membership.forwarding_losses, ==, 1);
  g_assert_cmpuint (host.rejoins, ==, 1);
  g_assert_cmpuint (host.missed, <=, 11 * SECOND / SPACING);
}

/* A switch that is not impressed by reports of members: another way is found. */
static void
test_insists (void)
{
  Host host = host_new ();

  host.forwards_ns = 60 * SECOND;
  host.deaf_to_reports = TRUE;
  run (&host, HOUR);
  g_assert_cmpuint (host.membership.forwarding_losses, <=, 3);
  g_assert_cmpuint (host.missed, <=, 60 * SECOND / SPACING);
}

/* 10 s of silence, and then each minute; a sender who pauses is no fault of the network. */
static void
test_silence (void)
{
  Host host = host_new ();

  host.dead_from_ns = 100 * SECOND;
  host.dead_to_ns = 285 * SECOND;
  run (&host, 109 * SECOND);
  g_assert_cmpuint (host.rejoins, ==, 0);
  run (&host, 111 * SECOND);
  g_assert_cmpuint (host.rejoins, ==, 1);
  g_assert_cmpuint (host.widened, ==, 1);
  run (&host, 169 * SECOND);
  g_assert_cmpuint (host.rejoins, ==, 1);
  run (&host, 171 * SECOND);
  g_assert_cmpuint (host.rejoins, ==, 2);
  run (&host, 400 * SECOND);
  g_assert_cmpuint (host.rejoins, ==, 3);
  g_assert_cmpuint (host.widened, ==, 1);
  g_assert_cmpuint (host.membership.forwarding_losses, ==, 0);

  /* the next silence has its own first time */
  host.dead_from_ns = 400 * SECOND;
  host.dead_to_ns = 420 * SECOND;
  run (&host, 409 * SECOND);
  g_assert_cmpuint (host.rejoins, ==, 3);
  run (&host, 411 * SECOND);
  g_assert_cmpuint (host.rejoins, ==, 4);
}

/* Nobody sends yet. */
static void
test_nobody (void)
{
  Host host = host_new ();

  host.dead_to_ns = HOUR;
  run (&host, HOUR);
  g_assert_cmpuint (host.rejoins, >=, 58);
  g_assert_cmpuint (host.rejoins, <=, 61);
  g_assert_cmpuint (host.widened, ==, 1);
  g_assert_cmpuint (host.reports, ==, 0);
}

/* The cable is out for three seconds, and the switch has forgotten meanwhile. */
static void
test_cable (void)
{
  Host host = host_new ();

  host.forwards_ns = 260 * SECOND;
  run (&host, 50 * SECOND);
  host.dead_from_ns = host.now_ns;
  host.dead_to_ns = 53 * SECOND;
  note_change (&host);
  run (&host, 53 * SECOND);
  host.told_ns = -HOUR;
  note_change (&host);
  run (&host, 53 * SECOND + 150 * MSECOND);
  g_assert_cmpint (host.told_ns, >=, 53 * SECOND);
  run (&host, 240 * SECOND);
  g_assert_cmpuint (host.missed, <=, 120 * MSECOND / SPACING);
  g_assert_cmpuint (host.membership.forwarding_losses, ==, 0);
}

/* The port of a switch opens only after half a minute, and until then hears no report. */
static void
test_slow_port (void)
{
  Host host = host_new ();

  host.forwards_ns = 260 * SECOND;
  run (&host, 50 * SECOND);
  host.dead_from_ns = host.now_ns;
  host.dead_to_ns = 81 * SECOND;
  note_change (&host);
  run (&host, 81 * SECOND);
  host.told_ns = -HOUR;
  run (&host, 120 * SECOND);
  g_assert_cmpuint (host.missed, <=, 1500 * MSECOND / SPACING);
}

/* What comes all the time need not be disturbed because another link has changed. */
static void
test_other_link (void)
{
  Host host = host_new ();

  for (guint i = 1; i <= 20; i++) {
    run (&host, i * 5 * SECOND);
    note_change (&host);
  }
  run (&host, 150 * SECOND);
  g_assert_cmpuint (host.rejoins + host.reports + host.widened, ==, 0);
}

/* Paused for ten minutes: the network has forgotten, and is told at once. */
static void
test_goes_on (void)
{
  Host host = host_new ();

  host.forwards_ns = 260 * SECOND;
  run (&host, 50 * SECOND);
  lec_membership_start (&host.membership, host.now_ns, host.now_ns - 10 * MINUTE);
  host.heard_ns = host.now_ns; /* as lec_membership_poll() wants it */
  host.told_ns = -HOUR;
  host.wake_ns = host.now_ns;
  run (&host, 60 * SECOND);
  g_assert_cmpuint (host.missed, <=, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/membership/querier", test_querier);
  g_test_add_func ("/membership/no-querier", test_no_querier);
  g_test_add_func ("/membership/unseen-querier", test_unseen_querier);
  g_test_add_func ("/membership/querier-ends", test_querier_ends);
  g_test_add_func ("/membership/learns", test_learns);
  g_test_add_func ("/membership/insists", test_insists);
  g_test_add_func ("/membership/silence", test_silence);
  g_test_add_func ("/membership/nobody", test_nobody);
  g_test_add_func ("/membership/cable", test_cable);
  g_test_add_func ("/membership/slow-port", test_slow_port);
  g_test_add_func ("/membership/other-link", test_other_link);
  g_test_add_func ("/membership/goes-on", test_goes_on);
  return g_test_run ();
}
