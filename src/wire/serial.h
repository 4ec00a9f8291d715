/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Numbers that wrap: RTP's sequence numbers (16 bits) and time stamps (32 bits) and their like,
 * compared and extended in the manner of RFC 1982. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How far @b is ahead of @a on the shorter way round, of numbers that are so many bits wide: -32768
 * to 32767 for 16. */
static inline gint32
lec_serial_diff (guint32 a, guint32 b, guint bits)
{
  return (gint32) ((b - a) << (32 - bits)) >> (32 - bits);
}

/* The extended number that @number stands for when @near was the last one: the nearest of all that
 * end in the same bits. Negative numbers come about before the first wrap, and are good. */
static inline gint64
lec_serial_extend (gint64 near, guint32 number, guint bits)
{
  return near + lec_serial_diff ((guint32) near, number, bits);
}

G_END_DECLS
