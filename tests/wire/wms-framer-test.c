/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The answers of Windows Media servers, cut anywhere. */
#include "wire/wms-framer.h"

#include <string.h>

#define OBJECT 40 /* [bytes] of the Header Object in these tests */
#define HEADER (OBJECT + 50)

static void
append_16 (GByteArray *bytes, guint number)
{
  const guint8 little[] = { (guint8) number, (guint8) (number >> 8) };

  g_byte_array_append (bytes, little, sizeof little);
}

/* One piece as section 2.2.3 has it; @frame: with the upper bit or without */
static void
append_piece (GByteArray *bytes,
              guint8 frame,
              char id,
              guint8 flags,
              const guint8 *payload,
              guint size)
{
  const guint8 start[] = { frame, (guint8) id };
  const guint8 location[] = { 1, 0, 0, 0, 7, flags };

  g_byte_array_append (bytes, start, sizeof start);
  append_16 (bytes, size + 8);
  g_byte_array_append (bytes, location, sizeof location);
  append_16 (bytes, size + 8);
  g_byte_array_append (bytes, payload, size);
}

static void
append_notice (GByteArray *bytes, char id, guint8 reason)
{
  const guint8 notice[] = { '$', (guint8) id, 4, 0, reason, 0, 0, 0 };

  g_byte_array_append (bytes, notice, sizeof notice);
}

static void
make_header (guint8 *header)
{
  memset (header, 0x55, HEADER);
  memset (header + 16, 0, 8);
  header[16] = OBJECT;
}

/* Reads all of it in parts of @part; what was in it: a letter for each event, and its size */
static char *
read_all (const guint8 *bytes, gsize size, gsize part)
{
  g_autoptr (LecWmsFramer) framer = lec_wms_framer_new ();
  g_autoptr (GString) story = g_string_new (NULL);
  static const char letters[] = { '-', 'H', 'D', 'P', 'E', '!' };

  for (gsize at = 0; at < size; at += part) {
    const gsize end = MIN (size, at + part);

    for (gsize from = at; from < end;) {
      LecWmsEvent event;
      const gsize used = lec_wms_framer_read (framer, bytes + from, end - from, &event);

      g_assert_cmpuint (used, >, 0);
      g_assert_cmpuint (used, <=, end - from);
      from += used;
      if (event.kind == LEC_WMS_NOTHING)
        continue;
      g_string_append_c (story, letters[event.kind]);
      if (event.size > 0)
        g_string_append_printf (story, "%" G_GSIZE_FORMAT ":%02x ", event.size,
                                event.bytes[event.size - 1]);
      if (event.kind == LEC_WMS_BROKEN)
        return g_string_free (g_steal_pointer (&story), FALSE);
    }
  }
  return g_string_free (g_steal_pointer (&story), FALSE);
}

static void
check (const GByteArray *bytes, const char *story)
{
  for (gsize part = 1; part <= bytes->len; part++) {
    g_autofree char *found = read_all (bytes->data, bytes->len, part);

    g_assert_cmpstr (found, ==, story);
  }
}

static void
test_programme (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 header[HEADER];
  static const guint8 packet[] = { 0x82, 0, 0, 1, 2, 3 };

  make_header (header);
  append_piece (bytes, '$', 'M', 0x0c, packet, 3);
  append_piece (bytes, '$', 'H', 0x0c, header, HEADER);
  append_piece (bytes, '$' | 0x80, 'D', 0, packet, 6);
  append_piece (bytes, '$', 'D', 1, packet, 5);
  append_notice (bytes, 'P', 0);
  append_notice (bytes, 'E', 1);
  append_notice (bytes, 'C', 0);
  append_piece (bytes, '$', 'H', 0, header, HEADER); /* it does not say that it is all */
  append_piece (bytes, '$', 'D', 0, packet, 4);
  append_notice (bytes, 'E', 0);
  check (bytes, "H90:55 D6:03 D5:02 PH90:55 D4:01 E");
}

/* A header of more than 65535 bytes comes in pieces; one that was begun and not ended is forgotten.
 */
static void
test_header_in_pieces (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 header[HEADER];

  make_header (header);
  append_piece (bytes, '$', 'H', 0x04, header, 50);
  append_piece (bytes, '$', 'H', 0x04, header, 30);
  append_piece (bytes, '$', 'H', 0x00, header + 30, 30);
  append_piece (bytes, '$', 'H', 0x08, header + 60, 30);
  check (bytes, "H90:55 ");
}

static void
test_too_large (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *header = g_malloc (60000);
  g_autofree char *story = NULL;

  memset (header, 0xff, 60000);
  for (guint i = 0; i <= LEC_WMS_HEADER_MAX / 60000; i++)
    append_piece (bytes, '$', 'H', 0, header, 60000);
  story = read_all (bytes->data, bytes->len, 4096);
  g_assert_cmpstr (story, ==, "!");
}

/* What an MMS packet is shorter than its frame, or longer, is not of it. */
static void
test_sizes (void)
{
  static const guint8 shorter[] = { '$', 'D', 12, 0, 0, 0, 0, 0, 0, 0, 10, 0, 1, 2, 3, 4 };
  static const guint8 longer[] = { '$', 'D', 12, 0, 0, 0, 0, 0, 0, 0, 90, 0, 1, 2, 3, 4 };
  static const guint8 none[] = { '$', 'D', 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4 };
  static const guint8 no_room[] = { '$', 'D', 7, 0, 0, 0, 0, 0, 0, 0, 0 };
  static const guint8 other[] = { '$', 'D', 8, 0, 0, 0, 0, 0, 0, 0, 8, 0, '<', 'h', 't', 'm' };
  static const struct
  {
    const guint8 *bytes;
    gsize size;
    const char *story;
  } rows[] = { { shorter, sizeof shorter, "D2:02 " }, { longer, sizeof longer, "D4:04 " },
               { none, sizeof none, "D4:04 " },       { no_room, sizeof no_room, "!" },
               { other, sizeof other, "D!" },         { (const guint8 *) "<html>", 6, "!" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *story = read_all (rows[i].bytes, rows[i].size, rows[i].size);

    g_assert_cmpstr (story, ==, rows[i].story);
  }
}

static void
test_knows (void)
{
  static const guint8 metadata[] = { '$', 'M', 9, 0, 0, 0, 0, 0, 0, 0xc, 9, 0, 'x' };

  g_assert_true (lec_wms_framer_knows (metadata, sizeof metadata));
  g_assert_false (lec_wms_framer_knows (metadata, 11));
  g_assert_false (lec_wms_framer_knows ((const guint8 *) "$HOME is where I live", 21));
  g_assert_false (lec_wms_framer_knows ((const guint8 *) "0&..............", 16));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wms-framer/programme", test_programme);
  g_test_add_func ("/wms-framer/header-in-pieces", test_header_in_pieces);
  g_test_add_func ("/wms-framer/too-large", test_too_large);
  g_test_add_func ("/wms-framer/sizes", test_sizes);
  g_test_add_func ("/wms-framer/knows", test_knows);
  return g_test_run ();
}
