/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys: which are good, and that none is ever seen. */
#include <string.h>

#include "rows.h"

#define HEAD "v=0\r\no=lec 7 1 IN IP4 192.0.2.9\r\ns=Hall 3\r\nc=IN IP4 239.1.1.1/8\r\nt=0 0\r\n"
#define VIDEO "m=video 5004 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
#define PROMISE "Hall 3: rtp video 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000}"

#define KEY "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5" /* of 30 bytes */
#define OTHER "OTg3NjU0MzIxMDk4NzY1NDMyMTA5ODc2NTQzMjEw"
#define CRYPTO "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" KEY
#define RTP "239.1.1.1:5004/8 rtcp 5005 {96 H264/90000}"
#define USUAL "Hall 3: rtp video key AES_CM_128_HMAC_SHA1_80 30 " RTP

static const LecRow rows[] = {
  { "usual", HEAD VIDEO CRYPTO "\r\n", .promise = USUAL, .warning = "" },
  { "secure profile", HEAD "m=video 5004 RTP/SAVPF 96\r\na=rtpmap:96 H264/90000\r\n" CRYPTO "\r\n",
    .promise = USUAL, .warning = "" },
  { "lifetime", HEAD VIDEO CRYPTO "|2^48\r\n", .promise = USUAL, .warning = "" },
  { "lifetime in full", HEAD VIDEO CRYPTO "|1048576\r\n", .promise = USUAL, .warning = "" },
  { "fields left empty", HEAD VIDEO CRYPTO "||\r\n", .promise = USUAL, .warning = "" },
  { "window and what may be passed over",
    HEAD VIDEO CRYPTO " WSH=128 -X=1 KDR=0 FEC_ORDER=FEC_SRTP\r\n", .promise = USUAL,
    .warning = "" },
  { "of the session", HEAD CRYPTO "\r\n" VIDEO, .promise = USUAL, .warning = "" },
  { "beside a fingerprint", HEAD VIDEO CRYPTO "\r\na=fingerprint:sha-1 00\r\n", .promise = USUAL },
  { "index of keys", HEAD VIDEO CRYPTO "|1:4\r\n",
    .promise = "Hall 3: rtp video key AES_CM_128_HMAC_SHA1_80 30 of 4 " RTP, .warning = "" },
  { "two keys", HEAD VIDEO CRYPTO "|2^20|1:2;inline:" OTHER "|2^20|65535:2\r\n",
    .promise = "Hall 3: rtp video key AES_CM_128_HMAC_SHA1_80 30 of 2 key "
               "AES_CM_128_HMAC_SHA1_80 30 of 2 " RTP,
    .warning = "" },
  { "two keys in two lines",
    HEAD VIDEO CRYPTO "|1:1\r\na=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:" OTHER "|2:1\r\n",
    .promise = "Hall 3: rtp video key AES_CM_128_HMAC_SHA1_80 30 of 1 key "
               "AES_CM_128_HMAC_SHA1_80 30 of 1 " RTP,
    .warning = "" },
  { "two ways: the first that is known",
    HEAD VIDEO "a=crypto:1 ROT13 inline:" OTHER "\r\n" CRYPTO "\r\n"
               "a=crypto:3 AES_CM_128_HMAC_SHA1_32 inline:" OTHER "\r\n",
    .promise = USUAL, .warning = "of 3 keys of a stream" },
  { "AES_CM_128_HMAC_SHA1_32",
    HEAD VIDEO
    "a=crypto:1 AES_CM_128_HMAC_SHA1_32 inline:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5\r\n",
    .promise = "Hall 3: rtp video key AES_CM_128_HMAC_SHA1_32 30 " RTP, .warning = "" },
  { "F8_128_HMAC_SHA1_80",
    HEAD VIDEO "a=crypto:1 F8_128_HMAC_SHA1_80 inline:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5\r\n",
    .promise = "Hall 3: rtp video key F8_128_HMAC_SHA1_80 30 " RTP, .warning = "" },
  { "AES_192_CM_HMAC_SHA1_80",
    HEAD VIDEO "a=crypto:1 AES_192_CM_HMAC_SHA1_80 "
               "inline:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc=\r\n",
    .promise = "Hall 3: rtp video key AES_192_CM_HMAC_SHA1_80 38 " RTP, .warning = "" },
  { "AES_192_CM_HMAC_SHA1_32",
    HEAD VIDEO "a=crypto:1 AES_192_CM_HMAC_SHA1_32 "
               "inline:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc=\r\n",
    .promise = "Hall 3: rtp video key AES_192_CM_HMAC_SHA1_32 38 " RTP, .warning = "" },
  { "AES_256_CM_HMAC_SHA1_80",
    HEAD VIDEO "a=crypto:1 AES_256_CM_HMAC_SHA1_80 "
               "inline:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NQ==\r\n",
    .promise = "Hall 3: rtp video key AES_256_CM_HMAC_SHA1_80 46 " RTP, .warning = "" },
  { "AES_256_CM_HMAC_SHA1_32",
    HEAD VIDEO "a=crypto:1 AES_256_CM_HMAC_SHA1_32 "
               "inline:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NQ==\r\n",
    .promise = "Hall 3: rtp video key AES_256_CM_HMAC_SHA1_32 46 " RTP, .warning = "" },
  { "AEAD_AES_128_GCM",
    HEAD VIDEO "a=crypto:1 AEAD_AES_128_GCM inline:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nw==\r\n",
    .promise = "Hall 3: rtp video key AEAD_AES_128_GCM 28 " RTP, .warning = "" },
  { "AEAD_AES_256_GCM",
    HEAD VIDEO "a=crypto:1 AEAD_AES_256_GCM "
               "inline:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM=\r\n",
    .promise = "Hall 3: rtp video key AEAD_AES_256_GCM 44 " RTP, .warning = "" },
  { "SRTP_AES128_CM_HMAC_SHA1_80",
    HEAD VIDEO
    "a=crypto:1 SRTP_AES128_CM_HMAC_SHA1_80 inline:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5\r\n",
    .promise = "Hall 3: rtp video key AES_CM_128_HMAC_SHA1_80 30 " RTP, .warning = "" },
  { "AES_CM_256_HMAC_SHA1_80",
    HEAD VIDEO "a=crypto:1 AES_CM_256_HMAC_SHA1_80 "
               "inline:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NQ==\r\n",
    .promise = "Hall 3: rtp video key AES_256_CM_HMAC_SHA1_80 46 " RTP, .warning = "" },
  { "aes_cm_128_hmac_sha1_80",
    HEAD VIDEO
    "a=crypto:1 aes_cm_128_hmac_sha1_80 inline:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5\r\n",
    .promise = "Hall 3: rtp video key AES_CM_128_HMAC_SHA1_80 30 " RTP, .warning = "" },
  { "without its padding",
    HEAD VIDEO "a=crypto:1 AEAD_AES_128_GCM inline:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nw\r\n",
    .promise = "Hall 3: rtp video key AEAD_AES_128_GCM 28 " RTP, .warning = "" },
  { "duplicates with one key",
    HEAD "a=group:DUP 1 2\r\n" VIDEO CRYPTO "\r\na=mid:1\r\nm=video 5006 RTP/AVP 96\r\n"
         "a=rtpmap:96 H264/90000\r\n" CRYPTO "\r\na=mid:2\r\n",
    .promise = "Hall 3: rtp video key AES_CM_128_HMAC_SHA1_80 30 239.1.1.1:5004/8 rtcp 5005 "
               "239.1.1.1:5006/8 rtcp 5007 {96 H264/90000}",
    .warning = "" },
  { "duplicates, one in clear",
    HEAD "a=group:DUP 1 2\r\n" VIDEO CRYPTO "\r\na=mid:1\r\nm=video 5006 RTP/AVP 96\r\n"
         "a=rtpmap:96 H264/90000\r\na=mid:2\r\n",
    .promise = USUAL " video 239.1.1.1:5006/8 rtcp 5007 {96 H264/90000}",
    .warning = "differ in format" },
  { "repair under another key",
    HEAD VIDEO CRYPTO "\r\nm=video 5006 RTP/AVP 97\r\na=rtpmap:97 ulpfec/90000\r\n"
                      "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" OTHER "\r\n",
    .promise = USUAL, .warning = "not encrypted as its stream is" },
  { "one stream that can be heard, one that cannot", HEAD VIDEO "m=audio 2 RTP/SAVP 0\r\n",
    .promise = PROMISE, .warning = "gives no key" },

  { "key of old is discarded", HEAD VIDEO "k=clear:SECRET\r\n", .promise = PROMISE,
    .warning = "a key in the obsolete k= line was ignored" },
  { "key of old for all is discarded", HEAD "k=prompt\r\n" VIDEO, .promise = PROMISE,
    .warning = "a key in the obsolete k= line was ignored" },
  { "no key", HEAD "m=video 5004 RTP/SAVP 32\r\n", .refusal = "unsupported: gives no key" },
  { "key of old", HEAD "m=video 2 RTP/SAVP 32\r\nk=clear:SECRET\r\n",
    .refusal = "unsupported: gives no key" },
  { "MIKEY", HEAD "a=key-mgmt:mikey SECRET\r\n" VIDEO, .refusal = "unsupported: (MIKEY)" },
  { "DTLS", HEAD VIDEO "a=fingerprint:sha-256 00:01\r\n", .refusal = "unsupported: (DTLS)" },
  { "DTLS by its profile", HEAD "m=video 5004 UDP/TLS/RTP/SAVPF 32\r\n",
    .refusal = "unsupported: (DTLS)" },
  { "suite that nobody has", HEAD VIDEO "a=crypto:1 ROT13 inline:" KEY "\r\n",
    .refusal = "unsupported: ask the sender to use AES_CM_128_HMAC_SHA1_80" },
  { "no suite", HEAD VIDEO "a=crypto:1 inline:" KEY "\r\n", .refusal = "malformed: (a=crypto)" },
  { "nothing", HEAD VIDEO "a=crypto:\r\n", .refusal = "malformed: (a=crypto)" },
  { "tag that is no number", HEAD VIDEO "a=crypto:x AES_CM_128_HMAC_SHA1_80 inline:" KEY "\r\n",
    .refusal = "malformed: (a=crypto)" },
  { "not inline", HEAD VIDEO "a=crypto:1 AES_CM_128_HMAC_SHA1_80 uri:" KEY "\r\n",
    .refusal = "malformed: (a=crypto)" },
  { "key too short", HEAD VIDEO "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:MDEyMzQ1\r\n",
    .refusal = "malformed: (a=crypto)" },
  { "key too long", HEAD VIDEO "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" KEY "MDEy\r\n",
    .refusal = "malformed: (a=crypto)" },
  { "key of another suite", HEAD VIDEO "a=crypto:1 AEAD_AES_256_GCM inline:" KEY "\r\n",
    .refusal = "malformed: (a=crypto)" },
  { "key with a stranger in it",
    HEAD VIDEO
    "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:MDEy-zQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5\r\n",
    .refusal = "malformed: (a=crypto)" },
  { "key with padding in it",
    HEAD VIDEO
    "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:MDEy=zQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5\r\n",
    .refusal = "malformed: (a=crypto)" },
  { "lifetime without end", HEAD VIDEO CRYPTO "|2^49\r\n", .refusal = "malformed: (a=crypto)" },
  { "index that does not fit", HEAD VIDEO CRYPTO "|256:1\r\n", .refusal = "malformed: (a=crypto)" },
  { "index of no bytes", HEAD VIDEO CRYPTO "|0:0\r\n", .refusal = "malformed: (a=crypto)" },
  { "index of too many", HEAD VIDEO CRYPTO "|1:129\r\n", .refusal = "malformed: (a=crypto)" },
  { "one field too many", HEAD VIDEO CRYPTO "|2^20|1:4|1\r\n", .refusal = "malformed: (a=crypto)" },
  { "two keys that cannot be told apart", HEAD VIDEO CRYPTO ";inline:" OTHER "\r\n",
    .refusal = "malformed: (a=crypto)" },
  { "two keys of one index", HEAD VIDEO CRYPTO "|1:4;inline:" OTHER "|1:4\r\n",
    .refusal = "malformed: (a=crypto)" },
  { "packets in clear", HEAD VIDEO CRYPTO " UNENCRYPTED_SRTP\r\n",
    .refusal = "unsupported: the condition UNENCRYPTED_SRTP" },
  { "reports in clear", HEAD VIDEO CRYPTO " unencrypted_srtcp\r\n",
    .refusal = "unsupported: the condition UNENCRYPTED_SRTCP" },
  { "not authenticated", HEAD VIDEO CRYPTO " UNAUTHENTICATED_SRTP\r\n",
    .refusal = "unsupported: the condition UNAUTHENTICATED_SRTP" },
  { "keys derived anew", HEAD VIDEO CRYPTO " WSH=64 KDR=1\r\n",
    .refusal = "unsupported: the condition KDR" },
  { "repair of what is encrypted already", HEAD VIDEO CRYPTO " FEC_ORDER=SRTP_FEC\r\n",
    .refusal = "unsupported: the condition FEC_ORDER" },
  { "repair with a key of its own", HEAD VIDEO CRYPTO " FEC_KEY=inline:" OTHER "\r\n",
    .refusal = "unsupported: the condition FEC_KEY" },
  { "condition that nobody knows", HEAD VIDEO CRYPTO " " OTHER "\r\n",
    .refusal = "unsupported: a condition that is not known" },
};

/* What a key is decoded to. */
static void
test_key (void)
{
  static const char text[] = HEAD VIDEO CRYPTO "|258:4\r\n";
  static const guint8 mki[] = { 0, 0, 1, 2 };
  g_autoptr (LecAnnouncement) announcement
      = lec_announcement_parse (text, strlen (text), NULL, NULL);
  const LecChannelInfo *info = lec_channel_get_info (g_ptr_array_index (announcement->channels, 0));
  const LecAlternative *alternative = g_ptr_array_index (info->alternatives, 0);
  const LecStream *stream = g_ptr_array_index (alternative->streams, 0);
  const LecKey *key = g_ptr_array_index (stream->keys, 0);

  g_assert_cmpmem (g_bytes_get_data (key->key, NULL), g_bytes_get_size (key->key),
                   "012345678901234567890123456789", 30);
  g_assert_cmpmem (g_bytes_get_data (key->mki, NULL), g_bytes_get_size (key->mki), mki, sizeof mki);
}

static void
check_silence (const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LecAnnouncement) announcement = lec_announcement_parse (text, length, NULL, &error);

  if (error != NULL)
    g_assert_null (strstr (error->message, "SECRET"));
  for (guint i = 0; announcement != NULL && i < announcement->warnings->len; i++)
    g_assert_null (strstr (g_ptr_array_index (announcement->warnings, i), "SECRET"));
}

/* A key must not get into a message, however the line around it is broken or cut. */
static void
test_key_is_never_repeated (void)
{
  static const char *const lines[] = {
    "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:SECRETSECRET\r\n",
    "a=crypto:1 AES_CM_128_HMAC_SHA1_80 SECRETSECRET\r\n",
    "a=crypto:1 SECRETSECRET inline:x\r\n",
    "a=crypto:SECRETSECRET",
    "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:SECRETSECRETSECRETSECRETSECRETSECRETSECR|SECRET\r\n",
    "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:SECRETSECRETSECRETSECRETSECRETSECRETSECR SECRET\r\n",
    "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:SECRETSECRETSECRETSECRETSECRETSECRETSECR "
    "FEC_KEY=SECRET\r\n",
    "k=base64:SECRETSECRET\r\n",
    "a=key-mgmt:mikey SECRETSECRET\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autofree char *text = g_strconcat (HEAD VIDEO, lines[i], NULL);

    for (gsize length = 1; length <= strlen (text); length++)
      check_silence (text, length);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  lec_rows_add ("/sdp-crypto", rows, G_N_ELEMENTS (rows));
  g_test_add_func ("/sdp-crypto/key", test_key);
  g_test_add_func ("/sdp-crypto/key is never repeated", test_key_is_never_repeated);
  return g_test_run ();
}
