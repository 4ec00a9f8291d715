/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/fec-encoder.h"

#include <string.h>

#include "wire/big-endian.h"
#include "wire/packet.h"
#include "wire/xor.h"

#define RTP_HEADER 12
#define FEC_HEADER 16
#define FRONT (RTP_HEADER + FEC_HEADER)
#define ROW_BIT 0x40
#define FIXED_BIT 0x40

/* The sum of some packets. */
typedef struct
{
  guint16 base; /* number of the first one */
  guint8 first, second;
  guint32 timestamp;
  guint16 length;
  LecXor body;
} Sum;

struct _LecFecEncoder
{
  LecRepairScheme scheme;
  guint columns, rows;
  guint32 ssrc;  /* of FlexFEC */
  guint32 media; /* SSRC of what is protected */
  LecFecEmit emit;
  gpointer data;

  guint filled;    /* packets of the matrix that have come */
  gboolean broken; /* one of them could not be added up */
  guint16 next;    /* number of the packet that goes on */
  Sum row;
  Sum *matrices[2];     /* columns of the matrix at hand, and of the one before */
  guint sent;           /* columns of the latter that have been sent */
  gboolean has_last;    /* there is one */
  guint16 sequences[2]; /* of columns and rows */
  guint8 bytes[FRONT + LEC_PACKET_SLOT];
};

LecFecEncoder *
lec_fec_encoder_new (LecRepairScheme scheme,
                     guint columns,
                     guint rows,
                     LecFecEmit emit,
                     gpointer data)
{
  LecFecEncoder *self = g_new0 (LecFecEncoder, 1);

  self->scheme = scheme;
  self->ssrc = g_random_int ();
  self->columns = columns;
  self->rows = rows;
  self->emit = emit;
  self->data = data;
  lec_xor_init (&self->row.body, LEC_PACKET_SLOT);
  for (guint i = 0; i < 2; i++) {
    self->matrices[i] = g_new0 (Sum, columns);
    for (guint j = 0; j < columns; j++)
      lec_xor_init (&self->matrices[i][j].body, LEC_PACKET_SLOT);
  }
  return self;
}

void
lec_fec_encoder_free (LecFecEncoder *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < 2; i++) {
    for (guint j = 0; j < self->columns; j++)
      lec_xor_clear (&self->matrices[i][j].body);
    g_free (self->matrices[i]);
  }
  lec_xor_clear (&self->row.body);
  g_free (self);
}

static void
reset (Sum *sum, guint16 base)
{
  sum->base = base;
  sum->first = sum->second = 0;
  sum->timestamp = sum->length = 0;
  lec_xor_reset (&sum->body);
}

static void
add (Sum *sum, const guint8 *bytes, gsize size)
{
  sum->first ^= bytes[0] & 0x3f;
  sum->second ^= bytes[1];
  sum->timestamp ^= lec_big_endian_read_u32 (bytes + 4);
  sum->length ^= (guint16) (size - RTP_HEADER);
  lec_xor_add (&sum->body, bytes + RTP_HEADER, size - RTP_HEADER);
}

/* Both as wire/parity.c draws them. */
static void
write_2022_1 (LecFecEncoder *self, const Sum *sum, gboolean is_row)
{
  guint8 *bytes = self->bytes, *header = bytes + RTP_HEADER;

  bytes[0] = 0x80 | sum->first;
  bytes[1] |= sum->second & 0x80;
  lec_big_endian_write_u16 (header, sum->base);
  lec_big_endian_write_u16 (header + 2, sum->length);
  header[4] = 0x80 | (sum->second & 0x7f);
  lec_big_endian_write_u32 (header + 8, sum->timestamp);
  header[12] = is_row ? ROW_BIT : 0;
  header[13] = (guint8) (is_row ? 1 : self->columns);
  header[14] = (guint8) (is_row ? self->columns : self->rows);
}

static void
write_flex (LecFecEncoder *self, const Sum *sum, gboolean is_row)
{
  guint8 *bytes = self->bytes, *header = bytes + RTP_HEADER + 4;

  bytes[0] = 0x81;
  lec_big_endian_write_u32 (bytes + 8, self->ssrc);
  lec_big_endian_write_u32 (bytes + RTP_HEADER, self->media);
  header[0] = FIXED_BIT | sum->first;
  header[1] = sum->second;
  lec_big_endian_write_u16 (header + 2, sum->length);
  lec_big_endian_write_u32 (header + 4, sum->timestamp);
  lec_big_endian_write_u16 (header + 8, sum->base);
  header[10] = (guint8) self->columns;
  header[11] = (guint8) (is_row ? 1 : self->rows);
}

/* Nobody looks at the time stamp. The SSRC of ST 2022-1 is 0. */
static void
emit (LecFecEncoder *self, const Sum *sum, gboolean is_row)
{
  const gboolean is_flex = self->scheme == LEC_REPAIR_FLEXFEC;
  guint8 *bytes = self->bytes;

  memset (bytes, 0, FRONT);
  bytes[1] = LEC_FEC_PAYLOAD;
  lec_big_endian_write_u16 (bytes + 2, self->sequences[is_row && !is_flex]++);
  lec_big_endian_write_u32 (bytes + 4, sum->timestamp);
  if (is_flex)
    write_flex (self, sum, is_row);
  else
    write_2022_1 (self, sum, is_row);
  memcpy (bytes + FRONT, sum->body.bytes, sum->body.length);
  self->emit (is_row && !is_flex ? LEC_FEC_ROWS_PORT : LEC_FEC_COLUMNS_PORT, bytes,
              FRONT + sum->body.length, self->data);
}

static void
begin_matrix (LecFecEncoder *self)
{
  self->filled = 0;
  self->broken = FALSE;
}

static void
end_matrix (LecFecEncoder *self)
{
  Sum *last = self->matrices[1];

  self->has_last = !self->broken;
  self->matrices[1] = self->matrices[0];
  self->matrices[0] = last;
  self->sent = 0;
  begin_matrix (self);
}

/* Of the matrix before, as many as make all of them in time. */
static void
end_row (LecFecEncoder *self)
{
  const guint count = (self->columns + self->rows - 1) / self->rows;

  if (!self->broken)
    emit (self, &self->row, TRUE);
  for (guint i = 0; i < count && self->has_last && self->sent < self->columns; i++)
    emit (self, &self->matrices[1][self->sent++], FALSE);
  if (self->filled == self->columns * self->rows)
    end_matrix (self);
}

/* Numbers that do not go on are another stream. */
void
lec_fec_encoder_add (LecFecEncoder *self, const guint8 *bytes, gsize size)
{
  guint16 number;
  Sum *column;

  if (size < RTP_HEADER)
    return;
  number = lec_big_endian_read_u16 (bytes + 2);
  if (number != self->next)
    begin_matrix (self);
  self->next = (guint16) (number + 1);
  self->media = lec_big_endian_read_u32 (bytes + 8);
  column = &self->matrices[0][self->filled % self->columns];
  if (self->filled < self->columns)
    reset (column, number);
  if (self->filled % self->columns == 0)
    reset (&self->row, number);
  self->broken |= size > LEC_PACKET_SLOT;
  if (!self->broken) {
    add (&self->row, bytes, size);
    add (column, bytes, size);
  }
  self->filled++;
  if (self->filled % self->columns == 0)
    end_row (self);
}
