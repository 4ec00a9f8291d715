/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/rtsp-answer.h"

#include <string.h>

#define MAX_INTERIM 4 /* answers of the 100s before the one that counts */

void
lec_rtsp_answer_clear (LecRtspAnswer *answer)
{
  g_strfreev (answer->lines);
  g_clear_pointer (&answer->body, g_bytes_unref);
  answer->lines = NULL;
  answer->status = 0;
}

const char *
lec_rtsp_answer_find_header_at (const LecRtspAnswer *answer, const char *name, guint index)
{
  gsize length = strlen (name);

  for (guint i = 1; answer->lines[i] != NULL; i++) {
    const char *line = answer->lines[i];

    if (g_ascii_strncasecmp (line, name, length) == 0 && line[length] == ':' && index-- == 0)
      return line + length + 1 + strspn (line + length + 1, " \t");
  }
  return NULL;
}

const char *
lec_rtsp_answer_find_header (const LecRtspAnswer *answer, const char *name)
{
  return lec_rtsp_answer_find_header_at (answer, name, 0);
}

/* The length of the head at the start of @bytes with the empty line behind it; 0: not complete. */
static gsize
measure_head (const guint8 *bytes, gsize size)
{
  for (gsize i = 0; i < size; i++) {
    gsize left = size - i;

    if (left >= 4 && memcmp (bytes + i, "\r\n\r\n", 4) == 0)
      return i + 4;
    if (left >= 2 && memcmp (bytes + i, "\n\n", 2) == 0)
      return i + 2;
  }
  return 0;
}

static void
take_lines (const guint8 *bytes, gsize length, LecRtspAnswer *answer)
{
  g_autofree char *head = g_strndup ((const char *) bytes, length);

  g_strfreev (answer->lines);
  answer->lines = g_strsplit_set (g_strchomp (head), "\n", -1);
  for (guint i = 0; answer->lines[i] != NULL; i++)
    g_strchomp (answer->lines[i]);
}

/* FALSE where the first line is none of an answer. */
static gboolean
read_status (LecRtspAnswer *answer)
{
  const char *first = answer->lines[0];
  guint64 status;

  if (first == NULL || !g_str_has_prefix (first, "RTSP/1.") || strlen (first) < 12)
    return FALSE;
  status = g_ascii_strtoull (first + 9, NULL, 10);
  if (status < 100 || status > 999)
    return FALSE;
  answer->status = (guint) status;
  return TRUE;
}

static gboolean
fail_sense (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "no RTSP");
  return FALSE;
}

/* Appends what has arrived; FALSE with an error, or without one at the end. */
static gboolean
read_more (GInputStream *in, GByteArray *bytes, GCancellable *cancellable, GError **error)
{
  guint8 buffer[4096];
  gssize got;

  if (bytes->len > LEC_RTSP_ANSWER_LIMIT)
    return fail_sense (error);
  got = g_input_stream_read (in, buffer, sizeof buffer, cancellable, error);
  if (got <= 0)
    return FALSE;
  g_byte_array_append (bytes, buffer, (guint) got);
  return TRUE;
}

/* Takes a head off the start of @bytes. */
static gboolean
read_head (GInputStream *in,
           GByteArray *bytes,
           GCancellable *cancellable,
           LecRtspAnswer *answer,
           GError **error)
{
  g_autoptr (GError) failure = NULL;
  gsize length;

  while ((length = measure_head (bytes->data, bytes->len)) == 0) {
    if (read_more (in, bytes, cancellable, &failure))
      continue;
    if (failure == NULL)
      return fail_sense (error);
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  take_lines (bytes->data, length, answer);
  g_byte_array_remove_range (bytes, 0, (guint) length);
  return read_status (answer) || fail_sense (error);
}

/* Without a length, everything up to the end of the connection. An empty one makes no sense. */
static gboolean
read_body (GInputStream *in,
           GByteArray *bytes,
           GCancellable *cancellable,
           LecRtspAnswer *answer,
           GError **error)
{
  const char *said = lec_rtsp_answer_find_header (answer, "Content-Length");
  guint64 length = said != NULL ? g_ascii_strtoull (said, NULL, 10) : G_MAXUINT64;
  g_autoptr (GError) failure = NULL;

  while (bytes->len < length && read_more (in, bytes, cancellable, &failure))
    ;
  if (failure != NULL) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  if ((said != NULL && bytes->len < length) || MIN (bytes->len, length) == 0)
    return fail_sense (error);
  answer->body = g_bytes_new (bytes->data, MIN (bytes->len, length));
  return TRUE;
}

gboolean
lec_rtsp_answer_read (GInputStream *in,
                      GCancellable *cancellable,
                      LecRtspAnswer *answer,
                      GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (guint i = 0; i <= MAX_INTERIM; i++) {
    if (!read_head (in, bytes, cancellable, answer, error))
      return FALSE;
    if (answer->status >= 200)
      return answer->status >= 300 || read_body (in, bytes, cancellable, answer, error);
  }
  return fail_sense (error);
}

/* ---- what comes over a connection ---- */

static LecRtspPartKind
read_frame (const guint8 *bytes, gsize size, LecRtspPart *part, gsize *used)
{
  gsize length;

  if (size < 4)
    return LEC_RTSP_PART_INCOMPLETE;
  length = (gsize) bytes[2] << 8 | bytes[3];
  if (size - 4 < length)
    return LEC_RTSP_PART_INCOMPLETE;
  part->channel = bytes[1];
  part->payload = bytes + 4;
  part->payload_size = length;
  *used += 4 + length;
  return LEC_RTSP_PART_FRAME;
}

/* `OPTIONS * RTSP/1.0` */
static gboolean
is_request (const LecRtspAnswer *message)
{
  const char *version = message->lines[0] != NULL ? strrchr (message->lines[0], ' ') : NULL;

  return version != NULL && g_str_has_prefix (version, " RTSP/1.")
         && g_ascii_isalpha (message->lines[0][0]);
}

static LecRtspPartKind
read_message (const guint8 *bytes, gsize size, LecRtspPart *part, gsize *used)
{
  const gsize head = measure_head (bytes, MIN (size, LEC_RTSP_HEAD_LIMIT));
  LecRtspAnswer *message = &part->message;
  const char *said;
  guint64 length;

  if (head == 0)
    return size < LEC_RTSP_HEAD_LIMIT ? LEC_RTSP_PART_INCOMPLETE : LEC_RTSP_PART_NONSENSE;
  take_lines (bytes, head, message);
  if (!read_status (message) && !is_request (message)) { /* it may be without any line */
    lec_rtsp_answer_clear (message);
    return LEC_RTSP_PART_NONSENSE;
  }
  said = lec_rtsp_answer_find_header (message, "Content-Length");
  length = said != NULL ? g_ascii_strtoull (said, NULL, 10) : 0;
  if (length > LEC_RTSP_ANSWER_LIMIT || size - head < length) {
    lec_rtsp_answer_clear (message);
    return length > LEC_RTSP_ANSWER_LIMIT ? LEC_RTSP_PART_NONSENSE : LEC_RTSP_PART_INCOMPLETE;
  }
  if (length > 0)
    message->body = g_bytes_new (bytes + head, length);
  *used += head + length;
  return message->status != 0 ? LEC_RTSP_PART_ANSWER : LEC_RTSP_PART_REQUEST;
}

LecRtspPartKind
lec_rtsp_part_read (const guint8 *bytes, gsize size, LecRtspPart *part, gsize *used)
{
  gsize blank = 0;

  *part = (LecRtspPart){ 0 };
  while (blank < size && (bytes[blank] == '\r' || bytes[blank] == '\n'))
    blank++;
  *used = blank;
  if (blank == size)
    return LEC_RTSP_PART_INCOMPLETE;
  return bytes[blank] == '$' ? read_frame (bytes + blank, size - blank, part, used)
                             : read_message (bytes + blank, size - blank, part, used);
}
