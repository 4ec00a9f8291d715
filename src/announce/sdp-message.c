/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-message.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/cursor.h"
#include "announce/sdp-field.h"
#include "channel/error.h"

#define SHOWN 40 /* [bytes] of a line that a message quotes; never enough for a key */

typedef struct
{
  LecWarnings *warnings;  /* borrowed */
  GstSDPMessage *message; /* borrowed */
  GstSDPMedia *media;     /* the section being read; NULL: the session */
  guint media_count;
  guint line;        /* number of the line being read, from 1 */
  gboolean skipped;  /* the section being read cannot be understood; its lines are nobody's */
  GError *reason;    /* why the first such section cannot */
  const char *order; /* types that may still come, RFC 8866 section 5 */
  GString *seen;     /* types of the section that were read */
  char *start;       /* (nullable): of the time being read, whose repeats may follow */
  char *stop;        /* (nullable) */
  GPtrArray *repeats;
} Reader;

static gboolean
refuse_line (const Reader *self, const char *value, GError **error)
{
  g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED, _ ("line %u cannot be understood: “%.*s”"),
               self->line, SHOWN, value);
  return FALSE;
}

static void
warn_line (const Reader *self, char type)
{
  lec_warnings_add (self->warnings, _ ("line %1$u (%2$c=) is not well-formed and was ignored"),
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
                 _ ("it is written in version %u of SDP, and only version 0 is known"),
                 (guint) MIN (version, G_MAXUINT));
    return FALSE;
  }
  gst_sdp_message_set_version (self->message, "0");
  return TRUE;
}

/* A time is complete when no more repeats can follow. */
static void
finish_time (Reader *self)
{
  g_ptr_array_add (self->repeats, NULL);
  if (self->start != NULL)
    gst_sdp_message_add_time (self->message, self->start, self->stop,
                              (const char **) self->repeats->pdata);
  g_ptr_array_set_size (self->repeats, 0);
  g_clear_pointer (&self->start, g_free);
  g_clear_pointer (&self->stop, g_free);
}

static void
read_time (Reader *self, const char *value)
{
  g_autofree char *start = NULL;
  g_autofree char *stop = NULL;
  LecCursor cursor;

  finish_time (self);
  lec_cursor_init (&cursor, value);
  start = lec_cursor_word (&cursor);
  stop = lec_cursor_word (&cursor);
  if (!lec_cursor_done (&cursor)) {
    warn_line (self, 't');
    return;
  }
  self->start = g_steal_pointer (&start);
  self->stop = g_steal_pointer (&stop);
}

static void
read_repeat (Reader *self, const char *value)
{
  if (self->start != NULL)
    g_ptr_array_add (self->repeats, g_strdup (value));
  else
    warn_line (self, 'r');
}

static void
finish_media (Reader *self)
{
  if (self->media != NULL && !self->skipped)
    gst_sdp_message_add_media (self->message, self->media); /* empties it */
  g_clear_pointer (&self->media, gst_sdp_media_free);
  self->skipped = FALSE;
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

/* A section that cannot be understood does not spoil those that can. */
static void
skip_media (Reader *self, const char *value)
{
  g_autoptr (GError) reason = NULL;

  refuse_line (self, value, &reason);
  lec_warnings_add (self->warnings, _ ("a stream was ignored: %s"), reason->message);
  if (self->reason == NULL)
    self->reason = g_steal_pointer (&reason);
  begin_media (self);
  self->skipped = TRUE;
}

static void
read_media (Reader *self, const char *value)
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
  if (cursor.failed) {
    skip_media (self, value);
    return;
  }
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
}

static gboolean
read_value (Reader *self, char type, const char *value, GError **error)
{
  switch (type) {
  case 'v':
    return read_version (self, value, error);
  case 'm':
    read_media (self, value);
    break;
  case 't':
    read_time (self, value);
    break;
  case 'r':
    read_repeat (self, value);
    break;
  case 'k': /* RFC 8866, section 5.12: to be discarded */
    lec_warnings_add (self->warnings, _ ("a key in the obsolete k= line was ignored"));
    break;
  default:
    if (!lec_sdp_field_read (self->message, self->media, type, value))
      warn_line (self, type);
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
  if (strchr ("trz", type) != NULL && strchr (self->order, 'z') != NULL)
    place = strchr ("trzka", 't'); /* each time has its repeats and zones */
  if (place != NULL)
    self->order = place;
  else
    lec_warnings_add (self->warnings, _ ("the lines are not in the order of RFC 8866"));
}

static gboolean
read_line (Reader *self, const char *line, GError **error)
{
  char type = line[0];

  if (type == '\0')
    return TRUE;
  if (strchr ("vosiuepcbtrzkam", type) == NULL || line[1] != '=') {
    lec_warnings_add (self->warnings, _ ("line %u is not a valid line of SDP and was ignored"),
                      self->line);
    return TRUE;
  }
  /* Owner, name and the like cannot belong to one medium: they are the session's, only late. */
  if (self->media != NULL && strchr ("vosueptrz", type) != NULL) {
    GstSDPMedia *media = g_steal_pointer (&self->media);
    gboolean read;

    lec_warnings_add (self->warnings, _ ("the lines are not in the order of RFC 8866"));
    read = read_value (self, type, line + 2, error);
    self->media = media;
    return read;
  }
  if (is_repeated (self, type)) {
    lec_warnings_add (self->warnings,
                      _ ("line %1$u (%2$c=) repeats an earlier one and was ignored"), self->line,
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
      lec_warnings_add (self->warnings, _ ("only the first %d media were looked at"),
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
lec_sdp_message_read (const char *text, LecWarnings *warnings, GError **error)
{
  Reader reader = { .warnings = warnings, .order = "vosiuepcbtrzka" };
  gboolean read;

  gst_sdp_message_new (&reader.message);
  reader.seen = g_string_new (NULL);
  reader.repeats = g_ptr_array_new_with_free_func (g_free);
  read = read_lines (&reader, text, error);
  finish_media (&reader);
  finish_time (&reader);
  if (read && reader.reason != NULL && gst_sdp_message_medias_len (reader.message) == 0) {
    g_propagate_error (error, g_steal_pointer (&reader.reason));
    read = FALSE;
  }
  g_clear_error (&reader.reason);
  g_string_free (reader.seen, TRUE);
  g_ptr_array_unref (reader.repeats);
  if (read)
    return reader.message;
  gst_sdp_message_free (reader.message);
  return NULL;
}
