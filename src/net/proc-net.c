/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/proc-net.h"

#include <string.h>

/* The value below @name, of two lines that begin with the name of the protocol:
 *
 *     Udp: InDatagrams NoPorts …
 *     Udp: 13259 0 …
 */
static gboolean
find_cell (const char *names, const char *values, const char *name, guint64 *value)
{
  g_auto (GStrv) heads = g_strsplit (names, " ", -1);
  g_auto (GStrv) cells = g_strsplit (values, " ", -1);

  for (guint i = 0; heads[i] != NULL && cells[i] != NULL; i++) {
    if (strcmp (heads[i], name) == 0)
      return g_ascii_string_to_unsigned (cells[i], 10, 0, G_MAXUINT64, value, NULL);
  }
  return FALSE;
}

static gboolean
is_of (const char *line, const char *protocol)
{
  const gsize length = strlen (protocol);

  return line != NULL && strncmp (line, protocol, length) == 0 && line[length] == ' ';
}

gboolean
lec_proc_net_find_column (const char *table, const char *protocol, const char *name, guint64 *value)
{
  g_auto (GStrv) lines = g_strsplit (table, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    if (is_of (lines[i], protocol) && is_of (lines[i + 1], protocol))
      return find_cell (lines[i], lines[i + 1], name, value);
  }
  return FALSE;
}

guint64
lec_proc_net_find_line (const char *table, const char *name)
{
  const gsize length = strlen (name);

  for (const char *at = table; (at = strstr (at, name)) != NULL; at += length) {
    if ((at == table || at[-1] == '\n') && g_ascii_isspace (at[length]))
      return g_ascii_strtoull (at + length, NULL, 10);
  }
  return 0;
}
