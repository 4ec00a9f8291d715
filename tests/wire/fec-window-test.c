/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/fec-window.h"

#include <string.h>

#include "wire/units.h"

typedef struct
{
  LecFecWindow *window;
  guint8 bytes[LEC_PACKET_SLOT + 1];
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  /* not zeroed: whoever has it does not touch the bytes either */
  self->window = g_malloc (sizeof *self->window);
  memset (self->window, 0xa5, sizeof *self->window);
  lec_fec_window_init (self->window);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_free (self->window);
}

/* Packet @number, of @size bytes that are all like its number. Returns: whether it is the newest */
static gboolean
add (Fixture *self, gint64 number, guint32 size, gboolean is_marked)
{
  LecPacket packet = { 0 };

  memset (self->bytes, (int) (number & 0x7f), sizeof self->bytes);
  if (is_marked)
    self->bytes[1] |= 0x80;
  packet.data = self->bytes;
  packet.size = size;
  packet.arrival_ns = number * MSECOND;
  return lec_fec_window_add (self->window, number, &packet);
}

static void
assert_has (Fixture *self, gint64 number, guint32 expected)
{
  guint32 size;
  const guint8 *bytes = lec_fec_window_get (self->window, number, &size);

  g_assert_nonnull (bytes);
  g_assert_true (lec_fec_window_has (self->window, number));
  g_assert_cmpuint (size, ==, expected);
  for (guint32 i = 0; i < size; i++)
    g_assert_cmpuint (bytes[i], ==, number & 0x7f);
  g_assert_cmpint (lec_fec_window_get_arrival (self->window, number), ==, number * MSECOND);
}

/* Packets grow, and what was there stays as it was. */
static void
test_sizes (Fixture *self, gconstpointer data)
{
  guint32 size;

  g_assert_false (lec_fec_window_has (self->window, 0));
  for (gint64 i = 0; i < 200; i++)
    g_assert_true (add (self, 1000 + i, (guint32) (20 + 7 * i), FALSE));
  for (gint64 i = 0; i < 200; i++)
    assert_has (self, 1000 + i, (guint32) (20 + 7 * i));
  add (self, 1200, LEC_PACKET_SLOT, FALSE);
  assert_has (self, 1200, LEC_PACKET_SLOT);
  assert_has (self, 1000, 20);
  add (self, 1201, LEC_PACKET_SLOT + 1, FALSE); /* nobody can add that up */
  g_assert_nonnull (lec_fec_window_get (self->window, 1201, &size));
  g_assert_cmpuint (size, ==, 0);
}

static void
test_order (Fixture *self, gconstpointer data)
{
  g_assert_false (self->window->running);
  g_assert_true (add (self, 500, 30, FALSE));
  g_assert_true (self->window->running);
  g_assert_true (add (self, 510, 30, FALSE));
  g_assert_false (add (self, 505, 30, FALSE));
  g_assert_cmpint (self->window->begin, ==, 500);
  g_assert_cmpint (self->window->newest, ==, 510);
  g_assert_true (lec_fec_window_reaches (self->window, 510 + self->window->span - 1));
  g_assert_false (lec_fec_window_reaches (self->window, 510 + self->window->span));
  g_assert_false (lec_fec_window_reaches (self->window, 510 - self->window->span));
  /* what is a whole span newer takes the place of the old one */
  g_assert_true (add (self, 505 + self->window->span, 30, FALSE));
  g_assert_false (lec_fec_window_has (self->window, 505));
  g_assert_true (lec_fec_window_has (self->window, 500));
  lec_fec_window_forget (self->window);
  g_assert_false (self->window->running);
  g_assert_false (lec_fec_window_has (self->window, 500));
  add (self, 7, 30, FALSE);
  g_assert_cmpint (self->window->begin, ==, 7);
}

/* It is as long as the longest block needs, and never longer than there is room. */
static void
test_span (Fixture *self, gconstpointer data)
{
  const gint64 first = self->window->span;

  add (self, 100, 30, FALSE);
  g_assert_false (lec_fec_window_widen (self->window, first));
  g_assert_true (lec_fec_window_has (self->window, 100));
  g_assert_true (lec_fec_window_widen (self->window, first + 1));
  g_assert_cmpint (self->window->span, ==, 2 * first);
  g_assert_false (lec_fec_window_has (self->window, 100));
  g_assert_true (lec_fec_window_widen (self->window, LEC_FEC_WINDOW));
  g_assert_cmpint (self->window->span, ==, LEC_FEC_WINDOW);
  for (gint64 i = 0; i < LEC_FEC_WINDOW; i++)
    add (self, i, LEC_PACKET_SLOT, FALSE);
  assert_has (self, 0, LEC_PACKET_SLOT);
  assert_has (self, LEC_FEC_WINDOW - 1, LEC_PACKET_SLOT);
  lec_fec_window_init (self->window);
  g_assert_cmpint (self->window->span, ==, first);
}

/* Behind a marked packet, and behind parity; not behind what never came, or has no header. */
static void
test_frames (Fixture *self, gconstpointer data)
{
  guint32 size;

  add (self, 100, 30, FALSE);
  add (self, 101, 30, TRUE);
  g_assert_true (lec_fec_window_add_parity (self->window, 102));
  add (self, 104, 1, TRUE);
  g_assert_false (lec_fec_window_ends_frame (self->window, 100));
  g_assert_true (lec_fec_window_ends_frame (self->window, 101));
  g_assert_true (lec_fec_window_ends_frame (self->window, 102));
  g_assert_false (lec_fec_window_ends_frame (self->window, 103));
  g_assert_false (lec_fec_window_ends_frame (self->window, 104));
  g_assert_nonnull (lec_fec_window_get (self->window, 102, &size));
  g_assert_cmpuint (size, ==, 0);
}

static void
test_rebuilt (Fixture *self, gconstpointer data)
{
  add (self, 100, 30, FALSE);
  add (self, 101, 30, FALSE);
  g_assert_false (lec_fec_window_take_rebuilt (self->window, 100));
  lec_fec_window_note_rebuilt (self->window, 100, TRUE);
  lec_fec_window_note_rebuilt (self->window, 101, FALSE); /* too late to be used */
  lec_fec_window_note_rebuilt (self->window, 100 + self->window->span, TRUE); /* not there */
  g_assert_true (lec_fec_window_take_rebuilt (self->window, 100));
  g_assert_false (lec_fec_window_take_rebuilt (self->window, 100));
  g_assert_false (lec_fec_window_take_rebuilt (self->window, 101));
  g_assert_false (lec_fec_window_take_rebuilt (self->window, 99));
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/fec-window/sizes", test_sizes);
  ADD ("/fec-window/order", test_order);
  ADD ("/fec-window/span", test_span);
  ADD ("/fec-window/frames", test_frames);
  ADD ("/fec-window/rebuilt", test_rebuilt);
  return g_test_run ();
}
