/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* For the targets of texts that can also be written: what was read is read again from what is
 * written. */
#pragma once

#include "announce/announcement.h"
#include "announce/encoding.h"
#include "channel/error.h"

typedef LecAnnouncement *(*Parse) (const char *text, const char *base_uri, GError **error);
typedef char *(*Print) (const LecAnnouncement *announcement, GError **error);

static inline void
check_error (const GError *error)
{
  g_assert_true (error->domain == LEC_ERROR && error->message[0] != '\0');
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static inline void
check_announcement (const LecAnnouncement *announcement)
{
  g_assert_cmpuint (announcement->channels->len, >, 0);
  g_assert_cmpuint (announcement->channels->len, <=, LEC_MAX_ENTRIES);
  g_assert_cmpuint (announcement->repeat_to, <=, announcement->channels->len);
  for (guint i = 0; i < announcement->warnings->len; i++)
    g_assert_true (g_utf8_validate (g_ptr_array_index (announcement->warnings, i), -1, NULL));
}

/* (nullable) (transfer full): what the text promises, checked. */
static inline LecAnnouncement *
parse_checked (Parse parse, const char *text, const char *base_uri)
{
  g_autoptr (GError) error = NULL;
  LecAnnouncement *announcement = parse (text, base_uri, &error);

  g_assert_true ((announcement == NULL) == (error != NULL));
  lec_encoding_repair_error (&error); /* as the door does */
  if (announcement == NULL)
    check_error (error);
  else
    check_announcement (announcement);
  return announcement;
}

static inline void
assert_equal (const GPtrArray *before, const GPtrArray *after)
{
  g_assert_cmpuint (before->len, ==, after->len);
  for (guint i = 0; i < before->len; i++)
    g_assert_true (lec_channel_equal (g_ptr_array_index (before, i), g_ptr_array_index (after, i)));
}

/* Prints what was read, and reads that: it is the same where @all may be said, and else there. */
static inline void
check_again (const LecAnnouncement *before, Parse parse, Print print, gboolean all)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *printed = print (before, &error);
  g_autoptr (LecAnnouncement) after = NULL;

  if (printed == NULL) {
    check_error (error);
    return;
  }
  g_assert_true (g_utf8_validate (printed, -1, NULL));
  after = parse_checked (parse, printed, NULL);
  g_assert_nonnull (after);
  if (all)
    assert_equal (before->channels, after->channels);
}
