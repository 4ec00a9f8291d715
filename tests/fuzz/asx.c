/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Metafiles of all generations, read, written and read again. */
#include "announce/asx.h"

#include "again.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *charset;
  g_autofree char *text = lec_encoding_decode ((const char *) data, size, &charset);
  g_autoptr (LecAnnouncement) announcement = NULL;

  if (text == NULL)
    return 0;
  lec_asx_is_asx (text);
  announcement = parse_checked (lec_asx_parse, text, "http://station.example/live/x");
  if (announcement != NULL)
    check_again (announcement, lec_asx_parse, lec_asx_print, TRUE);
  return 0;
}
