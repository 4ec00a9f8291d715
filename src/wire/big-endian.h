/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Numbers in network byte order at a place that is known to be there (RFC 1700). What comes from
 * outside is read by wire/reader.h, which looks. */
#pragma once

#include <glib.h>

static inline guint16
lec_big_endian_read_u16 (const guint8 *bytes)
{
  return (guint16) (bytes[0] << 8 | bytes[1]);
}

static inline guint32
lec_big_endian_read_u32 (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

static inline void
lec_big_endian_write_u16 (guint8 *bytes, guint value)
{
  bytes[0] = (guint8) (value >> 8);
  bytes[1] = (guint8) value;
}

static inline void
lec_big_endian_write_u32 (guint8 *bytes, guint32 value)
{
  lec_big_endian_write_u16 (bytes, value >> 16);
  lec_big_endian_write_u16 (bytes + 2, value & 0xffff);
}
