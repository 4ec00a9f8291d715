/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-asf.h"

#include <string.h>

#include "announce/cursor.h"
#include "announce/sdp-attribute.h"
#include "wire/asf-header.h"

#define ENCODING "x-asf-pf"
#define CONFIG "config"
#define HEADER "data:application/vnd.ms.wms-hdr.asfv1;base64,"

/* The start of the Data Object: of no length, as its packets come from a network (ASF
 * specification, section 5.1). */
static const guint8 data_start[LEC_ASF_DATA_START] = {
  0x36,
  0x26,
  0xb2,
  0x75,
  0x8e,
  0x66,
  0xcf,
  0x11,
  0xa6,
  0xd9,
  0x00,
  0xaa,
  0x00,
  0x62,
  0xce,
  0x6c,
  LEC_ASF_DATA_START,
  [48] = 0x01,
  [49] = 0x01,
};

/* (nullable): where base64 begins */
static const char *
find_text (const GstSDPMessage *message, const GstSDPMedia *media, const LecPayload *payload)
{
  const char *config = lec_payload_get_parameter (payload, CONFIG);
  g_autoptr (GPtrArray) values = lec_sdp_attribute_list (message, media, "pgmpu");

  for (guint i = 0; config == NULL && i < values->len; i++) {
    const char *value = g_ptr_array_index (values, i);

    if (g_ascii_strncasecmp (value, HEADER, strlen (HEADER)) == 0)
      config = value + strlen (HEADER);
  }
  return config;
}

/* (transfer full) (nullable): the header, its facts, and the start of its Data Object */
static GBytes *
decode (const char *text, LecAsfHeader *facts)
{
  g_autoptr (GByteArray) header = g_byte_array_new ();
  g_autofree guint8 *bytes = NULL;
  gsize length;

  bytes = g_base64_decode (text, &length);
  if (!lec_asf_header_read (bytes, length, facts) || facts->packet_size == 0)
    return NULL;
  g_byte_array_append (header, bytes, (guint) facts->size);
  g_byte_array_append (header, data_start, sizeof data_start);
  return g_byte_array_free_to_bytes (g_steal_pointer (&header));
}

/* `a=stream:2`: of a file of several streams, it is that one. */
static guint
find_number (const GstSDPMedia *media, const LecAsfHeader *facts)
{
  const char *value = lec_sdp_attribute_get (NULL, media, "stream");
  LecCursor cursor;
  guint number;

  if (value == NULL)
    return 0;
  lec_cursor_init (&cursor, value);
  number = (guint) lec_cursor_number (&cursor, LEC_ASF_STREAMS - 1);
  return lec_cursor_done (&cursor) && facts->kinds[number] != LEC_ASF_NONE ? number : 0;
}

/* (transfer full): without what is sent elsewhere, and what is the same as something else */
static GBytes *
leave_out (GBytes *header, const LecAsfHeader *facts, guint number)
{
  gboolean streams[LEC_ASF_STREAMS];
  gsize length;
  const guint8 *bytes = g_bytes_get_data (header, &length);

  lec_asf_header_find_spare (bytes, length, streams);
  for (guint i = 0; number > 0 && i < LEC_ASF_STREAMS; i++)
    streams[i] = i != number;
  return lec_asf_header_leave_out (header, streams);
}

/* @header: (nullable) */
static void
set_config (LecPayload *payload, GBytes *header)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; payload->parameters != NULL && payload->parameters[i] != NULL; i += 2) {
    if (g_ascii_strcasecmp (payload->parameters[i], CONFIG) == 0)
      continue;
    g_strv_builder_add (builder, payload->parameters[i]);
    g_strv_builder_add (builder, payload->parameters[i + 1]);
  }
  if (header != NULL) {
    g_autofree char *text
        = g_base64_encode (g_bytes_get_data (header, NULL), g_bytes_get_size (header));

    g_strv_builder_add (builder, CONFIG);
    g_strv_builder_add (builder, text);
  }
  g_strfreev (payload->parameters);
  payload->parameters = g_strv_builder_end (builder);
  if (payload->parameters[0] == NULL)
    g_clear_pointer (&payload->parameters, g_strfreev);
}

static void
read_payload (const GstSDPMessage *message, const GstSDPMedia *media, LecPayload *payload)
{
  const char *text = find_text (message, media, payload);
  LecAsfHeader facts;
  g_autoptr (GBytes) header = text != NULL ? decode (text, &facts) : NULL;
  g_autoptr (GBytes) rest = NULL;

  if (header != NULL)
    rest = leave_out (header, &facts, find_number (media, &facts));
  set_config (payload, rest);
}

void
lec_sdp_asf_read (const GstSDPMessage *message, const GstSDPMedia *media, LecStream *stream)
{
  for (guint i = 0; i < stream->payloads->len; i++) {
    LecPayload *payload = g_ptr_array_index (stream->payloads, i);

    if (g_ascii_strcasecmp (payload->encoding, ENCODING) == 0)
      read_payload (message, media, payload);
  }
}
