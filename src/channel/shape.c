/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "channel/shape.h"

#include <string.h>

static gboolean
is_number (const LecField *field)
{
  return field->kind == LEC_FIELD_PLAIN || field->kind == LEC_FIELD_VERSION;
}

static void
clear_field (const LecField *field, gpointer value)
{
  gpointer pointer = is_number (field) ? NULL : *(gpointer *) value;

  if (pointer == NULL)
    return;
  switch (field->kind) {
  case LEC_FIELD_TEXT:
    g_free (pointer);
    break;
  case LEC_FIELD_TEXTS:
    g_strfreev (pointer);
    break;
  case LEC_FIELD_BYTES:
    g_bytes_unref (pointer);
    break;
  case LEC_FIELD_STRUCT:
    field->shape->free (pointer);
    break;
  case LEC_FIELD_ARRAY:
    g_ptr_array_unref (pointer);
    break;
  case LEC_FIELD_VALUES:
    g_array_unref (pointer);
    break;
  case LEC_FIELD_PLAIN:
  case LEC_FIELD_VERSION:
  default:
    break;
  }
}

void
lec_shape_free (const LecShape *shape, gpointer self)
{
  for (guint i = 0; i < shape->n_fields; i++)
    clear_field (&shape->fields[i], G_STRUCT_MEMBER_P (self, shape->fields[i].offset));
  g_free (self);
}

static GPtrArray *
copy_array (const LecShape *shape, const GPtrArray *from)
{
  GPtrArray *copy = g_ptr_array_new_full (from->len, shape->free);

  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (copy, lec_shape_copy (shape, g_ptr_array_index (from, i)));
  return copy;
}

static GArray *
copy_values (gsize size, const GArray *from)
{
  GArray *copy = g_array_sized_new (FALSE, FALSE, (guint) size, from->len);

  return g_array_append_vals (copy, from->data, from->len);
}

static void
copy_field (const LecField *field, gpointer to, gconstpointer from)
{
  gpointer pointer = is_number (field) ? NULL : *(gpointer const *) from;

  if (is_number (field))
    memcpy (to, from, field->size);
  if (pointer == NULL)
    return;
  switch (field->kind) {
  case LEC_FIELD_TEXT:
    *(gpointer *) to = g_strdup (pointer);
    break;
  case LEC_FIELD_TEXTS:
    *(gpointer *) to = g_strdupv (pointer);
    break;
  case LEC_FIELD_BYTES:
    *(gpointer *) to = g_bytes_ref (pointer);
    break;
  case LEC_FIELD_STRUCT:
    *(gpointer *) to = lec_shape_copy (field->shape, pointer);
    break;
  case LEC_FIELD_ARRAY:
    *(gpointer *) to = copy_array (field->shape, pointer);
    break;
  case LEC_FIELD_VALUES:
    *(gpointer *) to = copy_values (field->size, pointer);
    break;
  case LEC_FIELD_PLAIN:
  case LEC_FIELD_VERSION:
  default:
    break;
  }
}

gpointer
lec_shape_copy (const LecShape *shape, gconstpointer from)
{
  gpointer copy = g_malloc0 (shape->size);

  for (guint i = 0; i < shape->n_fields; i++)
    copy_field (&shape->fields[i], G_STRUCT_MEMBER_P (copy, shape->fields[i].offset),
                G_STRUCT_MEMBER_P (from, shape->fields[i].offset));
  return copy;
}

static gboolean
texts_equal (GStrv a, GStrv b)
{
  static const char *const nothing[] = { NULL };

  return g_strv_equal (a != NULL ? (const char *const *) a : nothing,
                       b != NULL ? (const char *const *) b : nothing);
}

static gboolean
arrays_equal (const LecShape *shape, const GPtrArray *a, const GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++) {
    if (!lec_shape_equal (shape, g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
values_equal (gsize size, const GArray *a, const GArray *b)
{
  return a->len == b->len && (a->len == 0 || memcmp (a->data, b->data, a->len * size) == 0);
}

static gboolean
pointers_equal (const LecField *field, gpointer a, gpointer b)
{
  if (field->kind == LEC_FIELD_TEXTS)
    return texts_equal (a, b);
  if (a == NULL || b == NULL)
    return a == b;
  switch (field->kind) {
  case LEC_FIELD_TEXT:
    return strcmp (a, b) == 0;
  case LEC_FIELD_BYTES:
    return g_bytes_equal (a, b);
  case LEC_FIELD_STRUCT:
    return lec_shape_equal (field->shape, a, b);
  case LEC_FIELD_ARRAY:
    return arrays_equal (field->shape, a, b);
  case LEC_FIELD_VALUES:
    return values_equal (field->size, a, b);
  case LEC_FIELD_TEXTS:
  case LEC_FIELD_PLAIN:
  case LEC_FIELD_VERSION:
  default:
    g_assert_not_reached ();
  }
}

gboolean
lec_shape_equal (const LecShape *shape, gconstpointer a, gconstpointer b)
{
  for (guint i = 0; i < shape->n_fields; i++) {
    const LecField *field = &shape->fields[i];
    gconstpointer x = G_STRUCT_MEMBER_P (a, field->offset);
    gconstpointer y = G_STRUCT_MEMBER_P (b, field->offset);

    if (field->kind == LEC_FIELD_VERSION)
      continue;
    if (field->kind == LEC_FIELD_PLAIN
            ? memcmp (x, y, field->size) != 0
            : !pointers_equal (field, *(gpointer const *) x, *(gpointer const *) y))
      return FALSE;
  }
  return TRUE;
}

/* ---- in one piece ---- */

/* What is packed, twice: to learn how much it is, and to put it where there is room for it. Texts
 * follow everything that has an alignment. */
typedef struct
{
  guint8 *block; /* NULL: nothing is written yet */
  gsize size;    /* of what is aligned */
  gsize text_size;
  gsize text_begin;
  GHashTable *texts; /* of a source, to its place behind text_begin, and 1 */
} Packing;

static const GPtrArray no_pointers;
static const GArray no_values;

/* Returns: (nullable): room for @size bytes */
static gpointer
take (Packing *self, gsize size)
{
  gpointer room = self->block != NULL ? self->block + self->size : NULL;

  self->size += (size + sizeof (gint64) - 1) / sizeof (gint64) * sizeof (gint64);
  return room;
}

static gpointer
pack_text (Packing *self, const char *text)
{
  const gsize size = strlen (text) + 1;
  gsize place = GPOINTER_TO_SIZE (g_hash_table_lookup (self->texts, text));

  if (place == 0) {
    place = self->text_size + 1;
    g_hash_table_insert (self->texts, (gpointer) text, GSIZE_TO_POINTER (place));
    self->text_size += size;
    if (self->block != NULL)
      memcpy (self->block + self->text_begin + place - 1, text, size);
  }
  return self->block != NULL ? self->block + self->text_begin + place - 1 : NULL;
}

static gpointer
pack_texts (Packing *self, GStrv texts)
{
  const guint n = g_strv_length (texts);
  char **packed = take (self, (n + 1) * sizeof (char *));

  for (guint i = 0; i < n; i++) {
    char *text = pack_text (self, texts[i]);

    if (packed != NULL)
      packed[i] = text;
  }
  return packed;
}

static gpointer pack_struct (Packing *self, const LecShape *shape, gconstpointer from);

static gpointer
pack_array (Packing *self, const LecShape *shape, const GPtrArray *from)
{
  GPtrArray *packed;
  gpointer *items;

  if (from->len == 0)
    return (gpointer) &no_pointers;
  packed = take (self, sizeof *packed);
  items = take (self, from->len * sizeof (gpointer));
  if (packed != NULL)
    *packed = (GPtrArray){ items, from->len };
  for (guint i = 0; i < from->len; i++) {
    gpointer item = pack_struct (self, shape, g_ptr_array_index (from, i));

    if (items != NULL)
      items[i] = item;
  }
  return packed;
}

static gpointer
pack_values (Packing *self, gsize size, const GArray *from)
{
  GArray *packed;
  gpointer items;

  if (from->len == 0)
    return (gpointer) &no_values;
  packed = take (self, sizeof *packed);
  items = take (self, from->len * size);
  if (packed != NULL) {
    *packed = (GArray){ items, from->len };
    memcpy (items, from->data, from->len * size);
  }
  return packed;
}

static gpointer
pack_pointer (Packing *self, const LecField *field, gpointer from)
{
  switch (field->kind) {
  case LEC_FIELD_TEXT:
    return pack_text (self, from);
  case LEC_FIELD_TEXTS:
    return pack_texts (self, from);
  case LEC_FIELD_BYTES:
    return self->block != NULL ? g_bytes_ref (from) : NULL;
  case LEC_FIELD_STRUCT:
    return pack_struct (self, field->shape, from);
  case LEC_FIELD_ARRAY:
    return pack_array (self, field->shape, from);
  case LEC_FIELD_VALUES:
    return pack_values (self, field->size, from);
  case LEC_FIELD_PLAIN:
  case LEC_FIELD_VERSION:
  default:
    g_assert_not_reached ();
  }
}

static gpointer
pack_struct (Packing *self, const LecShape *shape, gconstpointer from)
{
  gpointer packed = take (self, shape->size);

  for (guint i = 0; i < shape->n_fields; i++) {
    const LecField *field = &shape->fields[i];
    gconstpointer value = G_STRUCT_MEMBER_P (from, field->offset);

    if (is_number (field)) {
      if (packed != NULL)
        memcpy (G_STRUCT_MEMBER_P (packed, field->offset), value, field->size);
    } else if (*(gpointer const *) value != NULL) {
      gpointer pointer = pack_pointer (self, field, *(gpointer const *) value);

      if (packed != NULL)
        G_STRUCT_MEMBER (gpointer, packed, field->offset) = pointer;
    }
  }
  return packed;
}

gpointer
lec_shape_pack (const LecShape *shape, gconstpointer from)
{
  g_autoptr (GHashTable) texts = g_hash_table_new (g_str_hash, g_str_equal);
  Packing packing = { .texts = texts };

  pack_struct (&packing, shape, from);
  packing = (Packing){ .block = g_malloc0 (packing.size + packing.text_size),
                       .text_begin = packing.size,
                       .texts = texts };
  g_hash_table_remove_all (texts);
  return pack_struct (&packing, shape, from);
}

/* Gives back what is not in the piece itself. */
static void
release_struct (const LecShape *shape, gpointer packed)
{
  for (guint i = 0; i < shape->n_fields; i++) {
    const LecField *field = &shape->fields[i];
    gpointer pointer = is_number (field) ? NULL : G_STRUCT_MEMBER (gpointer, packed, field->offset);

    if (pointer == NULL)
      continue;
    if (field->kind == LEC_FIELD_BYTES)
      g_bytes_unref (pointer);
    if (field->kind == LEC_FIELD_STRUCT)
      release_struct (field->shape, pointer);
    for (guint j = 0; field->kind == LEC_FIELD_ARRAY && j < ((GPtrArray *) pointer)->len; j++)
      release_struct (field->shape, g_ptr_array_index ((GPtrArray *) pointer, j));
  }
}

void
lec_shape_free_packed (const LecShape *shape, gpointer packed)
{
  release_struct (shape, packed);
  g_free (packed);
}
