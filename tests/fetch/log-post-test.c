/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A log goes to servers for logs only, once, and nowhere that its announcement may not lead. */
#include "fetch/log-post.h"

#include <string.h>

#include "channel/error.h"
#include "web-server.h"

#define LINE "MX_STATS_LogLine: \t0.0.0.0 2005-11-29"
#define PAGE(heading)                                                                              \
  "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>" heading "</body></html>"

static const struct
{
  const char *path;
  const char *answer;
} pages[] = {
  { "/netshow.dll", PAGE ("<h1>NetShow ISAPI Log Dll</h1>") },
  { "/wms.dll", PAGE ("<H1> WMS ISAPI Log Dll/9.00.0.3372\n</H1>") },
  { "/five.dll", PAGE ("<h1>WMS ISAPI Log Dll/9.0.0.33721</h1>") },
  { "/three.dll", PAGE ("<h1>WMS ISAPI Log Dll/9.0.0</h1>") },
  { "/title.dll", PAGE ("<title>NetShow ISAPI Log Dll</title>") },
  { "/shop", PAGE ("<h1>Buy</h1>") },
  { "/404", "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n" },
};

static const struct
{
  const char *story;
  const char *path;
  const char *from;    /* (nullable) */
  const char *refusal; /* (nullable): a piece of the sentence */
  guint requests;
} stories[] = {
  { "NetShow", "/netshow.dll", NULL, NULL, 2 },
  { "Windows Media Services", "/wms.dll", NULL, NULL, 2 },
  { "announced by the same host", "/wms.dll", "http://127.0.0.1/x.nsc", NULL, 2 },
  { "a version that is none", "/five.dll", NULL, "is not a server for the logs", 1 },
  { "a version that is too short", "/three.dll", NULL, "is not a server for the logs", 1 },
  { "not the heading", "/title.dll", NULL, "is not a server for the logs", 1 },
  { "another page", "/shop", NULL, "is not a server for the logs", 1 },
  { "no page", "/404", NULL, "there is no such page", 1 },
  { "this computer, announced by another", "/wms.dll", "http://hall.example/x.nsc",
    "may not have logs sent to", 0 },
};

static gboolean refuses_posts;

static void
answer_cb (const char *path, GOutputStream *out, gpointer data)
{
  WebServer **server = data;
  g_autofree char *request = web_server_dup_request (*server);

  if (g_str_has_prefix (request, "POST")) {
    web_write (out, refuses_posts ? "HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n"
                                  : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (strcmp (path, pages[i].path) == 0)
      web_write (out, pages[i].answer);
}

static gboolean
post (const WebServer *server, const char *path, const char *from, GError **error)
{
  g_autofree char *address
      = g_strdup_printf ("http://127.0.0.1:%u%s", web_server_get_port (server), path);
  g_autoptr (LecDeadline) deadline = lec_deadline_new (LEC_LOG_LIMIT_MS, NULL, error);

  return lec_log_post (address, from, LINE, deadline, error);
}

static void
test_story (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  WebServer *server = NULL;
  g_autoptr (WebServer) owned = web_server_new ("127.0.0.1", NULL, answer_cb, &server);
  g_autoptr (GError) error = NULL;
  g_autofree char *request = NULL;

  server = owned;
  refuses_posts = FALSE;
  if (stories[i].refusal == NULL) {
    g_assert_true (post (server, stories[i].path, stories[i].from, &error));
    g_assert_no_error (error);
    request = web_server_dup_request (server);
    g_assert_true (g_str_has_prefix (request, "POST "));
    g_assert_true (g_str_has_suffix (request, "\r\n\r\n" LINE));
    g_assert_nonnull (strstr (request, "Content-Type: text/plain;charset=UTF-8\r\n"));
    g_assert_null (strstr (request, "Cookie"));
  } else {
    g_assert_false (post (server, stories[i].path, stories[i].from, &error));
    g_assert_error (error, LEC_ERROR, error->code);
    g_assert_nonnull (strstr (error->message, stories[i].refusal));
  }
  g_assert_cmpuint (web_server_count_requests (server), ==, stories[i].requests);
}

/* A server that does not take it is not asked again. */
static void
test_refused (void)
{
  WebServer *server = NULL;
  g_autoptr (WebServer) owned = web_server_new ("127.0.0.1", NULL, answer_cb, &server);
  g_autoptr (GError) error = NULL;

  server = owned;
  refuses_posts = TRUE;
  g_assert_false (post (server, "/wms.dll", NULL, &error));
  g_assert_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, "405"));
  g_assert_cmpuint (web_server_count_requests (server), ==, 2);
}

static void
test_addresses (void)
{
  const char *addresses[]
      = { "", "ftp://a.example/", "file:///etc/passwd", "mms://a.example/", "x" };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LecDeadline) deadline = lec_deadline_new (LEC_LOG_LIMIT_MS, NULL, NULL);

    g_assert_false (lec_log_post (addresses[i], NULL, LINE, deadline, &error));
    g_assert_nonnull (error);
    g_assert_true (error->domain == LEC_ERROR);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++) {
    g_autofree char *path = g_strdup_printf ("/log-post/%s", stories[i].story);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_story);
  }
  g_test_add_func ("/log-post/refused", test_refused);
  g_test_add_func ("/log-post/addresses", test_addresses);
  return g_test_run ();
}
