/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One datagram from a stranger: in every format, and as RTCP. */
#include "wire/packet.h"

#include <string.h>

#include "wire/format.h"
#include "wire/red.h"
#include "wire/rtcp.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
ignore_release (LecPacket *packet)
{
}

static void
try_format (const LecFormat *format, const guint8 *data, gsize size)
{
  LecPacket packet = {
    .data = (guint8 *) data,
    .size = (guint32) size,
    .capacity = (guint32) size,
    .release = ignore_release,
  };
  LecPacket before = packet;

  if (!format->parse (&packet)) {
    g_assert_true (memcmp (&packet, &before, sizeof packet) == 0);
    return;
  }
  g_assert_cmpuint (packet.payload_offset, <=, size);
  g_assert_cmpuint (packet.payload_size, <=, size - packet.payload_offset);
  if (packet.bare)
    return;
  g_assert_cmpuint ((guint64) packet.sequence >> format->number_bits, ==, 0);
  if (format->clock_rate == 0)
    g_assert_cmpuint (packet.payload_type, <, 128);
}

static void
try_rtcp (const guint8 *data, gsize size)
{
  LecRtcpReader reader = lec_rtcp_read (data, size);
  LecRtcpItem item;
  guint items = 0;

  while (lec_rtcp_next (&reader, &item)) {
    items++;
    g_assert_cmpuint (item.length, <=, 255);
    if (item.length > 0)
      g_assert_true (item.text >= data && item.text + item.length <= data + size);
    if (item.kind == LEC_RTCP_SENDER_REPORT)
      g_assert_cmpint (lec_ntp_to_ns (item.ntp), >=, 0);
    if (item.kind == LEC_RTCP_BLOCK)
      g_assert_cmpint (ABS (item.block.lost), <=, 0x800000);
  }
  g_assert_cmpuint (items, <=, size / 2); /* nothing is told without bytes for it */
  if (lec_rtcp_check (data, size))
    g_assert_cmpuint (size % 4, ==, 0);
}

static void
try_red (const guint8 *data, gsize size)
{
  g_autofree guint8 *bytes = g_memdup2 (data, size);
  LecPacket packet = { .data = bytes, .size = (guint32) size, .capacity = (guint32) size };
  LecRedBlock blocks[LEC_RED_BLOCKS];
  const guint count = lec_red_read (data, size, blocks);
  gsize length = 0;

  g_assert_cmpuint (count, <=, LEC_RED_BLOCKS);
  for (guint i = 0; i < count; i++) {
    g_assert_true (blocks[i].bytes >= data && blocks[i].bytes + blocks[i].length <= data + size);
    length += blocks[i].length;
  }
  g_assert_cmpuint (length, <=, size);
  if (!lec_format_rtp.parse (&packet) || !lec_red_unwrap (&packet))
    return;
  g_assert_cmpuint (packet.size, <, size);
  g_assert_true (lec_format_rtp.parse (&packet));
  g_assert_cmpuint (packet.payload_size, >, 0);
  g_assert_cmpuint (packet.payload_offset + packet.payload_size, ==, packet.size);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  for (guint kind = 0; kind < LEC_N_KINDS; kind++) {
    if (lec_format_of ((LecKind) kind) != NULL)
      try_format (lec_format_of ((LecKind) kind), data, size);
  }
  try_rtcp (data, size);
  try_red (data, size);
  return 0;
}
