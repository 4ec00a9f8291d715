/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The parts of H.264 that say how pictures depend on each other (ITU-T H.264, 7.3). */
#pragma once

#include "wire/nal.h"
#include "wire/picture.h"

G_BEGIN_DECLS

#define LEC_H264_MAX_SEQUENCE_SETS 32
#define LEC_H264_MAX_PICTURE_SETS 256

/* The parameter sets seen, as far as slices need them. All zero: none. */
typedef struct
{
  struct
  {
    gboolean is_known;
    guint8 log2_max_frame_num;
    guint8 n_references;
    guint8 chroma_format;
    gboolean has_separate_planes;
  } sequences[LEC_H264_MAX_SEQUENCE_SETS];
  struct
  {
    gboolean is_known;
    guint8 sequence;
  } pictures[LEC_H264_MAX_PICTURE_SETS];
} LecH264;

/* Notes @nal when it is a parameter set, and a whole one. A picture parameter set is not whole when
 * sequence parameter sets were seen, but not the one that it names. */
LecParameterSet lec_h264_read_set (LecH264 *self, const LecNal *nal);

/* Adds what @nal says to @picture, which begins as all zero with each access unit. */
void lec_h264_read_nal (LecH264 *self, const LecNal *nal, LecPicture *picture);

G_END_DECLS
