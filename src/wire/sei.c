/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/sei.h"

#include "wire/bits.h"

#define TYPE_RECOVERY_POINT 6

/* payloadType and payloadSize: 255 as often as it fits, then the rest. */
static guint
read_number (LecBits *bits)
{
  guint value = 0, byte;

  do {
    byte = lec_bits_u (bits, 8);
    value += byte;
  } while (byte == 255);
  return value;
}

gboolean
lec_sei_find_recovery_point (const guint8 *rbsp, gsize length, LecSei *sei)
{
  LecBits bits = lec_bits_init_rbsp (rbsp, length);

  while (!bits.failed && !lec_bits_ends (&bits)) {
    guint type = read_number (&bits);
    guint size = read_number (&bits);

    if (type == TYPE_RECOVERY_POINT) {
      sei->length = MIN (size, sizeof sei->payload);
      for (gsize i = 0; i < sei->length; i++)
        sei->payload[i] = (guint8) lec_bits_u (&bits, 8);
      return !bits.failed;
    }
    for (guint i = 0; i < size && !bits.failed; i++)
      lec_bits_u (&bits, 8);
  }
  return FALSE;
}
