/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files of blocks, as Wireshark writes them; made by hand. */
#include "net/pcapng.h"

#include "net/pcap.h"

typedef struct
{
  GByteArray *bytes;
  gboolean little;
} File;

static void
put (File *self, guint64 value, guint size)
{
  for (guint i = 0; i < size; i++) {
    guint8 byte = (guint8) (value >> 8 * (self->little ? i : size - 1 - i));

    g_byte_array_append (self->bytes, &byte, 1);
  }
}

static void
put_block (File *self, guint32 type, const File *body)
{
  const guint length = 12 + ((body->bytes->len + 3u) & ~3u);

  put (self, type, 4);
  put (self, length, 4);
  g_byte_array_append (self->bytes, body->bytes->data, body->bytes->len);
  put (self, 0, length - 12 - body->bytes->len);
  put (self, length, 4);
  g_byte_array_unref (body->bytes);
}

static File
begin (gboolean little)
{
  return (File){ g_byte_array_new (), little };
}

static void
put_section (File *self)
{
  File body = begin (self->little);

  put (&body, 0x1a2b3c4d, 4);
  put (&body, 1, 2);
  put (&body, 0, 2);
  put (&body, G_MAXUINT64, 8);
  put_block (self, 0x0a0d0d0a, &body);
}

/* @resolution: -1: not said. @offset_s: likewise 0 */
static void
put_interface (File *self, guint16 type, int resolution, gint64 offset_s)
{
  File body = begin (self->little);

  put (&body, type, 2);
  put (&body, 0, 2);
  put (&body, 262144, 4);
  put (&body, 2, 2); /* if_name, padded */
  put (&body, 4, 2);
  g_byte_array_append (body.bytes, (const guint8 *) "eth0", 4);
  if (resolution >= 0) {
    put (&body, 9, 2);
    put (&body, 1, 2);
    put (&body, (guint64) resolution, 1);
    put (&body, 0, 3);
  }
  if (offset_s != 0) {
    put (&body, 14, 2);
    put (&body, 8, 2);
    put (&body, (guint64) offset_s, 8);
  }
  put (&body, 0, 4);
  put_block (self, 1, &body);
}

/* Raw IP: one byte from 192.0.2.1:4000 to 239.1.1.1:5004. */
static void
put_datagram (File *self, guint8 value)
{
  static const guint8 before[] = { 0x45, 0, 0,   29, 0, 0, 0,   0,    64,   17,   0, 0, 192, 0,
                                   2,    1, 239, 1,  1, 1, 0xf, 0xa0, 0x13, 0x8c, 0, 9, 0,   0 };

  g_byte_array_append (self->bytes, before, sizeof before);
  g_byte_array_append (self->bytes, &value, 1);
}

/* @block: 6, or the obsolete 2 */
static void
put_packet (File *self, guint32 block, guint interface, guint64 stamp, guint8 value)
{
  File body = begin (self->little);

  if (block == 6)
    put (&body, interface, 4);
  else
    put (&body, self->little ? interface : interface << 16, 4);
  put (&body, stamp >> 32, 4);
  put (&body, stamp & G_MAXUINT32, 4);
  put (&body, 29, 4);
  put (&body, 29, 4);
  put_datagram (&body, value);
  put_block (self, block, &body);
}

static void
put_other (File *self, guint32 type)
{
  File body = begin (self->little);

  put (&body, 7, 4);
  put_block (self, type, &body);
}

/* "1@7000123000 2@…": each datagram with its time. */
static char *
read_all (const guint8 *bytes, gsize size)
{
  g_autoptr (GString) all = g_string_new (NULL);
  LecPcapDatagram datagram;
  LecPcap pcap;

  g_assert_true (lec_pcap_init (&pcap, bytes, size, NULL));
  while (lec_pcap_next (&pcap, &datagram)) {
    g_assert_cmpuint (datagram.size, ==, 1);
    g_string_append_printf (all, " %u@%" G_GINT64_FORMAT, datagram.bytes[0], datagram.real_ns);
  }
  return g_strdup (all->str);
}

static void
check (File *self, const char *expected)
{
  g_autofree char *all = read_all (self->bytes->data, self->bytes->len);

  g_assert_cmpstr (all, ==, expected);
  g_byte_array_unref (self->bytes);
}

static void
test_order (void)
{
  for (guint little = 0; little < 2; little++) {
    File file = begin (little != 0);

    put_section (&file);
    put_interface (&file, 101, -1, 0);
    put_other (&file, 4); /* names */
    put_packet (&file, 6, 0, 7000123, 1);
    put_other (&file, 3); /* a packet without a time */
    put_packet (&file, 2, 0, 8000000, 2);
    put_packet (&file, 6, 1, 9000000, 3); /* of an interface that is not there */
    put_other (&file, 0xbad);
    check (&file, " 1@7000123000 2@8000000000");
  }
}

static void
test_times (void)
{
  static const struct
  {
    int resolution;
    gint64 offset_s;
    guint64 stamp;
    const char *expected;
  } rows[] = {
    { -1, 0, 7000123, " 1@7000123000" },
    { 9, 0, 7000123456, " 1@7000123456" },
    { 3, 0, 7000, " 1@7000000000" },
    { 0, 0, 7, " 1@7000000000" },
    { 0x81, 0, 15, " 1@7500000000" },
    { 6, 5, 7000000, " 1@12000000000" },
    { 6, -5, 7000000, " 1@2000000000" },
    { 6, -8, 7000000, " 1@0" },
    /* nonsense ends somewhere */
    { 0, 0, G_MAXUINT64, " 1@9223372035000000000" },
    { 0, G_MAXINT64, G_MAXUINT64, " 1@9223372035000000000" },
    { 255, G_MININT64, G_MAXUINT64, " 1@999999999" },
    { 127, 0, 5, " 1@0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    File file = begin (TRUE);

    g_test_message ("%d %" G_GINT64_FORMAT, rows[i].resolution, rows[i].offset_s);
    put_section (&file);
    put_interface (&file, 101, rows[i].resolution, rows[i].offset_s);
    put_packet (&file, 6, 0, rows[i].stamp, 1);
    check (&file, rows[i].expected);
  }
}

/* Each has its own link and time; one that cannot be read, and those beyond the bound, have none
 * of their packets read. A section begins with no interface, and an order of its own. */
static void
test_interfaces (void)
{
  File file = begin (TRUE);

  put_section (&file);
  put_interface (&file, 105, -1, 0);
  put_interface (&file, 101, 3, 0);
  for (guint i = 2; i <= LEC_PCAPNG_LINKS; i++)
    put_interface (&file, 101, -1, 0);
  put_packet (&file, 6, 0, 1000000, 1);
  put_packet (&file, 6, 1, 2000, 2);
  put_packet (&file, 6, LEC_PCAPNG_LINKS - 1, 3000000, 3);
  put_packet (&file, 6, LEC_PCAPNG_LINKS, 4000000, 4);
  file.little = FALSE;
  put_section (&file);
  put_packet (&file, 6, 0, 5000000, 5);
  put_interface (&file, 101, -1, 0);
  put_packet (&file, 6, 0, 6000000, 6);
  check (&file, " 2@2000000000 3@3000000000 6@6000000000");
}

/* Wherever it is cut, and whichever byte of it is another one, it ends, and says no more than there
 * is. */
static void
test_hostile (void)
{
  static const guint8 values[] = { 0, 1, 0x7f, 0x80, 0xff };
  File file = begin (TRUE);

  put_section (&file);
  put_interface (&file, 101, 9, 1);
  put_packet (&file, 6, 0, 7000000, 1);
  put_packet (&file, 2, 0, 8000000, 1);
  for (guint at = 4; at < file.bytes->len; at++) {
    for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
      for (guint cut = 0; cut < 2; cut++) {
        const gsize size = cut ? at + 1 : file.bytes->len;
        g_autofree guint8 *copy = g_memdup2 (file.bytes->data, size);
        LecPcapDatagram datagram;
        LecPcap pcap;

        copy[at] = values[i];
        g_assert_true (lec_pcap_init (&pcap, copy, size, NULL));
        while (lec_pcap_next (&pcap, &datagram)) {
          g_assert_cmpint (datagram.real_ns, >=, 0);
          g_assert_true (datagram.bytes + datagram.size <= copy + size);
        }
      }
    }
  }
  g_byte_array_unref (file.bytes);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pcapng/order", test_order);
  g_test_add_func ("/pcapng/times", test_times);
  g_test_add_func ("/pcapng/interfaces", test_interfaces);
  g_test_add_func ("/pcapng/hostile", test_hostile);
  return g_test_run ();
}
