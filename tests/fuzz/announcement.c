/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whatever the bytes, the one door to announcements answers: channels, or one sentence. */
#include "announce/recognise.h"
#include "channel/error.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LecAnnouncement) announcement
      = lec_announcement_parse ((const char *) data, size, "http://station.example/live/", &error);

  g_assert_true ((announcement == NULL) == (error != NULL));
  if (announcement == NULL) {
    g_assert_true (error->domain == LEC_ERROR && error->message[0] != '\0');
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }
  g_assert_cmpuint (announcement->channels->len, >, 0);
  for (guint i = 0; i < announcement->warnings->len; i++)
    g_assert_true (g_utf8_validate (g_ptr_array_index (announcement->warnings, i), -1, NULL));
  for (guint i = 0; i < announcement->channels->len; i++) {
    const LecChannel *channel = g_ptr_array_index (announcement->channels, i);

    g_assert_true (g_utf8_validate (lec_channel_get_title (channel), -1, NULL));
    g_assert_true (g_utf8_validate (lec_channel_get_id (channel), -1, NULL));
    g_assert_true (lec_channel_equal (channel, channel));
  }
  return 0;
}
