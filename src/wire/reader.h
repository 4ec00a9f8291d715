/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A bounded reader of bytes whose failure sticks: read straight through, ask once at the end. After
 * a failure every read gives 0 and nothing is ever read outside. Numbers are big-endian; those of
 * the functions with `le` in their names are little-endian. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const guint8 *at;
  gsize left;
  gboolean failed;
} LecReader;

static inline LecReader
lec_reader_init (const guint8 *bytes, gsize length)
{
  return (LecReader){ bytes, length, FALSE };
}

/* The next @length bytes, NULL when they are not there. */
static inline const guint8 *
lec_reader_bytes (LecReader *self, gsize length)
{
  const guint8 *bytes = self->at;

  if (self->failed || length > self->left) {
    self->failed = TRUE;
    return NULL;
  }
  self->at += length;
  self->left -= length;
  return bytes;
}

static inline void
lec_reader_skip (LecReader *self, gsize length)
{
  lec_reader_bytes (self, length);
}

static inline guint8
lec_reader_u8 (LecReader *self)
{
  const guint8 *b = lec_reader_bytes (self, 1);

  return b != NULL ? b[0] : 0;
}

static inline guint16
lec_reader_u16 (LecReader *self)
{
  const guint8 *b = lec_reader_bytes (self, 2);

  return b != NULL ? (guint16) (b[0] << 8 | b[1]) : 0;
}

static inline guint32
lec_reader_u32 (LecReader *self)
{
  guint32 high = lec_reader_u16 (self);

  return high << 16 | lec_reader_u16 (self);
}

static inline guint64
lec_reader_u64 (LecReader *self)
{
  guint64 high = lec_reader_u32 (self);

  return high << 32 | lec_reader_u32 (self);
}

static inline guint16
lec_reader_le16 (LecReader *self)
{
  const guint8 *b = lec_reader_bytes (self, 2);

  return b != NULL ? (guint16) (b[1] << 8 | b[0]) : 0;
}

static inline guint32
lec_reader_le32 (LecReader *self)
{
  guint32 low = lec_reader_le16 (self);

  return low | (guint32) lec_reader_le16 (self) << 16;
}

static inline guint64
lec_reader_le64 (LecReader *self)
{
  guint64 low = lec_reader_le32 (self);

  return low | (guint64) lec_reader_le32 (self) << 32;
}

G_END_DECLS
