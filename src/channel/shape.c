/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "channel/shape.h"

#include <string.h>

#include "channel/schedule.h"

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
  case LEC_FIELD_SCHEDULE:
    lec_schedule_free (pointer);
    break;
  case LEC_FIELD_STRUCT:
    field->shape->free (pointer);
    break;
  case LEC_FIELD_ARRAY:
    g_ptr_array_unref (pointer);
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
  case LEC_FIELD_SCHEDULE:
    *(gpointer *) to = lec_schedule_copy (pointer);
    break;
  case LEC_FIELD_STRUCT:
    *(gpointer *) to = lec_shape_copy (field->shape, pointer);
    break;
  case LEC_FIELD_ARRAY:
    *(gpointer *) to = copy_array (field->shape, pointer);
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
  case LEC_FIELD_SCHEDULE:
    return lec_schedule_equal (a, b);
  case LEC_FIELD_STRUCT:
    return lec_shape_equal (field->shape, a, b);
  case LEC_FIELD_ARRAY:
    return arrays_equal (field->shape, a, b);
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
