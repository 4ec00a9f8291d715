/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One datagram from a stranger: as RTP, as RTCP, as transport stream. */
#include "wire/packet.h"

#include <string.h>

#include "wire/rtcp.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
ignore_release (LecPacket *packet)
{
}

static void
try_rtp (const guint8 *data, gsize size)
{
  LecPacket packet = {
    .data = (guint8 *) data,
    .size = (guint32) size,
    .capacity = (guint32) size,
    .release = ignore_release,
  };
  LecPacket before = packet;

  if (!lec_packet_parse (&packet)) {
    g_assert_true (memcmp (&packet, &before, sizeof packet) == 0);
    return;
  }
  g_assert_cmpuint (packet.payload_offset, >=, 12);
  g_assert_cmpuint (packet.payload_offset, <=, size);
  g_assert_cmpuint (packet.payload_size, <=, size - packet.payload_offset);
  g_assert_cmpuint (packet.payload_type, <, 128);
}

static void
try_rtcp (const guint8 *data, gsize size)
{
  LecRtcp rtcp, before;

  memset (&rtcp, 0xa5, sizeof rtcp);
  before = rtcp;
  if (!lec_rtcp_parse (data, size, &rtcp)) {
    g_assert_true (memcmp (&rtcp, &before, sizeof rtcp) == 0);
    return;
  }
  g_assert_cmpuint (size % 4, ==, 0);
  if (rtcp.has_report)
    g_assert_cmpint (lec_ntp_to_ns (rtcp.report.ntp), >=, 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  try_rtp (data, size);
  try_rtcp (data, size);
  if (lec_packet_is_ts (data, size))
    g_assert_cmpuint (size % 188, ==, 0);
  g_assert_false (lec_packet_is_ts (data, size) && lec_packet_is_rtcp (data, size));
  return 0;
}
