/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/recording-progress.h"

static void
test_parts (void)
{
  static const struct
  {
    const char *path;
    guint part;
    const char *name;
  } rows[] = {
    { "a.mkv", 0, "a.mkv" },   { "a.mkv", 1, "a.mkv" },
    { "a.mkv", 2, "a-2.mkv" }, { "/v1.0/Hall 3.a.ts", 12, "/v1.0/Hall 3.a-12.ts" },
    { "none", 2, "none" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *name = lec_recording_name_part (rows[i].path, rows[i].part);

    g_assert_cmpstr (name, ==, rows[i].name);
  }
}

static void
test_replace (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (lec_recording_replace ("/nonexistent/a.mkv", &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recording-progress/parts", test_parts);
  g_test_add_func ("/recording-progress/replace", test_replace);
  return g_test_run ();
}
