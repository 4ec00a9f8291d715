/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/head-start.h"

#include <gio/gio.h>

#include "announce/address.h"
#include "announce/recognise.h"

/* A file that is none may be a pipe, and a large one is no announcement. */
static gboolean
is_small_file (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info
      = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                           G_FILE_QUERY_INFO_NONE, NULL, NULL);

  return info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR
         && g_file_info_get_size (info) <= LEC_HEAD_START_MAX;
}

/* What is wrong with it is told by who opens it. */
static LecAnnouncement *
read_announcement (const char *location)
{
  g_autofree char *text = NULL;
  gsize length;

  if (lec_address_is_address (location))
    return lec_address_parse (location, NULL);
  if (!g_path_is_absolute (location) || !is_small_file (location)
      || !g_file_get_contents (location, &text, &length, NULL))
    return NULL;
  return lec_announcement_parse (text, length, NULL, NULL);
}

void
lec_head_start (LecPlayer *player, const char *location)
{
  g_autoptr (LecAnnouncement) announcement = NULL;

  g_return_if_fail (LEC_IS_PLAYER (player));
  g_return_if_fail (location != NULL);

  announcement = read_announcement (location);
  if (announcement != NULL)
    lec_player_join_soon (player, g_ptr_array_index (announcement->channels, 0));
}
