/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/payload-table.h"

#include <string.h>

#include "channel/profile.h"
#include "wire/red.h"

/* What a sender of sound may say in between. */
static gboolean
is_aside (const char *encoding)
{
  return g_ascii_strcasecmp (encoding, "CN") == 0
         || g_ascii_strcasecmp (encoding, "telephone-event") == 0
         || g_ascii_strcasecmp (encoding, "tone") == 0;
}

/* Of those there may be nothing else: then that is the stream. */
static void
note_payloads (LecPayloadTable *self, const LecStream *stream)
{
  gboolean has_media = FALSE;

  self->is_open = stream->payloads->len == 0;
  for (guint i = 0; i < stream->payloads->len; i++)
    has_media |= !is_aside (((LecPayload *) g_ptr_array_index (stream->payloads, i))->encoding);
  for (guint i = 0; i < stream->payloads->len; i++) {
    const LecPayload *payload = g_ptr_array_index (stream->payloads, i);
    LecPayloadUse *use = &self->items[payload->payload];

    use->rate = payload->clock_rate;
    /* whoever reads text makes use of what was sent before */
    use->is_red
        = stream->media != LEC_MEDIA_TEXT && g_ascii_strcasecmp (payload->encoding, "red") == 0;
    if (has_media && is_aside (payload->encoding))
      use->role = LEC_ROLE_ASIDE;
  }
}

static void
note_cipher_formats (LecPayloadTable *self, const LecStream *stream)
{
  for (guint i = 0; i < stream->payloads->len; i++) {
    const LecPayload *payload = g_ptr_array_index (stream->payloads, i);

    self->items[payload->payload].cipher
        = lec_cipher_format_of (payload->encoding, payload->channels, payload);
  }
  for (guint i = 0; self->is_open && i < G_N_ELEMENTS (self->items); i++) {
    const LecProfileEntry *entry = lec_profile_lookup (i);

    if (entry != NULL)
      self->items[i].cipher = lec_cipher_format_of (entry->encoding, entry->channels, NULL);
  }
}

/* Repair that comes where the stream itself does is told apart by its payload type. */
static void
note_repair (LecPayloadTable *self, const LecStream *stream)
{
  const LecLeg *leg = stream->legs->len > 0 ? g_ptr_array_index (stream->legs, 0) : NULL;

  for (guint i = 0; leg != NULL && i < stream->repairs->len; i++) {
    const LecRepair *repair = g_ptr_array_index (stream->repairs, i);

    if (repair->payload < 0 || repair->port != leg->port || strcmp (repair->group, leg->group) != 0)
      continue;
    self->items[repair->payload].role
        = repair->scheme == LEC_REPAIR_RTX ? LEC_ROLE_RETRANSMISSION : LEC_ROLE_REPAIR;
    self->items[repair->payload].scheme = repair->scheme;
  }
}

void
lec_payload_table_init (LecPayloadTable *self, const LecStream *stream, const LecFormat *format)
{
  *self = (LecPayloadTable){ .is_typed = format->clock_rate == 0 };
  note_payloads (self, stream);
  if (self->is_typed)
    note_cipher_formats (self, stream);
  if (format->repair)
    note_repair (self, stream);
}

LecRole
lec_payload_table_sort (const LecPayloadTable *self, LecPacket *packet)
{
  if (packet->role != LEC_ROLE_MEDIA || !self->is_typed)
    return packet->role;
  if (self->items[packet->payload_type].is_red
      && (!lec_red_unwrap (packet) || self->items[packet->payload_type].is_red))
    return LEC_ROLE_ASIDE;
  return self->items[packet->payload_type].role;
}

guint
lec_payload_table_get_rate (const LecPayloadTable *self, guint payload)
{
  const LecProfileEntry *entry;

  if (!self->is_open)
    return self->items[payload].rate;
  entry = lec_profile_lookup (payload);
  return entry != NULL && !is_aside (entry->encoding) ? entry->clock_rate : 0;
}
