/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/udp-errors.h"

#include <string.h>

/* Of the process; a thread in another namespace would have its own. */
#define SNMP "/proc/net/snmp"
#define SNMP6 "/proc/net/snmp6"

/* The value below @name, of two lines that begin with the name of the protocol:
 *
 *     Udp: InDatagrams NoPorts …
 *     Udp: 13259 0 …
 */
static gboolean
find_column (const char *names, const char *values, const char *name, guint64 *value)
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
parse_v4 (const char *snmp, LecUdpErrors *errors)
{
  g_auto (GStrv) lines = g_strsplit (snmp, "\n", -1);

  for (guint i = 0; lines[i] != NULL && lines[i + 1] != NULL; i++) {
    if (g_str_has_prefix (lines[i], "Udp: ") && g_str_has_prefix (lines[i + 1], "Udp: "))
      return find_column (lines[i], lines[i + 1], "InCsumErrors", &errors->checksum)
             && find_column (lines[i], lines[i + 1], "RcvbufErrors", &errors->overflow);
  }
  return FALSE;
}

/* Each in a line of its own, behind blanks. */
static guint64
find_line (const char *snmp6, const char *name)
{
  const char *at = strstr (snmp6, name);

  return at != NULL ? g_ascii_strtoull (at + strlen (name), NULL, 10) : 0;
}

gboolean
lec_udp_errors_parse (const char *snmp, const char *snmp6, LecUdpErrorsOfHost *errors)
{
  *errors = (LecUdpErrorsOfHost){ 0 };
  if (snmp == NULL || !parse_v4 (snmp, &errors->v4))
    return FALSE;
  if (snmp6 != NULL) {
    errors->v6.checksum = find_line (snmp6, "Udp6InCsumErrors");
    errors->v6.overflow = find_line (snmp6, "Udp6RcvbufErrors");
  }
  return TRUE;
}

gboolean
lec_udp_errors_read (LecUdpErrorsOfHost *errors)
{
  g_autofree char *snmp = NULL, *snmp6 = NULL;

  g_file_get_contents (SNMP, &snmp, NULL, NULL);
  g_file_get_contents (SNMP6, &snmp6, NULL, NULL);
  return lec_udp_errors_parse (snmp, snmp6, errors);
}
