/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-payload.h"

#include <string.h>

#include "announce/cursor.h"
#include "wire/profile.h"

#define MAX_CLOCK_RATE 1000000000 /* [Hz] */
#define MAX_CHANNELS 255
#define MAX_PARAMETERS 64 /* of one a=fmtp */
#define MAX_ENCODING 64   /* [bytes] */
#define MAX_PICTURE 32768 /* [pixels] a side */
#define MAX_DEPTH 16      /* [bits] of a sample */

/* The spelling of the registry for names that are written in many ways. */
static const char *const encodings[] = {
  "AC3",       "AMR",     "AMR-WB",  "AV1",        "BV16",
  "BV32",      "CelB",    "CN",      "DV",         "DVI4",
  "eac3",      "flexfec", "G722",    "G723",       "G726-16",
  "G726-24",   "G726-32", "G726-40", "G728",       "G729",
  "GSM",       "H261",    "H263",    "H263-1998",  "H263-2000",
  "H264",      "H265",    "H266",    "iLBC",       "JPEG",
  "jpeg2000",  "jxsv",    "L16",     "L20",        "L24",
  "L8",        "LPC",     "MP1S",    "MP2P",       "MP2T",
  "MP4A-LATM", "MP4V-ES", "MPA",     "mpa-robust", "MPEG4-GENERIC",
  "MPV",       "nv",      "opus",    "parityfec",  "PCMA",
  "PCMU",      "QCELP",   "raw",     "red",        "rtx",
  "smpte291",  "speex",   "SV3V",    "t140",       "telephone-event",
  "theora",    "ulpfec",  "VC2",     "vorbis",     "VP8",
  "VP9",
};

static const struct
{
  const char *encoding;
  LecRepairScheme scheme;
} repairs[] = {
  { "ulpfec", LEC_REPAIR_ULPFEC },
  { "flexfec", LEC_REPAIR_FLEXFEC },
  { "flexfec-03", LEC_REPAIR_FLEXFEC },
  { "1d-interleaved-parityfec", LEC_REPAIR_2022_1 },
  { "vnd.dvb.iptv.alfec-base", LEC_REPAIR_2022_1 },
  { "rtx", LEC_REPAIR_RTX },
};

static const char *
registry_spelling (const char *encoding)
{
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++) {
    if (g_ascii_strcasecmp (encodings[i], encoding) == 0)
      return encodings[i];
  }
  return encoding;
}

/* A token of RFC 8866 that is not absurdly long. */
static gboolean
is_token (const char *text)
{
  return strlen (text) <= MAX_ENCODING
         && strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                          "!#$%&'*+-.^_`{|}~")
                == strlen (text);
}

/* The value of `a=NAME:PAYLOAD value`, blanks passed; NULL where there is none. */
static const char *
find_value (const GstSDPMedia *media, const char *name, guint payload)
{
  for (guint i = 0; i < gst_sdp_media_attributes_len (media); i++) {
    const GstSDPAttribute *attribute = gst_sdp_media_get_attribute (media, i);
    LecCursor cursor;

    if (g_ascii_strcasecmp (attribute->key, name) != 0)
      continue;
    lec_cursor_init (&cursor, attribute->value);
    if (lec_cursor_number (&cursor, 127) != payload)
      continue;
    lec_cursor_expect_blanks (&cursor);
    if (!cursor.failed)
      return cursor.at;
  }
  return NULL;
}

/* `H264/90000`, `opus/48000/2` */
static gboolean
read_rtpmap (const char *value, LecStream *stream, guint number)
{
  g_autofree char *encoding = NULL;
  LecPayload *payload;
  LecCursor cursor;
  guint clock_rate;
  guint channels = 0;

  lec_cursor_init (&cursor, value);
  encoding = lec_cursor_until (&cursor, "/ \t");
  lec_cursor_expect (&cursor, '/');
  clock_rate = (guint) lec_cursor_number (&cursor, MAX_CLOCK_RATE);
  if (lec_cursor_skip (&cursor, '/'))
    channels = (guint) lec_cursor_number (&cursor, MAX_CHANNELS);
  lec_cursor_skip_blanks (&cursor);
  if (!lec_cursor_done (&cursor) || clock_rate == 0 || !is_token (encoding))
    return FALSE;

  payload = lec_stream_add_payload (stream, number, registry_spelling (encoding), clock_rate);
  payload->channels = channels;
  return TRUE;
}

static gboolean
add_static_payload (LecStream *stream, guint number)
{
  const LecProfileEntry *entry = lec_profile_lookup (number);
  LecPayload *payload;

  if (entry == NULL)
    return FALSE;
  payload = lec_stream_add_payload (stream, number, entry->encoding, entry->clock_rate);
  payload->channels = entry->channels;
  return TRUE;
}

/* `packetization-mode=1; sprop-parameter-sets=Z2QA==,aO4= ;flag`: only the first equals sign
 * separates. */
static GStrv
read_parameters (const char *value, LecAnnouncement *announcement)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) pieces = g_strsplit (value, ";", MAX_PARAMETERS + 1);
  guint count = 0;

  for (guint i = 0; pieces[i] != NULL; i++) {
    char *name = g_strstrip (pieces[i]);
    char *equals = strchr (name, '=');

    if (i == MAX_PARAMETERS) {
      lec_announcement_warn (announcement, "only the first %d parameters of a format were read",
                             MAX_PARAMETERS);
      break;
    }
    if (equals != NULL)
      *equals = '\0';
    if (name[0] == '\0')
      continue;
    g_strv_builder_add (builder, g_strchomp (name));
    g_strv_builder_add (builder, equals != NULL ? g_strchug (equals + 1) : "1");
    count++;
  }
  return count > 0 ? g_strv_builder_end (builder) : NULL;
}

static gboolean
has_payload (const LecStream *stream, guint number)
{
  for (guint i = 0; i < stream->payloads->len; i++) {
    if (((const LecPayload *) g_ptr_array_index (stream->payloads, i))->payload == number)
      return TRUE;
  }
  return FALSE;
}

static gboolean
describe_payload (const GstSDPMedia *media,
                  LecStream *stream,
                  guint number,
                  LecAnnouncement *announcement)
{
  const char *rtpmap = find_value (media, "rtpmap", number);
  const char *fmtp = find_value (media, "fmtp", number);
  LecPayload *payload;

  if ((rtpmap == NULL || !read_rtpmap (rtpmap, stream, number))
      && !add_static_payload (stream, number))
    return FALSE;
  payload = g_ptr_array_index (stream->payloads, stream->payloads->len - 1);
  if (fmtp != NULL)
    payload->parameters = read_parameters (fmtp, announcement);
  return TRUE;
}

void
lec_sdp_payload_read_all (const GstSDPMedia *media,
                          LecStream *stream,
                          LecAnnouncement *announcement)
{
  for (guint i = 0; i < gst_sdp_media_formats_len (media); i++) {
    const char *format = gst_sdp_media_get_format (media, i);
    LecCursor cursor;
    guint number;

    if (i == LEC_MAX_PAYLOADS) {
      lec_announcement_warn (announcement, "only the first %d payload types of a stream were read",
                             LEC_MAX_PAYLOADS);
      return;
    }
    lec_cursor_init (&cursor, format);
    number = (guint) lec_cursor_number (&cursor, 127);
    if (!lec_cursor_done (&cursor))
      lec_announcement_warn (announcement, "“%.20s” is no payload type and was passed over",
                             format);
    else if (!has_payload (stream, number)
             && !describe_payload (media, stream, number, announcement))
      lec_announcement_warn (announcement,
                             "the payload type %u is not described (no good a=rtpmap for it) and "
                             "was passed over",
                             number);
  }
}

gboolean
lec_sdp_payload_is_repair (const LecPayload *payload, LecRepairScheme *scheme)
{
  for (guint i = 0; i < G_N_ELEMENTS (repairs); i++) {
    if (g_ascii_strcasecmp (payload->encoding, repairs[i].encoding) == 0) {
      *scheme = repairs[i].scheme;
      return TRUE;
    }
  }
  return FALSE;
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

/* `exactframerate=60000/1001` in thousandths of a picture a second. */
static guint64
get_frame_rate_thousandths (const LecPayload *payload)
{
  const char *value = lec_payload_get_parameter (payload, "exactframerate");
  LecCursor cursor;
  guint64 numerator;
  guint64 denominator = 1;

  if (value == NULL)
    return 0;
  lec_cursor_init (&cursor, value);
  numerator = lec_cursor_number (&cursor, 1000000);
  if (lec_cursor_skip (&cursor, '/'))
    denominator = lec_cursor_number (&cursor, 1000000);
  return denominator != 0 ? MIN (numerator * 1000 / denominator, 1000 * 1000) : 0;
}

guint64
lec_sdp_payload_get_rate (const LecPayload *payload)
{
  const char *encoding = payload->encoding;

  /* All factors are bounded: 2^15 * 2^15 * 16 * 8 * 10^6 still fits. */
  if (strcmp (encoding, "raw") == 0)
    return get_number (payload, "width", MAX_PICTURE) * get_number (payload, "height", MAX_PICTURE)
           * get_number (payload, "depth", MAX_DEPTH) * get_doubled_samples (payload) / 2
           * get_frame_rate_thousandths (payload) / 1000;
  if (strcmp (encoding, "L16") == 0 || strcmp (encoding, "L24") == 0)
    return (guint64) payload->clock_rate * MAX (payload->channels, 1)
           * (encoding[1] == '1' ? 16 : 24);
  return 0;
}
