/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rows.h"

#include <string.h>

#include "channel/error.h"

#define MOST_PREFIXES 1500 /* of one text; a longer one is cut at every second byte, or third */

/* What a text is shows by its content. */
static const LecRow kinds[] = {
  { "address", " udp://@239.1.2.3:1234 \r\n",
    .promise = "239.1.2.3:1234: ts video 239.1.2.3:1234" },
  { "empty", "", .refusal = "malformed: it is empty" },
  { "blank", " \r\n\t", .refusal = "malformed: it is empty" },
  { "comment only", "<!-- x -->", .refusal = "malformed: it is empty" },
  { "nsc", "[Address]\r\nName=x\r\n", .refusal = "malformed: no IP Address" },
  { "pls", "[playlist]\nFile1=x\n",
    .promise = "http://station.example/live/x: uri http://station.example/live/x" },
  { "m3u", "#EXTM3U\nhttp://a.example/\n", .promise = "http://a.example/: uri http://a.example/" },
  { "xspf", "<?xml version='1.0'?>\n<playlist version='1'>",
    .refusal = "malformed: the XML breaks in line 2" },
  { "smil", "<smil>", .refusal = "unsupported: SMIL" },
  { "web page", "\n<!DOCTYPE HTML PUBLIC ''>\n<HTML>", .refusal = "unsupported: web page" },
  { "web page without type", "<!-- x --><html>", .refusal = "unsupported: web page" },
  { "other XML", "<?xml version='1.0'?><rss/>", .refusal = "unsupported: XML" },
  { "JSON", "{\"error\":404}", .refusal = "unsupported: JSON" },
  { "list of addresses", "rtsp://a.example/\n",
    .promise = "rtsp://a.example/: uri rtsp://a.example/" },
  { "two addresses", "239.1.2.3:1234\n239.1.2.4:1234\n",
    .promise
    = "239.1.2.3:1234: ts video 239.1.2.3:1234 # 239.1.2.4:1234: ts video 239.1.2.4:1234" },
  { "SMIL of QuickTime", "SMILtext<smil>", .refusal = "unsupported: SMIL" },
  { "prose", "404 not found\n", .refusal = "unsupported: this is not an announcement" },
  { "asxfoo", "<asxfoo>", .refusal = "unsupported: XML" },
};

static const struct
{
  const char *story;
  const char *bytes;
  gsize length;
  const char *sentence; /* NULL: understood */
} binaries[] = {
  { "ASF", "\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9", 10, "Windows Media recording" },
  { "ELF",
    "\x7f"
    "ELF\2\0\1",
    7, "this is not text" },
  { "NUL inside a parameter", "v=0\nm=audio 2 RTP/AVP 0\na=fmtp:0 a\0=b\n", 36,
    "this is not text" },
  { "NUL at the end", "v=0\nc=IN IP4 239.1.1.1\nm=audio 2 RTP/AVP 0\n\0\0", 45, NULL },
  { "only NUL", "\0\0\0\0", 4, "it is empty" },
  { "NUL in UTF-16", "\xff\xfe<\0\0\0a\0", 8, "the text is UTF-16, and damaged; save it as UTF-8" },
  { "NUL in UTF-32 without a mark", "<\0\0\0a\0\0\0\0\0\0\0a\0\0\0", 16,
    "the text is UTF-32, and damaged; save it as UTF-8" },
  { "half a character", "\xff\xfe<\0a\0s\0x\0>", 11, "the playlist is empty" },
};

static void
test_binaries (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (binaries); i++) {
    g_autofree char *bytes = g_memdup2 (binaries[i].bytes, binaries[i].length);
    g_autoptr (GError) error = NULL;
    g_autoptr (LecAnnouncement) announcement
        = lec_announcement_parse (bytes, binaries[i].length, NULL, &error);

    g_test_message ("%s", binaries[i].story);
    if (binaries[i].sentence == NULL)
      g_assert_no_error (error);
    else if (error == NULL || strstr (error->message, binaries[i].sentence) == NULL)
      g_error ("expected “%s”, not “%s”", binaries[i].sentence, error ? error->message : "success");
  }
}

static void
test_size (void)
{
  gsize length = LEC_MAX_ANNOUNCEMENT + 1;
  g_autofree char *text = g_strnfill (length, ' ');
  g_autoptr (GError) error = NULL;

  memcpy (text, "<ASX><ENTRY><REF HREF=\"x\">", 26);
  g_assert_null (lec_announcement_parse (text, length, NULL, &error));
  g_assert_nonnull (strstr (error->message, "1 MiB"));
  g_clear_error (&error);
  lec_announcement_free (lec_announcement_parse (text, length - 1, NULL, &error));
  g_assert_no_error (error);
}

/* Whatever the text, there is an answer, and it is the same the second time. */
static void
check_answer (const char *text, gsize length)
{
  g_autofree char *bytes = g_memdup2 (text, length); /* so that a read beyond it is seen */
  g_autoptr (GError) error = NULL;
  g_autoptr (LecAnnouncement) announcement
      = lec_announcement_parse (bytes, length, "file:///srv/x", &error);

  if (announcement == NULL) {
    g_assert_true (error->domain == LEC_ERROR);
    g_assert_cmpstr (error->message, !=, "");
    return;
  }
  g_assert_no_error (error);
  g_assert_cmpuint (announcement->channels->len, >, 0);
}

static void
check_prefixes (const char *text, gsize length)
{
  gsize step = 1 + length / MOST_PREFIXES;

  for (gsize i = 0; i < length; i += step)
    check_answer (text, i);
}

/* Every line left out, every line twice. */
static void
check_lines (const char *text, gsize length)
{
  gsize most = length / 40 / MOST_PREFIXES + 1;
  gsize from = 0;

  for (guint i = 0; from < length; i++) {
    const char *end = memchr (text + from, '\n', length - from);
    gsize to = end != NULL ? (gsize) (end - text) + 1 : length;
    g_autoptr (GString) changed = g_string_new_len (text, (gssize) length);

    if (i % most == 0) {
      g_string_insert_len (changed, (gssize) to, text + from, (gssize) (to - from));
      check_answer (changed->str, changed->len);
      g_string_erase (changed, (gssize) from, (gssize) (2 * (to - from)));
      check_answer (changed->str, changed->len);
    }
    from = to;
  }
}

static void
check_folder (const char *folder)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (folder, name, NULL);
    g_autofree char *text = NULL;
    gsize length;

    if (strchr (name, '.') == NULL)
      continue;
    g_test_message ("%s", file);
    text = lec_data_load (file, &length);
    check_prefixes (text, length);
    check_lines (text, length);
  }
}

static void
test_mutilated (gconstpointer folder)
{
  check_folder (folder);
}

/* Hostile pieces in each place of a description. */
static void
test_hostile_values (void)
{
  static const char *const lines[] = {
    "v=%s",
    "o=%s",
    "o=- %s %s IN IP4 %s",
    "s=%s",
    "c=%s",
    "c=IN IP4 %s",
    "c=IN IP4 239.1.1.1/%s/%s",
    "b=%s:1",
    "b=AS:%s",
    "t=%s %s",
    "m=%s 2 RTP/AVP 0",
    "m=audio %s RTP/AVP 0",
    "m=audio 2/%s RTP/AVP 0",
    "m=audio 2 %s 0",
    "m=audio 2 RTP/AVP %s",
    "a=%s",
    "a=rtpmap:%s",
    "a=rtpmap:0 %s",
    "a=rtpmap:0 L16/%s/%s",
    "a=fmtp:0 %s",
    "a=fmtp:0 %s=%s",
    "a=rtcp:%s",
    "a=source-filter:%s",
    "a=source-filter: incl IN IP4 * %s",
    "a=group:%s",
    "a=group:DUP %s %s",
    "a=mid:%s",
    "k=%s",
  };
  static const char *const values[] = {
    "",
    " ",
    "-1",
    "0",
    "65536",
    "4294967296",
    "18446744073709551616",
    "%s%n%x",
    "../../x",
    "\xff\xfe\x80",
    "a b c d e f g h",
    "::::",
    "////",
    ";;;=;=",
    "999999999999999999999999999999",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (values); j++) {
      g_auto (GStrv) pieces = g_strsplit (lines[i], "%s", -1);
      g_autofree char *line = g_strjoinv (values[j], pieces);
      g_autofree char *text = g_strconcat ("v=0\nc=IN IP4 239.1.1.1\na=group:DUP 1 2\n"
                                           "m=audio 2 RTP/AVP 0\na=mid:1\n",
                                           line, "\n", NULL);

      check_answer (text, strlen (text));
    }
  }
}

static void
test_warnings_are_bounded (void)
{
  g_autoptr (LecAnnouncement) announcement = lec_announcement_new ("sdp");

  lec_warnings_add (announcement->warnings, "%s", "cut inside: \xc3");
  for (guint i = 0; i < 100; i++) {
    lec_warnings_add (announcement->warnings, "%u", i);
    lec_warnings_add (announcement->warnings, "%u", i);
  }
  g_assert_cmpuint (announcement->warnings->len, ==, LEC_MAX_WARNINGS);
  g_assert_true (g_utf8_validate (g_ptr_array_index (announcement->warnings, 0), -1, NULL));
}

static void
test_is_likely (void)
{
  static const struct
  {
    const char *text;
    gboolean is;
  } rows[] = {
    { "v=0\r\nm=audio 5004 RTP/AVP 0\r\n", TRUE },
    { "\n SDP:\nv=0\nm=audio 5004 RTP/AVP 0", TRUE },
    { "#EXTM3U\nrtp://239.1.1.1", TRUE },
    { "<ASX>\n</ASX>", TRUE },
    { "<?xml version=\"1.0\"?>\n<playlist version=\"1\" xmlns=\"http://xspf.org/ns/0/\"/>", TRUE },
    { "[playlist]\nFile1=rtp://239.1.1.1", TRUE },
    { "v=0", FALSE },
    { "rtp://239.1.1.1:5004\n", FALSE },
    { "rtp://239.1.1.1:5004\nrtp://239.1.1.2:5004\n", FALSE },
    { "# from a mail\nhttp://example.org/x.sdp\n", FALSE },
    { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].text);
    g_assert_true (lec_announcement_is_likely (rows[i].text) == rows[i].is);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  lec_rows_add ("/announcement/kinds", kinds, G_N_ELEMENTS (kinds));
  g_test_add_func ("/announcement/is likely", test_is_likely);
  g_test_add_func ("/announcement/binaries", test_binaries);
  g_test_add_func ("/announcement/size", test_size);
  g_test_add_data_func ("/announcement/mutilated/sdp", "sdp", test_mutilated);
  g_test_add_data_func ("/announcement/mutilated/asx", "asx", test_mutilated);
  g_test_add_data_func ("/announcement/mutilated/nsc", "nsc", test_mutilated);
  g_test_add_data_func ("/announcement/mutilated/playlist", "playlist", test_mutilated);
  g_test_add_data_func ("/announcement/mutilated/bad", "bad", test_mutilated);
  g_test_add_func ("/announcement/hostile values", test_hostile_values);
  g_test_add_func ("/announcement/warnings are bounded", test_warnings_are_bounded);
  return g_test_run ();
}
