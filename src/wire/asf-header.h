/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an ASF header says at a glance (ASF specification, sections 2 to 4), and what must be
 * changed in it before a demuxer is given it with packets that come from a network.
 *
 * A bounded look at hostile bytes; the media inside is for a demuxer. */
#pragma once

#include <glib.h>

#include "wire/asf-packet.h"

G_BEGIN_DECLS

#define LEC_ASF_DATA_START 50 /* [bytes] of the Data Object in front of its packets */

typedef enum {
  LEC_ASF_NONE, /* there is no such stream */
  LEC_ASF_AUDIO,
  LEC_ASF_VIDEO,
  LEC_ASF_COMMAND, /* script commands */
  LEC_ASF_OTHER,   /* images, files and what else there may be */
} LecAsfKind;

typedef struct
{
  gsize size; /* [bytes] of the Header Object */
  gboolean has_video;
  gboolean has_audio;
  gboolean is_encrypted;             /* by the rights management of Windows Media */
  guint32 packet_size;               /* [bytes] of each packet, with padding; 0: not said */
  guint64 preroll_ms;                /* that presentation times have in them */
  LecAsfKind kinds[LEC_ASF_STREAMS]; /* of the streams, by their numbers */
  guint32 codecs[LEC_ASF_STREAMS];   /* of sound the format tag of its WAVEFORMATEX, of a picture
                                      * the four characters of its BITMAPINFOHEADER, the first one
                                      * lowest; 0: not said */
} LecAsfHeader;

/**
 * lec_asf_header_read:
 * @bytes: (array length=length): a Header Object and what follows it
 * @header: (out caller-allocates): set on success only
 *
 * Returns: whether a whole Header Object is there
 */
gboolean lec_asf_header_read (const guint8 *bytes, gsize length, LecAsfHeader *header);

/**
 * lec_asf_header_list:
 * @numbers: (out): room for %LEC_ASF_STREAMS
 *
 * Returns: how many streams there are of @kind, of which @numbers has the numbers
 */
gsize lec_asf_header_list (const LecAsfHeader *header, LecAsfKind kind, guint8 *numbers);

/**
 * lec_asf_header_find_spare:
 * @spare: (out caller-allocates) (array fixed-size=128): which of the streams are the same as
 * others (sections 3.8 and 4.7)
 *
 * Of streams that exclude each other as they have more and fewer bits, or another language, one is
 * to be played: the one with most bits, and of those the first.
 */
void lec_asf_header_find_spare (const guint8 *bytes, gsize length, gboolean *spare);

/**
 * lec_asf_header_normalise:
 * @header: a Header Object, and the start of the Data Object where it is there
 *
 * What was true of a file, or of the whole of a programme, is not of what comes from a network:
 * sizes, counts and durations are taken out, and it is marked as a broadcast. A signature of what
 * was so changed becomes padding. No object changes its place.
 *
 * Returns: (transfer full): a copy; that of what is no header is the same
 */
GBytes *lec_asf_header_normalise (GBytes *header) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_asf_header_grow_packets:
 * @header: as for lec_asf_header_normalise()
 * @more: [bytes]
 *
 * Returns: (transfer full): a copy, in which each packet has so much more room
 */
GBytes *lec_asf_header_grow_packets (GBytes *header, guint more) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_asf_header_leave_out:
 * @streams: (array fixed-size=128): which to leave out, by their numbers
 *
 * Some demuxers wait for each stream that is declared, even for one that stays silent.
 *
 * Returns: (transfer full): a copy in which they are not declared
 */
GBytes *lec_asf_header_leave_out (GBytes *header,
                                  const gboolean *streams) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
