/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/source-names.h"

#include <string.h>

static void
note (LecSourceNames *names, guint32 ssrc, const char *name)
{
  lec_source_names_note (names, ssrc, (const guint8 *) name, strlen (name));
}

static void
test_names (void)
{
  LecSourceNames names = { 0 };

  g_assert_cmpuint (lec_source_names_get (&names, 0), ==, 0);
  note (&names, 0, "hall@192.0.2.1");
  note (&names, 1, "hall@192.0.2.1");
  note (&names, 2, "lab@192.0.2.1");
  note (&names, 3, "");
  g_assert_cmpuint (lec_source_names_get (&names, 0), !=, 0);
  g_assert_cmpuint (lec_source_names_get (&names, 0), ==, lec_source_names_get (&names, 1));
  g_assert_cmpuint (lec_source_names_get (&names, 0), !=, lec_source_names_get (&names, 2));
  g_assert_cmpuint (lec_source_names_get (&names, 3), ==, 0);
  note (&names, 2, "hall@192.0.2.1"); /* it has another name now */
  g_assert_cmpuint (lec_source_names_get (&names, 0), ==, lec_source_names_get (&names, 2));
}

/* However many there are, the newest are known. */
static void
test_bound (void)
{
  LecSourceNames names = { 0 };

  for (guint32 ssrc = 1; ssrc <= 1000; ssrc++) {
    note (&names, ssrc, "a");
    note (&names, ssrc, "b");
  }
  for (guint32 ssrc = 1; ssrc <= 1000; ssrc++)
    g_assert_true ((lec_source_names_get (&names, ssrc) != 0) == (ssrc > 1000 - LEC_SOURCE_NAMES));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/source-names/names", test_names);
  g_test_add_func ("/source-names/bound", test_bound);
  return g_test_run ();
}
