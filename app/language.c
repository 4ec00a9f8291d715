/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "language.h"

#include <glib/gi18n.h>
#include <locale.h>

/* Many machines have only the locale C.UTF-8, whatever the environment asks for. That is enough for
 * messages and characters: only the language must be named apart. glibc 2.41 does not listen to
 * LANGUAGE there, but does where the same locale is asked for as that of an unknown country. */
static void
set_language_without_locale (void)
{
  static const char *const variables[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
  /* empty is as good as unset, to gettext as well */
  const gboolean is_empty = g_strcmp0 (g_getenv ("LANGUAGE"), "") == 0;

  setlocale (LC_ALL, "C_ZZ.UTF-8");
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++) {
    const char *name = g_getenv (variables[i]);

    if (name != NULL && *name != '\0') {
      g_setenv ("LANGUAGE", name, is_empty);
      return;
    }
  }
}

void
lec_language_init (void)
{
  /* set where the program runs from its build folder (meson devenv) */
  const char *folder = g_getenv ("LECTERN_LOCALEDIR");

  if (setlocale (LC_ALL, "") == NULL)
    set_language_without_locale ();
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
