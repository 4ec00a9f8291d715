/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/cue.h"

#include <string.h>

static void
test_fields (void)
{
  g_autoptr (LecCue) cue = lec_cue_new (7, TRUE, "URL", "http://example.com/1.png");

  g_assert_cmpint (cue->pts_ns, ==, 7);
  g_assert_true (cue->is_ahead);
  g_assert_cmpstr (cue->type, ==, "URL");
  g_assert_cmpstr (cue->parameter, ==, "http://example.com/1.png");
}

/* The cut is between two letters, wherever the bound falls. */
static void
test_bounds (void)
{
  static const char *const letters[] = { "a", "ä", "€", "😀" };

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++) {
    g_autoptr (GString) text = g_string_new ("x");
    g_autoptr (LecCue) cue = NULL;

    while (text->len <= 2 * LEC_CUE_PARAMETER_MAX)
      g_string_append (text, letters[i]);
    cue = lec_cue_new (0, FALSE, text->str, text->str);
    g_assert_true (g_utf8_validate (cue->type, -1, NULL));
    g_assert_true (g_utf8_validate (cue->parameter, -1, NULL));
    g_assert_cmpuint (strlen (cue->type), <=, LEC_CUE_TYPE_MAX);
    g_assert_cmpuint (strlen (cue->type), >, LEC_CUE_TYPE_MAX - strlen (letters[i]));
    g_assert_cmpuint (strlen (cue->parameter), <=, LEC_CUE_PARAMETER_MAX);
    g_assert_cmpuint (strlen (cue->parameter), >, LEC_CUE_PARAMETER_MAX - strlen (letters[i]));
  }
}

/* What is as long as it may be is whole. */
static void
test_longest (void)
{
  g_autofree char *type = g_strnfill (LEC_CUE_TYPE_MAX, 't');
  g_autoptr (LecCue) cue = lec_cue_new (0, FALSE, type, "");

  g_assert_cmpstr (cue->type, ==, type);
  g_assert_cmpstr (cue->parameter, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cue/fields", test_fields);
  g_test_add_func ("/cue/bounds", test_bounds);
  g_test_add_func ("/cue/longest", test_longest);
  return g_test_run ();
}
