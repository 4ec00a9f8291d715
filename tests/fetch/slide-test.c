/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Slides of lectures, from servers that mean well and of those that do not. {1} and {2} are the
 * ports of two servers; names lead to this computer. */
#include "fetch/slide.h"

#include <string.h>

#include "channel/error.h"
#include "names.h"
#include "web-server.h"

#define OK "HTTP/1.1 200 OK\r\n"
#define MOVED(where) "HTTP/1.1 302 Moved\r\nLocation: " where "\r\n\r\n"
#define GIF "GIF89a\1\1\1\1\1" /* what can be written in a string: no NUL */

static WebServer *servers[2];

static const struct
{
  const char *path, *answer;
} pages[] = {
  { "/1.gif", OK "Content-Type: image/gif\r\n\r\n" GIF },
  { "/as-text.gif", OK "Content-Type: text/plain\r\n\r\n" GIF },
  { "/page.gif", OK "Content-Type: image/gif\r\n\r\n<html>no picture</html>" },
  { "/empty.gif", OK "Content-Length: 0\r\n\r\n" },
  { "/404.gif", "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n" },
  { "/401.gif", "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\nx" },
  { "/to-1.gif", MOVED ("1.gif") },
  { "/to-other-port.gif", MOVED ("http://127.0.0.1:{2}/1.gif") },
  { "/to-name.gif", MOVED ("http://leads-here.example:{1}/1.gif") },
  { "/to-file.gif", MOVED ("file:///etc/hostname") },
  { "/to-nowhere.gif", "HTTP/1.1 302 Moved\r\n\r\n" },
  { "/round.gif", MOVED ("/round.gif") },
};

static char *
fill_in (const char *text)
{
  g_autoptr (GString) filled = g_string_new (text);

  for (guint i = 0; i < G_N_ELEMENTS (servers); i++) {
    g_autofree char *find = g_strdup_printf ("{%u}", i + 1);
    g_autofree char *port = g_strdup_printf ("%u", web_server_get_port (servers[i]));

    g_string_replace (filled, find, port, 0);
  }
  return g_strdup (filled->str);
}

static void
answer (const char *path, GOutputStream *out, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    if (strcmp (pages[i].path, path) == 0) {
      g_autofree char *filled = fill_in (pages[i].answer);

      web_write (out, filled);
      return;
    }
  }
  if (strcmp (path, "/huge.gif") == 0) {
    web_write (out, OK "\r\n" GIF);
    while (web_write (out, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"))
      ;
  }
}

#define HERE "http://127.0.0.1:{1}/x.asx"

/* NULL: it is fetched; else a piece of the reason */
static const struct
{
  const char *uri, *origin;
  gboolean anywhere;
  const char *reason;
} rows[] = {
  { "http://127.0.0.1:{1}/1.gif", HERE },
  { "http://127.0.0.1:{1}/to-1.gif", HERE },
  { "http://127.0.0.1:{1}/as-text.gif", HERE },
  { "http://127.0.0.1:{1}/1.gif", HERE, TRUE },
  { "http://localhost:{1}/1.gif", "http://localhost:{1}/", FALSE },

  /* another place than that of the announcement: only with consent, and never here */
  { "http://127.0.0.1:{1}/1.gif", NULL, FALSE, "not asked" },
  { "http://127.0.0.1:{1}/1.gif", NULL, TRUE, "not asked" },
  { "http://127.0.0.1:{1}/1.gif", "file:///srv/x.asx", TRUE, "not asked" },
  { "http://127.0.0.1:{2}/1.gif", HERE, FALSE, "not asked" },
  { "http://127.0.0.1:{2}/1.gif", HERE, TRUE, "not asked" },
  { "http://localhost:{1}/1.gif", HERE, TRUE, "not asked" },
  { "http://127.1:{1}/1.gif", "http://a.example:{1}/", TRUE, "127.1" },
  { "http://leads-here.example:{1}/1.gif", NULL, TRUE, "not asked" },
  /* the name of the announcement's own server leads here only now */
  { "http://leads-here.example:{1}/1.gif", "http://leads-here.example:{1}/x.asx", TRUE,
    "not asked" },
  { "http://127.0.0.1:{1}/to-other-port.gif", HERE, TRUE, "not asked" },
  { "http://127.0.0.1:{1}/to-name.gif", HERE, TRUE, "not asked" },
  { "http://127.0.0.1:{1}/to-name.gif", HERE, FALSE, "not asked" },
  { "http://127.0.0.1:{1}/to-file.gif", HERE, TRUE, "not looked for" },
  { "http://127.0.0.1:{1}/to-nowhere.gif", HERE, FALSE, "not looked for" },
  { "http://127.0.0.1:{1}/round.gif", HERE, FALSE, "more than 5 times" },

  { "http://127.0.0.1:{1}/page.gif", HERE, FALSE, "no picture" },
  { "http://127.0.0.1:{1}/empty.gif", HERE, FALSE, "no picture" },
  { "http://127.0.0.1:{1}/404.gif", HERE, FALSE, "no such page" },
  { "http://127.0.0.1:{1}/401.gif", HERE, FALSE, "" },
  { "http://127.0.0.1:{1}/huge.gif", HERE, FALSE, "more than 8 MB" },
  { "http://nobody.example/1.gif", NULL, TRUE, "nobody.example" },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *uri = fill_in (rows[i].uri);
    g_autofree char *origin = rows[i].origin != NULL ? fill_in (rows[i].origin) : NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = lec_slide_fetch (uri, origin, rows[i].anywhere, NULL, &error);

    g_test_message ("%s of %s: %s", uri, origin, error != NULL ? error->message : "fetched");
    if (rows[i].reason == NULL) {
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), GIF, strlen (GIF));
      continue;
    }
    g_assert_null (bytes);
    g_assert_true (error->domain == LEC_ERROR);
    g_assert_nonnull (strstr (error->message, rows[i].reason));
  }
}

/* What is not to be asked is not even connected to. */
static void
test_not_asked (void)
{
  g_autofree char *uri = fill_in ("http://leads-here.example:{2}/1.gif");
  const guint before = web_server_count_requests (servers[1]);

  g_assert_null (lec_slide_fetch (uri, NULL, TRUE, NULL, NULL));
  g_assert_cmpuint (web_server_count_requests (servers[1]), ==, before);
}

/* Nothing is told about the viewer but the name of the program. */
static void
test_request (void)
{
  g_autofree char *uri = fill_in ("http://127.0.0.1:{1}/1.gif");
  g_autofree char *origin = fill_in (HERE);
  g_autoptr (GBytes) bytes = lec_slide_fetch (uri, origin, FALSE, NULL, NULL);
  g_autofree char *request = web_server_dup_request (servers[0]);

  g_assert_nonnull (bytes);
  g_assert_true (g_str_has_prefix (request, "GET /1.gif HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (request, "\r\nUser-Agent: Lectern/"));
  g_assert_nonnull (strstr (request, "\r\nAccept: image/png,"));
  g_assert_null (strcasestr (request, "\r\nReferer:"));
  g_assert_null (strcasestr (request, "\r\nCookie:"));
  g_assert_null (strcasestr (request, "\r\nAuthorization:"));
}

static void
test_origin (void)
{
  static const struct
  {
    const char *uri, *origin;
    gboolean is;
  } origins[] = {
    { "http://a.example/1.png", "http://a.example/x.asx", TRUE },
    { "http://A.EXAMPLE/1.png", "https://a.example/x.asx", TRUE },
    { "https://a.example/1.png", "http://a.example:8080/x.asx", TRUE },
    { "http://a.example:8080/1.png", "http://a.example:8080/x.asx", TRUE },
    { "http://a.example:8081/1.png", "http://a.example:8080/x.asx", FALSE },
    { "http://a.example:22/1.png", "http://a.example/x.asx", FALSE },
    { "http://b.a.example/1.png", "http://a.example/x.asx", FALSE },
    { "http://a.example/1.png", "file:///srv/x.asx", FALSE },
    { "http://a.example/1.png", "rtsp://a.example/x", FALSE },
    { "http://a.example/1.png", NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (origins); i++)
    g_assert_cmpint (lec_slide_is_of_origin (origins[i].uri, origins[i].origin), ==, origins[i].is);
}

static void
fetched_cb (GBytes *bytes, const GError *error, gpointer data)
{
  g_assert_no_error (error);
  *(GBytes **) data = g_bytes_ref (bytes);
}

static void
not_fetched_cb (GBytes *bytes, const GError *error, gpointer data)
{
  g_assert_not_reached ();
}

/* What is freed is not told. */
static void
test_fetcher (void)
{
  g_autofree char *uri = fill_in ("http://127.0.0.1:{1}/1.gif");
  g_autofree char *origin = fill_in (HERE);
  g_autoptr (GBytes) bytes = NULL;
  LecSlideFetcher *cancelled = lec_slide_fetcher_new (uri, origin, FALSE, not_fetched_cb, NULL);
  g_autoptr (LecSlideFetcher) fetcher
      = lec_slide_fetcher_new (uri, origin, FALSE, fetched_cb, &bytes);

  lec_slide_fetcher_free (cancelled);
  while (bytes == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, strlen (GIF));
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  names_install ();
  servers[0] = web_server_new ("127.0.0.1", NULL, answer, NULL);
  servers[1] = web_server_new ("127.0.0.1", NULL, answer, NULL);
  g_test_add_func ("/slide/rows", test_rows);
  g_test_add_func ("/slide/not-asked", test_not_asked);
  g_test_add_func ("/slide/request", test_request);
  g_test_add_func ("/slide/origin", test_origin);
  g_test_add_func ("/slide/fetcher", test_fetcher);
  status = g_test_run ();
  web_server_free (servers[0]);
  web_server_free (servers[1]);
  return status;
}
