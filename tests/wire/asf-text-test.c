/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/asf-text.h"

#include <string.h>

#define BYTES(text) (const guint8 *) text, sizeof text - 1

static const struct
{
  const char *story;
  const guint8 *bytes;
  gsize size;
  gsize most;
  const char *text;
  gsize used;
} rows[] = {
  { "letters", BYTES ("a\0b\0\0\0c\0"), 99, "ab", 6 },
  { "without a NUL", BYTES ("a\0b\0"), 99, "ab", 4 },
  { "nothing", BYTES (""), 99, "", 0 },
  { "only a NUL", BYTES ("\0\0"), 99, "", 2 },
  { "half a letter at the end", BYTES ("a\0b"), 99, "a", 3 },
  { "others than Latin", BYTES ("\x3c\x04\xac\x20"), 99, "м€", 4 },
  { "beyond 16 bits", BYTES ("\x3d\xd8\x00\xde"), 99, "😀", 4 },
  { "only the first half", BYTES ("\x3d\xd8"), 99, "�", 2 },
  { "two first halves", BYTES ("\x3d\xd8\x3d\xd8\x00\xde"), 99, "�😀", 6 },
  { "the second half first", BYTES ("\x00\xde\x3d\xd8"), 99, "��", 4 },
  { "too long", BYTES ("a\0b\0c\0\0\0d\0"), 2, "ab", 8 },
  { "too long by half a letter", BYTES ("a\0\xac\x20\x62\0\0\0"), 3, "a", 8 },
};

static void
test_row (gconstpointer data)
{
  const typeof (rows[0]) *row = data;
  gsize used = 77;
  g_autofree char *text = lec_asf_text_dup (row->bytes, row->size, row->most, &used);

  g_assert_cmpstr (text, ==, row->text);
  g_assert_cmpuint (used, ==, row->used);
}

/* Any two bytes are valid UTF-8 afterwards. */
static void
test_every_unit (void)
{
  for (guint unit = 1; unit < 0x10000; unit++) {
    const guint8 bytes[] = { (guint8) unit, (guint8) (unit >> 8) };
    g_autofree char *text = lec_asf_text_dup (bytes, sizeof bytes, 4, NULL);

    g_assert_true (g_utf8_validate (text, -1, NULL));
    g_assert_cmpuint (strlen (text), >, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/asf-text/%s", rows[i].story);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/asf-text/every-unit", test_every_unit);
  return g_test_run ();
}
