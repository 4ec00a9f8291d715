/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/interfaces.h"

#include "channel/error.h"

/* Whether it is up is the doctor's to say, where it is there. */
static void
test_present (void)
{
  g_autoptr (GError) error = NULL;
  LecInterface found;

  g_assert_true (g_spawn_command_line_sync ("ip link set right down", NULL, NULL, NULL, NULL));
  g_assert_false (lec_interfaces_find ("right", &found, &error));
  g_assert_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, "left"));
  g_clear_error (&error);
  g_assert_true (lec_interfaces_find_present ("right", &found, &error));
  g_assert_cmpstr (found.name, ==, "right");
  g_assert_cmpuint (found.index, ==, if_nametoindex ("right"));
  g_assert_true (lec_interfaces_find_present ("10.79.1.1", &found, &error));
  g_assert_cmpstr (found.name, ==, "left");
  g_assert_false (lec_interfaces_find_present ("nowhere", &found, &error));
  g_assert_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/interfaces/present", test_present);

  return g_test_run ();
}
