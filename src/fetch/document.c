/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/document.h"

#include <glib/gi18n-lib.h>

#include "announce/address.h"
#include "announce/recognise.h"
#include "announce/reference.h"
#include "announce/relay.h"
#include "channel/error.h"
#include "fetch/content.h"
#include "fetch/describe.h"
#include "fetch/file.h"
#include "fetch/server.h"
#include "fetch/web.h"
#include "wire/wms-framer.h"

#define RTSP_LIMIT_MS 3000 /* for a server that may have nothing but HTTP */
#define RTSP_PORT 554
#define MMS_PORT 1755 /* of a protocol that neither RTSP nor HTTP is */

/* What is said about addresses of other protocols. */
static const struct
{
  const char *scheme;
  const char *sentence;
} unsupported[] = {
  { "rtsps", N_ ("encrypted RTSP is not supported; try the address with rtsp:") },
  { "rtspu", N_ ("RTSP over UDP is not supported; try the address with rtsp:") },
};

/* A colon may be part of a file's name: only what is followed by `//` is taken for an address. */
static gboolean
is_foreign_address (const char *location)
{
  g_autofree char *scheme = lec_reference_dup_scheme (location);

  return scheme != NULL && g_strcmp0 (scheme, "file") != 0
         && g_str_has_prefix (strchr (location, ':'), "://");
}

static void
refuse_scheme (const char *location, GError **error)
{
  g_autofree char *scheme = lec_reference_dup_scheme (location);

  for (guint i = 0; i < G_N_ELEMENTS (unsupported); i++) {
    if (g_strcmp0 (scheme, unsupported[i].scheme) == 0) {
      g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED, _ (unsupported[i].sentence));
      return;
    }
  }
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
               _ ("addresses that begin with “%.20s:” cannot be opened; a file, http:, rtsp:, rtp: "
                  "and udp: can"),
               scheme);
}

/* A file has a name, and nothing else says what it is about. */
static char *
dup_title (const char *uri)
{
  g_autofree char *path
      = lec_reference_has_scheme (uri, "file") ? g_filename_from_uri (uri, NULL, NULL) : NULL;

  return path != NULL ? g_filename_display_basename (path) : NULL;
}

/* Media are a channel as well: what is at the address is played as it is. */
static LecAnnouncement *
announce_media (const char *uri, GError **error)
{
  g_autoptr (LecAnnouncement) announcement = lec_announcement_new ("media");
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_URI);
  LecChannel *channel;

  info->title = dup_title (uri);
  alternative->uri = g_strdup (uri);
  alternative->is_media = TRUE;
  channel = lec_channel_new (info, error);
  if (channel == NULL)
    return NULL;
  g_ptr_array_add (announcement->channels, channel);
  return g_steal_pointer (&announcement);
}

static gboolean
is_stream (GBytes *page)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (page, &length);

  return lec_wms_framer_knows (bytes, length);
}

/* What a Windows Media server sends over HTTP is no file: its scheme says that it is taken apart.
 */
static LecAnnouncement *
announce_stream (const char *uri, GError **error)
{
  g_autofree char *address = g_strconcat ("mmsh", strchr (uri, ':'), NULL);

  return announce_media (address, error);
}

/* Nothing but its type tells what other media it is. */
LecAnnouncement *
lec_document_parse_page (GBytes *page,
                         const char *type,
                         const char *uri,
                         gboolean *may_play,
                         GError **error)
{
  gsize length;
  const char *bytes = g_bytes_get_data (page, &length);

  *may_play = lec_content_is_media ((const guint8 *) bytes, length);
  if (!*may_play)
    return lec_announcement_parse (bytes, length, uri, error);
  if (is_stream (page) && lec_reference_has_scheme (uri, "http"))
    return announce_stream (uri, error);
  if (lec_content_is_playable ((const guint8 *) bytes, length))
    return announce_media (uri, error);
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
               _ ("this address leads to %s, not to the announcement of a channel"),
               lec_content_describe (type));
  return NULL;
}

static LecAnnouncement *
take_page (LecWebPage *page, char **uri, gboolean *may_play, GError **error)
{
  if (page == NULL)
    return NULL;
  g_free (*uri);
  *uri = g_strdup (page->uri);
  return lec_document_parse_page (page->bytes, page->type, page->uri, may_play, error);
}

/* What is asked for is a Windows Media server's. */
static LecAnnouncement *
open_stream (const char *address,
             const LecDeadline *deadline,
             char **uri,
             gboolean *may_play,
             GError **error)
{
  g_autoptr (LecWebPage) page
      = lec_web_describe (address, LEC_MAX_ANNOUNCEMENT, deadline, may_play, error);

  return take_page (page, uri, may_play, error);
}

/* To whom it does not know as a player, a Windows Media server gives a list that leads to itself.
 */
static gboolean
may_be_stream (const LecWebPage *page)
{
  static const char start[] = "[Reference]";
  gsize length;
  const char *text = g_bytes_get_data (page->bytes, &length);

  return lec_reference_has_scheme (page->uri, "http") && length > strlen (start)
         && g_ascii_strncasecmp (text, start, strlen (start)) == 0;
}

static LecAnnouncement *
open_page (const char *address,
           const LecDeadline *deadline,
           char **uri,
           gboolean *may_play,
           GError **error)
{
  g_autoptr (LecWebPage) page
      = lec_web_get (address, LEC_MAX_ANNOUNCEMENT, deadline, may_play, error);

  if (page != NULL && may_be_stream (page)) {
    g_autoptr (LecWebPage) described
        = lec_web_describe (page->uri, LEC_MAX_ANNOUNCEMENT, deadline, may_play, NULL);

    if (described != NULL && is_stream (described->bytes))
      return take_page (described, uri, may_play, error);
  }
  return take_page (page, uri, may_play, error);
}

/* The text does not say where it came from, and with which password. */
static LecChannel *
name_server (LecChannel *channel, const LecDescription *description)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_copy (lec_channel_get_info (channel));
  LecRtsp *rtsp = ((LecAlternative *) g_ptr_array_index (info->alternatives, 0))->rtsp;

  if (rtsp == NULL)
    return lec_channel_ref (channel);
  if (g_strcmp0 (info->id, rtsp->address) == 0) {
    g_free (info->id);
    info->id = g_strdup (description->address);
  }
  g_free (rtsp->address);
  rtsp->address = g_strdup (description->address);
  rtsp->credentials = g_strdup (description->credentials);
  return lec_channel_new (g_steal_pointer (&info), NULL);
}

static LecAnnouncement *
open_described (const char *address,
                const LecDeadline *deadline,
                char **uri,
                gboolean *may_play,
                GError **error)
{
  g_autoptr (LecDescription) description = lec_describe (address, deadline, may_play, error);
  LecAnnouncement *announcement;
  const char *bytes;
  gsize length;

  if (description == NULL)
    return NULL;
  *uri = g_strdup (description->base);
  bytes = g_bytes_get_data (description->text, &length);
  announcement = lec_announcement_parse (bytes, length, description->base, error);
  for (guint i = 0; announcement != NULL && i < announcement->channels->len; i++) {
    LecChannel *channel = g_ptr_array_index (announcement->channels, i);

    announcement->channels->pdata[i] = name_server (channel, description);
    lec_channel_unref (channel);
  }
  return announcement;
}

/* ---- Windows Media ---- */

static gboolean
is_windows_media (const char *location)
{
  static const char *const schemes[] = { "mms", "mmsh", "mmst", "mmsu" };

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++) {
    if (lec_reference_has_scheme (location, schemes[i]))
      return TRUE;
  }
  return FALSE;
}

/* (transfer full): @at as an address of @scheme; ports are those of other protocols */
static char *
print_as (GUri *at, const char *scheme)
{
  const int port = g_uri_get_port (at);
  g_autoptr (GUri) other = g_uri_build_with_user (
      g_uri_get_flags (at), scheme, g_uri_get_user (at), g_uri_get_password (at), NULL,
      g_uri_get_host (at), port == MMS_PORT || port == RTSP_PORT ? -1 : port, g_uri_get_path (at),
      g_uri_get_query (at), NULL);

  return g_uri_to_string (other);
}

typedef enum {
  NO_ASF,
  ASF_WITHOUT_HEADER, /* so nothing makes media of it */
  ASF,
} AsfOverRtp;

static AsfOverRtp
find_asf (const LecAlternative *alternative)
{
  AsfOverRtp found = NO_ASF;

  for (guint i = 0; i < alternative->streams->len; i++) {
    const LecStream *stream = g_ptr_array_index (alternative->streams, i);

    for (guint j = 0; j < stream->payloads->len; j++) {
      const LecPayload *payload = g_ptr_array_index (stream->payloads, j);

      if (payload->encoding == NULL || g_ascii_strcasecmp (payload->encoding, "x-asf-pf") != 0)
        continue;
      if (lec_payload_get_parameter (payload, "config") == NULL)
        return ASF_WITHOUT_HEADER;
      found = ASF;
    }
  }
  return found;
}

static AsfOverRtp
find_asf_over_rtp (const LecAnnouncement *announcement)
{
  const LecChannel *channel = g_ptr_array_index (announcement->channels, 0);

  return find_asf (g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0));
}

/* What a server describes and then does not send over RTSP, it may send over HTTP. */
static void
add_http (LecAnnouncement *announcement, GUri *at)
{
  LecChannel *channel = g_ptr_array_index (announcement->channels, 0);
  g_autoptr (LecChannelInfo) info = lec_channel_info_copy (lec_channel_get_info (channel));
  LecChannel *with;

  if (find_asf_over_rtp (announcement) != ASF)
    return;
  lec_channel_info_add_alternative (info, LEC_KIND_URI)->uri = print_as (at, "mmsh");
  with = lec_channel_new (g_steal_pointer (&info), NULL);
  if (with == NULL)
    return;
  announcement->channels->pdata[0] = with;
  lec_channel_unref (channel);
}

static LecAnnouncement *
open_by_rtsp (GUri *at, const LecDeadline *deadline, char **uri, GError **error)
{
  g_autofree char *address = print_as (at, "rtsp");
  g_autoptr (LecDeadline) limit
      = lec_deadline_new (RTSP_LIMIT_MS, lec_deadline_get_cancellable (deadline), error);
  g_autoptr (LecAnnouncement) announcement = NULL;
  gboolean may_play;

  if (limit == NULL)
    return NULL;
  announcement = open_described (address, limit, uri, &may_play, error);
  if (announcement == NULL)
    return NULL;
  if (find_asf_over_rtp (announcement) != ASF_WITHOUT_HEADER) {
    add_http (announcement, at);
    return g_steal_pointer (&announcement);
  }
  g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                       _ ("it comes in a format of Windows Media that cannot be played here"));
  return NULL;
}

/* `mms:` says that it is Windows Media, and not by which protocol: newer servers have RTSP, and
 * most have HTTP. */
static LecAnnouncement *
open_windows_media (const char *location,
                    const LecDeadline *deadline,
                    char **uri,
                    gboolean *may_play,
                    GError **error)
{
  g_autoptr (GUri) at = lec_server_parse_address (location, NULL, error);
  g_autoptr (GError) by_rtsp = NULL, by_http = NULL;
  g_autofree char *address = NULL;
  LecAnnouncement *announcement = NULL;

  if (at == NULL)
    return NULL;
  if (!lec_reference_has_scheme (location, "mmsh"))
    announcement = open_by_rtsp (at, deadline, uri, &by_rtsp);
  if (announcement != NULL)
    return announcement;
  address = print_as (at, "http");
  announcement = open_stream (address, deadline, uri, may_play, &by_http);
  if (announcement != NULL)
    return announcement;
  if (by_rtsp == NULL || by_http->domain != LEC_ERROR)
    g_propagate_error (error, g_steal_pointer (&by_http));
  else
    g_set_error (error, LEC_ERROR, by_http->code,
                 _ ("the Windows Media channel cannot be had; over RTSP: %1$s; over HTTP: %2$s"),
                 by_rtsp->message, by_http->message);
  return NULL;
}

/* What a server of Windows Media does not send over RTSP as others do, it may send over HTTP. */
static LecAnnouncement *
open_rtsp (const char *location,
           const LecDeadline *deadline,
           char **uri,
           gboolean *may_play,
           GError **error)
{
  g_autoptr (LecAnnouncement) announcement
      = open_described (location, deadline, uri, may_play, error);
  g_autoptr (GUri) at = NULL;
  g_autofree char *address = NULL, *found = NULL;
  LecAnnouncement *instead;

  if (announcement == NULL)
    return NULL;
  at = lec_server_parse_address (location, NULL, NULL);
  if (find_asf_over_rtp (announcement) != ASF_WITHOUT_HEADER) {
    add_http (announcement, at);
    return g_steal_pointer (&announcement);
  }
  address = print_as (at, "http");
  instead = open_stream (address, deadline, &found, may_play, NULL);
  if (instead == NULL)
    return g_steal_pointer (&announcement);
  g_free (*uri);
  *uri = g_steal_pointer (&found);
  return instead;
}

static LecAnnouncement *
open_file (const char *location,
           const LecDeadline *deadline,
           char **uri,
           gboolean *may_play,
           GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) content = lec_file_read (
      location, LEC_MAX_ANNOUNCEMENT, lec_deadline_get_cancellable (deadline), uri, &failure);
  const char *bytes;
  gsize length;

  if (content == NULL && lec_deadline_has_passed (deadline)) {
    *may_play = TRUE;
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 _ ("the file could not be read within %g seconds; try again later"),
                 lec_deadline_get_limit (deadline) / 1000.0);
    return NULL;
  }
  if (content == NULL) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return NULL;
  }
  bytes = g_bytes_get_data (content, &length);
  *may_play = lec_content_is_media ((const guint8 *) bytes, length);
  if (lec_content_is_playable ((const guint8 *) bytes, length))
    return announce_media (*uri, error);
  return lec_announcement_parse (bytes, length, *uri, error);
}

/* `www.example.org/x.asx`, `radio.example:8000/x.asx`: written for a browser, which adds the rest.
 * A file of that name goes first. */
static char *
guess_page (const char *location)
{
  g_autofree char *guess = NULL;
  g_autofree char *scheme = lec_reference_dup_scheme (location);

  if (scheme != NULL && g_str_has_prefix (strchr (location, ':'), "://"))
    return NULL;
  if (g_file_test (location, G_FILE_TEST_EXISTS))
    return NULL;
  guess = lec_reference_resolve (location, NULL, NULL);
  return guess != NULL && lec_web_is_address (guess) ? g_steal_pointer (&guess) : NULL;
}

static LecAnnouncement *
open_any (const char *location,
          const LecDeadline *deadline,
          char **uri,
          gboolean *may_play,
          GError **error)
{
  g_autofree char *page = NULL;
  g_autofree char *group = NULL;

  if (lec_address_is_address (location)) {
    *uri = g_strdup (location);
    return lec_address_parse (location, error);
  }
  group = lec_relay_dup_group (location);
  if (group != NULL) {
    *uri = g_strdup (location);
    return lec_address_parse (group, error);
  }
  if (lec_web_is_address (location))
    return open_page (location, deadline, uri, may_play, error);
  if (lec_describe_is_address (location))
    return open_rtsp (location, deadline, uri, may_play, error);
  if (is_windows_media (location))
    return open_windows_media (location, deadline, uri, may_play, error);
  if (is_foreign_address (location)) {
    refuse_scheme (location, error);
    return NULL;
  }
  page = guess_page (location);
  return page != NULL ? open_page (page, deadline, uri, may_play, error)
                      : open_file (location, deadline, uri, may_play, error);
}

LecAnnouncement *
lec_document_open (const char *location,
                   const LecDeadline *deadline,
                   char **uri,
                   gboolean *may_play,
                   GError **error)
{
  g_autofree char *found = NULL;
  gboolean may = FALSE;
  LecAnnouncement *announcement;

  g_return_val_if_fail (location != NULL, NULL);
  g_return_val_if_fail (deadline != NULL, NULL);

  announcement = open_any (location, deadline, &found, &may, error);
  if (uri != NULL)
    *uri = g_steal_pointer (&found);
  if (may_play != NULL)
    *may_play = announcement == NULL && may;
  return announcement;
}

static gboolean
is_own_file (const LecAnnouncement *announcement)
{
  const LecChannel *channel = g_ptr_array_index (announcement->channels, 0);
  const LecAlternative *way = g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0);

  return way->is_media && lec_reference_has_scheme (way->uri, "file");
}

LecAnnouncement *
lec_document_open_reference (const char *location,
                             const LecDeadline *deadline,
                             char **uri,
                             gboolean *may_play,
                             GError **error)
{
  LecAnnouncement *announcement = lec_document_open (location, deadline, uri, may_play, error);

  if (announcement == NULL || !is_own_file (announcement))
    return announcement;
  lec_announcement_free (announcement);
  g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                       _ ("a file of this computer is only played when you open it yourself"));
  return NULL;
}
