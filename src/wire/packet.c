/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/packet.h"

static void
release_heap (LecPacket *packet)
{
  g_free (packet->data);
  g_free (packet);
}

LecPacket *
lec_packet_new (gsize capacity)
{
  LecPacket *packet = g_new0 (LecPacket, 1);

  packet->data = g_malloc (capacity + LEC_PACKET_SPARE);
  packet->capacity = (guint32) capacity;
  packet->release = release_heap;
  return packet;
}

void
lec_packet_release (LecPacket *packet)
{
  if (packet != NULL)
    packet->release (packet);
}
