/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-field.h"

#include <string.h>

#include "announce/cursor.h"

#define MAX_WORD 255 /* [bytes] of an origin: the length of a host name */

static gboolean
read_origin (GstSDPMessage *message, const char *value)
{
  g_auto (GStrv) words = g_new0 (char *, 7);
  LecCursor cursor;

  lec_cursor_init (&cursor, value);
  for (guint i = 0; i < 6; i++) {
    words[i] = lec_cursor_word (&cursor);
    if (words[i] == NULL || strlen (words[i]) > MAX_WORD)
      return FALSE;
  }
  if (!lec_cursor_done (&cursor))
    return FALSE;
  gst_sdp_message_set_origin (message, words[0], words[1], words[2], words[3], words[4], words[5]);
  return TRUE;
}

static gboolean
read_connection (GstSDPMessage *message, GstSDPMedia *media, const char *value)
{
  g_autofree char *nettype = NULL;
  g_autofree char *addrtype = NULL;
  g_autofree char *address = NULL;
  LecCursor cursor;

  lec_cursor_init (&cursor, value);
  nettype = lec_cursor_word (&cursor);
  addrtype = lec_cursor_word (&cursor);
  address = lec_cursor_word (&cursor);
  if (media != NULL)
    gst_sdp_media_add_connection (media, nettype != NULL ? nettype : "",
                                  addrtype != NULL ? addrtype : "", address != NULL ? address : "",
                                  0, 0);
  else
    gst_sdp_message_set_connection (message, nettype, addrtype, address, 0, 0);
  return lec_cursor_done (&cursor);
}

static gboolean
read_bandwidth (GstSDPMessage *message, GstSDPMedia *media, const char *value)
{
  g_autofree char *type = NULL;
  LecCursor cursor;
  guint bandwidth;

  lec_cursor_init (&cursor, value);
  type = lec_cursor_until (&cursor, ":");
  lec_cursor_expect (&cursor, ':');
  lec_cursor_skip_blanks (&cursor);
  bandwidth = (guint) lec_cursor_number (&cursor, G_MAXUINT);
  if (!lec_cursor_done (&cursor))
    return FALSE;
  if (media != NULL)
    gst_sdp_media_add_bandwidth (media, type, bandwidth);
  else
    gst_sdp_message_add_bandwidth (message, type, bandwidth);
  return TRUE;
}

/* `2882844526 -1h 2898848070 0`: pairs of a time and an offset. */
static gboolean
read_zones (GstSDPMessage *message, const char *value)
{
  LecCursor cursor;

  lec_cursor_init (&cursor, value);
  while (!lec_cursor_done (&cursor)) {
    g_autofree char *time = lec_cursor_word (&cursor);
    g_autofree char *offset = lec_cursor_word (&cursor);

    if (cursor.failed)
      return FALSE;
    gst_sdp_message_add_zone (message, time, offset);
  }
  return TRUE;
}

static void
read_attribute (GstSDPMessage *message, GstSDPMedia *media, const char *value)
{
  g_autofree char *name = g_strndup (value, strcspn (value, ":"));
  const char *rest = value + strlen (name);

  rest += *rest == ':' ? 1 : 0;
  rest += strspn (rest, " \t");
  if (media != NULL)
    gst_sdp_media_add_attribute (media, g_strchomp (name), rest);
  else
    gst_sdp_message_add_attribute (message, g_strchomp (name), rest);
}

static void
read_information (GstSDPMessage *message, GstSDPMedia *media, const char *value)
{
  if (media != NULL)
    gst_sdp_media_set_information (media, value);
  else
    gst_sdp_message_set_information (message, value);
}

gboolean
lec_sdp_field_read (GstSDPMessage *message, GstSDPMedia *media, char type, const char *value)
{
  switch (type) {
  case 'o':
    return read_origin (message, value);
  case 's':
    gst_sdp_message_set_session_name (message, value);
    return TRUE;
  case 'i':
    read_information (message, media, value);
    return TRUE;
  case 'u':
    gst_sdp_message_set_uri (message, value);
    return TRUE;
  case 'e':
    gst_sdp_message_add_email (message, value);
    return TRUE;
  case 'p':
    gst_sdp_message_add_phone (message, value);
    return TRUE;
  case 'c':
    return read_connection (message, media, value);
  case 'b':
    return read_bandwidth (message, media, value);
  case 'z':
    return read_zones (message, value);
  case 'a':
    read_attribute (message, media, value);
    return TRUE;
  default:
    return FALSE;
  }
}
