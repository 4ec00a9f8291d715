/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp.h"

#include <arpa/inet.h> /* inet_pton(): text to address, no socket */
#include <string.h>

#include "announce/cursor.h"
#include "announce/reference.h"
#include "announce/sdp-group.h"
#include "announce/sdp-message.h"
#include "announce/sdp-stream.h"
#include "wire/error.h"

#define NTP_TO_UNIX G_GINT64_CONSTANT (2208988800) /* [s] from 1900 to 1970 */
#define LAST_NTP G_GUINT64_CONSTANT (255611289600) /* [s] the end of the year 9999 */
#define MAX_IDENTITY 256 /* [bytes] longer ones are replaced by a digest */

/* Where an RTSP server says its media are; only absolute addresses help a viewer. */
static const char *
find_rtsp_control (const GstSDPMessage *message)
{
  const char *control = gst_sdp_message_get_attribute_val (message, "control");

  for (guint i = 0; control == NULL || g_ascii_strncasecmp (control, "rtsp", 4) != 0; i++) {
    if (i == gst_sdp_message_medias_len (message))
      return NULL;
    control = gst_sdp_media_get_attribute_val (gst_sdp_message_get_media (message, i), "control");
  }
  return control;
}

static gboolean
has_control (const GstSDPMessage *message)
{
  gboolean found = gst_sdp_message_get_attribute_val (message, "control") != NULL;

  for (guint i = 0; !found && i < gst_sdp_message_medias_len (message); i++)
    found = gst_sdp_media_get_attribute_val (gst_sdp_message_get_media (message, i), "control")
            != NULL;
  return found;
}

/* Says why nothing can be received: the reason of the first medium, unless it is that the text was
 * never meant to stand alone. */
static void
refuse (const GstSDPMessage *message, GError *reason, GError **error)
{
  const char *control = find_rtsp_control (message);

  if (reason == NULL)
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_MALFORMED,
                         "it describes no media (there is no m= line)");
  else if (g_error_matches (reason, LEC_ERROR, LEC_ERROR_MALFORMED) && control != NULL)
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 "this description belongs to an RTSP server: open %.200s instead", control);
  else if (g_error_matches (reason, LEC_ERROR, LEC_ERROR_MALFORMED) && has_control (message))
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                         "this description belongs to an RTSP server: open the rtsp:// address it "
                         "came from instead");
  else
    g_propagate_error (error, g_steal_pointer (&reason));
  g_clear_error (&reason);
}

/* Receives what can be received; the first reason why something cannot is left in @reason. */
static void
read_streams (const GstSDPMessage *message,
              LecAlternative *alternative,
              GPtrArray *mids,
              LecAnnouncement *announcement,
              GError **reason)
{
  for (guint i = 0; i < gst_sdp_message_medias_len (message); i++) {
    const GstSDPMedia *media = gst_sdp_message_get_media (message, i);
    g_autoptr (GError) local = NULL;

    if (lec_sdp_stream_read (message, media, alternative, announcement, &local)) {
      g_ptr_array_add (mids, g_strdup (gst_sdp_media_get_attribute_val (media, "mid")));
      continue;
    }
    lec_announcement_warn (announcement, "a stream was passed over: %s", local->message);
    if (*reason == NULL)
      g_propagate_error (reason, g_steal_pointer (&local));
  }
}

/* One transport stream holds a whole channel, and nobody can watch twenty streams. */
static void
limit_streams (LecAlternative *alternative, LecAnnouncement *announcement)
{
  guint most = alternative->kind == LEC_KIND_TS ? 1 : LEC_MAX_STREAMS;

  if (alternative->streams->len <= most)
    return;
  lec_announcement_warn (announcement, "it promises %u streams; only the first %u are received",
                         alternative->streams->len, most);
  g_ptr_array_set_size (alternative->streams, (int) most);
}

/* [s since 1970]; 0: not said. */
static gint64
read_time (const char *text, LecAnnouncement *announcement)
{
  LecCursor cursor;
  guint64 ntp;

  lec_cursor_init (&cursor, text);
  ntp = lec_cursor_number (&cursor, LAST_NTP);
  if (lec_cursor_done (&cursor) && (ntp == 0 || ntp > (guint64) NTP_TO_UNIX))
    return ntp == 0 ? 0 : (gint64) ntp - NTP_TO_UNIX;
  lec_announcement_warn (announcement, "“%.20s” is no time and was passed over", text);
  return 0;
}

static void
read_times (const GstSDPMessage *message, LecChannelInfo *info, LecAnnouncement *announcement)
{
  for (guint i = 0; i < gst_sdp_message_times_len (message); i++) {
    const GstSDPTime *time = gst_sdp_message_get_time (message, i);

    if (info->schedule == NULL)
      info->schedule = lec_schedule_new ();
    lec_schedule_add_period (info->schedule, read_time (time->start, announcement),
                             read_time (time->stop, announcement));
  }
}

/* Whether an origin names its session for the whole world (RFC 8866, section 5.2). Programs that do
 * not care write a session of 0, or the address that every computer has. */
static gboolean
is_unique (const GstSDPOrigin *origin)
{
  guint8 bytes[4];

  if (strspn (origin->sess_id, "0") == strlen (origin->sess_id))
    return FALSE;
  if (inet_pton (AF_INET, origin->addr, bytes) == 1)
    return bytes[0] != 127 && bytes[0] != 0;
  return strcmp (origin->addr, "::1") != 0 && strcmp (origin->addr, "::") != 0
         && strcmp (origin->addr, "localhost") != 0;
}

/* What stays the same when the announcement is sent again with a new version: the origin, with the
 * first address where that alone could be anybody's. Without an origin the address alone. */
static char *
make_identity (const GstSDPMessage *message, const LecAlternative *alternative)
{
  const GstSDPOrigin *origin = gst_sdp_message_get_origin (message);
  const LecStream *stream = g_ptr_array_index (alternative->streams, 0);
  const LecLeg *leg = g_ptr_array_index (stream->legs, 0);
  g_autofree char *address = g_strdup_printf ("%s %u", leg->group, leg->port);
  g_autofree char *identity = NULL;

  if (origin->username == NULL)
    identity = g_strdup_printf ("sdp %s", address);
  else
    identity = g_strdup_printf ("sdp %s %s %s %s%s%s", origin->username, origin->sess_id,
                                origin->nettype, origin->addr, is_unique (origin) ? "" : " ",
                                is_unique (origin) ? "" : address);
  if (strlen (identity) > MAX_IDENTITY)
    return g_compute_checksum_for_string (G_CHECKSUM_SHA256, identity, -1);
  return g_steal_pointer (&identity);
}

static void
read_texts (const GstSDPMessage *message, LecChannelInfo *info, LecAnnouncement *announcement)
{
  const char *title = gst_sdp_message_get_session_name (message);
  const char *uri = gst_sdp_message_get_uri (message);

  if (title == NULL)
    lec_announcement_warn (announcement, "the channel has no name (no s= line)");
  else if (strcmp (title, "-") != 0)
    info->title = g_strdup (title);
  info->description = g_strdup (gst_sdp_message_get_information (message));
  info->origin = g_strdup (gst_sdp_message_get_origin (message)->addr);
  if (uri != NULL && lec_reference_is_for_people (uri))
    info->more_info = g_strdup (uri);
}

static void
warn_missing_lines (const GstSDPMessage *message, LecAnnouncement *announcement)
{
  if (gst_sdp_message_get_version (message) == NULL)
    lec_announcement_warn (announcement, "there is no v= line");
  if (gst_sdp_message_get_origin (message)->username == NULL)
    lec_announcement_warn (announcement, "there is no good o= line");
  if (gst_sdp_message_times_len (message) == 0)
    lec_announcement_warn (announcement, "there is no good t= line");
}

static LecChannel *
make_channel (const GstSDPMessage *message, LecAnnouncement *announcement, GError **error)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  g_autoptr (GPtrArray) mids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) reason = NULL;

  warn_missing_lines (message, announcement);
  read_streams (message, alternative, mids, announcement, &reason);
  if (alternative->streams->len > 0)
    lec_sdp_group_apply (message, alternative, mids, announcement);
  if (alternative->streams->len == 0) {
    refuse (message, g_steal_pointer (&reason), error);
    return NULL;
  }
  limit_streams (alternative, announcement);
  info->id = make_identity (message, alternative);
  read_texts (message, info, announcement);
  read_times (message, info, announcement);
  return lec_channel_new (g_steal_pointer (&info), error);
}

LecAnnouncement *
lec_sdp_parse (const char *text, GError **error)
{
  g_autoptr (LecAnnouncement) announcement = lec_announcement_new ("sdp");
  g_autoptr (GstSDPMessage) message = NULL;
  LecChannel *channel;

  if (strlen (text) > LEC_MAX_SDP) {
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                         "this description is longer than 64 KiB, which no real one is");
    return NULL;
  }
  message = lec_sdp_message_read (text, announcement, error);
  if (message == NULL)
    return NULL;
  channel = make_channel (message, announcement, error);
  if (channel == NULL)
    return NULL;
  g_ptr_array_add (announcement->channels, channel);
  return g_steal_pointer (&announcement);
}
