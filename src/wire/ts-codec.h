/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is in an elementary stream of a transport stream: by its stream_type (ISO/IEC 13818-1, table
 * 2-34) and its descriptors (there, section 2.6; EN 300 468, section 6.2 and annex D). And who has
 * scrambled it, by the registry of CA_system_IDs. */
#pragma once

#include "channel/channel-info.h"

G_BEGIN_DECLS

/* Of one constant table, so that they can be told apart by address. */
typedef struct
{
  const char *name; /* for a person and for programs: "H.264" */
  LecMedia media;
  gboolean playable; /* GStreamer's demuxer has it, and decoders for it exist */
} LecTsCodec;

/**
 * lec_ts_codec_find:
 * @type: stream_type
 * @descriptors: of the elementary stream; any bytes
 * @program: registration of the whole program (format_identifier); 0: none
 *
 * Returns: (nullable) (transfer none): NULL where it is nothing known
 */
const LecTsCodec *
lec_ts_codec_find (guint type, const guint8 *descriptors, guint length, guint32 program);

/* Returns: (nullable) (transfer none): the name of a CA system; NULL: not known */
const char *lec_ts_ca_get_name (guint system);

/* ---- descriptors ---- */

enum {
  LEC_TS_REGISTRATION = 0x05,
  LEC_TS_CA = 0x09,
  LEC_TS_LANGUAGE = 0x0a,
  LEC_TS_SERVICE = 0x48,
  LEC_TS_TELETEXT = 0x56,
  LEC_TS_SUBTITLING = 0x59,
};

/**
 * lec_ts_descriptor_find:
 * @descriptors: @length bytes of a loop of them
 * @size: (out): [bytes] of its body
 *
 * Returns: (nullable) (transfer none): body of the first one of @tag that is whole
 */
const guint8 *
lec_ts_descriptor_find (const guint8 *descriptors, guint length, guint tag, guint *size);

G_END_DECLS
