/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/encoding.h"

#include <string.h>

/* Bytes with their length: some contain NUL. */
#define BYTES(text) text, sizeof (text) - 1

static const struct
{
  const char *story;
  const char *bytes;
  gsize length;
  const char *text; /* NULL: it is no text */
  const char *charset;
} rows[] = {
  { "nothing", BYTES (""), "", "UTF-8" },
  { "plain", BYTES ("a\tb\r\n"), "a\tb\r\n", "UTF-8" },
  { "UTF-8", BYTES ("H\xc3\xb6rsaal"), "Hörsaal", "UTF-8" },
  { "byte order mark", BYTES ("\xef\xbb\xbfx"), "x", "UTF-8" },
  { "NUL at the end", BYTES ("x\0\0"), "x", "UTF-8" },
  { "NUL inside", BYTES ("x\0y"), NULL, "UTF-8" },
  { "Windows-1252", BYTES ("\x80 \x93H\xf6r\x94 \x81"), "€ “Hör” \xef\xbf\xbd", "Windows-1252" },
  { "UTF-16, little end first", BYTES ("\xff\xfeH\0\xf6\0"), "Hö", "UTF-16" },
  { "UTF-16, big end first", BYTES ("\xfe\xff\0H\0\xf6"), "Hö", "UTF-16" },
  { "UTF-16 with a pair", BYTES ("\xfe\xff\xd8\x3d\xde\x00"), "😀", "UTF-16" },
  { "UTF-16 with half a pair", BYTES ("\xfe\xff\xd8\x3d\0a"),
    "\xef\xbf\xbd"
    "a",
    "UTF-16" },
  { "UTF-16 with the other half", BYTES ("\xfe\xff\xde\x00\0a"),
    "\xef\xbf\xbd"
    "a",
    "UTF-16" },
  { "UTF-16 with an odd byte", BYTES ("\xfe\xff\0a\0"), "a", "UTF-16" },
  { "UTF-16 with NUL", BYTES ("\xfe\xff\0\0\0a"), NULL, "UTF-16" },
  { "UTF-16 with NUL at the end", BYTES ("\xfe\xff\0a\0\0"), "a", "UTF-16" },
  { "UTF-16 without a mark", BYTES ("v\0=\0H\0\xf6\0"), "v=Hö", "UTF-16" },
  { "UTF-16 without a mark, big end first", BYTES ("\0#\0E\x04\x17"), "#EЗ", "UTF-16" },
  { "UTF-16 without a mark, with NUL", BYTES ("v\0=\0\0\0x\0"), NULL, "UTF-16" },
  { "UTF-32, little end first", BYTES ("\xff\xfe\0\0v\0\0\0\x17\x04\0\0"), "vЗ", "UTF-32" },
  { "UTF-32, big end first", BYTES ("\0\0\xfe\xff\0\x01\xf6\0"), "😀", "UTF-32" },
  { "UTF-32 without a mark", BYTES ("v\0\0\0=\0\0\0"), "v=", "UTF-32" },
  { "UTF-32 without a mark, big end first", BYTES ("\0\0\0v\0\0\0="), "v=", "UTF-32" },
  { "UTF-32 with what is no character", BYTES ("\xff\xfe\0\0\0\xd8\0\0v\0\0\x7f\0"),
    "\xef\xbf\xbd\xef\xbf\xbd", "UTF-32" },
  { "one letter alone with NUL", BYTES ("x\0\0\0"), "x", "UTF-8" },
  { "UTF-8 with a damaged byte", BYTES ("H\xc3\xb6rs\xc3\xa4le \xc3\xbc\xc3\xb6 \xc3|"),
    "Hörsäle üö \xef\xbf\xbd|", "UTF-8" },
  { "Windows-1251", BYTES ("\xc7\xe0\xeb \xe2\xf2\xee\xf0\xee\xe9"), "Зал второй", "Windows-1251" },
  { "KOI8-R", BYTES ("\xfa\xc1\xcc \xd7\xd4\xcf\xd2\xcf\xca"), "Зал второй", "KOI8-R" },
  { "named in XML", BYTES ("<?xml encoding = 'koi8-r'?>\xfa"), "<?xml encoding = 'koi8-r'?>З",
    "KOI8-R" },
  { "named in SDP", BYTES ("a=charset:Shift_JIS\n\x83\x89"), "a=charset:Shift_JIS\nラ",
    "SHIFT_JIS" },
  { "named wrongly", BYTES ("encoding=\"EUC-JP\"\xff"), "encoding=\"EUC-JP\"ÿ", "Windows-1252" },
  { "unknown name", BYTES ("encoding=\"ISO-2022-CN-EXT\"\xff"), "encoding=\"ISO-2022-CN-EXT\"ÿ",
    "Windows-1252" },
  { "named, yet UTF-8", BYTES ("encoding=\"KOI8-R\"\xc3\xb6"), "encoding=\"KOI8-R\"ö", "UTF-8" },
  { "controls", BYTES ("a\x1b[2J\x7f\xc2\x9b"), "a\xef\xbf\xbd[2J\xef\xbf\xbd\xef\xbf\xbd",
    "UTF-8" },
  { "marks of direction",
    BYTES ("a\xe2\x80\xae"
           "b\xe2\x81\xa6"
           "c\xef\xbb\xbf"),
    "abc", "UTF-8" },
  { "joiners",
    BYTES ("a\xe2\x80\x8c"
           "b\xe2\x80\x8d"
           "c"),
    "a\xe2\x80\x8c"
    "b\xe2\x80\x8d"
    "c",
    "UTF-8" },
};

static void
test_row (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *bytes = g_memdup2 (rows[i].bytes, rows[i].length);
  const char *charset;
  g_autofree char *text = lec_encoding_decode (bytes, rows[i].length, &charset);

  g_assert_cmpstr (text, ==, rows[i].text);
  g_assert_cmpstr (charset, ==, rows[i].charset);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/encoding/", rows[i].story, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
  }
  return g_test_run ();
}
