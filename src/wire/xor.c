/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/xor.h"

#include <string.h>

#define WORDS 4 /* at a time: what the compiler makes one or two vectors of */
#define BLOCK (WORDS * sizeof (guint64))

void
lec_xor_init (LecXor *self, gsize capacity)
{
  self->bytes = g_malloc0 (capacity);
  self->capacity = capacity;
  self->length = 0;
}

void
lec_xor_clear (LecXor *self)
{
  g_clear_pointer (&self->bytes, g_free);
  self->capacity = self->length = 0;
}

void
lec_xor_reset (LecXor *self)
{
  if (self->length > 0)
    memset (self->bytes, 0, self->length);
  self->length = 0;
}

/* Neither is aligned. */
static void
add_block (guint8 *sum, const guint8 *bytes)
{
  guint64 a[WORDS], b[WORDS];

  memcpy (a, sum, BLOCK);
  memcpy (b, bytes, BLOCK);
  for (guint i = 0; i < WORDS; i++)
    a[i] ^= b[i];
  memcpy (sum, a, BLOCK);
}

gboolean
lec_xor_add (LecXor *self, const guint8 *bytes, gsize size)
{
  gsize at = 0;

  if (size > self->capacity)
    return FALSE;
  for (; at + BLOCK <= size; at += BLOCK)
    add_block (self->bytes + at, bytes + at);
  for (; at < size; at++)
    self->bytes[at] ^= bytes[at];
  self->length = MAX (self->length, size);
  return TRUE;
}

gboolean
lec_xor_is_zero (const LecXor *self, gsize from)
{
  for (gsize at = from; at < self->length; at++) {
    if (self->bytes[at] != 0)
      return FALSE;
  }
  return TRUE;
}
