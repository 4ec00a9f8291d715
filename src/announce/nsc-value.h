/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Values of a Windows Media station file: plain text, or an encoded block ([MS-MSB] 2.2.1.3).
 *
 *   0      1             5             9            9 + length
 *   +------+-------------+-------------+------------+
 *   | sum  | key         | length      | payload    |   big-endian; the sum is the exclusive or
 *   +------+-------------+-------------+------------+   of all bytes behind it
 *
 * written as `02` and six bits a character, or as `01` and two hexadecimal digits a byte. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint32 key;     /* 0 for text; the number of the format for an ASF header */
  GBytes *payload; /* what is encoded */
  gboolean intact; /* whether the sum is right; in real files it may be wrong */
} LecNscBlock;

void lec_nsc_block_clear (LecNscBlock *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LecNscBlock, lec_nsc_block_clear)

/**
 * lec_nsc_block_decode:
 * @value: what stands behind the equals sign
 * @block: (out caller-allocates): set on success only
 *
 * Returns: whether @value is an encoded block
 */
gboolean lec_nsc_block_decode (const char *value, LecNscBlock *block);

/**
 * lec_nsc_block_encode:
 * @payload: (array length=length)
 *
 * Returns: (transfer full): the block as `02` and its characters
 */
char *lec_nsc_block_encode (guint32 key, const guint8 *payload, gsize length);

/**
 * lec_nsc_block_measure:
 * @value: the first characters of a block, as far as the line went
 *
 * Returns: [characters] of the whole block; 0 where @value is not the begin of one
 */
gsize lec_nsc_block_measure (const char *value);

/* Whether all of @text are characters of which a block is made. */
gboolean lec_nsc_block_may_go_on (const char *text);

/**
 * lec_nsc_text_decode:
 * @value: plain, or a block of UTF-16; what only looks like a block is plain
 * @intact: (out): FALSE where a sum is wrong
 *
 * Returns: (nullable) (transfer full): the text, cleaned as by lec_encoding_decode(); NULL where it
 *   is empty, which means that the property does not exist
 */
char *lec_nsc_text_decode (const char *value, gboolean *intact);

/**
 * lec_nsc_text_encode:
 * @text: (nullable): valid UTF-8; NULL is an empty one
 *
 * Returns: (transfer full): a block, as Windows Media Services write every text
 */
char *lec_nsc_text_encode (const char *text);

G_END_DECLS
