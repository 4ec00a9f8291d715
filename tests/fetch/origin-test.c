/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/origin.h"

static const struct
{
  const char *from;
  const char *to;
  gboolean may;
} rows[] = {
  { "http://a.example/x", "http://b.example/y", TRUE },
  { "http://a.example/x", "http://192.0.2.1/y", TRUE },
  { "http://a.example/x", "http://[2001:db8::1]/y", TRUE },
  { "http://a.example/x", "rtp://239.1.1.1:5004", TRUE },
  { "http://a.example/x", "mms://b.example/y", TRUE },
  { "http://a.example/x", "http://localhost.b.c/y", FALSE },
  { "http://a.example/x", "http://notlocalhost/y", TRUE },
  { "http://a.example/x", "http://127.example/y", TRUE },

  /* into this computer */
  { "http://a.example/x", "http://127.0.0.1/y", FALSE },
  { "http://a.example/x", "https://127.9.9.9:8080/y", FALSE },
  { "http://a.example/x", "http://LocalHost:631/y", FALSE },
  { "http://a.example/x", "http://localhost./y", FALSE },
  { "http://a.example/x", "http://x.localhost/y", FALSE },
  { "http://a.example/x", "http://ip6-localhost/y", FALSE },
  { "http://a.example/x", "http://localhost.localdomain/y", FALSE },
  { "http://a.example/x", "http://[::1]/y", FALSE },
  { "http://a.example/x", "http://[::]/y", FALSE },
  { "http://a.example/x", "http://[0:0:0:0:0:0:0:1]/y", FALSE },
  { "http://a.example/x", "http://[::ffff:127.0.0.1]/y", FALSE },
  { "http://a.example/x", "http://0.0.0.0/y", FALSE },
  { "http://a.example/x", "http://0/y", FALSE },
  { "http://a.example/x", "http://127.1/y", FALSE },
  { "http://a.example/x", "http://2130706433/y", FALSE },
  { "http://a.example/x", "http://0x7f000001/y", FALSE },
  { "http://a.example/x", "http://0177.0.0.1/y", FALSE },
  { "http://a.example/x", "http://%31%32%37.0.0.1/y", FALSE },
  { "http://a.example/x", "http://user@127.0.0.1/y", FALSE },
  { "http://a.example/x", "file:///etc/passwd", FALSE },
  { "http://a.example/x", "file:x", FALSE },
  { "mms://a.example/x", "file:///etc/passwd", FALSE },
  { "mmsh://a.example/x", "http://127.0.0.1/y", FALSE },
  { "HTTPS://a.example/x", "FILE:///etc/passwd", FALSE },
  { "http://192.0.2.1/x", "http://127.0.0.1/y", FALSE },
  { "http://10.0.0.1/x", "http://localhost/y", FALSE },
  { "http://127.0.0.1/x", "file:///etc/passwd", FALSE },
  { "http://a.example/x", "rtsp://127.0.0.1/y", FALSE },
  { "rtsp://a.example/x", "rtsp://127.0.0.1/y", FALSE },

  /* onto this link */
  { "http://a.example/x", "http://169.254.1.1/y", FALSE },
  { "http://a.example/x", "http://[fe80::1]/y", FALSE },
  { "http://169.254.1.1/x", "http://169.254.1.2/y", TRUE },
  { "http://[fe80::1]/x", "http://169.254.1.2/y", TRUE },
  { "http://169.254.1.1/x", "http://127.0.0.1/y", FALSE },

  /* what lies here may name what lies here */
  { "http://127.0.0.1/x", "http://localhost/y", TRUE },
  { "http://localhost/x", "http://[::1]/y", TRUE },
  { "http://localhost/x", "http://a.example/y", TRUE },
  { "file:///x", "http://127.0.0.1/y", TRUE },
  { "file:///x", "file:///y", TRUE },
  { "rtp://239.1.1.1:5004", "http://127.0.0.1/y", TRUE },
};

static void
test_row (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);

  if (lec_origin_may_lead (rows[i].from, rows[i].to) != rows[i].may)
    g_error ("%s %s lead to %s", rows[i].from, rows[i].may ? "may not" : "may", rows[i].to);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/origin/%u", i);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
  }
  return g_test_run ();
}
