/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Packets of text: each is a step in the sequence, whether it is redundant, its length, and bytes.
 */
#include "wire/t140.h"

#include <string.h>

#include "wire/reader.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  LecReader script = lec_reader_init (data, size);
  LecT140 text = { 0 };
  guint16 sequence = 0;

  while (script.left > 0) {
    const guint8 step = lec_reader_u8 (&script);
    const guint8 length = lec_reader_u8 (&script);
    const gsize taken = MIN (length, script.left);
    const guint8 *bytes = lec_reader_bytes (&script, taken);

    sequence = (guint16) (sequence + step / 2);
    if (step % 2 == 0)
      lec_t140_feed (&text, sequence, bytes, taken);
    else
      lec_t140_feed_redundant (&text, sequence, bytes, taken);
    g_assert_cmpuint (text.length, ==, strlen (text.text));
    g_assert_cmpuint (text.length, <=, LEC_T140_TEXT);
    g_assert_true (g_utf8_validate (text.text, -1, NULL));
  }
  return 0;
}
