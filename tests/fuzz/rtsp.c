/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an RTSP server answers, up to what its description promises. */
#include "announce/recognise.h"
#include "channel/error.h"
#include "fetch/rtsp-answer.h"
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
  if (!lec_rtsp_answer_names_group (answer))
    return;
  announcement = lec_announcement_parse (bytes, length, "rtsp://station.example/live", &error);
  g_assert_true ((announcement == NULL) == (error != NULL));
  g_assert_true (announcement != NULL || error->domain == LEC_ERROR);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_auto (LecRtspAnswer) answer = { 0 };
  g_autoptr (GError) error = NULL;

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
