/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "coded-video.h"

#include <string.h>

void
bit_writer_init (BitWriter *self)
{
  *self = (BitWriter){ g_byte_array_new (), 0 };
}

void
bit_writer_u (BitWriter *self, guint n, guint32 value)
{
  while (n-- > 0) {
    static const guint8 zero;

    if (self->n_bits++ % 8 == 0)
      g_byte_array_append (self->bytes, &zero, 1);
    self->bytes->data[self->bytes->len - 1]
        |= (guint8) ((value >> n & 1) << (7 - (self->n_bits - 1) % 8));
  }
}

void
bit_writer_ue (BitWriter *self, guint32 value)
{
  guint n = g_bit_storage (value + 1);

  bit_writer_u (self, n - 1, 0);
  bit_writer_u (self, n, value + 1);
}

void
bit_writer_se (BitWriter *self, gint32 value)
{
  bit_writer_ue (self, value > 0 ? (guint32) (2 * value - 1) : (guint32) (-2 * value));
}

Unit *
unit_new (void)
{
  return g_byte_array_new ();
}

void
unit_add (Unit *self, const guint8 *header, guint n_header, BitWriter *payload)
{
  static const guint8 start_code[] = { 0, 0, 0, 1 };
  static const guint8 escape = 3;
  guint n_zeros = 0;

  bit_writer_u (payload, 1, 1);
  g_byte_array_append (self, start_code, sizeof start_code);
  g_byte_array_append (self, header, n_header);
  for (guint i = 0; i < payload->bytes->len; i++) {
    guint8 byte = payload->bytes->data[i];

    if (n_zeros >= 2 && byte <= 3) {
      g_byte_array_append (self, &escape, 1);
      n_zeros = 0;
    }
    g_byte_array_append (self, &byte, 1);
    n_zeros = byte == 0 ? n_zeros + 1 : 0;
  }
  g_byte_array_unref (payload->bytes);
}

static void
add_h264 (Unit *self, guint reference, guint type, BitWriter *payload)
{
  guint8 header = (guint8) (reference << 5 | type);

  unit_add (self, &header, 1, payload);
}

static void
add_h265 (Unit *self, guint type, BitWriter *payload)
{
  guint8 header[] = { (guint8) (type << 1), 1 };

  unit_add (self, header, sizeof header, payload);
}

void
unit_add_h264_sequence_set (Unit *self, guint id)
{
  unit_add_h264_sequence_set_with (self, id, 1);
}

void
unit_add_h264_sequence_set_with (Unit *self, guint id, guint n_references)
{
  BitWriter bits;

  bit_writer_init (&bits);
  bit_writer_u (&bits, 8, 77); /* main */
  bit_writer_u (&bits, 16, 30);
  bit_writer_ue (&bits, id);
  bit_writer_ue (&bits, 4); /* log2_max_frame_num_minus4 */
  bit_writer_ue (&bits, 2); /* pic_order_cnt_type */
  bit_writer_ue (&bits, n_references);
  bit_writer_u (&bits, 1, 0);
  bit_writer_ue (&bits, 19);
  bit_writer_ue (&bits, 14);
  bit_writer_u (&bits, 4, 0xc); /* frame_mbs_only, direct_8x8; no cropping, no VUI */
  add_h264 (self, 3, 7, &bits);
}

void
unit_add_h264_picture_set (Unit *self, guint id, guint sequence)
{
  BitWriter bits;

  bit_writer_init (&bits);
  bit_writer_ue (&bits, id);
  bit_writer_ue (&bits, sequence);
  bit_writer_u (&bits, 2, 2);
  bit_writer_ue (&bits, 0);
  bit_writer_ue (&bits, 0);
  bit_writer_ue (&bits, 0);
  bit_writer_u (&bits, 3, 0);
  bit_writer_se (&bits, -3);
  bit_writer_se (&bits, 0);
  bit_writer_se (&bits, 0);
  bit_writer_u (&bits, 3, 4);
  add_h264 (self, 3, 8, &bits);
}

void
unit_add_h264_delimiter (Unit *self)
{
  BitWriter bits;

  bit_writer_init (&bits);
  bit_writer_u (&bits, 3, 7);
  add_h264 (self, 0, 9, &bits);
}

void
unit_add_h264_slice (Unit *self, Slice slice)
{
  BitWriter bits;

  bit_writer_init (&bits);
  bit_writer_ue (&bits, slice.address);
  bit_writer_ue (&bits, slice.slice_type);
  bit_writer_ue (&bits, slice.picture_set);
  bit_writer_u (&bits, 8, slice.order % 256);
  bit_writer_u (&bits, 32, 0xdecade);
  add_h264 (self, slice.reference, slice.type, &bits);
}

static void
add_recovery_point (BitWriter *bits, BitWriter *point, gboolean is_broken)
{
  bit_writer_u (point, 1, 1);
  bit_writer_u (point, 1, is_broken);
  bit_writer_u (bits, 8, 6);
  while (point->n_bits % 8 != 0)
    bit_writer_u (point, 1, 0);
  bit_writer_u (bits, 8, point->bytes->len);
  for (guint i = 0; i < point->bytes->len; i++)
    bit_writer_u (bits, 8, point->bytes->data[i]);
  g_byte_array_unref (point->bytes);
}

/* Something in front of it, as most encoders do. */
static void
add_other_message (BitWriter *bits)
{
  bit_writer_u (bits, 8, 5);
  bit_writer_u (bits, 8, 17);
  for (guint i = 0; i < 17; i++)
    bit_writer_u (bits, 8, i < 4 ? 0 : i);
}

void
unit_add_h264_recovery_point (Unit *self, guint count, gboolean is_broken)
{
  BitWriter bits, point;

  bit_writer_init (&bits);
  bit_writer_init (&point);
  add_other_message (&bits);
  bit_writer_ue (&point, count);
  add_recovery_point (&bits, &point, is_broken);
  add_h264 (self, 0, 6, &bits);
}

static void
write_profile (BitWriter *bits)
{
  bit_writer_u (bits, 8, 1); /* main */
  bit_writer_u (bits, 32, 0x60000000);
  bit_writer_u (bits, 32, 0x90000000);
  bit_writer_u (bits, 16, 0);
  bit_writer_u (bits, 8, 93);
}

static void
write_ordering (BitWriter *bits)
{
  bit_writer_u (bits, 1, 1);
  bit_writer_ue (bits, 4);
  bit_writer_ue (bits, 2);
  bit_writer_ue (bits, 0);
}

void
unit_add_h265_video_set (Unit *self, guint id)
{
  BitWriter bits;

  bit_writer_init (&bits);
  bit_writer_u (&bits, 4, id);
  bit_writer_u (&bits, 2, 3);
  bit_writer_u (&bits, 6, 0);
  bit_writer_u (&bits, 3, 0);
  bit_writer_u (&bits, 1, 1);
  bit_writer_u (&bits, 16, 0xffff);
  write_profile (&bits);
  write_ordering (&bits);
  bit_writer_u (&bits, 6, 0);
  bit_writer_ue (&bits, 0);
  bit_writer_u (&bits, 2, 0);
  add_h265 (self, 32, &bits);
}

void
unit_add_h265_sequence_set (Unit *self, guint id)
{
  BitWriter bits;

  bit_writer_init (&bits);
  bit_writer_u (&bits, 4, 0);
  bit_writer_u (&bits, 3, 0);
  bit_writer_u (&bits, 1, 1);
  write_profile (&bits);
  bit_writer_ue (&bits, id);
  bit_writer_ue (&bits, 1);
  bit_writer_ue (&bits, 320);
  bit_writer_ue (&bits, 240);
  bit_writer_u (&bits, 1, 0);
  bit_writer_ue (&bits, 0);
  bit_writer_ue (&bits, 0);
  bit_writer_ue (&bits, 4); /* log2_max_pic_order_cnt_lsb_minus4 */
  write_ordering (&bits);
  bit_writer_ue (&bits, 0); /* blocks of 8 to 64 */
  bit_writer_ue (&bits, 3);
  bit_writer_ue (&bits, 0);
  bit_writer_ue (&bits, 3);
  bit_writer_ue (&bits, 0);
  bit_writer_ue (&bits, 0);
  bit_writer_u (&bits, 4, 0);
  bit_writer_ue (&bits, 2); /* short-term reference picture sets: one of two, one made of it */
  bit_writer_ue (&bits, 2);
  bit_writer_ue (&bits, 0);
  for (guint i = 0; i < 2; i++) {
    bit_writer_ue (&bits, 0);
    bit_writer_u (&bits, 1, 1);
  }
  bit_writer_u (&bits, 2, 3); /* inter_ref_pic_set_prediction_flag, delta_rps_sign */
  bit_writer_ue (&bits, 0);
  bit_writer_u (&bits, 4, 0xb); /* used, neither used nor kept, used */
  bit_writer_u (&bits, 5, 0);   /* no long-term, ..., no VUI, no extension */
  add_h265 (self, 33, &bits);
}

void
unit_add_h265_picture_set (Unit *self, guint id, guint sequence)
{
  BitWriter bits;

  bit_writer_init (&bits);
  bit_writer_ue (&bits, id);
  bit_writer_ue (&bits, sequence);
  bit_writer_u (&bits, 7, 0);
  bit_writer_ue (&bits, 0);
  bit_writer_ue (&bits, 0);
  bit_writer_se (&bits, 0);
  bit_writer_u (&bits, 3, 0);
  bit_writer_se (&bits, 6);
  bit_writer_se (&bits, -6);
  bit_writer_u (&bits, 10, 0); /* up to lists_modification_present_flag */
  bit_writer_ue (&bits, 0);
  bit_writer_u (&bits, 2, 0);
  add_h265 (self, 34, &bits);
}

void
unit_add_h265_delimiter (Unit *self)
{
  BitWriter bits;

  bit_writer_init (&bits);
  bit_writer_u (&bits, 3, 2);
  add_h265 (self, 35, &bits);
}

void
unit_add_h265_slice (Unit *self, Slice slice)
{
  BitWriter bits;

  bit_writer_init (&bits);
  bit_writer_u (&bits, 1, slice.address == 0);
  if (slice.type >= 16)
    bit_writer_u (&bits, 1, 0);
  bit_writer_ue (&bits, slice.picture_set);
  if (slice.address > 0)
    bit_writer_u (&bits, 5, slice.address); /* of 20 blocks of 64 */
  bit_writer_ue (&bits, slice.slice_type);
  if (slice.type != 19 && slice.type != 20)
    bit_writer_u (&bits, 8, slice.order % 256);
  bit_writer_u (&bits, 32, 0xdecade);
  add_h265 (self, slice.type, &bits);
}

void
unit_add_h265_recovery_point (Unit *self, int count, gboolean is_broken)
{
  BitWriter bits, point;

  bit_writer_init (&bits);
  bit_writer_init (&point);
  bit_writer_se (&point, count);
  add_recovery_point (&bits, &point, is_broken);
  add_other_message (&bits);
  add_h265 (self, 39, &bits);
}

GByteArray *
unit_to_length_prefixed (const Unit *self, guint length_size)
{
  GByteArray *all = g_byte_array_new ();
  guint at = 4;

  while (at < self->len) {
    guint end = at;

    while (end < self->len
           && (end + 4 > self->len || memcmp (self->data + end, "\0\0\0\1", 4) != 0))
      end++;
    for (guint i = length_size; i > 0; i--) {
      guint8 byte = (guint8) ((end - at) >> (8 * (i - 1)));

      g_byte_array_append (all, &byte, 1);
    }
    g_byte_array_append (all, self->data + at, end - at);
    at = end + 4;
  }
  return all;
}
