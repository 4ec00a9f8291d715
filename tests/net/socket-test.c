/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a socket lets in, where it joins, and what it says when it cannot. In a network of its own,
 * with the cables `left` (10.79.1.1) and `right` (10.79.2.1). */
#include "net/socket.h"

#include <arpa/inet.h>
#include <string.h>

#include "channel/error.h"
#include "net/sender.h"

#define GROUP "239.9.8.1"
#define PORT 5004

static LecLeg
leg_of (const char *group)
{
  return (LecLeg){ .group = (char *) group, .port = PORT, .ttl = -1 };
}

static LecInterface
interface_of (const char *name)
{
  LecInterface interface;
  g_autoptr (GError) error = NULL;

  lec_interfaces_find (name, &interface, &error);
  g_assert_no_error (error);
  return interface;
}

static LecSocket *
open_on (const LecLeg *leg, const char *name)
{
  LecInterface interface;
  g_autoptr (GError) error = NULL;
  LecSocket *socket;

  if (name != NULL)
    interface = interface_of (name);
  socket = lec_socket_open (leg, leg->port, name != NULL ? &interface : NULL, &error);
  g_assert_no_error (error);
  return socket;
}

static struct sockaddr_storage
host (const char *address)
{
  struct sockaddr_storage storage = { 0 };
  struct sockaddr_in *v4 = (struct sockaddr_in *) &storage;
  struct sockaddr_in6 *v6 = (struct sockaddr_in6 *) &storage;

  if (inet_pton (AF_INET, address, &v4->sin_addr) == 1)
    v4->sin_family = AF_INET;
  else if (inet_pton (AF_INET6, address, &v6->sin6_addr) == 1)
    v6->sin6_family = AF_INET6;
  else
    g_assert_not_reached ();
  return storage;
}

static gboolean
is_unpinned (LecSocket *socket)
{
  return lec_socket_get_joined (socket)->len > 1;
}

static gboolean
accepts (LecSocket *socket, const char *from, guint interface)
{
  struct sockaddr_storage address = host (from);

  return lec_socket_accepts (socket, &address, interface);
}

/* Sends one datagram to @group over @interface, and one of another group, to be waited for on
 * @after: what was sent before it has arrived by then, or never will. */
static void
send_to (const char *group, const char *interface, const char *after)
{
  const char *const groups[] = { group, after };

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GSocket) sender = lec_sender_open (groups[i], interface, 1, &error);
    g_autoptr (GSocketAddress) to = g_inet_socket_address_new_from_string (groups[i], PORT);

    g_assert_no_error (error);
    g_assert_cmpint (g_socket_send_to (sender, to, groups[i], strlen (groups[i]), NULL, &error), >,
                     0);
    g_assert_no_error (error);
  }
}

/* Reads all that has come. */
static guint
count_waiting (LecSocket *socket)
{
  char bytes[64];
  guint count = 0;

  while (recv (lec_socket_get_fd (socket), bytes, sizeof bytes, 0) >= 0)
    count++;
  return count;
}

static void
await (LecSocket *socket)
{
  GPollFD fd = { .fd = lec_socket_get_fd (socket), .events = G_IO_IN };

  g_assert_cmpint (g_poll (&fd, 1, 5000), ==, 1);
}

/* One port, two groups: what was not announced does not come in (receive.md, 4.3). */
static void
test_other_group (void)
{
  const LecLeg wanted = leg_of (GROUP), other = leg_of ("239.9.8.2");
  g_autoptr (LecSocket) socket = open_on (&wanted, "left");
  g_autoptr (LecSocket) neighbour = open_on (&other, "left");

  send_to ("239.9.8.2", "left", GROUP);
  await (socket);
  g_assert_cmpuint (count_waiting (socket), ==, 1);
  g_assert_cmpuint (count_waiting (neighbour), ==, 1);
}

static void
test_filters (void)
{
  const char *const sources[] = { "10.79.1.7", "10.79.1.8", NULL };
  LecLeg leg = leg_of ("232.9.8.1");
  g_autoptr (LecSocket) chosen = NULL;
  g_autoptr (LecSocket) excluding = NULL;

  leg.sources = (char **) sources;
  chosen = open_on (&leg, "left");
  g_assert_true (accepts (chosen, "10.79.1.7", 0));
  g_assert_true (accepts (chosen, "10.79.1.8", 0));
  g_assert_false (accepts (chosen, "10.79.1.9", 0));
  g_assert_false (accepts (chosen, "fd79:1::7", 0));

  leg = leg_of (GROUP);
  leg.excluded = (char **) sources;
  excluding = open_on (&leg, "left");
  g_assert_false (accepts (excluding, "10.79.1.7", 0));
  g_assert_true (accepts (excluding, "10.79.1.9", 0));
}

/* A socket without an interface of its own joins on all, and stays on the one that delivers. */
static void
test_pin (void)
{
  const LecLeg leg = leg_of (GROUP), after = leg_of ("239.9.8.3");
  const LecInterface left = interface_of ("left"), right = interface_of ("right");
  g_autoptr (LecSocket) socket = open_on (&leg, NULL);
  g_autoptr (LecSocket) last = open_on (&after, "right");

  g_assert_true (is_unpinned (socket));
  g_assert_nonnull (strstr (lec_socket_get_interfaces (socket), "left"));
  g_assert_nonnull (strstr (lec_socket_get_interfaces (socket), "right"));
  g_assert_true (accepts (socket, "10.79.2.1", right.index));

  lec_socket_pin (socket, left.index);
  g_assert_false (is_unpinned (socket));
  g_assert_cmpstr (lec_socket_get_interfaces (socket), ==, "left");
  g_assert_true (accepts (socket, "10.79.1.1", left.index));
  g_assert_false (accepts (socket, "10.79.2.1", right.index));
  send_to (GROUP, "right", "239.9.8.3");
  await (last);
  g_assert_cmpuint (count_waiting (socket), ==, 0);

  lec_socket_add_interfaces (socket);
  g_assert_true (is_unpinned (socket));
  send_to (GROUP, "right", "239.9.8.3");
  await (last);
  g_assert_cmpuint (count_waiting (socket), ==, 1);
}

/* One that was asked for by name is kept, whatever else there is. */
static void
test_chosen_interface (void)
{
  const LecLeg leg = leg_of (GROUP);
  g_autoptr (LecSocket) socket = open_on (&leg, "right");

  g_assert_cmpstr (lec_socket_get_interfaces (socket), ==, "right");
  lec_socket_add_interfaces (socket);
  g_assert_cmpstr (lec_socket_get_interfaces (socket), ==, "right");
}

static void
test_leave (void)
{
  const LecLeg leg = leg_of (GROUP), after = leg_of ("239.9.8.3");
  g_autoptr (LecSocket) socket = open_on (&leg, "left");
  g_autoptr (LecSocket) last = open_on (&after, "left");

  lec_socket_leave (socket);
  send_to (GROUP, "left", "239.9.8.3");
  await (last);
  g_assert_cmpuint (count_waiting (last), ==, 1);
  g_assert_cmpuint (count_waiting (socket), ==, 0);
  lec_socket_join_again (socket);
  g_assert_cmpstr (lec_socket_get_interfaces (socket), ==, "left");
  send_to (GROUP, "left", "239.9.8.3");
  await (last);
  g_assert_cmpuint (count_waiting (socket), ==, 1);
}

/* To report without losing a packet it must know who sends, or be told by the filter. */
static void
test_reportable (void)
{
  const char *const sources[] = { "10.79.1.7", NULL };
  const struct sockaddr_storage sender = host ("10.79.1.7");
  LecLeg leg = leg_of (GROUP);
  g_autoptr (LecSocket) any = open_on (&leg, "left");
  g_autoptr (LecSocket) chosen = NULL;

  g_assert_false (lec_socket_is_reportable (any));
  lec_socket_note_sender (any, &sender);
  g_assert_true (lec_socket_is_reportable (any));
  leg = leg_of ("232.9.8.1");
  leg.sources = (char **) sources;
  chosen = open_on (&leg, "left");
  g_assert_true (lec_socket_is_reportable (chosen));
}

static void
expect_refusal (const LecLeg *leg, LecError code, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LecSocket) socket = lec_socket_open (leg, leg->port, NULL, &error);

  g_assert_null (socket);
  g_assert_error (error, LEC_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, part));
}

static void
test_refusals (void)
{
  LecLeg leg = leg_of ("10.79.1.1");
  g_autoptr (LecSocket) holder = open_on (&leg, NULL);

  g_assert_cmpstr (lec_socket_get_interfaces (holder), ==, "");
  expect_refusal (&leg, LEC_ERROR_PORT_HELD, "holds this port exclusively");
  leg.group = (char *) "192.0.2.1";
  expect_refusal (&leg, LEC_ERROR_UNREACHABLE, "not an address of this computer");
  leg.group = (char *) "station.example";
  expect_refusal (&leg, LEC_ERROR_MALFORMED, "station.example");
}

/* An address of link scope means nothing without a link. */
static void
test_link_scope (void)
{
  const LecLeg leg = leg_of ("ff12::9:8");
  g_autoptr (LecSocket) socket = open_on (&leg, NULL);

  g_assert_false (is_unpinned (socket));
  g_assert_cmpuint (lec_socket_get_joined (socket)->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/socket/other-group", test_other_group);
  g_test_add_func ("/socket/filters", test_filters);
  g_test_add_func ("/socket/pin", test_pin);
  g_test_add_func ("/socket/chosen-interface", test_chosen_interface);
  g_test_add_func ("/socket/leave", test_leave);
  g_test_add_func ("/socket/reportable", test_reportable);
  g_test_add_func ("/socket/refusals", test_refusals);
  g_test_add_func ("/socket/link-scope", test_link_scope);
  return g_test_run ();
}
