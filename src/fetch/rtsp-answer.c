/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/rtsp-answer.h"

#include <string.h>

#include "channel/channel.h"

#define MAX_INTERIM 4 /* answers of the 100s before the one that counts */

void
lec_rtsp_answer_clear (LecRtspAnswer *answer)
{
  g_strfreev (answer->lines);
  g_clear_pointer (&answer->body, g_bytes_unref);
}

const char *
lec_rtsp_answer_find_header (const LecRtspAnswer *answer, const char *name)
{
  gsize length = strlen (name);

  for (guint i = 1; answer->lines[i] != NULL; i++) {
    const char *line = answer->lines[i];

    if (g_ascii_strncasecmp (line, name, length) == 0 && line[length] == ':')
      return line + length + 1 + strspn (line + length + 1, " \t");
  }
  return NULL;
}

/* The length of the head at the start of @bytes with the empty line behind it; 0: not complete. */
static gsize
measure_head (const GByteArray *bytes)
{
  for (gsize i = 0; i < bytes->len; i++) {
    gsize left = bytes->len - i;

    if (left >= 4 && memcmp (bytes->data + i, "\r\n\r\n", 4) == 0)
      return i + 4;
    if (left >= 2 && memcmp (bytes->data + i, "\n\n", 2) == 0)
      return i + 2;
  }
  return 0;
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
  g_autofree char *head = NULL;
  gsize length;

  while ((length = measure_head (bytes)) == 0) {
    if (read_more (in, bytes, cancellable, &failure))
      continue;
    if (failure == NULL)
      return fail_sense (error);
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  head = g_strndup ((const char *) bytes->data, length);
  g_byte_array_remove_range (bytes, 0, (guint) length);
  g_strfreev (answer->lines);
  answer->lines = g_strsplit_set (g_strchomp (head), "\n", -1);
  for (guint i = 0; answer->lines[i] != NULL; i++)
    g_strchomp (answer->lines[i]);
  if (!g_str_has_prefix (head, "RTSP/1.") || strlen (answer->lines[0]) < 12)
    return fail_sense (error);
  answer->status = (guint) g_ascii_strtoull (head + 9, NULL, 10);
  return answer->status >= 100 || fail_sense (error);
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

/* A line `c=IN IP4 239.1.1.1/16` does. */
gboolean
lec_rtsp_answer_names_group (const LecRtspAnswer *answer)
{
  gsize length;
  const char *bytes = g_bytes_get_data (answer->body, &length);
  g_autofree char *text = g_strndup (bytes, length);
  g_auto (GStrv) lines = g_strsplit_set (text, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) words = g_strsplit_set (lines[i], " \t/", 4);

    if (g_str_has_prefix (lines[i], "c=IN") && g_strv_length (words) >= 3
        && lec_address_is_group (words[2]))
      return TRUE;
  }
  return FALSE;
}
