/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/encoding.h"

#include <string.h>

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
  "WINDOWS-1250", "WINDOWS-1251", "WINDOWS-1253", "WINDOWS-1254", "WINDOWS-1255",
  "WINDOWS-1256", "WINDOWS-1257", "ISO-8859-2",   "ISO-8859-5",   "ISO-8859-7",
  "ISO-8859-9",   "ISO-8859-15",  "KOI8-R",       "SHIFT_JIS",    "EUC-JP",
  "EUC-KR",       "GB2312",       "GBK",          "BIG5",
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

/* NULL if there is a NUL but at the end. */
static char *
decode_utf16 (const guint8 *bytes, gsize length, gboolean big_endian)
{
  GString *text = read_utf16 (bytes, length, big_endian);

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
  *charset = "Windows-1252";
  return decode_windows_1252 (bytes, length);
}

static char *
decode (const char *bytes, gsize length, const char **charset)
{
  const guint8 *b = (const guint8 *) bytes;

  if (length >= 2 && ((b[0] == 0xff && b[1] == 0xfe) || (b[0] == 0xfe && b[1] == 0xff))) {
    *charset = "UTF-16";
    return decode_utf16 (b + 2, length - 2, b[0] == 0xfe);
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
