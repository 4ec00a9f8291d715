/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/encoding.h"
#include "announce/sdp-attribute.h"
#include "announce/sdp-connection.h"
#include "announce/sdp-control.h"
#include "announce/sdp-group.h"
#include "announce/sdp-identity.h"
#include "announce/sdp-message.h"
#include "announce/sdp-stream.h"
#include "announce/sdp-text.h"
#include "announce/sdp-time.h"
#include "channel/error.h"

/* Every a=control, that of the session first: which media of an RTSP server are meant. */
static GPtrArray *
list_controls (const GstSDPMessage *message)
{
  GPtrArray *controls = lec_sdp_attribute_list (message, NULL, "control");

  for (guint i = 0; i < gst_sdp_message_medias_len (message); i++) {
    const char *control
        = lec_sdp_attribute_get (NULL, gst_sdp_message_get_media (message, i), "control");

    if (control != NULL)
      g_ptr_array_add (controls, (char *) control);
  }
  return controls;
}

static gboolean
is_rtsp (const char *address)
{
  return address != NULL
         && (g_ascii_strncasecmp (address, "rtsp://", 7) == 0
             || g_ascii_strncasecmp (address, "rtsps://", 8) == 0
             || g_ascii_strncasecmp (address, "rtspu://", 8) == 0);
}

/* What to open instead. Only a whole address helps a viewer; a relative one is resolved by those
 * who know where the text came from, or belongs below the whole one of the session. */
static const char *
find_rtsp_address (const GstSDPMessage *message, const GPtrArray *controls)
{
  const char *uri = gst_sdp_message_get_uri (message);

  for (guint i = 0; i < controls->len; i++) {
    if (is_rtsp (g_ptr_array_index (controls, i)))
      return g_ptr_array_index (controls, i);
  }
  return is_rtsp (uri) ? uri : NULL;
}

/* Says why nothing can be received: the reason of the first medium, unless it is that the text was
 * never meant to stand alone. */
static void
refuse (const GstSDPMessage *message, gboolean is_incomplete, GError *reason, GError **error)
{
  g_autoptr (GPtrArray) controls = list_controls (message);
  const char *address = find_rtsp_address (message, controls);

  if (reason == NULL)
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_MALFORMED,
                         _ ("it describes no media (there is no m= line)"));
  else if (is_incomplete && address != NULL)
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("this description belongs to an RTSP server: open %.200s instead"), address);
  else if (is_incomplete && controls->len > 0)
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                         _ ("this description belongs to an RTSP server: open the rtsp:// address "
                            "it came from instead"));
  else
    g_propagate_error (error, g_steal_pointer (&reason));
  g_clear_error (&reason);
}

/* Receives what can be received; the first reason why something cannot is left in @reason.
 * Returns whether an address or a port was missing, or the former was a name. */
static gboolean
read_streams (const GstSDPMessage *message,
              LecAlternative *alternative,
              GArray *sections,
              LecWarnings *warnings,
              GError **reason)
{
  gboolean is_incomplete = FALSE;

  for (guint i = 0; i < gst_sdp_message_medias_len (message); i++) {
    const GstSDPMedia *media = gst_sdp_message_get_media (message, i);
    LecSdpSection section = { lec_sdp_attribute_get (NULL, media, "mid"), NULL,
                              lec_sdp_attribute_get (NULL, media, "depend") != NULL };
    g_autoptr (GError) local = NULL;

    if (lec_sdp_stream_read (message, media, alternative, warnings, &local)) {
      section.stream = g_ptr_array_index (alternative->streams, alternative->streams->len - 1);
      g_array_append_val (sections, section);
      continue;
    }
    lec_warnings_add (warnings, _ ("a stream was ignored: %s"), local->message);
    is_incomplete |= g_error_matches (local, LEC_ERROR, LEC_ERROR_MALFORMED)
                     || lec_sdp_connection_is_named (message, media);
    if (*reason == NULL)
      g_propagate_error (reason, g_steal_pointer (&local));
  }
  return is_incomplete;
}

/* One transport stream holds a whole channel, and nobody can watch twenty streams. */
static void
limit_streams (LecAlternative *alternative, LecWarnings *warnings)
{
  guint most = alternative->kind == LEC_KIND_TS ? 1 : LEC_MAX_STREAMS;

  if (alternative->streams->len <= most)
    return;
  lec_warnings_add (warnings,
                    g_dngettext (GETTEXT_PACKAGE,
                                 "it promises %1$u stream; only the first %2$u are received",
                                 "it promises %1$u streams; only the first %2$u are received",
                                 alternative->streams->len),
                    alternative->streams->len, most);
  g_ptr_array_set_size (alternative->streams, (int) most);
}

static void
warn_missing_lines (const GstSDPMessage *message, LecWarnings *warnings)
{
  if (gst_sdp_message_get_version (message) == NULL)
    lec_warnings_add (warnings, _ ("there is no v= line"));
  if (gst_sdp_message_get_origin (message)->username == NULL)
    lec_warnings_add (warnings, _ ("there is no valid o= line"));
  if (gst_sdp_message_times_len (message) == 0)
    lec_warnings_add (warnings, _ ("there is no valid t= line"));
}

/* @base: (nullable): of the RTSP server that has handed it out */
static LecChannel *
make_channel (const GstSDPMessage *message, const char *base, LecWarnings *warnings, GError **error)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  g_autoptr (GArray) sections = g_array_new (FALSE, FALSE, sizeof (LecSdpSection));
  g_autoptr (GError) reason = NULL;
  gboolean is_incomplete;

  warn_missing_lines (message, warnings);
  if (base != NULL)
    lec_sdp_control_begin (message, base, alternative);
  is_incomplete = read_streams (message, alternative, sections, warnings, &reason);
  lec_sdp_group_apply (message, alternative, sections, warnings);
  if (alternative->streams->len == 0) {
    refuse (message, is_incomplete, g_steal_pointer (&reason), error);
    return NULL;
  }
  limit_streams (alternative, warnings);
  lec_sdp_identity_read (message, info);
  if (base != NULL)
    lec_sdp_control_end (alternative);
  if (!lec_alternative_is_complete (alternative))
    g_clear_pointer (&info->id, g_free); /* made for this answer; its address is the same always */
  lec_sdp_text_read (message, info, warnings);
  info->schedule = lec_sdp_time_read (message, warnings);
  return lec_channel_new (g_steal_pointer (&info), error);
}

static LecAnnouncement *
parse (const char *text, const char *base, GError **error)
{
  g_autoptr (LecAnnouncement) announcement = lec_announcement_new ("sdp");
  g_autoptr (GstSDPMessage) message = NULL;
  LecChannel *channel;

  if (strlen (text) > LEC_MAX_SDP) {
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                         _ ("this description is larger than the 64 KiB limit"));
    return NULL;
  }
  message = lec_sdp_message_read (text, announcement->warnings, error);
  if (message == NULL)
    return NULL;
  channel = make_channel (message, base, announcement->warnings, error);
  if (channel == NULL)
    return NULL;
  g_ptr_array_add (announcement->channels, channel);
  return g_steal_pointer (&announcement);
}

LecAnnouncement *
lec_sdp_parse (const char *text, GError **error)
{
  LecAnnouncement *announcement = parse (text, NULL, error);

  if (announcement == NULL)
    lec_encoding_repair_error (error);
  return announcement;
}

LecAnnouncement *
lec_sdp_parse_served (const char *text, const char *base, GError **error)
{
  LecAnnouncement *announcement = parse (text, base, error);

  if (announcement == NULL)
    lec_encoding_repair_error (error);
  return announcement;
}
