/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tests/ui/init.h"

#include <gtk/gtk.h>
#include <locale.h>

void
ui_test_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  /* en_US.UTF-8, which GTK's own asks for, is not on every system; GTK 4.24 warns then */
  g_assert_nonnull (setlocale (LC_ALL, "C.UTF-8"));
  g_unsetenv ("LANGUAGE");
  gtk_disable_setlocale ();
  gtk_init ();
}
