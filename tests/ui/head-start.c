/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/head-start.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <sys/stat.h>

#include "calls.h"

#define SDP                                                                                        \
  "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=Lecture\r\nc=IN IP4 239.1.1.1/1\r\nt=0 0\r\n"              \
  "m=video 5004 RTP/AVP 26\r\n"

static LecPlayer *
new_player (void)
{
  return lec_player_new (gst_element_factory_make ("fakesink", NULL));
}

static void
start_with_file (const char *name, const char *text)
{
  g_autoptr (LecPlayer) player = new_player ();
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (text != NULL)
    g_assert_true (g_file_set_contents (path, text, -1, NULL));
  else
    g_assert_cmpint (mkfifo (path, 0600), ==, 0); /* who reads that waits for ever */
  lec_head_start (player, path);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_file (void)
{
  g_autofree char *much = g_strnfill (LEC_HEAD_START_MAX, '\n');
  g_autofree char *large = g_strconcat (SDP, much, NULL);

  start_with_file ("a.sdp", SDP);
  assert_calls ("join Lecture; free; ");
  start_with_file ("a.sdp", "nonsense");
  start_with_file ("a.sdp", "");
  start_with_file ("a.sdp", large);
  start_with_file ("a.sdp", NULL);
  /* nobody is asked for anything */
  start_with_file ("a.m3u", "#EXTM3U\nhttp://192.0.2.1/a.sdp\n");
  start_with_file ("a.m3u", "#EXTM3U\nrtsp://192.0.2.1/a\n");
  assert_calls ("");
}

static void
test_address (void)
{
  static const char *const others[] = { "http://192.0.2.1/a.sdp",
                                        "rtsp://192.0.2.1/a",
                                        "mms://192.0.2.1/a",
                                        "/nonexistent/a.sdp",
                                        "a.sdp",
                                        "udp://192.0.2.1:5004" };
  g_autoptr (LecPlayer) player = new_player ();

  lec_head_start (player, "rtp://239.1.2.3:5004");
  assert_calls ("join 239.1.2.3:5004; ");
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autoptr (LecPlayer) other = new_player ();

    lec_head_start (other, others[i]);
    assert_calls ("");
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/head-start/file", test_file);
  g_test_add_func ("/head-start/address", test_address);
  return g_test_run ();
}
