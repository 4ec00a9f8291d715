/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-payload.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/cursor.h"
#include "announce/sdp-attribute.h"
#include "announce/sdp-line.h"
#include "channel/profile.h"

#define MAX_CLOCK_RATE 1000000000 /* [Hz] */
#define MAX_CHANNELS 255
#define VIDEO_CLOCK 90000   /* [Hz] */
#define MAX_PARAMETERS 64   /* of one a=fmtp */
#define MAX_ENCODING 64     /* [bytes] */
#define MAX_JPEG_SIDE 65535 /* [pixels]: ITU-T T.81, B.2.2 */

/* The spelling of the registry for names that are written in many ways. */
static const char *const encodings[] = {
  "AAL2-G726-16", "AAL2-G726-24",
  "AAL2-G726-32", "AAL2-G726-40",
  "AC3",          "AM824",
  "AMR",          "AMR-WB",
  "AV1",          "BV16",
  "BV32",         "CelB",
  "CN",           "DV",
  "DVI4",         "eac3",
  "flexfec",      "G722",
  "G723",         "G726-16",
  "G726-24",      "G726-32",
  "G726-40",      "G728",
  "G729",         "GSM",
  "H261",         "H263",
  "H263-1998",    "H263-2000",
  "H264",         "H265",
  "H266",         "iLBC",
  "JPEG",         "jpeg2000",
  "jxsv",         "L16",
  "L20",          "L24",
  "L8",           "LPC",
  "MP1S",         "MP2P",
  "MP2T",         "MP4A-LATM",
  "MP4V-ES",      "MPA",
  "mpa-robust",   "MPEG4-GENERIC",
  "MPV",          "multiopus",
  "nv",           "opus",
  "parityfec",    "PCMA",
  "PCMU",         "QCELP",
  "raw",          "red",
  "rtx",          "smpte291",
  "speex",        "SV3V",
  "t140",         "telephone-event",
  "theora",       "ulpfec",
  "VC2",          "vorbis",
  "VP8",          "VP9",
};

static const struct
{
  const char *encoding;
  LecRepairScheme scheme;
} repairs[] = {
  /* of several names the first is the one to write */
  { "ulpfec", LEC_REPAIR_ULPFEC },
  { "flexfec", LEC_REPAIR_FLEXFEC },
  { "flexfec-03", LEC_REPAIR_FLEXFEC },
  { "1d-interleaved-parityfec", LEC_REPAIR_2022_1 },
  { "vnd.dvb.iptv.alfec-base", LEC_REPAIR_2022_1 },
  { "parityfec", LEC_REPAIR_2022_1 },
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

/* What is behind `PAYLOAD ` in a value; NULL where it speaks of another one. */
static const char *
skip_payload (const char *value, guint payload)
{
  LecCursor cursor;

  lec_cursor_init (&cursor, value);
  if (lec_cursor_number (&cursor, 127) != payload)
    return NULL;
  lec_cursor_expect_blanks (&cursor);
  return cursor.failed ? NULL : cursor.at;
}

/* The first `a=rtpmap:PAYLOAD value`. */
static const char *
find_rtpmap (const GstSDPMedia *media, guint payload)
{
  g_autoptr (GPtrArray) values = lec_sdp_attribute_list (NULL, media, "rtpmap");
  const char *found = NULL;

  for (guint i = 0; found == NULL && i < values->len; i++)
    found = skip_payload (g_ptr_array_index (values, i), payload);
  return found;
}

/* All `a=fmtp:PAYLOAD value`, as one: some write a line for each parameter. */
static char *
join_fmtp (const GstSDPMedia *media, guint payload)
{
  g_autoptr (GPtrArray) values = lec_sdp_attribute_list (NULL, media, "fmtp");
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < values->len; i++) {
    const char *value = skip_payload (g_ptr_array_index (values, i), payload);

    if (value != NULL)
      g_string_append_printf (joined, "%s;", value);
  }
  return g_string_free (joined, FALSE);
}

/* `H264/90000`, `opus/48000/2`. All formats of video but a handful have one clock, so that it is
 * known where it is forgotten; what follows a clock is of use only if it is a number of channels.
 */
static gboolean
read_rtpmap (const char *value, LecStream *stream, guint number)
{
  g_autofree char *encoding = NULL;
  LecPayload *payload;
  LecCursor cursor;
  guint clock_rate = stream->media == LEC_MEDIA_VIDEO ? VIDEO_CLOCK : 0;
  guint channels = 0;

  lec_cursor_init (&cursor, value);
  encoding = lec_cursor_until (&cursor, "/ \t");
  if (lec_cursor_skip (&cursor, '/'))
    clock_rate = (guint) lec_cursor_number (&cursor, MAX_CLOCK_RATE);
  if (cursor.failed || clock_rate == 0 || !is_token (encoding))
    return FALSE;
  if (lec_cursor_skip (&cursor, '/'))
    channels = (guint) lec_cursor_number (&cursor, MAX_CHANNELS);
  lec_cursor_skip_blanks (&cursor);

  payload = lec_stream_add_payload (stream, number, registry_spelling (encoding), clock_rate);
  payload->channels = lec_cursor_done (&cursor) ? channels : 0;
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
read_parameters (const char *value, LecWarnings *warnings)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) pieces = g_strsplit (value, ";", MAX_PARAMETERS + 1);
  guint count = 0;

  for (guint i = 0; pieces[i] != NULL; i++) {
    char *name = g_strstrip (pieces[i]);
    char *equals = strchr (name, '=');

    if (equals != NULL)
      *equals = '\0';
    if (name[0] == '\0')
      continue;
    if (i == MAX_PARAMETERS) {
      lec_warnings_add (warnings, _ ("only the first %d parameters of a format were read"),
                        MAX_PARAMETERS);
      break;
    }
    g_strv_builder_add (builder, g_strchomp (name));
    g_strv_builder_add (builder, equals != NULL ? g_strchug (equals + 1) : "1");
    count++;
  }
  return count > 0 ? g_strv_builder_end (builder) : NULL;
}

/* `a=x-dimensions:2560,1440`: the size of pictures in JPEG that are too wide for the eight bits of
 * RFC 2435, 3.1.5, in words of GStreamer's servers, whose depayloader finds it nowhere else. */
static char *
read_dimensions (const GstSDPMedia *media)
{
  const char *value = lec_sdp_attribute_get (NULL, media, "x-dimensions");
  LecCursor cursor;
  guint width, height;

  if (value == NULL)
    return NULL;
  lec_cursor_init (&cursor, value);
  width = (guint) lec_cursor_number (&cursor, MAX_JPEG_SIDE);
  lec_cursor_expect (&cursor, ',');
  height = (guint) lec_cursor_number (&cursor, MAX_JPEG_SIDE);
  if (!lec_cursor_done (&cursor) || width == 0 || height == 0)
    return NULL;
  return g_strdup_printf ("%u,%u", width, height);
}

static void
add_dimensions (const GstSDPMedia *media, LecPayload *payload)
{
  g_autofree char *dimensions = read_dimensions (media);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (dimensions == NULL || strcmp (payload->encoding, "JPEG") != 0)
    return;
  if (payload->parameters != NULL)
    g_strv_builder_addv (builder, (const char **) payload->parameters);
  g_strv_builder_add_many (builder, "x-dimensions", dimensions, NULL);
  g_strfreev (payload->parameters);
  payload->parameters = g_strv_builder_end (builder);
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
describe_payload (const GstSDPMedia *media, LecStream *stream, guint number, LecWarnings *warnings)
{
  const char *rtpmap = find_rtpmap (media, number);
  g_autofree char *fmtp = join_fmtp (media, number);
  LecPayload *payload;

  if ((rtpmap == NULL || !read_rtpmap (rtpmap, stream, number))
      && !add_static_payload (stream, number))
    return FALSE;
  payload = g_ptr_array_index (stream->payloads, stream->payloads->len - 1);
  payload->parameters = read_parameters (fmtp, warnings);
  add_dimensions (media, payload);
  return TRUE;
}

/* `a=fmtp:121 0/0`: what is inside of redundant packets should be listed in `m=` (RFC 2198, section
 * 5), and has a meaning without that where its type is a static one. */
static void
add_redundant (LecStream *stream)
{
  for (guint i = 0; i < stream->payloads->len; i++) {
    const LecPayload *red = g_ptr_array_index (stream->payloads, i);
    LecCursor cursor;

    if (strcmp (red->encoding, "red") != 0 || red->parameters == NULL)
      continue;
    lec_cursor_init (&cursor, red->parameters[0]);
    do {
      const guint number = (guint) lec_cursor_number (&cursor, 127);

      if (!cursor.failed && !has_payload (stream, number)
          && stream->payloads->len < LEC_MAX_PAYLOADS)
        add_static_payload (stream, number);
    } while (lec_cursor_skip (&cursor, '/'));
  }
}

void
lec_sdp_payload_read_all (const GstSDPMedia *media, LecStream *stream, LecWarnings *warnings)
{
  for (guint i = 0; i < gst_sdp_media_formats_len (media); i++) {
    const char *format = gst_sdp_media_get_format (media, i);
    LecCursor cursor;
    guint number;

    if (i == LEC_MAX_PAYLOADS) {
      lec_warnings_add (warnings, _ ("only the first %d payload types of a stream were read"),
                        LEC_MAX_PAYLOADS);
      break;
    }
    lec_cursor_init (&cursor, format);
    number = (guint) lec_cursor_number (&cursor, 127);
    if (!lec_cursor_done (&cursor))
      lec_warnings_add (warnings, _ ("“%.20s” is not a valid payload type and was ignored"),
                        format);
    else if (!has_payload (stream, number) && !describe_payload (media, stream, number, warnings))
      lec_warnings_add (
          warnings,
          _ ("the payload type %u is not described (no valid a=rtpmap for it) and was ignored"),
          number);
  }
  add_redundant (stream);
}

gboolean
lec_sdp_payload_is_repair (const LecPayload *payload, LecRepairScheme *scheme)
{
  for (guint i = 0; i < G_N_ELEMENTS (repairs); i++) {
    if (g_ascii_strcasecmp (payload->encoding, repairs[i].encoding) == 0) {
      if (scheme != NULL)
        *scheme = repairs[i].scheme;
      return TRUE;
    }
  }
  return FALSE;
}

const char *
lec_sdp_payload_get_encoding (LecRepairScheme scheme)
{
  for (guint i = 0; i < G_N_ELEMENTS (repairs); i++) {
    if (repairs[i].scheme == scheme)
      return repairs[i].encoding;
  }
  g_assert_not_reached ();
}

/* A parameter that is only there or not was read as one of value 1. Of those whose names do not
 * show it, these are the ones in use. */
static gboolean
is_flag (const char *name, const char *value)
{
  static const char *const flags[] = { "interlace", "segmented", NULL };

  return strcmp (value, "1") == 0 && (g_ascii_isdigit (name[0]) || g_strv_contains (flags, name));
}

static void
print_parameters (guint payload, GStrv parameters, GString *text)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; parameters != NULL && parameters[i] != NULL; i += 2) {
    g_string_append_printf (line, "%s%s", i > 0 ? "; " : "", parameters[i]);
    if (!is_flag (parameters[i], parameters[i + 1]))
      g_string_append_printf (line, "=%s", parameters[i + 1]);
  }
  if (line->len > 0)
    lec_sdp_line_add (text, "a=fmtp:%u %s", payload, line->str);
}

void
lec_sdp_payload_print (guint payload,
                       const char *encoding,
                       guint clock_rate,
                       guint channels,
                       GStrv parameters,
                       GString *text)
{
  if (channels != 0)
    lec_sdp_line_add (text, "a=rtpmap:%u %s/%u/%u", payload, encoding, clock_rate, channels);
  else
    lec_sdp_line_add (text, "a=rtpmap:%u %s/%u", payload, encoding, clock_rate);
  print_parameters (payload, parameters, text);
}
