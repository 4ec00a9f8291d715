/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses as people type them, and references as lists write them. */
#include "announce/address.h"

#include "again.h"
#include "announce/reference.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static LecAnnouncement *
parse (const char *text, const char *base_uri, GError **error)
{
  return lec_address_parse (text, error);
}

static char *
print (const LecAnnouncement *announcement, GError **error)
{
  const LecChannel *channel = g_ptr_array_index (announcement->channels, 0);

  return lec_address_print (g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0),
                            error);
}

static void
check_reference (const char *text, const char *base)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = lec_reference_resolve (text, base, &error);
  g_autofree char *link = lec_reference_resolve_link (text, base);
  g_autofree char *name = lec_reference_dup_name (text);

  g_assert_true ((uri == NULL) == (error != NULL));
  lec_encoding_repair_error (&error);
  if (error != NULL)
    check_error (error);
  g_assert_true (uri == NULL || g_utf8_validate (uri, -1, NULL));
  g_assert_true (link == NULL || g_utf8_validate (link, -1, NULL));
  g_assert_true (name == NULL || g_utf8_validate (name, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *charset;
  g_autofree char *text = lec_encoding_decode ((const char *) data, size, &charset);
  g_autoptr (LecAnnouncement) announcement = NULL;

  if (text == NULL)
    return 0;
  check_reference (text, NULL);
  check_reference (text, "http://station.example/live/x");
  check_reference (text, "file:///srv/x");
  check_reference ("x", text);
  announcement = parse_checked (parse, text, NULL);
  if (announcement != NULL)
    check_again (announcement, parse, print, TRUE);
  return 0;
}
