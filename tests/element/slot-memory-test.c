/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/slot-memory.h"

#include <string.h>

static guint lives; /* that have ended */

static void
freed_cb (LecSlotMemory *self)
{
  lives++;
}

static void
check (GstMemory *memory, const char *text)
{
  GstMapInfo info;

  g_assert_true (gst_memory_map (memory, &info, GST_MAP_READ));
  g_assert_cmpmem (info.data, info.size, text, strlen (text));
  gst_memory_unmap (memory, &info);
}

/* It and its parts show the same bytes, and its owner has them back when the last one has gone;
 * then it lives anew. */
static void
test_lives (void)
{
  guint8 bytes[] = "lectern";
  LecSlotMemory memory = { .bytes = bytes, .freed = freed_cb };

  lives = 0;
  for (guint life = 1; life <= 3; life++) {
    GstMemory *part, *piece, *copy, *others;
    gsize offset;

    lec_slot_memory_init (&memory, 7);
    check (&memory.memory, "lectern");
    part = gst_memory_share (&memory.memory, 2, -1);
    piece = gst_memory_share (part, 1, 2);
    others = gst_memory_share (&memory.memory, 5, 2);
    copy = gst_memory_copy (part, 0, -1);
    gst_memory_unref (&memory.memory);
    check (part, "ctern");
    check (piece, "te");
    check (copy, "ctern");
    g_assert_true (gst_memory_is_span (piece, others, &offset));
    g_assert_cmpuint (offset, ==, 3);
    g_assert_false (gst_memory_is_span (others, piece, NULL));
    g_assert_false (lec_slot_memory_is (piece));
    g_assert_false (lec_slot_memory_is (copy));
    g_assert_true (lec_slot_memory_is (&memory.memory));
    gst_memory_unref (copy);
    gst_memory_unref (part);
    gst_memory_unref (others);
    g_assert_cmpuint (lives, ==, life - 1);
    gst_memory_unref (piece);
    g_assert_cmpuint (lives, ==, life);
  }
}

/* Whoever writes to a part that is shared must copy it. */
static void
test_writing (void)
{
  guint8 bytes[] = "lectern";
  LecSlotMemory memory = { .bytes = bytes, .freed = freed_cb };
  GstMemory *part;
  GstMapInfo info;

  lec_slot_memory_init (&memory, 7);
  g_assert_true (gst_memory_map (&memory.memory, &info, GST_MAP_WRITE));
  info.data[0] = 'L';
  gst_memory_unmap (&memory.memory, &info);
  g_assert_cmpstr ((char *) bytes, ==, "Lectern");

  part = gst_memory_share (&memory.memory, 0, 3);
  g_assert_false (gst_memory_map (part, &info, GST_MAP_WRITE));
  gst_memory_unref (part);
  gst_memory_unref (&memory.memory);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/slot-memory/lives", test_lives);
  g_test_add_func ("/slot-memory/writing", test_writing);
  return g_test_run ();
}
