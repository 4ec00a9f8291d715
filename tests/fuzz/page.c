/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A page of the web: the first byte says how it is packed and which type it is said to have. */
#include "channel/error.h"
#include "fetch/content.h"
#include "fetch/document.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define LIMIT 20000 /* [bytes] */

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char *const encodings[]
      = { NULL, "gzip", "deflate", " identity ", "gzip, gzip", "br" };
  static const char *const types[]
      = { NULL, "video/mp4", "text/html", "application/vnd.ms.wms-hdr", "video/x-ms-asf" };
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (GBytes) page = NULL;
  g_autoptr (LecAnnouncement) announcement = NULL;
  g_autoptr (GError) error = NULL;
  gboolean may_play;

  if (size == 0)
    return 0;
  packed = g_bytes_new (data + 1, size - 1);
  page = lec_content_unpack (packed, encodings[data[0] % G_N_ELEMENTS (encodings)], LIMIT);
  if (page == NULL)
    return 0;
  g_assert_cmpuint (g_bytes_get_size (page), <=, MAX (LIMIT + 1, size));
  announcement = lec_document_parse_page (page, types[data[0] / 16 % G_N_ELEMENTS (types)],
                                          "http://station.example/live.asx", &may_play, &error);
  g_assert_true ((announcement == NULL) == (error != NULL));
  if (announcement == NULL) {
    g_assert_true (error->domain == LEC_ERROR && error->message[0] != '\0');
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  }
  return 0;
}
