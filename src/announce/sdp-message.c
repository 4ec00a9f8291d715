/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-message.h"

#include <string.h>

#include "announce/cursor.h"
#include "wire/error.h"

#define SHOWN 40 /* [bytes] of a line that a message quotes; never enough for a key */

typedef struct
{
  LecAnnouncement *announcement; /* borrowed */
  GstSDPMessage *message;        /* borrowed */
  GstSDPMedia *media;            /* the section being read; NULL: the session */
  guint media_count;
  guint line;        /* number of the line being read, from 1 */
  const char *order; /* types that may still come, RFC 8866 section 5 */
  GString *seen;     /* types of the section that were read */
} Reader;

static gboolean
refuse_line (const Reader *self, const char *value, GError **error)
{
  g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED, "line %u cannot be understood: “%.*s”",
               self->line, SHOWN, value);
  return FALSE;
}

static void
warn_line (const Reader *self, char type)
{
  lec_announcement_warn (self->announcement, "line %u (%c=) is not well-formed and was passed over",
                         self->line, type);
}

static gboolean
read_version (const Reader *self, const char *value, GError **error)
{
  LecCursor cursor;
  guint64 version;

  lec_cursor_init (&cursor, value);
  version = lec_cursor_number (&cursor, G_MAXUINT32);
  if (!lec_cursor_done (&cursor))
    return refuse_line (self, value, error);
  if (version != 0) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 "it is written in version %" G_GUINT64_FORMAT
                 " of SDP, and only version 0 is known",
                 version);
    return FALSE;
  }
  gst_sdp_message_set_version (self->message, "0");
  return TRUE;
}

static void
read_origin (const Reader *self, const char *value)
{
  g_auto (GStrv) words = g_new0 (char *, 7);
  LecCursor cursor;

  lec_cursor_init (&cursor, value);
  for (guint i = 0; i < 6; i++)
    words[i] = lec_cursor_word (&cursor);
  if (!lec_cursor_done (&cursor))
    warn_line (self, 'o');
  else
    gst_sdp_message_set_origin (self->message, words[0], words[1], words[2], words[3], words[4],
                                words[5]);
}

static void
read_connection (const Reader *self, const char *value)
{
  g_autofree char *nettype = NULL;
  g_autofree char *addrtype = NULL;
  g_autofree char *address = NULL;
  LecCursor cursor;

  lec_cursor_init (&cursor, value);
  nettype = lec_cursor_word (&cursor);
  addrtype = lec_cursor_word (&cursor);
  address = lec_cursor_word (&cursor);
  if (!lec_cursor_done (&cursor))
    warn_line (self, 'c');
  if (self->media != NULL)
    gst_sdp_media_add_connection (self->media, nettype != NULL ? nettype : "",
                                  addrtype != NULL ? addrtype : "", address != NULL ? address : "",
                                  0, 0);
  else
    gst_sdp_message_set_connection (self->message, nettype, addrtype, address, 0, 0);
}

static void
read_bandwidth (const Reader *self, const char *value)
{
  g_autofree char *type = NULL;
  LecCursor cursor;
  guint bandwidth;

  lec_cursor_init (&cursor, value);
  type = lec_cursor_until (&cursor, ":");
  lec_cursor_expect (&cursor, ':');
  bandwidth = (guint) lec_cursor_number (&cursor, G_MAXUINT);
  if (!lec_cursor_done (&cursor))
    warn_line (self, 'b');
  else if (self->media != NULL)
    gst_sdp_media_add_bandwidth (self->media, type, bandwidth);
  else
    gst_sdp_message_add_bandwidth (self->message, type, bandwidth);
}

static void
read_time (const Reader *self, const char *value)
{
  g_autofree char *start = NULL;
  g_autofree char *stop = NULL;
  LecCursor cursor;

  lec_cursor_init (&cursor, value);
  start = lec_cursor_word (&cursor);
  stop = lec_cursor_word (&cursor);
  if (!lec_cursor_done (&cursor))
    warn_line (self, 't');
  else
    gst_sdp_message_add_time (self->message, start, stop, NULL);
}

static void
read_attribute (const Reader *self, const char *value)
{
  g_autofree char *name = g_strndup (value, strcspn (value, ":"));
  const char *rest = value + strlen (name);

  rest += *rest == ':' ? 1 : 0;
  rest += strspn (rest, " \t");
  if (self->media != NULL)
    gst_sdp_media_add_attribute (self->media, g_strchomp (name), rest);
  else
    gst_sdp_message_add_attribute (self->message, g_strchomp (name), rest);
}

static void
finish_media (Reader *self)
{
  if (self->media != NULL) {
    gst_sdp_message_add_media (self->message, self->media); /* empties it */
    gst_sdp_media_free (self->media);
  }
  self->media = NULL;
}

static void
begin_media (Reader *self)
{
  finish_media (self);
  gst_sdp_media_new (&self->media);
  self->media_count++;
  self->order = "icbka";
  g_string_truncate (self->seen, 0);
}

static gboolean
read_media (Reader *self, const char *value, GError **error)
{
  g_autofree char *type = NULL;
  g_autofree char *protocol = NULL;
  guint port;
  guint count = 1;
  LecCursor cursor;

  lec_cursor_init (&cursor, value);
  type = lec_cursor_word (&cursor);
  lec_cursor_skip_blanks (&cursor);
  port = (guint) lec_cursor_number (&cursor, G_MAXUINT16);
  if (lec_cursor_skip (&cursor, '/'))
    count = (guint) lec_cursor_number (&cursor, G_MAXUINT16);
  lec_cursor_expect_blanks (&cursor);
  protocol = lec_cursor_word (&cursor);
  if (cursor.failed)
    return refuse_line (self, value, error);

  begin_media (self);
  gst_sdp_media_set_media (self->media, type);
  gst_sdp_media_set_port_info (self->media, port, count);
  gst_sdp_media_set_proto (self->media, protocol);
  while (!lec_cursor_done (&cursor)) {
    g_autofree char *format = lec_cursor_word (&cursor);

    if (format == NULL)
      break;
    gst_sdp_media_add_format (self->media, format);
  }
  return TRUE;
}

static void
read_key (const Reader *self)
{
  /* The key itself is never kept: that there is one says enough. */
  if (self->media != NULL)
    gst_sdp_media_set_key (self->media, "present", "");
  else
    gst_sdp_message_set_key (self->message, "present", "");
}

static void
read_information (const Reader *self, const char *value)
{
  if (self->media != NULL)
    gst_sdp_media_set_information (self->media, value);
  else
    gst_sdp_message_set_information (self->message, value);
}

static gboolean
read_value (Reader *self, char type, const char *value, GError **error)
{
  switch (type) {
  case 'v':
    return read_version (self, value, error);
  case 'm':
    return read_media (self, value, error);
  case 'o':
    read_origin (self, value);
    break;
  case 's':
    gst_sdp_message_set_session_name (self->message, value);
    break;
  case 'i':
    read_information (self, value);
    break;
  case 'u':
    gst_sdp_message_set_uri (self->message, value);
    break;
  case 'c':
    read_connection (self, value);
    break;
  case 'b':
    read_bandwidth (self, value);
    break;
  case 't':
    read_time (self, value);
    break;
  case 'k':
    read_key (self);
    break;
  case 'a':
    read_attribute (self, value);
    break;
  default: /* e, p, r, z: nothing a receiver needs */
    break;
  }
  return TRUE;
}

/* Whether a line may come once only, and came before. A section has several c= lines where the
 * layers of a medium are sent to several groups. */
static gboolean
is_repeated (Reader *self, char type)
{
  const char *once = self->media != NULL ? "ik" : "vosiuck";

  if (strchr (once, type) == NULL)
    return FALSE;
  if (strchr (self->seen->str, type) != NULL)
    return TRUE;
  g_string_append_c (self->seen, type);
  return FALSE;
}

static void
check_order (Reader *self, char type)
{
  const char *place = strchr (self->order, type);

  if (type == 'm')
    return;
  if (type == 'r')
    place = strchr (self->order, 't');
  else if (type == 't' && place == NULL)
    place = strchr (self->order, 'r');
  if (place != NULL)
    self->order = place;
  else
    lec_announcement_warn (self->announcement, "the lines are not in the order of RFC 8866");
}

static gboolean
read_line (Reader *self, const char *line, GError **error)
{
  char type = line[0];

  if (type == '\0')
    return TRUE;
  if (strchr ("vosiuepcbtrzkam", type) == NULL || line[1] != '=') {
    lec_announcement_warn (self->announcement, "line %u is no line of SDP and was passed over",
                           self->line);
    return TRUE;
  }
  /* Owner, name and the like cannot belong to one medium: they are the session's, only late. */
  if (self->media != NULL && strchr ("vosueptrz", type) != NULL) {
    GstSDPMedia *media = g_steal_pointer (&self->media);
    gboolean read;

    lec_announcement_warn (self->announcement, "the lines are not in the order of RFC 8866");
    read = read_value (self, type, line + 2, error);
    self->media = media;
    return read;
  }
  if (is_repeated (self, type)) {
    lec_announcement_warn (self->announcement,
                           "line %u (%c=) repeats an earlier one and was passed over", self->line,
                           type);
    return TRUE;
  }
  check_order (self, type);
  return read_value (self, type, line + 2, error);
}

static gboolean
read_lines (Reader *self, const char *text, GError **error)
{
  while (*text != '\0') {
    gsize length = strcspn (text, "\r\n");
    g_autofree char *line = g_strstrip (g_strndup (text, length));

    self->line++;
    if (g_str_has_prefix (line, "m=") && self->media_count == LEC_MAX_SDP_MEDIA) {
      lec_announcement_warn (self->announcement, "only the first %d media were looked at",
                             LEC_MAX_SDP_MEDIA);
      return TRUE;
    }
    if (!read_line (self, line, error))
      return FALSE;
    text += length;
    text += g_str_has_prefix (text, "\r\n") ? 2 : *text != '\0';
  }
  return TRUE;
}

GstSDPMessage *
lec_sdp_message_read (const char *text, LecAnnouncement *announcement, GError **error)
{
  Reader reader = { .announcement = announcement, .order = "vosiuepcbtrzka" };
  gboolean read;

  gst_sdp_message_new (&reader.message);
  reader.seen = g_string_new (NULL);
  read = read_lines (&reader, text, error);
  finish_media (&reader);
  g_string_free (reader.seen, TRUE);
  if (read)
    return reader.message;
  gst_sdp_message_free (reader.message);
  return NULL;
}
