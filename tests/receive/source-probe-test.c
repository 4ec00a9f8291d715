/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who sends a channel of which another source is listened to. */
#include "receive/source-probe.h"

#include "rtp-sender.h"
#include "wire/units.h"

#define GROUP "239.9.9.4"
#define ADMITTED "127.0.0.7"
#define OTHER "127.0.0.8"

static const RtpHeader first = { .payload = 96, .ssrc = 1 };

static void
add (LecEndpoints *endpoints, const char *source)
{
  const char *sources[] = { source, NULL };
  const LecLeg leg = { .group = (char *) GROUP,
                       .port = 5004,
                       .ttl = -1,
                       .sources = source != NULL ? (char **) sources : NULL };
  g_autoptr (GError) error = NULL;

  lec_endpoints_add (endpoints, &leg, 0, 0, 0, "lo", &error);
  g_assert_no_error (error);
}

static void
send_from (const char *from, guint n)
{
  g_autoptr (RtpSender) sender = rtp_sender_new (GROUP, 5004, "lo", from);
  RtpHeader header = first;

  for (guint i = 0; i < n; i++)
    rtp_sender_send (sender, &header, 20);
}

/* @packets, and @others: that come while it listens. @source: (nullable): that is admitted */
static void
check (const char *source, guint packets, guint others, const char *stranger)
{
  LecEndpoints endpoints = { 0 };
  LecSourceProbe probe;
  gint64 now_ns = 100 * SECOND;

  add (&endpoints, source);
  endpoints.items[0].heard_ns = now_ns;
  lec_source_probe_start (&probe, now_ns);
  lec_source_probe_poll (&probe, &endpoints, "lo", now_ns + SECOND);
  g_assert_null (probe.socket); /* it may be on its way */
  now_ns += 2 * SECOND;
  lec_source_probe_poll (&probe, &endpoints, "lo", now_ns);
  g_assert_cmpint (probe.socket != NULL, ==, source != NULL);
  send_from (ADMITTED, packets);
  send_from (OTHER, others);
  lec_source_probe_poll (&probe, &endpoints, "lo", now_ns + LEC_SOURCE_PROBE_NS / 2);
  g_assert_cmpstr (lec_source_probe_get_stranger (&probe), ==, "");
  now_ns += LEC_SOURCE_PROBE_NS;
  lec_source_probe_poll (&probe, &endpoints, "lo", now_ns);
  g_assert_null (probe.socket);
  g_assert_cmpstr (lec_source_probe_get_stranger (&probe), ==, stranger);
  if (source != NULL) {
    lec_source_probe_poll (&probe, &endpoints, "lo", now_ns + LEC_SOURCE_PROBE_PAUSE_NS - 1);
    g_assert_null (probe.socket); /* nobody is asked for it all the time */
    lec_source_probe_poll (&probe, &endpoints, "lo", now_ns + LEC_SOURCE_PROBE_PAUSE_NS);
    g_assert_nonnull (probe.socket);
  }
  endpoints.items[0].heard_ns = now_ns + LEC_SOURCE_PROBE_PAUSE_NS; /* what is admitted comes */
  lec_source_probe_poll (&probe, &endpoints, "lo", now_ns + LEC_SOURCE_PROBE_PAUSE_NS);
  g_assert_null (probe.socket);
  g_assert_cmpstr (lec_source_probe_get_stranger (&probe), ==, "");
  lec_source_probe_stop (&probe);
  lec_endpoints_clear (&endpoints);
}

static void
test_sources (void)
{
  check (ADMITTED, 0, 20, OTHER);
  check (ADMITTED, 0, 2, "");  /* an accident */
  check (ADMITTED, 20, 0, ""); /* then it is the way that it was joined */
  check (ADMITTED, 90, 10, OTHER);
  check (NULL, 0, 20, ""); /* anybody is listened to */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/source-probe/sources", test_sources);
  return g_test_run ();
}
