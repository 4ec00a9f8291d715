/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/application.h"

#include <glib/gstdio.h>

static const struct
{
  const char *argument;
  const char *location; /* %s: the directory it was written in */
} arguments[] = {
  { "here.sdp", "%s/here.sdp" },
  { "./here.sdp", "%s/here.sdp" },
  { "missing.sdp", "%s/missing.sdp" },
  { "239.9.9.9:9999", "%s/239.9.9.9:9999" }, /* a file of that name lies there */
  { "/lectures/../a.asx", "/a.asx" },
  { "239.1.2.3:5004", "239.1.2.3:5004" },
  { "239.1.2.3", "239.1.2.3" },
  { "@239.1.2.3:1234", "@239.1.2.3:1234" },
  { "192.0.2.1@239.1.2.3:1234", "192.0.2.1@239.1.2.3:1234" },
  { "239.1.2.3:5004?ttl=3", "239.1.2.3:5004?ttl=3" },
  { "[ff15::1]:5004", "[ff15::1]:5004" },
  { "udp://@239.1.2.3:1234", "udp://@239.1.2.3:1234" },
  { "rtp://239.1.2.3:5004", "rtp://239.1.2.3:5004" },
  { "http://example.org/a.sdp", "http://example.org/a.sdp" },
  { "file:///a.sdp", "file:///a.sdp" },
};

static void
test_location_for_argument (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = g_dir_make_tmp ("lectern-XXXXXX", &error);
  g_autofree char *here = g_build_filename (directory, "here.sdp", NULL);
  g_autofree char *disguised = g_build_filename (directory, "239.9.9.9:9999", NULL);

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (here, "", 0, NULL));
  g_assert_true (g_file_set_contents (disguised, "", 0, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (arguments); i++) {
    g_auto (GStrv) parts = g_strsplit (arguments[i].location, "%s", 2);
    g_autofree char *expected = g_strjoinv (directory, parts);
    g_autofree char *location = lec_location_for_argument (arguments[i].argument, directory);

    g_assert_cmpstr (location, ==, expected);
  }

  g_unlink (here);
  g_unlink (disguised);
  g_rmdir (directory);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/application/location-for-argument", test_location_for_argument);

  return g_test_run ();
}
