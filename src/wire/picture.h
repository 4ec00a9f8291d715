/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What can be told of one coded picture without decoding it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From where on what a decoder gives is right when it begins with this picture. */
typedef enum {
  LEC_ENTRY_NONE,
  LEC_ENTRY_INTRA,   /* it refers to no other, but later ones may refer to what was before it */
  LEC_ENTRY_REFRESH, /* after recovery_count: a recovery point of gradual refresh */
  LEC_ENTRY_CLEAN,   /* at once: this one and all that are shown after it */
} LecEntry;

typedef enum {
  LEC_SET_NONE,
  LEC_SET_VIDEO, /* VPS, of H.265 */
  LEC_SET_SEQUENCE,
  LEC_SET_PICTURE,
} LecSetKind;

/* What a NAL unit is as a parameter set. */
typedef struct
{
  LecSetKind kind;
  gboolean is_whole; /* every field of it is there and within its bounds, and nothing behind */
  guint id;          /* when it is whole */
} LecParameterSet;

typedef struct
{
  LecEntry entry;
  gint32 recovery_count; /* of a recovery point, in units of order: recovery_frame_cnt (H.264,
                            D.2.8), recovery_poc_cnt (H.265, D.3.8) */
  guint32 order;         /* frame_num, or the low bits of the picture order count */
  guint32 order_modulus; /* order counts below it; 0: order is not known */
  guint n_references;    /* H.264: max_num_ref_frames (7.4.2.1.1) */
  gboolean has_slices;   /* of a picture, not only what goes with one */
  gboolean is_intra;     /* all its slices are */
  gboolean is_key;       /* IDR, BLA or CRA; a key frame of other codecs */
  gboolean is_recovery_point;
  gboolean is_exact_match;
  gboolean is_broken_link;
  gboolean is_reference; /* others may refer to it */
  gboolean is_leading;   /* RASL: useless when decoding began with the key frame before it */
  gboolean lacks_front;  /* what is there of it does not begin where a picture does: H.264, H.265 */
  gboolean lacks_sets;   /* it needs a parameter set that was not seen */
  gboolean is_malformed; /* something in it is no NAL unit, or no slice */
  guint n_sets;          /* whole parameter sets that it brings */
  guint n_damaged_sets;
} LecPicture;

G_END_DECLS
