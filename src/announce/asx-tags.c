/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/asx-tags.h"

#include <string.h>

#include "announce/cursor.h"

#define BLANKS " \t\r\n"
#define MAX_ENTITY 10 /* [bytes] "&#x10ffff;" */

typedef struct
{
  const char *at;
  gsize length;
} Slice;

void
lec_tags_init (LecTags *self, const char *text)
{
  memset (self, 0, sizeof *self);
  self->at = text;
}

static const char *
skip_blanks (const char *p)
{
  return p + strspn (p, BLANKS);
}

/* Between quotes. Where the second one is missing, the value ends with the tag or the line: a quote
 * beyond another `<` belongs to another tag. */
static const char *
read_quoted (const char *p, Slice *value)
{
  const char stops[] = { *p, '<', '\r', '\n', '\0' };
  gsize length = strcspn (p + 1, stops);

  value->at = p + 1;
  if (p[1 + length] == *p) {
    value->length = length;
    return p + 1 + length + 1;
  }
  value->length = strcspn (p + 1, "><\r\n");
  return p + 1 + value->length;
}

/* Up to a blank or the end of the tag, without stray quotes and the slash of `<REF HREF=x/>`. */
static const char *
read_unquoted (const char *p, Slice *value)
{
  gsize length = strcspn (p, BLANKS ">");
  const char *end = p + length;

  value->at = p;
  if (length > 0 && *end == '>' && end[-1] == '/')
    length--;
  while (length > 0 && strchr ("\"'", p[length - 1]) != NULL)
    length--;
  value->length = length;
  return end[0] == '>' && end > p && end[-1] == '/' ? end - 1 : end;
}

/* Reads one attribute at @p, which is neither blank nor the end of the tag. */
static const char *
read_attribute (const char *p, Slice *name, Slice *value)
{
  const char *after;

  name->at = p;
  name->length = strcspn (p, BLANKS "=></");
  value->at = NULL;
  value->length = 0;
  p += MAX (name->length, *p == '=' ? 0 : 1);
  after = skip_blanks (p);
  if (*after != '=')
    return p;
  after = skip_blanks (after + 1);
  if (*after == '"' || *after == '\'')
    return read_quoted (after, value);
  return read_unquoted (after, value);
}

/* The end of the tag whose attributes begin at @p: its `>`, or the `<` of the next one. */
static const char *
find_tag_end (const char *p, gboolean *closed)
{
  Slice name;
  Slice value;

  *closed = FALSE;
  for (p = skip_blanks (p); *p != '\0' && *p != '>' && *p != '<'; p = skip_blanks (p)) {
    *closed = *p == '/';
    p = read_attribute (p, &name, &value);
  }
  return p;
}

static const char *
after (const char *p, const char *mark)
{
  const char *end = strstr (p, mark);

  return end != NULL ? end + strlen (mark) : p + strlen (p);
}

/* `<NAME`, `</NAME`, with blanks before the name. */
static gboolean
is_tag (const char *p)
{
  p = skip_blanks (p + 1);
  if (*p == '/')
    p = skip_blanks (p + 1);
  return g_ascii_isalpha (*p);
}

static void
set_name (LecTags *self, const char *p, gsize length)
{
  length = MIN (length, sizeof self->name - 1);
  for (gsize i = 0; i < length; i++)
    self->name[i] = g_ascii_tolower (p[i]);
  self->name[length] = '\0';
}

static LecTagKind
read_tag (LecTags *self)
{
  const char *p = skip_blanks (self->at + 1);
  const char *end;
  gsize length;

  self->kind = *p == '/' ? LEC_TAG_END : LEC_TAG_START;
  if (self->kind == LEC_TAG_END)
    p = skip_blanks (p + 1);
  length = strcspn (p, BLANKS "/><=");
  set_name (self, p, length);
  self->content = p + length;
  end = find_tag_end (self->content, &self->closed);
  self->length = (gsize) (end - self->content);
  self->at = *end == '>' ? end + 1 : end;
  return self->kind;
}

static LecTagKind
read_text (LecTags *self)
{
  self->content = self->at;
  self->at++; /* a `<` that begins no tag is text */
  self->at += strcspn (self->at, "<");
  self->length = (gsize) (self->at - self->content);
  self->verbatim = FALSE;
  return self->kind = LEC_TAG_TEXT;
}

static LecTagKind
read_cdata (LecTags *self)
{
  self->content = self->at + strlen ("<![CDATA[");
  self->at = after (self->content, "]]>");
  self->length = (gsize) (self->at - self->content);
  if (self->length >= 3 && g_str_has_prefix (self->at - 3, "]]>"))
    self->length -= 3;
  self->verbatim = TRUE;
  return self->kind = LEC_TAG_TEXT;
}

LecTagKind
lec_tags_next (LecTags *self)
{
  while (*self->at != '\0') {
    if (*self->at != '<')
      return read_text (self);
    if (g_str_has_prefix (self->at, "<!--"))
      self->at = after (self->at + 4, "-->");
    else if (g_ascii_strncasecmp (self->at, "<![CDATA[", 9) == 0)
      return read_cdata (self);
    else if (self->at[1] == '!' || self->at[1] == '?')
      self->at = after (self->at, ">");
    else
      return is_tag (self->at) ? read_tag (self) : read_text (self);
  }
  return self->kind = LEC_TAG_NONE;
}

/* `#65`, `#x41`: the character, 0 where there is none of that number. */
static gunichar
numbered_entity (const char *name)
{
  gunichar c = 0;

  if (name[1] == 'x' || name[1] == 'X') {
    for (const char *p = name + 2; *p != '\0'; p++) {
      if (!g_ascii_isxdigit (*p))
        return 0;
      c = c * 16 + (gunichar) g_ascii_xdigit_value (*p);
    }
  } else {
    LecCursor cursor;

    lec_cursor_init (&cursor, name + 1);
    c = (gunichar) lec_cursor_number (&cursor, 0x10ffff);
    if (!lec_cursor_done (&cursor))
      return 0;
  }
  return g_unichar_isprint (c) ? c : 0; /* no controls, no marks that turn the direction */
}

/* The character that `&name;` stands for; 0 for all but the known ones. */
static gunichar
entity (const char *name)
{
  static const struct
  {
    const char *name;
    gunichar c;
  } known[] = { { "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' }, { "apos", '\'' } };

  if (name[0] == '#')
    return numbered_entity (name);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++) {
    if (strcmp (name, known[i].name) == 0)
      return known[i].c;
  }
  return 0;
}

/* Addresses are full of ampersands that nobody escaped: an entity must be known and end in `;`. */
static char *
unescape (const char *text, gsize length)
{
  GString *plain = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++) {
    char name[MAX_ENTITY] = "";
    const char *end = memchr (text + i, ';', MIN (length - i, sizeof name));
    gunichar c;

    if (text[i] != '&' || end == NULL) {
      g_string_append_c (plain, text[i]);
      continue;
    }
    memcpy (name, text + i + 1, (gsize) (end - (text + i + 1)));
    c = entity (name);
    if (c != 0) {
      g_string_append_unichar (plain, c);
      i = (gsize) (end - text);
    } else {
      g_string_append_c (plain, '&');
    }
  }
  return g_string_free (plain, FALSE);
}

char *
lec_tags_dup_attribute (const LecTags *self, const char *name)
{
  const char *end = self->content + self->length;
  const char *p = skip_blanks (self->content);

  while (p < end) {
    Slice found;
    Slice value;

    p = skip_blanks (read_attribute (p, &found, &value));
    if (value.at != NULL && found.length == strlen (name)
        && g_ascii_strncasecmp (found.at, name, found.length) == 0)
      return g_strstrip (unescape (value.at, value.length));
  }
  return NULL;
}

char *
lec_tags_dup_text (const LecTags *self)
{
  return self->verbatim ? g_strndup (self->content, self->length)
                        : unescape (self->content, self->length);
}
