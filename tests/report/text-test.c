/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/text.h"

static void
append_cb (GString *sentence, const char *name, gconstpointer data)
{
  g_string_append_printf (sentence, "<%s%s>", name, (const char *) data);
}

static void
test_fill (void)
{
  static const char *const rows[][2] = {
    { "", "" },
    { "plain", "plain" },
    { "{a}", "<a!>" },
    { "{a} and {b-c}, twice {a}.", "<a!> and <b-c!>, twice <a!>." },
    { "open {a", "open {a" },
    { "} close {a}", "} close <a!>" },
    { "{}", "<!>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = lec_text_fill (rows[i][0], append_cb, "!");

    g_assert_cmpstr (text, ==, rows[i][1]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/fill", test_fill);
  return g_test_run ();
}
