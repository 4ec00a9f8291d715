/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/caption-text.h"

#include <string.h>

#include "channel/text.h"

#define NAME_LONGEST 8 /* [bytes] of the name of a character, or its number */

/* Names of the characters from U+00A0 on, one after the other (HTML 4, section 24.2). */
static const char *const latin[]
    = { "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",
        "copy",   "ordf",   "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn",
        "sup2",   "sup3",   "acute",  "micro",  "para",   "middot", "cedil",  "sup1",   "ordm",
        "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",  "Atilde",
        "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave",
        "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde",
        "Ouml",   "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",
        "szlig",  "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil",
        "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",   "eth",
        "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave",
        "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml" };

static const struct
{
  const char *name;
  gunichar character;
} others[] = {
  { "amp", '&' },      { "lt", '<' },       { "gt", '>' },        { "quot", '"' },
  { "apos", '\'' },    { "ndash", 0x2013 }, { "mdash", 0x2014 },  { "lsquo", 0x2018 },
  { "rsquo", 0x2019 }, { "sbquo", 0x201a }, { "ldquo", 0x201c },  { "rdquo", 0x201d },
  { "bdquo", 0x201e }, { "bull", 0x2022 },  { "hellip", 0x2026 }, { "euro", 0x20ac },
  { "trade", 0x2122 },
};

/* ---- characters with names ---- */

static gboolean
is_name (const char *name, const char *at, gsize length)
{
  return strlen (name) == length && memcmp (name, at, length) == 0;
}

static gunichar
find_named (const char *name, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    if (is_name (others[i].name, name, length))
      return others[i].character;
  }
  for (guint i = 0; i < G_N_ELEMENTS (latin); i++) {
    if (is_name (latin[i], name, length))
      return 0xa0 + i;
  }
  return 0;
}

static gunichar
find_numbered (const char *number)
{
  const gboolean is_hex = *number == 'x' || *number == 'X';
  const guint64 value = g_ascii_strtoull (number + is_hex, NULL, is_hex ? 16 : 10);

  return value <= 0x10ffff && g_unichar_validate ((gunichar) value) ? (gunichar) value : 0;
}

/* Behind '&' at @at. Returns: the character, and where it ends; 0: it is none */
static gunichar
read_character (const char *at, const char **end)
{
  const gsize length = strcspn (at, "; &<\n");

  if (at[length] != ';' || length == 0 || length > NAME_LONGEST)
    return 0;
  *end = at + length + 1;
  return *at == '#' ? find_numbered (at + 1) : find_named (at, length);
}

/* ---- tags ---- */

static gboolean
is_tag (const char *name, gsize length, const char *const *names)
{
  for (; *names != NULL; names++) {
    if (strlen (*names) == length && g_ascii_strncasecmp (name, *names, length) == 0)
      return TRUE;
  }
  return FALSE;
}

/* From '<' of the start of what is not to be read to behind its end, or to the end of all. */
static const char *
skip_element (const char *at, const char *name, gsize length)
{
  for (at = strstr (at, "</"); at != NULL; at = strstr (at + 2, "</")) {
    if (g_ascii_strncasecmp (at + 2, name, length) == 0)
      break;
  }
  return at != NULL ? at + strcspn (at, ">") : NULL;
}

/* @at: '<' of a tag or a comment. Returns: behind it; what begins a line is put into @text */
static const char *
skip_tag (const char *at, GString *text)
{
  static const char *const breaks[]
      = { "br", "p", "div", "li", "tr", "sync", "h1", "h2", "h3", "h4", NULL };
  static const char *const unread[] = { "script", "style", "head", "title", NULL };
  const char *name = at + 1 + (at[1] == '/');
  const gsize length
      = strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
  const char *end;

  if (g_str_has_prefix (at, "<!--")) {
    end = strstr (at + 4, "-->");
    return end != NULL ? end + 3 : at + strlen (at);
  }
  if (is_tag (name, length, breaks))
    g_string_append_c (text, '\n');
  end = at[1] != '/' && is_tag (name, length, unread) ? skip_element (at, name, length)
                                                      : at + strcspn (at, ">");
  if (end == NULL)
    return at + strlen (at);
  return *end == '>' ? end + 1 : end;
}

static gboolean
begins_tag (const char *at)
{
  return *at == '<' && (g_ascii_isalpha (at[1]) || at[1] == '/' || at[1] == '!' || at[1] == '?');
}

static char *
strip (const char *markup)
{
  GString *text = g_string_new (NULL);

  while (*markup != '\0') {
    const char *end;
    gunichar character;

    if (begins_tag (markup)) {
      markup = skip_tag (markup, text);
    } else if (*markup == '&' && (character = read_character (markup + 1, &end)) != 0) {
      g_string_append_unichar (text, character);
      markup = end;
    } else {
      g_string_append_c (text, *markup++);
    }
  }
  return g_string_free (text, FALSE);
}

/* ---- lines ---- */

static void
cut (GString *text)
{
  const char *end;

  if (text->len <= LEC_CAPTION_TEXT)
    return;
  end = g_utf8_find_prev_char (text->str, text->str + LEC_CAPTION_TEXT - strlen ("…") + 1);
  g_string_truncate (text, (gsize) (end - text->str));
  g_string_append (text, "…");
}

char *
lec_caption_text_dup (const char *markup)
{
  g_autofree char *stripped = strip (markup);
  g_auto (GStrv) lines = g_strsplit_set (stripped, "\r\n", -1);
  GString *text = g_string_new (NULL);
  guint n_lines = 0;

  for (guint i = 0; lines[i] != NULL && n_lines < LEC_CAPTION_LINES; i++) {
    lec_text_clean (&lines[i]);
    if (lines[i] == NULL) {
      lines[i] = g_strdup (""); /* so that all behind it is freed as well */
      continue;
    }
    if (n_lines++ > 0)
      g_string_append_c (text, '\n');
    g_string_append (text, lines[i]);
  }
  cut (text);
  return g_string_free (text, FALSE);
}
