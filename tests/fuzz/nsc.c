/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Windows Media stations, and the blocks in them, read, written and read again. */
#include "announce/nsc.h"

#include <string.h>

#include "again.h"
#include "announce/nsc-value.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static char *
print_first (const LecAnnouncement *announcement, GError **error)
{
  return lec_nsc_print (g_ptr_array_index (announcement->channels, 0), error);
}

/* Any bytes make a block that is read as these bytes. */
static void
check_block (const guint8 *data, gsize size)
{
  g_autofree char *encoded = lec_nsc_block_encode ((guint32) size, data, size);
  g_auto (LecNscBlock) block = { 0 };
  gsize length;
  const guint8 *payload;

  g_assert_true (lec_nsc_block_decode (encoded, &block));
  payload = g_bytes_get_data (block.payload, &length);
  g_assert_true (block.intact && block.key == size && length == size);
  g_assert_true (size == 0 || memcmp (payload, data, size) == 0);
  g_assert_cmpuint (lec_nsc_block_measure (encoded), ==, strlen (encoded));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *charset;
  g_autofree char *text = lec_encoding_decode ((const char *) data, size, &charset);
  g_autoptr (LecAnnouncement) announcement = NULL;

  check_block (data, size);
  if (text == NULL)
    return 0;
  lec_nsc_is_nsc (text);
  announcement = parse_checked (lec_nsc_parse, text, "http://station.example/live/x");
  if (announcement != NULL)
    check_again (announcement, lec_nsc_parse, print_first, TRUE);
  return 0;
}
