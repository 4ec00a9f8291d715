/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A firewall that refuses is in tests/lan/doctor.sh. */
#include "net/loop-probe.h"

#include "channel/channel.h"
#include "net/interfaces.h"
#include "net/socket.h"

#define PATIENCE_US (10 * G_USEC_PER_SEC)

/* Until it is let in, as a kernel takes what time it likes. */
static void
check_admitted (const char *group, const char *interface, const char *source)
{
  char *sources[] = { (char *) source, NULL };
  const LecLeg leg = { .group = (char *) group, .port = 5004, .sources = source ? sources : NULL };
  g_autoptr (GArray) joined = g_array_new (FALSE, FALSE, sizeof (LecInterface));
  const LecLoopSubject subject = { group, 5004, source != NULL, joined };
  g_autoptr (LecLoopProbe) probe = NULL;
  g_autoptr (GError) error = NULL;
  const gint64 end_us = g_get_monotonic_time () + PATIENCE_US;
  LecInterface found;
  LecSocket *socket;

  g_assert_true (lec_interfaces_find (interface, &found, &error));
  g_array_append_val (joined, found);
  socket = lec_socket_open (&leg, 5004, &found, &error);
  g_assert_no_error (error);
  probe = lec_loop_probe_new (&subject);
  g_assert_nonnull (probe);
  while (lec_loop_probe_read (probe) != LEC_LOOP_ADMITTED) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_usleep (1000);
  }
  lec_socket_free (socket);
}

static void
test_admitted (void)
{
  check_admitted ("239.79.1.1", "left", NULL);
  check_admitted ("ff15::79:1", "left", NULL);
  check_admitted ("239.79.1.1", "lo", NULL);
  /* of somebody else, who alone is listened to */
  check_admitted ("232.79.1.1", "left", "10.79.1.99");
  check_admitted ("ff35::79:1", "left", "fd79:1::99");
}

static void
test_nowhere (void)
{
  g_autoptr (GArray) joined = g_array_new (FALSE, FALSE, sizeof (LecInterface));
  LecLoopSubject subject = { "239.79.1.1", 5004, FALSE, joined };
  const LecInterface gone = { .index = 9999, .name = "gone" };

  g_assert_null (lec_loop_probe_new (&subject));
  g_array_append_val (joined, gone);
  g_assert_null (lec_loop_probe_new (&subject));
  subject.group = "nonsense";
  g_assert_null (lec_loop_probe_new (&subject));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/loop-probe/admitted", test_admitted);
  g_test_add_func ("/loop-probe/nowhere", test_nowhere);

  return g_test_run ();
}
