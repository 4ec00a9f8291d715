/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads coded pictures as far as is needed to know where decoding can begin.
 *
 * Plain struct, nothing allotted; whoever owns it decides which thread. */
#pragma once

#include "wire/h264.h"
#include "wire/h265.h"
#include "wire/picture.h"

G_BEGIN_DECLS

typedef enum {
  LEC_PICTURE_ANY, /* decoding can begin anywhere, or nothing is known of it */
  LEC_PICTURE_H264,
  LEC_PICTURE_H265,
  LEC_PICTURE_MPEG_VIDEO, /* MPEG-1 and MPEG-2: ISO/IEC 11172-2, 13818-2 */
  LEC_PICTURE_MPEG4,      /* MPEG-4 part 2: ISO/IEC 14496-2 */
  LEC_PICTURE_H263,
  LEC_PICTURE_VP8,
  LEC_PICTURE_VP9,
  LEC_PICTURE_MARKED, /* what it came in says which are key frames: Windows Media */
} LecPictureCodec;

/* @media_type: as GStreamer's caps call it: "video/x-h264"
 * @mpeg_version: the field `mpegversion` of "video/mpeg", 0 elsewhere */
LecPictureCodec lec_picture_codec_of (const char *media_type, int mpeg_version);

typedef struct
{
  LecPictureCodec codec;
  guint length_size;   /* see lec_nal_cursor_init(); what lec_picture_reader_configure() found */
  gboolean has_header; /* MPEG: a sequence header, a video object layer */
  union
  {
    LecH264 h264;
    LecH265 h265;
  } sets;
} LecPictureReader;

void lec_picture_reader_init (LecPictureReader *self, LecPictureCodec codec);

/**
 * lec_picture_reader_configure:
 * @data: what came in front of the stream: avcC or hvcC (ISO/IEC 14496-15, 5.3.3 and 8.3.3) of
 * H.264 and H.265; headers of MPEG
 *
 * Returns: how many whole parameter sets, or headers, it holds
 */
guint lec_picture_reader_configure (LecPictureReader *self, const guint8 *data, gsize length);

/* What the access unit or picture at @bytes is; of %LEC_PICTURE_MARKED, a key frame. Its parameter
 * sets are noted. */
LecPicture lec_picture_reader_read (LecPictureReader *self, const guint8 *bytes, gsize length);

/* What one NAL unit of H.264 or H.265 is as a parameter set; notes a whole one. */
LecParameterSet lec_picture_reader_read_set (LecPictureReader *self, const LecNal *nal);

typedef enum {
  LEC_NAL_OTHER,
  LEC_NAL_SLICE,
  LEC_NAL_DELIMITER, /* of access units: it comes first in one */
  LEC_NAL_FALSE_END, /* of a sequence or stream, with something behind it in the same unit */
} LecNalRole;

LecNalRole lec_picture_reader_role_of (const LecPictureReader *self, const LecNal *nal);

G_END_DECLS
