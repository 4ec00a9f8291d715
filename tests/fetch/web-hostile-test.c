/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Servers that never end, say nothing, or say too much: each is done with in bounded time and
 * memory. */
#include <gio/gio.h>
#include <string.h>

#include "announce/announcement.h"
#include "fetch/document.h"
#include "names.h"
#include "refusal.h"
#include "web-server.h"

#define SHORT_MS 300
#define LONG_MS 60000
#define OK "HTTP/1.1 200 OK\r\n"

static WebServer *server;
static GTlsCertificate *certificate;

/* What is sent once, and then over and over until the client goes. */
static const struct
{
  const char *path;
  const char *first;
  const char *again; /* NULL: silence, until the client goes */
  guint wait_ms;     /* before each */
} pages[] = {
  { "/text", OK "Content-Type: application/sdp\r\n\r\nv=0\r\n", "a=x:0123456789\r\n" },
  { "/video", OK "Content-Type: video/mp4\r\n\r\n", "\1\2\3\4 mp4" },
  { "/sound", OK "Content-Type: audio/mpeg\r\n\r\n", "\1\2\3\4 mp3" },
  { "/untyped", OK "\r\n", "\1\2\3\4 mp4" },
  { "/headers", OK, "X-Header: 0123456789\r\n" },
  { "/header", OK "X-Header: ", "0123456789" },
  { "/status", "", "HTTP" },
  { "/informed", "", "HTTP/1.1 100 Continue\r\n\r\n" },
  { "/chunk", OK "Transfer-Encoding: chunked\r\n\r\n5;", "extension" },
  { "/trailer", OK "Transfer-Encoding: chunked\r\n\r\n1\r\nv\r\n0\r\n", "A: b\r\n" },
  { "/moved", "HTTP/1.1 302 Moved\r\nLocation: /nix\r\n\r\n", "endless" },
  { "/missing", "HTTP/1.1 404 No\r\n\r\n", "endless" },
  { "/slow", OK "\r\n", "v", 10 },
  { "/slow-header", OK, "X-Header: y\r\n", 10 },
  { "/silent", "", NULL },
  { "/silent-body", OK "\r\nv=0\r\n", NULL },
  { "/closed", NULL },
  { "/cut", OK "Content-Length: 100\r\n\r\nv=0\r\n" },
  { "/radio", "ICY 200 OK\r\n\r\n" },
  { "/packed", OK "Content-Encoding: gzip\r\n\r\n", "\1\2\3\4 gz" },
  { "/odd", OK "Content-Encoding: br\r\n\r\nv=0\r\n" },
};

static void
answer (const char *path, GOutputStream *out, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    if (strcmp (path, pages[i].path) != 0)
      continue;
    if (pages[i].first == NULL || !web_write (out, pages[i].first))
      return;
    if (pages[i].again != NULL) {
      g_autoptr (GString) block = g_string_new (pages[i].again);

      while (pages[i].wait_ms == 0 && block->len < 8192)
        g_string_append (block, pages[i].again);
      while (web_write (out, block->str))
        g_usleep (pages[i].wait_ms * 1000);
    } else if (g_str_has_prefix (path, "/silent")) {
      g_usleep (2 * SHORT_MS * 1000);
    }
    return;
  }
  web_write (out, "HTTP/1.1 404 No\r\n\r\n");
}

/* A refusal is a code and a piece of the sentence. */
static const struct
{
  const char *path;
  guint limit_ms;
  gboolean may_play;
  const char *refusal;
} stories[] = {
  { "/text", LONG_MS, FALSE, "unsupported: this is larger than the 1 MiB limit" },
  { "/video", LONG_MS, TRUE, "unsupported: leads to a video, not to the announcement" },
  { "/sound", LONG_MS, TRUE, "unsupported: leads to a sound recording, not to the announcement" },
  { "/untyped", LONG_MS, TRUE, "unsupported: leads to something that is not text" },
  { "/headers", LONG_MS, TRUE, "unreachable: breaks off or makes no sense" },
  { "/header", LONG_MS, TRUE, "unreachable: breaks off or makes no sense" },
  { "/status", LONG_MS, TRUE, "unreachable: breaks off or makes no sense" },
  { "/informed", SHORT_MS, TRUE, "unreachable: did not answer in full within 0.3 seconds" },
  { "/chunk", LONG_MS, TRUE, "unreachable: " },
  { "/moved", LONG_MS, FALSE, "unreachable: there is no such page" },
  { "/missing", LONG_MS, FALSE, "unreachable: there is no such page" },
  { "/slow", SHORT_MS, TRUE, "unreachable: did not answer in full within 0.3 seconds" },
  { "/slow-header", SHORT_MS, TRUE, "unreachable: did not answer in full within 0.3 seconds" },
  { "/silent", SHORT_MS, TRUE, "unreachable: did not answer in full within 0.3 seconds" },
  { "/silent-body", SHORT_MS, TRUE, "unreachable: did not answer in full within 0.3 seconds" },
  { "/closed", LONG_MS, TRUE, "unreachable: " },
  { "/cut", LONG_MS, TRUE, "unreachable: breaks off or makes no sense" },
  { "/packed", LONG_MS, TRUE, "unsupported: " },
  { "/odd", LONG_MS, FALSE, "malformed: packed in a way that cannot be unpacked" },
};

static char *
address_of (const char *path)
{
  return g_strdup_printf ("http://127.0.0.1:%u%s", web_server_get_port (server), path);
}

static void
test_story (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *address = address_of (stories[i].path);
  gint64 begin = g_get_monotonic_time ();

  lec_refusal_check (address, stories[i].limit_ms, NULL, stories[i].may_play, stories[i].refusal);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, LONG_MS * G_TIME_SPAN_MILLISECOND / 4);
}

static void
test_silent_name (void)
{
  lec_refusal_check ("http://silent.example/x.sdp", SHORT_MS, NULL, TRUE,
                     "unreachable: silent.example did not answer in full within 0.3 seconds");
}

static gpointer
cancel_thread (gpointer cancellable)
{
  g_usleep (50000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

/* A viewer who goes on to another channel does not wait for the one before. */
static void
test_cancel (void)
{
  static const char *const paths[]
      = { "/silent", "/slow", "/slow-header", "/informed", "/silent-body" };

  for (guint i = 0; i <= G_N_ELEMENTS (paths); i++) {
    g_autofree char *address
        = i < G_N_ELEMENTS (paths) ? address_of (paths[i]) : g_strdup ("http://silent.example/");
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (LecDeadline) deadline = lec_deadline_new (LONG_MS, cancellable, NULL);
    g_autoptr (GError) error = NULL;
    GThread *thread = g_thread_new ("cancels", cancel_thread, cancellable);
    gboolean may_play = TRUE;

    g_assert_null (lec_document_open (address, deadline, NULL, &may_play, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_false (may_play);
    g_thread_join (thread);
  }
}

static guint
count_descriptors (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

/* Whatever a server does, no connection to it stays behind. The server's own ends close a moment
 * later than ours. */
static void
test_nothing_stays (void)
{
  guint before = count_descriptors ();

  for (guint i = 0; i < G_N_ELEMENTS (stories); i++)
    test_story (GUINT_TO_POINTER (i));
  for (guint i = 0; i < 500 && count_descriptors () > before; i++)
    g_usleep (10000);
  g_assert_cmpuint (count_descriptors (), <=, before);
}

static void
greet (const char *path, GOutputStream *out, gpointer data)
{
  web_write (out, OK "\r\nv=0\r\nc=IN IP4 239.1.1.1\r\nm=video 5004 RTP/AVP 33\r\n");
}

/* Its certificate is in order but for that nobody has signed it. */
static void
test_untrusted (void)
{
  g_autoptr (WebServer) secure = NULL;
  g_autofree char *address = NULL;

  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ())) {
    g_test_skip ("there is no TLS here; glib-networking brings it");
    return;
  }
  secure = web_server_new ("127.0.0.1", certificate, greet, NULL);
  address = g_strdup_printf ("https://station.example:%u/x.sdp", web_server_get_port (secure));
  lec_refusal_check (address, LONG_MS, NULL, FALSE,
                     "unreachable: is not trusted: it is not signed by a known authority");
  g_assert_cmpuint (web_server_count_requests (secure), ==, 0);
}

static void
test_not_secure (void)
{
  g_autofree char *address
      = g_strdup_printf ("https://127.0.0.1:%u/text", web_server_get_port (server));

  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ())) {
    g_test_skip ("there is no TLS here; glib-networking brings it");
    return;
  }
  lec_refusal_check (address, LONG_MS, NULL, FALSE,
                     "unreachable: no secure connection to 127.0.0.1");
}

int
main (int argc, char *argv[])
{
  g_autofree char *file = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  names_install ();
  file = g_test_build_filename (G_TEST_DIST, "self-signed.pem", NULL);
  certificate = g_tls_certificate_new_from_file (file, NULL);
  server = web_server_new ("127.0.0.1", NULL, answer, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++) {
    g_autofree char *path = g_strdup_printf ("/hostile%s", stories[i].path);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_story);
  }
  g_test_add_func ("/hostile-name", test_silent_name);
  g_test_add_func ("/hostile-cancel", test_cancel);
  g_test_add_func ("/hostile-stays", test_nothing_stays);
  g_test_add_func ("/hostile-untrusted", test_untrusted);
  g_test_add_func ("/hostile-not-secure", test_not_secure);
  status = g_test_run ();
  web_server_free (server);
  g_clear_object (&certificate);
  return status;
}
