/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/thread.h"

#include <glib-object.h>

static gpointer
return_data (gpointer data)
{
  return data;
}

/* No thread can wait for ever for one that is registering them: they are there before any is. */
static void
test_types (void)
{
  g_assert_cmpuint (g_type_from_name ("GInetSocketAddress"), !=, 0);
  g_assert_cmpuint (g_type_from_name ("GSocket"), !=, 0);
}

static void
test_new (void)
{
  g_autoptr (GError) error = NULL;
  GThread *thread = lec_thread_new ("test", return_data, &error, &error);

  g_assert_no_error (error);
  g_assert_true (g_thread_join (thread) == &error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/thread/types", test_types);
  g_test_add_func ("/thread/new", test_new);
  return g_test_run ();
}
