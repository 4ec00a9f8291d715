/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/description.h"

#include <gio/gio.h>
#include <gst/sdp/gstsdpmessage.h>

#include "announce/asx.h"
#include "announce/sdp-payload.h"
#include "announce/sdp-print.h"
#include "announce/sdp-stream.h"
#include "cast/rtx-sender.h"

/* GStreamer knows which caps become which attributes; they are read as those of anybody. */
static void
add_stream (LecAlternative *alternative,
            const LecDescribedStation *station,
            const LecDescribedStream *described)
{
  g_autoptr (GPtrArray) ignored = lec_warnings_new ();
  LecFecConfig fec = station->fec;
  LecMedia type = LEC_MEDIA_APPLICATION;
  GstSDPMedia *media;
  LecStream *stream;
  LecLeg *leg;

  gst_sdp_media_new (&media);
  gst_sdp_media_set_media_from_caps (described->caps, media);
  lec_sdp_stream_read_media (media, &type, NULL);
  stream = lec_alternative_add_stream (alternative, type);
  lec_sdp_payload_read_all (media, stream, ignored);
  gst_sdp_media_free (media);
  stream->label = g_strdup (described->label);
  lec_text_clean (&stream->label);
  stream->content = g_strdup (described->content);
  leg = lec_stream_add_leg (stream, station->destination, described->port);
  leg->rtcp_port = described->port + 1;
  if (lec_address_is_group (station->destination))
    leg->ttl = station->ttl;
  lec_fec_config_fit (&fec, described->packet_rate);
  lec_fec_config_describe (&fec, stream);
  if (station->rtx_ms > 0)
    lec_rtx_sender_describe (station->rtx_ms, stream);
}

char *
lec_description_print_sdp (const LecDescribedStation *station, const GArray *streams)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);

  info->id
      = g_strdup_printf ("sdp - %" G_GUINT64_FORMAT " IN %s", station->session_id, station->source);
  info->title = g_strdup (station->title);
  lec_text_clean (&info->title);
  if (info->title == NULL)
    info->title = g_strdup ("-"); /* RFC 8866, section 5.3 */
  lec_channel_info_add_detail (info, "tool", "lectern-cast");
  lec_channel_info_add_detail (info, "type", "broadcast");
  for (guint i = 0; i < streams->len; i++)
    add_stream (alternative, station, &g_array_index (streams, LecDescribedStream, i));
  return lec_sdp_print (info, 0, station->session_version, NULL);
}

static char *
make_reference (const char *sdp_path, const char *asx_path)
{
  g_autoptr (GFile) sdp = g_file_new_for_commandline_arg (sdp_path);
  g_autoptr (GFile) asx = g_file_new_for_commandline_arg (asx_path);
  g_autoptr (GFile) folder = g_file_get_parent (asx);
  g_autofree char *name = folder != NULL ? g_file_get_relative_path (folder, sdp) : NULL;

  if (name == NULL)
    return g_file_get_uri (sdp);
  return g_uri_escape_string (name, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH, TRUE);
}

char *
lec_description_print_asx (const char *title,
                           const char *sdp_path,
                           const char *asx_path,
                           GError **error)
{
  g_autoptr (LecAnnouncement) announcement = lec_announcement_new ("asx");
  LecChannelInfo *info = lec_channel_info_new ();
  LecChannel *channel;

  lec_channel_info_add_alternative (info, LEC_KIND_URI)->uri = make_reference (sdp_path, asx_path);
  info->title = g_strdup (title);
  channel = lec_channel_new (info, error);
  if (channel == NULL)
    return NULL;
  lec_announcement_set_title (announcement, title);
  g_ptr_array_add (announcement->channels, channel);
  return lec_asx_print (announcement, error);
}
