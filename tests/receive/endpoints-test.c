/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The sockets of a channel, and what the network hears of them: at `left-end`, where the reports
 * that leave by `left` come out. */
#include "receive/endpoints.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "report-listener.h"
#include "rtp-sender.h"

#define PATIENCE (5 * G_TIME_SPAN_SECOND)
#define GROUP "239.9.9.3"
#define GROUP6 "ff15::9:3"
#define SSM "232.9.9.3"
#define SSM6 "ff35::9:3"

static void
shell (const char *command)
{
  if (system (command) != 0)
    g_error ("“%s” failed", command);
}

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
expect (ReportListener *listener, const char *group, const char *report)
{
  g_autofree char *heard = report_listener_next (listener, group, PATIENCE);

  g_assert_cmpstr (heard, ==, report);
}

/* RTP and RTCP have a socket each. While one of them is a member the host says nothing of the
 * other, so a switch that has forgotten would go on forgetting. */
static void
check_rejoin (const char *group, const char *source, const char *report)
{
  g_autoptr (ReportListener) listener = report_listener_new ("left-end");
  LecEndpoints endpoints = { 0 };
  g_autofree char *first = NULL;

  add (&endpoints, group, source, "left");
  first = report_listener_next (listener, group, PATIENCE);
  g_assert_nonnull (first);
  report_listener_hush (listener);
  lec_endpoints_rejoin (&endpoints, 0);
  expect (listener, group, report);
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

/* Reads what has come on the socket for RTP, as the receiver does. */
static guint
hear (LecEndpoints *endpoints)
{
  LecIngress *ingress = endpoints->items[0].ingress;
  struct sockaddr_storage from;
  socklen_t length = sizeof from;
  guint8 bytes[64];
  guint count = 0;

  while (recvfrom (lec_ingress_get_fd (ingress), bytes, sizeof bytes, 0, (struct sockaddr *) &from,
                   &length)
         > 0) {
    if (lec_ingress_accepts (ingress, &(LecDatagram){ .from = &from })) {
      lec_ingress_note_sender (ingress, &from);
      count++;
    }
    length = sizeof from;
  }
  return count;
}

/* The network hears that the group is wanted, and no packet is lost for it. */
static void
check_report (const char *group, const char *source, const char *report)
{
  g_autoptr (ReportListener) listener = report_listener_new ("left-end");
  g_autoptr (RtpSender) sender = rtp_sender_new (group, 5004, "left", source);
  RtpHeader header = { .payload = 97, .sequence = 1 };
  gboolean specific = g_str_has_prefix (report, "to-in");
  LecEndpoints endpoints = { 0 };
  guint heard = 0;

  add (&endpoints, group, specific ? source : NULL, "left");
  if (!specific)
    g_assert_false (lec_endpoints_report (&endpoints, 0)); /* as nobody is known to send */
  rtp_sender_send (sender, &header, 20);
  heard += hear (&endpoints);
  report_listener_hush (listener);
  for (guint i = 0; i < 50; i++) {
    rtp_sender_send (sender, &header, 20);
    g_assert_true (lec_endpoints_report (&endpoints, 0));
    rtp_sender_send (sender, &header, 20);
    heard += hear (&endpoints);
  }
  g_assert_cmpuint (heard, ==, 101);
  expect (listener, group, report);

  /* what was announced is what is let in afterwards */
  rtp_sender_free (g_steal_pointer (&sender));
  sender = rtp_sender_new (group, 5004, "left",
                           strchr (group, ':') != NULL ? "fd79:1::9" : "10.79.1.9");
  rtp_sender_send (sender, &header, 20);
  g_assert_cmpuint (hear (&endpoints), ==, specific ? 0 : 1);
  lec_endpoints_clear (&endpoints);
}

static void
test_report (void)
{
  check_report (GROUP, "10.79.1.1", "to-ex");
  check_report (GROUP6, "fd79:1::1", "to-ex");
  check_report (SSM, "10.79.1.1", "to-in 10.79.1.1");
  check_report (SSM6, "fd79:1::1", "to-in fd79:1::1");
}

#define MEMBERSHIP_US (2 * G_TIME_SPAN_SECOND)

/* A switch whose querier has gone: it forwards to `plug` for so long after each report. */
#define MAKE_SWITCH                                                                                \
  "set -e; for i in plug feed; do"                                                                 \
  "  ip link add $i type veth peer name $i-end; echo 1 >/proc/sys/net/ipv4/conf/$i/accept_local;"  \
  "done;"                                                                                          \
  "echo 0 >/proc/sys/net/ipv4/conf/all/rp_filter;"                                                 \
  "ip link add switch type bridge mcast_snooping 1 mcast_querier 0 mcast_igmp_version 3"           \
  "  mcast_query_response_interval 10 mcast_startup_query_interval 10"                             \
  "  mcast_query_interval 1000000 mcast_membership_interval 200;"                                  \
  "for i in plug feed; do"                                                                         \
  "  ip link set $i-end master switch; ip link set $i-end up; ip link set $i up;"                  \
  "done;"                                                                                          \
  "ip addr add 10.79.4.1/24 dev plug; ip addr add 10.79.4.2/24 dev feed;"                          \
  "bridge link set dev plug-end mcast_flood off; ip link set switch up;"                           \
  "ip link set switch type bridge mcast_querier 1"
#define REMOVE_SWITCH "ip link del plug; ip link del feed; ip link del switch"

static guint
send_and_hear (LecEndpoints *endpoints, RtpSender *sender, RtpHeader *header)
{
  rtp_sender_send (sender, header, 20);
  g_usleep (20 * 1000);
  return hear (endpoints);
}

/* Who does not report is cut off; who does is not, and loses nothing. */
static void
check_switch (const char *group, const char *source)
{
  g_autoptr (RtpSender) sender = rtp_sender_new (group, 5004, "feed", "10.79.4.2");
  RtpHeader header = { .payload = 97, .sequence = 1 };
  LecEndpoints endpoints = { 0 };
  gint64 begin_us, reported_us;
  guint sent = 0, heard = 0;

  add (&endpoints, group, source, "plug");
  g_usleep (500 * 1000);
  begin_us = reported_us = g_get_monotonic_time ();
  while (g_get_monotonic_time () - begin_us < 2 * MEMBERSHIP_US) {
    sent++;
    heard += send_and_hear (&endpoints, sender, &header);
    if (g_get_monotonic_time () - reported_us < MEMBERSHIP_US / 3)
      continue;
    g_assert_true (lec_endpoints_report (&endpoints, 0));
    reported_us = g_get_monotonic_time ();
  }
  g_assert_cmpuint (heard, ==, sent);
  g_usleep (2 * MEMBERSHIP_US);
  g_assert_cmpuint (send_and_hear (&endpoints, sender, &header), ==, 0);
  lec_endpoints_rejoin (&endpoints, 0);
  g_usleep (200 * 1000);
  g_assert_cmpuint (send_and_hear (&endpoints, sender, &header), ==, 1);
  lec_endpoints_clear (&endpoints);
}

static void
test_switch (void)
{
  shell (MAKE_SWITCH);
  g_usleep (1000 * 1000); /* it floods until its own first questions are answered */
  check_switch (GROUP, NULL);
  check_switch (SSM, "10.79.4.2");
  shell (REMOVE_SWITCH);
}

static gboolean
accepts (const LecEndpoints *endpoints, const char *from)
{
  struct sockaddr_storage address = { .ss_family = AF_INET };

  g_assert_cmpint (inet_pton (AF_INET, from, &((struct sockaddr_in *) &address)->sin_addr), ==, 1);
  return lec_ingress_accepts (endpoints->items[0].ingress, &(LecDatagram){ .from = &address });
}

/* In a network that speaks IGMPv2 only, a report names no source, and all of them come. */
static void
test_old_network (void)
{
  g_autoptr (ReportListener) listener = NULL;
  g_autoptr (RtpSender) right = NULL, wrong = NULL;
  RtpHeader header = { .payload = 97, .sequence = 1 };
  LecEndpoints endpoints = { 0 };
  guint heard = 0;

  shell ("echo 2 >/proc/sys/net/ipv4/conf/left/force_igmp_version");
  listener = report_listener_new ("left-end");
  right = rtp_sender_new (SSM, 5004, "left", "10.79.1.1");
  wrong = rtp_sender_new (SSM, 5004, "left", "10.79.1.9");
  add (&endpoints, SSM, "10.79.1.1", "left");
  expect (listener, SSM, "v2");
  for (guint i = 0; i < 10; i++) {
    rtp_sender_send (wrong, &header, 20);
    heard += send_and_hear (&endpoints, right, &header);
  }
  g_assert_cmpuint (heard, ==, 10);
  /* and were the kernel no help at all */
  g_assert_true (accepts (&endpoints, "10.79.1.1"));
  g_assert_false (accepts (&endpoints, "10.79.1.9"));
  lec_endpoints_clear (&endpoints);
  shell ("echo 0 >/proc/sys/net/ipv4/conf/left/force_igmp_version");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  shell ("ip addr add 10.79.1.9/24 dev left && ip addr add fd79:1::9/64 dev left nodad");
  g_test_add_func ("/endpoints/rejoin", test_rejoin);
  g_test_add_func ("/endpoints/report", test_report);
  g_test_add_func ("/endpoints/switch", test_switch);
  g_test_add_func ("/endpoints/old-network", test_old_network);
  return g_test_run ();
}
