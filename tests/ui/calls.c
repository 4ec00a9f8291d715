/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tests/ui/calls.h"

#include <stdio.h>

static GString *calls;

void
calls_add (const char *verb, const char *object)
{
  const char *log = g_getenv ("CALLS_LOG");
  g_autofree char *call = g_strjoin (object != NULL ? " " : NULL, verb, object, NULL);
  FILE *file = log != NULL ? fopen (log, "a") : NULL;

  if (calls == NULL)
    calls = g_string_new (NULL);
  g_string_append_printf (calls, "%s; ", call);
  if (file != NULL) {
    fprintf (file, "%s\n", call);
    fclose (file);
  }
}

char *
calls_take (void)
{
  GString *taken = calls != NULL ? calls : g_string_new (NULL);

  calls = NULL;
  return g_string_free (taken, FALSE);
}
