/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One MPEG transport stream in datagrams, with RTP in front of it (RFC 2250) or without. */
#include "wire/format.h"
#include "wire/packet.h"
#include "wire/ts-packet.h"

static gboolean
parse (LecPacket *packet)
{
  if (!lec_ts_is_aligned (packet->data, packet->size))
    return lec_format_rtp.parse (packet);
  packet->payload_offset = 0;
  packet->payload_size = packet->size;
  packet->bare = TRUE;
  packet->role = LEC_ROLE_MEDIA;
  return TRUE;
}

static gboolean
is_control (const guint8 *data, gsize size)
{
  return lec_format_rtp.is_control (data, size);
}

const LecFormat lec_format_ts = {
  .name = "ts",
  .parse = parse,
  .is_control = is_control,
  .number_bits = 16,
  .clock_rate = 90000,
  .container = TRUE,
  .is_ts = TRUE,
  .caps = "video/mpegts, systemstream=(boolean)true, packetsize=(int)188",
  .encoding = "MP2T",
};
