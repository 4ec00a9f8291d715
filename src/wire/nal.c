/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/nal.h"

#include <string.h>

LecNalCursor
lec_nal_cursor_init (const guint8 *bytes, gsize length, guint length_size)
{
  g_return_val_if_fail (length_size <= 4, (LecNalCursor){ 0 });

  return (LecNalCursor){ .bytes = bytes, .length = length, .length_size = length_size };
}

/* Where 00 00 01 stands from @at on, the end when nowhere. */
static gsize
find_start_code (const LecNalCursor *self, gsize at)
{
  for (gsize one = at + 2; one < self->length; one++) {
    const guint8 *found = memchr (self->bytes + one, 1, self->length - one);

    if (found == NULL)
      return self->length;
    one = (gsize) (found - self->bytes);
    if (found[-1] == 0 && found[-2] == 0)
      return one - 2;
  }
  return self->length;
}

static gboolean
is_zero (const guint8 *bytes, gsize length)
{
  while (length > 0 && bytes[length - 1] == 0)
    length--;
  return length == 0;
}

static gboolean
next_in_byte_stream (LecNalCursor *self, LecNal *nal)
{
  while (self->at < self->length) {
    gsize span = self->at;
    gsize code = find_start_code (self, span);
    gsize end;

    if (!is_zero (self->bytes + span, code - span))
      self->is_malformed = TRUE;
    if (code == self->length) {
      self->at = code;
      return FALSE;
    }
    end = find_start_code (self, code + 3);
    while (end > code + 3 && self->bytes[end - 1] == 0)
      end--;
    self->at = end;
    if (end == code + 3) {
      self->is_malformed = TRUE; /* a start code and nothing behind it */
      continue;
    }
    *nal = (LecNal){ self->bytes + code + 3, end - code - 3, span, end - span };
    return TRUE;
  }
  return FALSE;
}

static gboolean
next_with_length (LecNalCursor *self, LecNal *nal)
{
  while (self->at < self->length) {
    gsize span = self->at;
    gsize left = self->length - span;
    gsize length = 0;

    if (left < self->length_size)
      break;
    for (guint i = 0; i < self->length_size; i++)
      length = length << 8 | self->bytes[span + i];
    if (length > left - self->length_size)
      break;
    self->at = span + self->length_size + length;
    if (length == 0) {
      self->is_malformed = TRUE;
      continue;
    }
    *nal = (LecNal){ self->bytes + span + self->length_size, length, span, self->at - span };
    return TRUE;
  }
  if (self->at < self->length)
    self->is_malformed = TRUE;
  self->at = self->length;
  return FALSE;
}

gboolean
lec_nal_cursor_next (LecNalCursor *self, LecNal *nal)
{
  return self->length_size > 0 ? next_with_length (self, nal) : next_in_byte_stream (self, nal);
}
