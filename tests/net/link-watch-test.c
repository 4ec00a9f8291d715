/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What counts as a change of links, and what is only talk. */
#include "net/link-watch.h"

#include <poll.h>
#include <stdlib.h>

#define PATIENCE_MS 5000
#define QUIET_MS 100

static void
shell (const char *command)
{
  if (system (command) != 0)
    g_error ("“%s” failed", command);
}

/* Whether @command was a change; whether it was @expected is waited for as long as it takes. */
static void
check (LecLinkWatch *watch, const char *command, gboolean expected)
{
  struct pollfd fd = { .fd = lec_link_watch_get_fd (watch), .events = POLLIN };
  gboolean changed = FALSE;

  shell (command);
  /* the kernel has told before the command ended, or tells soon */
  for (int wait = expected ? PATIENCE_MS : QUIET_MS; poll (&fd, 1, wait) > 0; wait = QUIET_MS)
    changed |= lec_link_watch_read (watch);
  if (changed != expected)
    g_error ("“%s” is %s change", command, changed ? "a" : "no");
}

static void
test_changes (void)
{
  g_autoptr (LecLinkWatch) watch = lec_link_watch_new ();

  check (watch, "true", FALSE); /* what is there is no news */
  check (watch, "ip link set left alias cellar", FALSE);
  check (watch, "ip link set left-end down", TRUE);
  check (watch, "ip link set left alias attic", FALSE);
  check (watch, "ip link set left-end up", TRUE);
  check (watch, "ip addr add 10.79.8.1/24 dev left", TRUE);
  check (watch, "ip link add plug type veth peer name plug-end", FALSE);
  check (watch, "ip link set plug up", FALSE); /* without a carrier */
  check (watch, "ip link set plug-end up", TRUE);
  check (watch, "ip link del plug", TRUE);
}

/* Sixty-four are kept in mind; of more than that, rather too much is said than too little. */
static void
test_many (void)
{
  g_autoptr (LecLinkWatch) watch = NULL;

  watch = lec_link_watch_new ();
  check (watch, "for i in $(seq 40); do ip link add d$i type veth peer name e$i; done", TRUE);
  check (watch, "ip link set d40 up && ip link set e40 up", TRUE);
  check (watch, "ip link set d1 alias garden", FALSE);
  check (watch, "for i in $(seq 40); do ip link del d$i; done", TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* IPv6 gives addresses by itself, and later */
  shell ("echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6;"
         "echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6");
  g_test_add_func ("/link-watch/changes", test_changes);
  g_test_add_func ("/link-watch/many", test_many);
  return g_test_run ();
}
