/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "language.h"

#include <glib/gi18n.h>
#include <locale.h>

void
lec_language_init (void)
{
  /* set where the program runs from its build folder (meson devenv) */
  const char *folder = g_getenv ("LECTERN_LOCALEDIR");

  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

void
lec_language_use_english (void)
{
  setlocale (LC_MESSAGES, "C");
  g_unsetenv ("LANGUAGE");
}
