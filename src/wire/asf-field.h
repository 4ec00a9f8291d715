/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Numbers in ASF, which are little-endian (ASF specification, section 1.3); bounds are for whoever
 * asks to check. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @type: of whose lower two bits the width of a field is made (section 5.2.2). Returns: [bytes] */
static inline guint
lec_asf_field_width (guint type)
{
  static const guint widths[] = { 0, 1, 2, 4 };

  return widths[type & 3];
}

/* @width: [bytes] 0 to 8 */
static inline guint64
lec_asf_field_read (const guint8 *at, guint width)
{
  guint64 value = 0;

  for (guint i = 0; i < width; i++)
    value |= (guint64) at[i] << 8 * i;
  return value;
}

/* Likewise; what is higher in @value is left out. */
static inline void
lec_asf_field_write (guint8 *at, guint width, guint64 value)
{
  for (guint i = 0; i < width; i++)
    at[i] = (guint8) (value >> 8 * i);
}

G_END_DECLS
