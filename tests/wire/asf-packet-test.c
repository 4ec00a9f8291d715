/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/asf-packet.h"

#include <string.h>

/* Packets in hex, blanks between fields, and what is read in them:
 *   SEND+DURATION end END: STREAM[k]#OBJECT OFFSET/SIZE tTIME BYTES; ...
 * Send time 0x03e8 = 1000, duration 0x14 = 20, presentation 0x07d0 = 2000 throughout. */
static const struct
{
  const char *story;
  const char *bytes;
  const char *read; /* NULL: not in order */
} rows[] = {
  { "one payload, as real encoders write it",
    "820000 08 5d 02 e8030000 1400 81 05 00000000 08 03000000 d0070000 616263 0000",
    "1000+20 end 30: 1k#5 0/3 t2000 abc; " },
  { "no error correction", "00 5d e8030000 1400 81 05 00000000 08 03000000 d0070000 616263",
    "1000+20 end 26: 1k#5 0/3 t2000 abc; " },
  { "error correction of no length",
    "80 00 5d e8030000 1400 81 05 00000000 08 03000000 d0070000 616263",
    "1000+20 end 27: 1k#5 0/3 t2000 abc; " },
  { "error correction of a length that is nowhere defined",
    "a20000 00 5d e8030000 1400 81 05 00000000 08 03000000 d0070000 616263", NULL },
  { "no key frame", "820000 00 5d e8030000 1400 01 05 00000000 08 03000000 d0070000 616263",
    "1000+20 end 29: 1#5 0/3 t2000 abc; " },
  { "a fragment", "820000 00 5d e8030000 1400 01 05 02000000 08 09000000 d0070000 616263",
    "1000+20 end 29: 1#5 2/9 t2000 abc; " },

  /* fields in front, of each width */
  { "packet length, 8 bits", "20 5d 1b e8030000 1400 01 05 00000000 08 03000000 d0070000 616263",
    "1000+20 end 27: 1#5 0/3 t2000 abc; " },
  { "packet length, 16 bits", "40 5d 1c00 e8030000 1400 01 05 00000000 08 03000000 d0070000 616263",
    "1000+20 end 28: 1#5 0/3 t2000 abc; " },
  { "packet length, 32 bits",
    "60 5d 1e000000 e8030000 1400 01 05 00000000 08 03000000 d0070000 616263",
    "1000+20 end 30: 1#5 0/3 t2000 abc; " },
  { "packet length shorter than the packet",
    "20 5d 1b e8030000 1400 01 05 00000000 08 09000000 d0070000 616263 0000",
    "1000+20 end 27: 1#5 0/9 t2000 abc; " },
  { "packet length and padding in it",
    "28 5d 1d 01 e8030000 1400 01 05 00000000 08 09000000 d0070000 616263 00 ffff",
    "1000+20 end 28: 1#5 0/9 t2000 abc; " },
  { "packet length of when it had its padding",
    "40 5d 8405 e8030000 1400 01 05 00000000 08 09000000 d0070000 616263",
    "1000+20 end 28: 1#5 0/9 t2000 abc; " },
  { "packet length that ends in front",
    "20 5d 05 e8030000 1400 01 05 00000000 08 09000000 d0070000 616263", NULL },
  { "sequence, 8 bits", "02 5d ff e8030000 1400 01 05 00000000 08 03000000 d0070000 616263",
    "1000+20 end 27: 1#5 0/3 t2000 abc; " },
  { "sequence, 16 bits", "04 5d ffff e8030000 1400 01 05 00000000 08 03000000 d0070000 616263",
    "1000+20 end 28: 1#5 0/3 t2000 abc; " },
  { "sequence, 32 bits", "06 5d ffffffff e8030000 1400 01 05 00000000 08 03000000 d0070000 616263",
    "1000+20 end 30: 1#5 0/3 t2000 abc; " },
  { "padding, 16 bits", "10 5d 0200 e8030000 1400 01 05 00000000 08 09000000 d0070000 616263 0000",
    "1000+20 end 28: 1#5 0/9 t2000 abc; " },
  { "padding, 32 bits",
    "18 5d 02000000 e8030000 1400 01 05 00000000 08 09000000 d0070000 616263 0000",
    "1000+20 end 30: 1#5 0/9 t2000 abc; " },
  { "stripped, the field kept",
    "820000 10 5d 0000 e8030000 1400 01 05 00000000 08 09000000 d0070000 616263",
    "1000+20 end 31: 1#5 0/9 t2000 abc; " },
  { "more padding than packet",
    "08 5d 50 e8030000 1400 01 05 00000000 08 09000000 d0070000 616263 0000", NULL },
  { "all fields, each of 32 bits",
    "7e 5d 27000000 01000000 01000000 e8030000 1400 01 05 00000000 08 09000000 d0070000 616263 00",
    "1000+20 end 38: 1#5 0/9 t2000 abc; " },
  { "a length type with the bit that is never set",
    "820000 80 5d e8030000 1400 01 05 00000000 08 03000000 d0070000 616263", NULL },

  /* fields of a payload, of each width */
  { "an object number of 16 bits, offset and length of 8",
    "00 65 e8030000 1400 01 0501 02 08 09000000 d0070000 616263",
    "1000+20 end 24: 1#261 2/9 t2000 abc; " },
  { "an object number of 32 bits, offset and length of 16",
    "00 7a e8030000 1400 01 05010000 0200 0800 09000000 d0070000 616263",
    "1000+20 end 28: 1#261 2/9 t2000 abc; " },
  { "a replicated length of 32 bits",
    "00 5f e8030000 1400 01 05 00000000 08000000 09000000 d0070000 616263",
    "1000+20 end 29: 1#5 0/9 t2000 abc; " },
  { "nothing said of it", "00 40 e8030000 1400 01 616263", "1000+20 end 12: 1#0 0/0 t1000 abc; " },
  { "nothing replicated", "00 5d e8030000 1400 01 05 00000000 00 616263",
    "1000+20 end 18: 1#5 0/0 t1000 abc; " },
  { "payload extensions of 2 bytes",
    "00 5d e8030000 1400 01 05 00000000 0a 03000000 d0070000 aabb 616263",
    "1000+20 end 28: 1#5 0/3 t2000 abc; " },
  { "payload extensions of 4 bytes",
    "00 5d e8030000 1400 01 05 00000000 0c 03000000 d0070000 aabbccdd 616263",
    "1000+20 end 30: 1#5 0/3 t2000 abc; " },
  { "replicated data of 2 bytes", "00 5d e8030000 1400 01 05 00000000 02 0300 616263", NULL },
  { "replicated data of 7 bytes", "00 5d e8030000 1400 01 05 00000000 07 03000000 d00700 616263",
    NULL },
  { "stream 0", "00 5d e8030000 1400 80 05 00000000 08 03000000 d0070000 616263", NULL },
  { "stream 127", "00 5d e8030000 1400 7f 05 00000000 08 03000000 d0070000 616263",
    "1000+20 end 26: 127#5 0/3 t2000 abc; " },

  /* several payloads */
  { "two payloads",
    "09 5d 01 e8030000 1400 82 01 05 00000000 08 02000000 d0070000 0200 6162 82 06 00000000 08 "
    "01000000 d0070000 0100 63 00",
    "1000+20 end 47: 1#5 0/2 t2000 ab; 2k#6 0/1 t2000 c; " },
  { "lengths of 8 bits",
    "01 5d e8030000 1400 42 01 05 00000000 08 02000000 d0070000 02 6162 82 06 00000000 08 01000000 "
    "d0070000 01 63",
    "1000+20 end 44: 1#5 0/2 t2000 ab; 2k#6 0/1 t2000 c; " },
  { "a length of 32 bits",
    "01 5d e8030000 1400 c1 01 05 00000000 08 02000000 d0070000 02000000 6162",
    "1000+20 end 30: 1#5 0/2 t2000 ab; " },
  { "lengths of no bits", "01 5d e8030000 1400 01 01 05 00000000 08 02000000 d0070000 6162", NULL },
  { "none", "01 5d e8030000 1400 80 00", "1000+20 end 9: " },
  { "fewer than promised",
    "01 5d e8030000 1400 43 01 05 00000000 08 02000000 d0070000 02 6162 82 06 00000000 08 01000000 "
    "d0070000 01 63",
    NULL },
  { "longer by a byte than what is there",
    "01 5d e8030000 1400 81 01 05 00000000 08 02000000 d0070000 0300 6162", NULL },
  { "one that reaches into the padding",
    "09 5d 01 e8030000 1400 81 01 05 00000000 08 02000000 d0070000 0300 6162 00", NULL },
  { "an empty one", "01 5d e8030000 1400 41 01 05 00000000 08 02000000 d0070000 00",
    "1000+20 end 25: 1#5 0/2 t2000 ; " },

  /* asfmux: the length is that without the padding */
  { "its padding is not in its length",
    "51 5d 2100 0300 e8030000 0000 81 01 05 00000000 08 03000000 d0070000 0300 616263 000000",
    "1000+0 end 33: 1#5 0/3 t2000 abc; " },
  { "its padding is not in its length, and is longer than all else",
    "51 5d 2100 2800 e8030000 0000 81 01 05 00000000 08 03000000 d0070000 0300 616263 "
    "00000000000000000000000000000000000000000000000000000000000000000000000000000000",
    "1000+0 end 33: 1#5 0/3 t2000 abc; " },
  { "its padding is not in its length, and more is behind",
    "51 5d 2100 0300 e8030000 0000 81 01 05 00000000 08 03000000 d0070000 0300 616263 000000 0000",
    "1000+0 end 33: 1#5 0/3 t2000 abc; " },
  { "its padding is neither in its length nor behind",
    "51 5d 2100 0400 e8030000 0000 81 01 05 00000000 08 03000000 d0070000 0300 616263 000000",
    NULL },
  { "its payload is not in its length",
    "51 5d 2000 0300 e8030000 0000 81 01 05 00000000 08 03000000 d0070000 0300 616263 0000", NULL },

  /* compressed payloads: pieces with a length each, from time to time */
  { "compressed", "00 5d e8030000 1400 83 ff d0070000 01 28 02 6162 01 63",
    "1000+20 end 21: 3k#255 0/2 t2000 ab; 3k#256 0/1 t2040 c; " },
  { "compressed, and padding", "08 5d 01 e8030000 1400 03 05 d0070000 01 28 02 6162 01 63 00",
    "1000+20 end 22: 3#5 0/2 t2000 ab; 3#6 0/1 t2040 c; " },
  { "compressed, with a payload behind",
    "01 5d e8030000 1400 42 03 05 d0070000 01 28 05 02 6162 01 63 01 05 00000000 08 02000000 "
    "d0070000 01 64",
    "1000+20 end 40: 3#5 0/2 t2000 ab; 3#6 0/1 t2040 c; 1#5 0/2 t2000 d; " },
  { "compressed, an empty piece has its time", "00 5d e8030000 1400 03 05 d0070000 01 28 00 01 63",
    "1000+20 end 19: 3#6 0/1 t2040 c; " },
  { "compressed, a piece longer by a byte",
    "00 5d e8030000 1400 03 05 d0070000 01 28 02 6162 02 63", NULL },
  { "compressed, a piece that reaches into the next payload",
    "01 5d e8030000 1400 42 03 05 d0070000 01 28 03 03 6162 01 05 00000000 08 02000000 d0070000 01 "
    "64",
    NULL },
  { "compressed, with a time that is too narrow",
    "00 59 e8030000 1400 83 ff d007 01 28 02 6162 01 63", NULL },
  { "compressed, of nothing",
    "01 5d e8030000 1400 42 03 05 d0070000 01 28 00 01 05 00000000 08 02000000 d0070000 01 64",
    "1000+20 end 35: 1#5 0/2 t2000 d; " },
  { "compressed, times that wrap", "00 5d e8030000 1400 03 05 ffffffff 01 02 01 61 01 62",
    "1000+20 end 20: 3#5 0/1 t4294967295 a; 3#6 0/1 t1 b; " },

  /* what was rebuilt from parity is as long as the longest of its span */
  { "zeros behind a single payload",
    "820000 00 5d e8030000 1400 01 05 02000000 08 05000000 d0070000 616263 0000",
    "1000+20 end 29: 1#5 2/5 t2000 abc; " },
  { "zeros behind several",
    "01 5d e8030000 1400 41 01 05 00000000 08 02000000 d0070000 02 6162 000000",
    "1000+20 end 27: 1#5 0/2 t2000 ab; " },
  { "zeros behind compressed ones", "00 5d e8030000 1400 03 05 d0070000 01 28 02 6162 01 63 000000",
    "1000+20 end 21: 3#5 0/2 t2000 ab; 3#6 0/1 t2040 c; " },
  { "an offset behind the object", "00 5d e8030000 1400 01 05 09000000 08 03000000 d0070000 616263",
    "1000+20 end 26: 1#5 9/3 t2000 abc; " },

  /* parity: only what stands in front is read */
  { "parity", "92 1b2a ffffffff", "parity 3 1b 2a end 7" },
  { "parity of nothing", "92 1b2a", "parity 3 1b 2a end 3" },
  { "parity without numbers", "90 ffff", "parity 1 00 00 end 3" },
  { "parity cut in front", "92 1b", NULL },
  { "empty", "", NULL },
};

/* @hex: as in the table; @length: set to that of what is returned */
static guint8 *
from_hex (const char *hex, gsize *length)
{
  guint8 *bytes = g_malloc (strlen (hex) / 2 + 1);

  *length = 0;
  for (const char *at = hex; *at != '\0'; at += *at == ' ' ? 1 : 2) {
    if (*at != ' ')
      bytes[(*length)++]
          = (guint8) (g_ascii_xdigit_value (at[0]) << 4 | g_ascii_xdigit_value (at[1]));
  }
  return bytes;
}

static char *
describe (LecAsfPacket *packet)
{
  GString *text = g_string_new (NULL);
  LecAsfPayload payload;

  if (packet->is_parity) {
    g_string_printf (text, "parity %u %02x %02x end %" G_GSIZE_FORMAT, packet->correction_length,
                     packet->number, packet->cycle, packet->end);
    return g_string_free (text, FALSE);
  }
  g_string_printf (text, "%u+%u end %" G_GSIZE_FORMAT ": ", packet->send_time, packet->duration,
                   packet->end);
  while (lec_asf_packet_next (packet, &payload)) {
    g_assert_cmpuint (*payload.start & 0x7f, ==, payload.stream);
    g_string_append_printf (text, "%u%s#%u %u/%u t%u ", payload.stream,
                            payload.is_key_frame ? "k" : "", payload.object, payload.offset,
                            payload.object_size, payload.presentation);
    g_string_append_len (text, (const char *) payload.data, (gssize) payload.size);
    g_string_append (text, "; ");
  }
  return g_string_free (text, FALSE);
}

static void
test_row (gconstpointer data)
{
  const typeof (rows[0]) *row = data;
  gsize length;
  g_autofree guint8 *bytes = from_hex (row->bytes, &length);
  g_autofree char *read = NULL;
  LecAsfPacket packet;

  if (lec_asf_packet_read (bytes, length, &packet))
    read = describe (&packet);
  g_assert_cmpstr (read, ==, row->read);
}

/* No prefix leads outside, as a sanitizer would see; and what it says of its end is there. */
static void
test_prefixes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    gsize length;
    g_autofree guint8 *bytes = from_hex (rows[i].bytes, &length);

    for (gsize part = 0; part <= length; part++) {
      g_autofree guint8 *copy = g_memdup2 (bytes, part);
      g_autofree char *read = NULL;
      LecAsfPacket packet;

      if (!lec_asf_packet_read (copy, part, &packet))
        continue;
      g_assert_cmpuint (packet.end, <=, packet.whole);
      g_assert_cmpuint (packet.whole, <=, part);
      read = describe (&packet);
    }
  }
}

/* The payloads may be read again from the same packet, and a failure leaves it alone. */
static void
test_again (void)
{
  gsize length;
  g_autofree guint8 *bytes
      = from_hex ("00 5d e8030000 1400 01 05 00000000 08 03000000 d0070000 616263", &length);
  LecAsfPacket packet, copy;
  LecAsfPayload payload;

  g_assert_true (lec_asf_packet_read (bytes, length, &packet));
  copy = packet;
  g_assert_true (lec_asf_packet_next (&packet, &payload));
  g_assert_false (lec_asf_packet_next (&packet, &payload));
  g_assert_false (lec_asf_packet_next (&packet, &payload));
  g_assert_true (lec_asf_packet_next (&copy, &payload));
  g_assert_cmpmem (payload.data, payload.size, "abc", 3);
  copy.send_time = 77;
  g_assert_false (lec_asf_packet_read (bytes, 5, &copy));
  g_assert_cmpuint (copy.send_time, ==, 77);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/asf-packet/%s", rows[i].story);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/asf-packet/prefixes", test_prefixes);
  g_test_add_func ("/asf-packet/again", test_again);
  return g_test_run ();
}
