/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-repair.h"

#include <glib/gi18n-lib.h>
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

/* The repair of @stream that arrives just there; -1 without one. */
static int
find_repair (const LecStream *stream,
             LecRepairScheme scheme,
             const LecLeg *leg,
             const LecPayload *payload)
{
  for (guint i = 0; i < stream->repairs->len; i++) {
    const LecRepair *repair = g_ptr_array_index (stream->repairs, i);

    if (repair->scheme == scheme && repair->port == leg->port
        && repair->payload == (int) payload->payload && strcmp (repair->group, leg->group) == 0)
      return (int) i;
  }
  return -1;
}

static void
add_repair (LecStream *stream,
            LecRepairScheme scheme,
            const LecLeg *leg,
            const LecPayload *payload,
            LecWarnings *warnings)
{
  LecRepair *repair;

  if (find_repair (stream, scheme, leg, payload) >= 0) /* what stands there twice is one */
    return;
  if (stream->repairs->len == MAX_REPAIRS) {
    lec_warnings_add (warnings, _ ("only the first %d kinds of error correction are used"),
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
lec_sdp_repair_add (LecStream *stream, const LecStream *repair, LecWarnings *warnings)
{
  const LecLeg *leg = g_ptr_array_index (repair->legs, 0);

  if (!lec_sdp_crypto_is_same (stream, repair)) {
    lec_warnings_add (warnings,
                      _ ("error correction that is not encrypted as its stream is was ignored"));
    return;
  }
  for (guint i = 0; i < repair->payloads->len; i++) {
    const LecPayload *payload = g_ptr_array_index (repair->payloads, i);
    LecRepairScheme scheme;

    if (lec_sdp_payload_is_repair (payload, &scheme)
        && !is_inside (leg->group, leg->port, payload->payload, stream))
      add_repair (stream, scheme, leg, payload, warnings);
  }
}

void
lec_sdp_repair_move (LecStream *to, LecStream *from)
{
  while (from->repairs->len > 0 && to->repairs->len < MAX_REPAIRS)
    g_ptr_array_add (to->repairs, g_ptr_array_steal_index (from->repairs, 0));
}

void
lec_sdp_repair_note_inside (LecStream *stream, LecWarnings *warnings)
{
  for (guint i = 0; i < stream->payloads->len; i++) {
    const LecPayload *payload = g_ptr_array_index (stream->payloads, i);
    const LecLeg *leg = g_ptr_array_index (stream->legs, 0);
    LecRepairScheme scheme;
    int other;

    if (!lec_sdp_payload_is_repair (payload, &scheme))
      continue;
    other = find_repair (stream, scheme, leg, payload);
    if (other >= 0) /* what the stream says of itself is right */
      g_ptr_array_remove_index (stream->repairs, (guint) other);
    add_repair (stream, scheme, leg, payload, warnings);
  }
}

gboolean
lec_sdp_repair_is_inside (const LecRepair *repair, const LecStream *stream)
{
  return repair->payload >= 0
         && is_inside (repair->group, repair->port, (guint) repair->payload, stream);
}
