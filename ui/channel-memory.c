/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/channel-memory.h"

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "lectern", "channels", NULL);
}

/* What a stranger has announced is no name of a group. */
static char *
dup_group (const char *id)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);
}

static GKeyFile *
load (void)
{
  g_autofree char *path = dup_path ();
  GKeyFile *file = g_key_file_new ();

  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
  return file;
}

static void
save (GKeyFile *file)
{
  g_autofree char *path = dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    g_key_file_save_to_file (file, path, NULL);
}

/* The oldest are first. */
static void
forget_oldest (GKeyFile *file)
{
  gsize n;
  g_auto (GStrv) groups = g_key_file_get_groups (file, &n);

  for (gsize i = 0; i + LEC_REMEMBERED_CHANNELS < n; i++)
    g_key_file_remove_group (file, groups[i], NULL);
}

char *
lec_channel_memory_dup (const char *id, const char *key)
{
  g_autofree char *group = id != NULL ? dup_group (id) : NULL;
  g_autoptr (GKeyFile) file = NULL;

  if (group == NULL)
    return NULL;
  file = load ();
  return g_key_file_get_string (file, group, key, NULL);
}

void
lec_channel_memory_set (const char *id, const char *key, const char *value)
{
  g_autofree char *group = id != NULL ? dup_group (id) : NULL;
  g_autoptr (GKeyFile) file = NULL;

  if (group == NULL)
    return;
  file = load ();
  if (value != NULL)
    g_key_file_set_string (file, group, key, value);
  else
    g_key_file_remove_key (file, group, key, NULL);
  forget_oldest (file);
  save (file);
}
