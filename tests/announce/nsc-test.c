/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/nsc.h"
#include "announce/recognise.h"

#include <string.h>

#include "announce/nsc-value.h"
#include "channel/error.h"
#include "facts.h"
#include "rows.h"
#include "wire/asf-header.h"

/* Blocks whose values are known from specifications and real files. */
static const struct
{
  const char *story;
  const char *value;
  const char *text; /* NULL: of bytes */
  guint8 sum;
  guint32 key;
  gsize length;
} vectors[] = {
  { "version", "029G0000000008Cm0k0300000", "3.0", 0x25, 0, 8 },
  { "relay", "02AW000000000SLm1D0580HG1C0440MG0m0380800i0200GG0000", "WMRELAY02 , A", 0x2a, 0, 28 },
  { "name", "026m000000000QLm1D0300800i0200OW1Y06C0Rm1k06K0000", "WM0 , bbcone", 0x1b, 0, 26 },
  { "adapter", "020G000000000UCG0p0380BW0n03W0DG0k0380CW0q02u0EG0m0000", "132.185.224.90", 0x01, 0,
    30 },
  { "group", "0200000000000UCW0p03C0BW0n0380CW0k0380CW0t02u0DG0n0000", "233.122.227.51", 0x00, 0,
    30 },
  { "empty", "020W0000000002000", "", 0x02, 0, 2 },
  { "nothing", "02000000000000", NULL, 0x00, 0, 0 },
  { "address", "026G000000000URG1j07C0EW0l02y0Sm1o07O0Bm1i06a0TW1b0000", "mms://srv/live", 0x19, 0,
    30 },
  { "beyond ASCII", "027G000000000GKW1X06G0QG1l0200VG4000", "Radio Ž", 0x1d, 0, 16 },
  { "bytes", "029W000IC000050G8310K", NULL, 0x26, 0x123, 5 },
  { "hexadecimal", "0125000000000000000833002E0030000000", "3.0", 0x25, 0, 8 },
};

static void
test_vectors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    const char *value = vectors[i].value;
    g_auto (LecNscBlock) block = { 0 };
    g_autofree char *again = NULL;
    const guint8 *payload;
    gsize length;

    g_test_message ("%s", vectors[i].story);
    g_assert_true (lec_nsc_block_decode (value, &block));
    g_assert_true (block.intact);
    g_assert_cmphex (block.key, ==, vectors[i].key);
    payload = g_bytes_get_data (block.payload, &length);
    g_assert_cmpuint (length, ==, vectors[i].length);
    g_assert_cmpuint (lec_nsc_block_measure (value), ==, strlen (value));
    again = lec_nsc_block_encode (block.key, payload, length);
    if (g_str_has_prefix (value, "02"))
      g_assert_cmpstr (again, ==, value);
  }
}

static void
test_texts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    gboolean intact = FALSE;
    g_autofree char *text = lec_nsc_text_decode (vectors[i].value, &intact);
    g_autofree char *again = lec_nsc_text_encode (vectors[i].text);

    if (vectors[i].text == NULL)
      continue;
    g_assert_true (intact);
    g_assert_cmpstr (text != NULL ? text : "", ==, vectors[i].text);
    if (g_str_has_prefix (vectors[i].value, "02"))
      g_assert_cmpstr (again, ==, vectors[i].value);
  }
}

static void
test_bytes (void)
{
  g_auto (LecNscBlock) block = { 0 };
  gsize length;

  g_assert_true (lec_nsc_block_decode ("029W000IC000050G8310K", &block));
  g_assert_cmpmem (g_bytes_get_data (block.payload, &length), 5, "\1\2\3\4\5", 5);
}

/* What a text is, whatever it looks like. */
static const struct
{
  const char *value;
  const char *text;
  gboolean intact;
} texts[] = {
  { "WM0 , bbcone", "WM0 , bbcone", TRUE },
  { "02server", "02server", TRUE },
  { "02 is the number of the hall", "02 is the number of the hall", TRUE },
  { "0208relay0000000000000", "0208relay0000000000000", TRUE },
  { "01", "01", TRUE },
  { "0125000000000000000833002E00300000", "0125000000000000000833002E00300000", TRUE },
  { "019900000000000000083300", "019900000000000000083300", TRUE },
  { "019900000000000000083300 2E", "019900000000000000083300 2E", TRUE },
  { "01FF000000000000000833002E0030000000", "3.0", FALSE },
  { "010000000000000000073300 ", "010000000000000000073300 ", TRUE },
  { "013700000000000000073300340035000000", "345", FALSE }, /* an odd length */
  { "012500000000000000063300340000000000", "34", FALSE },
  { "010000000000000000040DD80000", "\xef\xbf\xbd", FALSE },
  { "01000000000000000004410000D8", "A\xef\xbf\xbd", FALSE },
};

static void
test_lookalikes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    gboolean intact;
    g_autofree char *text = lec_nsc_text_decode (texts[i].value, &intact);

    g_test_message ("%s", texts[i].value);
    g_assert_cmpstr (text, ==, texts[i].text);
    g_assert_cmpint (intact, ==, texts[i].intact);
  }
}

#define GUIDS 16

/* An ASF header with one stream of each kind that is asked for, and the begin of its data. */
static GByteArray *
header_new (const char *streams)
{
  static const guint8 header[GUIDS] = { 0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11,
                                        0xa6, 0xd9, 0x00, 0xaa, 0x00, 0x62, 0xce, 0x6c };
  static const guint8 stream[GUIDS] = { 0x91, 0x07, 0xdc, 0xb7, 0xb7, 0xa9, 0xcf, 0x11,
                                        0x8e, 0xe6, 0x00, 0xc0, 0x0c, 0x20, 0x53, 0x65 };
  static const guint8 media[2][GUIDS] = {
    { 0x40, 0x9e, 0x69, 0xf8, 0x4d, 0x5b, 0xcf, 0x11, 0xa8, 0xfd, 0x00, 0x80, 0x5f, 0x5c, 0x44,
      0x2b },
    { 0xc0, 0xef, 0x19, 0xbc, 0x4d, 0x5b, 0xcf, 0x11, 0xa8, 0xfd, 0x00, 0x80, 0x5f, 0x5c, 0x44,
      0x2b },
  };
  GByteArray *bytes = g_byte_array_new ();
  guint8 zero[LEC_ASF_DATA_START] = { 0 };
  guint8 *size;

  g_byte_array_append (bytes, header, GUIDS);
  g_byte_array_append (bytes, zero, 14);
  for (const char *kind = streams; *kind != '\0'; kind++) {
    guint8 flags = *kind == 'e' ? 0x80 : 0;

    g_byte_array_append (bytes, stream, GUIDS);
    g_byte_array_append (bytes, (const guint8 *) "\x4e\0\0\0\0\0\0\0", 8);
    g_byte_array_append (bytes, media[*kind == 'v'], GUIDS);
    g_byte_array_append (bytes, zero, 33);
    g_byte_array_append (bytes, &flags, 1);
    g_byte_array_append (bytes, zero, 4);
  }
  size = bytes->data + GUIDS;
  size[0] = (guint8) bytes->len;
  size[1] = (guint8) (bytes->len >> 8);
  g_byte_array_append (bytes, zero, LEC_ASF_DATA_START);
  return bytes;
}

static void
test_headers (void)
{
  static const struct
  {
    const char *streams;
    gboolean has_audio;
    gboolean has_video;
    gboolean is_encrypted;
  } rows[] = {
    { "", FALSE, FALSE, FALSE }, { "a", TRUE, FALSE, FALSE }, { "v", FALSE, TRUE, FALSE },
    { "av", TRUE, TRUE, FALSE }, { "e", TRUE, FALSE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GByteArray) bytes = header_new (rows[i].streams);
    LecAsfHeader header;

    g_assert_true (lec_asf_header_read (bytes->data, bytes->len, &header));
    g_assert_cmpuint (header.size, ==, bytes->len - LEC_ASF_DATA_START);
    g_assert_cmpint (header.has_audio, ==, rows[i].has_audio);
    g_assert_cmpint (header.has_video, ==, rows[i].has_video);
    g_assert_cmpint (header.is_encrypted, ==, rows[i].is_encrypted);
    for (gsize length = 0; length < header.size; length++) {
      g_autofree guint8 *cut = g_memdup2 (bytes->data, length);

      g_assert_false (lec_asf_header_read (cut, length, &header));
    }
  }
}

/* Stories of whole files. `$1` and so on stand for blocks that are made below. */
static const struct
{
  const char *story;
  const char *text;
  const char *promise;
  const char *facts; /* NULL: not looked at */
  const char *refusal;
  const char *warning;
} stories[] = {
  { "least", "[Address]\nIP Address=239.1.1.1\nIP Port=5050\n[Formats]\nFormat1=$a\n",
    "x: msb audio 239.1.1.1:5050", "x; format 1 of 158; span 10; buffer 3000; expires 86400",
    .warning = "" },
  { "everything",
    "[Address]\r\nName = Hall 3 \r\nNSC Format Version=3.0\r\nMulticast Adapter=192.0.2.1\r\n"
    "IP Address=ff15::1\r\nIP Port=0x000013Ba\r\nTime To Live=0x20\r\nDefault Ecc=0X0f\r\n"
    "Log URL=http://a.example/log\r\nUnicast URL=mms://a.example/hall3\r\nAllow Splitting=0\r\n"
    "Allow Caching=0x00000000\r\nCache Expiration Time=60\r\nNetwork Buffer Time=0x1F4\r\n"
    "[Formats]\r\nFormat1=$a\r\nDescription1=low\r\nFormat2=$v\r\nDescription2=high\r\n",
    "Hall 3: msb video [ff15::1]:5050/32 | uri mms://a.example/hall3",
    "Hall 3; format 1 of 158 “low”; format 2 of 158 “high”; sent from 192.0.2.1; span 15; "
    "buffer 500; log http://a.example/log; expires 60; no splitting; no recording",
    .warning = "" },
  { "any order, any case, no sections",
    "nsc format version=3.0\rDESCRIPTION7=low\rformat7=$a\rip port=5050\rIP ADDRESS=239.1.1.1\r"
    "name=T",
    "T: msb audio 239.1.1.1:5050", "T; format 1 of 158 “low”; span 10; buffer 3000; expires 86400",
    .warning = "" },
  { "unknown keys are kept",
    "[Address]\nIP Address=239.1.1.1\nIP Port=5050\nDelivery Mode=0x00000002\n"
    "Contact=026m000000000QLm1D0300800i0200OW1Y06C0Rm1k06K0000\nEmpty=020W0000000002000\n"
    "[Formats]\nFormat1=$a\n",
    "x: msb audio 239.1.1.1:5050",
    "x; Delivery Mode=0x00000002; Contact=WM0 , bbcone; format 1 of 158; span 10; buffer 3000; "
    "expires 86400",
    .warning = "" },
  { "a broken line",
    "[Address]\nIP Address=0200000000000UCW0p03C0BW0n\n  0380CW0k0380CW0t02u0DG0n0000\nIP "
    "Port=5050\n[Formats]\nFormat1=$b\n",
    "x: msb audio 233.122.227.51:5050", .warning = "" },
  { "wrong sums",
    "[Address]\nIP Address=0210000000000UCW0p03C0BW0n0380CW0k0380CW0t02u0DG0n0000\nIP Port=5050\n"
    "Name=01FF000000000000000833002E0030000000\n[Formats]\nFormat1=$s\n",
    "3.0: msb audio 233.122.227.51:5050", .warning = "the check sum of “Format1” is wrong" },
  { "numbers that make no sense",
    "[Address]\nIP Address=239.1.1.1\nIP Port=5050\nTime To Live=256\nDefault Ecc=16\n"
    "Allow Caching=2\nNetwork Buffer Time=0x123456789\n[Formats]\nFormat1=$a\n",
    "x: msb audio 239.1.1.1:5050", "x; format 1 of 158; span 10; buffer 3000; expires 86400",
    .warning = "“Default Ecc=16” was ignored" },
  { "encoded numbers",
    "[Address]\nIP Address=239.1.1.1\nIP Port=010D000000000000000A3500300035003000"
    "0000\n[Formats]\nFormat1=$a\n",
    "x: msb audio 239.1.1.1:5050" },
  { "another version",
    "[Address]\nNSC Format Version=4.0\nIP Address=239.1.1.1\nIP Port=1\n"
    "[Formats]\nFormat1=$a\n",
    "x: msb audio 239.1.1.1:1", .warning = "version “4.0”" },
  { "two formats of one number",
    "[Address]\nIP Address=239.1.1.1\nIP Port=1\n[Formats]\nFormat1=$a\nFormat2=$a\n",
    "x: msb audio 239.1.1.1:1", "x; format 1 of 158; span 10; buffer 3000; expires 86400",
    .warning = "“Format2” was ignored: another one has the same number" },
  { "a key twice",
    "[Address]\nIP Address=239.1.1.1\nIP Address=239.1.1.2\nIP Port=1\n[Formats]\nFormat1=$a\n",
    "x: msb audio 239.1.1.1:1", .warning = "“IP Address” occurs more than once" },
  { "a format that is too long",
    "[Address]\nIP Address=239.1.1.1\nIP Port=1\n[Formats]\nFormat1=$l\n",
    "x: msb audio 239.1.1.1:1", "x; format 1 of 158; span 10; buffer 3000; expires 86400",
    .warning = "bytes behind the header in “Format1”" },
  { "an encrypted format", "[Address]\nIP Address=239.1.1.1\nIP Port=1\n[Formats]\nFormat1=$e\n",
    "x: msb audio 239.1.1.1:1", .warning = "“Format1” is encrypted" },
  { "a bad format beside a good one",
    "[Address]\nIP Address=239.1.1.1\nIP Port=1\n[Formats]\nFormat1=02abc\nFormat2=$a\n",
    "x: msb audio 239.1.1.1:1", .warning = "“Format1” was ignored" },
  { "an adapter that is a name",
    "[Address]\nMulticast Adapter=relay\nIP Address=239.1.1.1\nIP Port=1\n[Formats]\nFormat1=$a\n",
    "x: msb audio 239.1.1.1:1", .warning = "“Multicast Adapter=relay”" },
  { "a unicast address of this computer",
    "[Address]\nUnicast URL=http://localhost/x\nIP Address=239.1.1.1\nIP Port=1\n[Formats]\n"
    "Format1=$a\n",
    "x: msb audio 239.1.1.1:1", .warning = "may not refer to local files or hosts" },
  { "nothing is kept",
    "[Address]\nCache Expiration Time=0\nIP Address=239.1.1.1\nIP Port=1\n[Formats]\nFormat1=$a\n",
    "x: msb audio 239.1.1.1:1", "x; format 1 of 158; span 10; buffer 3000; expires 0" },
  { "a log address that is none",
    "[Address]\nLog URL=file:///etc/passwd\nIP Address=239.1.1.1\nIP Port=1\n[Formats]\n"
    "Format1=$a\n",
    "x: msb audio 239.1.1.1:1", .warning = "the log address was ignored" },

  { "nothing", "[Address]\nName=x\n", .refusal = "malformed: file has no IP Address" },
  { "no port", "[Address]\nIP Address=239.1.1.1\n", .refusal = "malformed: file has no IP Port" },
  { "no group", "[Address]\nIP Address=192.0.2.1\nIP Port=1\n",
    .refusal = "malformed: “192.0.2.1”, is not a multicast group" },
  { "a name for a group", "[Address]\nIP Address=02group\nIP Port=1\n",
    .refusal = "malformed: “02group”, is not a multicast group" },
  { "port 0", "[Address]\nIP Address=239.1.1.1\nIP Port=0x00000000\n",
    .refusal = "malformed: “0x00000000”, is not a valid port" },
  { "port of 17 bits", "[Address]\nIP Address=239.1.1.1\nIP Port=0x00010001\n",
    .refusal = "malformed: is not a valid port" },
  { "no format", "[Address]\nIP Address=239.1.1.1\nIP Port=1\n[Formats]\nDescription1=x\n",
    .refusal = "malformed: file has no Format" },
  { "no whole format", "[Address]\nIP Address=239.1.1.1\nIP Port=1\n[Formats]\nFormat1=$c\n",
    .refusal = "malformed: or it is truncated" },
  { "no data object", "[Address]\nIP Address=239.1.1.1\nIP Port=1\n[Formats]\nFormat1=$h\n",
    .refusal = "malformed: the start of its data object is missing" },
  { "a number of twelve bits",
    "[Address]\nIP Address=239.1.1.1\nIP Port=1\n[Formats]\nFormat1=$n\n",
    .refusal = "malformed: greater than 2047" },
  { "bytes that are no header",
    "[Address]\nIP Address=239.1.1.1\nIP Port=1\n[Formats]\nFormat1=029W000IC000050G8310K\n",
    .refusal = "malformed: its ASF header is incomplete" },
};

/* The block that a letter in a story stands for. */
static char *
block_new (char kind)
{
  static const char streams[][2] = { "a", "v", "e" };
  const char *what = kind == 'v' ? streams[1] : kind == 'e' ? streams[2] : streams[0];
  g_autoptr (GByteArray) bytes = header_new (what);
  guint32 key = kind == 'v' ? 2 : kind == 'n' ? 2048 : 1;
  char *block;

  if (kind == 'l')
    g_byte_array_append (bytes, (const guint8 *) "more", 4);
  if (kind == 'h')
    g_byte_array_set_size (bytes, bytes->len - 1);
  block = lec_nsc_block_encode (key, bytes->data, bytes->len);
  if (kind == 's')
    block[2] = block[2] == '0' ? '1' : '0';
  if (kind == 'c')
    block[strlen (block) - 3] = '\0';
  if (kind == 'b') {
    GString *broken = g_string_new (block);

    for (gsize at = 70; at < broken->len; at += 72)
      g_string_insert (broken, (gssize) at, "\r\n");
    g_free (block);
    return g_string_free (broken, FALSE);
  }
  return block;
}

static char *
story_new (const char *text)
{
  GString *filled = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++) {
    if (*p == '$') {
      g_autofree char *block = block_new (*++p);

      g_string_append (filled, block);
    } else {
      g_string_append_c (filled, *p);
    }
  }
  return g_string_free (filled, FALSE);
}

static void
check_story (guint i)
{
  g_autofree char *text = story_new (stories[i].text);
  g_autofree char *facts = NULL;
  g_autoptr (LecAnnouncement) announcement = NULL;
  const LecRow row = { stories[i].story,  text, NULL, stories[i].promise, stories[i].refusal,
                       stories[i].warning };

  g_test_message ("%s", row.story);
  lec_row_check (&row);
  if (stories[i].facts == NULL)
    return;
  announcement
      = lec_announcement_parse (text, strlen (text), "http://station.example/live/x", NULL);
  facts = lec_property_list_new (announcement);
  g_assert_cmpstr (facts, ==, stories[i].facts);
}

static void
test_stories (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++)
    check_story (i);
}

static LecAnnouncement *
load (const char *file)
{
  gsize length;
  g_autofree char *bytes = lec_data_load (file, &length);
  g_autoptr (GError) error = NULL;
  LecAnnouncement *announcement = lec_announcement_parse (bytes, length, NULL, &error);

  g_assert_no_error (error);
  return announcement;
}

/* The real file of a real station. */
static void
test_bbc (void)
{
  g_autoptr (LecAnnouncement) announcement = load ("nsc/bbcone-wms9.nsc");
  g_autofree char *summary = lec_summary_new (announcement);
  g_autofree char *facts = lec_property_list_new (announcement);

  g_assert_cmpstr (announcement->format, ==, "nsc");
  g_assert_cmpuint (announcement->warnings->len, ==, 0);
  g_assert_cmpstr (summary, ==, "WM0 , bbcone: msb video 233.122.227.51:5050/64");
  g_assert_cmpstr (facts, ==,
                   "WM0 , bbcone; format 586 of 2793; sent from 132.185.224.90; span 10; "
                   "buffer 3000; expires 86400");
}

/* It is written as it was read, but for the NUL at its end. */
static void
test_bbc_again (void)
{
  g_autoptr (LecAnnouncement) announcement = load ("nsc/bbcone-wms9.nsc");
  g_autoptr (GError) error = NULL;
  g_autofree char *printed = lec_nsc_print (g_ptr_array_index (announcement->channels, 0), &error);
  gsize length;
  g_autofree char *text = lec_data_load ("nsc/bbcone-wms9.nsc", &length);

  g_assert_no_error (error);
  g_assert_cmpstr (printed, ==, text);
  g_assert_cmpuint (strlen (printed), ==, length - 1);
}

/* What is printed is read as the same channel. */
static void
test_print (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++) {
    g_autofree char *text = story_new (stories[i].text);
    g_autoptr (LecAnnouncement) before = NULL;
    g_autoptr (LecAnnouncement) after = NULL;
    g_autofree char *printed = NULL;

    if (stories[i].refusal != NULL)
      continue;
    g_test_message ("%s", stories[i].story);
    before = lec_announcement_parse (text, strlen (text), "http://station.example/x", NULL);
    printed = lec_nsc_print (g_ptr_array_index (before->channels, 0), NULL);
    after = lec_announcement_parse (printed, strlen (printed), NULL, NULL);
    g_assert_true (lec_channel_equal (g_ptr_array_index (before->channels, 0),
                                      g_ptr_array_index (after->channels, 0)));
  }
}

static void
test_print_refused (void)
{
  static const char text[] = "udp://@239.1.2.3:1234";
  g_autoptr (LecAnnouncement) announcement
      = lec_announcement_parse (text, strlen (text), NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (lec_nsc_print (g_ptr_array_index (announcement->channels, 0), &error));
  g_assert_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "write it as .sdp"));
}

/* A station may have every number there is, and no more; nobody waits for it. */
static void
test_many_formats (void)
{
  g_autoptr (GByteArray) header = header_new ("");
  g_autoptr (GString) text = g_string_new ("[Address]\nIP Address=239.1.1.1\nIP Port=1\n");
  g_autoptr (LecAnnouncement) announcement = NULL;
  const LecAlternative *alternative;

  for (guint i = 1; i <= 3000; i++) {
    g_autofree char *block = lec_nsc_block_encode (i, header->data, header->len);

    g_string_append_printf (text, "Format%u=%s\n", i, block);
  }
  announcement = lec_announcement_parse (text->str, text->len, NULL, NULL);
  alternative = g_ptr_array_index (
      lec_channel_get_info (g_ptr_array_index (announcement->channels, 0))->alternatives, 0);
  g_assert_cmpuint (alternative->msb->formats->len, ==, 2047);
  g_assert_cmpuint (announcement->warnings->len, ==, LEC_MAX_WARNINGS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nsc/vectors", test_vectors);
  g_test_add_func ("/nsc/texts", test_texts);
  g_test_add_func ("/nsc/bytes", test_bytes);
  g_test_add_func ("/nsc/lookalikes", test_lookalikes);
  g_test_add_func ("/nsc/headers", test_headers);
  g_test_add_func ("/nsc/stories", test_stories);
  g_test_add_func ("/nsc/BBC", test_bbc);
  g_test_add_func ("/nsc/BBC again", test_bbc_again);
  g_test_add_func ("/nsc/print", test_print);
  g_test_add_func ("/nsc/print refused", test_print_refused);
  g_test_add_func ("/nsc/many formats", test_many_formats);
  return g_test_run ();
}
