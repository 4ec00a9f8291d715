/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/rtcp.h"

#include "wire/reader.h"

enum {
  TYPE_SENDER_REPORT = 200,
  TYPE_DESCRIPTION = 202,
  TYPE_BYE = 203,
};

enum {
  ITEM_END = 0,
  ITEM_CNAME = 1,
};

static void
read_report (LecReader *block, LecRtcp *rtcp)
{
  LecSenderReport report;

  report.ssrc = lec_reader_u32 (block);
  report.ntp = lec_reader_u64 (block);
  report.timestamp = lec_reader_u32 (block);
  lec_reader_skip (block, 8); /* packet and octet count */
  if (!block->failed && !rtcp->has_report) {
    rtcp->has_report = TRUE;
    rtcp->report = report;
  }
}

static void
read_bye (LecReader *block, LecRtcp *rtcp)
{
  guint32 ssrc = lec_reader_u32 (block);

  if (!block->failed && !rtcp->has_bye) {
    rtcp->has_bye = TRUE;
    rtcp->bye_ssrc = ssrc;
  }
}

/* Two names are only ever compared, so a number will do for one (FNV-1a). */
static guint64
hash_name (const guint8 *name, gsize length)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ name[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  return MAX (hash, 1);
}

/* SSRC, then items of type, length, text, ended by a type 0; the first chunk is enough. */
static void
read_description (LecReader *block, LecRtcp *rtcp)
{
  lec_reader_skip (block, 4);
  for (;;) {
    guint8 type = lec_reader_u8 (block);
    guint8 length = type != ITEM_END ? lec_reader_u8 (block) : 0;
    const guint8 *text = lec_reader_bytes (block, length);

    if (block->failed || type == ITEM_END)
      return;
    if (type == ITEM_CNAME && rtcp->cname == 0)
      rtcp->cname = hash_name (text, length);
  }
}

/* Each packet of the compound: V=2, P, count (5 bits), type, length in words less one. Only the
 * last one may be padded (RFC 3550, appendix A.2). */
gboolean
lec_rtcp_parse (const guint8 *data, gsize size, LecRtcp *rtcp)
{
  LecReader reader = lec_reader_init (data, size);
  LecRtcp result = { 0 };

  if (size == 0)
    return FALSE;

  while (reader.left > 0) {
    guint8 first = lec_reader_u8 (&reader);
    guint8 type = lec_reader_u8 (&reader);
    gsize length = 4 * (gsize) lec_reader_u16 (&reader);
    const guint8 *body = lec_reader_bytes (&reader, length);
    LecReader block;

    if (reader.failed || first >> 6 != 2 || type < 192 || type > 223)
      return FALSE;
    if ((first & 0x20) && reader.left > 0)
      return FALSE;

    block = lec_reader_init (body, length);
    if (type == TYPE_SENDER_REPORT)
      read_report (&block, &result);
    else if (type == TYPE_BYE && (first & 0x1f) > 0) /* a BYE may name nobody */
      read_bye (&block, &result);
    else if (type == TYPE_DESCRIPTION && (first & 0x1f) > 0)
      read_description (&block, &result);
    if (block.failed)
      return FALSE;
  }

  *rtcp = result;
  return TRUE;
}

gint64
lec_ntp_to_ns (guint64 ntp)
{
  guint64 seconds = ntp >> 32;
  guint64 fraction = ntp & G_MAXUINT32;

  return (gint64) (seconds * 1000000000 + ((fraction * 1000000000) >> 32));
}
