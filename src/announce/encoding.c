/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/encoding.h"

#include <string.h>

#include "announce/charset.h"

#define MAX_CHARSET 32 /* [bytes] of a name of a character set */
#define HEAD 2048      /* [bytes] at the start of a text in which it may name its character set */

/* What the bytes 0x80 to 0x9f mean; the rest is as in Latin-1. Windows leaves five undefined. */
static const gunichar windows_1252[32] = {
  0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
  0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
  0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
};

/* Character sets that are handed to iconv when a text names them. The stateful ones are left out:
 * their converters have a history of faults, and no announcement uses them. */
static const char *const known_charsets[] = {
  "Windows-1250", "Windows-1251", "Windows-1253", "Windows-1254", "Windows-1255", "Windows-1256",
  "Windows-1257", "ISO-8859-2",   "ISO-8859-5",   "ISO-8859-7",   "ISO-8859-9",   "ISO-8859-13",
  "ISO-8859-15",  "ISO-8859-16",  "KOI8-R",       "KOI8-U",       "CP866",        "CP1250",
  "CP1251",       "CP1253",       "CP1254",       "CP1255",       "CP1256",       "CP1257",
  "SHIFT_JIS",    "EUC-JP",       "EUC-KR",       "GB2312",       "GBK",          "GB18030",
  "BIG5",         "TIS-620",
};

static char *
decode_windows_1252 (const char *bytes, gsize length)
{
  GString *text = g_string_sized_new (length + length / 8);

  for (gsize i = 0; i < length; i++) {
    guint8 byte = (guint8) bytes[i];

    g_string_append_unichar (text, byte >= 0x80 && byte < 0xa0 ? windows_1252[byte - 0x80] : byte);
  }
  return g_string_free (text, FALSE);
}

/* Lone surrogates become U+FFFD; an odd byte at the end is dropped. May have NUL inside. */
static GString *
read_utf16 (const guint8 *bytes, gsize length, gboolean big_endian)
{
  GString *text = g_string_sized_new (length);
  gunichar high = 0;

  for (gsize i = 0; i + 1 < length; i += 2) {
    gunichar unit = big_endian ? bytes[i] << 8 | bytes[i + 1] : bytes[i + 1] << 8 | bytes[i];
    gboolean is_low = unit >= 0xdc00 && unit < 0xe000;

    if (high != 0 && is_low)
      unit = 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00);
    else if (high != 0 || is_low)
      g_string_append_unichar (text, 0xfffd);
    high = unit >= 0xd800 && unit < 0xdc00 ? unit : 0;
    if (high == 0 && !(unit >= 0xdc00 && unit < 0xe000))
      g_string_append_unichar (text, unit);
  }
  if (high != 0)
    g_string_append_unichar (text, 0xfffd);
  return text;
}

/* What is no character becomes U+FFFD; odd bytes at the end are dropped. May have NUL inside. */
static GString *
read_utf32 (const guint8 *bytes, gsize length, gboolean big_endian)
{
  GString *text = g_string_sized_new (length / 4);

  for (gsize i = 0; i + 3 < length; i += 4) {
    const guint8 *b = bytes + i;
    gunichar c = big_endian
                     ? (gunichar) b[0] << 24 | (gunichar) b[1] << 16 | (gunichar) b[2] << 8 | b[3]
                     : (gunichar) b[3] << 24 | (gunichar) b[2] << 16 | (gunichar) b[1] << 8 | b[0];

    g_string_append_unichar (text, g_unichar_validate (c) ? c : 0xfffd);
  }
  return text;
}

/* How the bytes of a text are laid out that has more than one for each character. */
typedef struct
{
  guint unit; /* [bytes]: 2 or 4; 0: it is no such text */
  gboolean big_endian;
  gsize mark; /* [bytes] of the byte order mark in front */
} Layout;

static gboolean
is_plain_unit (const guint8 *unit, const Layout *layout)
{
  const guint last = layout->unit - 1;
  const guint8 low = unit[layout->big_endian ? last : 0];

  for (guint i = 0; i < layout->unit; i++) {
    if (i != (layout->big_endian ? last : 0) && unit[i] != 0)
      return FALSE;
  }
  return low == '\t' || low == '\n' || low == '\r' || (low >= 0x20 && low < 0x7f);
}

/* Without a mark: each announcement begins with characters of ASCII. */
static Layout
find_layout (const guint8 *b, gsize length)
{
  static const Layout layouts[]
      = { { 4, FALSE, 0 }, { 4, TRUE, 0 }, { 2, FALSE, 0 }, { 2, TRUE, 0 } };

  if (length >= 4 && memcmp (b, "\xff\xfe\0\0", 4) == 0)
    return (Layout){ 4, FALSE, 4 };
  if (length >= 4 && memcmp (b, "\0\0\xfe\xff", 4) == 0)
    return (Layout){ 4, TRUE, 4 };
  if (length >= 2 && memcmp (b, "\xff\xfe", 2) == 0)
    return (Layout){ 2, FALSE, 2 };
  if (length >= 2 && memcmp (b, "\xfe\xff", 2) == 0)
    return (Layout){ 2, TRUE, 2 };
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++) {
    if (length >= 2 * layouts[i].unit && is_plain_unit (b, &layouts[i])
        && is_plain_unit (b + layouts[i].unit, &layouts[i]))
      return layouts[i];
  }
  return (Layout){ 0 };
}

/* NULL if there is a NUL but at the end. */
static char *
decode_units (const guint8 *bytes, gsize length, const Layout *layout)
{
  GString *text = layout->unit == 4 ? read_utf32 (bytes, length, layout->big_endian)
                                    : read_utf16 (bytes, length, layout->big_endian);

  while (text->len > 0 && text->str[text->len - 1] == '\0')
    g_string_truncate (text, text->len - 1);
  return g_string_free (text, memchr (text->str, '\0', text->len) != NULL);
}

/* The known character set that follows @key in @head, as in `encoding="KOI8-R"`. */
static const char *
named_charset (const char *head, const char *key)
{
  const char *at = strcasestr (head, key);
  char name[MAX_CHARSET] = "";

  if (at == NULL)
    return NULL;
  at += strlen (key);
  at += strspn (at, " \t=:\"'");
  /* <PARAM NAME="Encoding" VALUE="..."> of an ASX */
  if (g_ascii_strncasecmp (at, "value", 5) == 0)
    at += 5 + strspn (at + 5, " \t=\"'");
  g_strlcpy (name, at, MIN (sizeof name, strcspn (at, " \t\r\n\"'?>") + 1));
  for (guint i = 0; i < G_N_ELEMENTS (known_charsets); i++) {
    if (g_ascii_strcasecmp (name, known_charsets[i]) == 0)
      return known_charsets[i];
  }
  return NULL;
}

/* A stray byte does not make another character set of a text that is UTF-8 everywhere else. */
static gboolean
is_nearly_utf8 (const char *bytes, gsize length)
{
  const char *end = bytes + length;
  gsize good = 0;
  gsize bad = 0;

  while (bytes < end) {
    const char *at = bytes;

    g_utf8_validate (bytes, end - bytes, &at);
    for (; bytes < at; bytes++)
      good += (guint8) *bytes >= 0xc0;
    if (bytes < end) {
      bad++;
      bytes++;
    }
  }
  return good >= 4 * bad;
}

/* Text that is not UTF-8 and has no byte order mark. */
static char *
decode_legacy (const char *bytes, gsize length, const char **charset)
{
  g_autofree char *head = g_strndup (bytes, MIN (length, HEAD));
  char *text;

  *charset = named_charset (head, "encoding");
  if (*charset == NULL)
    *charset = named_charset (head, "a=charset");
  if (*charset == NULL)
    *charset = named_charset (head, "#EXTENC");
  if (*charset != NULL) {
    text = g_convert (bytes, (gssize) length, "UTF-8", *charset, NULL, NULL, NULL);
    if (text != NULL)
      return text;
  }
  if (is_nearly_utf8 (bytes, length)) {
    *charset = "UTF-8";
    return g_utf8_make_valid (bytes, (gssize) length);
  }
  *charset = lec_charset_guess (bytes, length, g_get_language_names ()[0]);
  if (*charset != NULL)
    return lec_charset_decode (bytes, length, *charset);
  *charset = "Windows-1252";
  return decode_windows_1252 (bytes, length);
}

static char *
decode (const char *bytes, gsize length, const char **charset)
{
  const guint8 *b = (const guint8 *) bytes;
  const Layout layout = find_layout (b, length);

  if (layout.unit != 0) {
    *charset = layout.unit == 4 ? "UTF-32" : "UTF-16";
    return decode_units (b + layout.mark, length - layout.mark, &layout);
  }
  while (length > 0 && bytes[length - 1] == '\0')
    length--;
  if (length == 0)
    return g_strdup ("");
  if (memchr (bytes, '\0', length) != NULL)
    return NULL;
  if (length >= 3 && b[0] == 0xef && b[1] == 0xbb && b[2] == 0xbf) {
    bytes += 3;
    length -= 3;
  }
  if (g_utf8_validate (bytes, (gssize) length, NULL))
    return g_strndup (bytes, length);
  return decode_legacy (bytes, length, charset);
}

/* Zero-width joiners are format characters too, but Persian and Hindi are misspelt without them. */
static gboolean
is_invisible (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_FORMAT && c != 0x200c && c != 0x200d;
}

static gboolean
is_plain (const char *text)
{
  for (const char *p = text; *p != '\0'; p++) {
    if ((guint8) *p >= 0x7f || ((guint8) *p < 0x20 && strchr ("\t\r\n", *p) == NULL))
      return FALSE;
  }
  return TRUE;
}

static char *
replace_controls (const char *text)
{
  GString *clean = g_string_sized_new (strlen (text));

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (is_invisible (c))
      continue;
    if (g_unichar_iscntrl (c) && c != '\t' && c != '\r' && c != '\n')
      c = 0xfffd;
    g_string_append_unichar (clean, c);
  }
  return g_string_free (clean, FALSE);
}

char *
lec_encoding_decode (const char *bytes, gsize length, const char **charset)
{
  g_autofree char *text = NULL;

  *charset = "UTF-8";
  text = decode (bytes, length, charset);
  if (text == NULL || is_plain (text))
    return g_steal_pointer (&text);
  return replace_controls (text);
}

gboolean
lec_encoding_is_wide (const guint8 *bytes, gsize length)
{
  return find_layout (bytes, length).unit != 0;
}

char *
lec_encoding_decode_utf16 (const guint8 *bytes, gsize length)
{
  g_autofree char *text = g_string_free (read_utf16 (bytes, length, FALSE), FALSE);

  return replace_controls (text);
}

void
lec_encoding_repair_error (GError **error)
{
  char *valid;

  if (error == NULL || *error == NULL)
    return;
  valid = g_utf8_make_valid ((*error)->message, -1);
  g_free ((*error)->message);
  (*error)->message = valid;
}
