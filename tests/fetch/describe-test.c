/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* RTSP servers, good and bad: what they describe, or the sentence that a viewer reads. */
#include "fetch/describe.h"

#include <string.h>

#include "fetch/document.h"
#include "names.h"
#include "refusal.h"
#include "rows.h"
#include "web-server.h"

#define SHORT_MS 300
#define LONG_MS 60000

#define SDP                                                                                        \
  "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=Hall\r\nt=0 0\r\nc=IN IP4 239.1.1.1/1\r\n"                 \
  "a=control:*\r\nm=video 5004 RTP/AVP 33\r\na=control:track1\r\n"
#define PROMISE "Hall: rtp video 239.1.1.1:5004/1 rtcp 5005 {33 MP2T/90000}"
#define UNICAST                                                                                    \
  "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=Hall\r\nt=0 0\r\nc=IN IP4 0.0.0.0\r\n"                     \
  "m=video 0 RTP/AVP 33\r\na=control:track1\r\n"

#define UNICAST_PROMISE "Hall: rtp video {33 MP2T/90000}"
#define NAMED                                                                                      \
  "v=0\r\no=- 1 1 IN IP4 hall.example\r\ns=Hall\r\nt=0 0\r\nc=IN IP4 hall.example\r\n"             \
  "m=video 0 RTP/AVP 33\r\na=control:rtsp://other.example/x y\r\nm=audio 0 RTP/AVP 0\r\n"

#define OK "RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Type: application/sdp\r\n"
#define MOVED(where) "RTSP/1.0 302 Moved\r\nCSeq: 1\r\nLocation: " where "\r\n\r\n"

/* What is sent once and, where there is more, over and over until the client goes. {1} is the port.
 * Of a refusal, code and a piece of its sentence. */
typedef struct
{
  const char *name;
  const char *answer;
  const char *again;
  const char *promise;
  const char *refusal;
  gboolean may_play;
} Story;

static const Story stories[] = {
  { "good", OK "\r\n" SDP, .promise = PROMISE },
  { "length", OK "content-length:  124\r\n\r\n" SDP "RTSP/1.0 200 OK\r\n", .promise = PROMISE },
  { "bare line ends", "RTSP/1.0 200 OK\n\n" SDP, .promise = PROMISE },
  { "interim", "RTSP/1.0 100 Continue\r\n\r\n" OK "\r\n" SDP, .promise = PROMISE },
  { "based", OK "Content-Base: rtsp://inside.example/live/\r\n\r\n" UNICAST,
    .promise = UNICAST_PROMISE },
  { "moved", MOVED ("good"), .promise = PROMISE },
  { "moved far", MOVED ("rtsp://127.0.0.1:{1}/good"), .promise = PROMISE },

  { "unicast", OK "\r\n" UNICAST, .promise = UNICAST_PROMISE },
  { "names of hosts", OK "\r\n" NAMED,
    .promise = "Hall: rtp video {33 MP2T/90000} audio {0 PCMU/8000/1}" },
  { "404", "RTSP/1.0 404 Not Found\r\n\r\n",
    .refusal = "unreachable: there is no such channel on" },
  { "401 with a scheme", "RTSP/1.0 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n",
    .refusal = "unreachable: asks for a password; write it into the address" },
  { "401", "RTSP/1.0 401 No\r\n\r\n", .refusal = "unreachable: asks for a password" },
  { "503", "RTSP/1.0 503 Later\r\n\r\n", .refusal = "unreachable: a fault of its own (error 503)",
    .may_play = TRUE },
  { "453", "RTSP/1.0 453 Not Enough Bandwidth\r\n\r\n",
    .refusal = "unreachable: is too busy to answer", .may_play = TRUE },
  { "455", "RTSP/1.0 455 No\r\n\r\n",
    .refusal = "unreachable: does not give this channel (error 455" },
  { "twice", MOVED ("moved"), .refusal = "unreachable: the servers redirect to each other" },
  { "circle", MOVED ("circle"), .refusal = "unreachable: the servers redirect to each other" },
  { "to the web", MOVED ("http://a.example/x"),
    .refusal = "unsupported: redirects to “http://a.example/x”" },
  { "to a file", MOVED ("file:///etc/passwd"), .refusal = "unreachable: but not where to" },
  { "to nowhere", "RTSP/1.0 302 Moved\r\n\r\n", .refusal = "unreachable: but not where to" },

  { "empty", "", .refusal = "unreachable: makes no sense", .may_play = TRUE },
  { "HTTP", "HTTP/1.1 200 OK\r\n\r\n" SDP, .refusal = "unreachable: makes no sense",
    .may_play = TRUE },
  { "cut head", "RTSP/1.0 200 OK\r\nCSeq: 1\r\n", .refusal = "unreachable: makes no sense",
    .may_play = TRUE },
  { "cut body", OK "Content-Length: 1000\r\n\r\n" SDP, .refusal = "unreachable: makes no sense",
    .may_play = TRUE },
  { "no status", "RTSP/1.0 xyz\r\n\r\n", .refusal = "unreachable: makes no sense",
    .may_play = TRUE },
  { "no body", OK "\r\n", .refusal = "unreachable: makes no sense", .may_play = TRUE },
  { "empty body", OK "Content-Length: 0\r\n\r\n", .refusal = "unreachable: makes no sense",
    .may_play = TRUE },
  { "length of nothing", OK "Content-Length: 0\r\n\r\n" SDP,
    .refusal = "unreachable: makes no sense", .may_play = TRUE },
  { "no text", OK "\r\n\1\2\3", .refusal = "unsupported: this is not an announcement" },
  { "endless line", "RTSP/1.0 200 OK", "kkkkkkkkkk", .refusal = "unreachable: makes no sense",
    .may_play = TRUE },
  { "endless head", "RTSP/1.0 200 OK\r\n", "X: y\r\n", .refusal = "unreachable: makes no sense",
    .may_play = TRUE },
  { "endless body", OK "\r\n" SDP, "a=x\r\n", .refusal = "unreachable: makes no sense",
    .may_play = TRUE },
  { "endless interim", "", "RTSP/1.0 100 Continue\r\n\r\n",
    .refusal = "unreachable: makes no sense", .may_play = TRUE },
  { "huge length", OK "Content-Length: 99999999999999999999\r\n\r\n" SDP, "a=x\r\n",
    .refusal = "unreachable: makes no sense", .may_play = TRUE },
};

static WebServer *server;

static char *
fill_in (const char *text)
{
  g_autofree char *port = g_strdup_printf ("%u", web_server_get_port (server));
  GString *filled = g_string_new (text);

  g_string_replace (filled, "{1}", port, 0);
  return g_string_free (filled, FALSE);
}

static void
answer (const char *address, GOutputStream *out, gpointer data)
{
  g_autofree char *name = g_uri_unescape_string (strrchr (address, '/') + 1, NULL);

  if (strcmp (name, "silent") == 0)
    g_usleep (2 * SHORT_MS * 1000);
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++) {
    g_autofree char *filled = fill_in (stories[i].answer);

    if (strcmp (name, stories[i].name) != 0)
      continue;
    if (!web_write (out, filled) || stories[i].again == NULL)
      return;
    while (web_write (out, stories[i].again))
      ;
  }
}

static void
test_story (gconstpointer data)
{
  const Story *story = data;
  g_autofree char *start = fill_in ("rtsp://127.0.0.1:{1}/");
  g_autofree char *address = g_strconcat (start, story->name, NULL);
  g_autoptr (LecDeadline) deadline = NULL;
  g_autoptr (LecAnnouncement) announcement = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = NULL;

  if (story->refusal != NULL) {
    lec_refusal_check (address, LONG_MS, NULL, story->may_play, story->refusal);
    return;
  }
  deadline = lec_deadline_new (LONG_MS, NULL, NULL);
  announcement = lec_document_open (address, deadline, NULL, NULL, &error);
  g_assert_no_error (error);
  summary = lec_summary_new (announcement);
  g_assert_cmpstr (summary, ==, story->promise);
}

static void
test_request (void)
{
  g_autofree char *address = fill_in ("rtspt://me:secret@127.0.0.1:{1}/good");
  g_autofree char *first = fill_in ("DESCRIBE rtsp://127.0.0.1:{1}/good RTSP/1.0\r\n");
  g_autoptr (LecDeadline) deadline = lec_deadline_new (LONG_MS, NULL, NULL);
  g_autoptr (LecAnnouncement) announcement
      = lec_document_open (address, deadline, NULL, NULL, NULL);
  g_autofree char *request = web_server_dup_request (server);

  g_assert_nonnull (announcement);
  g_assert_true (g_str_has_prefix (request, first));
  g_assert_nonnull (strstr (request, "\r\nCSeq: 1\r\n"));
  g_assert_nonnull (strstr (request, "\r\nAccept: application/sdp\r\n"));
  g_assert_null (strstr (request, "secret"));
}

/* What is found, for the session that is set up later. */
static void
test_server (void)
{
  g_autofree char *address = fill_in ("rtspt://me:se%3Acret@127.0.0.1:{1}/based");
  g_autofree char *shown = fill_in ("rtspt://127.0.0.1:{1}/based");
  g_autoptr (LecDeadline) deadline = lec_deadline_new (LONG_MS, NULL, NULL);
  g_autoptr (LecAnnouncement) announcement
      = lec_document_open (address, deadline, NULL, NULL, NULL);
  const LecChannelInfo *info;
  const LecAlternative *alternative;

  g_assert_nonnull (announcement);
  info = lec_channel_get_info (g_ptr_array_index (announcement->channels, 0));
  alternative = g_ptr_array_index (info->alternatives, 0);
  g_assert_cmpstr (info->id, ==, shown);
  g_assert_cmpstr (alternative->rtsp->address, ==, shown);
  g_assert_cmpstr (alternative->rtsp->base, ==, "rtsp://inside.example/live/");
  g_assert_cmpstr (alternative->rtsp->credentials, ==, "me:se:cret");
  g_assert_null (alternative->rtsp->group);
  g_assert_cmpstr (((LecStream *) g_ptr_array_index (alternative->streams, 0))->control, ==,
                   "track1");
}

static void
test_no_answer (void)
{
  g_autofree char *silent = fill_in ("rtsp://127.0.0.1:{1}/silent");

  lec_refusal_check (silent, SHORT_MS, NULL, TRUE,
                     "unreachable: did not answer in full within 0.3 seconds");
  lec_refusal_check ("rtsp://silent.example/", SHORT_MS, NULL, TRUE,
                     "unreachable: did not answer in full");
  lec_refusal_check ("rtsp://127.0.0.1:1/", LONG_MS, NULL, TRUE,
                     "unreachable: no server runs at 127.0.0.1:1");
  lec_refusal_check ("rtsp://nobody.example/", LONG_MS, NULL, TRUE,
                     "unreachable: there is no computer named nobody.example; check");
  lec_refusal_check ("rtsp://", LONG_MS, NULL, FALSE, "malformed: is not the address of a server");
}

static gpointer
cancel_thread (gpointer cancellable)
{
  g_usleep (50000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancel (void)
{
  g_autofree char *silent = fill_in ("rtsp://127.0.0.1:{1}/silent");
  const char *addresses[] = { silent, "rtsp://silent.example/" };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++) {
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (LecDeadline) deadline = lec_deadline_new (LONG_MS, cancellable, NULL);
    g_autoptr (GError) error = NULL;
    GThread *thread = g_thread_new ("cancels", cancel_thread, cancellable);

    g_assert_null (lec_document_open (addresses[i], deadline, NULL, NULL, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_thread_join (thread);
  }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  names_install ();
  server = web_server_new ("127.0.0.1", NULL, answer, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++) {
    g_autofree char *path = g_strdup_printf ("/describe/%s", stories[i].name);

    g_test_add_data_func (path, &stories[i], test_story);
  }
  g_test_add_func ("/describe-request", test_request);
  g_test_add_func ("/describe-server", test_server);
  g_test_add_func ("/describe-no-answer", test_no_answer);
  g_test_add_func ("/describe-cancel", test_cancel);
  status = g_test_run ();
  web_server_free (server);
  return status;
}
