/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/ts-codec.h"

#define FOURCC(a, b, c, d) ((guint32) (a) << 24 | (guint32) (b) << 16 | (guint32) (c) << 8 | (d))
#define HDMV FOURCC ('H', 'D', 'M', 'V')

#define EXTENSION 0x7f /* a descriptor whose first byte is the tag proper */

/* Stream types that say nothing: what it is stands in the descriptors. */
#define PRIVATE_SECTIONS 0x05
#define PRIVATE_PES 0x06

static const LecTsCodec mpeg1_video = { "MPEG-1", LEC_MEDIA_VIDEO, TRUE };
static const LecTsCodec mpeg2_video = { "MPEG-2", LEC_MEDIA_VIDEO, TRUE };
static const LecTsCodec mpeg4_video = { "MPEG-4", LEC_MEDIA_VIDEO, TRUE };
static const LecTsCodec h264 = { "H.264", LEC_MEDIA_VIDEO, TRUE };
static const LecTsCodec h265 = { "H.265", LEC_MEDIA_VIDEO, TRUE };
static const LecTsCodec h266 = { "H.266", LEC_MEDIA_VIDEO, FALSE };
static const LecTsCodec av1 = { "AV1", LEC_MEDIA_VIDEO, FALSE };
static const LecTsCodec vc1 = { "VC-1", LEC_MEDIA_VIDEO, TRUE };
static const LecTsCodec dirac = { "Dirac", LEC_MEDIA_VIDEO, TRUE };
static const LecTsCodec jpeg2000 = { "JPEG 2000", LEC_MEDIA_VIDEO, TRUE };
static const LecTsCodec jpeg_xs = { "JPEG XS", LEC_MEDIA_VIDEO, FALSE };
static const LecTsCodec avs = { "AVS", LEC_MEDIA_VIDEO, FALSE };
static const LecTsCodec avs2 = { "AVS2", LEC_MEDIA_VIDEO, FALSE };
static const LecTsCodec avs3 = { "AVS3", LEC_MEDIA_VIDEO, FALSE };
static const LecTsCodec mpeg_audio = { "MPA", LEC_MEDIA_AUDIO, TRUE };
static const LecTsCodec aac = { "AAC", LEC_MEDIA_AUDIO, TRUE };
static const LecTsCodec aac_latm = { "AAC (LATM)", LEC_MEDIA_AUDIO, TRUE };
static const LecTsCodec ac3 = { "AC-3", LEC_MEDIA_AUDIO, TRUE };
static const LecTsCodec eac3 = { "E-AC-3", LEC_MEDIA_AUDIO, TRUE };
static const LecTsCodec ac4 = { "AC-4", LEC_MEDIA_AUDIO, FALSE };
static const LecTsCodec dts = { "DTS", LEC_MEDIA_AUDIO, TRUE };
static const LecTsCodec true_hd = { "Dolby TrueHD", LEC_MEDIA_AUDIO, TRUE };
static const LecTsCodec lpcm = { "LPCM", LEC_MEDIA_AUDIO, TRUE };
static const LecTsCodec aes3 = { "SMPTE 302M", LEC_MEDIA_AUDIO, TRUE };
static const LecTsCodec opus = { "Opus", LEC_MEDIA_AUDIO, TRUE };
static const LecTsCodec mpeg_h = { "MPEG-H", LEC_MEDIA_AUDIO, FALSE };
static const LecTsCodec teletext = { "teletext", LEC_MEDIA_TEXT, FALSE };
static const LecTsCodec dvb_subtitles = { "DVBSUB", LEC_MEDIA_TEXT, FALSE };
static const LecTsCodec pgs = { "PGS", LEC_MEDIA_TEXT, FALSE };
static const LecTsCodec klv = { "KLV", LEC_MEDIA_APPLICATION, FALSE };
static const LecTsCodec metadata = { "metadata", LEC_MEDIA_APPLICATION, FALSE };
static const LecTsCodec carousel = { "DSM-CC", LEC_MEDIA_APPLICATION, FALSE };
static const LecTsCodec splice = { "SCTE-35", LEC_MEDIA_APPLICATION, FALSE };

/* What one number means. */
typedef struct
{
  guint32 number;
  const LecTsCodec *codec;
} Row;

static const Row types[] = {
  { 0x01, &mpeg1_video }, { 0x02, &mpeg2_video }, { 0x03, &mpeg_audio },
  { 0x04, &mpeg_audio },  { 0x0b, &carousel },    { 0x0d, &carousel },
  { 0x0f, &aac },         { 0x10, &mpeg4_video }, { 0x11, &aac_latm },
  { 0x15, &metadata },    { 0x1b, &h264 },        { 0x1c, &aac },
  { 0x1f, &h264 },        { 0x20, &h264 },        { 0x21, &jpeg2000 },
  { 0x24, &h265 },        { 0x25, &h265 },        { 0x2d, &mpeg_h },
  { 0x2e, &mpeg_h },      { 0x32, &jpeg_xs },     { 0x33, &h266 },
  { 0x42, &avs },         { 0x81, &ac3 },         { 0x86, &splice },
  { 0x87, &eac3 },        { 0xd1, &dirac },       { 0xd2, &avs2 },
  { 0xd4, &avs3 },        { 0xea, &vc1 },         { 0 },
};

/* Blu-ray has numbers of its own. */
static const Row hdmv_types[] = {
  { 0x80, &lpcm }, { 0x81, &ac3 }, { 0x82, &dts },  { 0x83, &true_hd }, { 0x84, &eac3 },
  { 0x85, &dts },  { 0x86, &dts }, { 0x87, &eac3 }, { 0x90, &pgs },     { 0 },
};

static const Row registrations[] = {
  { FOURCC ('A', 'C', '-', '3'), &ac3 },    { FOURCC ('E', 'A', 'C', '3'), &eac3 },
  { FOURCC ('A', 'C', '-', '4'), &ac4 },    { FOURCC ('D', 'T', 'S', '1'), &dts },
  { FOURCC ('D', 'T', 'S', '2'), &dts },    { FOURCC ('D', 'T', 'S', '3'), &dts },
  { FOURCC ('O', 'p', 'u', 's'), &opus },   { FOURCC ('H', 'E', 'V', 'C'), &h265 },
  { FOURCC ('V', 'V', 'C', ' '), &h266 },   { FOURCC ('A', 'V', '0', '1'), &av1 },
  { FOURCC ('V', 'C', '-', '1'), &vc1 },    { FOURCC ('d', 'r', 'a', 'c'), &dirac },
  { FOURCC ('B', 'S', 'S', 'D'), &aes3 },   { FOURCC ('K', 'L', 'V', 'A'), &klv },
  { FOURCC ('C', 'U', 'E', 'I'), &splice }, { 0 },
};

/* By the tag of a descriptor of EN 300 468. */
static const Row tags[] = {
  { LEC_TS_TELETEXT, &teletext },
  { LEC_TS_SUBTITLING, &dvb_subtitles },
  { 0x6a, &ac3 },
  { 0x7a, &eac3 },
  { 0x7b, &dts },
  { 0x7c, &aac },
  { 0 },
};

/* By the extended tag. */
static const Row extended_tags[] = {
  { 0x0e, &dts },
  { 0x15, &ac4 },
  { 0 },
};

static const LecTsCodec *
find (const Row *rows, guint32 number)
{
  for (const Row *row = rows; row->codec != NULL; row++) {
    if (row->number == number)
      return row->codec;
  }
  return NULL;
}

static guint32
get_registration (const guint8 *descriptors, guint length)
{
  guint size;
  const guint8 *body = lec_ts_descriptor_find (descriptors, length, LEC_TS_REGISTRATION, &size);

  return body != NULL && size >= 4 ? FOURCC (body[0], body[1], body[2], body[3]) : 0;
}

static const LecTsCodec *
find_in_descriptors (const guint8 *descriptors, guint length)
{
  const LecTsCodec *codec = find (registrations, get_registration (descriptors, length));
  const guint8 *body;
  guint size;

  for (const Row *row = tags; codec == NULL && row->codec != NULL; row++) {
    if (lec_ts_descriptor_find (descriptors, length, row->number, &size) != NULL)
      codec = row->codec;
  }
  body = lec_ts_descriptor_find (descriptors, length, EXTENSION, &size);
  if (codec == NULL && body != NULL && size > 0)
    codec = find (extended_tags, body[0]);
  return codec;
}

const LecTsCodec *
lec_ts_codec_find (guint type, const guint8 *descriptors, guint length, guint32 program)
{
  const LecTsCodec *codec = NULL;

  if (program == HDMV)
    codec = find (hdmv_types, type);
  if (codec == NULL)
    codec = find (types, type);
  if (codec == NULL && type != PRIVATE_SECTIONS)
    codec = find_in_descriptors (descriptors, length);
  return codec;
}

const guint8 *
lec_ts_descriptor_find (const guint8 *descriptors, guint length, guint tag, guint *size)
{
  while (length >= 2 && (guint) descriptors[1] + 2 <= length) {
    if (descriptors[0] == tag) {
      *size = descriptors[1];
      return descriptors + 2;
    }
    length -= (guint) descriptors[1] + 2;
    descriptors += descriptors[1] + 2;
  }
  return NULL;
}

const char *
lec_ts_ca_get_name (guint system)
{
  static const struct
  {
    guint first, last;
    const char *name;
  } systems[] = {
    { 0x0100, 0x01ff, "Mediaguard" }, { 0x0500, 0x05ff, "Viaccess" },
    { 0x0600, 0x06ff, "Irdeto" },     { 0x0900, 0x09ff, "VideoGuard" },
    { 0x0b00, 0x0bff, "Conax" },      { 0x0d00, 0x0dff, "Cryptoworks" },
    { 0x0e00, 0x0eff, "PowerVu" },    { 0x1000, 0x10ff, "RAS" },
    { 0x1700, 0x17ff, "Betacrypt" },  { 0x1800, 0x18ff, "Nagravision" },
    { 0x2600, 0x2602, "BISS" },       { 0x4a60, 0x4a6f, "SkyCrypt" },
    { 0x4ae0, 0x4ae1, "DRE-Crypt" },  { 0x4aea, 0x4aea, "Cryptoguard" },
    { 0x4aee, 0x4aee, "Bulcrypt" },   { 0x4afc, 0x4afc, "Panaccess" },
    { 0x5500, 0x55ff, "Griffin" },    { 0x5601, 0x5604, "Verimatrix" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (systems); i++) {
    if (system >= systems[i].first && system <= systems[i].last)
      return systems[i].name;
  }
  return NULL;
}
