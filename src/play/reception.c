/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/reception.h"

#include <string.h>

static guint64
get_uint64 (const GstStructure *stream, const char *field)
{
  guint64 value = 0;

  gst_structure_get_uint64 (stream, field, &value);
  return value;
}

static void
add_stream (LecReception *self, const GstStructure *stream)
{
  double silent_ms = -1;

  self->received += get_uint64 (stream, "received");
  self->out += get_uint64 (stream, "out");
  self->discarded += get_uint64 (stream, "discarded");
  self->undeciphered += get_uint64 (stream, "undeciphered");
  if (get_uint64 (stream, "discarded") > 0)
    gst_structure_get_uint (stream, "payload", &self->payload);
  gst_structure_get_double (stream, "silent-ms", &silent_ms);
  if (silent_ms >= 0 && (self->silent_us < 0 || silent_ms * 1000 < (double) self->silent_us))
    self->silent_us = (gint64) (silent_ms * 1000);
  if (self->interfaces[0] == '\0')
    g_strlcpy (self->interfaces, gst_structure_get_string (stream, "interfaces"),
               sizeof self->interfaces);
}

LecReception
lec_reception_read (const GstStructure *stats)
{
  LecReception self = { .silent_us = -1 };
  const GValue *list = stats != NULL ? gst_structure_get_value (stats, "streams") : NULL;

  for (guint i = 0; list != NULL && i < gst_value_list_get_size (list); i++)
    add_stream (&self, gst_value_get_structure (gst_value_list_get_value (list, i)));
  return self;
}

char *
lec_reception_explain_waiting (const LecAlternative *alternative)
{
  g_autofree char *address = lec_alternative_dup_address (alternative);

  return g_strdup_printf ("Waiting for %s …", address);
}

char *
lec_reception_explain_nothing (const LecReception *self, const LecAlternative *alternative)
{
  g_autofree char *address = lec_alternative_dup_address (alternative);
  const LecStream *stream = g_ptr_array_index (alternative->streams, 0);
  const LecLeg *leg = g_ptr_array_index (stream->legs, 0);

  if (leg->sources == NULL && lec_address_needs_source (leg->group))
    return g_strdup_printf (
        "Nothing arrives from %s%s%s: networks deliver this address only to who "
        "names its sender, and the announcement names none",
        address, self->interfaces[0] != '\0' ? " on " : "", self->interfaces);
  return g_strdup_printf ("Nothing arrives from %s%s%s: the station may not be sending, or the "
                          "network keeps multicast back",
                          address, self->interfaces[0] != '\0' ? " on " : "", self->interfaces);
}

gboolean
lec_reception_is_foreign (const LecReception *self)
{
  return self->out == 0 && self->discarded + self->undeciphered > 0;
}

char *
lec_reception_explain_no_picture (const LecReception *self, const LecAlternative *alternative)
{
  const LecStream *stream = g_ptr_array_index (alternative->streams, 0);

  if (!lec_reception_is_foreign (self))
    return g_strdup ("Packets arrive; waiting for the first complete picture or sound");
  if (self->undeciphered > self->discarded)
    return g_strdup (
        "Packets arrive, but they are encrypted with another key than the announcement "
        "says: ask the sender for the newest one");
  if (alternative->kind == LEC_KIND_RTP && stream->payloads->len == 0)
    return g_strdup_printf ("Packets arrive, but their address alone does not tell what they are "
                            "(payload type %u): open the channel's .sdp file instead",
                            self->payload);
  return g_strdup_printf ("Packets arrive, but not of the kind that was announced (payload type "
                          "%u): the announcement may be out of date",
                          self->payload);
}

char *
lec_reception_explain_silence (const LecReception *self)
{
  return g_strdup_printf ("The station has been silent for %d s; still listening",
                          (int) (self->silent_us / G_USEC_PER_SEC));
}
