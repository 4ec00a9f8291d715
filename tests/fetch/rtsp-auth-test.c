/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a server is told that asks who we are: the examples of RFC 2617 and RFC 7617, and servers
 * that ask badly. */
#include "fetch/rtsp-auth.h"

#include <string.h>

#define RFC2617                                                                                    \
  "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", "            \
  "opaque=\"5ccc069c403ebaf9f0171e9517f40e41\""

static void
init_answer (LecRtspAnswer *answer, const char *first, const char *second)
{
  GStrvBuilder *lines = g_strv_builder_new ();

  g_strv_builder_add (lines, "RTSP/1.0 401 Unauthorized");
  for (guint i = 0; i < 2; i++) {
    const char *challenge = (const char *[]){ first, second }[i];
    g_autofree char *line = g_strconcat ("www-authenticate: ", challenge, NULL);

    if (challenge != NULL)
      g_strv_builder_add (lines, line);
  }
  answer->status = 401;
  answer->lines = g_strv_builder_end (lines);
  g_strv_builder_unref (lines);
}

static gboolean
challenge (LecRtspAuth *auth, const char *first, const char *second)
{
  g_auto (LecRtspAnswer) answer = { 0 };

  init_answer (&answer, first, second);
  return lec_rtsp_auth_take_challenge (auth, &answer);
}

static char *
prove (LecRtspAuth *auth, const char *method, const char *uri)
{
  GString *request = g_string_new (NULL);

  lec_rtsp_auth_write (auth, method, uri, request);
  return g_string_free (request, FALSE);
}

static void
test_basic (void)
{
  g_autoptr (LecRtspAuth) auth = lec_rtsp_auth_new ("Aladdin:open sesame");
  g_autofree char *before = prove (auth, "PLAY", "rtsp://x/");
  g_autofree char *after = NULL;

  g_assert_cmpstr (before, ==, "");
  g_assert_true (challenge (auth, "Basic realm=\"WallyWorld\"", NULL));
  after = prove (auth, "PLAY", "rtsp://x/");
  g_assert_cmpstr (after, ==, "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n");
  g_assert_false (challenge (auth, "Basic realm=\"WallyWorld\"", NULL));
}

/* Without a quality, as RTSP servers ask: RFC 2069. */
static void
test_digest (void)
{
  g_autoptr (LecRtspAuth) auth = lec_rtsp_auth_new ("Mufasa:Circle Of Life");
  g_autofree char *proof = NULL;

  g_assert_true (challenge (auth, "Basic realm=\"x\"", RFC2617));
  proof = prove (auth, "GET", "/dir/index.html");
  g_assert_cmpstr (proof, ==,
                   "Authorization: Digest username=\"Mufasa\", realm=\"testrealm@host.com\", "
                   "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\", "
                   "response=\"670fd8c2df070c60b045671b8b24ff02\", "
                   "opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"\r\n");
  g_assert_false (challenge (auth, RFC2617, NULL));
}

static void
test_quality (void)
{
  g_autoptr (LecRtspAuth) auth = lec_rtsp_auth_new ("me:secret");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_true (challenge (
      auth, "Digest realm=\"r\", qop=\"auth-int,auth\", algorithm=SHA-256, nonce=\"n\"", NULL));
  first = prove (auth, "PLAY", "rtsp://x/");
  second = prove (auth, "PLAY", "rtsp://x/");
  g_assert_nonnull (strstr (first, "algorithm=SHA-256, qop=auth, nc=00000001, cnonce=\""));
  g_assert_nonnull (strstr (second, "nc=00000002"));
  g_assert_null (strstr (first, "secret"));
  /* a nonce that was used is used up, which need not be said */
  g_assert_true (challenge (auth, "Digest realm=\"r\", nonce=\"another\"", NULL));
  g_assert_false (challenge (auth, "Digest realm=\"r\", nonce=\"third\"", NULL));
  g_assert_true (challenge (auth, "Digest realm=\"r\", nonce=\"fourth\", stale=TRUE", NULL));
}

static void
test_nonsense (void)
{
  static const char *const challenges[] = {
    "",
    "Digest",
    "Digest realm",
    "Digest realm=\"r\"",
    "Digest nonce=\"n\"",
    "Digest realm=\"r\", nonce=\"n\", algorithm=MD5-sess",
    "Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\"",
    "Digest realm=\"r\r\nX: y\", nonce=\"n\"",
    "Digestive realm=\"r\", nonce=\"n\"",
    "Negotiate",
  };

  for (guint i = 0; i < G_N_ELEMENTS (challenges); i++) {
    g_autoptr (LecRtspAuth) auth = lec_rtsp_auth_new ("me:secret");

    g_assert_false (challenge (auth, challenges[i], NULL));
  }
}

static void
test_nobody (void)
{
  g_autoptr (LecRtspAuth) auth = lec_rtsp_auth_new (NULL);
  g_autofree char *proof = NULL;

  g_assert_false (challenge (auth, "Basic realm=\"x\"", NULL));
  proof = prove (auth, "PLAY", "rtsp://x/");
  g_assert_cmpstr (proof, ==, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rtsp-auth/basic", test_basic);
  g_test_add_func ("/rtsp-auth/digest", test_digest);
  g_test_add_func ("/rtsp-auth/quality", test_quality);
  g_test_add_func ("/rtsp-auth/nonsense", test_nonsense);
  g_test_add_func ("/rtsp-auth/nobody", test_nobody);
  return g_test_run ();
}
