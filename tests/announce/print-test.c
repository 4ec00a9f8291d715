/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is printed is read as the same again, as far as its format has words for it. */
#include <string.h>

#include "announce/address.h"
#include "announce/asx.h"
#include "announce/playlist.h"
#include "announce/recognise.h"
#include "channel/error.h"
#include "facts.h"
#include "rows.h"

#define BASE "http://station.example/live/x"

typedef char *(*Print) (const LecAnnouncement *announcement, GError **error);

static LecAnnouncement *
parse (const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  LecAnnouncement *announcement = lec_announcement_parse (text, length, BASE, &error);

  g_assert_no_error (error);
  return announcement;
}

static LecAnnouncement *
print_and_parse (const LecAnnouncement *before, Print print)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *printed = print (before, &error);

  g_assert_no_error (error);
  return parse (printed, strlen (printed));
}

static void
assert_equal (const GPtrArray *before, const GPtrArray *after)
{
  g_assert_cmpuint (before->len, ==, after->len);
  for (guint i = 0; i < before->len; i++)
    g_assert_true (lec_channel_equal (g_ptr_array_index (before, i), g_ptr_array_index (after, i)));
}

static void
check_asx (const LecAnnouncement *before)
{
  g_autoptr (LecAnnouncement) after = print_and_parse (before, lec_asx_print);
  g_autofree char *facts_before = lec_property_list_new (before);
  g_autofree char *facts_after = lec_property_list_new (after);

  g_assert_cmpstr (facts_after, ==, facts_before);
  assert_equal (before->channels, after->channels);
  g_assert_cmpuint (before->events->len, ==, after->events->len);
  for (guint i = 0; i < before->events->len; i++)
    assert_equal (((const LecEvent *) g_ptr_array_index (before->events, i))->channels,
                  ((const LecEvent *) g_ptr_array_index (after->events, i))->channels);
}

static void
check_m3u (const LecAnnouncement *before)
{
  g_autoptr (LecAnnouncement) after = print_and_parse (before, lec_m3u_print);

  g_assert_cmpstr (before->title, ==, after->title);
  assert_equal (before->channels, after->channels);
}

static void
check_folder (const char *folder, void (*check) (const LecAnnouncement *before))
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (folder, name, NULL);
    g_autofree char *text = NULL;
    g_autoptr (LecAnnouncement) before = NULL;
    gsize length;

    if (strchr (name, '.') == NULL)
      continue;
    g_test_message ("%s", file);
    text = lec_data_load (file, &length);
    before = parse (text, length);
    check (before);
  }
}

static void
test_asx_samples (void)
{
  check_folder ("asx", check_asx);
  check_folder ("asx/moonlight", check_asx);
}

/* Everything the format has words for, and characters that have to be escaped. */
static void
test_asx_everything (void)
{
  static const char *const texts[] = {
    "<ASX><TITLE>A &lt;b&gt; &quot;c&quot; &amp;amp; 'd'</TITLE><ENTRY CLIENTSKIP=NO SKIPIFREF=YES>"
    "<TITLE>H&#246;rsaal <![CDATA[</TITLE>]]></TITLE><AUTHOR>&amp;lt;</AUTHOR>"
    "<COPYRIGHT>c</COPYRIGHT><ABSTRACT>d</ABSTRACT><MOREINFO HREF=\"http://a.example/?a&b\"/>"
    "<BANNER HREF=\"b.png?a=1&amp;b=2\"/><PARAM NAME=\"a&quot;b\" VALUE=\"'&lt;\"/>"
    "<REF HREF=\"udp://10.0.0.1@232.1.1.1:1234?ttl=3\"/>"
    "<REF HREF=\"rtp://[ff15::1]:5004?sources=fd00::1,fd00::2&block=fd00::3&rtcpport=9\"/>"
    "<REF HREF=\"x?a=1&b='2'\"><STARTTIME VALUE=\"25:00:01.0000014\"/><DURATION VALUE=\"0.5\"/>"
    "<STARTMARKER NUMBER=3><ENDMARKER NAME=\"e &quot;\"></REF></ENTRY></ASX>",
    "<ASX><ENTRYREF HREF=\"a.asx\"><REPEAT><ENTRY><REF HREF=b></ENTRY><ENTRYREF HREF=c></REPEAT>"
    "<EVENT NAME=\"a&amp;b\" WHENDONE=BREAK><ENTRY><REF HREF=d></ENTRY><ENTRYREF HREF=e></EVENT>"
    "<EVENT NAME=n WHENDONE=NEXT/></ASX>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (LecAnnouncement) before = parse (texts[i], strlen (texts[i]));

    check_asx (before);
  }
}

static void
test_m3u (void)
{
  static const char *const texts[] = {
    "#EXTM3U\n#PLAYLIST:L\n#EXTINF:-1 tvg-id=\"a\" tvg-name=\"b\" tvg-logo=\"http://a.example/l\" "
    "group-title=\"g, h\" tvg-language=\"de\",T, \"t\"\n#EXTART:A\nudp://@239.1.2.3:1234\n",
    "udp://10.0.0.1@232.1.1.1:1234?ttl=3\n"
    "rtp://239.1.1.1:5004?sources=10.0.0.1,10.0.0.2&block=10.0.0.3\nhttp://a.example/x?a|b\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (LecAnnouncement) before = parse (texts[i], strlen (texts[i]));

    check_m3u (before);
  }
}

static void
test_m3u_samples (void)
{
  static const char *const files[]
      = { "playlist/campus.m3u8", "playlist/campus.pls", "playlist/addresses.txt" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    gsize length;
    g_autofree char *text = lec_data_load (files[i], &length);
    g_autoptr (LecAnnouncement) before = parse (text, length);

    g_test_message ("%s", files[i]);
    check_m3u (before);
  }
}

/* Transport streams of descriptions have addresses; all else is refused with the reason. */
static void
test_descriptions (void)
{
  static const struct
  {
    const char *text;
    const char *address; /* NULL: refused, with ... */
    const char *reason;  /* ... a piece of the sentence */
  } rows[] = {
    { "v=0\ns=T\nc=IN IP4 239.1.1.1/5\nm=video 5004 RTP/AVP 33\n", "rtp://@239.1.1.1:5004?ttl=5",
      NULL },
    { "v=0\ns=T\nc=IN IP4 239.1.1.1\nm=video 5004 udp 33\n", "udp://@239.1.1.1:5004", NULL },
    { "v=0\ns=T\nc=IN IP4 239.1.1.1\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n", NULL,
      "the encoding of its packets has to be described" },
    { "v=0\ns=T\nc=IN IP4 239.1.1.1\nm=video 5004 RTP/AVP 33\nm=audio 5006 RTP/AVP 0\n", NULL,
      "it has several streams" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LecAnnouncement) before = parse (rows[i].text, strlen (rows[i].text));
    g_autoptr (GError) m3u_error = NULL;
    g_autoptr (GError) asx_error = NULL;
    g_autofree char *m3u = lec_m3u_print (before, &m3u_error);
    g_autofree char *asx = lec_asx_print (before, &asx_error);

    if (rows[i].address != NULL) {
      g_assert_nonnull (strstr (m3u, rows[i].address));
      g_assert_nonnull (strstr (asx, rows[i].address));
      continue;
    }
    g_assert_error (m3u_error, LEC_ERROR, LEC_ERROR_UNSUPPORTED);
    g_assert_nonnull (strstr (m3u_error->message, rows[i].reason));
    g_assert_error (asx_error, LEC_ERROR, LEC_ERROR_UNSUPPORTED);
    g_assert_nonnull (strstr (asx_error->message, "“T” cannot be named in an .asx playlist"));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/print/asx samples", test_asx_samples);
  g_test_add_func ("/print/asx everything", test_asx_everything);
  g_test_add_func ("/print/m3u", test_m3u);
  g_test_add_func ("/print/m3u samples", test_m3u_samples);
  g_test_add_func ("/print/descriptions", test_descriptions);
  return g_test_run ();
}
