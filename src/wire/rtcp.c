/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/rtcp.h"

#include <string.h>

#define BLOCK_SIZE 24
#define FEEDBACK_HEAD 8

enum {
  TYPE_SENDER_REPORT = 200,
  TYPE_RECEIVER_REPORT = 201,
  TYPE_DESCRIPTION = 202,
  TYPE_BYE = 203,
  TYPE_FEEDBACK = 205, /* of transport */
};

enum {
  FORMAT_NACK = 1,
  FORMAT_LOSS_KNOWN = 7,
};

enum {
  ITEM_END = 0,
  ITEM_CNAME = 1,
  ITEM_NAME = 2,
  ITEM_TOOL = 6,
};

/* ---- reading ---- */

/* Only the last packet may be padded; its last byte counts itself (RFC 3550, section 6.4.1). */
static gboolean
cut_padding (LecRtcpReader *self)
{
  guint8 padding = self->block.left > 0 ? self->block.at[self->block.left - 1] : 0;

  if (self->rest.left > 0 || padding == 0 || padding % 4 != 0 || padding > self->block.left)
    return FALSE;
  self->block.left -= padding;
  return TRUE;
}

/* SSRCs, then what follows them may be a text. */
static gboolean
find_reason (LecRtcpReader *self)
{
  LecReader reader = self->block;
  gsize length;

  lec_reader_skip (&reader, 4 * (gsize) self->left);
  self->reason = lec_reader_init (reader.at, 0);
  if (reader.failed || reader.left == 0)
    return !reader.failed;
  length = lec_reader_u8 (&reader);
  self->reason = lec_reader_init (lec_reader_bytes (&reader, length), length);
  return !reader.failed;
}

/* Behind its head come as many fields as there is room for; of other formats nothing is told. */
static guint
count_nacks (const LecRtcpReader *self)
{
  const gboolean is_known = self->format == FORMAT_NACK || self->format == FORMAT_LOSS_KNOWN;

  return is_known && self->size > FEEDBACK_HEAD ? (guint) ((self->size - FEEDBACK_HEAD) / 4) : 0;
}

/* Each packet of the compound: V=2, P, count (5 bits), type, length in words less one. */
static gboolean
open_packet (LecRtcpReader *self)
{
  guint8 first = lec_reader_u8 (&self->rest);
  guint8 type = lec_reader_u8 (&self->rest);
  gsize length = 4 * (gsize) lec_reader_u16 (&self->rest);
  const guint8 *body = lec_reader_bytes (&self->rest, length);

  if (self->rest.failed || first >> 6 != 2 || type < 192 || type > 223)
    return FALSE;
  self->block = lec_reader_init (body, length);
  self->type = type;
  self->left = first & 0x1f;
  self->opened = FALSE;
  if ((first & 0x20) != 0 && !cut_padding (self))
    return FALSE;
  self->size = self->block.left;
  self->format = first & 0x1f;
  if (type == TYPE_SENDER_REPORT || type == TYPE_RECEIVER_REPORT)
    self->left++; /* the head of the report */
  else if (type == TYPE_BYE)
    return find_reason (self);
  else if (type == TYPE_FEEDBACK)
    self->left = count_nacks (self);
  else if (type != TYPE_DESCRIPTION)
    self->left = 0;
  return TRUE;
}

static void
read_report (LecRtcpReader *self, LecRtcpItem *item)
{
  self->opened = TRUE;
  self->ssrc = item->ssrc = lec_reader_u32 (&self->block);
  item->kind = LEC_RTCP_RECEIVER_REPORT;
  if (self->type != TYPE_SENDER_REPORT)
    return;
  item->kind = LEC_RTCP_SENDER_REPORT;
  item->ntp = lec_reader_u64 (&self->block);
  item->timestamp = lec_reader_u32 (&self->block);
  item->packets = lec_reader_u32 (&self->block);
  lec_reader_skip (&self->block, 4); /* octet count */
}

static void
read_block (LecRtcpReader *self, LecRtcpItem *item)
{
  guint32 loss;

  item->kind = LEC_RTCP_BLOCK;
  item->ssrc = self->ssrc;
  item->block.ssrc = lec_reader_u32 (&self->block);
  loss = lec_reader_u32 (&self->block);
  item->block.fraction = (guint8) (loss >> 24);
  item->block.lost = (gint32) (loss << 8) / 256; /* of 24 bits, signed */
  item->block.highest = lec_reader_u32 (&self->block);
  item->block.jitter = lec_reader_u32 (&self->block);
  item->block.last_report = lec_reader_u32 (&self->block);
  item->block.delay = lec_reader_u32 (&self->block);
}

static void
read_nack (LecRtcpReader *self, LecRtcpItem *item)
{
  if (!self->opened) {
    self->ssrc = lec_reader_u32 (&self->block);
    self->media_ssrc = lec_reader_u32 (&self->block);
  }
  self->opened = TRUE;
  item->kind = self->format == FORMAT_NACK ? LEC_RTCP_NACK : LEC_RTCP_LOSS_KNOWN;
  item->ssrc = self->ssrc;
  item->media_ssrc = self->media_ssrc;
  item->nack.first = lec_reader_u16 (&self->block);
  item->nack.more = lec_reader_u16 (&self->block);
}

static gboolean
is_told (guint8 type, LecRtcpKind *kind)
{
  static const struct
  {
    guint8 type;
    LecRtcpKind kind;
  } known[] = { { ITEM_CNAME, LEC_RTCP_CNAME },
                { ITEM_NAME, LEC_RTCP_NAME },
                { ITEM_TOOL, LEC_RTCP_TOOL } };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++) {
    if (known[i].type != type)
      continue;
    *kind = known[i].kind;
    return TRUE;
  }
  return FALSE;
}

/* A chunk: SSRC, then items of type, length, text, ended by a type 0 and filled up to a whole word.
 * Returns: whether @item is one that is told */
static gboolean
read_description (LecRtcpReader *self, LecRtcpItem *item)
{
  guint8 type;

  if (!self->opened)
    self->ssrc = lec_reader_u32 (&self->block);
  self->opened = TRUE;
  type = lec_reader_u8 (&self->block);
  if (type == ITEM_END) {
    lec_reader_skip (&self->block, (4 - (self->size - self->block.left) % 4) % 4);
    self->opened = FALSE;
    self->left--;
    return FALSE;
  }
  item->ssrc = self->ssrc;
  item->length = lec_reader_u8 (&self->block);
  item->text = lec_reader_bytes (&self->block, item->length);
  return is_told (type, &item->kind);
}

/* Reads on in the packet that is open. */
static gboolean
read_item (LecRtcpReader *self, LecRtcpItem *item)
{
  if (self->type == TYPE_DESCRIPTION)
    return read_description (self, item);

  self->left--;
  if (self->type == TYPE_BYE) {
    item->kind = LEC_RTCP_BYE;
    item->ssrc = lec_reader_u32 (&self->block);
    item->text = self->reason.at;
    item->length = self->reason.left;
  } else if (self->type == TYPE_FEEDBACK) {
    read_nack (self, item);
  } else if (!self->opened) {
    read_report (self, item);
  } else {
    read_block (self, item);
  }
  return TRUE;
}

gboolean
lec_rtcp_next (LecRtcpReader *self, LecRtcpItem *item)
{
  for (;;) {
    LecRtcpItem next = { 0 };
    gboolean told;

    if (self->rest.failed || self->block.failed)
      return FALSE;
    if (self->left == 0) {
      if (self->rest.left == 0)
        return FALSE;
      if (!open_packet (self))
        self->rest.failed = TRUE;
      continue;
    }
    told = read_item (self, &next);
    if (!told || self->block.failed)
      continue;
    *item = next;
    return TRUE;
  }
}

LecRtcpReader
lec_rtcp_read (const guint8 *data, gsize size)
{
  return (LecRtcpReader){ .rest = lec_reader_init (data, size) };
}

gboolean
lec_rtcp_check (const guint8 *data, gsize size)
{
  LecRtcpReader reader = lec_rtcp_read (data, size);
  LecRtcpItem item;

  while (lec_rtcp_next (&reader, &item))
    ;
  return size > 0 && !reader.rest.failed && !reader.block.failed;
}

/* ---- writing ---- */

static guint8 *
put_u32 (guint8 *at, guint32 value)
{
  for (guint i = 0; i < 4; i++)
    *at++ = (guint8) (value >> (24 - 8 * i));
  return at;
}

/* @size: [bytes], the head included; whole words */
static guint8 *
put_head (guint8 *at, guint count, guint8 type, gsize size)
{
  return put_u32 (at, 2u << 30 | count << 24 | (guint32) type << 16 | (guint32) (size / 4 - 1));
}

static guint8 *
put_block (guint8 *at, const LecReportBlock *block)
{
  at = put_u32 (at, block->ssrc);
  at = put_u32 (at, (guint32) block->fraction << 24 | ((guint32) block->lost & 0xffffff));
  at = put_u32 (at, block->highest);
  at = put_u32 (at, block->jitter);
  at = put_u32 (at, block->last_report);
  return put_u32 (at, block->delay);
}

static guint8 *
put_report (guint8 *at, guint32 ssrc, const LecReportBlock *blocks, guint n_blocks)
{
  g_assert (n_blocks <= LEC_RTCP_BLOCKS);
  at = put_head (at, n_blocks, TYPE_RECEIVER_REPORT, 8 + n_blocks * BLOCK_SIZE);
  at = put_u32 (at, ssrc);
  for (guint i = 0; i < n_blocks; i++)
    at = put_block (at, &blocks[i]);
  return at;
}

static guint8 *
put_name (guint8 *at, guint32 ssrc, const char *cname)
{
  gsize length = strlen (cname);
  gsize size = (4 + 4 + 2 + length + 1 + 3) / 4 * 4;
  guint8 *end = at + size;

  g_assert (length <= LEC_RTCP_NAME_MAX);
  memset (at, 0, size);
  at = put_head (at, 1, TYPE_DESCRIPTION, size);
  at = put_u32 (at, ssrc);
  *at++ = ITEM_CNAME;
  *at++ = (guint8) length;
  memcpy (at, cname, length);
  return end;
}

gsize
lec_rtcp_write (guint8 *bytes,
                guint32 ssrc,
                const LecReportBlock *blocks,
                guint n_blocks,
                const char *cname,
                gboolean bye)
{
  guint8 *at = put_name (put_report (bytes, ssrc, blocks, n_blocks), ssrc, cname);

  if (bye) {
    at = put_head (at, 1, TYPE_BYE, 8);
    at = put_u32 (at, ssrc);
  }
  return (gsize) (at - bytes);
}

gsize
lec_rtcp_write_nack (guint8 *bytes,
                     guint32 ssrc,
                     guint32 media_ssrc,
                     const LecNackField *fields,
                     guint count)
{
  guint8 *at = put_head (bytes, FORMAT_NACK, TYPE_FEEDBACK, 4 + FEEDBACK_HEAD + 4 * count);

  g_assert (count <= LEC_RTCP_NACKS);
  at = put_u32 (at, ssrc);
  at = put_u32 (at, media_ssrc);
  for (guint i = 0; i < count; i++)
    at = put_u32 (at, (guint32) fields[i].first << 16 | fields[i].more);
  return (gsize) (at - bytes);
}

gint64
lec_ntp_to_ns (guint64 ntp)
{
  guint64 seconds = ntp >> 32;
  guint64 fraction = ntp & G_MAXUINT32;

  return (gint64) (seconds * 1000000000 + ((fraction * 1000000000) >> 32));
}
