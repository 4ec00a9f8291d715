/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-repair.h"

#include <string.h>

#include "announce/sdp-crypto.h"
#include "announce/sdp-payload.h"

#define MAX_REPAIRS 16 /* of one stream */

gboolean
lec_sdp_repair_is_all (const LecStream *stream)
{
  for (guint i = 0; i < stream->payloads->len; i++) {
    if (!lec_sdp_payload_is_repair (g_ptr_array_index (stream->payloads, i), NULL))
      return FALSE;
  }
  return stream->payloads->len > 0;
}

/* Whether repair of type @number arrives among the packets of @stream. */
static gboolean
is_inside (const char *group, guint16 port, guint number, const LecStream *stream)
{
  const LecLeg *leg = g_ptr_array_index (stream->legs, 0);

  if (port != leg->port || strcmp (group, leg->group) != 0)
    return FALSE;
  for (guint i = 0; i < stream->payloads->len; i++) {
    const LecPayload *payload = g_ptr_array_index (stream->payloads, i);

    if (payload->payload == number && lec_sdp_payload_is_repair (payload, NULL))
      return TRUE;
  }
  return FALSE;
}

static void
add_repair (LecStream *stream,
            LecRepairScheme scheme,
            const LecLeg *leg,
            const LecPayload *payload,
            LecAnnouncement *announcement)
{
  LecRepair *repair;

  if (stream->repairs->len == MAX_REPAIRS) {
    lec_announcement_warn (announcement, "only the first %d kinds of error correction are used",
                           MAX_REPAIRS);
    return;
  }
  repair = lec_stream_add_repair (stream, scheme, leg->group, leg->port);
  repair->sources = g_strdupv (leg->sources);
  repair->excluded = g_strdupv (leg->excluded);
  repair->payload = (int) payload->payload;
  repair->clock_rate = payload->clock_rate;
  repair->parameters = g_strdupv (payload->parameters);
}

void
lec_sdp_repair_add (LecStream *stream, const LecStream *repair, LecAnnouncement *announcement)
{
  const LecLeg *leg = g_ptr_array_index (repair->legs, 0);

  if (!lec_sdp_crypto_is_same (stream, repair)) {
    lec_announcement_warn (announcement, "error correction that is not encrypted as its stream is "
                                         "was passed over");
    return;
  }
  for (guint i = 0; i < repair->payloads->len; i++) {
    const LecPayload *payload = g_ptr_array_index (repair->payloads, i);
    LecRepairScheme scheme;

    if (lec_sdp_payload_is_repair (payload, &scheme)
        && !is_inside (leg->group, leg->port, payload->payload, stream))
      add_repair (stream, scheme, leg, payload, announcement);
  }
}

void
lec_sdp_repair_move (LecStream *to, LecStream *from)
{
  while (from->repairs->len > 0 && to->repairs->len < MAX_REPAIRS)
    g_ptr_array_add (to->repairs, g_ptr_array_steal_index (from->repairs, 0));
}

void
lec_sdp_repair_note_inside (LecStream *stream, LecAnnouncement *announcement)
{
  for (guint i = 0; i < stream->payloads->len; i++) {
    const LecPayload *payload = g_ptr_array_index (stream->payloads, i);
    LecRepairScheme scheme;

    if (lec_sdp_payload_is_repair (payload, &scheme))
      add_repair (stream, scheme, g_ptr_array_index (stream->legs, 0), payload, announcement);
  }
}

gboolean
lec_sdp_repair_is_inside (const LecRepair *repair, const LecStream *stream)
{
  return repair->payload >= 0
         && is_inside (repair->group, repair->port, (guint) repair->payload, stream);
}
