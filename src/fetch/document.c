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
#include "fetch/web.h"

#define WINDOWS_MEDIA                                                                              \
  N_ ("the protocol of Windows Media servers is not supported; ask for the .nsc or .sdp "          \
      "announcement of the multicast")

/* What is said about addresses of other protocols. */
static const struct
{
  const char *scheme;
  const char *sentence;
} unsupported[] = {
  { "rtsps", N_ ("encrypted RTSP is not supported; try the address with rtsp:") },
  { "rtspu", N_ ("RTSP over UDP is not supported; try the address with rtsp:") },
  { "mms", WINDOWS_MEDIA },
  { "mmsh", WINDOWS_MEDIA },
  { "mmst", WINDOWS_MEDIA },
  { "mmsu", WINDOWS_MEDIA },
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

/* Media are a channel as well: what is at the address is played as it is. */
static LecAnnouncement *
announce_media (const char *uri, GError **error)
{
  g_autoptr (LecAnnouncement) announcement = lec_announcement_new ("media");
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_URI);
  LecChannel *channel;

  alternative->uri = g_strdup (uri);
  alternative->is_media = TRUE;
  channel = lec_channel_new (info, error);
  if (channel == NULL)
    return NULL;
  g_ptr_array_add (announcement->channels, channel);
  return g_steal_pointer (&announcement);
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
  if (lec_content_is_playable ((const guint8 *) bytes, length))
    return announce_media (uri, error);
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
               _ ("this address leads to %s, not to the announcement of a channel"),
               lec_content_describe (type));
  return NULL;
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

  if (page == NULL)
    return NULL;
  *uri = g_strdup (page->uri);
  return lec_document_parse_page (page->bytes, page->type, page->uri, may_play, error);
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
    return open_described (location, deadline, uri, may_play, error);
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
