/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/udp-errors.h"

#define HEAD                                                                                       \
  "Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors "
#define LITE "UdpLite: InDatagrams InCsumErrors RcvbufErrors\nUdpLite: 7 8 9\n"
#define SIX "Udp6InErrors                    \t12\nUdp6RcvbufErrors                \t5\n"

/* As systems of today and of long ago write it, and what is none of that. */
static const struct
{
  const char *snmp, *snmp6;
  gboolean told;
  LecUdpErrorsOfHost errors;
} rows[] = {
  { "Ip: Forwarding\nIp: 1\n" HEAD "IgnoredMulti MemErrors\nUdp: 13 2 7 87 4 0 3 1 0\n" LITE,
    SIX "Udp6InCsumErrors                \t7\n",
    TRUE,
    { { 3, 4 }, { 7, 5 } } },
  { LITE HEAD "\nUdp: 13 2 7 87 4 0 18446744073709551615\n", NULL, TRUE, { { G_MAXUINT64, 4 } } },
  { HEAD "\nUdp: 13 2 7 87 4 0 3\n", SIX, TRUE, { { 3, 4 }, { 0, 5 } } },
  { "Udp: InDatagrams NoPorts InErrors OutDatagrams\nUdp: 13 2 7 87\n", SIX, FALSE },
  { HEAD "\nUdp: 13 2 7\n", SIX, FALSE },
  { HEAD "\nUdp: 13 2 7 87 x 0 -3\n", SIX, FALSE },
  { HEAD, SIX, FALSE },
  { HEAD "\n", SIX, FALSE },
  { "", SIX, FALSE },
  { NULL, SIX, FALSE },
  { NULL, NULL, FALSE },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LecUdpErrorsOfHost errors;

    g_assert_cmpint (lec_udp_errors_parse (rows[i].snmp, rows[i].snmp6, &errors), ==, rows[i].told);
    if (!rows[i].told)
      continue;
    g_assert_cmpuint (errors.v4.checksum, ==, rows[i].errors.v4.checksum);
    g_assert_cmpuint (errors.v4.overflow, ==, rows[i].errors.v4.overflow);
    g_assert_cmpuint (errors.v6.checksum, ==, rows[i].errors.v6.checksum);
    g_assert_cmpuint (errors.v6.overflow, ==, rows[i].errors.v6.overflow);
  }
}

/* The system that this runs on tells. */
static void
test_read (void)
{
  LecUdpErrorsOfHost errors, later;

  g_assert_true (lec_udp_errors_read (&errors));
  g_assert_true (lec_udp_errors_read (&later));
  g_assert_cmpuint (later.v4.checksum, >=, errors.v4.checksum);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/udp-errors/rows", test_rows);
  g_test_add_func ("/udp-errors/read", test_read);
  return g_test_run ();
}
