/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/picture-reader.h"

#include <string.h>

#include "wire/bits.h"
#include "wire/reader.h"

static const struct
{
  const char *media_type;
  int mpeg_version; /* 0: any */
  LecPictureCodec codec;
} codecs[] = {
  { "video/x-h264", 0, LEC_PICTURE_H264 },     { "video/x-h265", 0, LEC_PICTURE_H265 },
  { "video/mpeg", 1, LEC_PICTURE_MPEG_VIDEO }, { "video/mpeg", 2, LEC_PICTURE_MPEG_VIDEO },
  { "video/mpeg", 4, LEC_PICTURE_MPEG4 },      { "video/x-h263", 0, LEC_PICTURE_H263 },
  { "video/x-vp8", 0, LEC_PICTURE_VP8 },       { "video/x-vp9", 0, LEC_PICTURE_VP9 },
  { "video/x-wmv", 0, LEC_PICTURE_MARKED },    { "video/x-msmpeg", 0, LEC_PICTURE_MARKED },
  /* The rest is LEC_PICTURE_ANY: sound, pictures that stand alone (JPEG), and H.261, whose picture
   * header does not say how its macroblocks are coded. */
};

LecPictureCodec
lec_picture_codec_of (const char *media_type, int mpeg_version)
{
  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++) {
    if (strcmp (codecs[i].media_type, media_type) == 0
        && (codecs[i].mpeg_version == 0 || codecs[i].mpeg_version == mpeg_version))
      return codecs[i].codec;
  }
  return LEC_PICTURE_ANY;
}

void
lec_picture_reader_init (LecPictureReader *self, LecPictureCodec codec)
{
  *self = (LecPictureReader){ .codec = codec };
}

LecParameterSet
lec_picture_reader_read_set (LecPictureReader *self, const LecNal *nal)
{
  switch (self->codec) {
  case LEC_PICTURE_H264:
    return lec_h264_read_set (&self->sets.h264, nal);
  case LEC_PICTURE_H265:
    return lec_h265_read_set (&self->sets.h265, nal);
  case LEC_PICTURE_ANY:
  case LEC_PICTURE_MPEG_VIDEO:
  case LEC_PICTURE_MPEG4:
  case LEC_PICTURE_H263:
  case LEC_PICTURE_VP8:
  case LEC_PICTURE_VP9:
  case LEC_PICTURE_MARKED:
    break;
  }
  return (LecParameterSet){ LEC_SET_NONE, FALSE, 0 };
}

/* @n sets, each behind two bytes that give its length. */
static guint
configure_sets (LecPictureReader *self, LecReader *reader, guint n)
{
  guint n_whole = 0;

  for (guint i = 0; i < n && !reader->failed; i++) {
    LecNal nal = { .length = lec_reader_u16 (reader) };

    nal.bytes = lec_reader_bytes (reader, nal.length);
    if (nal.bytes != NULL && nal.length > 0)
      n_whole += lec_picture_reader_read_set (self, &nal).is_whole;
  }
  return n_whole;
}

static guint
configure_h264 (LecPictureReader *self, LecReader *reader)
{
  guint n_whole;

  lec_reader_skip (reader, 4); /* version, profile, level */
  self->length_size = (lec_reader_u8 (reader) & 3) + 1u;
  n_whole = configure_sets (self, reader, lec_reader_u8 (reader) & 0x1f);
  return n_whole + configure_sets (self, reader, lec_reader_u8 (reader));
}

static guint
configure_h265 (LecPictureReader *self, LecReader *reader)
{
  guint n_whole = 0;
  guint n_arrays;

  lec_reader_skip (reader, 21);
  self->length_size = (lec_reader_u8 (reader) & 3) + 1u;
  n_arrays = lec_reader_u8 (reader);
  for (guint i = 0; i < n_arrays && !reader->failed; i++) {
    lec_reader_skip (reader, 1);
    n_whole += configure_sets (self, reader, lec_reader_u16 (reader));
  }
  return n_whole;
}

static LecPicture
read_nal_units (LecPictureReader *self, const guint8 *bytes, gsize length)
{
  LecNalCursor cursor = lec_nal_cursor_init (bytes, length, self->length_size);
  LecPicture picture = { 0 };
  LecNal nal;

  while (lec_nal_cursor_next (&cursor, &nal)) {
    if (self->codec == LEC_PICTURE_H264)
      lec_h264_read_nal (&self->sets.h264, &nal, &picture);
    else
      lec_h265_read_nal (&self->sets.h265, &nal, &picture);
  }
  picture.is_malformed |= cursor.is_malformed;
  if (!picture.has_slices)
    picture.entry = LEC_ENTRY_NONE;
  else if (picture.is_key
           || (picture.is_recovery_point && picture.is_intra && picture.recovery_count <= 0))
    picture.entry = LEC_ENTRY_CLEAN;
  else if (picture.is_recovery_point)
    picture.entry = LEC_ENTRY_REFRESH;
  else if (picture.is_intra)
    picture.entry = LEC_ENTRY_INTRA;
  return picture;
}

/* The next start code 00 00 01 in @reader, and the byte behind it; -1 at the end. */
static int
next_start_code (LecReader *reader)
{
  const guint8 *one = reader->at;

  while (reader->left >= 4) {
    one = memchr (reader->at + 2, 1, reader->left - 3);
    if (one == NULL)
      break;
    if (one[-1] == 0 && one[-2] == 0) {
      lec_reader_skip (reader, (gsize) (one - reader->at) + 2);
      return one[1];
    }
    lec_reader_skip (reader, (gsize) (one - reader->at) - 1);
  }
  reader->left = 0;
  return -1;
}

/* ISO/IEC 13818-2, 6.2.2. Of two fields in one unit the first decides: that of an I picture may be
 * followed by a P field (6.1.1.4.1). */
static void
read_mpeg_video (LecPictureReader *self, LecReader *reader, LecPicture *picture)
{
  int code;

  while ((code = next_start_code (reader)) >= 0) {
    LecReader ahead = *reader;

    if (code == 0xb3) { /* sequence_header_code */
      self->has_header = TRUE;
      picture->n_sets++;
    } else if (code == 0xb8) { /* group_start_code: time_code, closed_gop, broken_link */
      picture->is_broken_link = (lec_reader_u32 (&ahead) & 0x20) != 0;
    } else if (code == 0x00) { /* picture_start_code: temporal_reference, picture_coding_type */
      guint type = lec_reader_u16 (&ahead) >> 3 & 7;

      picture->is_malformed |= ahead.failed || type == 0;
      picture->is_intra = picture->has_slices ? picture->is_intra : type == 1;
      picture->is_reference |= type == 1 || type == 2;
      picture->has_slices = TRUE;
    }
  }
}

/* ISO/IEC 14496-2, 6.2 */
static void
read_mpeg4 (LecPictureReader *self, LecReader *reader, LecPicture *picture)
{
  int code;

  while ((code = next_start_code (reader)) >= 0) {
    LecReader ahead = *reader;

    if (code >= 0x20 && code <= 0x2f) { /* video_object_layer_start_code */
      self->has_header = TRUE;
      picture->n_sets++;
    } else if (code == 0xb6) { /* vop_start_code: vop_coding_type */
      guint type = lec_reader_u8 (&ahead) >> 6;

      picture->is_malformed |= ahead.failed;
      picture->is_intra = !ahead.failed && type == 0;
      picture->is_reference |= type != 2;
      picture->has_slices = TRUE;
    }
  }
}

/* ITU-T H.263, 5.1 */
static void
read_h263 (LecBits *bits, LecPicture *picture)
{
  gboolean is_inter;

  picture->is_malformed = lec_bits_u (bits, 22) != 0x20; /* PSC */
  lec_bits_skip (bits, 8 + 5);                           /* TR, first bits of PTYPE */
  if (lec_bits_u (bits, 3) == 7) {                       /* PLUSPTYPE */
    if (lec_bits_u (bits, 3) == 1)
      lec_bits_skip (bits, 18); /* OPPTYPE */
    is_inter = lec_bits_u (bits, 3) != 0;
  } else {
    is_inter = lec_bits_flag (bits);
  }
  picture->is_malformed |= bits->failed;
  picture->is_intra = !picture->is_malformed && !is_inter;
  picture->has_slices = picture->is_reference = TRUE;
}

/* RFC 6386, 9.1 */
static void
read_vp8 (LecReader *reader, LecPicture *picture)
{
  guint8 tag = lec_reader_u8 (reader);

  lec_reader_skip (reader, 2);
  picture->is_intra = (tag & 1) == 0;
  picture->is_malformed = reader->failed;
  if (picture->is_intra)
    picture->is_malformed = lec_reader_u16 (reader) != 0x9d01 || lec_reader_u8 (reader) != 0x2a;
  picture->is_intra &= !picture->is_malformed;
  picture->has_slices = picture->is_reference = TRUE;
}

/* VP9 Bitstream & Decoding Process Specification, 6.2; of a superframe the first frame */
static void
read_vp9 (LecBits *bits, LecPicture *picture)
{
  guint profile;
  gboolean shows_existing;

  picture->is_malformed = lec_bits_u (bits, 2) != 2; /* frame_marker */
  profile = lec_bits_u (bits, 1);
  profile |= lec_bits_u (bits, 1) << 1;
  if (profile == 3)
    lec_bits_flag (bits);
  shows_existing = lec_bits_flag (bits);
  picture->is_intra = !shows_existing && !lec_bits_flag (bits); /* frame_type */
  picture->is_malformed |= bits->failed;
  picture->is_intra &= !picture->is_malformed;
  picture->has_slices = picture->is_reference = TRUE;
}

static void
finish_without_sets (const LecPictureReader *self, gboolean needs_header, LecPicture *picture)
{
  picture->is_key = picture->is_intra;
  picture->lacks_sets = needs_header && !self->has_header;
  picture->entry = picture->is_key ? LEC_ENTRY_CLEAN : LEC_ENTRY_NONE;
}

guint
lec_picture_reader_configure (LecPictureReader *self, const guint8 *data, gsize length)
{
  LecReader reader = lec_reader_init (data, length);
  LecPicture headers = { 0 };

  switch (self->codec) {
  case LEC_PICTURE_H264:
    return configure_h264 (self, &reader);
  case LEC_PICTURE_H265:
    return configure_h265 (self, &reader);
  case LEC_PICTURE_MPEG_VIDEO:
    read_mpeg_video (self, &reader, &headers);
    break;
  case LEC_PICTURE_MPEG4:
    read_mpeg4 (self, &reader, &headers);
    break;
  case LEC_PICTURE_ANY:
  case LEC_PICTURE_H263:
  case LEC_PICTURE_VP8:
  case LEC_PICTURE_VP9:
  case LEC_PICTURE_MARKED:
    break;
  }
  return headers.n_sets;
}

LecPicture
lec_picture_reader_read (LecPictureReader *self, const guint8 *bytes, gsize length)
{
  LecReader reader = lec_reader_init (bytes, length);
  LecBits bits = lec_bits_init (bytes, length);
  LecPicture picture = { 0 };

  switch (self->codec) {
  case LEC_PICTURE_H264:
  case LEC_PICTURE_H265:
    return read_nal_units (self, bytes, length);
  case LEC_PICTURE_MPEG_VIDEO:
    read_mpeg_video (self, &reader, &picture);
    break;
  case LEC_PICTURE_MPEG4:
    read_mpeg4 (self, &reader, &picture);
    break;
  case LEC_PICTURE_H263:
    read_h263 (&bits, &picture);
    break;
  case LEC_PICTURE_VP8:
    read_vp8 (&reader, &picture);
    break;
  case LEC_PICTURE_VP9:
    read_vp9 (&bits, &picture);
    break;
  case LEC_PICTURE_ANY:
  case LEC_PICTURE_MARKED:
    picture.has_slices = picture.is_intra = picture.is_reference = length > 0;
    break;
  }
  finish_without_sets (
      self, self->codec == LEC_PICTURE_MPEG_VIDEO || self->codec == LEC_PICTURE_MPEG4, &picture);
  return picture;
}

LecNalRole
lec_picture_reader_role_of (const LecPictureReader *self, const LecNal *nal)
{
  gboolean is_h265 = self->codec == LEC_PICTURE_H265;
  guint type = is_h265 ? nal->bytes[0] >> 1 & 0x3f : nal->bytes[0] & 0x1f;

  if (type == (is_h265 ? 35 : 9))
    return LEC_NAL_DELIMITER;
  if (is_h265 ? type < 32 : type >= 1 && type <= 5) /* table 7-1 of either */
    return LEC_NAL_SLICE;
  /* these are a header only (H.264, 7.3.2.5 and 7.3.2.6; H.265, 7.3.2.6 and 7.3.2.7) */
  if (is_h265 ? (type == 36 || type == 37) && nal->length > 2
              : (type == 10 || type == 11) && nal->length > 1)
    return LEC_NAL_FALSE_END;
  return LEC_NAL_OTHER;
}
