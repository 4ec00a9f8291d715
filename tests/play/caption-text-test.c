/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/caption-text.h"

#include <string.h>

static const struct
{
  const char *story, *markup, *text;
} rows[] = {
  { "plain", "Good morning", "Good morning" },
  { "nothing", "", "" },
  { "lines", "one\r\ntwo\n\n three ", "one\ntwo\nthree" },
  { "tags", "<b>Good</b> <font color=\"#fff\">morn</font>ing", "Good morning" },
  { "line breaks", "one<br>two<BR/>three", "one\ntwo\nthree" },
  { "paragraphs", "<p>one</p><P class=x>two</P>", "one\ntwo" },
  { "SAMI", "<SYNC Start=1000><P Class=ENUSCC>Good &amp; early<br>morning",
    "Good & early\nmorning" },
  { "SAMI that takes the text away", "<SYNC Start=2000><P Class=ENUSCC>&nbsp;", "" },
  { "what is no text", "<style>p { a: b }</style>x<script>a < b</script>y<!-- z > -->!", "xy!" },
  { "a script without an end", "x<script>y", "x" },
  { "a comment without an end", "x<!-- y", "x" },
  { "a tag without an end", "x<b y", "x" },
  { "less than", "1 < 2 and a<b, 3<4", "1 < 2 and a" },
  { "names", "&lt;b&gt; &quot;&auml;&Ouml;&szlig;&eacute;&quot; &euro;5 &hellip;",
    "<b> \"äÖßé\" €5 …" },
  { "numbers", "&#228;&#x20AC;&#X41;", "ä€A" },
  { "once only", "&amp;lt;b&amp;gt;", "&lt;b&gt;" },
  { "no characters", "&bogus; & &; &#; &#0; &#xd800; &#99999999; a&b",
    "&bogus; & &; &#; &#0; &#xd800; &#99999999; a&b" },
  { "marks that turn the direction, and controls", "a\342\200\256b&#8238;c\001d", "a b c d" },
  { "too many lines", "1\n2\n3\n4\n5\n6", "1\n2\n3\n4" },
};

static void
test_row (gconstpointer data)
{
  const typeof (rows[0]) *row = data;
  g_autofree char *text = lec_caption_text_dup (row->markup);

  g_assert_cmpstr (text, ==, row->text);
}

/* The longest parameter that there is, of letters of any length. */
static void
test_long (void)
{
  static const char *const letters[] = { "a", "ä", "€", "😀", "&", "<", "a ", "\n" };

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++) {
    g_autoptr (GString) markup = g_string_new (NULL);
    g_autofree char *text = NULL;

    while (markup->len < 16 * 1024)
      g_string_append (markup, letters[i]);
    text = lec_caption_text_dup (markup->str);
    g_assert_true (g_utf8_validate (text, -1, NULL));
    g_assert_cmpuint (strlen (text), <=, LEC_CAPTION_TEXT);
    if (i < 4)
      g_assert_true (g_str_has_suffix (text, "…"));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/caption-text/%s", rows[i].story);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/caption-text/long", test_long);
  return g_test_run ();
}
