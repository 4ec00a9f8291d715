/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The sockets of a channel, and what the network hears of them: at `left-end`, where the reports
 * that leave by `left` come out. */
#include "lan/endpoints.h"

#include <stdlib.h>
#include <string.h>

#include "report-ear.h"
#include "rtp-sender.h"

#define PATIENCE (5 * G_TIME_SPAN_SECOND)
#define GROUP "239.9.9.3"
#define GROUP6 "ff15::9:3"
#define SSM "232.9.9.3"
#define SSM6 "ff35::9:3"

static void
add (LecEndpoints *endpoints, const char *group, const char *source, const char *interface)
{
  const char *sources[] = { source, NULL };
  const LecLeg leg = { .group = (char *) group,
                       .port = 5004,
                       .rtcp_port = 5005,
                       .ttl = -1,
                       .sources = source != NULL ? (char **) sources : NULL };
  g_autoptr (GError) error = NULL;

  lec_endpoints_add (endpoints, &leg, 0, 0, 0, interface, &error);
  g_assert_no_error (error);
}

static void
expect (ReportEar *ear, const char *group, const char *report)
{
  g_autofree char *heard = report_ear_next (ear, group, PATIENCE);

  g_assert_cmpstr (heard, ==, report);
}

/* RTP and RTCP have a socket each. While one of them is a member the host says nothing of the
 * other, so a switch that has forgotten would go on forgetting. */
static void
check_rejoin (const char *group, const char *source, const char *report)
{
  g_autoptr (ReportEar) ear = report_ear_new ("left-end");
  LecEndpoints endpoints = { 0 };
  g_autofree char *first = NULL;

  add (&endpoints, group, source, "left");
  first = report_ear_next (ear, group, PATIENCE);
  g_assert_nonnull (first);
  report_ear_hush (ear);
  lec_endpoints_rejoin (&endpoints, 0);
  expect (ear, group, report);
  lec_endpoints_clear (&endpoints);
}

static void
test_rejoin (void)
{
  check_rejoin (GROUP, NULL, "to-ex");
  check_rejoin (GROUP6, NULL, "to-ex");
  check_rejoin (SSM, "10.79.1.1", "allow 10.79.1.1");
  check_rejoin (SSM6, "fd79:1::1", "allow fd79:1::1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/endpoints/rejoin", test_rejoin);
  return g_test_run ();
}
