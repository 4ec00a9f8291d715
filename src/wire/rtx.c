/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/rtx.h"

#include <string.h>

#include "wire/big-endian.h"
#include "wire/units.h"

#define NUMBER_SIZE 2 /* [bytes] of the original sequence number (OSN) */

/* `apt`, the associated payload type (section 8.1); -1: it is not said. */
static gint16
find_media_type (const LecRepair *repair)
{
  for (guint i = 0; repair->parameters != NULL && repair->parameters[i] != NULL; i += 2) {
    guint64 type;

    if (g_ascii_strcasecmp (repair->parameters[i], "apt") == 0
        && g_ascii_string_to_unsigned (repair->parameters[i + 1], 10, 0, 127, &type, NULL))
      return (gint16) type;
  }
  return -1;
}

/* [ns] `rtx-time`, in milliseconds (section 8.1); 0: it is not said. */
static gint64
find_kept_time (const LecRepair *repair)
{
  for (guint i = 0; repair->parameters != NULL && repair->parameters[i] != NULL; i += 2) {
    guint64 time_ms;

    if (g_ascii_strcasecmp (repair->parameters[i], "rtx-time") == 0
        && g_ascii_string_to_unsigned (repair->parameters[i + 1], 10, 1, G_MAXUINT32, &time_ms,
                                       NULL))
      return (gint64) time_ms * MSECOND;
  }
  return 0;
}

static gboolean
is_inside (const LecRepair *repair, const LecStream *stream)
{
  const LecLeg *leg = stream->legs->len > 0 ? g_ptr_array_index (stream->legs, 0) : NULL;

  return leg != NULL && repair->port == leg->port && g_strcmp0 (repair->group, leg->group) == 0;
}

gboolean
lec_rtx_types_init (LecRtxTypes *self, const LecStream *stream)
{
  gboolean found = FALSE;

  memset (self, 0xff, sizeof *self);
  self->kept_ns = 0;
  for (guint i = 0; i < stream->repairs->len; i++) {
    const LecRepair *repair = g_ptr_array_index (stream->repairs, i);
    gint16 *types = is_inside (repair, stream) ? self->inside : self->elsewhere;

    if (repair->scheme != LEC_REPAIR_RTX || repair->payload < 0 || repair->payload > 127)
      continue;
    types[repair->payload] = find_media_type (repair);
    found |= types[repair->payload] >= 0;
    self->kept_ns = MAX (self->kept_ns, find_kept_time (repair));
  }
  return found;
}

/* The header is that of the packet before, but for type, number and source; its number stands in
 * front of its payload (section 4). */
gboolean
lec_rtx_unwrap (const gint16 *media_types, LecPacket *packet, guint32 ssrc)
{
  guint8 *payload = packet->data + packet->payload_offset;
  const gint16 type = packet->payload_type < 128 ? media_types[packet->payload_type] : -1;

  if (type < 0 || packet->payload_size <= NUMBER_SIZE)
    return FALSE;
  packet->data[0] &= (guint8) ~0x20; /* no padding is left */
  packet->data[1] = (guint8) ((packet->data[1] & 0x80) | type);
  memcpy (packet->data + 2, payload, NUMBER_SIZE);
  lec_big_endian_write_u32 (packet->data + 8, ssrc);
  memmove (payload, payload + NUMBER_SIZE, packet->payload_size - NUMBER_SIZE);
  packet->size = packet->payload_offset + packet->payload_size - NUMBER_SIZE;
  return TRUE;
}
