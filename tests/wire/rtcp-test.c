/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/rtcp.h"

#include <string.h>

/* SSRC 7, NTP 1.5 s, time stamp 9, two counts */
#define REPORT(first, length)                                                                      \
  first, 200, 0, length, 0, 0, 0, 7, 0, 0, 0, 1, 0x80, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0, 2
#define REPORT_SIZE 28
#define NAMED 0x81, 202, 0, 3, 0, 0, 0, 7, 1, 3, 'a', '@', 'b', 0, 0, 0
#define NAMED_SIZE 16
#define BYE 0x81, 203, 0, 1, 0, 0, 0, 7
#define BYE_SIZE 8

typedef struct
{
  const char *story;
  guint8 bytes[80];
  gsize size;
  gboolean good, report, bye, named;
} Row;

static const Row rows[] = {
  { "report", { REPORT (0x80, 6) }, 28, TRUE, TRUE, FALSE, FALSE },
  { "report and name", { REPORT (0x80, 6), NAMED }, 44, TRUE, TRUE, FALSE, TRUE },
  { "report, name and bye", { REPORT (0x80, 6), NAMED, BYE }, 52, TRUE, TRUE, TRUE, TRUE },
  { "bye alone", { BYE }, 8, TRUE, FALSE, TRUE, FALSE },
  { "bye to nobody", { 0x80, 203, 0, 0 }, 4, TRUE, FALSE, FALSE, FALSE },
  { "bye that names nobody though it says so", { 0x81, 203, 0, 0 }, 4, FALSE, FALSE, FALSE, FALSE },
  { "receiver report, nothing for us",
    { 0x80, 201, 0, 1, 0, 0, 0, 1 },
    8,
    TRUE,
    FALSE,
    FALSE,
    FALSE },
  { "unknown type", { 0x80, 210, 0, 1, 0, 0, 0, 1 }, 8, TRUE, FALSE, FALSE, FALSE },
  { "two reports: the first counts",
    { REPORT (0x80, 6), REPORT (0x80, 6) },
    56,
    TRUE,
    TRUE,
    FALSE,
    FALSE },
  { "padded at the end",
    { BYE, 0xa0, 201, 0, 2, 0, 0, 0, 1, 0, 0, 0, 4 },
    20,
    TRUE,
    FALSE,
    TRUE,
    FALSE },
  { "padded before the end",
    { 0xa0, 201, 0, 2, 0, 0, 0, 1, 0, 0, 0, 4, BYE },
    20,
    FALSE,
    FALSE,
    FALSE,
    FALSE },
  { "nothing", { 0 }, 0, FALSE, FALSE, FALSE, FALSE },
  { "version 1", { 0x41, 203, 0, 1, 0, 0, 0, 7 }, 8, FALSE, FALSE, FALSE, FALSE },
  { "version 3", { 0xc1, 203, 0, 1, 0, 0, 0, 7 }, 8, FALSE, FALSE, FALSE, FALSE },
  { "no type of RTCP", { 0x80, 96, 0, 1, 0, 0, 0, 7 }, 8, FALSE, FALSE, FALSE, FALSE },
  { "report too short for one", { REPORT (0x80, 5) }, 24, FALSE, FALSE, FALSE, FALSE },
  { "length past the end", { REPORT (0x80, 7) }, 28, FALSE, FALSE, FALSE, FALSE },
  { "length of 256 KiB", { 0x80, 201, 0xff, 0xff, 0, 0, 0, 1 }, 8, FALSE, FALSE, FALSE, FALSE },
  { "length that leaves a rest", { REPORT (0x80, 6), 0x80, 201 }, 30, FALSE, FALSE, FALSE, FALSE },
  { "length that ends inside the next",
    { NAMED, 0x81, 203, 0, 0, 0, 0, 0, 7 },
    24,
    FALSE,
    FALSE,
    FALSE,
    FALSE },
  { "name longer than its chunk",
    { 0x81, 202, 0, 3, 0, 0, 0, 7, 1, 7, 'a', '@', 'b', 0, 0, 0 },
    16,
    FALSE,
    FALSE,
    FALSE,
    FALSE },
  { "items without an end",
    { 0x81, 202, 0, 2, 0, 0, 0, 7, 1, 2, 'a', 'b' },
    12,
    FALSE,
    FALSE,
    FALSE,
    FALSE },
  { "an item's type is the last byte",
    { 0x81, 202, 0, 2, 0, 0, 0, 7, 2, 1, 'a', 1 },
    12,
    FALSE,
    FALSE,
    FALSE,
    FALSE },
  { "another item first",
    { 0x81, 202, 0, 3, 0, 0, 0, 7, 6, 1, 'x', 1, 1, 'a', 0, 0 },
    16,
    TRUE,
    FALSE,
    FALSE,
    TRUE },
  { "empty name", { 0x81, 202, 0, 2, 0, 0, 0, 7, 1, 0, 0, 0 }, 12, TRUE, FALSE, FALSE, TRUE },
  { "description of nobody", { 0x80, 202, 0, 0 }, 4, TRUE, FALSE, FALSE, FALSE },
};

static gboolean
parse (const guint8 *bytes, gsize size, LecRtcp *rtcp)
{
  g_autofree guint8 *copy = g_memdup2 (bytes, size);
  LecRtcp before;
  gboolean good;

  memset (rtcp, 0x5a, sizeof *rtcp);
  before = *rtcp;
  good = lec_rtcp_parse (copy, size, rtcp);
  if (!good)
    g_assert_cmpmem (rtcp, sizeof *rtcp, &before, sizeof before);
  return good;
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const Row *row = &rows[i];
    LecRtcp rtcp;

    g_test_message ("%s", row->story);
    g_assert_cmpint (parse (row->bytes, row->size, &rtcp), ==, row->good);
    if (!row->good)
      continue;
    g_assert_cmpint (rtcp.has_report, ==, row->report);
    g_assert_cmpint (rtcp.has_bye, ==, row->bye);
    g_assert_cmpint (rtcp.cname != 0, ==, row->named);
    if (row->bye)
      g_assert_cmpuint (rtcp.bye_ssrc, ==, 7);
    if (!row->report)
      continue;
    g_assert_cmpuint (rtcp.report.ssrc, ==, 7);
    g_assert_cmphex (rtcp.report.ntp, ==, G_GUINT64_CONSTANT (0x180000000));
    g_assert_cmpuint (rtcp.report.timestamp, ==, 9);
  }
}

static gboolean
ends_a_packet (gsize at)
{
  return at == REPORT_SIZE || at == REPORT_SIZE + NAMED_SIZE
         || at == REPORT_SIZE + NAMED_SIZE + BYE_SIZE;
}

/* A prefix is a compound only where one of its packets ends. */
static void
test_prefixes (void)
{
  static const guint8 bytes[] = { REPORT (0x80, 6), NAMED, BYE };
  LecRtcp rtcp;

  for (gsize size = 0; size <= sizeof bytes; size++)
    g_assert_cmpint (parse (bytes, size, &rtcp), ==, ends_a_packet (size));
}

/* Each length field takes each value: besides the true one only those tile that swallow the next
 * packets whole, as the extension of a profile would be. */
static void
test_lengths (void)
{
  static const gsize starts[] = { 0, REPORT_SIZE, REPORT_SIZE + NAMED_SIZE };
  LecRtcp rtcp;

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++) {
    for (guint length = 0; length < 256; length++) {
      guint8 bytes[] = { REPORT (0x80, 6), NAMED, BYE };

      bytes[starts[i] + 3] = (guint8) length;
      g_assert_cmpint (parse (bytes, sizeof bytes, &rtcp), ==,
                       ends_a_packet (starts[i] + 4 * (length + 1)));
    }
  }
}

static void
test_names (void)
{
  guint8 one[] = { NAMED };
  guint8 two[] = { NAMED };
  LecRtcp a, b;

  g_assert_true (parse (one, sizeof one, &a));
  g_assert_true (parse (two, sizeof two, &b));
  g_assert_cmphex (a.cname, ==, b.cname);
  two[12] = 'c';
  g_assert_true (parse (two, sizeof two, &b));
  g_assert_cmphex (a.cname, !=, b.cname);
}

static void
test_ntp (void)
{
  g_assert_cmpint (lec_ntp_to_ns (0), ==, 0);
  g_assert_cmpint (lec_ntp_to_ns (G_GUINT64_CONSTANT (0x180000000)), ==, 1500000000);
  g_assert_cmpint (lec_ntp_to_ns (G_MAXUINT64), ==, G_GINT64_CONSTANT (4294967295999999999));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/rtcp/rows", test_rows);
  g_test_add_func ("/rtcp/prefixes", test_prefixes);
  g_test_add_func ("/rtcp/lengths", test_lengths);
  g_test_add_func ("/rtcp/names", test_names);
  g_test_add_func ("/rtcp/ntp", test_ntp);
  return g_test_run ();
}
