/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sap.h"

#include <gio/gio.h>
#include <string.h>

#include "announce/inflate.h"
#include "channel/error.h"

#define SDP "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=Hall\r\n"
#define TYPE "application/sdp\0"
#define HEAD "\x20\x00\x12\x34\xc0\x00\x02\x01" /* from 192.0.2.1, hash 0x1234 */

/* One datagram; either what is understood of it, or a piece of the sentence that refuses it. */
typedef struct
{
  const char *story;
  const char *bytes;
  gsize length;
  LecSapKind kind;
  guint16 hash;
  const char *source;
  const char *sdp;
  const char *refusal;
} Row;

#define BYTES(text) text, sizeof (text) - 1

static const Row rows[] = {
  { "usual", BYTES (HEAD TYPE SDP), LEC_SAP_ANNOUNCE, 0x1234, "192.0.2.1", SDP },
  { "no payload type", BYTES (HEAD SDP), LEC_SAP_ANNOUNCE, 0x1234, "192.0.2.1", SDP },
  { "payload type in capitals", BYTES (HEAD "Application/SDP\0" SDP), LEC_SAP_ANNOUNCE, 0x1234,
    "192.0.2.1", SDP },
  { "payload type with a parameter", BYTES (HEAD "application/sdp; charset=utf-8\0" SDP),
    LEC_SAP_ANNOUNCE, 0x1234, "192.0.2.1", SDP },
  { "NUL bytes at the end", BYTES (HEAD TYPE SDP "\0\0"), LEC_SAP_ANNOUNCE, 0x1234, "192.0.2.1",
    SDP },
  { "no hash", BYTES ("\x20\x00\x00\x00\xc0\x00\x02\x01" TYPE SDP), LEC_SAP_ANNOUNCE, 0,
    "192.0.2.1", SDP },
  { "IPv6", BYTES ("\x30\x00\x12\x34\xfd\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x07" TYPE SDP),
    LEC_SAP_ANNOUNCE, 0x1234, "fd00::7", SDP },
  { "authentication in words of four bytes",
    BYTES ("\x20\x02\x12\x34\xc0\x00\x02\x01"
           "12345678" TYPE SDP),
    LEC_SAP_ANNOUNCE, 0x1234, "192.0.2.1", SDP },
  { "reserved bit", BYTES ("\x28\x00\x12\x34\xc0\x00\x02\x01" TYPE SDP), LEC_SAP_ANNOUNCE, 0x1234,
    "192.0.2.1", SDP },
  { "deletion", BYTES ("\x24\x00\x12\x34\xc0\x00\x02\x01" TYPE SDP), LEC_SAP_DELETE, 0x1234,
    "192.0.2.1", SDP },
  { "deletion by its origin", BYTES ("\x24\x00\x12\x34\xc0\x00\x02\x01o=- 1 1 IN IP4 192.0.2.1"),
    LEC_SAP_DELETE, 0x1234, "192.0.2.1", "o=- 1 1 IN IP4 192.0.2.1" },
  { "deletion of nothing but a hash", BYTES ("\x24\x00\x12\x34\xc0\x00\x02\x01"), LEC_SAP_DELETE,
    0x1234, "192.0.2.1", "" },

  { "empty", BYTES (""), .refusal = "header is truncated" },
  { "three bytes", BYTES ("\x20\x00\x12"), .refusal = "header is truncated" },
  { "half an address", BYTES ("\x20\x00\x12\x34\xc0\x00"), .refusal = "header is truncated" },
  { "IPv4 address where IPv6 is said",
    BYTES ("\x30\x00\x12\x34\xc0\x00\x02\x01"
           "v=0\r\n"),
    .refusal = "header is truncated" },
  { "more authentication than there is", BYTES ("\x20\xff\x12\x34\xc0\x00\x02\x01" TYPE SDP),
    .refusal = "header is truncated" },
  { "header only", BYTES (HEAD), .refusal = "is not a session description" },
  { "type only", BYTES (HEAD TYPE), .refusal = "payload is empty" },
  { "another type", BYTES (HEAD "text/html\0<html>"), .refusal = "is not a session description" },
  { "a longer type of that beginning", BYTES (HEAD "application/sdpx\0" SDP),
    .refusal = "is not a session description" },
  { "no text", BYTES (HEAD "\xff\xfe\x00\x01"), .refusal = "is not a session description" },
  { "version 0", BYTES ("\x00\x00\x12\x34\xc0\x00\x02\x01" TYPE SDP), .refusal = "SAP version" },
  { "version 2", BYTES ("\x40\x00\x12\x34\xc0\x00\x02\x01" TYPE SDP), .refusal = "SAP version" },
  { "encrypted", BYTES ("\x22\x00\x12\x34\xc0\x00\x02\x01" TYPE SDP), .refusal = "encrypted" },
  { "compressed, but it is not", BYTES ("\x21\x00\x12\x34\xc0\x00\x02\x01" TYPE SDP),
    .refusal = "cannot be unpacked" },
  { "compressed nothing", BYTES ("\x21\x00\x12\x34\xc0\x00\x02\x01"),
    .refusal = "cannot be unpacked" },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GError) error = NULL;
  /* its own piece of memory, so that a byte too far is seen */
  g_autofree guint8 *bytes = g_memdup2 (row->bytes, row->length);
  g_autoptr (LecSapMessage) message = lec_sap_parse (bytes, row->length, &error);

  if (row->refusal != NULL) {
    g_assert_null (message);
    g_assert_true (error->domain == LEC_ERROR);
    g_assert_nonnull (strstr (error->message, row->refusal));
    return;
  }
  g_assert_no_error (error);
  g_assert_cmpint (message->kind, ==, row->kind);
  g_assert_cmpuint (message->hash, ==, row->hash);
  g_assert_cmpstr (message->source, ==, row->source);
  g_assert_cmpstr (message->sdp, ==, row->sdp);
}

static GByteArray *
deflate (const char *text, gsize length)
{
  g_autoptr (GConverter) converter
      = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9));
  g_autoptr (GInputStream) plain
      = g_memory_input_stream_new_from_data (text, (gssize) length, NULL);
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (plain, converter);
  GByteArray *bytes = g_byte_array_new ();
  guint8 buffer[4096];
  gssize got;

  while ((got = g_input_stream_read (stream, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_byte_array_append (bytes, buffer, (guint) got);
  return bytes;
}

/* A compressed announcement: @before is not compressed, @text is. */
static LecSapMessage *
parse_compressed (const char *before,
                  gsize before_length,
                  const char *text,
                  gsize length,
                  GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GByteArray) compressed = deflate (text, length);

  g_byte_array_append (bytes, (const guint8 *) "\x21\x00\x12\x34\xc0\x00\x02\x01", 8);
  g_byte_array_append (bytes, (const guint8 *) before, (guint) before_length);
  g_byte_array_append (bytes, compressed->data, compressed->len);
  return lec_sap_parse (bytes->data, bytes->len, error);
}

static void
test_compressed (void)
{
  g_autoptr (LecSapMessage) all = parse_compressed (BYTES (""), BYTES (TYPE SDP), NULL);
  g_autoptr (LecSapMessage) text = parse_compressed (BYTES (TYPE), BYTES (SDP), NULL);
  g_autoptr (LecSapMessage) bare = parse_compressed (BYTES (""), BYTES (SDP), NULL);

  g_assert_cmpstr (all->sdp, ==, SDP);
  g_assert_cmpstr (text->sdp, ==, SDP);
  g_assert_cmpstr (bare->sdp, ==, SDP);
}

static void
test_bomb (void)
{
  const gsize size = 64 * 1024 * 1024;
  g_autofree char *zeros = g_malloc0 (size);
  g_autoptr (GError) error = NULL;
  g_autoptr (LecSapMessage) message = NULL;

  memset (zeros, 'a', size);
  memcpy (zeros, SDP, sizeof SDP - 1);
  message = parse_compressed (BYTES (""), zeros, size, &error);
  g_assert_null (message);
  g_assert_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED);
}

static void
test_cut (void)
{
  g_autoptr (GByteArray) compressed = deflate (BYTES (SDP));

  for (gsize length = 0; length < compressed->len; length++) {
    g_autofree guint8 *bytes = g_memdup2 (compressed->data, MAX (length, 1));
    g_autoptr (GError) error = NULL;

    g_assert_null (lec_inflate (bytes, length, 1000, &error));
    g_assert_error (error, LEC_ERROR, LEC_ERROR_MALFORMED);
  }
}

/* What we send is what we understand. */
static void
test_print (void)
{
  static const char *const sources[] = { "192.0.2.1", "fd00::7" };

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++) {
    g_autoptr (GBytes) announcement = lec_sap_print (LEC_SAP_ANNOUNCE, sources[i], SDP);
    g_autoptr (GBytes) deletion = lec_sap_print (LEC_SAP_DELETE, sources[i], SDP);
    gsize lengths[2];
    const guint8 *bytes[2] = { g_bytes_get_data (announcement, &lengths[0]),
                               g_bytes_get_data (deletion, &lengths[1]) };
    g_autoptr (LecSapMessage) first = lec_sap_parse (bytes[0], lengths[0], NULL);
    g_autoptr (LecSapMessage) last = lec_sap_parse (bytes[1], lengths[1], NULL);

    g_assert_cmpint (first->kind, ==, LEC_SAP_ANNOUNCE);
    g_assert_cmpint (last->kind, ==, LEC_SAP_DELETE);
    g_assert_cmpstr (first->source, ==, sources[i]);
    g_assert_cmpstr (first->sdp, ==, SDP);
    g_assert_cmpuint (first->hash, !=, 0);
    g_assert_cmpuint (first->hash, ==, last->hash);
  }
  g_assert_null (lec_sap_print (LEC_SAP_ANNOUNCE, "hall.example", SDP));
}

static void
test_groups (void)
{
  static const char *const groups[][3] = {
    { "239.255.1.2", "239.255.255.255", NULL },
    { "239.192.7.1", "239.195.255.255", NULL },
    { "239.195.0.1", "239.195.255.255", NULL },
    { "224.0.0.77", "224.0.0.255", NULL },
    { "224.2.17.12", "224.2.127.254", NULL },
    { "239.100.9.10", "224.2.127.254", "239.100.255.255" },
    { "232.1.1.1", "224.2.127.254", NULL },
    { "ff15::1", "ff05::2:7ffe", NULL },
    { "ff3e::8232:232", "ff0e::2:7ffe", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++) {
    g_autofree char *group = lec_sap_dup_group (groups[i][0]);
    g_autofree char *scope = lec_sap_dup_scope_group (groups[i][0]);

    g_assert_cmpstr (group, ==, groups[i][1]);
    g_assert_cmpstr (scope, ==, groups[i][2]);
  }
}

static void
test_interval (void)
{
  static const struct
  {
    gsize size;
    guint count;
    const char *group;
    guint interval;
  } intervals[] = {
    { 500, 1, "224.2.127.254", 300000 },    { 500, 300, "224.2.127.254", 300000 },
    { 500, 600, "224.2.127.254", 600000 },  { 500, 0, "239.255.255.255", 10000 },
    { 500, 10, "239.255.255.255", 10000 },  { 500, 40, "239.255.255.255", 40000 },
    { 500, 4096, "ff02::2:7ffe", 3600000 }, { 500, 1, "ff05::2:7ffe", 300000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (intervals); i++)
    g_assert_cmpuint (
        lec_sap_get_interval (intervals[i].size, intervals[i].count, intervals[i].group), ==,
        intervals[i].interval);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/sap/%s", rows[i].story);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/sap/compressed", test_compressed);
  g_test_add_func ("/sap/bomb", test_bomb);
  g_test_add_func ("/sap/cut", test_cut);
  g_test_add_func ("/sap/print", test_print);
  g_test_add_func ("/sap/groups", test_groups);
  g_test_add_func ("/sap/interval", test_interval);
  return g_test_run ();
}
