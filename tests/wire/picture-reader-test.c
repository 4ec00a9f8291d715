/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/picture-reader.h"

#include <string.h>

#include "coded-video.h"

typedef LecPictureReader Reader;

static Reader
reader_for (LecPictureCodec codec)
{
  Reader reader;

  lec_picture_reader_init (&reader, codec);
  return reader;
}

static LecPicture
read_unit (Reader *reader, Unit *unit)
{
  g_autoptr (GByteArray) owned = unit;

  return lec_picture_reader_read (reader, owned->data, owned->len);
}

static Unit *
sets_of (LecPictureCodec codec)
{
  Unit *unit = unit_new ();

  if (codec == LEC_PICTURE_H264) {
    unit_add_h264_sequence_set (unit, 0);
    unit_add_h264_picture_set (unit, 0, 0);
  } else {
    unit_add_h265_video_set (unit, 0);
    unit_add_h265_sequence_set (unit, 0);
    unit_add_h265_picture_set (unit, 0, 0);
  }
  return unit;
}

#define NO_POINT G_MININT

/* A recovery point or none, then up to two slices; what the picture is then. */
static const struct
{
  const char *name;
  LecPictureCodec codec;
  int recovery;
  gboolean is_broken;
  Slice slices[2];
  guint n_slices;
  LecPicture expected;
} rows[] = {
  { "h264 idr",
    LEC_PICTURE_H264,
    NO_POINT,
    FALSE,
    { { 5, 3, 7 } },
    1,
    { LEC_ENTRY_CLEAN, .is_key = TRUE, .is_intra = TRUE, .is_reference = TRUE } },
  { "h264 p",
    LEC_PICTURE_H264,
    NO_POINT,
    FALSE,
    { { 1, 2, 5, 200 } },
    1,
    { LEC_ENTRY_NONE, .order = 200, .is_reference = TRUE } },
  { "h264 b nobody refers to",
    LEC_PICTURE_H264,
    NO_POINT,
    FALSE,
    { { 1, 0, 1, 3 } },
    1,
    { LEC_ENTRY_NONE, .order = 3 } },
  { "h264 i",
    LEC_PICTURE_H264,
    NO_POINT,
    FALSE,
    { { 1, 3, 2, 1 }, { 1, 3, 7, 1 } },
    2,
    { LEC_ENTRY_INTRA, .order = 1, .is_intra = TRUE, .is_reference = TRUE } },
  { "h264 i and p",
    LEC_PICTURE_H264,
    NO_POINT,
    FALSE,
    { { 1, 3, 2, 1 }, { 1, 3, 0, 1 } },
    2,
    { LEC_ENTRY_NONE, .order = 1, .is_reference = TRUE } },
  { "h264 p and i",
    LEC_PICTURE_H264,
    NO_POINT,
    FALSE,
    { { 1, 3, 0, 1 }, { 1, 3, 2, 1 } },
    2,
    { LEC_ENTRY_NONE, .order = 1, .is_reference = TRUE } },
  { "h264 si",
    LEC_PICTURE_H264,
    NO_POINT,
    FALSE,
    { { 1, 3, 4, 1 } },
    1,
    { LEC_ENTRY_INTRA, .order = 1, .is_intra = TRUE, .is_reference = TRUE } },
  { "h264 partition a",
    LEC_PICTURE_H264,
    NO_POINT,
    FALSE,
    { { 2, 3, 0, 9 } },
    1,
    { LEC_ENTRY_NONE, .order = 9, .is_reference = TRUE } },
  { "h264 open group",
    LEC_PICTURE_H264,
    0,
    FALSE,
    { { 1, 3, 7, 12 } },
    1,
    { LEC_ENTRY_CLEAN, .order = 12, .is_intra = TRUE, .is_reference = TRUE } },
  { "h264 broken link",
    LEC_PICTURE_H264,
    0,
    TRUE,
    { { 1, 3, 7, 12 } },
    1,
    { LEC_ENTRY_CLEAN, .order = 12, .is_intra = TRUE, .is_reference = TRUE,
      .is_broken_link = TRUE } },
  { "h264 refresh",
    LEC_PICTURE_H264,
    40,
    FALSE,
    { { 1, 3, 0, 12 } },
    1,
    { LEC_ENTRY_REFRESH, 40, 12, .is_reference = TRUE } },
  { "h264 intra picture, clean later",
    LEC_PICTURE_H264,
    3,
    FALSE,
    { { 1, 3, 2, 12 } },
    1,
    { LEC_ENTRY_REFRESH, 3, 12, .is_intra = TRUE, .is_reference = TRUE } },
  { "h264 refresh of no length",
    LEC_PICTURE_H264,
    0,
    FALSE,
    { { 1, 3, 0, 12 } },
    1,
    { LEC_ENTRY_REFRESH, 0, 12, .is_reference = TRUE } },
  { "h264 most",
    LEC_PICTURE_H264,
    65535,
    FALSE,
    { { 1, 3, 0, 12 } },
    1,
    { LEC_ENTRY_REFRESH, 65535, 12, .is_reference = TRUE } },
  { "h264 recovery point alone", LEC_PICTURE_H264, 0, FALSE, { { 0 } }, 0, { LEC_ENTRY_NONE } },
  { "h265 idr",
    LEC_PICTURE_H265,
    NO_POINT,
    FALSE,
    { { 20, 0, 2 } },
    1,
    { LEC_ENTRY_CLEAN, .is_key = TRUE, .is_intra = TRUE, .is_reference = TRUE } },
  { "h265 idr with leading",
    LEC_PICTURE_H265,
    NO_POINT,
    FALSE,
    { { 19, 0, 2 } },
    1,
    { LEC_ENTRY_CLEAN, .is_key = TRUE, .is_intra = TRUE, .is_reference = TRUE } },
  { "h265 cra",
    LEC_PICTURE_H265,
    NO_POINT,
    FALSE,
    { { 21, 0, 2, 48 } },
    1,
    { LEC_ENTRY_CLEAN, .order = 48, .is_key = TRUE, .is_intra = TRUE, .is_reference = TRUE } },
  { "h265 bla",
    LEC_PICTURE_H265,
    NO_POINT,
    FALSE,
    { { 16, 0, 2, 48 } },
    1,
    { LEC_ENTRY_CLEAN, .order = 48, .is_key = TRUE, .is_intra = TRUE, .is_reference = TRUE,
      .is_broken_link = TRUE } },
  { "h265 rasl",
    LEC_PICTURE_H265,
    NO_POINT,
    FALSE,
    { { 8, 0, 0, 47 } },
    1,
    { LEC_ENTRY_NONE, .order = 47, .is_leading = TRUE } },
  { "h265 rasl, referred to",
    LEC_PICTURE_H265,
    NO_POINT,
    FALSE,
    { { 9, 0, 0, 47 } },
    1,
    { LEC_ENTRY_NONE, .order = 47, .is_leading = TRUE, .is_reference = TRUE } },
  { "h265 radl",
    LEC_PICTURE_H265,
    NO_POINT,
    FALSE,
    { { 6, 0, 0, 47 } },
    1,
    { LEC_ENTRY_NONE, .order = 47 } },
  { "h265 trailing p",
    LEC_PICTURE_H265,
    NO_POINT,
    FALSE,
    { { 1, 0, 1, 255 } },
    1,
    { LEC_ENTRY_NONE, .order = 255, .is_reference = TRUE } },
  { "h265 trailing i",
    LEC_PICTURE_H265,
    NO_POINT,
    FALSE,
    { { 1, 0, 2, 5 } },
    1,
    { LEC_ENTRY_INTRA, .order = 5, .is_intra = TRUE, .is_reference = TRUE } },
  { "h265 recovery point",
    LEC_PICTURE_H265,
    0,
    FALSE,
    { { 1, 0, 2, 5 } },
    1,
    { LEC_ENTRY_CLEAN, .order = 5, .is_intra = TRUE, .is_reference = TRUE } },
  { "h265 refresh",
    LEC_PICTURE_H265,
    25,
    FALSE,
    { { 1, 0, 1, 5 } },
    1,
    { LEC_ENTRY_REFRESH, 25, 5, .is_reference = TRUE } },
  { "h265 point before",
    LEC_PICTURE_H265,
    -2,
    FALSE,
    { { 1, 0, 1, 5 } },
    1,
    { LEC_ENTRY_REFRESH, -2, 5, .is_reference = TRUE } },
  { "h265 broken link",
    LEC_PICTURE_H265,
    2,
    TRUE,
    { { 1, 0, 1, 5 } },
    1,
    { LEC_ENTRY_REFRESH, 2, 5, .is_reference = TRUE, .is_broken_link = TRUE } },
  { "h264 idr without its front",
    LEC_PICTURE_H264,
    NO_POINT,
    FALSE,
    { { 5, 3, 7, .address = 80 }, { 5, 3, 7, .address = 160 } },
    2,
    { LEC_ENTRY_CLEAN, .is_key = TRUE, .is_intra = TRUE, .is_reference = TRUE,
      .lacks_front = TRUE } },
  { "h264 idr of two slices",
    LEC_PICTURE_H264,
    NO_POINT,
    FALSE,
    { { 5, 3, 7 }, { 5, 3, 7, .address = 160 } },
    2,
    { LEC_ENTRY_CLEAN, .is_key = TRUE, .is_intra = TRUE, .is_reference = TRUE } },
  { "h265 p without its front",
    LEC_PICTURE_H265,
    NO_POINT,
    FALSE,
    { { 1, 0, 1, 5, .address = 7 } },
    1,
    { LEC_ENTRY_NONE, .order = 5, .is_reference = TRUE, .lacks_front = TRUE } },
};

static Unit *
unit_of_row (const typeof (rows[0]) *row)
{
  Unit *unit = unit_new ();

  if (row->codec == LEC_PICTURE_H264) {
    unit_add_h264_delimiter (unit);
    if (row->recovery != NO_POINT)
      unit_add_h264_recovery_point (unit, (guint) row->recovery, row->is_broken);
    for (guint i = 0; i < row->n_slices; i++)
      unit_add_h264_slice (unit, row->slices[i]);
  } else {
    unit_add_h265_delimiter (unit);
    if (row->recovery != NO_POINT)
      unit_add_h265_recovery_point (unit, row->recovery, row->is_broken);
    for (guint i = 0; i < row->n_slices; i++)
      unit_add_h265_slice (unit, row->slices[i]);
  }
  return unit;
}

static void
check (const LecPicture *got, const typeof (rows[0]) *row)
{
  LecPicture expected = row->expected;

  expected.has_slices = row->n_slices > 0;
  expected.order_modulus = row->n_slices > 0 ? 256 : 0;
  expected.n_references = row->n_slices > 0 && row->codec == LEC_PICTURE_H264 ? 1 : 0;
  expected.is_recovery_point = expected.is_exact_match = row->recovery != NO_POINT;
  expected.is_broken_link |= row->is_broken;
  if (row->recovery != NO_POINT)
    expected.recovery_count = row->recovery;
  g_assert_cmpmem (got, sizeof *got, &expected, sizeof expected);
}

/* The same in each framing. */
static void
test_row (gconstpointer data)
{
  const typeof (rows[0]) *row = data;
  g_autoptr (GByteArray) unit = unit_of_row (row);
  Reader reader = reader_for (row->codec);
  LecPicture picture = read_unit (&reader, sets_of (row->codec));

  g_assert_cmpuint (picture.n_sets, ==, row->codec == LEC_PICTURE_H264 ? 2 : 3);
  g_assert_cmpuint (picture.n_damaged_sets, ==, 0);
  g_assert_cmpint (picture.entry, ==, LEC_ENTRY_NONE);
  picture = lec_picture_reader_read (&reader, unit->data, unit->len);
  check (&picture, row);
  for (guint size = 1; size <= 4; size++) {
    g_autoptr (GByteArray) prefixed = unit_to_length_prefixed (unit, size);

    reader.length_size = size;
    picture = lec_picture_reader_read (&reader, prefixed->data, prefixed->len);
    check (&picture, row);
  }
}

/* Without parameter sets it is said so, and what does not need them is known all the same. */
static void
test_lacks_sets (void)
{
  Reader reader = reader_for (LEC_PICTURE_H264);
  Unit *unit = unit_new ();
  LecPicture picture;

  unit_add_h264_slice (unit, (Slice){ 5, 3, 7 });
  picture = read_unit (&reader, unit);
  g_assert_true (picture.lacks_sets);
  g_assert_true (picture.is_key);
  g_assert_cmpuint (picture.order_modulus, ==, 0);
  unit = sets_of (LEC_PICTURE_H264);
  unit_add_h264_slice (unit, (Slice){ 5, 3, 7, .picture_set = 1 });
  g_assert_true (read_unit (&reader, unit).lacks_sets); /* of another id */
  unit = unit_new ();
  unit_add_h265_slice (unit, (Slice){ 21, 0, 2, 5 });
  reader = reader_for (LEC_PICTURE_H265);
  picture = read_unit (&reader, unit);
  g_assert_true (picture.lacks_sets);
  g_assert_true (picture.is_key);
}

/* Of each set every prefix is damaged, and so is one with something behind it. A set keeps what it
 * said before. */
static void
test_damaged_sets (gconstpointer data)
{
  LecPictureCodec codec = (LecPictureCodec) GPOINTER_TO_INT (data);
  g_autoptr (GByteArray) all = sets_of (codec);
  LecNalCursor cursor = lec_nal_cursor_init (all->data, all->len, 0);
  Reader reader = reader_for (codec);
  Reader before;
  LecNal nal;

  lec_picture_reader_read (&reader, all->data, all->len);
  before = reader;
  while (lec_nal_cursor_next (&cursor, &nal)) {
    g_autofree guint8 *longer = g_malloc0 (nal.length + 2);
    LecParameterSet whole = lec_picture_reader_read_set (&reader, &nal);
    guint header = codec == LEC_PICTURE_H264 ? 1 : 2;

    g_assert_true (whole.is_whole);
    g_assert_cmpuint (whole.id, ==, 0);
    for (gsize length = header; length < nal.length; length++) {
      LecNal cut = { nal.bytes, length };
      LecParameterSet set = lec_picture_reader_read_set (&reader, &cut);

      g_assert_cmpint (set.kind, ==, whole.kind);
      g_assert_false (set.is_whole);
    }
    memcpy (longer, nal.bytes, nal.length);
    longer[nal.length] = longer[nal.length + 1] = 0x55;
    nal = (LecNal){ longer, nal.length + 2 };
    g_assert_false (lec_picture_reader_read_set (&reader, &nal).is_whole);
    g_assert_cmpmem (&reader, sizeof reader, &before, sizeof before);
  }
}

/* A picture parameter set whose sequence parameter set is not among those known. */
static void
test_set_of_unknown_sequence (gconstpointer data)
{
  LecPictureCodec codec = (LecPictureCodec) GPOINTER_TO_INT (data);
  Reader reader = reader_for (codec);
  Unit *unit = unit_new ();
  LecPicture picture;

  if (codec == LEC_PICTURE_H264)
    unit_add_h264_picture_set (unit, 2, 5);
  else
    unit_add_h265_picture_set (unit, 2, 5);
  g_byte_array_ref (unit);
  picture = read_unit (&reader, unit);
  g_assert_cmpuint (picture.n_sets, ==, 1); /* its sequence may still come */
  reader = reader_for (codec);
  read_unit (&reader, sets_of (codec));
  picture = read_unit (&reader, unit);
  g_assert_cmpuint (picture.n_sets, ==, 0);
  g_assert_cmpuint (picture.n_damaged_sets, ==, 1);
}

/* avcC and hvcC: parameter sets, and how long lengths are. */
static void
test_configuration (void)
{
  g_autoptr (GByteArray) all = sets_of (LEC_PICTURE_H264);
  g_autoptr (GByteArray) avcc = g_byte_array_new ();
  g_autoptr (GByteArray) sets = unit_to_length_prefixed (all, 2);
  guint first = (guint) (sets->data[0] << 8 | sets->data[1]) + 2;
  Reader reader = reader_for (LEC_PICTURE_H264);
  g_autoptr (GByteArray) hvcc = g_byte_array_new ();
  g_autoptr (GByteArray) all5 = sets_of (LEC_PICTURE_H265);
  g_autoptr (GByteArray) sets5 = unit_to_length_prefixed (all5, 2);
  guint8 zeros[21] = { 1 };

  g_byte_array_append (avcc, (const guint8 *) "\1\x4d\0\x1e\xfd\xe1", 6);
  g_byte_array_append (avcc, sets->data, first);
  g_byte_array_append (avcc, (const guint8 *) "\1", 1);
  g_byte_array_append (avcc, sets->data + first, sets->len - first);
  g_assert_cmpuint (lec_picture_reader_configure (&reader, avcc->data, avcc->len), ==, 2);
  g_assert_cmpuint (reader.length_size, ==, 2);
  g_assert_true (reader.sets.h264.pictures[0].is_known);
  for (guint length = 0; length < avcc->len; length++) {
    reader = reader_for (LEC_PICTURE_H264);
    g_assert_cmpuint (lec_picture_reader_configure (&reader, avcc->data, length), <, 2);
  }

  g_byte_array_append (hvcc, zeros, 21);
  g_byte_array_append (hvcc, (const guint8 *) "\xff\1\xa0\0\3", 5);
  g_byte_array_append (hvcc, sets5->data, sets5->len);
  reader = reader_for (LEC_PICTURE_H265);
  g_assert_cmpuint (lec_picture_reader_configure (&reader, hvcc->data, hvcc->len), ==, 3);
  g_assert_cmpuint (reader.length_size, ==, 4);
  g_assert_true (reader.sets.h265.sequences[0].is_known);
}

/* Noise between, an empty unit, a length that is too long, a forbidden bit. */
static void
test_malformed (void)
{
  static const struct
  {
    const char *bytes;
    guint length;
    guint length_size;
    gboolean is_malformed;
  } cases[] = {
    { "\0\0\1\x09\xf0", 5, 0, FALSE },      { "\0\0\0\1\x09\xf0\0\0\0", 9, 0, FALSE },
    { "x\0\0\1\x09\xf0", 6, 0, TRUE },      { "no start code", 13, 0, TRUE },
    { "\0\0\1\0\0\1\x09\xf0", 8, 0, TRUE }, { "\0\0\1\x89\xf0", 5, 0, TRUE },
    { "\0\0\1\x01", 4, 0, TRUE },           { "", 0, 0, FALSE },
    { "\0\2\x09\xf0", 4, 2, FALSE },        { "\0\3\x09\xf0", 4, 2, TRUE },
    { "\0\2\x09\xf0\0", 5, 2, TRUE },       { "\0\0\0\2\x09\xf0", 6, 2, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Reader reader = reader_for (LEC_PICTURE_H264);
    LecPicture picture;

    reader.length_size = cases[i].length_size;
    picture = lec_picture_reader_read (&reader, (const guint8 *) cases[i].bytes, cases[i].length);
    g_assert_cmpint (picture.is_malformed, ==, cases[i].is_malformed);
    g_assert_cmpint (picture.entry, ==, LEC_ENTRY_NONE);
  }
}

/* Where units lie: what is cut out of a piece must leave the others whole. */
static void
test_spans (void)
{
  static const guint8 piece[]
      = { 0, 0, 0, 1, 9, 0xf0, 0, 0, 1, 0x67, 1, 2, 0, 0, 0, 0, 1, 0x65, 7, 0 };
  LecNalCursor cursor = lec_nal_cursor_init (piece, sizeof piece, 0);
  static const LecNal expected[]
      = { { piece + 4, 2, 0, 6 }, { piece + 9, 3, 6, 6 }, { piece + 17, 2, 12, 7 } };
  LecNal nal;

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_assert_true (lec_nal_cursor_next (&cursor, &nal));
    g_assert_cmpmem (&nal, sizeof nal, &expected[i], sizeof expected[i]);
  }
  g_assert_false (lec_nal_cursor_next (&cursor, &nal));
  g_assert_false (cursor.is_malformed);
}

/* Codecs without NAL units: a key frame or none. */
static const struct
{
  const char *name;
  const char *media_type;
  int version;
  const char *bytes;
  guint length;
  LecEntry entry;
  gboolean lacks_sets;
  gboolean is_malformed;
} others[] = {
  { "mpeg i", "video/mpeg", 2, "\0\0\1\xb3\x14\0\0\1\xb8\0\x08\0\x40\0\0\1\0\0\x0f\xff\xf8", 21,
    LEC_ENTRY_CLEAN },
  { "mpeg i without header", "video/mpeg", 1, "\0\0\1\xb8\0\x08\0\x40\0\0\1\0\0\x0f\xff\xf8", 16,
    LEC_ENTRY_CLEAN, TRUE },
  { "mpeg p", "video/mpeg", 2, "\0\0\1\xb3\x14\0\0\1\0\0\x17\xff\xf8", 13, LEC_ENTRY_NONE },
  { "mpeg b", "video/mpeg", 2, "\0\0\1\xb3\x14\0\0\1\0\0\x1f\xff\xf8", 13, LEC_ENTRY_NONE },
  { "mpeg fields i and p", "video/mpeg", 2,
    "\0\0\1\xb3\x14\0\0\1\0\0\x0f\xff\xf8\0\0\1\0\0\x17\xff\xf8", 21, LEC_ENTRY_CLEAN },
  { "mpeg fields p and i", "video/mpeg", 2,
    "\0\0\1\xb3\x14\0\0\1\0\0\x17\xff\xf8\0\0\1\0\0\x0f\xff\xf8", 21, LEC_ENTRY_NONE },
  { "mpeg type 0", "video/mpeg", 2, "\0\0\1\xb3\x14\0\0\1\0\0\x07\xff\xf8", 13, LEC_ENTRY_NONE,
    FALSE, TRUE },
  { "mpeg cut", "video/mpeg", 2, "\0\0\1\xb3\x14\0\0\1\0\0", 10, LEC_ENTRY_NONE, FALSE, TRUE },
  { "mpeg-4 i", "video/mpeg", 4, "\0\0\1\x20\x08\0\0\1\xb6\x10\x60", 11, LEC_ENTRY_CLEAN },
  { "mpeg-4 i without layer", "video/mpeg", 4, "\0\0\1\xb6\x10\x60", 6, LEC_ENTRY_CLEAN, TRUE },
  { "mpeg-4 p", "video/mpeg", 4, "\0\0\1\x20\x08\0\0\1\xb6\x50\x60", 11, LEC_ENTRY_NONE },
  { "h263 intra", "video/x-h263", 0, "\0\0\x80\x02\x08\0\0", 7, LEC_ENTRY_CLEAN },
  { "h263 inter", "video/x-h263", 0, "\0\0\x80\x02\x0a\0\0", 7, LEC_ENTRY_NONE },
  { "h263+ intra", "video/x-h263", 0, "\0\0\x80\x02\x1c\x80\0\0\0", 9, LEC_ENTRY_CLEAN },
  { "h263+ inter", "video/x-h263", 0, "\0\0\x80\x02\x1c\x80\0\x04\0", 9, LEC_ENTRY_NONE },
  { "h263+ inter, without options", "video/x-h263", 0, "\0\0\x80\x02\x1c\x10\0\0\0", 9,
    LEC_ENTRY_NONE },
  { "h263 none", "video/x-h263", 0, "\0\1\x80\x02\x08\0\0", 7, LEC_ENTRY_NONE, FALSE, TRUE },
  { "vp8 key", "video/x-vp8", 0, "\x10\0\0\x9d\1\x2a\x40\1\xf0\0", 10, LEC_ENTRY_CLEAN },
  { "vp8 inter", "video/x-vp8", 0, "\x11\0\0\x9d\1\x2a", 6, LEC_ENTRY_NONE },
  { "vp8 key without its mark", "video/x-vp8", 0, "\x10\0\0\x9d\1\x2b\x40", 7, LEC_ENTRY_NONE,
    FALSE, TRUE },
  { "vp9 key", "video/x-vp9", 0, "\x82\x49\x83\x42", 4, LEC_ENTRY_CLEAN },
  { "vp9 inter", "video/x-vp9", 0, "\x86\0\0\0", 4, LEC_ENTRY_NONE },
  { "vp9 shows an old one", "video/x-vp9", 0, "\x88", 1, LEC_ENTRY_NONE },
  { "vp9 none", "video/x-vp9", 0, "\x02\x49\x83", 3, LEC_ENTRY_NONE, FALSE, TRUE },
  { "wmv", "video/x-wmv", 0, "\x80\0", 2, LEC_ENTRY_CLEAN },
  { "wmv, nothing", "video/x-wmv", 0, "", 0, LEC_ENTRY_NONE },
  { "msmpeg", "video/x-msmpeg", 0, "\x80\0", 2, LEC_ENTRY_CLEAN },
  { "h261", "video/x-h261", 0, "\0\1\0", 3, LEC_ENTRY_CLEAN },
  { "jpeg", "image/jpeg", 0, "\xff\xd8", 2, LEC_ENTRY_CLEAN },
  { "sound", "audio/mpeg", 4, "\0", 1, LEC_ENTRY_CLEAN },
  { "nothing", "audio/mpeg", 4, "", 0, LEC_ENTRY_NONE },
};

static void
test_other (gconstpointer data)
{
  const typeof (others[0]) *row = data;
  Reader reader = reader_for (lec_picture_codec_of (row->media_type, row->version));
  LecPicture picture = lec_picture_reader_read (&reader, (const guint8 *) row->bytes, row->length);

  g_assert_cmpint (picture.entry, ==, row->entry);
  g_assert_cmpint (picture.lacks_sets, ==, row->lacks_sets);
  g_assert_cmpint (picture.is_malformed, ==, row->is_malformed);
}

/* A header that came in front is known from then on. */
static void
test_other_configuration (void)
{
  Reader reader = reader_for (LEC_PICTURE_MPEG4);
  static const guint8 picture[] = { 0, 0, 1, 0xb6, 0x10, 0x60 };

  g_assert_cmpuint (
      lec_picture_reader_configure (&reader, (const guint8 *) "\0\0\1\xb0\1\0\0\1\x20\x08", 10), ==,
      1);
  g_assert_false (lec_picture_reader_read (&reader, picture, sizeof picture).lacks_sets);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/picture/%s", rows[i].name);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autofree char *path = g_strdup_printf ("/picture/%s", others[i].name);

    g_test_add_data_func (path, &others[i], test_other);
  }
  g_test_add_func ("/picture/lacks-sets", test_lacks_sets);
  g_test_add_data_func ("/picture/damaged-sets/h264", GINT_TO_POINTER (LEC_PICTURE_H264),
                        test_damaged_sets);
  g_test_add_data_func ("/picture/damaged-sets/h265", GINT_TO_POINTER (LEC_PICTURE_H265),
                        test_damaged_sets);
  g_test_add_data_func ("/picture/unknown-sequence/h264", GINT_TO_POINTER (LEC_PICTURE_H264),
                        test_set_of_unknown_sequence);
  g_test_add_data_func ("/picture/unknown-sequence/h265", GINT_TO_POINTER (LEC_PICTURE_H265),
                        test_set_of_unknown_sequence);
  g_test_add_func ("/picture/configuration", test_configuration);
  g_test_add_func ("/picture/malformed", test_malformed);
  g_test_add_func ("/picture/spans", test_spans);
  g_test_add_func ("/picture/other-configuration", test_other_configuration);
  return g_test_run ();
}
