/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists and shortcuts of all kinds; what was read is written as M3U, and read again. */
#include "announce/playlist.h"

#include "again.h"
#include "announce/shortcut.h"
#include "announce/xspf.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const Parse parsers[]
      = { lec_m3u_parse, lec_pls_parse, lec_xspf_parse, lec_shortcut_parse };
  const char *charset;
  g_autofree char *text = lec_encoding_decode ((const char *) data, size, &charset);

  if (text == NULL)
    return 0;
  lec_m3u_is_m3u (text);
  lec_pls_is_pls (text);
  lec_xspf_is_xspf (text);
  lec_shortcut_is_shortcut (text);
  for (guint i = 0; i < G_N_ELEMENTS (parsers); i++) {
    g_autoptr (LecAnnouncement) announcement
        = parse_checked (parsers[i], text, "http://station.example/live/x");

    if (announcement != NULL)
      check_again (announcement, lec_m3u_parse, lec_m3u_print, FALSE);
  }
  return 0;
}
