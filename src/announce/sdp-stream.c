/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-stream.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/cursor.h"
#include "announce/sdp-asf.h"
#include "announce/sdp-attribute.h"
#include "announce/sdp-bandwidth.h"
#include "announce/sdp-clock.h"
#include "announce/sdp-connection.h"
#include "announce/sdp-control.h"
#include "announce/sdp-crypto.h"
#include "announce/sdp-feedback.h"
#include "announce/sdp-filter.h"
#include "announce/sdp-line.h"
#include "announce/sdp-payload.h"
#include "channel/error.h"

#define MAX_PACKET_MS 10000 /* [ms] of media in a packet; real ones have up to a few hundred */

static const char *const media_names[] = {
  [LEC_MEDIA_VIDEO] = "video",
  [LEC_MEDIA_AUDIO] = "audio",
  [LEC_MEDIA_TEXT] = "text",
  [LEC_MEDIA_APPLICATION] = "application",
};

static gboolean
equals (const char *a, const char *b)
{
  return g_ascii_strcasecmp (a, b) == 0;
}

const char *
lec_sdp_stream_get_media_name (LecMedia media)
{
  return media_names[media];
}

gboolean
lec_sdp_stream_read_media (const GstSDPMedia *media, LecMedia *type, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (media_names); i++) {
    if (equals (gst_sdp_media_get_media (media), media_names[i])) {
      *type = (LecMedia) i;
      return TRUE;
    }
  }
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
               _ ("media of the type “%.20s” are not played"), gst_sdp_media_get_media (media));
  return FALSE;
}

static gboolean
is_among (const char *word, const char *const *words)
{
  for (; *words != NULL; words++) {
    if (equals (word, *words))
      return TRUE;
  }
  return FALSE;
}

/* There was never a rule for what goes without RTP, so each program has words of its own. */
static gboolean
is_transport_stream (const GstSDPMedia *media)
{
  static const char *const bare[] = { "udp", "RAW/RAW/UDP", NULL };
  static const char *const telling[]
      = { "H2221/UDP", "M2TS/UDP", "TS/UDP", "UDP/M2TS", "UDP/MP2T", "UDP/MPEGTS", "UDP/TS", NULL };
  static const char *const formats[]
      = { "*",      "33",     "m2t",     "m2ts",  "mp2t",       "mp2ts",
          "mpeg",   "mpeg-2", "mpeg-ts", "mpeg2", "mpeg2-ts",   "mpeg2ts",
          "mpegts", "mpts",   "spts",    "ts",    "video/mp2t", NULL };
  const char *protocol = gst_sdp_media_get_proto (media);

  if (gst_sdp_media_formats_len (media) == 0)
    return FALSE;
  if (g_ascii_strncasecmp (protocol, "MP2T/", 5) == 0 || is_among (protocol, telling))
    return TRUE;
  return is_among (protocol, bare) && is_among (gst_sdp_media_get_format (media, 0), formats);
}

/* The profiles of RTP in datagrams; the last ones as RTSP servers write them, and those of which
 * the keys are not agreed in this text so that the keys say why not. */
static gboolean
is_rtp (const char *protocol)
{
  static const char *const profiles[] = {
    "RTP/AVP",           "RTP/AVPF",      "RTP/SAVP",       "RTP/SAVPF",
    "UDP/RTP/AVP",       "RTP/AVP/UDP",   "RTP/SAVP/UDP",   "UDP/TLS/RTP/SAVP",
    "UDP/TLS/RTP/SAVPF", "DTLS/RTP/SAVP", "DTLS/RTP/SAVPF", NULL,
  };

  return is_among (protocol, profiles);
}

static gboolean
get_kind (const GstSDPMedia *media, LecKind *kind, GError **error)
{
  const char *protocol = gst_sdp_media_get_proto (media);

  if (is_transport_stream (media)) {
    *kind = LEC_KIND_TS;
    return TRUE;
  }
  if (is_rtp (protocol)) {
    *kind = LEC_KIND_RTP;
    return TRUE;
  }
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
               _ ("the %1$.20s is sent over “%2$.40s”, which cannot be received"),
               gst_sdp_media_get_media (media), protocol);
  return FALSE;
}

/* The direction of a section goes before that of the session, whatever its word is. */
static gboolean
is_inactive (const GstSDPMessage *message, const GstSDPMedia *media)
{
  static const char *const others[] = { "sendrecv", "sendonly", "recvonly" };

  if (lec_sdp_attribute_get (NULL, media, "inactive") != NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    if (lec_sdp_attribute_get (NULL, media, others[i]) != NULL)
      return FALSE;
  }
  return lec_sdp_attribute_get (message, NULL, "inactive") != NULL;
}

static gboolean
check_active (const GstSDPMessage *message, const GstSDPMedia *media, GError **error)
{
  if (!is_inactive (message, media))
    return TRUE;
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
               _ ("the %.20s is switched off by its sender (a=inactive); ask for an announcement "
                  "of what is on"),
               gst_sdp_media_get_media (media));
  return FALSE;
}

/* [µs] `1`, `0.125`, `0.12`, in milliseconds; 0 where it makes no sense. */
static gint64
read_packet_time (const char *value)
{
  LecCursor cursor;
  gint64 time_us;

  if (value == NULL)
    return 0;
  lec_cursor_init (&cursor, value);
  time_us = (gint64) lec_cursor_number (&cursor, MAX_PACKET_MS) * 1000;
  if (lec_cursor_skip (&cursor, '.')) {
    for (gint64 unit = 100; cursor.at < cursor.end && g_ascii_isdigit (*cursor.at); unit /= 10)
      time_us += unit * g_ascii_digit_value (*cursor.at++);
  }
  return lec_cursor_done (&cursor) ? time_us : 0;
}

static void
read_texts (const GstSDPMessage *message, const GstSDPMedia *media, LecStream *stream)
{
  const char *label = gst_sdp_media_get_information (media);

  if (label == NULL)
    label = lec_sdp_attribute_get (NULL, media, "label");
  stream->label = g_strdup (label);
  stream->language = g_strdup (lec_sdp_attribute_get (message, media, "lang"));
  stream->content = g_strdup (lec_sdp_attribute_get (NULL, media, "content"));
  stream->packet_time_us = read_packet_time (lec_sdp_attribute_get (message, media, "ptime"));
}

/* `a=ssrc-group:DUP 1 2` (RFC 7104): both arrive on one port, and one of them is enough. */
static void
warn_sources (const GstSDPMedia *media, LecWarnings *warnings)
{
  g_autoptr (GPtrArray) groups = lec_sdp_attribute_list (NULL, media, "ssrc-group");

  for (guint i = 0; i < groups->len; i++) {
    const char *value = g_ptr_array_index (groups, i);

    if (g_ascii_strncasecmp (value, "DUP ", 4) == 0)
      lec_warnings_add (
          warnings,
          _ ("a stream is sent twice to one port; the second is not used to repair the first"));
    if (g_ascii_strncasecmp (value, "SIM ", 4) == 0)
      lec_warnings_add (warnings,
                        _ ("a stream is sent in several sizes to one port; only one is received"));
  }
}

/* Correction of errors of a kind that is not known would be taken for a picture; and what a server
 * of Windows Media sends again would be a stream of its own ([MS-RTSP] 2.2.2). */
static gboolean
check_format (const LecStream *stream, const GstSDPMedia *media, GError **error)
{
  static const char *const unknown[]
      = { "raptorfec", "vnd.dvb.iptv.alfec-enhancement", "SMPTE2022-5-FEC", "x-wms-rtx" };
  const LecPayload *payload;

  if (stream->payloads->len == 0) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED,
                 _ ("it does not say in which format the %.20s is sent"),
                 gst_sdp_media_get_media (media));
    return FALSE;
  }
  payload = g_ptr_array_index (stream->payloads, 0);
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++) {
    if (equals (payload->encoding, unknown[i])) {
      g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                   _ ("error correction of the kind “%s” is not known"), unknown[i]);
      return FALSE;
    }
  }
  return TRUE;
}

/* Who has been asked for the description will say where a stream arrives. */
static gboolean
read_connection (const GstSDPMessage *message,
                 const GstSDPMedia *media,
                 const LecAlternative *alternative,
                 LecKind kind,
                 LecStream *stream,
                 LecWarnings *warnings,
                 GError **error)
{
  if (alternative->rtsp == NULL || kind != LEC_KIND_RTP)
    return lec_sdp_connection_read (message, media, stream, warnings, error);
  lec_sdp_control_read (message, media, stream, warnings);
  return TRUE;
}

static gboolean
fill_stream (const GstSDPMessage *message,
             const GstSDPMedia *media,
             const LecAlternative *alternative,
             LecKind kind,
             LecStream *stream,
             LecWarnings *warnings,
             GError **error)
{
  if (!read_connection (message, media, alternative, kind, stream, warnings, error)
      || !check_active (message, media, error)
      || !lec_sdp_crypto_read (message, media, stream, warnings, error))
    return FALSE;
  if (kind == LEC_KIND_RTP) {
    lec_sdp_payload_read_all (media, stream, warnings);
    lec_sdp_asf_read (message, media, stream);
    if (!check_format (stream, media, error))
      return FALSE;
    lec_sdp_rtcp_read (media, g_ptr_array_index (stream->legs, 0), warnings);
  }
  lec_sdp_filter_apply (message, media, g_ptr_array_index (stream->legs, 0), warnings);
  if (kind == LEC_KIND_RTP)
    lec_sdp_feedback_read (message, media, stream);
  lec_sdp_bandwidth_read (message, media, stream, warnings);
  lec_sdp_clock_read (message, media, stream, warnings);
  read_texts (message, media, stream);
  warn_sources (media, warnings);
  return TRUE;
}

gboolean
lec_sdp_stream_read (const GstSDPMessage *message,
                     const GstSDPMedia *media,
                     LecAlternative *alternative,
                     LecWarnings *warnings,
                     GError **error)
{
  LecStream *stream;
  LecMedia type;
  LecKind kind;

  if (!get_kind (media, &kind, error))
    return FALSE;
  if (kind == LEC_KIND_TS && equals (gst_sdp_media_get_media (media), "data"))
    type = LEC_MEDIA_VIDEO; /* whatever is in it */
  else if (!lec_sdp_stream_read_media (media, &type, error))
    return FALSE;
  stream = lec_alternative_add_stream (alternative, type);
  if (!fill_stream (message, media, alternative, kind, stream, warnings, error)) {
    g_ptr_array_remove (alternative->streams, stream);
    return FALSE;
  }
  if (alternative->streams->len > 1 && alternative->kind != kind) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("the %.20s is sent in another way than the stream before it"),
                 gst_sdp_media_get_media (media));
    g_ptr_array_remove (alternative->streams, stream);
    return FALSE;
  }
  alternative->kind = kind;
  return TRUE;
}

static void
print_packet_time (gint64 time_us, GString *text)
{
  g_autofree char *fraction = g_strdup_printf (".%03d", (int) (time_us % 1000));

  for (gsize i = strlen (fraction); i > 0 && strchr (".0", fraction[i - 1]) != NULL; i--)
    fraction[i - 1] = '\0';
  lec_sdp_line_add (text, "a=ptime:%" G_GINT64_FORMAT "%s", time_us / 1000, fraction);
}

void
lec_sdp_stream_print (const LecStream *stream, GString *text)
{
  for (guint i = 0; i < stream->payloads->len; i++) {
    const LecPayload *payload = g_ptr_array_index (stream->payloads, i);

    lec_sdp_payload_print (payload->payload, payload->encoding, payload->clock_rate,
                           payload->channels, payload->parameters, text);
  }
  if (stream->packet_time_us != 0)
    print_packet_time (stream->packet_time_us, text);
  if (stream->language != NULL)
    lec_sdp_line_add (text, "a=lang:%s", stream->language);
  if (stream->content != NULL)
    lec_sdp_line_add (text, "a=content:%s", stream->content);
  lec_sdp_crypto_print (stream, text);
  lec_sdp_clock_print (stream, text);
}
