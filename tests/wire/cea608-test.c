/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/cea608.h"

#include <string.h>

/* Codes of CC1, each of two bytes and sent twice, as it is usual. */
#define RCL "\x14\x20\x14\x20"
#define BS "\x14\x21\x14\x21"
#define DER "\x14\x24\x14\x24"
#define RU2 "\x14\x25\x14\x25"
#define RU3 "\x14\x26\x14\x26"
#define RDC "\x14\x29\x14\x29"
#define TR "\x14\x2a\x14\x2a"
#define EDM "\x14\x2c\x14\x2c"
#define CR "\x14\x2d\x14\x2d"
#define ENM "\x14\x2e\x14\x2e"
#define EOC "\x14\x2f\x14\x2f"
#define ROW14 "\x14\x40\x14\x40"
#define ROW15 "\x14\x60\x14\x60"
#define ROW1 "\x11\x40\x11\x40"
#define INDENT4 "\x14\x72\x14\x72" /* of row 15 */
#define TO2 "\x17\x22\x17\x22"
#define CC2 "\x1c\x29\x1c\x29"
#define NOTHING "\x00\x00"

static guint8
with_parity (char character)
{
  guint8 byte = (guint8) character & 0x7F, sum = byte;

  sum ^= sum >> 4;
  sum ^= sum >> 2;
  sum ^= sum >> 1;
  return byte | ((sum & 1) != 0 ? 0 : 0x80);
}

#define TEXT(pairs, text)                                                                          \
  {                                                                                                \
    pairs, sizeof (pairs) - 1, text                                                                \
  }

static const struct
{
  const char *pairs;
  gsize size;
  const char *text;
} rows[] = {
  TEXT ("", ""),
  TEXT ("Hi", ""), /* of no mode: joined in the middle */
  TEXT (RCL ROW15 "Unseen", ""),
  TEXT (RCL ROW15 "Hello " EOC, "Hello"),
  TEXT (RCL ROW14 "Two " ROW15 "rows" EOC, "Two\nrows"),
  TEXT (RCL ROW15 "Hello " EOC RCL ROW15 "Next", "Hello"),
  TEXT (RCL ROW15 "Hello " EOC RCL ENM ROW15 "Next" EOC, "Next"),
  TEXT (RCL ROW15 "Hello " EOC EDM, ""),
  TEXT (RCL ROW15 "AB" ENM EOC, ""),
  TEXT (RDC ROW15 "Seen", "Seen"),
  TEXT (RDC ROW15 "Seen" BS BS "m!", "Sem!"),
  TEXT (RDC ROW15 "Seen" INDENT4 "it" ROW15 DER, ""),
  TEXT (RDC INDENT4 "it" ROW15 TO2 "x ", "x it"),
  TEXT (RDC ROW1 "Top " ROW15 "end ", "Top\nend"),
  TEXT (RU2 CR "One " CR "Two " CR "Three ", "Two\nThree"),
  TEXT (RU3 CR "One " CR "Two " CR "Three ", "One\nTwo\nThree"),
  TEXT (RU2 CR "One " CR "Two " ROW14, "One\nTwo"),
  TEXT (RU2 CR "One " RU2 CR "Two ", "One\nTwo"),
  TEXT (RCL ROW15 "Hello " EOC RU2 CR "Live", "Live"),
  TEXT (RU2 "AB" NOTHING "CD", "ABCD"),
  TEXT (RDC "\x5c\x7c\x2a\x7e", "é÷áñ"),
  TEXT (RDC "La\x11\x37\x11\x37", "La♪"),
  TEXT (RDC "u \x13\x33\x13\x33r ", "uör"), /* in the place of the blank before it */
  TEXT (RDC "a\x00\x12\x30\x12\x30", "À"),
  TEXT (RDC "AB" CC2 "for others" RDC "CD", "ABCD"),
  TEXT (RDC "AB" TR "a page of text" RDC "CD", "ABCD"),
  TEXT (RDC "AB\x01\x03of XDS", "ABof XDS"),
  /* more than a row has: the last column is written again */
  TEXT (RDC ROW15 "0123456789012345678901234567890123456789", "01234567890123456789012345678909"),
};

static void
feed (LecCea608 *captions, const char *pairs, gsize size)
{
  for (gsize i = 0; i + 2 <= size; i += 2)
    lec_cea608_feed (captions, with_parity (pairs[i]), with_parity (pairs[i + 1]));
}

static void
test_text (gconstpointer data)
{
  const gsize i = GPOINTER_TO_SIZE (data);
  char text[LEC_CEA608_TEXT];
  LecCea608 captions;

  lec_cea608_init (&captions, 0);
  feed (&captions, rows[i].pairs, rows[i].size);
  lec_cea608_print (&captions, text);
  g_assert_cmpstr (text, ==, rows[i].text);
}

/* It is told when there is something new to be read, and not for what is written unseen. */
static void
test_changed (void)
{
  LecCea608 captions;

  lec_cea608_init (&captions, 0);
  g_assert_false (lec_cea608_feed (&captions, with_parity (0x14), with_parity (0x20)));
  g_assert_false (lec_cea608_feed (&captions, with_parity ('A'), with_parity ('B')));
  g_assert_true (lec_cea608_feed (&captions, with_parity (0x14), with_parity (0x2F)));
  g_assert_false (lec_cea608_feed (&captions, with_parity (0x14), with_parity (0x2F)));
  feed (&captions, RDC, 4);
  g_assert_true (lec_cea608_feed (&captions, with_parity ('A'), with_parity ('B')));
}

/* What the network has damaged writes and clears nothing. */
static void
test_parity (void)
{
  char text[LEC_CEA608_TEXT];
  LecCea608 captions;

  lec_cea608_init (&captions, 0);
  feed (&captions, RDC "AB", 6);
  g_assert_false (lec_cea608_feed (&captions, with_parity (0x14) ^ 0x80, with_parity (0x2C)));
  g_assert_false (lec_cea608_feed (&captions, with_parity ('C') ^ 1, with_parity ('D')));
  lec_cea608_print (&captions, text);
  g_assert_cmpstr (text, ==, "AB");
}

static void
test_cc_data (void)
{
  const guint8 rdc0 = with_parity (0x14), rdc1 = with_parity (0x29);
  const guint8 data[] = {
    0xFC,
    rdc0,
    rdc1, /* field 1 */
    0xFD,
    with_parity ('n'),
    with_parity ('o'), /* field 2 */
    0xF8,
    with_parity ('n'),
    with_parity ('o'), /* not valid */
    0xFF,
    'n',
    'o',
    0xFE,
    'n',
    'o', /* DTVCC */
    0xFC,
    with_parity ('o'),
    with_parity ('k'),
    0xFC, /* cut off */
  };
  char text[LEC_CEA608_TEXT];
  LecCea608 captions;

  lec_cea608_init (&captions, 0);
  g_assert_true (lec_cea608_feed_cc_data (&captions, data, sizeof data));
  lec_cea608_print (&captions, text);
  g_assert_cmpstr (text, ==, "ok");
}

/* All that fits is no more than fits. */
static void
test_full (void)
{
  char text[LEC_CEA608_TEXT];
  LecCea608 captions;

  lec_cea608_init (&captions, 0);
  captions.mode = LEC_CEA608_PAINT_ON;
  for (guint i = 0; i < LEC_CEA608_ROWS; i++) {
    captions.row = i;
    captions.column = 0;
    for (guint j = 0; j < LEC_CEA608_COLUMNS; j++)
      lec_cea608_feed (&captions, with_parity (0x7F), with_parity (0));
  }
  lec_cea608_print (&captions, text);
  g_assert_cmpuint (strlen (text), ==, LEC_CEA608_ROWS * (LEC_CEA608_COLUMNS * 3 + 1) - 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/cea608/text/%" G_GSIZE_FORMAT, i);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_text);
  }
  g_test_add_func ("/cea608/changed", test_changed);
  g_test_add_func ("/cea608/parity", test_parity);
  g_test_add_func ("/cea608/cc-data", test_cc_data);
  g_test_add_func ("/cea608/full", test_full);
  return g_test_run ();
}
