/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a directory hears, as a script made of the input's bytes: each datagram is a byte that says
 * from whom and after how long, its length in two bytes, and that many bytes.
 *
 * What the directory tells is followed, as a list would, and must make sense. */
#include "discovery/directory.h"

#include <string.h>

#include "wire/reader.h"

#define DATAGRAMS_MAX 256

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
follow (LecDirectory *directory, GHashTable *rows)
{
  g_autoptr (GPtrArray) changes = lec_directory_take_changes (directory);
  g_autoptr (GHashTable) counts = lec_directory_count (directory);
  const guint *count;

  for (guint i = 0; i < changes->len; i++) {
    const LecAdvertisement *advertisement = g_ptr_array_index (changes, i);
    gint64 number = g_ascii_strtoll (advertisement->key, NULL, 10);

    g_assert_nonnull (advertisement->announcer);
    if (advertisement->channel != NULL)
      g_hash_table_add (rows, g_memdup2 (&number, sizeof number));
    else
      g_hash_table_remove (rows, &number);
  }
  g_assert_cmpuint (g_hash_table_size (rows), <=, LEC_MAX_ANNOUNCED);
  count = g_hash_table_lookup (counts, "239.255.255.255");
  g_assert_cmpuint (count != NULL ? *count : 0, <=, g_hash_table_size (rows));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char *const hosts[] = { "192.0.2.1", "192.0.2.66", "fd77::1", "127.0.0.1" };
  static const gint64 waits_ms[] = { 0, 1, 20000, 4000000 };
  LecReader reader = lec_reader_init (data, size);
  g_autoptr (LecDirectory) directory = lec_directory_new ();
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gint64 now_ms = 0;

  for (guint i = 0; i < DATAGRAMS_MAX && reader.left > 0; i++) {
    guint how = lec_reader_u8 (&reader);
    gsize length = MIN (lec_reader_u16 (&reader), reader.left);
    const guint8 *bytes = lec_reader_bytes (&reader, length);

    if (reader.failed)
      break;
    now_ms += waits_ms[how >> 2 & 3];
    lec_directory_process (directory, bytes, length, hosts[how & 3], "239.255.255.255", now_ms);
    follow (directory, rows);
    g_assert_cmpint (lec_directory_age (directory, now_ms), >, now_ms);
    follow (directory, rows);
  }
  /* all that is not repeated is forgotten in the end */
  lec_directory_age (directory, now_ms + G_GINT64_CONSTANT (1000000000000));
  follow (directory, rows);
  g_assert_cmpuint (g_hash_table_size (rows), ==, 0);
  g_strfreev (lec_directory_dup_notes (directory));
  return 0;
}
