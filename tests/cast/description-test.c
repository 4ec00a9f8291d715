/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/description.h"

#include <string.h>

#include "announce/sdp.h"
#include "channel/channel.h"

#define PORT 5004
#define SESSION 7
#define VERSION 9

static const char h264[]
    = "application/x-rtp, media=(string)video, payload=(int)96, clock-rate=(int)90000, "
      "encoding-name=(string)H264, packetization-mode=(string)1, "
      "sprop-parameter-sets=(string)\"Z0LAHg\\=\\=,aM48gA\\=\\=\"";

static char *
describe (const char *title, const char *destination, int ttl, const char *label, guint n)
{
  const LecDescribedStation station = { .title = title,
                                        .source = "192.0.2.1",
                                        .destination = destination,
                                        .ttl = ttl,
                                        .session_id = SESSION,
                                        .session_version = VERSION };
  g_autoptr (GstCaps) caps = gst_caps_from_string (h264);
  g_autoptr (GArray) streams = g_array_new (FALSE, FALSE, sizeof (LecDescribedStream));

  for (guint i = 0; i < n; i++) {
    LecDescribedStream stream = { caps, (guint16) (PORT + 2 * i), label, "slides" };

    g_array_append_val (streams, stream);
  }
  return lec_description_print_sdp (&station, streams);
}

/* Every byte, so that a change of what a station writes is a decision. */
static void
test_text (void)
{
  g_autofree char *text = describe ("Physics & co", "239.1.1.1", 3, "Slides", 1);

  g_assert_cmpstr (text, ==,
                   "v=0\r\n"
                   "o=- 7 9 IN IP4 192.0.2.1\r\n"
                   "s=Physics & co\r\n"
                   "c=IN IP4 239.1.1.1/3\r\n"
                   "t=0 0\r\n"
                   "a=tool:lectern-cast\r\n"
                   "a=type:broadcast\r\n"
                   "m=video 5004 RTP/AVP 96\r\n"
                   "i=Slides\r\n"
                   "a=rtpmap:96 H264/90000\r\n"
                   "a=fmtp:96 packetization-mode=1; sprop-parameter-sets=Z0LAHg==,aM48gA==\r\n"
                   "a=content:slides\r\n");
}

static void
test_rows (void)
{
  static const struct
  {
    const char *title;
    const char *destination;
    int ttl;
    const char *label;
    const char *lines[3];
  } rows[] = {
    { "Two\r\na=lines", "239.1.1.1", 1, "As\nwell", { "s=Two a=lines\r\n", "i=As well\r\n" } },
    { "", "239.1.1.1", 1, NULL, { "s=-\r\n" } },
    { "T", "ff15::77", 4, NULL, { "c=IN IP6 ff15::77\r\n" } },
    { "T", "192.0.2.9", 4, NULL, { "c=IN IP4 192.0.2.9\r\n" } },
    { "T", "239.1.1.1", 255, NULL, { "c=IN IP4 239.1.1.1/255\r\n" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text
        = describe (rows[i].title, rows[i].destination, rows[i].ttl, rows[i].label, 1);

    for (guint j = 0; rows[i].lines[j] != NULL; j++) {
      if (strstr (text, rows[i].lines[j]) == NULL)
        g_error ("row %u: no “%s” in “%s”", i, rows[i].lines[j], text);
    }
  }
}

/* A file may have more streams than Lectern receives at once; others may receive them all. */
static void
test_many (void)
{
  g_autofree char *text = describe ("T", "239.1.1.1", 1, NULL, 2 * LEC_MAX_STREAMS);
  g_auto (GStrv) sections = g_strsplit (text, "\r\nm=", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (LecAnnouncement) announcement = lec_sdp_parse (text, &error);

  g_assert_cmpuint (g_strv_length (sections), ==, 1 + 2 * LEC_MAX_STREAMS);
  g_assert_no_error (error);
}

static void
test_asx (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *beside
      = lec_description_print_asx ("A & B", "/tmp/hall 3.sdp", "/tmp/x.asx", &error);
  g_autofree char *elsewhere
      = lec_description_print_asx ("A & B", "/srv/hall 3.sdp", "/tmp/x.asx", &error);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (beside, "<TITLE>A &amp; B</TITLE>"));
  g_assert_nonnull (strstr (beside, "<REF HREF=\"hall%203.sdp\"/>"));
  g_assert_nonnull (strstr (elsewhere, "<REF HREF=\"file:///srv/hall%203.sdp\"/>"));
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/description/text", test_text);
  g_test_add_func ("/description/rows", test_rows);
  g_test_add_func ("/description/many", test_many);
  g_test_add_func ("/description/asx", test_asx);
  return g_test_run ();
}
