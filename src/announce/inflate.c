/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/inflate.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "channel/error.h"

GByteArray *
lec_inflate (const guint8 *bytes, gsize length, gsize max, GError **error)
{
  g_autoptr (GConverter) converter
      = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  GConverterResult result;

  do {
    guint8 buffer[4096];
    gsize read = 0;
    gsize written = 0;

    result = g_converter_convert (converter, bytes, length, buffer, sizeof buffer,
                                  G_CONVERTER_INPUT_AT_END, &read, &written, NULL);
    if (result == G_CONVERTER_ERROR) {
      g_set_error_literal (error, LEC_ERROR, LEC_ERROR_MALFORMED,
                           _ ("what was compressed cannot be unpacked"));
      return NULL;
    }
    if (plain->len + written > max) {
      g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                   _ ("what was compressed is larger than %u bytes"), (guint) max);
      return NULL;
    }
    g_byte_array_append (plain, buffer, (guint) written);
    bytes += read;
    length -= read;
  } while (result != G_CONVERTER_FINISHED);
  return g_steal_pointer (&plain);
}
