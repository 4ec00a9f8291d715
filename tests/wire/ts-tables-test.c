/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Packets, sections, tables, codecs and texts of a transport stream, one by one. */
#include "wire/ts-tables.h"

#include <string.h>

#include "support/ts-station.h"
#include "wire/ts-text.h"

/* ---- packets ---- */

static void
test_packet (void)
{
  guint8 bytes[LEC_TS_PACKET];
  LecTsPacket packet;

  memset (bytes, 0xff, sizeof bytes);
  memcpy (bytes, "\x47\x41\x23\xb7\x07\xd0\x12\x34\x56\x78\xfe\x55", 12);
  g_assert_true (lec_ts_packet_parse (bytes, &packet));
  g_assert_cmpuint (packet.pid, ==, 0x123);
  g_assert_cmpuint (packet.counter, ==, 7);
  g_assert_cmpuint (packet.scrambling, ==, 2);
  g_assert_cmpuint (packet.payload_offset, ==, 12);
  g_assert_true (packet.starts && packet.discontinuity && packet.random_access);
  g_assert_cmpint (packet.pcr, ==, (G_GINT64_CONSTANT (0x12345678) * 2 + 1) * 300 + 0x55);

  bytes[3] = 0x27; /* no payload */
  g_assert_true (lec_ts_packet_parse (bytes, &packet));
  g_assert_false (lec_ts_packet_has_payload (&packet));
  bytes[3] = 0x07; /* neither */
  g_assert_false (lec_ts_packet_parse (bytes, &packet));
  bytes[3] = 0x37;
  bytes[4] = 184; /* a field that does not fit */
  g_assert_false (lec_ts_packet_parse (bytes, &packet));
  bytes[4] = 0;
  g_assert_true (lec_ts_packet_parse (bytes, &packet));
  g_assert_cmpuint (packet.payload_offset, ==, 5);
  g_assert_cmpint (packet.pcr, ==, -1);
  bytes[1] |= 0x80; /* spoilt */
  g_assert_false (lec_ts_packet_parse (bytes, &packet));
  bytes[1] &= 0x7f;
  bytes[0] = 0x48;
  g_assert_false (lec_ts_packet_parse (bytes, &packet));
}

/* ---- sections ---- */

static void
count_section (const guint8 *section, guint length, gpointer data)
{
  guint *count = data;

  g_assert_cmpuint (length, <=, LEC_TS_SECTION_MAX);
  g_assert_cmpuint (lec_ts_crc (section, length), ==, 0);
  (*count)++;
}

static guint
feed_all (LecTsSection *section, const GByteArray *bytes, guint skip)
{
  guint count = 0;

  for (guint at = 0; at < bytes->len; at += LEC_TS_PACKET) {
    LecTsPacket packet;

    if (at / LEC_TS_PACKET == skip)
      continue;
    g_assert_true (lec_ts_packet_parse (bytes->data + at, &packet));
    lec_ts_section_feed (section, &packet, bytes->data + at, count_section, &count);
  }
  return count;
}

/* Of every length, and with every one of its packets missing. */
static void
test_section_lengths (void)
{
  guint8 section[LEC_TS_SECTION_MAX] = { 0x40, 0, 0, 0, 1, 0xc1 };

  for (guint length = 8; length <= LEC_TS_SECTION_MAX - LEC_TS_SECTION_CRC; length += 13) {
    LecTsSection reader = { 0 };
    TsMux mux;
    guint n;

    ts_mux_init (&mux);
    ts_mux_put_section (&mux, 77, section, length);
    ts_mux_put_section (&mux, 77, section, length);
    n = mux.bytes->len / LEC_TS_PACKET;
    g_assert_cmpuint (feed_all (&reader, mux.bytes, G_MAXUINT), ==, 2);
    for (guint skip = 0; skip < n; skip++) {
      LecTsSection other = { 0 };

      g_assert_cmpuint (feed_all (&other, mux.bytes, skip), ==, 1);
    }
    mux.spoil = 1;
    g_byte_array_set_size (mux.bytes, 0);
    ts_mux_put_section (&mux, 77, section, length);
    g_assert_cmpuint (feed_all (&reader, mux.bytes, G_MAXUINT), ==, 0);
    ts_mux_clear (&mux);
  }
}

/* Two in one packet, and one that begins where another ends. */
static void
test_sections_together (void)
{
  guint8 section[LEC_TS_SECTION_MAX], payload[3 * 184];
  const guint length = lec_ts_pat_print (1, 100, section);
  LecTsSection reader = { 0 };
  guint at = 1;
  TsMux mux;

  memset (payload, 0xff, sizeof payload);
  payload[0] = 0;
  for (guint i = 0; i < 11; i++, at += length) /* the last one goes on in the next packet */
    memcpy (payload + at + (at >= 184), section, length);
  /* put the pointer of the second packet where the last one ends: eleven of 16 bytes end at 177 */
  g_assert_cmpuint (at, ==, 177);
  memcpy (payload + 177, section, 7);
  payload[184] = (guint8) (length - 7);
  memcpy (payload + 185, section + 7, length - 7);
  memcpy (payload + 185 + length - 7, section, length);
  ts_mux_init (&mux);
  ts_mux_put (&mux, 0, TRUE, payload, 184, -1);
  ts_mux_put (&mux, 0, TRUE, payload + 184, 184, -1);
  g_assert_cmpuint (feed_all (&reader, mux.bytes, G_MAXUINT), ==, 13);
  ts_mux_clear (&mux);
}

/* ---- tables ---- */

static guint
finish (guint8 *section, guint length)
{
  const guint size = length + LEC_TS_SECTION_CRC;
  guint32 crc;

  section[1] = (guint8) (0xb0 | (size - 3) >> 8);
  section[2] = (guint8) (size - 3);
  crc = lec_ts_crc (section, length);
  for (guint i = 0; i < 4; i++)
    section[length + i] = (guint8) (crc >> (24 - 8 * i));
  return size;
}

static void
test_pmt_again (void)
{
  const TsProgram program = { 7,
                              100,
                              256,
                              3,
                              .descriptors = "\x09\x04\x18\x33\xe1\x00",
                              .length = 6,
                              .streams = { { 256, 0x1b, 1 },
                                           { 257, 0x0f, 1,
                                             .descriptors = "\x0a\x04"
                                                            "ENG",
                                             .length = 6 },
                                           { 256, 0x24, 1 },
                                           { 258, 0x06, 1,
                                             .descriptors = "\x56\x05"
                                                            "deu\x09",
                                             .length = 7 } } };
  guint8 section[LEC_TS_SECTION_MAX], again[LEC_TS_SECTION_MAX];
  guint length = finish (section, ts_make_pmt (&program, section));
  LecTsPmt pmt, pmt2;

  g_assert_true (lec_ts_pmt_parse (section, length, &pmt));
  g_assert_cmpuint (lec_ts_pmt_get_number (section, length), ==, 7);
  g_assert_cmpuint (pmt.pcr_pid, ==, 256);
  g_assert_cmpuint (pmt.ca_system, ==, 0x1833);
  g_assert_cmpuint (pmt.n_elements, ==, 3); /* each PID once */
  g_assert_cmpstr (pmt.elements[1].language, ==, "eng");
  g_assert_cmpstr (pmt.elements[2].codec->name, ==, "teletext");
  g_assert_cmpstr (pmt.elements[2].language, ==, "deu");
  length = lec_ts_pmt_print (&pmt, section, 9, again);
  g_assert_cmpuint (lec_ts_crc (again, length), ==, 0);
  g_assert_true (lec_ts_pmt_parse (again, length, &pmt2));
  g_assert_cmpuint (pmt2.n_elements, ==, pmt.n_elements);
  g_assert_cmpuint (again[5] >> 1 & 0x1f, ==, 9);
  for (guint i = 0; i < pmt.n_elements; i++) {
    g_assert_cmpuint (pmt2.elements[i].pid, ==, pmt.elements[i].pid);
    g_assert_true (pmt2.elements[i].codec == pmt.elements[i].codec);
    g_assert_cmpstr (pmt2.elements[i].language, ==, pmt.elements[i].language);
  }
  /* every prefix is read to its end at most, and no more than a table */
  for (guint i = 0; i < length; i++) {
    g_autofree guint8 *prefix = g_memdup2 (again, i);

    if (lec_ts_pmt_parse (prefix, i, &pmt2))
      g_assert_cmpuint (pmt2.n_elements, <=, pmt.n_elements);
    lec_ts_pmt_get_number (prefix, i);
  }
}

static void
test_pat_again (void)
{
  guint8 section[LEC_TS_SECTION_MAX];
  const guint length = lec_ts_pat_print (1102, 4096, section);
  LecTsPat pat;

  g_assert_cmpuint (lec_ts_crc (section, length), ==, 0);
  g_assert_true (lec_ts_pat_parse (section, length, &pat));
  g_assert_true (pat.table.is_now);
  g_assert_cmpuint (pat.n_programs, ==, 1);
  g_assert_cmpuint (pat.programs[0].number, ==, 1102);
  g_assert_cmpuint (pat.programs[0].pmt_pid, ==, 4096);
  for (guint i = 0; i < length; i++) {
    g_autofree guint8 *prefix = g_memdup2 (section, i);

    lec_ts_pat_parse (prefix, i, &pat);
  }
}

/* ---- codecs ---- */

static const struct
{
  guint type;
  const char *descriptors;
  guint length;
  guint32 program;
  const char *name; /* NULL: not known */
  LecMedia media;
} codecs[] = {
  { 0x02, "", 0, 0, "MPEG-2", LEC_MEDIA_VIDEO },
  { 0x1b, "", 0, 0, "H.264", LEC_MEDIA_VIDEO },
  { 0x24, "", 0, 0, "H.265", LEC_MEDIA_VIDEO },
  { 0x0f, "", 0, 0, "AAC", LEC_MEDIA_AUDIO },
  { 0x11, "", 0, 0, "AAC (LATM)", LEC_MEDIA_AUDIO },
  { 0x81, "", 0, 0, "AC-3", LEC_MEDIA_AUDIO },
  { 0x83, "", 0, 0x48444d56, "Dolby TrueHD", LEC_MEDIA_AUDIO },
  { 0x83, "", 0, 0, NULL, 0 },
  { 0x06, "\x6a\x01\x00", 3, 0, "AC-3", LEC_MEDIA_AUDIO },
  { 0x06, "\x7a\x01\x00", 3, 0, "E-AC-3", LEC_MEDIA_AUDIO },
  { 0x06,
    "\x05\x04"
    "EAC3",
    6, 0, "E-AC-3", LEC_MEDIA_AUDIO },
  { 0x06, "\x7b\x01\x00", 3, 0, "DTS", LEC_MEDIA_AUDIO },
  { 0x06, "\x05\x04Opus", 6, 0, "Opus", LEC_MEDIA_AUDIO },
  { 0x06,
    "\x05\x04"
    "AV01",
    6, 0, "AV1", LEC_MEDIA_VIDEO },
  { 0x06,
    "\x52\x01\x01\x59\x08"
    "deu\x10\x00\x01\x00\x01",
    13, 0, "DVBSUB", LEC_MEDIA_TEXT },
  { 0x06, "\x7f\x02\x15\x00", 4, 0, "AC-4", LEC_MEDIA_AUDIO },
  { 0x06, "", 0, 0, NULL, 0 },
  { 0x06, "\x6a\x05\x00", 3, 0, NULL, 0 }, /* one that does not fit */
  { 0x05, "\x6a\x01\x00", 3, 0, NULL, 0 },
  { 0xd4, "", 0, 0, "AVS3", LEC_MEDIA_VIDEO },
  { 0xd7, "", 0, 0, NULL, 0 },
};

static void
test_codecs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++) {
    const LecTsCodec *codec
        = lec_ts_codec_find (codecs[i].type, (const guint8 *) codecs[i].descriptors,
                             codecs[i].length, codecs[i].program);

    g_assert_cmpstr (codec != NULL ? codec->name : NULL, ==, codecs[i].name);
    if (codec != NULL)
      g_assert_cmpuint (codec->media, ==, codecs[i].media);
  }
}

static void
test_ca_systems (void)
{
  g_assert_cmpstr (lec_ts_ca_get_name (0x0b01), ==, "Conax");
  g_assert_cmpstr (lec_ts_ca_get_name (0x0500), ==, "Viaccess");
  g_assert_cmpstr (lec_ts_ca_get_name (0x18ff), ==, "Nagravision");
  g_assert_cmpstr (lec_ts_ca_get_name (0x2600), ==, "BISS");
  g_assert_null (lec_ts_ca_get_name (0));
  g_assert_null (lec_ts_ca_get_name (0xffff));
}

/* ---- texts ---- */

static const struct
{
  const char *bytes, *text;
} texts[] = {
  { "Hall B", "Hall B" },
  { "", "" },
  { "\x15H\xc3\xb6rsaal", "Hörsaal" },
  { "H\xc8orsaal", "Hörsaal" }, /* ISO 6937: the mark comes first */
  { "\x05"
    "H\xf6rsaal",
    "Hörsaal" },                 /* 8859-9 */
  { "\x01\xb7\xd0\xdb", "Зал" }, /* 8859-5 */
  { "\x86News\x87", "News" },    /* stressed */
  { "One\x8aTwo", "One Two" },   /* two lines */
  { "\x15\xff\xfe", "??" },      /* no UTF-8 */
  { "\x08x", "" },               /* reserved */
  { "\x1f\x01x", "" },
  { "\x15", "" },
};

static void
test_texts (void)
{
  char text[LEC_TS_NAME];
  static const guint8 central[] = "\x10\x00\x02P\xf8\xed";

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    lec_ts_text_copy ((const guint8 *) texts[i].bytes, (guint) strlen (texts[i].bytes), text,
                      sizeof text);
    g_assert_cmpstr (text, ==, texts[i].text);
  }
  lec_ts_text_copy (central, sizeof central - 1, text, sizeof text);
  g_assert_cmpstr (text, ==, "Pří");
}

/* Whatever it is, what comes out is valid and fits. */
static void
test_any_text (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < 20000; i++) {
    guint8 bytes[120];
    char text[17];
    const guint length = (guint) g_rand_int_range (rand, 0, sizeof bytes);

    for (guint j = 0; j < length; j++)
      bytes[j] = (guint8) g_rand_int (rand);
    if (length > 0 && i % 2 == 0)
      bytes[0] &= 0x1f;
    lec_ts_text_copy (bytes, length, text, sizeof text);
    g_assert_true (g_utf8_validate (text, -1, NULL));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/ts-tables/packet", test_packet);
  g_test_add_func ("/ts-tables/section-lengths", test_section_lengths);
  g_test_add_func ("/ts-tables/sections-together", test_sections_together);
  g_test_add_func ("/ts-tables/pmt-again", test_pmt_again);
  g_test_add_func ("/ts-tables/pat-again", test_pat_again);
  g_test_add_func ("/ts-tables/codecs", test_codecs);
  g_test_add_func ("/ts-tables/ca-systems", test_ca_systems);
  g_test_add_func ("/ts-tables/texts", test_texts);
  g_test_add_func ("/ts-tables/any-text", test_any_text);
  return g_test_run ();
}
