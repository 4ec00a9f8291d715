/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a plain struct is made of: one table for each, by which it is copied, compared and freed, so
 * that a new field is one line more in one place. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a field is; all it points to belongs to the struct. */
typedef enum {
  LEC_FIELD_PLAIN,   /* a number, or an enumerator */
  LEC_FIELD_VERSION, /* likewise, and not compared: another version may say the same */
  LEC_FIELD_TEXT,
  LEC_FIELD_TEXTS, /* GStrv; NULL is an empty one */
  LEC_FIELD_BYTES, /* GBytes */
  LEC_FIELD_STRUCT,
  LEC_FIELD_ARRAY,  /* GPtrArray of structs, never NULL */
  LEC_FIELD_VALUES, /* GArray of structs of numbers, never NULL */
} LecFieldKind;

typedef struct _LecShape LecShape;

typedef struct
{
  LecFieldKind kind;
  gsize offset;
  gsize size;            /* of a number, or of an item of %LEC_FIELD_VALUES */
  const LecShape *shape; /* of %LEC_FIELD_STRUCT, and of the items of %LEC_FIELD_ARRAY */
} LecField;

struct _LecShape
{
  gsize size;
  const LecField *fields;
  guint n_fields;
  GDestroyNotify free; /* lec_shape_free() of this one */
};

#define LEC_FIELD(type, field, kind)                                                               \
  {                                                                                                \
    LEC_FIELD_##kind, G_STRUCT_OFFSET (type, field), sizeof (((type *) NULL)->field), NULL         \
  }
#define LEC_FIELD_OF(type, field, kind, shape)                                                     \
  {                                                                                                \
    LEC_FIELD_##kind, G_STRUCT_OFFSET (type, field), 0, shape                                      \
  }

#define LEC_FIELD_VALUES_OF(type, field, item)                                                     \
  {                                                                                                \
    LEC_FIELD_VALUES, G_STRUCT_OFFSET (type, field), sizeof (item), NULL                           \
  }

/* Defines NAME_shape and NAME_free() of the table NAME_fields. */
#define LEC_DEFINE_SHAPE(name, type)                                                               \
  static void name##_free (gpointer self);                                                         \
  static const LecShape name##_shape                                                               \
      = { sizeof (type), name##_fields, G_N_ELEMENTS (name##_fields), name##_free };               \
  static void name##_free (gpointer self)                                                          \
  {                                                                                                \
    lec_shape_free (&name##_shape, self);                                                          \
  }

void lec_shape_free (const LecShape *shape, gpointer self);

/* Returns: (transfer full): what @shape knows of @from; all else is 0 */
gpointer lec_shape_copy (const LecShape *shape, gconstpointer from) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_shape_pack:
 *
 * A copy in one piece of memory, half as large as that of lec_shape_copy(): for what is kept by
 * thousands. A text that is in it more than once is there once. It is for reading only: its arrays
 * are nothing but the public fields of GPtrArray and GArray, and have no references.
 *
 * Returns: (transfer full): for lec_shape_free_packed()
 */
gpointer lec_shape_pack (const LecShape *shape, gconstpointer from) G_GNUC_WARN_UNUSED_RESULT;
void lec_shape_free_packed (const LecShape *shape, gpointer packed);

gboolean lec_shape_equal (const LecShape *shape, gconstpointer a, gconstpointer b);

G_END_DECLS
