/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is done so that packets go on coming, in virtual time on ingresses without sockets; only
 * links and queries are real ones, of the test's own network. */
#include "receive/membership-manager.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "ingress-double.h"
#include "membership-query.h"
#include "net/receive-buffer.h"
#include "wire/units.h"

#define SPACING (20 * MSECOND)
#define PATIENCE_MS 5000
#define GROUP "239.9.9.3"
#define GROUP6 "ff15::9:3"
#define OTHER "239.9.9.4"
#define ONE 7 /* interfaces, that there need not be */
#define TWO 8

/* A receiver in virtual time: who sends to which of its endpoints, and what was done. */
typedef struct
{
  LecEndpoints endpoints;
  LecMembershipManager *manager;
  GString *steps;
  gint64 now_ns, wake_ns;
  gboolean sends[4]; /* media to this endpoint */
  gboolean reports;  /* somebody sends RTCP to the endpoints for it */
  guint interface;   /* that it comes by */
} Host;

static Host *
host_new (void)
{
  Host *self = g_new0 (Host, 1);

  self->steps = g_string_new (NULL);
  self->now_ns = 1000 * SECOND;
  self->interface = ONE;
  return self;
}

static void
host_free (Host *self)
{
  lec_membership_manager_free (self->manager);
  lec_endpoints_clear (&self->endpoints);
  g_string_free (self->steps, TRUE);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Host, host_free)

static IngressDouble *
add (Host *self, const char *group, LecEndpointRole role, guint membership)
{
  IngressDouble *ingress = ingress_double_new (self->endpoints.count, self->steps);

  ingress_double_join (ingress, "one", ONE);
  ingress_double_add (ingress, &self->endpoints, group, role, membership);
  return ingress;
}

/* Media and its RTCP, on two ports of one group. */
static void
add_pair (Host *self, const char *group)
{
  guint membership = self->endpoints.n_memberships;

  self->sends[self->endpoints.count] = TRUE;
  add (self, group, LEC_ENDPOINT_MEDIA, membership);
  add (self, group, LEC_ENDPOINT_CONTROL, membership);
}

/* What is due may be followed by more that is, but not for ever. */
static void
keep (Host *self)
{
  for (guint i = 0; i < 4; i++) {
    self->wake_ns = lec_membership_manager_keep (self->manager, self->now_ns);
    if (self->wake_ns > self->now_ns)
      return;
  }
  g_assert_not_reached ();
}

static void
add_unicast (Host *self)
{
  IngressDouble *ingress
      = add (self, "192.0.2.1", LEC_ENDPOINT_MEDIA, self->endpoints.n_memberships);

  g_array_set_size (ingress->joined, 0);
  ingress->parent.is_member = FALSE;
}

static void
start (Host *self)
{
  if (self->manager == NULL)
    self->manager = lec_membership_manager_new (&self->endpoints);
  lec_membership_manager_start (self->manager, self->now_ns);
  keep (self);
}

/* Returns: whether anything was received */
static gboolean
receive (Host *self)
{
  const struct sockaddr_storage from = { .ss_family = AF_INET };
  const LecDatagram datagram = { .from = &from, .interface = self->interface };
  gboolean received = FALSE;

  for (guint i = 0; i < self->endpoints.count; i++) {
    LecEndpoint *endpoint = &self->endpoints.items[i];

    if (endpoint->role == LEC_ENDPOINT_MEDIA && self->sends[i])
      lec_membership_manager_process (self->manager, endpoint, &datagram, self->now_ns);
    else if (endpoint->role == LEC_ENDPOINT_CONTROL && self->reports)
      lec_membership_manager_process_rtcp (self->manager, endpoint, &datagram, self->now_ns);
    else
      continue;
    received = TRUE;
  }
  return received;
}

/* Looks when something was received or it is time, as the receiver does. */
static void
run (Host *self, gint64 duration_ns)
{
  const gint64 end_ns = self->now_ns + duration_ns;

  while (self->now_ns < end_ns) {
    self->now_ns += SPACING;
    if (receive (self) || self->now_ns >= self->wake_ns)
      keep (self);
  }
}

/* What was done since it was asked last. */
static void
check_steps (Host *self, const char *expected)
{
  g_assert_cmpstr (self->steps->str, ==, expected);
  g_string_truncate (self->steps, 0);
}

static LecNetworkReport
describe (Host *self)
{
  LecNetworkReport report = { 0 };

  lec_membership_manager_describe (self->manager, &report);
  return report;
}

static guint
count_steps (Host *self, const char *step)
{
  guint count = 0;

  for (const char *at = self->steps->str; (at = strstr (at, step)) != NULL; at++)
    count++;
  return count;
}

/* All sockets of the group leave before one joins, or the network would hear nothing. */
#define REJOINED "leave 0, leave 1, join 0, join 1"

/* Nothing comes: first it looks further afield, then it joins anew, and from then on each minute;
 * and the other group of the channel, which goes on, is left alone. */
static void
test_silence (void)
{
  g_autoptr (Host) host = host_new ();

  add_pair (host, GROUP);
  add_pair (host, OTHER);
  start (host);
  run (host, 5 * SECOND);
  check_steps (host, "");
  host->sends[0] = FALSE;
  run (host, 2 * SECOND - SPACING);
  check_steps (host, "");
  run (host, SPACING);
  check_steps (host, "widen 0, widen 1");
  run (host, 8 * SECOND - SPACING);
  check_steps (host, "");
  run (host, SPACING);
  check_steps (host, REJOINED);
  g_assert_cmpuint (describe (host).rejoins, ==, 1);
  run (host, 60 * SECOND - SPACING);
  check_steps (host, "");
  run (host, SPACING);
  check_steps (host, REJOINED);
  g_assert_cmpuint (describe (host).rejoins, ==, 2);
}

/* A computer that stood still has heard nothing, and what waits for it is read first; where nothing
 * comes then, that is a silence. */
static void
test_held_up (void)
{
  g_autoptr (Host) host = host_new ();

  add_pair (host, GROUP);
  start (host);
  run (host, 5 * SECOND);
  host->now_ns += 12 * SECOND;
  lec_membership_manager_note_held_up (host->manager, host->now_ns);
  keep (host);
  run (host, 5 * SECOND);
  check_steps (host, "");
  g_assert_cmpuint (describe (host).rejoins, ==, 0);

  host->sends[0] = FALSE;
  host->now_ns += 12 * SECOND;
  lec_membership_manager_note_held_up (host->manager, host->now_ns);
  keep (host);
  check_steps (host, "");
  run (host, SECOND);
  g_assert_cmpuint (describe (host).rejoins, ==, 1);
}

/* What was done for one silence says nothing of the next. */
static void
test_next_silence (void)
{
  g_autoptr (Host) host = host_new ();

  add_pair (host, GROUP);
  start (host);
  host->sends[0] = FALSE;
  run (host, 12 * SECOND);
  check_steps (host, "widen 0, widen 1, " REJOINED);
  host->sends[0] = TRUE;
  run (host, SECOND);
  host->sends[0] = FALSE;
  run (host, 2 * SECOND);
  check_steps (host, "widen 0, widen 1");
  run (host, 8 * SECOND);
  check_steps (host, REJOINED);
}

/* Nobody asks, so the network forgets after 260 s: it is told before, and no packet is lost for it
 * where it is known who sends. */
static void
test_before_forgotten (void)
{
  g_autoptr (Host) host = host_new ();

  add_pair (host, GROUP);
  start (host);
  run (host, 190 * SECOND);
  check_steps (host, "");
  run (host, 20 * SECOND);
  check_steps (host, "report 0 by 0, report 1 by 0, settle 0, settle 1");
  run (host, 380 * SECOND);
  g_assert_cmpuint (count_steps (host, "report 0 by 0"), ==, 1);
  g_assert_cmpuint (count_steps (host, "leave"), ==, 0);
  g_assert_cmpuint (describe (host).rejoins, ==, 0); /* as nothing was wrong */
}

/* As often, where there is no other way than to join anew. */
static void
test_not_reportable (void)
{
  g_autoptr (Host) host = host_new ();

  add_pair (host, GROUP);
  start (host);
  ((IngressDouble *) host->endpoints.items[0].ingress)->unreportable = TRUE;
  run (host, 210 * SECOND);
  check_steps (host, REJOINED);
}

/* Packets that are back as soon as they were asked for had not been forwarded; those that come
 * later were not sent before. */
static void
test_forwarding_loss (void)
{
  static const struct
  {
    const char *group;
    gint64 after_ns;
    guint losses;
    LecReportProtocol protocol;
  } rows[] = {
    { GROUP, 100 * MSECOND, 1, LEC_REPORT_PROTOCOL_IGMP },
    { GROUP6, 900 * MSECOND, 1, LEC_REPORT_PROTOCOL_MLD },
    { GROUP, 2 * SECOND, 0, LEC_REPORT_PROTOCOL_IGMP },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (Host) host = host_new ();
    LecNetworkReport report;

    add_pair (host, rows[i].group);
    start (host);
    run (host, 60 * SECOND);
    host->sends[0] = FALSE;
    run (host, 10 * SECOND + rows[i].after_ns);
    check_steps (host, "widen 0, widen 1, " REJOINED);
    host->sends[0] = TRUE;
    run (host, 40 * SECOND);
    report = describe (host);
    g_assert_cmpuint (report.forwarding_losses, ==, rows[i].losses);
    g_assert_cmpint (report.protocol, ==, rows[i].protocol);
    g_assert_cmpuint (report.rejoins, ==, 1);

    /* the network has shown how long it remembers: 60 s, and is told well before that is over */
    check_steps (host, "");
    run (host, 10 * SECOND);
    g_assert_cmpuint (count_steps (host, "report 0"), ==, rows[i].losses);
  }
}

/* Who listens reports too, and a station that has ended may go on to: only where RTCP has a group
 * of its own it says that this one is forwarded. */
static void
test_rtcp (void)
{
  g_autoptr (Host) host = host_new ();

  add_pair (host, GROUP);
  add (host, OTHER, LEC_ENDPOINT_CONTROL, 1);
  host->reports = TRUE;
  host->sends[0] = FALSE;
  start (host);
  run (host, 11 * SECOND);
  check_steps (host, "widen 0, widen 1, " REJOINED);
  host->reports = FALSE;
  run (host, 2 * SECOND);
  check_steps (host, "widen 2");
}

/* The first packet tells on which interface they come, and then all sockets of the group stay
 * there. */
static void
test_pin (void)
{
  g_autoptr (Host) host = host_new ();

  add_pair (host, GROUP);
  add_pair (host, OTHER);
  for (guint i = 0; i < host->endpoints.count; i++)
    ingress_double_join ((IngressDouble *) host->endpoints.items[i].ingress, "two", TWO);
  host->sends[2] = FALSE;
  host->interface = 0; /* this kernel does not tell */
  start (host);
  run (host, SPACING);
  check_steps (host, "");
  host->interface = TWO;
  run (host, SECOND);
  check_steps (host, "pin 0 to 8, pin 1 to 8");
}

/* Session time may stand still for as long as somebody likes. What has passed then was no silence.
 */
static void
test_start_again (void)
{
  g_autoptr (Host) host = host_new ();

  add_pair (host, GROUP);
  start (host);
  run (host, 5 * SECOND);
  host->now_ns += 3600 * SECOND;
  start (host);
  check_steps (host, "");
  host->sends[0] = FALSE;
  run (host, 2 * SECOND - SPACING);
  check_steps (host, "");
  run (host, SPACING);
  check_steps (host, "widen 0, widen 1");
}

/* To a unicast address nothing is joined, and no querier matters. */
static void
test_unicast (void)
{
  g_autoptr (Host) host = host_new ();

  add_unicast (host);
  start (host);
  run (host, 600 * SECOND);
  check_steps (host, "");
  g_assert_cmpint (describe (host).querier, ==, LEC_REPORT_QUERIER_UNKNOWN);
}

/* ---- real links and queries ---- */

static void
shell (const char *command)
{
  if (system (command) != 0)
    g_error ("“%s” failed", command);
}

/* Reads what there is to read, at least once. */
static void
read_network (Host *self)
{
  struct pollfd fd = { .fd = lec_membership_manager_get_fd (self->manager), .events = POLLIN };

  g_assert_cmpint (poll (&fd, 1, PATIENCE_MS), ==, 1);
  for (guint i = 0; poll (&fd, 1, 0) > 0; i++) {
    g_assert_cmpuint (i, <, 1000);
    lec_membership_manager_read (self->manager, self->now_ns);
  }
  keep (self);
}

/* Takes the cable out; a while passes before that is said, but no virtual time. */
static void
take_out_cable (Host *self)
{
  shell ("ip link set left-end down");
  do
    read_network (self);
  while (self->wake_ns - self->now_ns > 100 * MSECOND);
}

/* Who was cut off by a change joins anew, again and again until the new link forwards; who was not
 * loses no packet by it. */
static void
test_links (void)
{
  g_autoptr (Host) silent = host_new ();
  g_autoptr (Host) fine = host_new ();

  add_pair (silent, GROUP);
  start (silent);
  read_network (silent); /* what is there is no news */
  run (silent, 30 * SECOND);
  take_out_cable (silent);
  silent->sends[0] = FALSE;
  run (silent, SECOND);
  check_steps (silent, REJOINED);
  run (silent, 8 * SECOND);
  check_steps (silent, REJOINED ", widen 0, widen 1");
  run (silent, 31 * SECOND); /* after 10 s of silence too */
  check_steps (silent, REJOINED ", " REJOINED ", " REJOINED);
  g_assert_cmpuint (describe (silent).rejoins, ==, 5);
  g_assert_cmpuint (describe (silent).forwarding_losses, ==, 0);
  shell ("ip link set left-end up");

  add_pair (fine, GROUP);
  start (fine);
  read_network (fine);
  run (fine, 30 * SECOND);
  take_out_cable (fine);
  run (fine, 40 * SECOND);
  check_steps (fine, "");
  g_assert_cmpuint (describe (fine).rejoins, ==, 0);
  shell ("ip link set left-end up");
}

static void
await_querier (Host *self, LecReportQuerier state)
{
  while (describe (self).querier != state)
    read_network (self);
}

/* Where somebody asks the kernel answers, and there is nothing to do. It is known when it is known
 * of all interfaces; unicast has none. */
static void
test_querier (void)
{
  g_autoptr (Host) host = host_new ();
  guint left = if_nametoindex ("left"), right = if_nametoindex ("right");

  add_pair (host, GROUP);
  add_unicast (host);
  host->interface = left;
  for (guint i = 0; i < 2; i++) {
    IngressDouble *ingress = (IngressDouble *) host->endpoints.items[i].ingress;

    g_array_set_size (ingress->joined, 0);
    ingress_double_join (ingress, "left", left);
    ingress_double_join (ingress, "right", right);
  }
  host->sends[0] = FALSE;
  start (host);
  g_assert_cmpint (describe (host).querier, ==, LEC_REPORT_QUERIER_UNKNOWN);
  membership_query_send (MEMBERSHIP_QUERY_IGMP3, "right-end");
  read_network (host);
  g_assert_cmpint (describe (host).querier, ==, LEC_REPORT_QUERIER_UNKNOWN);
  membership_query_send (MEMBERSHIP_QUERY_IGMP3, "left-end");
  await_querier (host, LEC_REPORT_QUERIER_SEEN);

  host->sends[0] = TRUE;
  run (host, SPACING);
  g_string_truncate (host->steps, 0);
  run (host, 600 * SECOND);
  check_steps (host, "");

  /* and what ends then has ended by itself */
  host->sends[0] = FALSE;
  run (host, 10 * SECOND + 2 * SPACING);
  host->sends[0] = TRUE;
  run (host, SECOND);
  g_assert_cmpuint (describe (host).rejoins, ==, 1);
  g_assert_cmpuint (describe (host).forwarding_losses, ==, 0);
}

/* ---- what the computer is asked for ---- */

/* What was too small becomes twice as large, until it is refused; and it is told what was. */
static void
test_buffers (void)
{
  g_autoptr (Host) host = host_new ();
  LecEndpoint *endpoint;
  guint before;

  add_pair (host, GROUP);
  endpoint = &host->endpoints.items[0];
  endpoint->bandwidth = 40 * 1000 * 1000;
  lec_endpoints_reserve (&host->endpoints);
  start (host);
  before = endpoint->granted;
  g_assert_cmpuint (before, ==, lec_receive_buffer_get_need (endpoint->bandwidth));
  g_assert_cmpint (describe (host).buffer_ns, ==,
                   lec_receive_buffer_get_time (before, endpoint->bandwidth));
  lec_endpoint_enlarge (endpoint);
  g_assert_cmpuint (endpoint->granted, ==, 2 * before);
  g_assert_cmpuint (describe (host).buffer_refused, ==, 0);
  g_assert_cmpint (describe (host).buffer_ns, ==,
                   lec_receive_buffer_get_time (2 * before, endpoint->bandwidth));

  ((IngressDouble *) endpoint->ingress)->buffer_limit = 3 * before;
  lec_endpoint_enlarge (endpoint);
  g_assert_cmpuint (endpoint->granted, ==, 3 * before);
  g_assert_cmpuint (describe (host).buffer_refused, ==, 4 * before);
  lec_endpoint_enlarge (endpoint); /* it would be in vain */
  g_assert_cmpuint (describe (host).buffer_refused, ==, 4 * before);

  ((IngressDouble *) endpoint->ingress)->buffer_limit = G_MAXUINT;
  lec_endpoints_reserve (&host->endpoints);
  for (guint i = 0; i < 32; i++)
    lec_endpoint_enlarge (endpoint);
  g_assert_cmpuint (endpoint->granted, ==, LEC_RECEIVE_BUFFER_MAX);
}

static void
test_wireless (void)
{
  g_autoptr (Host) host = host_new ();
  IngressDouble *ingress;

  add_pair (host, GROUP);
  start (host);
  g_assert_false (describe (host).wireless);
  ingress = (IngressDouble *) host->endpoints.items[0].ingress;
  ingress_double_join (ingress, "two", TWO);
  g_array_index (ingress->joined, LecInterface, 1).wireless = TRUE;
  g_assert_true (describe (host).wireless);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/membership-manager/silence", test_silence);
  g_test_add_func ("/membership-manager/held-up", test_held_up);
  g_test_add_func ("/membership-manager/next-silence", test_next_silence);
  g_test_add_func ("/membership-manager/before-forgotten", test_before_forgotten);
  g_test_add_func ("/membership-manager/not-reportable", test_not_reportable);
  g_test_add_func ("/membership-manager/forwarding-loss", test_forwarding_loss);
  g_test_add_func ("/membership-manager/rtcp", test_rtcp);
  g_test_add_func ("/membership-manager/pin", test_pin);
  g_test_add_func ("/membership-manager/start-again", test_start_again);
  g_test_add_func ("/membership-manager/unicast", test_unicast);
  g_test_add_func ("/membership-manager/links", test_links);
  g_test_add_func ("/membership-manager/querier", test_querier);
  g_test_add_func ("/membership-manager/buffers", test_buffers);
  g_test_add_func ("/membership-manager/wireless", test_wireless);
  return g_test_run ();
}
