/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/pcap.h"

#include <string.h>

#include "channel/error.h"
#include "net/host.h"

/* ---- files made by hand ---- */

typedef struct
{
  gboolean little, nanoseconds;
  guint32 link;
} Kind;

static void
put8 (GByteArray *file, guint8 value)
{
  g_byte_array_append (file, &value, 1);
}

static void
put16 (GByteArray *file, guint value)
{
  put8 (file, (guint8) (value >> 8));
  put8 (file, (guint8) value);
}

/* A number of the file's own. */
static void
put_own (GByteArray *file, const Kind *kind, guint32 value)
{
  guint32 bytes = kind->little ? GUINT32_TO_LE (value) : GUINT32_TO_BE (value);

  g_byte_array_append (file, (const guint8 *) &bytes, sizeof bytes);
}

static GByteArray *
begin_file (const Kind *kind)
{
  GByteArray *file = g_byte_array_new ();

  put_own (file, kind, kind->nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4);
  put_own (file, kind, kind->little ? 2 | 4 << 16 : 2 << 16 | 4);
  put_own (file, kind, 0);
  put_own (file, kind, 0);
  put_own (file, kind, 65535);
  put_own (file, kind, kind->link);
  return file;
}

static void
put_record (GByteArray *file,
            const Kind *kind,
            guint32 seconds,
            guint32 fraction,
            GByteArray *bytes)
{
  put_own (file, kind, seconds);
  put_own (file, kind, fraction);
  put_own (file, kind, bytes->len);
  put_own (file, kind, bytes->len);
  g_byte_array_append (file, bytes->data, bytes->len);
}

/* What a datagram is wrapped in, and what may be wrong about it. */
typedef struct
{
  const char *story;
  guint vlans;
  gboolean v6;
  guint8 options; /* [words] of the IPv4 header */
  guint8 protocol;
  guint16 fragment;
  gint udp_length; /* more than it is */
  guint16 ethertype;
  gboolean good;
} Wrapping;

static const Wrapping wrappings[] = {
  { "IPv4", .protocol = IPPROTO_UDP, .good = TRUE },
  { "IPv4 with options", .protocol = IPPROTO_UDP, .options = 3, .good = TRUE },
  { "IPv4, may not be fragmented", .protocol = IPPROTO_UDP, .fragment = 0x4000, .good = TRUE },
  { "IPv4, the first fragment", .protocol = IPPROTO_UDP, .fragment = 0x2000 },
  { "IPv4, a later fragment", .protocol = IPPROTO_UDP, .fragment = 5 },
  { "TCP", .protocol = IPPROTO_TCP },
  { "IPv6", .v6 = TRUE, .protocol = IPPROTO_UDP, .good = TRUE },
  { "ICMPv6", .v6 = TRUE, .protocol = IPPROTO_ICMPV6 },
  { "cut", .protocol = IPPROTO_UDP, .udp_length = 1 },
  { "with something behind it", .protocol = IPPROTO_UDP, .udp_length = -2, .good = TRUE },
  { "shorter than its header", .protocol = IPPROTO_UDP, .udp_length = -8 },
  { "in a VLAN", .vlans = 1, .protocol = IPPROTO_UDP, .good = TRUE },
  { "in a VLAN in a VLAN", .vlans = 2, .v6 = TRUE, .protocol = IPPROTO_UDP, .good = TRUE },
  { "in too many VLANs", .vlans = 3, .protocol = IPPROTO_UDP },
  { "no IP", .protocol = IPPROTO_UDP, .ethertype = 0x0806 },
};

static void
put_ipv4 (GByteArray *bytes, const Wrapping *wrapping, guint size)
{
  static const guint8 addresses[] = { 192, 0, 2, 1, 239, 1, 1, 1 };

  put8 (bytes, (guint8) (0x45 + wrapping->options));
  put8 (bytes, 0);
  put16 (bytes, 20 + 4 * wrapping->options + 8 + size);
  put16 (bytes, 0);
  put16 (bytes, wrapping->fragment);
  put8 (bytes, 64);
  put8 (bytes, wrapping->protocol);
  put16 (bytes, 0);
  g_byte_array_append (bytes, addresses, sizeof addresses);
  for (guint i = 0; i < 4u * wrapping->options; i++)
    put8 (bytes, 1);
}

static void
put_ipv6 (GByteArray *bytes, const Wrapping *wrapping, guint size)
{
  static const guint8 from[16] = { 0x20, 1, 0xd, 0xb8, [15] = 1 };
  static const guint8 to[16] = { 0xff, 0x15, [15] = 1 };

  put16 (bytes, 0x6000);
  put16 (bytes, 0);
  put16 (bytes, 8 + size);
  put8 (bytes, wrapping->protocol);
  put8 (bytes, 64);
  g_byte_array_append (bytes, from, sizeof from);
  g_byte_array_append (bytes, to, sizeof to);
}

/* What a kind of link has before the IP header. */
typedef struct
{
  guint32 type;
  guint before, after; /* [bytes] around what tells what is behind it... */
  gboolean is_silent;  /* ...which does not tell it */
} Link;

static const Link links[] = {
  { 0, 4, 0, TRUE },   { 1, 12, 0, FALSE }, { 12, 0, 0, TRUE },
  { 101, 0, 0, TRUE }, { 108, 4, 0, TRUE }, { 113, 14, 0, FALSE },
  { 228, 0, 0, TRUE }, { 229, 0, 0, TRUE }, { 276, 0, 18, FALSE },
};

static const Link *
find_link (guint32 type)
{
  for (guint i = 0; i < G_N_ELEMENTS (links); i++) {
    if (links[i].type == (type & 0xffff))
      return &links[i];
  }
  g_assert_not_reached ();
}

static void
put_padding (GByteArray *bytes, guint count)
{
  for (guint i = 0; i < count; i++)
    put8 (bytes, 2);
}

static void
put_link (GByteArray *bytes, const Link *link, const Wrapping *wrapping)
{
  guint type = wrapping->ethertype != 0 ? wrapping->ethertype : wrapping->v6 ? 0x86dd : 0x0800;

  put_padding (bytes, link->before);
  if (!link->is_silent)
    put16 (bytes, wrapping->vlans > 1 ? 0x88a8 : wrapping->vlans == 1 ? 0x8100 : type);
  put_padding (bytes, link->after);
  for (guint i = wrapping->vlans; i > 0; i--) {
    put16 (bytes, 7);
    put16 (bytes, i > 1 ? 0x8100 : type);
  }
}

/* "lectern" from port 4000 to port 5004. */
static GByteArray *
wrap (const Kind *kind, const Wrapping *wrapping)
{
  GByteArray *bytes = g_byte_array_new ();

  put_link (bytes, find_link (kind->link), wrapping);
  if (wrapping->v6)
    put_ipv6 (bytes, wrapping, 7);
  else
    put_ipv4 (bytes, wrapping, 7);
  put16 (bytes, 4000);
  put16 (bytes, 5004);
  put16 (bytes, (guint) (15 + wrapping->udp_length));
  put16 (bytes, 0);
  g_byte_array_append (bytes, (const guint8 *) "lectern", 7);
  return bytes;
}

/* ---- */

static gboolean
open_bytes (LecPcap *pcap, const GByteArray *file)
{
  g_autoptr (GError) error = NULL;

  lec_pcap_init (pcap, file->data, file->len, &error);
  g_assert_no_error (error);
  return TRUE;
}

static void
check_good (const LecPcapDatagram *datagram, const Wrapping *wrapping)
{
  const guint left_out = (guint) -wrapping->udp_length;
  struct sockaddr_storage from, to;

  g_assert_true (lec_host_parse (wrapping->v6 ? "2001:db8::1" : "192.0.2.1", 0, &from));
  g_assert_true (lec_host_parse (wrapping->v6 ? "ff15::1" : "239.1.1.1", 0, &to));
  g_assert_true (lec_host_equal (&datagram->from, &from));
  g_assert_true (lec_host_equal (&datagram->to, &to));
  g_assert_cmpuint (lec_host_get_port (&datagram->from), ==, 4000);
  g_assert_cmpuint (lec_host_get_port (&datagram->to), ==, 5004);
  g_assert_cmpmem (datagram->bytes, datagram->size, "lectern", 7 - left_out);
  g_assert_cmpint (datagram->real_ns, ==, G_GINT64_CONSTANT (7000123000));
}

static void
check_file (const Kind *kind, const Wrapping *wrapping)
{
  const Wrapping last = { "the last one", .protocol = IPPROTO_UDP, .good = TRUE };
  const guint32 fraction = kind->nanoseconds ? 123000 : 123;
  g_autoptr (GByteArray) file = begin_file (kind);
  g_autoptr (GByteArray) one = wrap (kind, wrapping);
  g_autoptr (GByteArray) another = wrap (kind, &last);
  LecPcapDatagram datagram;
  LecPcap pcap;

  g_test_message ("link %u, %s", kind->link, wrapping->story);
  put_record (file, kind, 7, fraction, one);
  put_record (file, kind, 7, fraction, another);
  open_bytes (&pcap, file);
  if (wrapping->good) {
    g_assert_true (lec_pcap_next (&pcap, &datagram));
    check_good (&datagram, wrapping);
  }
  g_assert_true (lec_pcap_next (&pcap, &datagram));
  check_good (&datagram, &last);
  g_assert_false (lec_pcap_next (&pcap, &datagram));
  g_assert_cmpuint (pcap.cut, ==, wrapping->udp_length > 0);
}

/* Of each kind of file, each wrapping; what is not good is passed over, and the next one found. */
static void
test_wrappings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (links); i++) {
    for (guint order = 0; order < 4; order++) {
      const Kind kind
          = { (order & 1) != 0, (order & 2) != 0, links[i].type | (order == 3 ? 1u << 28 : 0) };

      for (guint j = 0; j < G_N_ELEMENTS (wrappings); j++) {
        if (!links[i].is_silent || (wrappings[j].vlans == 0 && wrappings[j].ethertype == 0))
          check_file (&kind, &wrappings[j]);
      }
    }
  }
}

static void
test_refused (void)
{
  static const Kind wireless = { TRUE, FALSE, 105 };
  g_autoptr (GByteArray) other = begin_file (&wireless);
  const struct
  {
    const char *bytes;
    gsize size;
    LecError code;
    const char *message;
  } rows[] = {
    { "", 0, LEC_ERROR_MALFORMED, "this is not a capture file (pcap)" },
    { "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n", 30, LEC_ERROR_MALFORMED,
      "this is not a capture file (pcap)" },
    { "\xd4\xc3\xb2\xa1\2\0\4\0\0\0\0\0\0\0\0\0\0\0\1\0\1\0\0", 23, LEC_ERROR_MALFORMED,
      "this capture file ends within its header" },
    { (const char *) other->data, other->len, LEC_ERROR_UNSUPPORTED,
      "this was captured on a link of type 105; only Ethernet and IP can be read" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    LecPcap pcap;

    g_assert_false (lec_pcap_init (&pcap, (const guint8 *) rows[i].bytes, rows[i].size, &error));
    g_assert_error (error, LEC_ERROR, (int) rows[i].code);
    g_assert_cmpstr (error->message, ==, rows[i].message);
  }
}

/* The first @size bytes of @file, and one of them another. */
static void
read_changed (const GByteArray *file, gsize size, gsize at, guint8 value)
{
  g_autofree guint8 *copy = g_memdup2 (file->data, size);
  LecPcapDatagram datagram;
  guint count = 0;
  LecPcap pcap;

  copy[at] = value;
  if (!lec_pcap_init (&pcap, copy, size, NULL))
    return;
  for (; lec_pcap_next (&pcap, &datagram); count++) {
    g_assert_cmpint (datagram.real_ns, >=, 0);
    g_assert_true (datagram.bytes + datagram.size <= copy + size);
  }
  g_assert_cmpuint (count, <=, size / 16);
}

/* However it lies about lengths and times, a file ends; and nothing outside of it is read, which a
 * sanitizer would see. */
static void
test_hostile (void)
{
  static const guint8 values[] = { 0, 1, 0x7f, 0x80, 0xff };
  static const Kind kind = { TRUE, FALSE, 1 };
  g_autoptr (GByteArray) file = begin_file (&kind);

  for (guint i = 0; i < G_N_ELEMENTS (wrappings); i++) {
    g_autoptr (GByteArray) bytes = wrap (&kind, &wrappings[i]);

    put_record (file, &kind, 0xffffffff, 0xffffffff, bytes);
  }
  for (guint at = 0; at < file->len; at++) {
    for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
      read_changed (file, file->len, at, values[i]);
      read_changed (file, at + 1, at, values[i]);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pcap/wrappings", test_wrappings);
  g_test_add_func ("/pcap/refused", test_refused);
  g_test_add_func ("/pcap/hostile", test_hostile);
  return g_test_run ();
}
