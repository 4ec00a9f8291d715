/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-stream.h"

#include <arpa/inet.h> /* inet_pton(): text to address, no socket */
#include <string.h>

#include "announce/cursor.h"
#include "announce/sdp-filter.h"
#include "announce/sdp-payload.h"
#include "wire/error.h"

#define MUCH 100000000 /* [bit/s] that should not surprise anybody */

/* An address of a c= line, checked. */
typedef struct
{
  char *group;
  int ttl; /* -1: not said */
} Address;

static gboolean
equals (const char *a, const char *b)
{
  return g_ascii_strcasecmp (a, b) == 0;
}

static gboolean
get_media (const GstSDPMedia *media, LecMedia *type)
{
  static const char *const names[] = {
    [LEC_MEDIA_VIDEO] = "video",
    [LEC_MEDIA_AUDIO] = "audio",
    [LEC_MEDIA_TEXT] = "text",
    [LEC_MEDIA_APPLICATION] = "application",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (equals (gst_sdp_media_get_media (media), names[i])) {
      *type = (LecMedia) i;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
is_transport_stream (const GstSDPMedia *media)
{
  static const char *const formats[] = { "33", "mpeg", "mp2t", "mpegts", "m2t" };
  const char *protocol = gst_sdp_media_get_proto (media);
  const char *format;

  if (gst_sdp_media_formats_len (media) == 0)
    return FALSE;
  if (g_ascii_strncasecmp (protocol, "MP2T/", 5) == 0)
    return TRUE;
  if (!equals (protocol, "udp") && !equals (protocol, "RAW/RAW/UDP"))
    return FALSE;
  format = gst_sdp_media_get_format (media, 0);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    if (equals (format, formats[i]))
      return TRUE;
  }
  return FALSE;
}

static const char *
get_attribute (const GstSDPMessage *message, const GstSDPMedia *media, const char *name)
{
  const char *value = gst_sdp_media_get_attribute_val (media, name);

  return value != NULL ? value : gst_sdp_message_get_attribute_val (message, name);
}

/* SRTP is announced by its profile or, beside a plain one, by a key; nothing of it is repeated. */
static gboolean
is_encrypted (const GstSDPMessage *message, const GstSDPMedia *media)
{
  const char *protocol = gst_sdp_media_get_proto (media);
  const GstSDPKey *media_key = gst_sdp_media_get_key (media);
  const GstSDPKey *session_key = gst_sdp_message_get_key (message);

  return strcasestr (protocol, "RTP/SAVP") != NULL
         || get_attribute (message, media, "crypto") != NULL
         || get_attribute (message, media, "key-mgmt") != NULL
         || get_attribute (message, media, "fingerprint") != NULL || media_key->type != NULL
         || session_key->type != NULL;
}

static gboolean
get_kind (const GstSDPMessage *message, const GstSDPMedia *media, LecKind *kind, GError **error)
{
  const char *protocol = gst_sdp_media_get_proto (media);

  if (is_encrypted (message, media)) {
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                         "this channel is encrypted (SRTP), which cannot be played yet");
    return FALSE;
  }
  if (is_transport_stream (media)) {
    *kind = LEC_KIND_TS;
    return TRUE;
  }
  if (equals (protocol, "RTP/AVP") || equals (protocol, "RTP/AVPF")
      || equals (protocol, "RTP/AVP/UDP")) { /* the last as RTSP servers write it */
    *kind = LEC_KIND_RTP;
    return TRUE;
  }
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
               "the %.20s is sent over “%.40s”, which cannot be received",
               gst_sdp_media_get_media (media), protocol);
  return FALSE;
}

/* Layered coding (RFC 8866, section 5.7): the base layer is in the first group, and plays alone. */
static void
read_layers (LecCursor *cursor, LecAnnouncement *announcement)
{
  guint64 layers = lec_cursor_number (cursor, G_MAXUINT32);

  if (!cursor->failed && layers > 1)
    lec_announcement_warn (announcement,
                           "a stream is sent in %" G_GUINT64_FORMAT
                           " layers; only the first of them is received",
                           layers);
}

/* `239.1.2.3/127`, `239.1.2.3/127/3`, `ff15::1`, `ff15::1/3`. What follows the address is only
 * said to be understood: a receiver needs none of it. */
static void
read_suffix (LecCursor *cursor, gboolean ipv6, Address *address, LecAnnouncement *announcement)
{
  if (!ipv6 && lec_cursor_skip (cursor, '/')) {
    address->ttl = (int) lec_cursor_number (cursor, 255);
    if (cursor->failed)
      address->ttl = -1;
  }
  if (lec_cursor_skip (cursor, '/'))
    read_layers (cursor, announcement);
  if (!lec_cursor_done (cursor))
    lec_announcement_warn (announcement, "what follows the address %s was not understood",
                           address->group);
}

static gboolean
refuse_missing_address (GError **error)
{
  g_set_error_literal (error, LEC_ERROR, LEC_ERROR_MALFORMED,
                       "it does not say at which address to listen (there is no good c= line); ask "
                       "the sender for a complete one");
  return FALSE;
}

static gboolean
read_address (const GstSDPConnection *connection,
              Address *address,
              LecAnnouncement *announcement,
              GError **error)
{
  LecCursor cursor;
  guint8 bytes[sizeof (struct in6_addr)] = { 0 };
  static const guint8 any[sizeof bytes] = { 0 };
  gboolean ipv6;

  if (connection == NULL || connection->address == NULL || connection->address[0] == '\0')
    return refuse_missing_address (error);

  lec_cursor_init (&cursor, connection->address);
  address->ttl = -1;
  address->group = lec_cursor_until (&cursor, "/");
  ipv6 = address->group != NULL && inet_pton (AF_INET6, address->group, bytes) == 1;
  if (!ipv6 && (address->group == NULL || inet_pton (AF_INET, address->group, bytes) != 1)) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 "“%.64s” is no numeric address; names in an announcement are not looked up",
                 connection->address);
    return FALSE;
  }
  if (memcmp (bytes, any, sizeof any) == 0)
    return refuse_missing_address (error);
  if (!equals (connection->nettype, "IN") || !equals (connection->addrtype, ipv6 ? "IP6" : "IP4"))
    lec_announcement_warn (announcement, "“%.20s %.20s” is not what the address %s is",
                           connection->nettype, connection->addrtype, address->group);
  read_suffix (&cursor, ipv6, address, announcement);
  return TRUE;
}

static const GstSDPConnection *
find_connection (const GstSDPMessage *message,
                 const GstSDPMedia *media,
                 LecAnnouncement *announcement)
{
  guint count = gst_sdp_media_connections_len (media);

  if (count == 0)
    return gst_sdp_message_get_connection (message);
  if (count > 1)
    lec_announcement_warn (
        announcement, "a stream is sent in %u layers; only the first of them is received", count);
  return gst_sdp_media_get_connection (media, 0);
}

/* a=rtcp (RFC 3605) names a port, and perhaps an address; another one than that of the stream
 * cannot be listened to beside it. */
static void
read_rtcp (const char *value, LecLeg *leg, LecAnnouncement *announcement)
{
  g_autofree char *nettype = NULL;
  g_autofree char *addrtype = NULL;
  g_autofree char *address = NULL;
  LecCursor cursor;
  guint16 port;

  lec_cursor_init (&cursor, value);
  port = (guint16) lec_cursor_number (&cursor, G_MAXUINT16);
  if (cursor.failed || port == 0) {
    lec_announcement_warn (announcement, "the RTCP port is not well-formed and was passed over");
    return;
  }
  leg->rtcp_port = port;
  lec_cursor_skip_blanks (&cursor);
  if (cursor.at == cursor.end)
    return;
  nettype = lec_cursor_word (&cursor);
  addrtype = lec_cursor_word (&cursor);
  address = lec_cursor_word (&cursor);
  if (g_strcmp0 (address, leg->group) != 0) {
    lec_announcement_warn (announcement, "RTCP of %s is sent elsewhere and is not received",
                           leg->group);
    leg->rtcp_port = 0;
  }
}

static void
find_rtcp (const GstSDPMedia *media, LecLeg *leg, LecAnnouncement *announcement)
{
  const char *rtcp = gst_sdp_media_get_attribute_val (media, "rtcp");

  if (leg->port < G_MAXUINT16)
    leg->rtcp_port = leg->port + 1;
  if (gst_sdp_media_get_attribute_val (media, "rtcp-mux") != NULL)
    leg->rtcp_port = leg->port;
  else if (rtcp != NULL)
    read_rtcp (rtcp, leg, announcement);
}

/* [bit/s]; TIAS (RFC 3890) is exact where AS counts in thousands. */
static guint64
get_bit_rate (const GstSDPBandwidth *bandwidth)
{
  if (equals (bandwidth->bwtype, "TIAS"))
    return bandwidth->bandwidth;
  return equals (bandwidth->bwtype, "AS") ? (guint64) bandwidth->bandwidth * 1000 : 0;
}

static void
apply_bandwidth (LecStream *stream, const GstSDPBandwidth *bandwidth)
{
  guint64 rate = get_bit_rate (bandwidth);

  if (rate != 0)
    stream->bandwidth = (guint) MIN (rate, G_MAXUINT);
  if (equals (bandwidth->bwtype, "RR"))
    stream->rtcp_receivers = bandwidth->bandwidth;
  if (equals (bandwidth->bwtype, "RS"))
    stream->rtcp_senders = bandwidth->bandwidth;
}

/* What the session says of its bandwidth is true of a stream only where it is the only one. */
static void
read_bandwidths (const GstSDPMessage *message, const GstSDPMedia *media, LecStream *stream)
{
  for (guint i = 0; i < gst_sdp_message_bandwidths_len (message); i++) {
    const GstSDPBandwidth *bandwidth = gst_sdp_message_get_bandwidth (message, i);

    if (get_bit_rate (bandwidth) == 0 || gst_sdp_message_medias_len (message) == 1)
      apply_bandwidth (stream, bandwidth);
  }
  for (guint i = 0; i < gst_sdp_media_bandwidths_len (media); i++)
    apply_bandwidth (stream, gst_sdp_media_get_bandwidth (media, i));
}

/* Uncompressed media rarely say what they take, and it is much. */
static void
estimate_bandwidth (LecStream *stream)
{
  const LecPayload *payload;

  if (stream->bandwidth != 0 || stream->payloads->len == 0)
    return;
  payload = g_ptr_array_index (stream->payloads, 0);
  stream->bandwidth = (guint) MIN (lec_sdp_payload_get_rate (payload), G_MAXUINT);
}

static void
warn_bandwidth (const LecStream *stream, LecAnnouncement *announcement)
{
  const LecLeg *leg = g_ptr_array_index (stream->legs, 0);

  if (stream->bandwidth > MUCH)
    lec_announcement_warn (announcement,
                           "what %s sends takes about %u Mbit/s, more than many networks carry",
                           leg->group, stream->bandwidth / 1000000);
}

static void
read_texts (const GstSDPMessage *message, const GstSDPMedia *media, LecStream *stream)
{
  const char *label = gst_sdp_media_get_information (media);

  if (label == NULL)
    label = gst_sdp_media_get_attribute_val (media, "label");
  stream->label = g_strdup (label);
  stream->language = g_strdup (get_attribute (message, media, "lang"));
}

static gboolean
fill_stream (const GstSDPMessage *message,
             const GstSDPMedia *media,
             LecKind kind,
             LecStream *stream,
             LecAnnouncement *announcement,
             GError **error)
{
  if (kind == LEC_KIND_RTP) {
    lec_sdp_payload_read_all (media, stream, announcement);
    if (stream->payloads->len == 0) {
      g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED,
                   "it does not say in which format the %.20s is sent",
                   gst_sdp_media_get_media (media));
      return FALSE;
    }
    find_rtcp (media, g_ptr_array_index (stream->legs, 0), announcement);
  }
  lec_sdp_filter_apply (message, media, g_ptr_array_index (stream->legs, 0), announcement);
  read_bandwidths (message, media, stream);
  estimate_bandwidth (stream);
  warn_bandwidth (stream, announcement);
  read_texts (message, media, stream);
  return TRUE;
}

static gboolean
check_media (const GstSDPMedia *media, LecMedia *type, GError **error)
{
  if (!get_media (media, type)) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 "media of the type “%.20s” are not played", gst_sdp_media_get_media (media));
    return FALSE;
  }
  if (gst_sdp_media_get_port (media) == 0) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED,
                 "the %s has no port to listen on; ask the sender for a complete announcement",
                 gst_sdp_media_get_media (media));
    return FALSE;
  }
  return TRUE;
}

gboolean
lec_sdp_stream_read (const GstSDPMessage *message,
                     const GstSDPMedia *media,
                     LecAlternative *alternative,
                     LecAnnouncement *announcement,
                     GError **error)
{
  g_autofree char *group = NULL;
  Address address = { NULL, -1 };
  LecStream *stream;
  LecMedia type;
  LecKind kind;
  gboolean good;

  good = get_kind (message, media, &kind, error)
         && read_address (find_connection (message, media, announcement), &address, announcement,
                          error);
  group = address.group;
  if (!good || !check_media (media, &type, error))
    return FALSE;
  if (alternative->streams->len > 0 && alternative->kind != kind) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 "the %.20s is sent in another way than the stream before it",
                 gst_sdp_media_get_media (media));
    return FALSE;
  }
  if (gst_sdp_media_get_num_ports (media) > 1)
    lec_announcement_warn (announcement,
                           "a stream is sent in %u layers; only the first of them is received",
                           gst_sdp_media_get_num_ports (media));

  alternative->kind = kind;
  stream = lec_alternative_add_stream (alternative, type);
  lec_stream_add_leg (stream, group, (guint16) gst_sdp_media_get_port (media))->ttl = address.ttl;
  if (fill_stream (message, media, kind, stream, announcement, error))
    return TRUE;
  g_ptr_array_remove_index (alternative->streams, alternative->streams->len - 1);
  return FALSE;
}
