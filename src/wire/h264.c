/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/h264.h"

#include "wire/bits.h"
#include "wire/sei.h"

/* nal_unit_type, table 7-1 */
#define NAL_SLICE 1
#define NAL_PARTITION_A 2
#define NAL_IDR 5
#define NAL_SEI 6
#define NAL_SEQUENCE_SET 7
#define NAL_PICTURE_SET 8

#define SAR_EXTENDED 255 /* table E-1 */

#define MAX_SIDE_MBS 1055 /* of a picture: the square root of 8 * MaxFS at level 6.2, table A-1 */
#define ANY (G_MAXUINT32 - 1)

static guint
nal_type (const LecNal *nal)
{
  return nal->bytes[0] & 0x1f;
}

static LecBits
payload_of (const LecNal *nal)
{
  return lec_bits_init_rbsp (nal->bytes + 1, nal->length - 1);
}

/* 7.3.2.1.1.1 */
static void
skip_scaling_list (LecBits *bits, guint size)
{
  int last = 8, next = 8;

  for (guint i = 0; i < size && next != 0; i++) {
    next = (last + lec_bits_se (bits, -128, 127) + 256) % 256;
    last = next == 0 ? last : next;
  }
}

static void
skip_scaling_matrix (LecBits *bits, guint n_lists)
{
  for (guint i = 0; i < n_lists; i++) {
    if (lec_bits_flag (bits))
      skip_scaling_list (bits, i < 6 ? 16 : 64);
  }
}

/* E.1.2 */
static void
skip_hrd (LecBits *bits)
{
  guint n = lec_bits_ue (bits, 31) + 1;

  lec_bits_skip (bits, 8);
  for (guint i = 0; i < n && !bits->failed; i++) {
    lec_bits_ue (bits, ANY);
    lec_bits_ue (bits, ANY);
    lec_bits_flag (bits);
  }
  lec_bits_skip (bits, 20);
}

/* E.1.1 */
static void
skip_vui (LecBits *bits)
{
  gboolean has_nal_hrd, has_vcl_hrd;

  if (lec_bits_flag (bits) && lec_bits_u (bits, 8) == SAR_EXTENDED)
    lec_bits_skip (bits, 32);
  if (lec_bits_flag (bits)) /* overscan */
    lec_bits_flag (bits);
  if (lec_bits_flag (bits)) { /* video_signal_type */
    lec_bits_skip (bits, 4);
    if (lec_bits_flag (bits))
      lec_bits_skip (bits, 24);
  }
  if (lec_bits_flag (bits)) { /* chroma_loc_info */
    lec_bits_ue (bits, 5);
    lec_bits_ue (bits, 5);
  }
  if (lec_bits_flag (bits)) /* timing_info */
    lec_bits_skip (bits, 65);
  has_nal_hrd = lec_bits_flag (bits);
  if (has_nal_hrd)
    skip_hrd (bits);
  has_vcl_hrd = lec_bits_flag (bits);
  if (has_vcl_hrd)
    skip_hrd (bits);
  if (has_nal_hrd || has_vcl_hrd)
    lec_bits_flag (bits);     /* low_delay_hrd_flag */
  lec_bits_flag (bits);       /* pic_struct_present_flag */
  if (lec_bits_flag (bits)) { /* bitstream_restriction */
    lec_bits_flag (bits);
    for (guint i = 0; i < 6; i++)
      lec_bits_ue (bits, ANY);
  }
}

/* The profiles whose sequence parameter sets name a chroma format, 7.3.2.1.1. */
static gboolean
names_chroma (guint profile)
{
  static const guint8 profiles[] = { 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 };

  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++) {
    if (profiles[i] == profile)
      return TRUE;
  }
  return FALSE;
}

static void
skip_picture_order (LecBits *bits)
{
  guint type = lec_bits_ue (bits, 2);

  if (type == 0) {
    lec_bits_ue (bits, 12); /* log2_max_pic_order_cnt_lsb_minus4 */
  } else if (type == 1) {
    guint n;

    lec_bits_flag (bits);
    lec_bits_se (bits, -G_MAXINT32, G_MAXINT32);
    lec_bits_se (bits, -G_MAXINT32, G_MAXINT32);
    n = lec_bits_ue (bits, 255);
    for (guint i = 0; i < n && !bits->failed; i++)
      lec_bits_se (bits, -G_MAXINT32, G_MAXINT32);
  }
}

/* 7.3.2.1.1 */
static LecParameterSet
read_sequence_set (LecH264 *self, const LecNal *nal)
{
  LecBits bits = payload_of (nal);
  typeof (self->sequences[0]) sequence = { .is_known = TRUE, .chroma_format = 1 };
  guint profile = lec_bits_u (&bits, 8);
  guint id;

  lec_bits_skip (&bits, 16); /* constraint flags, level_idc */
  id = lec_bits_ue (&bits, LEC_H264_MAX_SEQUENCE_SETS - 1);
  if (names_chroma (profile)) {
    sequence.chroma_format = (guint8) lec_bits_ue (&bits, 3);
    if (sequence.chroma_format == 3)
      sequence.has_separate_planes = lec_bits_flag (&bits);
    lec_bits_ue (&bits, 6); /* bit depths */
    lec_bits_ue (&bits, 6);
    lec_bits_flag (&bits);
    if (lec_bits_flag (&bits))
      skip_scaling_matrix (&bits, sequence.chroma_format == 3 ? 12 : 8);
  }
  sequence.log2_max_frame_num = (guint8) (4 + lec_bits_ue (&bits, 12));
  skip_picture_order (&bits);
  sequence.n_references = (guint8) lec_bits_ue (&bits, 16);
  lec_bits_flag (&bits);
  lec_bits_ue (&bits, MAX_SIDE_MBS - 1);
  lec_bits_ue (&bits, MAX_SIDE_MBS - 1);
  if (!lec_bits_flag (&bits)) /* frame_mbs_only_flag */
    lec_bits_flag (&bits);
  lec_bits_flag (&bits);       /* direct_8x8_inference_flag */
  if (lec_bits_flag (&bits)) { /* frame_cropping_flag */
    for (guint i = 0; i < 4; i++)
      lec_bits_ue (&bits, 16 * MAX_SIDE_MBS);
  }
  if (lec_bits_flag (&bits))
    skip_vui (&bits);
  if (!lec_bits_ends (&bits))
    return (LecParameterSet){ LEC_SET_SEQUENCE, FALSE, 0 };
  self->sequences[id] = sequence;
  return (LecParameterSet){ LEC_SET_SEQUENCE, TRUE, id };
}

static void
skip_slice_groups (LecBits *bits, guint n_groups)
{
  guint type = lec_bits_ue (bits, 6);

  if (type == 0) {
    for (guint i = 0; i < n_groups; i++)
      lec_bits_ue (bits, ANY);
  } else if (type == 2) {
    for (guint i = 0; i + 1 < n_groups; i++) {
      lec_bits_ue (bits, ANY);
      lec_bits_ue (bits, ANY);
    }
  } else if (type >= 3 && type <= 5) {
    lec_bits_flag (bits);
    lec_bits_ue (bits, ANY);
  } else if (type == 6) {
    guint n = lec_bits_ue (bits, MAX_SIDE_MBS * MAX_SIDE_MBS) + 1;
    guint width = n_groups > 4 ? 3 : n_groups > 2 ? 2 : 1;

    for (guint i = 0; i < n && !bits->failed; i++)
      lec_bits_u (bits, width);
  }
}

static gboolean
knows_a_sequence (const LecH264 *self)
{
  for (guint i = 0; i < LEC_H264_MAX_SEQUENCE_SETS; i++) {
    if (self->sequences[i].is_known)
      return TRUE;
  }
  return FALSE;
}

/* 7.3.2.2 */
static LecParameterSet
read_picture_set (LecH264 *self, const LecNal *nal)
{
  LecBits bits = payload_of (nal);
  guint id = lec_bits_ue (&bits, LEC_H264_MAX_PICTURE_SETS - 1);
  guint sequence = lec_bits_ue (&bits, LEC_H264_MAX_SEQUENCE_SETS - 1);
  gboolean has_sequence = self->sequences[sequence].is_known;
  guint n_groups;

  lec_bits_skip (&bits, 2);
  n_groups = lec_bits_ue (&bits, 7) + 1;
  if (n_groups > 1)
    skip_slice_groups (&bits, n_groups);
  lec_bits_ue (&bits, 31); /* num_ref_idx_l0, l1 */
  lec_bits_ue (&bits, 31);
  lec_bits_flag (&bits);
  if (lec_bits_u (&bits, 2) == 3) /* weighted_bipred_idc */
    bits.failed = TRUE;
  lec_bits_se (&bits, -26 - 36, 25); /* pic_init_qp_minus26, with 14 bits at most */
  lec_bits_se (&bits, -26, 25);
  lec_bits_se (&bits, -12, 12);
  lec_bits_skip (&bits, 3);
  if (!lec_bits_ends (&bits)) {
    gboolean has_8x8 = lec_bits_flag (&bits);
    guint n_large = has_sequence && self->sequences[sequence].chroma_format == 3 ? 6 : 2;

    if (lec_bits_flag (&bits))
      skip_scaling_matrix (&bits, 6 + (has_8x8 ? n_large : 0));
    lec_bits_se (&bits, -12, 12);
  }
  if (!lec_bits_ends (&bits) || (!has_sequence && knows_a_sequence (self)))
    return (LecParameterSet){ LEC_SET_PICTURE, FALSE, 0 };
  self->pictures[id].is_known = TRUE;
  self->pictures[id].sequence = (guint8) sequence;
  return (LecParameterSet){ LEC_SET_PICTURE, TRUE, id };
}

LecParameterSet
lec_h264_read_set (LecH264 *self, const LecNal *nal)
{
  switch (nal_type (nal)) {
  case NAL_SEQUENCE_SET:
    return read_sequence_set (self, nal);
  case NAL_PICTURE_SET:
    return read_picture_set (self, nal);
  default:
    return (LecParameterSet){ LEC_SET_NONE, FALSE, 0 };
  }
}

/* 7.3.3 */
static void
read_slice (const LecH264 *self, const LecNal *nal, LecPicture *picture)
{
  LecBits bits = payload_of (nal);
  gboolean is_first = !picture->has_slices;
  guint first, type, set, sequence;

  first = lec_bits_ue (&bits, MAX_SIDE_MBS * MAX_SIDE_MBS); /* first_mb_in_slice */
  type = lec_bits_ue (&bits, 9) % 5;
  set = lec_bits_ue (&bits, LEC_H264_MAX_PICTURE_SETS - 1);
  if (bits.failed) {
    picture->is_malformed = TRUE;
    return;
  }
  picture->has_slices = TRUE;
  picture->lacks_front |= is_first && first > 0;
  picture->is_intra = (is_first || picture->is_intra) && (type == 2 || type == 4); /* I, SI */
  picture->is_reference |= (nal->bytes[0] & 0x60) != 0;
  picture->is_key |= nal_type (nal) == NAL_IDR;
  sequence = self->pictures[set].sequence;
  if (!self->pictures[set].is_known || !self->sequences[sequence].is_known) {
    picture->lacks_sets = TRUE;
  } else if (is_first) {
    if (self->sequences[sequence].has_separate_planes)
      lec_bits_skip (&bits, 2);
    picture->order = lec_bits_u (&bits, self->sequences[sequence].log2_max_frame_num);
    picture->order_modulus = 1u << self->sequences[sequence].log2_max_frame_num;
    picture->n_references = self->sequences[sequence].n_references;
    picture->is_malformed |= bits.failed;
  }
}

/* D.1.8 */
static void
read_recovery_point (const guint8 *payload, gsize length, LecPicture *picture)
{
  LecBits bits = lec_bits_init (payload, length);
  guint32 count = lec_bits_ue (&bits, 65535);
  gboolean is_exact_match = lec_bits_flag (&bits);
  gboolean is_broken_link = lec_bits_flag (&bits);

  if (bits.failed)
    return;
  picture->is_recovery_point = TRUE;
  picture->recovery_count = (gint32) count;
  picture->is_exact_match = is_exact_match;
  picture->is_broken_link = is_broken_link;
}

void
lec_h264_read_nal (LecH264 *self, const LecNal *nal, LecPicture *picture)
{
  LecParameterSet set;

  if ((nal->bytes[0] & 0x80) != 0) { /* forbidden_zero_bit */
    picture->is_malformed = TRUE;
    return;
  }
  switch (nal_type (nal)) {
  case NAL_SLICE:
  case NAL_PARTITION_A:
  case NAL_IDR:
    read_slice (self, nal, picture);
    break;
  case NAL_SEI: {
    LecSei sei;

    if (lec_sei_find_recovery_point (nal->bytes + 1, nal->length - 1, &sei))
      read_recovery_point (sei.payload, sei.length, picture);
    break;
  }
  case NAL_SEQUENCE_SET:
  case NAL_PICTURE_SET:
    set = lec_h264_read_set (self, nal);
    picture->n_sets += set.is_whole;
    picture->n_damaged_sets += !set.is_whole;
    break;
  default:
    break;
  }
}
