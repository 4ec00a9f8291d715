/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes what is the least of H.264 and H.265: parameter sets, and headers of slices without
 * pictures behind them. The inverse of wire/picture-reader. */
#pragma once

#include <glib.h>

/* Bits in, a payload with emulation prevention out. */
typedef struct
{
  GByteArray *bytes;
  guint n_bits;
} BitWriter;

void bit_writer_init (BitWriter *self);
void bit_writer_u (BitWriter *self, guint n, guint32 value);
void bit_writer_ue (BitWriter *self, guint32 value);
void bit_writer_se (BitWriter *self, gint32 value);

/* A unit being written: NAL units in a byte stream. */
typedef GByteArray Unit;

Unit *unit_new (void);

/* Ends @self: with rbsp_trailing_bits, behind @header, as one NAL unit with a start code. */
void unit_add (Unit *self, const guint8 *header, guint n_header, BitWriter *payload);

typedef struct
{
  guint type;        /* nal_unit_type */
  guint reference;   /* H.264: nal_ref_idc */
  guint slice_type;  /* 0 P, 1 B, 2 I in H.264; 0 B, 1 P, 2 I in H.265 */
  guint order;       /* frame_num; pic_order_cnt_lsb */
  guint picture_set; /* its id */
  guint address;     /* of its first macroblock or block; 0: it is the picture's first slice */
} Slice;

/* Both: frame_num and pic_order_cnt_lsb are of 8 bits; 320x240 */
void unit_add_h264_sequence_set (Unit *self, guint id);
void unit_add_h264_sequence_set_with (Unit *self, guint id, guint n_references);
void unit_add_h264_picture_set (Unit *self, guint id, guint sequence);
void unit_add_h264_delimiter (Unit *self);
void unit_add_h264_slice (Unit *self, Slice slice);
void unit_add_h264_recovery_point (Unit *self, guint count, gboolean is_broken);
void unit_add_h265_video_set (Unit *self, guint id);
void unit_add_h265_sequence_set (Unit *self, guint id);
void unit_add_h265_picture_set (Unit *self, guint id, guint sequence);
void unit_add_h265_delimiter (Unit *self);
void unit_add_h265_slice (Unit *self, Slice slice);
void unit_add_h265_recovery_point (Unit *self, int count, gboolean is_broken);

/* Returns: (transfer full): @self with lengths of @length_size bytes in the place of start codes */
GByteArray *unit_to_length_prefixed (const Unit *self, guint length_size);
