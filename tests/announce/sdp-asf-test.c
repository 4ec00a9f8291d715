/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Windows Media in RTP: which header each stream has. */
#include "announce/sdp.h"

#include <string.h>

#include "channel/channel.h"
#include "wire/asf-header.h"

#define FILE_PROPERTIES 104 /* [bytes] */
#define STREAM 78
#define HEADER (30 + FILE_PROPERTIES + 2 * STREAM)
#define GROUP "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=Hall\r\nc=IN IP4 239.1.1.1/8\r\nt=0 0\r\n"
#define VIDEO "m=video 5004 RTP/AVP 96\r\na=rtpmap:96 x-asf-pf/1000\r\n"
#define AUDIO "m=audio 5006 RTP/AVP 97\r\na=rtpmap:97 X-ASF-PF/1000\r\n"
#define ALL "m=application 5008 RTP/AVP 96\r\na=rtpmap:96 x-asf-pf/1000\r\n"
#define PGMPU "a=pgmpu:data:application/vnd.ms.wms-hdr.asfv1;base64,"

/* Stream 1 is a picture, stream 2 is sound. */
static void
make_header (guint8 *header)
{
  static const guint8 start[] = { 0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11,
                                  0xa6, 0xd9, 0x00, 0xaa, 0x00, 0x62, 0xce, 0x6c };
  static const guint8 file[] = { 0xa1, 0xdc, 0xab, 0x8c, 0x47, 0xa9, 0xcf, 0x11,
                                 0x8e, 0xe4, 0x00, 0xc0, 0x0c, 0x20, 0x53, 0x65 };
  static const guint8 stream[] = { 0x91, 0x07, 0xdc, 0xb7, 0xb7, 0xa9, 0xcf, 0x11,
                                   0x8e, 0xe6, 0x00, 0xc0, 0x0c, 0x20, 0x53, 0x65 };
  static const guint8 types[2][16] = {
    { 0xc0, 0xef, 0x19, 0xbc, 0x4d, 0x5b, 0xcf, 0x11, 0xa8, 0xfd, 0x00, 0x80, 0x5f, 0x5c, 0x44,
      0x2b },
    { 0x40, 0x9e, 0x69, 0xf8, 0x4d, 0x5b, 0xcf, 0x11, 0xa8, 0xfd, 0x00, 0x80, 0x5f, 0x5c, 0x44,
      0x2b },
  };
  guint8 *at = header + 30;

  memset (header, 0, HEADER);
  memcpy (header, start, sizeof start);
  header[16] = HEADER & 0xff;
  header[17] = HEADER >> 8;
  memcpy (at, file, sizeof file);
  at[16] = FILE_PROPERTIES;
  at[93] = at[97] = 4; /* packets of 1024 bytes */
  at += FILE_PROPERTIES;
  for (guint i = 0; i < 2; i++, at += STREAM) {
    memcpy (at, stream, sizeof stream);
    at[16] = STREAM;
    memcpy (at + 24, types[i], sizeof types[i]);
    at[72] = (guint8) (i + 1);
  }
}

/* What is known of the @index-th stream of @text: `V` and `A` where its header has them, `-` where
 * there is no header, NULL where there is no such stream */
static const char *
find_media (const char *text, guint index)
{
  g_autoptr (LecAnnouncement) announcement = lec_sdp_parse (text, NULL);
  const LecAlternative *alternative;
  const LecStream *stream;
  const char *config;
  g_autofree guint8 *bytes = NULL;
  LecAsfHeader facts;
  gsize length;

  g_assert_nonnull (announcement);
  alternative = g_ptr_array_index (
      lec_channel_get_info (g_ptr_array_index (announcement->channels, 0))->alternatives, 0);
  if (index >= alternative->streams->len)
    return NULL;
  stream = g_ptr_array_index (alternative->streams, index);
  config = lec_payload_get_parameter (g_ptr_array_index (stream->payloads, 0), "config");
  if (config == NULL)
    return "-";
  bytes = g_base64_decode (config, &length);
  g_assert_true (lec_asf_header_read (bytes, length, &facts));
  g_assert_cmpuint (length, ==, facts.size + LEC_ASF_DATA_START);
  g_assert_cmpuint (facts.packet_size, ==, 1024);
  if (facts.kinds[1] == LEC_ASF_VIDEO && facts.kinds[2] == LEC_ASF_AUDIO)
    return "VA";
  return facts.kinds[1] == LEC_ASF_VIDEO ? "V" : facts.kinds[2] == LEC_ASF_AUDIO ? "A" : "";
}

static void
check (const char *text, const char *first, const char *second)
{
  g_assert_cmpstr (find_media (text, 0), ==, first);
  g_assert_cmpstr (find_media (text, 1), ==, second);
}

/* What stands in for %s is a header, or the start of one. */
static const struct
{
  const char *story, *text, *first, *second;
  gboolean is_cut;
} rows[] = {
  { "for all, each its own", GROUP PGMPU "%s\r\n" VIDEO "a=stream:1\r\n" AUDIO "a=stream:2\r\n",
    "V", "A" },
  { "for all, in one", GROUP PGMPU "%s\r\n" ALL, "VA", NULL },
  { "of one medium", GROUP VIDEO PGMPU "%s\r\na=stream:1\r\n" AUDIO, "V", "-" },
  { "as a parameter", GROUP ALL "a=fmtp:96 maxps=1024; config=%s\r\n", "VA", NULL },
  { "no such stream", GROUP PGMPU "%s\r\n" VIDEO "a=stream:7\r\n", "VA", NULL },
  { "no number", GROUP PGMPU "%s\r\n" VIDEO "a=stream:all\r\n", "VA", NULL },
  { "a number too large", GROUP PGMPU "%s\r\n" VIDEO "a=stream:65536\r\n", "VA", NULL },
  { "cut", GROUP PGMPU "%s\r\n" VIDEO, "-", NULL, TRUE },
  { "cut, as a parameter", GROUP ALL "a=fmtp:96 config=%s\r\n", "-", NULL, TRUE },
  { "of another kind", GROUP "a=pgmpu:data:text/plain;base64,%s\r\n" VIDEO, "-", NULL },
  { "not of this format", GROUP PGMPU "%s\r\nm=video 5004 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n",
    "-", NULL },
  { "what is sent again is no stream",
    GROUP PGMPU "%s\r\n" VIDEO "m=application 5010 RTP/AVP 98\r\na=rtpmap:98 x-wms-rtx/1000\r\n",
    "VA", NULL },
};

static void
test_rows (void)
{
  guint8 header[HEADER];

  make_header (header);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *base64 = g_base64_encode (header, rows[i].is_cut ? HEADER - 1 : HEADER);
    g_autoptr (GString) text = g_string_new (rows[i].text);

    g_test_message ("%s", rows[i].story);
    g_string_replace (text, "%s", base64, 1);
    check (text->str, rows[i].first, rows[i].second);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sdp-asf/rows", test_rows);
  return g_test_run ();
}
