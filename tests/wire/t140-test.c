/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/t140.h"

#include <string.h>

/* Texts of packets, one after the other, and what stands on the screen. */
static const struct
{
  const char *story;
  const char *packets[6];
  const char *text;
} rows[] = {
  { "typed", { "\357\273\277", "Good", " mor", "ning" }, "Good morning" },
  { "a mistake", { "Goof", "\b", "d" }, "Good" },
  { "more is taken back than there is", { "ab", "\b\b\b\b\b", "c" }, "c" },
  { "a character with a mark on it", { "ae\314\201", "\b" }, "a" },
  { "a line is taken back", { "a\342\200\250", "\b", "b" }, "ab" },
  { "a line separator", { "one\342\200\250two" }, "one\ntwo" },
  { "CR and LF", { "one\r\ntwo" }, "one\ntwo" },
  { "CR and LF in two packets", { "one\r", "\ntwo" }, "one\ntwo" },
  { "CR alone", { "one\rtwo" }, "one\ntwo" },
  { "LF alone", { "one\ntwo\n\nthree" }, "two\n\nthree" },
  { "a bell", { "a\ab" }, "ab" },
  { "colours", { "a\302\23331;1mb\302\2330mc" }, "abc" },
  { "colours of terminals", { "a\033[31mb\033[0mc" }, "abc" },
  { "interrupt", { "a\033ab" }, "ab" },
  { "a string for the session", { "a\302\230abc\302\234b" }, "ab" },
  { "in two packets", { "a\302\230ab", "c\302\234b" }, "ab" },
  { "not UTF-8", { "a\377b\303" }, "a\357\277\275b\357\277\275" },
  { "other controls, and marks that turn the direction",
    { "a\001\177\302\200b\342\200\256c\342\201\246d" },
    "abcd" },
  { "the last lines", { "1\r\n2\r\n3\r\n4\r\n", "5" }, "3\n4\n5" },
};

static void
test_row (gconstpointer data)
{
  const typeof (rows[0]) *row = data;
  LecT140 text = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (row->packets) && row->packets[i] != NULL; i++)
    lec_t140_feed (&text, (guint16) (65534 + i), (const guint8 *) row->packets[i],
                   strlen (row->packets[i]));
  g_assert_cmpstr (text.text, ==, row->text);
  g_assert_cmpuint (text.length, ==, strlen (row->text));
}

/* ---- loss ---- */

#define GENERATIONS 2

/* Packet @number of "abc…" with the two before it, as RFC 4103 recommends. */
static gboolean
feed_letter (LecT140 *text, guint number, gboolean redundant)
{
  const char letter = (char) ('a' + number);
  GByteArray *bytes;
  gboolean changed;

  if (!redundant)
    return lec_t140_feed (text, (guint16) number, (const guint8 *) &letter, 1);
  bytes = g_byte_array_new ();
  for (guint i = GENERATIONS; i > 0; i--)
    g_byte_array_append (bytes, (const guint8[]){ 0xe2, 0x12, 0xc0, number >= i }, 4);
  g_byte_array_append (bytes, (const guint8[]){ 0x62 }, 1);
  for (guint i = MIN (GENERATIONS, number); i > 0; i--)
    g_byte_array_append (bytes, (const guint8[]){ (guint8) (letter - (char) i) }, 1);
  g_byte_array_append (bytes, (const guint8 *) &letter, 1);
  changed = lec_t140_feed_redundant (text, (guint16) number, bytes->data, bytes->len);
  g_byte_array_unref (bytes);
  return changed;
}

static void
test_loss (void)
{
  static const struct
  {
    const char *arrived;
    gboolean redundant;
    const char *text;
  } cases[] = {
    { "abcdef", FALSE, "abcdef" },
    { "abdf", FALSE, "ab\357\277\275d\357\277\275f" },
    { "abf", FALSE, "ab\357\277\275f" },
    { "abcdef", TRUE, "abcdef" },
    { "abdf", TRUE, "abcdef" },
    { "abe", TRUE, "abcde" },
    { "abf", TRUE, "ab\357\277\275def" },
    { "cd", TRUE, "cd" },       /* what was typed before we came is not read */
    { "abccbd", TRUE, "abcd" }, /* nor what comes again */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    LecT140 text = { 0 };

    g_test_message ("%s", cases[i].arrived);
    for (const char *c = cases[i].arrived; *c != '\0'; c++)
      feed_letter (&text, (guint) (*c - 'a'), cases[i].redundant);
    g_assert_cmpstr (text.text, ==, cases[i].text);
  }
}

/* A sender that begins anew has lost nothing. */
static void
test_restart (void)
{
  LecT140 text = { 0 };

  lec_t140_feed (&text, 7, (const guint8 *) "ab", 2);
  lec_t140_feed (&text, 40000, (const guint8 *) "cd", 2);
  lec_t140_feed (&text, 40001, (const guint8 *) "e", 1);
  g_assert_cmpstr (text.text, ==, "abcde");
}

/* What does not change the screen is not told. */
static void
test_changes (void)
{
  LecT140 text = { 0 };

  g_assert_false (lec_t140_feed (&text, 1, (const guint8 *) "\357\273\277", 3));
  g_assert_true (lec_t140_feed (&text, 2, (const guint8 *) "a", 1));
  g_assert_false (lec_t140_feed (&text, 2, (const guint8 *) "a", 1));
  g_assert_false (lec_t140_feed (&text, 3, NULL, 0));
  g_assert_false (lec_t140_feed (&text, 4, (const guint8 *) "\a", 1));
  g_assert_false (lec_t140_feed_redundant (&text, 5, (const guint8 *) "\x80", 1));
  g_assert_true (lec_t140_feed (&text, 5, (const guint8 *) "\b", 1));
  g_assert_cmpstr (text.text, ==, "");
}

/* Whatever is said, what stands there is bounded, and the newest of it. */
static void
test_endless (void)
{
  LecT140 text = { 0 };

  for (guint i = 0; i < 5000; i++)
    lec_t140_feed (&text, (guint16) i, (const guint8 *) "word ", 5);
  lec_t140_feed (&text, 5000, (const guint8 *) "end", 3);
  g_assert_true (g_str_has_prefix (text.text, "word "));
  g_assert_true (g_str_has_suffix (text.text, " word end"));
  g_assert_cmpuint (text.length, <=, LEC_T140_TEXT);
  for (guint i = 0; i < 5000; i++)
    lec_t140_feed (&text, (guint16) (5001 + i), (const guint8 *) "\342\202\254", 3);
  g_assert_true (g_utf8_validate (text.text, -1, NULL));
  g_assert_cmpuint (text.length, >, LEC_T140_TEXT / 2);
  /* a string that does not end hides no text for ever */
  for (guint i = 0; i < 200; i++)
    lec_t140_feed (&text, (guint16) (10001 + i), (const guint8 *) (i == 0 ? "\302\230" : "x"),
                   i == 0 ? 2 : 1);
  g_assert_true (g_str_has_suffix (text.text, "xxxxx"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/t140/%s", rows[i].story);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/t140/loss", test_loss);
  g_test_add_func ("/t140/restart", test_restart);
  g_test_add_func ("/t140/changes", test_changes);
  g_test_add_func ("/t140/endless", test_endless);
  return g_test_run ();
}
