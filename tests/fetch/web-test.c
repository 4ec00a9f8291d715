/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Announcements from servers that mean well, as a viewer asks for them: by their address. */
#include <string.h>

#include "channel/error.h"
#include "channel/text.h"
#include "fetch/fetch.h"
#include "names.h"
#include "rows.h"
#include "web-server.h"

#define SDP "v=0\r\nc=IN IP4 239.1.1.1\r\nm=video 5004 RTP/AVP 33\r\n"
#define PROMISE "239.1.1.1:5004: rtp video 239.1.1.1:5004 rtcp 5005 {33 MP2T/90000}"
#define ASX(href) "<asx><entry><title>T</title><ref href=\"" href "\"></entry></asx>"

#define OK "HTTP/1.1 200 OK\r\n"
#define TEXT(type, text) OK "Content-Type: " type "\r\n\r\n" text
#define MOVED(status, where) "HTTP/1.1 " status " Moved\r\nLocation: " where "\r\n\r\nv=0"
#define EMPTY(status) "HTTP/1.1 " status "\r\nContent-Length: 0\r\n\r\n"

/* In answers, promises and refusals, {1} and {2} are the ports of the two servers. */
static const struct
{
  const char *path;
  const char *answer;
} pages[] = {
  { "/x.sdp", TEXT ("application/sdp", SDP) },
  { "/plain", TEXT ("text/plain", SDP) },
  { "/as-html", TEXT ("text/html; charset=utf-8", SDP) },
  { "/as-video", TEXT ("video/mp4", SDP) },
  { "/untyped", OK "\r\n" SDP },
  { "/odd-type", TEXT ("///;;=\"", SDP) },
  { "/length", OK "Content-Length: 54\r\n\r\n" SDP "trailing" },
  { "/chunked", OK "Transfer-Encoding: chunked\r\n\r\n10\r\nv=0\r\nc=IN IP4 23\r\n"
                   "26\r\n9.1.1.1\r\nm=video 5004 RTP/AVP 33\r\n    \r\n0\r\n\r\n" },
  { "/old", "HTTP/1.0 200 OK\n\n" SDP },
  { "/hall%203.sdp", TEXT ("application/sdp", SDP) },
  { "/h%C3%B6rsaal.sdp", TEXT ("application/sdp", SDP) },
  { "/x?a=1&b=2", TEXT ("application/sdp", SDP) },
  { "/", TEXT ("application/sdp", SDP) },

  { "/a/list.asx", TEXT ("video/x-ms-asf", ASX ("talk.wmv")) },
  { "/a/?file=list", TEXT ("text/plain", ASX ("talk.wmv")) },
  { "/to-list", MOVED ("302", "/a/list.asx") },
  { "/a/up", MOVED ("301", "../b/c") },
  { "/b/c", TEXT ("text/plain", ASX ("talk.wmv")) },
  { "/to-other", MOVED ("307", "http://b.example:{2}/b/c") },
  { "/to-other-host", MOVED ("303", "//b.example:{2}/b/c#part") },
  { "/to-blank", MOVED ("308", "hall 3.sdp") },
  { "/1", MOVED ("302", "/2") },
  { "/2", MOVED ("302", "/3") },
  { "/3", MOVED ("302", "/4") },
  { "/4", MOVED ("302", "/5") },
  { "/5", MOVED ("302", "/x.sdp") },
  { "/0", MOVED ("302", "/1") },
  { "/round", MOVED ("302", "/round") },
  { "/to-host", MOVED ("302", "http://127.0.0.1:{1}/x.sdp") },
  { "/to-name", MOVED ("302", "http://localhost:{1}/x.sdp") },
  { "/to-file", MOVED ("302", "file:///etc/passwd") },
  { "/to-mms", MOVED ("302", "mms://b.example/x") },
  { "/to-nowhere", "HTTP/1.1 302 Found\r\n\r\n" },
  { "/to-nothing", MOVED ("302", "http://") },

  { "/page", TEXT ("text/html", "<!DOCTYPE html><html><body>v=0</body></html>") },
  { "/note", TEXT ("text/plain", "hello, viewer") },
  { "/nothing", TEXT ("application/sdp", "") },
  { "/204", EMPTY ("204 No Content") },
  { "/empty-list", TEXT ("video/x-ms-asf", "<asx></asx>") },
  { "/410", EMPTY ("410 Gone") },
  { "/401", "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\nx" },
  { "/403", EMPTY ("403 Forbidden") },
  { "/429", EMPTY ("429 Slow down") },
  { "/418", EMPTY ("418 I'm a teapot") },
  { "/500", "HTTP/1.1 500 Oops\r\n\r\n" SDP },
  { "/503", EMPTY ("503 Later") },
  { "/304", EMPTY ("304 Not Modified") },
  { "/file", TEXT ("text/plain", ASX ("file:///etc/passwd")) },
};

/* A server is {1}, and beside it {2}. What is asked for is an address; of a refusal, code and a
 * piece of its sentence. */
static const struct
{
  const char *story;
  const char *address;
  const char *promise;
  const char *refusal;
} stories[] = {
  { "an announcement", "http://127.0.0.1:{1}/x.sdp", PROMISE },
  { "by name", "http://a.example:{1}/x.sdp", PROMISE },
  { "by IPv6", "http://[::1]:{2}/x.sdp", PROMISE },
  { "any case", "HTTP://A.Example:{1}/x.sdp", PROMISE },
  { "blanks around", " http://a.example:{1}/x.sdp\n", PROMISE },
  { "without http", "a.example:{1}/x.sdp", PROMISE },
  { "fragment", "http://127.0.0.1:{1}/x.sdp#now", PROMISE },
  { "no path", "http://127.0.0.1:{1}", PROMISE },
  { "query", "http://127.0.0.1:{1}/x?a=1&b=2", PROMISE },
  { "a blank", "http://127.0.0.1:{1}/hall 3.sdp", PROMISE },
  { "an escaped blank", "http://127.0.0.1:{1}/hall%203.sdp", PROMISE },
  { "letters", "http://127.0.0.1:{1}/hörsaal.sdp", PROMISE },
  { "plain text", "http://127.0.0.1:{1}/plain", PROMISE },
  { "content decides, not HTML", "http://127.0.0.1:{1}/as-html", PROMISE },
  { "content decides, not video", "http://127.0.0.1:{1}/as-video", PROMISE },
  { "no type", "http://127.0.0.1:{1}/untyped", PROMISE },
  { "odd type", "http://127.0.0.1:{1}/odd-type", PROMISE },
  { "length", "http://127.0.0.1:{1}/length", PROMISE },
  { "chunks", "http://127.0.0.1:{1}/chunked", PROMISE },
  { "HTTP/1.0", "http://127.0.0.1:{1}/old", PROMISE },

  { "relative", "http://127.0.0.1:{1}/a/list.asx", "T: uri http://127.0.0.1:{1}/a/talk.wmv" },
  { "relative to a query", "http://127.0.0.1:{1}/a/?file=list",
    "T: uri http://127.0.0.1:{1}/a/talk.wmv" },
  { "without password", "http://me:secret@127.0.0.1:{1}/a/list.asx",
    "T: uri http://127.0.0.1:{1}/a/talk.wmv" },
  { "relative to the end", "http://a.example:{1}/to-list",
    "T: uri http://a.example:{1}/a/talk.wmv" },
  { "relative redirect", "http://a.example:{1}/a/up", "T: uri http://a.example:{1}/b/talk.wmv" },
  { "another server", "http://a.example:{1}/to-other", "T: uri http://b.example:{2}/b/talk.wmv" },
  { "another host", "http://a.example:{1}/to-other-host",
    "T: uri http://b.example:{2}/b/talk.wmv" },
  { "redirect with a blank", "http://a.example:{1}/to-blank", PROMISE },
  { "five redirects", "http://a.example:{1}/1", PROMISE },
  { "from here to here", "http://127.0.0.1:{1}/to-name", PROMISE },

  { "six redirects", "http://a.example:{1}/0",
    .refusal = "unreachable: a.example:{1} redirects more than 5 times" },
  { "in circles", "http://a.example:{1}/round",
    .refusal = "unreachable: a.example:{1} redirects more than 5 times" },
  { "into this computer", "http://a.example:{1}/to-host",
    .refusal = "unsupported: a web page may not refer to local files or hosts" },
  { "to localhost", "http://a.example:{1}/to-name",
    .refusal = "unsupported: a web page may not refer to local files or hosts" },
  { "to a file", "http://127.0.0.1:{1}/to-file", .refusal = "unreachable: not to a web address" },
  { "to another protocol", "http://a.example:{1}/to-mms",
    .refusal = "unsupported: redirects to “mms://b.example/x”; open" },
  { "to nowhere", "http://a.example:{1}/to-nowhere", .refusal = "unreachable: but not where to" },
  { "to nothing", "http://a.example:{1}/to-nothing",
    .refusal = "unreachable: not to a web address" },

  { "a page to read", "http://127.0.0.1:{1}/page", .refusal = "unsupported: a web page" },
  { "a note", "http://127.0.0.1:{1}/note", .refusal = "unsupported: this is not an announcement" },
  { "nothing", "http://127.0.0.1:{1}/nothing", .refusal = "malformed: it is empty" },
  { "no content", "http://127.0.0.1:{1}/204", .refusal = "malformed: it is empty" },
  { "an empty list", "http://127.0.0.1:{1}/empty-list",
    .refusal = "unsupported: playlist is empty" },
  { "404", "http://a.example:{1}/nix.sdp",
    .refusal = "unreachable: there is no such page on a.example:{1}" },
  { "410", "http://a.example:{1}/410", .refusal = "unreachable: there is no such page" },
  { "401", "http://a:b@127.0.0.1:{1}/401", .refusal = "unreachable: asks for a password; ask" },
  { "403", "http://127.0.0.1:{1}/403", .refusal = "unreachable: does not let you see" },
  { "429", "http://127.0.0.1:{1}/429", .refusal = "unreachable: too busy to answer" },
  { "418", "http://127.0.0.1:{1}/418",
    .refusal = "unreachable: does not give this page (error 418)" },
  { "304", "http://127.0.0.1:{1}/304",
    .refusal = "unreachable: does not give this page (error 304)" },
  { "500", "http://127.0.0.1:{1}/500", .refusal = "unreachable: a fault of its own (error 500)" },
  { "503", "http://127.0.0.1:{1}/503", .refusal = "unreachable: a fault of its own (error 503)" },

  { "no server", "http://127.0.0.1:1/x.sdp",
    .refusal = "unreachable: no server runs at 127.0.0.1:1; check" },
  { "no such host", "http://nobody.example/x.sdp",
    .refusal = "unreachable: there is no computer named nobody.example; check" },
  { "no such host guessed", "www.nobody.example/x", .refusal = "unreachable: no server runs at" },
  { "no name server", "http://lost.example/x.sdp",
    .refusal = "unreachable: the name lost.example cannot be looked up" },
  { "no route", "http://203.0.113.1/x.sdp",
    .refusal = "unreachable: 203.0.113.1 cannot be reached from here" },
  { "no host", "http:///x.sdp", .refusal = "malformed: is not the address of a server" },
  { "no address", "http://", .refusal = "malformed: is not the address of a server" },
  { "no port", "http://127.0.0.1:x/", .refusal = "malformed: is not the address of a server" },
  { "a line end in the host", "http://a%0d%0aX: y/",
    .refusal = "malformed: is not the address of a" },
  { "a file named by a page", "http://a.example:{1}/file", .refusal = "unsupported: file:///etc" },
};

static WebServer *servers[2];

/* {1} and {2} become the ports. */
static char *
fill_in (const char *text)
{
  GString *filled = g_string_new (text);

  for (guint i = 0; i < G_N_ELEMENTS (servers); i++) {
    g_autofree char *mark = g_strdup_printf ("{%u}", i + 1);
    g_autofree char *port = g_strdup_printf ("%u", web_server_get_port (servers[i]));

    g_string_replace (filled, mark, port, 0);
  }
  return g_string_free (filled, FALSE);
}

static void
answer (const char *path, GOutputStream *out, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    if (strcmp (path, pages[i].path) == 0) {
      g_autofree char *filled = fill_in (pages[i].answer);

      web_write (out, filled);
      return;
    }
  }
  web_write (out, EMPTY ("404 Not Found"));
}

static void
check_refusal (const char *address, const char *refusal, const GError *error)
{
  g_autofree char *shown = lec_text_hide_password (address);
  g_autofree char *said = NULL;
  const char *piece = strchr (refusal, ' ') + 1;

  g_assert_nonnull (error);
  g_assert_true (error->domain == LEC_ERROR);
  g_assert_true (g_str_has_prefix (error->message, shown));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (strchr (error->message + strlen (shown), '\n'));
  g_assert_false (g_str_has_suffix (error->message, "."));
  said = g_strdup_printf ("%s: %s", lec_error_get_name (error), error->message);
  if (strncmp (said, refusal, (gsize) (piece - refusal)) != 0
      || strstr (said + strlen (shown), piece) == NULL)
    g_error ("expected “%s”, not “%s”", refusal, said);
}

static void
test_story (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *address = fill_in (stories[i].address);
  g_autofree char *expected
      = fill_in (stories[i].promise != NULL ? stories[i].promise : stories[i].refusal);
  g_autoptr (GError) error = NULL;
  g_autoptr (LecAnnouncement) announcement = lec_fetch_announcement (address, NULL, &error);
  g_autofree char *summary = NULL;

  if (stories[i].refusal != NULL) {
    g_assert_null (announcement);
    check_refusal (address, expected, error);
    return;
  }
  g_assert_no_error (error);
  summary = lec_summary_new (announcement);
  g_assert_cmpstr (summary, ==, expected);
}

/* Nothing is told about the viewer but the name of the program. */
static void
test_request (void)
{
  g_autofree char *address = fill_in ("http://me:secret@127.0.0.1:{1}/a/up");
  g_autoptr (LecAnnouncement) announcement = lec_fetch_announcement (address, NULL, NULL);
  g_autofree char *request = web_server_dup_request (servers[0]);

  g_assert_nonnull (announcement);
  g_assert_true (g_str_has_prefix (request, "GET /b/c HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (request, "\r\nUser-Agent: Lectern/"));
  g_assert_nonnull (strstr (request, "\r\nAccept: application/sdp,"));
  g_assert_null (strcasestr (request, "\r\nReferer:"));
  g_assert_null (strcasestr (request, "\r\nCookie:"));
  g_assert_null (strcasestr (request, "\r\nAuthorization:"));
  g_assert_null (strcasestr (request, "secret"));
}

/* What is asked for is what is there now. */
static void
test_not_kept (void)
{
  g_autofree char *address = fill_in ("http://127.0.0.1:{1}/x.sdp");
  guint before = web_server_count_requests (servers[0]);

  for (guint i = 0; i < 3; i++)
    lec_announcement_free (lec_fetch_announcement (address, NULL, NULL));
  g_assert_cmpuint (web_server_count_requests (servers[0]), ==, before + 3);
}

static gpointer
fetch_thread (gpointer data)
{
  for (guint i = 0; i < 10; i++) {
    g_autoptr (LecAnnouncement) announcement = lec_fetch_announcement (data, NULL, NULL);

    g_assert_nonnull (announcement);
  }
  return NULL;
}

static void
test_threads (void)
{
  g_autofree char *address = fill_in ("http://a.example:{1}/to-other");
  GThread *threads[8];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("fetches", fetch_thread, address);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  names_install ();
  servers[0] = web_server_new ("127.0.0.1", NULL, answer, NULL);
  servers[1] = web_server_new ("::", NULL, answer, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++) {
    g_autofree char *path = g_strdup_printf ("/web/%s", stories[i].story);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_story);
  }
  g_test_add_func ("/web-request", test_request);
  g_test_add_func ("/web-not-kept", test_not_kept);
  g_test_add_func ("/web-threads", test_threads);
  status = g_test_run ();
  web_server_free (servers[0]);
  web_server_free (servers[1]);
  return status;
}
