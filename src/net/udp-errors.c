/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/udp-errors.h"

#include "net/proc-net.h"

/* Of the process; a thread in another namespace would have its own. */
#define SNMP "/proc/net/snmp"
#define SNMP6 "/proc/net/snmp6"

gboolean
lec_udp_errors_parse (const char *snmp, const char *snmp6, LecUdpErrorsOfHost *errors)
{
  *errors = (LecUdpErrorsOfHost){ 0 };
  if (snmp == NULL || !lec_proc_net_find_column (snmp, "Udp:", "InCsumErrors", &errors->v4.checksum)
      || !lec_proc_net_find_column (snmp, "Udp:", "RcvbufErrors", &errors->v4.overflow))
    return FALSE;
  if (snmp6 != NULL) {
    errors->v6.checksum = lec_proc_net_find_line (snmp6, "Udp6InCsumErrors");
    errors->v6.overflow = lec_proc_net_find_line (snmp6, "Udp6RcvbufErrors");
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
