/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/recording-progress.h"

#include <string.h>

#include "net/output-file.h"

gboolean
lec_recording_replace (const char *path, GError **error)
{
  return lec_output_file_replace (path, error);
}

char *
lec_recording_name_part (const char *path, guint part)
{
  const char *suffix = strrchr (path, '.');

  if (part <= 1 || suffix == NULL)
    return g_strdup (path);
  return g_strdup_printf ("%.*s-%u%s", (int) (suffix - path), path, part, suffix);
}
