/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/proc-net.h"

#include <string.h>

/* (nullable): what follows the line at @line */
static const char *
next_line (const char *line)
{
  const char *end = strchr (line, '\n');

  return end != NULL ? end + 1 : NULL;
}

static gboolean
is_of (const char *line, const char *protocol)
{
  const gsize length = strlen (protocol);

  return line != NULL && strncmp (line, protocol, length) == 0 && line[length] == ' ';
}

/* Moves @at on to the next cell of its line; returns its length, 0 where the line ends. */
static gsize
next_cell (const char **at)
{
  *at += strcspn (*at, " \n");
  *at += strspn (*at, " ");
  return strcspn (*at, " \n");
}

static gboolean
read_number (const char *cell, gsize length, guint64 *value)
{
  if (length == 0 || strspn (cell, "0123456789") != length)
    return FALSE;
  *value = g_ascii_strtoull (cell, NULL, 10);
  return TRUE;
}

/* The value below @name, of two lines that begin with the name of the protocol:
 *
 *     Udp: InDatagrams NoPorts …
 *     Udp: 13259 0 …
 *
 * Read in place: this is done often, and a table is long. */
static gboolean
find_cell (const char *names, const char *values, const char *name, guint64 *value)
{
  const gsize wanted = strlen (name);
  gsize head, cell;

  do {
    head = next_cell (&names);
    cell = next_cell (&values);
    if (head == wanted && strncmp (names, name, wanted) == 0)
      return read_number (values, cell, value);
  } while (head > 0 && cell > 0);
  return FALSE;
}

gboolean
lec_proc_net_find_column (const char *table, const char *protocol, const char *name, guint64 *value)
{
  for (const char *line = table; line != NULL; line = next_line (line)) {
    const char *below = next_line (line);

    if (is_of (line, protocol) && is_of (below, protocol))
      return find_cell (line, below, name, value);
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
