/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/reception.h"

#include "play/figures.h"

#define MUTE_MS 3000 /* a leg that has brought nothing for so long brings nothing */

/* The counters, for what is done to each of them. */
static const struct
{
  const char *field;
  gsize offset;
} counters[] = {
  { "received", G_STRUCT_OFFSET (LecReception, received) },
  { "out", G_STRUCT_OFFSET (LecReception, out) },
  { "lost", G_STRUCT_OFFSET (LecReception, lost) },
  { "lost-local", G_STRUCT_OFFSET (LecReception, lost_local) },
  { "late", G_STRUCT_OFFSET (LecReception, late) },
  { "duplicate", G_STRUCT_OFFSET (LecReception, duplicate) },
  { "recovered", G_STRUCT_OFFSET (LecReception, recovered) },
  { "discarded", G_STRUCT_OFFSET (LecReception, discarded) },
  { "undeciphered", G_STRUCT_OFFSET (LecReception, decrypt_failed) },
};

static guint64 *
get_counter (LecReception *self, guint index)
{
  return G_STRUCT_MEMBER_P (self, counters[index].offset);
}

guint
lec_reception_count_mute_legs (const GstStructure *stream)
{
  const guint n_legs = lec_figures_count (stream, "legs");
  guint mute = 0;

  for (guint i = 0; i < n_legs; i++) {
    double silent_ms = lec_figures_get_gauge (lec_figures_get (stream, "legs", i), "silent-ms");

    mute += !(silent_ms >= 0 && silent_ms < MUTE_MS);
  }
  return mute < n_legs ? mute : 0;
}

static gboolean
has_ended (const GstStructure *stream)
{
  gboolean ended = FALSE;

  gst_structure_get_boolean (stream, "ended", &ended);
  return ended;
}

static void
add_stream (LecReception *self, const GstStructure *stream)
{
  double silent_ms = lec_figures_get_gauge (stream, "silent-ms");
  const char *interfaces = lec_figures_get_text (stream, "interfaces");

  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    *get_counter (self, i) += lec_figures_get_counter (stream, counters[i].field);
  if (lec_figures_get_counter (stream, "discarded") > 0)
    gst_structure_get_uint (stream, "payload", &self->payload);
  if (silent_ms >= 0 && (self->silent_us < 0 || silent_ms * 1000 < (double) self->silent_us))
    self->silent_us = (gint64) (silent_ms * 1000);
  if (lec_figures_get_counter (stream, "received") > 0 && !has_ended (stream))
    self->speaking++;
  if (lec_figures_count (stream, "legs") > 1)
    self->legs += lec_figures_count (stream, "legs");
  self->mute_legs += lec_reception_count_mute_legs (stream);
  if (self->interfaces[0] == '\0' && interfaces != NULL)
    g_strlcpy (self->interfaces, interfaces, sizeof self->interfaces);
}

LecReception
lec_reception_read (const GstStructure *stats)
{
  LecReception self = { .silent_us = -1 };

  for (guint i = 0; i < lec_figures_count (stats, "streams"); i++)
    add_stream (&self, lec_figures_get (stats, "streams", i));
  return self;
}

LecReception
lec_reception_since (const LecReception *now, const LecReception *before)
{
  LecReception span = *now, then = *before;

  for (guint i = 0; i < G_N_ELEMENTS (counters); i++) {
    guint64 *counter = get_counter (&span, i);

    *counter -= MIN (*counter, *get_counter (&then, i));
  }
  return span;
}

void
lec_reception_add (LecReception *self, const LecReception *other)
{
  LecReception sum = *other;

  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    *get_counter (&sum, i) += *get_counter (self, i);
  *self = sum;
}

guint64
lec_reception_get_good (const LecReception *self)
{
  guint64 bad = self->late + self->duplicate + self->discarded + self->decrypt_failed;

  return self->received - MIN (self->received, bad);
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
  return self->out == 0 && self->discarded + self->decrypt_failed > 0;
}

char *
lec_reception_explain_no_picture (const LecReception *self, const LecAlternative *alternative)
{
  const LecStream *stream = g_ptr_array_index (alternative->streams, 0);

  if (!lec_reception_is_foreign (self))
    return g_strdup ("Packets arrive; waiting for the first complete picture or sound");
  if (self->decrypt_failed > self->discarded)
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
  if (self->received > 0 && self->speaking == 0)
    return g_strdup ("The station has said goodbye; still listening, in case it comes back");
  return g_strdup_printf ("The station has been silent for %d s; still listening",
                          (int) (self->silent_us / G_USEC_PER_SEC));
}
