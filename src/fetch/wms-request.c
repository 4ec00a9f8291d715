/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/wms-request.h"

#define STREAMS 128

static void
begin (SoupMessageHeaders *headers)
{
  soup_message_headers_replace (headers, "Accept", "*/*");
  soup_message_headers_remove (headers, "Accept-Encoding");
}

void
lec_wms_request_describe (SoupMessageHeaders *headers)
{
  begin (headers);
  soup_message_headers_append (headers, "Pragma",
                               "no-cache,rate=1.000000,stream-time=0,stream-offset=0:0,"
                               "request-context=1,max-duration=0");
}

/* Each is named, with what is wanted of it: all of it (0) or nothing (2). */
static void
append_streams (SoupMessageHeaders *headers, const gboolean *streams, const gboolean *present)
{
  g_autoptr (GString) entries = g_string_new ("stream-switch-entry=");
  g_autofree char *count = NULL;
  guint n_streams = 0;

  for (guint i = 0; i < STREAMS; i++) {
    if (!present[i])
      continue;
    g_string_append_printf (entries, "%sffff:%x:%u", n_streams > 0 ? " " : "", i,
                            streams[i] ? 0u : 2u);
    n_streams++;
  }
  count = g_strdup_printf ("stream-switch-count=%u", n_streams);
  soup_message_headers_append (headers, "Pragma", count);
  soup_message_headers_append (headers, "Pragma", entries->str);
}

void
lec_wms_request_play (SoupMessageHeaders *headers,
                      const gboolean *streams,
                      const gboolean *present,
                      gint64 start_ms)
{
  begin (headers);
  if (start_ms < 0) {
    soup_message_headers_append (headers, "Pragma", "no-cache,rate=1.000000,request-context=2");
  } else {
    g_autofree char *context
        = g_strdup_printf ("no-cache,rate=1.000000,stream-time=%" G_GINT64_FORMAT
                           ",stream-offset=4294967295:4294967295,packet-num=4294967295,"
                           "max-duration=0,request-context=2",
                           start_ms);

    soup_message_headers_append (headers, "Pragma", context);
  }
  soup_message_headers_append (headers, "Pragma", "xPlayStrm=1");
  append_streams (headers, streams, present);
}
