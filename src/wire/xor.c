/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/xor.h"

#include <string.h>

/* Sixteen bytes anywhere, as every processor that GLib runs on has them in one register or two. */
typedef guint64 Lane __attribute__ ((vector_size (16), aligned (1), may_alias));

#define LANES 4 /* at a time */
#define BLOCK (LANES * sizeof (Lane))

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

static void
add_block (guint8 *sum, const guint8 *bytes)
{
  Lane *to = (Lane *) sum;
  const Lane *from = (const Lane *) bytes;

#pragma GCC unroll 4 /* also where the compiler is told to be brief */
  for (guint i = 0; i < LANES; i++)
    to[i] ^= from[i];
}

gboolean
lec_xor_add (LecXor *self, const guint8 *bytes, gsize size)
{
  guint8 *sum = self->bytes;
  gsize at = 0;

  if (size > self->capacity)
    return FALSE;
  for (; at + BLOCK <= size; at += BLOCK)
    add_block (sum + at, bytes + at);
  for (; at < size; at++)
    sum[at] ^= bytes[at];
  self->length = MAX (self->length, size);
  return TRUE;
}

gboolean
lec_xor_begin (LecXor *self, const guint8 *bytes, gsize size)
{
  if (size > self->capacity)
    return FALSE;
  memcpy (self->bytes, bytes, size);
  if (self->length > size)
    memset (self->bytes + size, 0, self->length - size);
  self->length = size;
  return TRUE;
}

gboolean
lec_xor_is_zero (const LecXor *self, gsize from)
{
  const guint8 *bytes = self->bytes;
  const gsize end = self->length;
  guint8 any = 0;

  for (; from + sizeof (guint64) <= end && any == 0; from += sizeof (guint64)) {
    guint64 word;

    memcpy (&word, bytes + from, sizeof word);
    any |= word != 0;
  }
  for (; from < end; from++)
    any |= bytes[from];
  return any == 0;
}
