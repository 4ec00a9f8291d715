/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/set-store.h"

static void
put (LecSetStore *store, LecSetKind kind, guint id, const char *text)
{
  LecParameterSet set = { kind, TRUE, id };
  LecNal nal = { (const guint8 *) text, strlen (text) };

  lec_set_store_put (store, set, &nal);
}

static void
expect (const LecSetStore *store, guint length_size, const char *bytes, gsize length)
{
  GstMemory *memory = lec_set_store_to_memory (store, length_size);
  GstMapInfo map;

  g_assert_nonnull (memory);
  gst_memory_map (memory, &map, GST_MAP_READ);
  g_assert_cmpmem (map.data, map.size, bytes, length);
  gst_memory_unmap (memory, &map);
  gst_memory_unref (memory);
}

/* By kind, each in the place of the one before it, framed either way. */
static void
test_order (void)
{
  g_autoptr (LecSetStore) store = lec_set_store_new ();
  LecNal nal = { (const guint8 *) "z", 1 };

  g_assert_true (lec_set_store_is_empty (store));
  g_assert_null (lec_set_store_to_memory (store, 0));
  put (store, LEC_SET_PICTURE, 0, "p");
  put (store, LEC_SET_SEQUENCE, 0, "old");
  put (store, LEC_SET_PICTURE, 1, "q");
  put (store, LEC_SET_SEQUENCE, 0, "s");
  put (store, LEC_SET_SEQUENCE, 0, "s");
  lec_set_store_put (store, (LecParameterSet){ LEC_SET_PICTURE, FALSE, 0 }, &nal); /* not whole */
  expect (store, 0, "\0\0\0\1s\0\0\0\1p\0\0\0\1q", 15);
  expect (store, 2, "\0\1s\0\1p\0\1q", 9);
  put (store, LEC_SET_VIDEO, 3, "v");
  expect (store, 1, "\1v\1s\1p\1q", 8);
  g_assert_true (lec_set_store_has (store, LEC_SET_VIDEO));
  lec_set_store_clear (store);
  g_assert_false (lec_set_store_has (store, LEC_SET_VIDEO));
  g_assert_true (lec_set_store_is_empty (store));
}

/* A sender makes it hold so much, and no more. */
static void
test_bounds (void)
{
  g_autoptr (LecSetStore) store = lec_set_store_new ();
  g_autofree char *longest = g_strnfill (LEC_SET_STORE_MAX_BYTES, 'x');
  g_autofree char *longer = g_strnfill (LEC_SET_STORE_MAX_BYTES + 1, 'x');
  GstMemory *memory;

  put (store, LEC_SET_PICTURE, 0, longer);
  g_assert_true (lec_set_store_is_empty (store));
  for (guint i = 0; i < 256; i++)
    put (store, LEC_SET_PICTURE, i, longest);
  memory = lec_set_store_to_memory (store, 4);
  g_assert_cmpuint (memory->size, ==, LEC_SET_STORE_MAX_SETS * (4 + LEC_SET_STORE_MAX_BYTES));
  gst_memory_unref (memory);
  put (store, LEC_SET_PICTURE, 5, "new"); /* those that are there may still change */
  memory = lec_set_store_to_memory (store, 4);
  g_assert_cmpuint (memory->size, ==,
                    LEC_SET_STORE_MAX_SETS * 4
                        + (LEC_SET_STORE_MAX_SETS - 1) * LEC_SET_STORE_MAX_BYTES + 3);
  gst_memory_unref (memory);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/set-store/order", test_order);
  g_test_add_func ("/set-store/bounds", test_bounds);
  return g_test_run ();
}
