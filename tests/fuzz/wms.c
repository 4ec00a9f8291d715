/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The answer of a Windows Media server, read at once and byte by byte: the same is in it, and it is
 * read to its end. */
#include "wire/wms-framer.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
note (GString *story, const LecWmsEvent *event)
{
  guint sum = 0;

  for (gsize i = 0; i < event->size; i++)
    sum = sum * 31 + event->bytes[i];
  if (event->kind != LEC_WMS_NOTHING)
    g_string_append_printf (story, "%d %" G_GSIZE_FORMAT " %u ", (int) event->kind, event->size,
                            sum);
  g_assert_cmpuint (event->size, <=, LEC_WMS_HEADER_MAX);
}

static char *
read_all (const guint8 *data, gsize size, gsize part)
{
  g_autoptr (LecWmsFramer) framer = lec_wms_framer_new ();
  g_autoptr (GString) story = g_string_new (NULL);
  LecWmsEvent event = { LEC_WMS_NOTHING };

  for (gsize at = 0; at < size && event.kind != LEC_WMS_BROKEN;) {
    const gsize used = lec_wms_framer_read (framer, data + at, MIN (part, size - at), &event);

    g_assert_cmpuint (used, >, 0);
    g_assert_cmpuint (used, <=, MIN (part, size - at));
    at += used;
    note (story, &event);
  }
  return g_string_free (g_steal_pointer (&story), FALSE);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *at_once = read_all (data, size, size);
  g_autofree char *bytewise = read_all (data, size, 1);

  g_assert_cmpstr (at_once, ==, bytewise);
  lec_wms_framer_knows (data, size);
  return 0;
}
