/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-bandwidth.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/cursor.h"
#include "announce/sdp-line.h"

#define MAX_PICTURE 32768      /* [pixels] a side */
#define USUAL_FRAME_RATE 30000 /* [pictures in 1000 s] */
#define MAX_DEPTH 16           /* [bits] of a sample */
#define ABSURD 200000000       /* [bit/s] of anything compressed */

static gboolean
is_type (const GstSDPBandwidth *bandwidth, const char *type)
{
  return g_ascii_strcasecmp (bandwidth->bwtype, type) == 0;
}

static gboolean
is_compressed (const LecStream *stream)
{
  static const char *const encodings[]
      = { "AV1",           "H261", "H263", "H263-1998", "H263-2000", "H264",
          "H265",          "MP2P", "MP2T", "MP4A-LATM", "MP4V-ES",   "MPA",
          "MPEG4-GENERIC", "MPV",  "opus", "VP8",       "VP9",       NULL };
  const LecPayload *payload
      = stream->payloads->len > 0 ? g_ptr_array_index (stream->payloads, 0) : NULL;

  return payload != NULL && g_strv_contains (encodings, payload->encoding);
}

/* [bit/s]; AS counts in thousands, which not everybody knows who writes it. */
static guint64
get_as_rate (const LecStream *stream, guint kilobits)
{
  guint64 rate = (guint64) kilobits * 1000;

  return rate >= ABSURD && is_compressed (stream) ? kilobits : rate;
}

/* TIAS (RFC 3890) is exact, and goes before AS. */
static void
apply_rate (LecStream *stream, const GstSDPBandwidth *bandwidth, gboolean *exact)
{
  if (is_type (bandwidth, "TIAS") && bandwidth->bandwidth != 0) {
    stream->bandwidth = bandwidth->bandwidth;
    *exact = TRUE;
  } else if (is_type (bandwidth, "AS") && bandwidth->bandwidth != 0 && !*exact) {
    stream->bandwidth = (guint) MIN (get_as_rate (stream, bandwidth->bandwidth), G_MAXUINT);
  }
}

static void
apply_reports (LecStream *stream, const GstSDPBandwidth *bandwidth)
{
  if (is_type (bandwidth, "RR"))
    stream->rtcp_receivers = bandwidth->bandwidth;
  if (is_type (bandwidth, "RS"))
    stream->rtcp_senders = bandwidth->bandwidth;
}

/* What the session says of its bandwidth is true of a stream only where it is the only one. */
static void
read_lines (const GstSDPMessage *message, const GstSDPMedia *media, LecStream *stream)
{
  gboolean exact = FALSE;

  for (guint i = 0; i < gst_sdp_message_bandwidths_len (message); i++) {
    const GstSDPBandwidth *bandwidth = gst_sdp_message_get_bandwidth (message, i);

    apply_reports (stream, bandwidth);
    if (gst_sdp_message_medias_len (message) == 1)
      apply_rate (stream, bandwidth, &exact);
  }
  exact = FALSE;
  for (guint i = 0; i < gst_sdp_media_bandwidths_len (media); i++) {
    apply_reports (stream, gst_sdp_media_get_bandwidth (media, i));
    apply_rate (stream, gst_sdp_media_get_bandwidth (media, i), &exact);
  }
}

/* A parameter that is a number from 1 to @max; 0 where it is not. */
static guint64
get_number (const LecPayload *payload, const char *name, guint64 max)
{
  const char *value = lec_payload_get_parameter (payload, name);
  LecCursor cursor;

  if (value == NULL)
    return 0;
  lec_cursor_init (&cursor, value);
  return lec_cursor_number (&cursor, max);
}

/* Samples of a pixel of raw video (RFC 4175, ST 2110-20), doubled: 4:2:0 has one and a half. */
static guint64
get_doubled_samples (const LecPayload *payload)
{
  const char *sampling = lec_payload_get_parameter (payload, "sampling");

  if (sampling == NULL)
    return 0;
  if (strstr (sampling, "4:2:2") != NULL)
    return 4;
  if (strstr (sampling, "4:2:0") != NULL || strstr (sampling, "4:1:1") != NULL)
    return 3;
  return strstr (sampling, "RGBA") != NULL || strstr (sampling, "BGRA") != NULL ? 8 : 6;
}

/* `exactframerate=60000/1001` in thousandths of a picture a second. RFC 4175 has no such parameter,
 * so that many announcements do not tell; the usual rate is assumed then. */
static guint64
get_frame_rate_thousandths (const LecPayload *payload)
{
  const char *value = lec_payload_get_parameter (payload, "exactframerate");
  LecCursor cursor;
  guint64 numerator;
  guint64 denominator = 1;

  if (value == NULL)
    return USUAL_FRAME_RATE;
  lec_cursor_init (&cursor, value);
  numerator = lec_cursor_number (&cursor, 1000000);
  if (lec_cursor_skip (&cursor, '/'))
    denominator = lec_cursor_number (&cursor, 1000000);
  return denominator != 0 ? MIN (numerator * 1000 / denominator, 1000 * 1000) : 0;
}

/* [bit] of a sample of uncompressed sound; 0 for all else. AM824 is AES3 in 32 bits. */
static guint
get_sample_size (const char *encoding)
{
  static const struct
  {
    const char *encoding;
    guint bits;
  } sounds[] = { { "L8", 8 },   { "L16", 16 }, { "L20", 20 },
                 { "L24", 24 }, { "L32", 32 }, { "AM824", 32 } };

  for (guint i = 0; i < G_N_ELEMENTS (sounds); i++) {
    if (strcmp (encoding, sounds[i].encoding) == 0)
      return sounds[i].bits;
  }
  return 0;
}

/* [bit/s] of uncompressed sound or pictures, which follows from their description; 0 for all
 * others. */
static guint64
get_rate (const LecPayload *payload)
{
  /* All factors are bounded: 2^15 * 2^15 * 16 * 8 * 10^6 still fits. */
  if (strcmp (payload->encoding, "raw") == 0)
    return get_number (payload, "width", MAX_PICTURE) * get_number (payload, "height", MAX_PICTURE)
           * get_number (payload, "depth", MAX_DEPTH) * get_doubled_samples (payload) / 2
           * get_frame_rate_thousandths (payload) / 1000;
  return (guint64) payload->clock_rate * MAX (payload->channels, 1)
         * get_sample_size (payload->encoding);
}

void
lec_sdp_bandwidth_read (const GstSDPMessage *message,
                        const GstSDPMedia *media,
                        LecStream *stream,
                        LecWarnings *warnings)
{
  const LecLeg *leg = g_ptr_array_index (stream->legs, 0);

  read_lines (message, media, stream);
  /* uncompressed media rarely say what they take, and it is much */
  if (stream->bandwidth == 0 && stream->payloads->len > 0)
    stream->bandwidth = (guint) MIN (get_rate (g_ptr_array_index (stream->payloads, 0)), G_MAXUINT);
  if (stream->bandwidth > LEC_MUCH_BANDWIDTH)
    lec_warnings_add (warnings,
                      _ ("what %1$s sends takes about %2$u Mbit/s, more than many networks carry"),
                      leg->group, stream->bandwidth / 1000000);
}

void
lec_sdp_bandwidth_print (const LecStream *stream, GString *text)
{
  if (stream->bandwidth != 0 && stream->bandwidth % 1000 == 0
      && get_as_rate (stream, stream->bandwidth / 1000) == stream->bandwidth)
    lec_sdp_line_add (text, "b=AS:%u", stream->bandwidth / 1000);
  else if (stream->bandwidth != 0)
    lec_sdp_line_add (text, "b=TIAS:%u", stream->bandwidth);
  if (stream->rtcp_senders >= 0)
    lec_sdp_line_add (text, "b=RS:%" G_GINT64_FORMAT, stream->rtcp_senders);
  if (stream->rtcp_receivers >= 0)
    lec_sdp_line_add (text, "b=RR:%" G_GINT64_FORMAT, stream->rtcp_receivers);
}
