/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/cue-link.h"

#include <string.h>

#define BASE "http://web.example/course/"

static const struct
{
  const char *parameter, *base;
  const char *uri; /* NULL: nowhere */
  const char *host;
  gboolean is_slide;
} rows[] = {
  /* absolute */
  { "http://a.example/page.html", NULL, "http://a.example/page.html", "a.example" },
  { "HTTPS://a.example/1.PNG?x=1#y", NULL, "HTTPS://a.example/1.PNG?x=1#y", "a.example", TRUE },
  { " http://a.example/a b.jpg ", NULL, "http://a.example/a%20b.jpg", "a.example", TRUE },
  { "http:\\\\a.example\\1.gif", NULL, "http://a.example/1.gif", "a.example", TRUE },
  { "www.a.example/x", NULL, "http://www.a.example/x", "www.a.example" },
  { "http://a.example/x&&main", NULL, "http://a.example/x", "a.example" },
  { "http://a.example/x?a=1&b=2&&_blank", NULL, "http://a.example/x?a=1&b=2", "a.example" },
  { "http://h\303\266rsaal.example/", NULL, "http://h%C3%B6rsaal.example/",
    "xn--hrsaal-wxa.example" },
  /* relative */
  { "1.png", BASE, BASE "1.png", "web.example", TRUE },
  { "slides\\1.jpeg&&left", BASE, BASE "slides/1.jpeg", "web.example", TRUE },
  { "./1.webp", BASE, BASE "1.webp", "web.example", TRUE },
  { "/1.bmp", BASE, BASE "1.bmp", "web.example", TRUE },
  { "../../1.png", BASE, BASE "1.png", "web.example", TRUE },
  { "//evil.example/1.png", BASE, BASE "evil.example/1.png", "web.example", TRUE },
  { "1.png", "http://web.example/course/today.asx?a=/b", BASE "1.png", "web.example", TRUE },
  { "1.png", "http://web.example", "http://web.example/1.png", "web.example", TRUE },
  { "1.png", NULL },
  { "1.png", "file:///srv/" },
  { "1.png", "http:" },
  { "1.png", "http:x" },
  /* nowhere */
  { "", BASE },
  { "  ", BASE },
  { "&&frame", BASE },
  { "javascript:alert(1)", BASE },
  { "JavaScript:alert(1)", BASE },
  { "file:///etc/hostname", BASE },
  { "C:\\boot.ini", BASE },
  { "mailto:a@a.example", BASE },
  { "mms://a.example/x", BASE },
  { "data:text/html,x", BASE },
  { "http://bank.example@a.example/", BASE },
  { "http:///x", BASE },
  { "http://", BASE },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LecCueLink) link = lec_cue_link_new (rows[i].parameter, rows[i].base);

    g_test_message ("%s", rows[i].parameter);
    g_assert_cmpstr (link != NULL ? link->uri : NULL, ==, rows[i].uri);
    if (link == NULL)
      continue;
    g_assert_cmpstr (link->host, ==, rows[i].host);
    g_assert_cmpint (link->is_slide, ==, rows[i].is_slide);
  }
}

static void
test_long (void)
{
  g_autofree char *path = g_strnfill (2000, 'a');
  g_autofree char *address = g_strconcat ("http://a.example/", path, NULL);

  g_assert_null (lec_cue_link_new (address, NULL));
  g_assert_null (lec_cue_link_new (path, BASE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cue-link/rows", test_rows);
  g_test_add_func ("/cue-link/long", test_long);
  return g_test_run ();
}
