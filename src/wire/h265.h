/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The parts of H.265 that say how pictures depend on each other (ITU-T H.265, 7.3). */
#pragma once

#include "wire/nal.h"
#include "wire/picture.h"

G_BEGIN_DECLS

#define LEC_H265_MAX_SEQUENCE_SETS 16
#define LEC_H265_MAX_PICTURE_SETS 64

/* The parameter sets seen, as far as slices need them. All zero: none. */
typedef struct
{
  struct
  {
    gboolean is_known;
    guint8 log2_max_order;
    guint8 address_bits; /* of slice_segment_address */
    gboolean has_separate_planes;
  } sequences[LEC_H265_MAX_SEQUENCE_SETS];
  struct
  {
    gboolean is_known;
    guint8 sequence;
    guint8 n_extra_bits;
    gboolean has_dependent_slices;
    gboolean has_output_flag;
  } pictures[LEC_H265_MAX_PICTURE_SETS];
} LecH265;

/* Notes @nal when it is a parameter set, and a whole one. A picture parameter set is not whole when
 * sequence parameter sets were seen, but not the one that it names. */
LecParameterSet lec_h265_read_set (LecH265 *self, const LecNal *nal);

/* Adds what @nal says to @picture, which begins as all zero with each access unit. */
void lec_h265_read_nal (LecH265 *self, const LecNal *nal, LecPicture *picture);

G_END_DECLS
