/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pairs of line 21, and cc_data(): the first byte says which. Parity is put right, so that all
 * codes are met. */
#include "wire/cea608.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static guint8
with_parity (guint8 byte)
{
  guint8 sum = byte & 0x7F;

  sum ^= sum >> 4;
  sum ^= sum >> 2;
  sum ^= sum >> 1;
  return (byte & 0x7F) | ((sum & 1) != 0 ? 0 : 0x80);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  char text[LEC_CEA608_TEXT];
  LecCea608 captions;

  lec_cea608_init (&captions, size > 0 ? data[0] / 2 % 4 : 0);
  if (size > 0 && data[0] % 2 == 0)
    lec_cea608_feed_cc_data (&captions, data + 1, size - 1);
  for (gsize i = 1; i + 2 <= size; i += 2) {
    lec_cea608_feed (&captions, with_parity (data[i]), with_parity (data[i + 1]));
    lec_cea608_print (&captions, text);
    g_assert_true (g_utf8_validate (text, -1, NULL));
    g_assert_cmpuint (strlen (text), <, LEC_CEA608_TEXT);
  }
  return 0;
}
