/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/fetch.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "channel/error.h"
#include "rows.h"

#define GOOD "v=0\r\nc=IN IP4 239.1.1.1\r\nm=video 5004 RTP/AVP 33\r\n"
#define RELATIVE "<ASX><ENTRY><TITLE>T</TITLE><REF HREF=\"talk.wmv\"></ENTRY></ASX>"

/* Each test has a folder of its own, which is emptied after it. */
typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("lectern-fetch-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

    g_assert_cmpint (g_remove (path), ==, 0);
  }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

static char *
write_file (Fixture *fixture, const char *name, const char *text, gsize length)
{
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, (gssize) length, NULL));
  return path;
}

static void
check_promise (const char *location, const char *promise)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LecAnnouncement) announcement = lec_fetch_announcement (location, NULL, &error);
  g_autofree char *summary = NULL;

  g_assert_no_error (error);
  summary = lec_summary_new (announcement);
  g_assert_cmpstr (summary, ==, promise);
}

/* The message begins with what the user wrote. */
static void
check_refusal (const char *location, LecError code, const char *sentence)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_filename_display_name (location);
  g_autofree char *expected = g_strdup_printf ("%s: %s", name, sentence);

  g_assert_null (lec_fetch_announcement (location, NULL, &error));
  g_assert_error (error, LEC_ERROR, (int) code);
  if (!g_str_has_prefix (error->message, expected))
    g_error ("expected “%s”, not “%s”", expected, error->message);
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "plain.sdp", "hall 3.sdp",  "hörsaal.sdp",   "100%25.sdp",
                                       "a:b.sdp",   "q?x=1#y.sdp", "latin-\xf6.sdp" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = write_file (fixture, names[i], GOOD, strlen (GOOD));
    g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
    static const char promise[]
        = "239.1.1.1:5004: rtp video 239.1.1.1:5004 rtcp 5005 {33 MP2T/90000}";

    check_promise (path, promise);
    check_promise (uri, promise);
  }
}

static void
test_base (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_file (fixture, "hall 3.asx", RELATIVE, strlen (RELATIVE));
  g_autofree char *beside = g_build_filename (fixture->folder, "talk.wmv", NULL);
  g_autofree char *uri = g_filename_to_uri (beside, NULL, NULL);
  g_autofree char *promise = g_strdup_printf ("T: uri %s", uri);

  check_promise (path, promise);
}

static void
test_relative_path (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = g_get_current_dir ();
  g_autofree char *path = write_file (fixture, "a:b.sdp", GOOD, strlen (GOOD));

  g_assert_cmpint (g_chdir (fixture->folder), ==, 0);
  check_promise ("a:b.sdp", "239.1.1.1:5004: rtp video 239.1.1.1:5004 rtcp 5005 {33 MP2T/90000}");
  check_refusal ("nothing.sdp", LEC_ERROR_UNREACHABLE, "there is no such file");
  g_assert_cmpint (g_chdir (before), ==, 0);
}

static void
test_not_a_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *fifo = g_build_filename (fixture->folder, "fifo", NULL);
  g_autofree char *below = write_file (fixture, "file", "x", 1);
  g_autofree char *inside = g_build_filename (below, "x.sdp", NULL);

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  check_refusal (fifo, LEC_ERROR_UNREACHABLE, "this is not a regular file");
  check_refusal ("/dev/zero", LEC_ERROR_UNREACHABLE, "this is not a regular file");
  check_refusal (fixture->folder, LEC_ERROR_UNREACHABLE, "this is a folder");
  check_refusal (inside, LEC_ERROR_UNREACHABLE, "there is no such file");
  check_refusal ("", LEC_ERROR_UNREACHABLE, "there is no such file");
}

static void
test_forbidden (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_file (fixture, "x.sdp", GOOD, strlen (GOOD));

  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  if (g_access (path, R_OK) == 0)
    g_test_skip ("this user may read everything");
  else
    check_refusal (path, LEC_ERROR_UNREACHABLE, "you may not read this file");
}

static void
test_sizes (Fixture *fixture, gconstpointer data)
{
  gsize length = 10 * 1024 * 1024;
  g_autofree char *blanks = g_strnfill (length, ' ');
  g_autofree char *large = write_file (fixture, "large.sdp", blanks, length);
  g_autofree char *empty = write_file (fixture, "empty.sdp", "", 0);

  check_refusal (large, LEC_ERROR_UNSUPPORTED, "this is larger than the 1 MiB limit");
  check_refusal (empty, LEC_ERROR_MALFORMED, "it is empty");
}

static void
test_addresses (Fixture *fixture, gconstpointer data)
{
  check_promise ("udp://@239.1.2.3:1234", "239.1.2.3:1234: ts video 239.1.2.3:1234");
  check_promise ("239.1.2.3:1234", "239.1.2.3:1234: ts video 239.1.2.3:1234");
  check_refusal ("udp://hall", LEC_ERROR_UNSUPPORTED, "“hall” is not a numeric address");
  check_refusal ("RTSPU://a.example/x", LEC_ERROR_UNSUPPORTED, "RTSP over UDP is not supported");
  check_refusal ("rtsps://a.example/x", LEC_ERROR_UNSUPPORTED, "encrypted RTSP is not supported");
  check_refusal ("mms://127.0.0.1:1/x", LEC_ERROR_UNREACHABLE,
                 "the Windows Media channel cannot be had; over RTSP: no server runs at "
                 "127.0.0.1:1; check the address; over HTTP: no server runs at 127.0.0.1:1");
  check_refusal ("MMSH://127.0.0.1:1/x", LEC_ERROR_UNREACHABLE, "no server runs at 127.0.0.1:1");
  check_refusal ("gopher://a.example/", LEC_ERROR_UNSUPPORTED,
                 "addresses that begin with “gopher:”");
  check_refusal ("file://server/x.sdp", LEC_ERROR_UNREACHABLE, "this address does not name a file");
  check_refusal ("file:///%00", LEC_ERROR_UNREACHABLE, "this address does not name a file");
}

/* ENTRYREF, with the real reader: each is relative to the list it stands in. */
static void
test_included (Fixture *fixture, gconstpointer data)
{
  static const char outer[] = "<asx><title>Day</title><entry><title>A</title><ref href=\"rtp://"
                              "239.1.1.1\"></entry><entryref href=\"inner.asx\"></asx>";
  static const char inner[]
      = "<asx><entry skipifref=yes><title>N</title><ref href=\"udp://239.1.1.3:1\"></entry>"
        "<entry><title>B</title><ref href=\"udp://239.1.1.2:1\"></entry>"
        "<entryref href=\"outer.asx\"></asx>";
  g_autofree char *path = write_file (fixture, "outer.asx", outer, strlen (outer));
  g_autofree char *beside = write_file (fixture, "inner.asx", inner, strlen (inner));

  check_promise (path, "A: rtp video 239.1.1.1:5004 rtcp 5005 # B: ts video 239.1.1.2:1");
  check_promise (beside, "N: ts video 239.1.1.3:1 # B: ts video 239.1.1.2:1 # "
                         "A: rtp video 239.1.1.1:5004 rtcp 5005");
}

static void
test_only_itself (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "<asx><entryref href=\"x.asx\"></asx>";
  g_autofree char *path = write_file (fixture, "x.asx", text, strlen (text));

  check_refusal (path, LEC_ERROR_UNSUPPORTED, "it includes itself");
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_file (fixture, "x.sdp", GOOD, strlen (GOOD));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (lec_fetch_announcement (path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (lec_fetch_announcement (path, cancellable, NULL));
  g_assert_null (lec_fetch_announcement ("nothing", NULL, NULL));
}

/* A text that was pasted is read as if it had been fetched; what it names is nothing of ours. */
static void
test_text (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_file (fixture, "a.m3u", "#EXTM3U\nrtp://239.1.1.1\n", 25);
  g_autofree char *list = g_strdup_printf ("<ASX>\n<ENTRYREF HREF=\"file://%s\"/>\n</ASX>", path);
  g_autoptr (GError) error = NULL;

  check_promise (GOOD, "239.1.1.1:5004: rtp video 239.1.1.1:5004 rtcp 5005 {33 MP2T/90000}");
  g_assert_null (lec_fetch_announcement ("v=0\nm=audio 0\n", NULL, &error));
  g_assert_true (g_str_has_prefix (error->message, "the text: "));
  g_clear_error (&error);
  g_assert_null (lec_fetch_announcement (list, NULL, &error));
  g_assert_nonnull (strstr (error->message, "may not"));
  g_assert_false (lec_fetch_is_text ("x.sdp\r\n"));
}

/* It is known where an announcement lies; what was pasted lies nowhere. */
static void
test_uri (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_file (fixture, "a b.m3u", "#EXTM3U\nrtp://239.1.1.1\n", 25);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (LecAnnouncement) file = lec_fetch_announcement (path, NULL, NULL);
  g_autoptr (LecAnnouncement) text = lec_fetch_announcement (GOOD, NULL, NULL);

  g_assert_cmpstr (file->uri, ==, uri);
  g_assert_cmpstr (text->uri, ==, NULL);
}

/* A file of sound and pictures is played when whoever uses the program names it, and never because
 * a list does, wherever that lies. */
static void
test_own_media (Fixture *fixture, gconstpointer data)
{
  static const char media[] = "\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01";
  static const char list[] = "<asx><entry><title>A</title><ref href=\"rtp://239.1.1.1\"></entry>"
                             "<entryref href=\"hall%203.webm\"></asx>";
  static const char refusal[] = "a file of this computer is only played when you open it yourself";
  g_autofree char *path = write_file (fixture, "hall 3.webm", media, sizeof media - 1);
  g_autofree char *beside = write_file (fixture, "x.asx", list, strlen (list));
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *promise = g_strdup_printf ("hall 3.webm: uri %s", uri);
  g_autofree char *left_out = g_strdup_printf ("“%s” was left out: %s", uri, refusal);
  g_autoptr (LecAnnouncement) included = NULL, reference = NULL;
  g_autoptr (GError) error = NULL;

  check_promise (path, promise);
  check_promise (uri, promise);
  g_assert_null (lec_fetch_reference (uri, NULL, &error));
  g_assert_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED);
  g_assert_true (g_str_has_suffix (error->message, refusal));
  included = lec_fetch_announcement (beside, NULL, NULL);
  g_assert_cmpuint (included->channels->len, ==, 1);
  g_assert_true (
      g_ptr_array_find_with_equal_func (included->warnings, left_out, g_str_equal, NULL));
  reference = lec_fetch_reference (beside, NULL, NULL);
  g_assert_nonnull (reference);
}

static void
add (const char *path, void (*test) (Fixture *fixture, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/fetch/names", test_names);
  add ("/fetch/base", test_base);
  add ("/fetch/relative path", test_relative_path);
  add ("/fetch/not a file", test_not_a_file);
  add ("/fetch/forbidden", test_forbidden);
  add ("/fetch/sizes", test_sizes);
  add ("/fetch/addresses", test_addresses);
  add ("/fetch/included", test_included);
  add ("/fetch/only itself", test_only_itself);
  add ("/fetch/cancelled", test_cancelled);
  add ("/fetch/text", test_text);
  add ("/fetch/uri", test_uri);
  add ("/fetch/own media", test_own_media);
  return g_test_run ();
}
