/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/language.h"

#include <gst/gst.h>

static void
test_names (void)
{
  static const struct
  {
    const char *code, *name;
  } rows[] = {
    { "de", "German" },
    { "deu", "German" },
    { "ger", "German" },
    { "DEU", "German" },
    { "de-AT", "German (AT)" },
    { "pt_BR", "Portuguese (BR)" },
    { "en", "English" },
    { "xyz", "xyz" },
    { "Originalton", "Originalton" },
    { "de-", "German" },
    { NULL, NULL },
    { "", NULL },
    { "und", NULL },
    { "qaa", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *name = lec_language_dup_name (rows[i].code);

    g_assert_cmpstr (name, ==, rows[i].name);
  }
}

int
main (int argc, char **argv)
{
  g_setenv ("LC_ALL", "C", TRUE);
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/language/names", test_names);
  return g_test_run ();
}
