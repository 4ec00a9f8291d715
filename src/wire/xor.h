/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The sum without carry (XOR) of byte strings, which is what parity is made of: of several strings
 * and their sum, any one is the sum of the others.
 *
 * Strings of different length count as if the shorter ones went on with zeros. Adding a string a
 * second time takes it away again. Nothing is allocated after lec_xor_init(). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A plain struct to be embedded. bytes and length may be read. */
typedef struct
{
  guint8 *bytes;  /* the sum, of which all behind length is zero */
  gsize length;   /* [bytes] of the longest string so far */
  gsize capacity; /* [bytes] that a string may have */
} LecXor;

/* @capacity: [bytes] of the longest string that will be added */
void lec_xor_init (LecXor *self, gsize capacity);
void lec_xor_clear (LecXor *self);

/* Forgets what was added. */
void lec_xor_reset (LecXor *self);

/* As lec_xor_reset() and lec_xor_add(), in less time. Returns: FALSE where it is too long; then
 * nothing has changed */
gboolean lec_xor_begin (LecXor *self, const guint8 *bytes, gsize size);

/**
 * lec_xor_add:
 * @bytes: (array length=size)
 *
 * Returns: FALSE where that is longer than the capacity; then nothing was added
 */
gboolean lec_xor_add (LecXor *self, const guint8 *bytes, gsize size);

/* Returns: whether the sum has nothing but zeros from byte @from on */
gboolean lec_xor_is_zero (const LecXor *self, gsize from);

G_END_DECLS
