/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/channel-memory.h"

#include <glib/gstdio.h>

static void
assert_kept (const char *id, const char *key, const char *value)
{
  g_autofree char *kept = lec_channel_memory_dup (id, key);

  g_assert_cmpstr (kept, ==, value);
}

static void
test_kept (void)
{
  assert_kept ("a", "sound", NULL);
  lec_channel_memory_set ("a", "sound", "Original");
  lec_channel_memory_set ("a", "captions", "dvb deu 1");
  lec_channel_memory_set ("b]\n[c", "sound", "of a stranger\nwho=knows [how]");
  assert_kept ("a", "sound", "Original");
  assert_kept ("a", "captions", "dvb deu 1");
  assert_kept ("b]\n[c", "sound", "of a stranger\nwho=knows [how]");
  assert_kept ("c", "sound", NULL);
  lec_channel_memory_set ("a", "sound", NULL);
  assert_kept ("a", "sound", NULL);
  assert_kept ("a", "captions", "dvb deu 1");
}

/* Of no channel nothing is kept. */
static void
test_none (void)
{
  lec_channel_memory_set (NULL, "sound", "Original");
  assert_kept (NULL, "sound", NULL);
}

static void
test_newest (void)
{
  for (guint i = 0; i <= LEC_REMEMBERED_CHANNELS; i++) {
    g_autofree char *id = g_strdup_printf ("channel %u", i);

    lec_channel_memory_set (id, "layout", "row");
  }
  assert_kept ("channel 0", "layout", NULL);
  assert_kept ("channel 1", "layout", "row");
  assert_kept ("a", "captions", NULL);
}

/* Where the file is spoilt, it begins anew. */
static void
test_spoilt (void)
{
  g_autofree char *path = g_build_filename (g_get_user_state_dir (), "lectern", "channels", NULL);

  g_assert_true (g_file_set_contents (path, "\xFF no file [of keys", -1, NULL));
  assert_kept ("channel 1", "layout", NULL);
  lec_channel_memory_set ("a", "layout", "row");
  assert_kept ("a", "layout", "row");
  g_unlink (path);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("lectern-XXXXXX", NULL);
  g_autofree char *own = g_build_filename (folder, "lectern", NULL);
  int status;

  g_setenv ("XDG_STATE_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/channel-memory/kept", test_kept);
  g_test_add_func ("/channel-memory/none", test_none);
  g_test_add_func ("/channel-memory/newest", test_newest);
  g_test_add_func ("/channel-memory/spoilt", test_spoilt);
  status = g_test_run ();
  g_rmdir (own);
  g_rmdir (folder);
  return status;
}
