/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/h265.h"

#include "wire/bits.h"
#include "wire/sei.h"

#define HEADER_SIZE 2

/* nal_unit_type, table 7-1 */
#define NAL_RASL_N 8
#define NAL_RASL_R 9
#define NAL_LAST_TRAILING 15 /* of those that are no random access point; even: no reference */
#define NAL_BLA_W_LP 16
#define NAL_IDR_W_RADL 19
#define NAL_IDR_N_LP 20
#define NAL_CRA 21
#define NAL_LAST_ACCESS 23
#define NAL_VIDEO_SET 32
#define NAL_SEQUENCE_SET 33
#define NAL_PICTURE_SET 34
#define NAL_PREFIX_SEI 39

#define SLICE_I 2

#define MAX_SUB_LAYERS 7
#define MAX_REFERENCE_SETS 64
#define MAX_REFERENCES 16 /* sps_max_dec_pic_buffering_minus1 is below it, A.4.2 */
#define MAX_SIDE 16888    /* luma samples: the square root of 8 * MaxLumaPs at level 6.2, A.4.1 */
#define ANY (G_MAXUINT32 - 1)

static guint
nal_type (const LecNal *nal)
{
  return nal->bytes[0] >> 1 & 0x3f;
}

/* Of the base layer: others are nothing to a decoder that knows only this one. */
static gboolean
is_base_layer (const LecNal *nal)
{
  return (nal->bytes[0] & 1) == 0 && nal->bytes[1] >> 3 == 0;
}

static LecBits
payload_of (const LecNal *nal)
{
  return lec_bits_init_rbsp (nal->bytes + HEADER_SIZE, nal->length - HEADER_SIZE);
}

/* profile_tier_level, 7.3.3 */
static void
skip_profile (LecBits *bits, guint n_sub_layers)
{
  gboolean has_profile[MAX_SUB_LAYERS], has_level[MAX_SUB_LAYERS];

  lec_bits_skip (bits, 88 + 8);
  for (guint i = 0; i + 1 < n_sub_layers; i++) {
    has_profile[i] = lec_bits_flag (bits);
    has_level[i] = lec_bits_flag (bits);
  }
  if (n_sub_layers > 1)
    lec_bits_skip (bits, 2 * (9 - n_sub_layers)); /* reserved, up to eight sub-layers */
  for (guint i = 0; i + 1 < n_sub_layers; i++) {
    if (has_profile[i])
      lec_bits_skip (bits, 88);
    if (has_level[i])
      lec_bits_skip (bits, 8);
  }
}

static void
skip_sub_layer_ordering (LecBits *bits, guint n_sub_layers)
{
  guint n = lec_bits_flag (bits) ? n_sub_layers : 1;

  for (guint i = 0; i < n; i++) {
    lec_bits_ue (bits, MAX_REFERENCES - 1);
    lec_bits_ue (bits, MAX_REFERENCES - 1);
    lec_bits_ue (bits, ANY);
  }
}

/* 7.3.2.1; timing and extensions behind the layers say nothing that decoding needs. */
static LecParameterSet
read_video_set (const LecNal *nal)
{
  LecBits bits = payload_of (nal);
  guint id = lec_bits_u (&bits, 4);
  guint n_sub_layers, max_layer, n_layer_sets;

  lec_bits_skip (&bits, 2 + 6);
  n_sub_layers = lec_bits_u (&bits, 3) + 1;
  lec_bits_flag (&bits);
  if (lec_bits_u (&bits, 16) != 0xffff || n_sub_layers > MAX_SUB_LAYERS)
    return (LecParameterSet){ LEC_SET_VIDEO, FALSE, 0 };
  skip_profile (&bits, n_sub_layers);
  skip_sub_layer_ordering (&bits, n_sub_layers);
  max_layer = lec_bits_u (&bits, 6);
  n_layer_sets = lec_bits_ue (&bits, 1023);
  for (guint i = 0; i < n_layer_sets && !bits.failed; i++)
    lec_bits_skip (&bits, max_layer + 1);
  if (!lec_bits_flag (&bits) && !lec_bits_flag (&bits) && !lec_bits_ends (&bits))
    bits.failed = TRUE;
  return (LecParameterSet){ LEC_SET_VIDEO, !bits.failed, bits.failed ? 0 : id };
}

/* 7.3.4 */
static void
skip_scaling_lists (LecBits *bits)
{
  for (guint size = 0; size < 4; size++) {
    for (guint matrix = 0; matrix < 6 && !bits->failed; matrix += size == 3 ? 3 : 1) {
      if (!lec_bits_flag (bits)) {
        lec_bits_ue (bits, 5); /* scaling_list_pred_matrix_id_delta */
        continue;
      }
      if (size > 1)
        lec_bits_se (bits, -7, 247);
      for (guint i = 0; i < MIN (64, 1u << (4 + 2 * size)) && !bits->failed; i++)
        lec_bits_se (bits, -128, 127);
    }
  }
}

/* st_ref_pic_set, 7.3.7; @n_pictures: how many each set has, up to @index. */
static void
skip_reference_set (LecBits *bits, guint index, guint *n_pictures)
{
  guint n = 0;

  if (index > 0 && lec_bits_flag (bits)) {
    lec_bits_flag (bits);
    lec_bits_ue (bits, 32767);
    for (guint i = 0; i <= n_pictures[index - 1]; i++)
      n += lec_bits_flag (bits) || lec_bits_flag (bits);
  } else {
    n = lec_bits_ue (bits, MAX_REFERENCES);
    n += lec_bits_ue (bits, MAX_REFERENCES);
    for (guint i = 0; i < n && !bits->failed; i++) {
      lec_bits_ue (bits, 32767);
      lec_bits_flag (bits);
    }
  }
  if (n > MAX_REFERENCES)
    bits->failed = TRUE;
  n_pictures[index] = bits->failed ? 0 : n;
}

static void
skip_sub_layer_hrd (LecBits *bits, guint n_buffers, gboolean has_sub_pictures)
{
  for (guint i = 0; i < n_buffers && !bits->failed; i++) {
    for (guint k = 0; k < (has_sub_pictures ? 4 : 2); k++)
      lec_bits_ue (bits, ANY);
    lec_bits_flag (bits);
  }
}

/* E.2.2, with commonInfPresentFlag */
static void
skip_hrd (LecBits *bits, guint n_sub_layers)
{
  gboolean has_nal = lec_bits_flag (bits);
  gboolean has_vcl = lec_bits_flag (bits);
  gboolean has_sub_pictures = FALSE;

  if (has_nal || has_vcl) {
    has_sub_pictures = lec_bits_flag (bits);
    if (has_sub_pictures)
      lec_bits_skip (bits, 8 + 5 + 1 + 5);
    lec_bits_skip (bits, 8 + (has_sub_pictures ? 4 : 0) + 15);
  }
  for (guint i = 0; i < n_sub_layers && !bits->failed; i++) {
    gboolean is_fixed = lec_bits_flag (bits);
    gboolean has_low_delay = FALSE;
    guint n_buffers = 1;

    if (is_fixed || lec_bits_flag (bits))
      lec_bits_ue (bits, 2047); /* elemental_duration_in_tc_minus1 */
    else
      has_low_delay = lec_bits_flag (bits);
    if (!has_low_delay)
      n_buffers = lec_bits_ue (bits, 31) + 1;
    if (has_nal)
      skip_sub_layer_hrd (bits, n_buffers, has_sub_pictures);
    if (has_vcl)
      skip_sub_layer_hrd (bits, n_buffers, has_sub_pictures);
  }
}

/* E.2.1 */
static void
skip_vui (LecBits *bits, guint n_sub_layers)
{
  if (lec_bits_flag (bits) && lec_bits_u (bits, 8) == 255)
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
  lec_bits_skip (bits, 3);
  if (lec_bits_flag (bits)) { /* default_display_window */
    for (guint i = 0; i < 4; i++)
      lec_bits_ue (bits, MAX_SIDE);
  }
  if (lec_bits_flag (bits)) { /* vui_timing_info */
    lec_bits_skip (bits, 64);
    if (lec_bits_flag (bits))
      lec_bits_ue (bits, ANY);
    if (lec_bits_flag (bits))
      skip_hrd (bits, n_sub_layers);
  }
  if (lec_bits_flag (bits)) { /* bitstream_restriction */
    lec_bits_skip (bits, 3);
    lec_bits_ue (bits, 4095);
    for (guint i = 0; i < 4; i++)
      lec_bits_ue (bits, 16);
  }
}

static guint8
bits_for (guint n)
{
  return (guint8) (n > 1 ? g_bit_storage (n - 1) : 0);
}

static void
skip_reference_sets (LecBits *bits, guint order_bits)
{
  guint n_pictures[MAX_REFERENCE_SETS];
  guint n = lec_bits_ue (bits, MAX_REFERENCE_SETS);

  for (guint i = 0; i < n && !bits->failed; i++)
    skip_reference_set (bits, i, n_pictures);
  if (lec_bits_flag (bits)) { /* long_term_ref_pics_present_flag */
    n = lec_bits_ue (bits, 32);
    for (guint i = 0; i < n; i++)
      lec_bits_skip (bits, order_bits + 1);
  }
}

/* 7.3.2.2 */
static LecParameterSet
read_sequence_set (LecH265 *self, const LecNal *nal)
{
  LecBits bits = payload_of (nal);
  typeof (self->sequences[0]) sequence = { .is_known = TRUE };
  guint n_sub_layers, id, chroma, width, height, min_block, block;

  lec_bits_skip (&bits, 4);
  n_sub_layers = lec_bits_u (&bits, 3) + 1;
  if (n_sub_layers > MAX_SUB_LAYERS)
    return (LecParameterSet){ LEC_SET_SEQUENCE, FALSE, 0 };
  lec_bits_flag (&bits);
  skip_profile (&bits, n_sub_layers);
  id = lec_bits_ue (&bits, LEC_H265_MAX_SEQUENCE_SETS - 1);
  chroma = lec_bits_ue (&bits, 3);
  if (chroma == 3)
    sequence.has_separate_planes = lec_bits_flag (&bits);
  width = lec_bits_ue (&bits, MAX_SIDE);
  height = lec_bits_ue (&bits, MAX_SIDE);
  if (lec_bits_flag (&bits)) { /* conformance_window_flag */
    for (guint i = 0; i < 4; i++)
      lec_bits_ue (&bits, MAX_SIDE);
  }
  lec_bits_ue (&bits, 8); /* bit depths */
  lec_bits_ue (&bits, 8);
  sequence.log2_max_order = (guint8) (4 + lec_bits_ue (&bits, 12));
  skip_sub_layer_ordering (&bits, n_sub_layers);
  min_block = 3 + lec_bits_ue (&bits, 3);
  block = min_block + lec_bits_ue (&bits, 3);
  lec_bits_ue (&bits, 3); /* transform blocks */
  lec_bits_ue (&bits, 3);
  lec_bits_ue (&bits, 4);
  lec_bits_ue (&bits, 4);
  if (lec_bits_flag (&bits) && lec_bits_flag (&bits))
    skip_scaling_lists (&bits);
  lec_bits_skip (&bits, 2);
  if (lec_bits_flag (&bits)) { /* pcm_enabled_flag */
    lec_bits_skip (&bits, 8);
    lec_bits_ue (&bits, 2);
    lec_bits_ue (&bits, 2);
    lec_bits_flag (&bits);
  }
  skip_reference_sets (&bits, sequence.log2_max_order);
  lec_bits_skip (&bits, 2);
  if (lec_bits_flag (&bits))
    skip_vui (&bits, n_sub_layers);
  /* extensions: of ranges, layers, screens; what they hold is theirs */
  if (!lec_bits_flag (&bits) && !lec_bits_ends (&bits))
    bits.failed = TRUE;
  if (bits.failed || width == 0 || height == 0)
    return (LecParameterSet){ LEC_SET_SEQUENCE, FALSE, 0 };
  sequence.address_bits
      = bits_for (((width + (1u << block) - 1) >> block) * ((height + (1u << block) - 1) >> block));
  self->sequences[id] = sequence;
  return (LecParameterSet){ LEC_SET_SEQUENCE, TRUE, id };
}

static void
skip_tiles (LecBits *bits)
{
  guint n_columns = lec_bits_ue (bits, 19); /* minus 1; at level 6.2, table A.6 */
  guint n_rows = lec_bits_ue (bits, 21);

  if (!lec_bits_flag (bits)) { /* uniform_spacing_flag */
    for (guint i = 0; i < n_columns + n_rows; i++)
      lec_bits_ue (bits, MAX_SIDE);
  }
  lec_bits_flag (bits);
}

static gboolean
knows_a_sequence (const LecH265 *self)
{
  for (guint i = 0; i < LEC_H265_MAX_SEQUENCE_SETS; i++) {
    if (self->sequences[i].is_known)
      return TRUE;
  }
  return FALSE;
}

/* 7.3.2.3 */
static LecParameterSet
read_picture_set (LecH265 *self, const LecNal *nal)
{
  LecBits bits = payload_of (nal);
  typeof (self->pictures[0]) set = { .is_known = TRUE };
  guint id = lec_bits_ue (&bits, LEC_H265_MAX_PICTURE_SETS - 1);
  gboolean has_tiles;

  set.sequence = (guint8) lec_bits_ue (&bits, LEC_H265_MAX_SEQUENCE_SETS - 1);
  set.has_dependent_slices = lec_bits_flag (&bits);
  set.has_output_flag = lec_bits_flag (&bits);
  set.n_extra_bits = (guint8) lec_bits_u (&bits, 3);
  lec_bits_skip (&bits, 2);
  lec_bits_ue (&bits, 14); /* num_ref_idx_l0, l1 */
  lec_bits_ue (&bits, 14);
  lec_bits_se (&bits, -26 - 48, 25); /* init_qp_minus26, with 16 bits at most */
  lec_bits_skip (&bits, 2);
  if (lec_bits_flag (&bits))
    lec_bits_ue (&bits, 3); /* diff_cu_qp_delta_depth */
  lec_bits_se (&bits, -12, 12);
  lec_bits_se (&bits, -12, 12);
  lec_bits_skip (&bits, 4);
  has_tiles = lec_bits_flag (&bits);
  lec_bits_flag (&bits);
  if (has_tiles)
    skip_tiles (&bits);
  lec_bits_flag (&bits);
  if (lec_bits_flag (&bits)) { /* deblocking_filter_control_present_flag */
    lec_bits_flag (&bits);
    if (!lec_bits_flag (&bits)) {
      lec_bits_se (&bits, -6, 6);
      lec_bits_se (&bits, -6, 6);
    }
  }
  if (lec_bits_flag (&bits))
    skip_scaling_lists (&bits);
  lec_bits_flag (&bits);
  lec_bits_ue (&bits, 4); /* log2_parallel_merge_level_minus2 */
  lec_bits_flag (&bits);
  if (!lec_bits_flag (&bits) && !lec_bits_ends (&bits))
    bits.failed = TRUE;
  if (bits.failed || (!self->sequences[set.sequence].is_known && knows_a_sequence (self)))
    return (LecParameterSet){ LEC_SET_PICTURE, FALSE, 0 };
  self->pictures[id] = set;
  return (LecParameterSet){ LEC_SET_PICTURE, TRUE, id };
}

LecParameterSet
lec_h265_read_set (LecH265 *self, const LecNal *nal)
{
  if (nal->length < HEADER_SIZE || !is_base_layer (nal))
    return (LecParameterSet){ LEC_SET_NONE, FALSE, 0 };
  switch (nal_type (nal)) {
  case NAL_VIDEO_SET:
    return read_video_set (nal);
  case NAL_SEQUENCE_SET:
    return read_sequence_set (self, nal);
  case NAL_PICTURE_SET:
    return read_picture_set (self, nal);
  default:
    return (LecParameterSet){ LEC_SET_NONE, FALSE, 0 };
  }
}

static void
note_kind (guint type, LecPicture *picture)
{
  picture->has_slices = TRUE;
  picture->is_key |= type >= NAL_BLA_W_LP && type <= NAL_CRA;
  picture->is_broken_link |= type >= NAL_BLA_W_LP && type < NAL_IDR_W_RADL;
  picture->is_leading |= type == NAL_RASL_N || type == NAL_RASL_R;
  picture->is_reference |= type > NAL_LAST_TRAILING || type % 2 != 0;
}

/* slice_segment_header, 7.3.6.1 */
static void
read_slice (const LecH265 *self, const LecNal *nal, LecPicture *picture)
{
  LecBits bits = payload_of (nal);
  guint type = nal_type (nal);
  gboolean is_first_slice = !picture->has_slices;
  gboolean is_first_segment = lec_bits_flag (&bits);
  const typeof (self->pictures[0]) *set;
  const typeof (self->sequences[0]) *sequence;
  guint id;

  if (type >= NAL_BLA_W_LP)
    lec_bits_flag (&bits); /* no_output_of_prior_pics_flag */
  id = lec_bits_ue (&bits, LEC_H265_MAX_PICTURE_SETS - 1);
  if (bits.failed) {
    picture->is_malformed = TRUE;
    return;
  }
  note_kind (type, picture);
  picture->lacks_front |= is_first_slice && !is_first_segment;
  set = &self->pictures[id];
  sequence = &self->sequences[set->sequence];
  if (!set->is_known || !sequence->is_known) {
    picture->lacks_sets = TRUE;
    return;
  }
  if (!is_first_segment) {
    gboolean is_dependent = set->has_dependent_slices && lec_bits_flag (&bits);

    lec_bits_u (&bits, sequence->address_bits);
    if (is_dependent)
      return;
  }
  lec_bits_skip (&bits, set->n_extra_bits);
  picture->is_intra = lec_bits_ue (&bits, 2) == SLICE_I && (is_first_slice || picture->is_intra);
  if (set->has_output_flag)
    lec_bits_flag (&bits);
  if (sequence->has_separate_planes)
    lec_bits_skip (&bits, 2);
  if (is_first_slice) {
    picture->order_modulus = 1u << sequence->log2_max_order;
    if (type != NAL_IDR_W_RADL && type != NAL_IDR_N_LP)
      picture->order = lec_bits_u (&bits, sequence->log2_max_order);
  }
  picture->is_intra &= !bits.failed;
  picture->is_malformed |= bits.failed;
}

/* D.2.8 */
static void
read_recovery_point (const guint8 *payload, gsize length, LecPicture *picture)
{
  LecBits bits = lec_bits_init (payload, length);
  gint32 count = lec_bits_se (&bits, -32768, 32767);
  gboolean is_exact_match = lec_bits_flag (&bits);
  gboolean is_broken_link = lec_bits_flag (&bits);

  if (bits.failed)
    return;
  picture->is_recovery_point = TRUE;
  picture->recovery_count = count;
  picture->is_exact_match = is_exact_match;
  picture->is_broken_link |= is_broken_link;
}

void
lec_h265_read_nal (LecH265 *self, const LecNal *nal, LecPicture *picture)
{
  LecParameterSet set;
  LecSei sei;
  guint type;

  if (nal->length < HEADER_SIZE || (nal->bytes[0] & 0x80) != 0) { /* forbidden_zero_bit */
    picture->is_malformed = TRUE;
    return;
  }
  type = nal_type (nal);
  if (!is_base_layer (nal))
    return;
  if (type <= NAL_RASL_R || (type >= NAL_BLA_W_LP && type <= NAL_LAST_ACCESS)) {
    read_slice (self, nal, picture);
  } else if (type == NAL_PREFIX_SEI) {
    if (lec_sei_find_recovery_point (nal->bytes + HEADER_SIZE, nal->length - HEADER_SIZE, &sei))
      read_recovery_point (sei.payload, sei.length, picture);
  } else if (type >= NAL_VIDEO_SET && type <= NAL_PICTURE_SET) {
    set = lec_h265_read_set (self, nal);
    picture->n_sets += set.is_whole;
    picture->n_damaged_sets += !set.is_whole;
  }
}
