/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/line.h"

#include <string.h>

#include "announce/cursor.h"

char *
lec_line_next (const char **text)
{
  gsize length;
  char *line;

  *text += strspn (*text, " \t\r\n");
  length = strcspn (*text, "\r\n");
  if (length == 0)
    return NULL;
  line = g_strchomp (g_strndup (*text, length));
  *text += length;
  return line;
}

gboolean
lec_line_split (char *line, char **value)
{
  char *equals = strchr (line, '=');

  if (equals == NULL)
    return FALSE;
  *equals = '\0';
  *value = g_strstrip (equals + 1);
  g_strstrip (line);
  return TRUE;
}

guint
lec_line_get_number (const char *key, const char *word, guint max)
{
  LecCursor cursor;
  guint number;

  if (g_ascii_strncasecmp (key, word, strlen (word)) != 0)
    return 0;
  lec_cursor_init (&cursor, key + strlen (word));
  number = (guint) lec_cursor_number (&cursor, max);
  return lec_cursor_done (&cursor) ? number : 0;
}
