/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an RTSP server answers, up to what its description promises; and all that it may say while a
 * session goes on: answers, requests, datagrams, transports, challenges. */
#include <string.h>

#include "announce/recognise.h"
#include "channel/error.h"
#include "fetch/rtsp-answer.h"
#include "fetch/rtsp-auth.h"
#include "fetch/rtsp-transport.h"
#include "fetch/server.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_redirect (const LecRtspAnswer *answer)
{
  g_autoptr (GUri) from = lec_server_parse_address ("rtsp://station.example/live", NULL, NULL);
  const char *location = lec_rtsp_answer_find_header (answer, "location");
  g_autoptr (GUri) to = location != NULL ? lec_server_parse_address (location, from, NULL) : NULL;
  g_autofree char *address = to != NULL ? lec_server_print_address (to) : NULL;

  g_assert_true (address == NULL || *address != '\0');
}

static void
check_description (const LecRtspAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LecAnnouncement) announcement = NULL;
  gsize length;
  const char *bytes = g_bytes_get_data (answer->body, &length);

  g_assert_cmpuint (length, >, 0);
  g_assert_cmpuint (length, <=, LEC_RTSP_ANSWER_LIMIT + 4096);
  announcement = lec_announcement_parse (bytes, length, "rtsp://station.example/live", &error);
  g_assert_true ((announcement == NULL) == (error != NULL));
  g_assert_true (announcement != NULL || error->domain == LEC_ERROR);
}

static void
check_transport (const LecRtspAnswer *answer)
{
  const char *value = lec_rtsp_answer_find_header (answer, "Transport");
  LecRtspTransport transport;

  if (value == NULL || !lec_rtsp_transport_parse (value, &transport))
    return;
  g_assert_cmpint (transport.ttl, >=, -1);
  g_assert_cmpint (transport.ttl, <=, 255);
  g_assert_cmpint (transport.channel, <=, 255);
  g_assert_cmpint (transport.rtcp_channel, <=, 255);
  g_assert_true (transport.delivery != LEC_RTSP_MULTICAST || transport.destination[0] == '\0'
                 || lec_address_is_group (transport.destination));
}

/* What proves who we are is one line, whatever was asked. */
static void
check_challenge (const LecRtspAnswer *answer)
{
  g_autoptr (LecRtspAuth) auth = lec_rtsp_auth_new ("me:secret");
  g_autoptr (GString) proof = g_string_new (NULL);

  if (!lec_rtsp_auth_take_challenge (auth, answer))
    return;
  lec_rtsp_auth_write (auth, "PLAY", "rtsp://station.example/live", proof);
  g_assert_true (g_str_has_suffix (proof->str, "\r\n"));
  g_assert_true (strcspn (proof->str, "\r\n") == proof->len - 2);
}

/* All parts one after another, as of a connection. */
static void
check_parts (const guint8 *data, gsize size)
{
  LecRtspPartKind kind;
  gsize at = 0;

  do {
    LecRtspPart part;
    gsize used;

    kind = lec_rtsp_part_read (data + at, size - at, &part, &used);
    g_assert_cmpuint (used, <=, size - at);
    if (kind == LEC_RTSP_PART_FRAME)
      g_assert_true (part.payload >= data + at
                     && part.payload + part.payload_size == data + at + used);
    if (kind == LEC_RTSP_PART_ANSWER || kind == LEC_RTSP_PART_REQUEST) {
      g_assert_true ((part.message.status >= 100) == (kind == LEC_RTSP_PART_ANSWER));
      g_assert_true (part.message.body == NULL
                     || g_bytes_get_size (part.message.body) <= LEC_RTSP_ANSWER_LIMIT);
      check_transport (&part.message);
      check_challenge (&part.message);
    }
    lec_rtsp_answer_clear (&part.message);
    at += used;
  } while (kind != LEC_RTSP_PART_INCOMPLETE && kind != LEC_RTSP_PART_NONSENSE);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_auto (LecRtspAnswer) answer = { 0 };
  g_autoptr (GError) error = NULL;

  check_parts (data, size);
  if (!lec_rtsp_answer_read (in, NULL, &answer, &error)) {
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);
    return 0;
  }
  g_assert_no_error (error);
  g_assert_cmpuint (answer.status, >=, 200);
  if (answer.status < 300)
    check_description (&answer);
  else
    check_redirect (&answer);
  return 0;
}
