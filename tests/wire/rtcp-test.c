/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/rtcp.h"

#include <string.h>

/* SSRC 7, NTP 1.5 s, time stamp 9, two counts */
#define REPORT_BODY 0, 0, 0, 7, 0, 0, 0, 1, 0x80, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0, 2
#define REPORT(first, length) first, 200, 0, length, REPORT_BODY
#define REPORT_SIZE 28
#define NAMED 0x81, 202, 0, 3, 0, 0, 0, 7, 1, 3, 'a', '@', 'b', 0, 0, 0
#define NAMED_SIZE 16
#define BYE 0x81, 203, 0, 1, 0, 0, 0, 7
#define BYE_SIZE 8
/* of SSRC 3: half lost, -2 in all, highest 0x10005, jitter 6, last report 0x10203, delay 4 */
#define BLOCK 0, 0, 0, 3, 0x80, 0xff, 0xff, 0xfe, 0, 1, 0, 5, 0, 0, 0, 6, 0, 1, 2, 3, 0, 0, 0, 4

typedef struct
{
  const char *story;
  guint8 bytes[160];
  gsize size;
  const char *told; /* as print() writes it; NULL: it is refused */
} Row;

static const Row rows[] = {
  { "report", { REPORT (0x80, 6) }, 28, "S7 " },
  { "report and name", { REPORT (0x80, 6), NAMED }, 44, "S7 c7:a@b " },
  { "report, name and bye", { REPORT (0x80, 6), NAMED, BYE }, 52, "S7 c7:a@b b7: " },
  { "bye alone", { BYE }, 8, "b7: " },
  { "bye of three, with a reason",
    { 0x83, 203, 0, 4, 0, 0, 0, 7, 0, 0, 0, 8, 0, 0, 0, 9, 3, 'e', 'n', 'd' },
    20,
    "b7:end b8:end b9:end " },
  { "bye with a reason that is cut off",
    { 0x81, 203, 0, 2, 0, 0, 0, 7, 4, 'e', 'n', 'd' },
    12,
    NULL },
  { "bye to nobody", { 0x80, 203, 0, 0 }, 4, "" },
  { "bye that names nobody though it says so", { 0x81, 203, 0, 0 }, 4, NULL },
  { "bye that names fewer than it says", { 0x82, 203, 0, 1, 0, 0, 0, 7 }, 8, NULL },
  { "empty receiver report", { 0x80, 201, 0, 1, 0, 0, 0, 1 }, 8, "R1 " },
  { "receiver report",
    { 0x81, 201, 0, 7, 0, 0, 0, 1, BLOCK },
    32,
    "R1 k1:3,128,-2,65541,6,66051,4 " },
  { "sender report with two blocks and an extension of a profile",
    { REPORT (0x82, 19), BLOCK, BLOCK, 1, 2, 3, 4 },
    80,
    "S7 k7:3,128,-2,65541,6,66051,4 k7:3,128,-2,65541,6,66051,4 " },
  { "fewer blocks than it says", { 0x82, 201, 0, 7, 0, 0, 0, 1, BLOCK }, 32, NULL },
  { "receiver report that says not whose", { 0x80, 201, 0, 0 }, 4, NULL },
  { "unknown type", { 0x80, 210, 0, 1, 0, 0, 0, 1 }, 8, "" },
  { "unknown type between known ones",
    { NAMED, 0x85, 205, 0, 1, 0, 0, 0, 1, BYE },
    32,
    "c7:a@b b7: " },
  { "request for three packets in two fields",
    { 0x81, 205, 0, 4, 0, 0, 0, 1, 0, 0, 0, 3, 0, 9, 0x80, 1, 0xff, 0xff, 0, 0 },
    20,
    "a1:3,9,8001 a1:3,65535,0 " },
  { "request for nothing", { 0x81, 205, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3 }, 12, "" },
  { "request that says not whose packets", { 0x81, 205, 0, 1, 0, 0, 0, 1 }, 8, "" },
  { "what nobody need ask for",
    { 0x87, 205, 0, 3, 0, 0, 0, 1, 0, 0, 0, 3, 0, 9, 0, 0 },
    16,
    "l1:3,9,0 " },
  { "feedback of another kind",
    { 0x83, 205, 0, 3, 0, 0, 0, 1, 0, 0, 0, 3, 0, 9, 0, 0, BYE },
    24,
    "b7: " },
  { "two reports", { REPORT (0x80, 6), REPORT (0x80, 6) }, 56, "S7 S7 " },
  { "padded at the end", { BYE, 0xa0, 201, 0, 2, 0, 0, 0, 1, 0, 0, 0, 4 }, 20, "b7: R1 " },
  { "padded before the end", { 0xa0, 201, 0, 2, 0, 0, 0, 1, 0, 0, 0, 4, BYE }, 20, NULL },
  { "padded by nothing", { 0xa0, 201, 0, 1, 0, 0, 0, 0 }, 8, NULL },
  { "padded by half a word", { 0xa0, 201, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2 }, 12, NULL },
  { "padded by more than there is", { 0xa0, 201, 0, 2, 0, 0, 0, 1, 0, 0, 0, 12 }, 12, NULL },
  { "padded, without a body", { 0xa0, 210, 0, 0 }, 4, NULL },
  { "nothing", { 0 }, 0, NULL },
  { "version 1", { 0x41, 203, 0, 1, 0, 0, 0, 7 }, 8, NULL },
  { "version 3", { 0xc1, 203, 0, 1, 0, 0, 0, 7 }, 8, NULL },
  { "no type of RTCP", { 0x80, 96, 0, 1, 0, 0, 0, 7 }, 8, NULL },
  { "report too short for one", { REPORT (0x80, 5) }, 24, NULL },
  { "length past the end", { REPORT (0x80, 7) }, 28, NULL },
  { "length of 256 KiB", { 0x80, 201, 0xff, 0xff, 0, 0, 0, 1 }, 8, NULL },
  { "length that leaves a rest", { REPORT (0x80, 6), 0x80, 201 }, 30, NULL },
  { "length that ends inside the next", { NAMED, 0x81, 203, 0, 0, 0, 0, 0, 7 }, 24, NULL },
  { "name longer than its chunk",
    { 0x81, 202, 0, 3, 0, 0, 0, 7, 1, 7, 'a', '@', 'b', 0, 0, 0 },
    16,
    NULL },
  { "items without an end", { 0x81, 202, 0, 2, 0, 0, 0, 7, 1, 2, 'a', 'b' }, 12, NULL },
  { "an item's type is the last byte", { 0x81, 202, 0, 2, 0, 0, 0, 7, 2, 1, 'a', 1 }, 12, NULL },
  { "name, tool, and what nobody asks for",
    { 0x81, 202, 0, 5, 0, 0, 0, 7, 6, 1, 'x', 3, 1, 'e', 1, 1, 'a', 2, 2, 'H', '1', 0, 0, 0 },
    24,
    "t7:x c7:a n7:H1 " },
  { "empty name", { 0x81, 202, 0, 2, 0, 0, 0, 7, 1, 0, 0, 0 }, 12, "c7: " },
  { "two described",
    { 0x82, 202, 0, 5, 0, 0, 0, 8, 1, 1, 'a', 0, 0, 0, 0, 7, 1, 2, 'b', 'c', 0, 0, 0, 0 },
    24,
    "c8:a c7:bc " },
  { "two described though it says three",
    { 0x83, 202, 0, 5, 0, 0, 0, 8, 1, 1, 'a', 0, 0, 0, 0, 7, 1, 2, 'b', 'c', 0, 0, 0, 0 },
    24,
    NULL },
  { "described by nothing", { 0x81, 202, 0, 2, 0, 0, 0, 7, 0, 0, 0, 0 }, 12, "" },
  { "description of nobody", { 0x80, 202, 0, 0 }, 4, "" },
};

static void
print (const LecRtcpItem *item, GString *told)
{
  static const char kinds[] = { [LEC_RTCP_SENDER_REPORT] = 'S', [LEC_RTCP_RECEIVER_REPORT] = 'R',
                                [LEC_RTCP_BLOCK] = 'k',         [LEC_RTCP_CNAME] = 'c',
                                [LEC_RTCP_NAME] = 'n',          [LEC_RTCP_TOOL] = 't',
                                [LEC_RTCP_BYE] = 'b',           [LEC_RTCP_NACK] = 'a',
                                [LEC_RTCP_LOSS_KNOWN] = 'l' };

  g_string_append_printf (told, "%c%u", kinds[item->kind], item->ssrc);
  if (item->text != NULL)
    g_string_append_printf (told, ":%.*s", (int) item->length, (const char *) item->text);
  if (item->kind == LEC_RTCP_BLOCK)
    g_string_append_printf (told, ":%u,%u,%d,%u,%u,%u,%u", item->block.ssrc, item->block.fraction,
                            item->block.lost, item->block.highest, item->block.jitter,
                            item->block.last_report, item->block.delay);
  if (item->kind == LEC_RTCP_NACK || item->kind == LEC_RTCP_LOSS_KNOWN)
    g_string_append_printf (told, ":%u,%u,%x", item->media_ssrc, item->nack.first, item->nack.more);
  g_string_append_c (told, ' ');
}

/* (nullable) (transfer full): all that is told, NULL where it is refused. */
static char *
read_all (const guint8 *bytes, gsize size)
{
  g_autofree guint8 *copy = g_memdup2 (bytes, size);
  g_autoptr (GString) told = g_string_new (NULL);
  LecRtcpReader reader = lec_rtcp_read (copy, size);
  LecRtcpItem item;

  while (lec_rtcp_next (&reader, &item))
    print (&item, told);
  return lec_rtcp_check (copy, size) ? g_strdup (told->str) : NULL;
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *told = read_all (rows[i].bytes, rows[i].size);

    g_test_message ("%s", rows[i].story);
    g_assert_cmpstr (told, ==, rows[i].told);
  }
}

static void
test_report (void)
{
  static const guint8 bytes[] = { REPORT (0x80, 6) };
  LecRtcpReader reader = lec_rtcp_read (bytes, sizeof bytes);
  LecRtcpItem item;

  g_assert_true (lec_rtcp_next (&reader, &item));
  g_assert_cmphex (item.ntp, ==, G_GUINT64_CONSTANT (0x180000000));
  g_assert_cmpuint (item.timestamp, ==, 9);
  g_assert_false (lec_rtcp_next (&reader, &item));
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

  for (gsize size = 0; size <= sizeof bytes; size++) {
    g_autofree char *told = read_all (bytes, size);

    g_assert_cmpint (told != NULL, ==, ends_a_packet (size));
  }
}

/* Each length field takes each value: besides the true one only those tile that swallow the next
 * packets whole, as the extension of a profile would be. */
static void
test_lengths (void)
{
  static const gsize starts[] = { 0, REPORT_SIZE };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++) {
    for (guint length = 0; length < 256; length++) {
      guint8 bytes[] = { REPORT (0x80, 6), NAMED, BYE };
      g_autofree char *told = NULL;

      bytes[starts[i] + 3] = (guint8) length;
      told = read_all (bytes, sizeof bytes);
      g_assert_cmpint (told != NULL, ==, ends_a_packet (starts[i] + 4 * (length + 1)));
    }
  }
}

/* What is written is read again. */
static void
test_written (void)
{
  static const LecReportBlock block = { 3, 128, -2, 65541, 6, 66051, 4 };
  guint8 bytes[LEC_RTCP_MAX];

  for (guint length = 0; length <= LEC_RTCP_NAME_MAX; length++) {
    g_autofree char *name = g_strnfill (length, 'n');
    g_autofree char *full = g_strdup_printf ("R7 k7:3,128,-2,65541,6,66051,4 c7:%s ", name);
    g_autofree char *leaving = g_strdup_printf ("R7 c7:%s b7: ", name);
    g_autofree char *first = NULL, *second = NULL;
    gsize size = lec_rtcp_write (bytes, 7, &block, 1, name, FALSE);

    g_assert_cmpuint (size, <=, LEC_RTCP_MAX);
    first = read_all (bytes, size);
    g_assert_cmpstr (first, ==, full);
    size = lec_rtcp_write (bytes, 7, NULL, 0, name, TRUE);
    second = read_all (bytes, size);
    g_assert_cmpstr (second, ==, leaving);
    g_assert_cmpuint (lec_rtcp_write (bytes, 7, &block, 1, name, TRUE), <=, LEC_RTCP_MAX);
  }
}

static void
test_written_request (void)
{
  static const LecNackField fields[LEC_RTCP_NACKS] = { { 9, 0x8001 }, { 65535, 0 } };
  guint8 bytes[LEC_RTCP_REQUEST_MAX];
  g_autofree char *name = g_strnfill (LEC_RTCP_NAME_MAX, 'n');
  g_autofree char *full = g_strdup_printf ("R7 c7:%s a7:3,9,8001 a7:3,65535,0 ", name);
  g_autofree char *told = NULL;
  gsize size = lec_rtcp_write (bytes, 7, NULL, 0, name, FALSE);

  told = read_all (bytes, size + lec_rtcp_write_nack (bytes + size, 7, 3, fields, 2));
  g_assert_cmpstr (told, ==, full);
  g_assert_cmpuint (size + lec_rtcp_write_nack (bytes + size, 7, 3, fields, LEC_RTCP_NACKS), <=,
                    sizeof bytes);
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
  g_test_add_func ("/rtcp/report", test_report);
  g_test_add_func ("/rtcp/prefixes", test_prefixes);
  g_test_add_func ("/rtcp/lengths", test_lengths);
  g_test_add_func ("/rtcp/written", test_written);
  g_test_add_func ("/rtcp/written-request", test_written_request);
  g_test_add_func ("/rtcp/ntp", test_ntp);
  return g_test_run ();
}
