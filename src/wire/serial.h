/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Numbers that wrap: RTP sequence numbers (16 bits) and time stamps (32 bits), compared and
 * extended in the manner of RFC 1982. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How far @b is ahead of @a on the shorter way round: -32768 to 32767. */
static inline gint
lec_serial16_diff (guint16 a, guint16 b)
{
  return (gint16) (guint16) (b - a);
}

/* Likewise for 32 bits. */
static inline gint32
lec_serial32_diff (guint32 a, guint32 b)
{
  return (gint32) (b - a);
}

/* The extended number that @number stands for when @near was the last one: the nearest of all that
 * end in the same 16 bits. Negative numbers come about before the first wrap, and are good. */
static inline gint64
lec_serial16_extend (gint64 near, guint16 number)
{
  return near + lec_serial16_diff ((guint16) near, number);
}

static inline gint64
lec_serial32_extend (gint64 near, guint32 number)
{
  return near + lec_serial32_diff ((guint32) near, number);
}

G_END_DECLS
