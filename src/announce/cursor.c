/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/cursor.h"

#include <string.h>

void
lec_cursor_init (LecCursor *self, const char *text)
{
  self->at = text;
  self->end = text + strlen (text);
  self->failed = FALSE;
}

void
lec_cursor_skip_blanks (LecCursor *self)
{
  while (lec_cursor_skip (self, ' ') || lec_cursor_skip (self, '\t'))
    ;
}

void
lec_cursor_expect_blanks (LecCursor *self)
{
  const char *from = self->at;

  lec_cursor_skip_blanks (self);
  if (self->at == from)
    self->failed = TRUE;
}

gboolean
lec_cursor_skip (LecCursor *self, char c)
{
  if (self->failed || self->at == self->end || *self->at != c)
    return FALSE;
  self->at++;
  return TRUE;
}

void
lec_cursor_expect (LecCursor *self, char c)
{
  if (!lec_cursor_skip (self, c))
    self->failed = TRUE;
}

guint64
lec_cursor_number (LecCursor *self, guint64 max)
{
  const char *from = self->at;
  guint64 number = 0;

  while (!self->failed && self->at < self->end && g_ascii_isdigit (*self->at)) {
    guint digit = (guint) (*self->at - '0');

    if (digit > max || number > (max - digit) / 10)
      self->failed = TRUE;
    else
      number = number * 10 + digit;
    self->at++;
  }
  if (self->at == from)
    self->failed = TRUE;
  return self->failed ? 0 : number;
}

char *
lec_cursor_until (LecCursor *self, const char *stops)
{
  const char *from = self->at;

  if (self->failed)
    return NULL;
  self->at += strcspn (self->at, stops);
  if (self->at == from) {
    self->failed = TRUE;
    return NULL;
  }
  return g_strndup (from, (gsize) (self->at - from));
}

char *
lec_cursor_word (LecCursor *self)
{
  lec_cursor_skip_blanks (self);
  return lec_cursor_until (self, " \t");
}

gboolean
lec_cursor_done (const LecCursor *self)
{
  return !self->failed && self->at == self->end;
}
