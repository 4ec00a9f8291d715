/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The time line: joining, drift, congestion, steps of the route and of the sender. */
#include "wire/session.h"

#include "support/scenarios.h"

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  stories_add ("/session-time", stories_time.rows, stories_time.n_rows);
  return g_test_run ();
}
