/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A bounded reader of bits, highest first, whose failure sticks: read straight through, ask once at
 * the end. After a failure every read gives 0.
 *
 * It reads plain bytes, or the payload of a NAL unit: there the third byte of 00 00 03 is left out
 * (emulation prevention: ITU-T H.264, 7.4.1; H.265, 7.4.2). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const guint8 *at;
  const guint8 *end;
  guint8 byte;         /* what is being read */
  guint n_bits;        /* of it, still to come */
  guint n_zeros;       /* bytes of 0 just taken */
  gboolean is_escaped; /* emulation prevention is to be undone */
  gboolean failed;
} LecBits;

static inline LecBits
lec_bits_init (const guint8 *bytes, gsize length)
{
  return (LecBits){ .at = bytes, .end = bytes + length };
}

/* Of the payload of a NAL unit. What stands behind its last bit of 1 is no part of it: zeros, and
 * the 03 behind cabac_zero_words (H.264, 7.4.2.10). */
static inline LecBits
lec_bits_init_rbsp (const guint8 *bytes, gsize length)
{
  while (length > 0
         && (bytes[length - 1] == 0
             || (length >= 3 && bytes[length - 1] == 3 && bytes[length - 2] == 0
                 && bytes[length - 3] == 0)))
    length--;
  return (LecBits){ .at = bytes, .end = bytes + length, .is_escaped = TRUE };
}

static inline gboolean
lec_bits_take_byte_ (LecBits *self)
{
  if (self->is_escaped && self->n_zeros >= 2 && self->at < self->end && *self->at == 3) {
    self->at++;
    self->n_zeros = 0;
  }
  if (self->at >= self->end) {
    self->failed = TRUE;
    return FALSE;
  }
  self->byte = *self->at++;
  self->n_zeros = self->byte == 0 ? self->n_zeros + 1 : 0;
  self->n_bits = 8;
  return TRUE;
}

/* The next @n bits, 32 at most. */
static inline guint32
lec_bits_u (LecBits *self, guint n)
{
  guint32 value = 0;

  while (n > 0 && !self->failed) {
    guint take;

    if (self->n_bits == 0 && !lec_bits_take_byte_ (self))
      return 0;
    take = MIN (n, self->n_bits);
    value = value << take | ((self->byte >> (self->n_bits - take)) & ((1u << take) - 1));
    self->n_bits -= take;
    n -= take;
  }
  return self->failed ? 0 : value;
}

static inline gboolean
lec_bits_flag (LecBits *self)
{
  return lec_bits_u (self, 1) != 0;
}

static inline void
lec_bits_skip (LecBits *self, guint n)
{
  for (; n > 32; n -= 32)
    lec_bits_u (self, 32);
  lec_bits_u (self, n);
}

/* An unsigned Exp-Golomb code (H.264, 9.1); one above @max is a failure. */
static inline guint32
lec_bits_ue (LecBits *self, guint32 max)
{
  guint n_zeros = 0;
  guint32 value;

  while (!self->failed && lec_bits_u (self, 1) == 0) {
    if (++n_zeros > 31)
      self->failed = TRUE;
  }
  value = (1u << (n_zeros & 31)) - 1 + lec_bits_u (self, n_zeros);
  if (value > max)
    self->failed = TRUE;
  return self->failed ? 0 : value;
}

/* A signed one (H.264, 9.1.1); one outside of @min to @max is a failure. */
static inline gint32
lec_bits_se (LecBits *self, gint32 min, gint32 max)
{
  guint32 code = lec_bits_ue (self, G_MAXUINT32 - 1);
  gint32 value = code % 2 != 0 ? (gint32) (code / 2) + 1 : -(gint32) (code / 2);

  if (value < min || value > max)
    self->failed = TRUE;
  return self->failed ? 0 : value;
}

/* Whether only the stop bit and zeros are left: rbsp_trailing_bits (H.264, 7.3.2.11). */
static inline gboolean
lec_bits_ends (const LecBits *self)
{
  LecBits rest = *self;

  if (rest.failed || !lec_bits_flag (&rest))
    return FALSE;
  while (rest.n_bits > 0 || rest.at < rest.end) {
    if (lec_bits_flag (&rest))
      return FALSE;
    if (rest.failed)
      return TRUE; /* an escape byte was the last */
  }
  return TRUE;
}

G_END_DECLS
