/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether it is noticed that somebody asks for memberships: a router at `left-end`. */
#include "net/querier.h"

#include <sys/socket.h>

#include "membership-query.h"
#include "privilege.h"

#define PATIENCE (5 * G_TIME_SPAN_SECOND)

static LecInterface
find (const char *name)
{
  LecInterface interface;
  g_autoptr (GError) error = NULL;

  lec_interfaces_find (name, &interface, &error);
  g_assert_no_error (error);
  return interface;
}

static LecQuerierState
look (LecQuerier *querier, int family, const LecInterface *interface)
{
  gint64 asked_us;
  LecQuerierState state;

  if (lec_querier_get_fd (querier) >= 0)
    lec_querier_read (querier);
  lec_querier_look (querier, interface);
  state = lec_querier_get_state (querier, family, interface->index, &asked_us);
  if (state == LEC_QUERIER_SEEN)
    g_assert_cmpint (g_get_monotonic_time () - asked_us, <, PATIENCE);
  else
    g_assert_cmpint (asked_us, ==, -1);
  return state;
}

static void
await_seen (LecQuerier *querier, int family, const LecInterface *interface)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE;

  while (look (querier, family, interface) != LEC_QUERIER_SEEN) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_usleep (1000);
  }
}

static void
test_igmp (void)
{
  g_autoptr (LecQuerier) querier = lec_querier_new ();
  const LecInterface left = find ("left"), right = find ("right");

  g_assert_cmpint (lec_querier_get_fd (querier), >=, 0);
  g_assert_cmpint (look (querier, AF_INET, &left), ==, LEC_QUERIER_UNKNOWN);
  membership_query_send (MEMBERSHIP_QUERY_IGMP3, "left-end");
  await_seen (querier, AF_INET, &left);
  g_assert_cmpint (look (querier, AF_INET, &right), ==, LEC_QUERIER_UNKNOWN);
  g_assert_cmpint (look (querier, AF_INET6, &left), ==, LEC_QUERIER_UNKNOWN);
}

static void
test_mld (void)
{
  g_autoptr (LecQuerier) querier = NULL;
  const LecInterface left = find ("left"), right = find ("right");

  privilege_drop ();
  querier = lec_querier_new ();
  g_assert_cmpint (look (querier, AF_INET6, &left), ==, LEC_QUERIER_UNKNOWN);
  privilege_take ();
  membership_query_send (MEMBERSHIP_QUERY_MLD, "left-end");
  privilege_drop ();
  await_seen (querier, AF_INET6, &left);
  g_assert_cmpint (look (querier, AF_INET6, &right), ==, LEC_QUERIER_UNKNOWN);
  g_assert_cmpint (look (querier, AF_INET, &left), ==, LEC_QUERIER_UNKNOWN);
  privilege_take ();
}

/* A person sees of IGMP that a querier of an old version is there. The last test: the system
 * remembers it for minutes. */
static void
test_unprivileged (void)
{
  g_autoptr (LecQuerier) querier = NULL;
  const LecInterface left = find ("left"), right = find ("right");

  privilege_drop ();
  querier = lec_querier_new ();
  g_assert_cmpint (lec_querier_get_fd (querier), ==, -1);
  g_assert_cmpint (look (querier, AF_INET, &left), ==, LEC_QUERIER_UNKNOWN);
  privilege_take ();
  membership_query_send (MEMBERSHIP_QUERY_IGMP2, "left-end");
  privilege_drop ();
  await_seen (querier, AF_INET, &left);
  g_assert_cmpint (look (querier, AF_INET, &right), ==, LEC_QUERIER_UNKNOWN);
  privilege_take ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/querier/igmp", test_igmp);
  g_test_add_func ("/querier/mld", test_mld);
  g_test_add_func ("/querier/unprivileged", test_unprivileged);
  return g_test_run ();
}
