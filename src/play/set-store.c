/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/set-store.h"

typedef struct
{
  LecSetKind kind;
  guint id;
  GBytes *bytes;
} Entry;

struct _LecSetStore
{
  Entry entries[LEC_SET_STORE_MAX_SETS]; /* by kind, then in the order in which they came */
  guint n;
};

LecSetStore *
lec_set_store_new (void)
{
  return g_new0 (LecSetStore, 1);
}

void
lec_set_store_clear (LecSetStore *self)
{
  for (guint i = 0; i < self->n; i++)
    g_bytes_unref (self->entries[i].bytes);
  self->n = 0;
}

void
lec_set_store_free (LecSetStore *self)
{
  if (self == NULL)
    return;
  lec_set_store_clear (self);
  g_free (self);
}

gboolean
lec_set_store_put (LecSetStore *self, LecParameterSet set, const LecNal *nal)
{
  guint at = 0;

  if (!set.is_whole || nal->length > LEC_SET_STORE_MAX_BYTES)
    return FALSE;
  while (at < self->n && self->entries[at].kind <= set.kind
         && !(self->entries[at].kind == set.kind && self->entries[at].id == set.id))
    at++;
  if (at < self->n && self->entries[at].kind == set.kind && self->entries[at].id == set.id) {
    gsize length;
    const guint8 *kept = g_bytes_get_data (self->entries[at].bytes, &length);

    if (length == nal->length && memcmp (kept, nal->bytes, length) == 0)
      return TRUE;
    g_bytes_unref (self->entries[at].bytes);
  } else if (self->n < LEC_SET_STORE_MAX_SETS) {
    memmove (&self->entries[at + 1], &self->entries[at], (self->n - at) * sizeof (Entry));
    self->n++;
  } else {
    return FALSE;
  }
  self->entries[at] = (Entry){ set.kind, set.id, g_bytes_new (nal->bytes, nal->length) };
  return FALSE;
}

gboolean
lec_set_store_has (const LecSetStore *self, LecSetKind kind)
{
  for (guint i = 0; i < self->n; i++) {
    if (self->entries[i].kind == kind)
      return TRUE;
  }
  return FALSE;
}

gboolean
lec_set_store_is_empty (const LecSetStore *self)
{
  return self->n == 0;
}

static void
append_framed (GByteArray *all, GBytes *bytes, guint length_size)
{
  static const guint8 start_code[] = { 0, 0, 0, 1 };
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (length_size == 0)
    g_byte_array_append (all, start_code, sizeof start_code);
  for (guint i = length_size; i > 0; i--) {
    guint8 byte = (guint8) (length >> (8 * (i - 1)));

    g_byte_array_append (all, &byte, 1);
  }
  g_byte_array_append (all, data, (guint) length);
}

GstMemory *
lec_set_store_to_memory (const LecSetStore *self, guint length_size)
{
  GByteArray *all;
  guint8 *data;
  gsize length;

  if (self->n == 0)
    return NULL;
  all = g_byte_array_new ();
  for (guint i = 0; i < self->n; i++)
    append_framed (all, self->entries[i].bytes, length_size);
  length = all->len;
  data = g_byte_array_free (all, FALSE);
  return gst_memory_new_wrapped (GST_MEMORY_FLAG_READONLY, data, length, 0, length, data, g_free);
}
