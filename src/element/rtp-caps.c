/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/rtp-caps.h"

#include <string.h>

#include "channel/profile.h"
#include "element/xiph-config.h"
#include "wire/asf-rtp.h"

#define FIRST_DYNAMIC 96
#define PROFILE_TS 33 /* payload type of a transport stream (RFC 3551, table 5) */

static const char *
media_name (LecMedia media)
{
  switch (media) {
  case LEC_MEDIA_VIDEO:
    return "video";
  case LEC_MEDIA_AUDIO:
    return "audio";
  case LEC_MEDIA_TEXT:
    return "text";
  case LEC_MEDIA_APPLICATION:
  default:
    return "application";
  }
}

/* Depayloaders take a payload type of the profile's (RFC 3551) for what the profile says only; some
 * senders give those another meaning all the same, which is their right (RFC 8866, section 6.6). */
static guint
payload_for_depayloader (guint payload, const char *encoding)
{
  const LecProfileEntry *entry = lec_profile_lookup (payload);

  return payload >= FIRST_DYNAMIC
                 || (entry != NULL && g_ascii_strcasecmp (entry->encoding, encoding) == 0)
             ? payload
             : FIRST_DYNAMIC;
}

static GstStructure *
new_structure (LecMedia media, guint payload, const char *encoding, guint rate, guint channels)
{
  g_autofree char *name = g_ascii_strup (encoding, -1);
  GstStructure *structure = gst_structure_new (
      "application/x-rtp", "media", G_TYPE_STRING, media_name (media), "payload", G_TYPE_INT,
      (int) payload_for_depayloader (payload, encoding), "clock-rate", G_TYPE_INT, (int) rate,
      "encoding-name", G_TYPE_STRING, name, NULL);

  if (channels > 0) {
    g_autofree char *text = g_strdup_printf ("%u", channels);

    gst_structure_set (structure, "encoding-params", G_TYPE_STRING, text, NULL);
  }
  return structure;
}

/* Field names of caps are a narrower set than what a sender may write; and some would give a field
 * another type than depayloaders expect. */
static gboolean
is_harmless (const char *name)
{
  static const char *const reserved[]
      = { "media",     "payload",  "clock-rate",    "ssrc",       "encoding-params", "clock-base",
          "npt-start", "npt-stop", "encoding-name", "play-speed", "play-scale",      NULL };

  if (!g_ascii_isalpha (name[0]) || g_strv_contains (reserved, name))
    return FALSE;
  for (const char *c = name; *c != '\0'; c++) {
    if (!g_ascii_isalnum (*c) && *c != '-' && *c != '_' && *c != '.')
      return FALSE;
  }
  return TRUE;
}

static void
add_parameters (GstStructure *structure, GStrv parameters)
{
  for (guint i = 0; parameters != NULL && parameters[i] != NULL; i += 2) {
    g_autofree char *name = g_ascii_strdown (parameters[i], -1);

    if (is_harmless (name) && g_utf8_validate (parameters[i + 1], -1, NULL))
      gst_structure_set (structure, name, G_TYPE_STRING, parameters[i + 1], NULL);
  }
}

/* What senders leave out although depayloaders or decoders ask for it. */
static void
complete_parameters (GstStructure *structure)
{
  const char *encoding = gst_structure_get_string (structure, "encoding-name");
  const char *configuration = gst_structure_get_string (structure, "configuration");
  g_autofree char *completed = NULL;

  if (configuration == NULL
      || (strcmp (encoding, "VORBIS") != 0 && strcmp (encoding, "THEORA") != 0))
    return;
  completed = lec_xiph_config_complete (configuration);
  if (completed != NULL)
    gst_structure_set (structure, "configuration", G_TYPE_STRING, completed, NULL);
}

GstCaps *
lec_rtp_caps_new (const LecStream *stream, guint payload)
{
  const LecProfileEntry *entry;
  GstCaps *caps = gst_caps_new_empty ();

  for (guint i = 0; i < stream->payloads->len; i++) {
    const LecPayload *candidate = g_ptr_array_index (stream->payloads, i);
    GstStructure *structure;

    if (candidate->payload != payload)
      continue;
    structure = new_structure (stream->media, payload, candidate->encoding, candidate->clock_rate,
                               candidate->channels);
    add_parameters (structure, candidate->parameters);
    complete_parameters (structure);
    gst_caps_append_structure (caps, structure);
    return caps;
  }

  entry = stream->payloads->len == 0 ? lec_profile_lookup (payload) : NULL;
  if (entry == NULL) {
    gst_caps_unref (caps);
    return NULL;
  }
  gst_caps_append_structure (caps, new_structure (entry->media, payload, entry->encoding,
                                                  entry->clock_rate, entry->channels));
  return caps;
}

GstCaps *
lec_rtp_caps_new_ts (void)
{
  const LecProfileEntry *entry = lec_profile_lookup (PROFILE_TS);

  return gst_caps_new_full (
      new_structure (entry->media, PROFILE_TS, entry->encoding, entry->clock_rate, 0), NULL);
}

gboolean
lec_rtp_caps_is_container (const LecStream *stream)
{
  for (guint i = 0; i < stream->payloads->len; i++) {
    const LecPayload *payload = g_ptr_array_index (stream->payloads, i);

    if (g_ascii_strcasecmp (payload->encoding, "MP2T") == 0
        || g_ascii_strcasecmp (payload->encoding, "MP2P") == 0
        || g_ascii_strcasecmp (payload->encoding, "MP1S") == 0
        || g_ascii_strcasecmp (payload->encoding, LEC_ASF_RTP_ENCODING) == 0)
      return TRUE;
  }
  return stream->payloads->len == 0;
}
