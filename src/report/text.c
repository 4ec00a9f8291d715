/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/text.h"

#include <string.h>

char *
lec_text_fill (const char *text, LecTextFigure figure, gconstpointer data)
{
  GString *sentence = g_string_new (NULL);
  const char *open, *close;

  while ((open = strchr (text, '{')) != NULL && (close = strchr (open, '}')) != NULL) {
    g_autofree char *name = g_strndup (open + 1, (gsize) (close - open) - 1);

    g_string_append_len (sentence, text, open - text);
    figure (sentence, name, data);
    text = close + 1;
  }
  g_string_append (sentence, text);
  return g_string_free (sentence, FALSE);
}
