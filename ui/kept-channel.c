/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/kept-channel.h"

#include <string.h>

#include "announce/recognise.h"
#include "announce/sdp-print.h"

char *
lec_kept_channel_print (const LecChannel *channel)
{
  const LecChannelInfo *info = lec_channel_get_info (channel);

  for (guint i = 0; i < info->alternatives->len; i++) {
    g_autofree char *text = lec_sdp_print (info, i, MAX (info->version, 1), NULL);

    if (text != NULL && strlen (text) <= LEC_KEPT_MAX_BYTES)
      return g_steal_pointer (&text);
  }
  return NULL;
}

LecChannel *
lec_kept_channel_parse (const char *text)
{
  g_autoptr (LecAnnouncement) announcement = NULL;

  if (strlen (text) > LEC_KEPT_MAX_BYTES)
    return NULL;
  announcement = lec_announcement_parse (text, strlen (text), NULL, NULL);
  return announcement != NULL && announcement->channels->len > 0
             ? lec_channel_ref (g_ptr_array_index (announcement->channels, 0))
             : NULL;
}

gboolean
lec_kept_channel_has_keys (const LecChannel *channel)
{
  const GPtrArray *alternatives = lec_channel_get_info (channel)->alternatives;

  for (guint i = 0; i < alternatives->len; i++) {
    const LecAlternative *alternative = g_ptr_array_index (alternatives, i);

    for (guint j = 0; j < alternative->streams->len; j++) {
      if (((const LecStream *) g_ptr_array_index (alternative->streams, j))->keys->len > 0)
        return TRUE;
    }
  }
  return FALSE;
}
