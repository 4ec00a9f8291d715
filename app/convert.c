/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "convert.h"

#include <glib/gi18n.h>
#include <string.h>

#include "announce/asx.h"
#include "announce/nsc.h"
#include "announce/playlist.h"
#include "announce/sdp-print.h"
#include "channel/error.h"

/* The first alternative that SDP can describe; where there is none, the first of all, so that its
 * printer says why. */
static guint
find_described (const LecChannelInfo *info)
{
  for (guint i = 0; i < info->alternatives->len; i++) {
    LecKind kind = ((const LecAlternative *) g_ptr_array_index (info->alternatives, i))->kind;

    if (kind == LEC_KIND_RTP || kind == LEC_KIND_TS)
      return i;
  }
  return 0;
}

static char *
print_sdp (const LecChannel *channel, GError **error)
{
  const LecChannelInfo *info = lec_channel_get_info (channel);

  return lec_sdp_print (info, find_described (info), 1, error);
}

/* A format either lists channels or describes one. */
static const struct
{
  const char *name;
  char *(*print_list) (const LecAnnouncement *announcement, GError **error);
  char *(*print_channel) (const LecChannel *channel, GError **error);
} formats[] = {
  { "sdp", NULL, print_sdp },
  { "asx", lec_asx_print, NULL },
  { "nsc", NULL, lec_nsc_print },
  { "m3u", lec_m3u_print, NULL },
};

gboolean
lec_convert_knows (const char *format)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    if (strcmp (formats[i].name, format) == 0)
      return TRUE;
  }
  return FALSE;
}

/* (nullable) (transfer none): the channel of that number, or the only one. */
static LecChannel *
find_channel (const LecAnnouncement *announcement, const char *format, guint number, GError **error)
{
  guint n_channels = announcement->channels->len;

  if (number <= n_channels && (number > 0 || n_channels == 1))
    return g_ptr_array_index (announcement->channels, number > 0 ? number - 1 : 0);
  if (number > 0)
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("there is no channel %1$u: choose one from 1 to %2$u"), number, n_channels);
  else
    g_set_error (
        error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
        ngettext (
            "there is %1$u channel, and .%2$s describes one: choose it with --channel 1 to %1$u",
            "there are %1$u channels, and .%2$s describes one: choose it with --channel 1 to %1$u",
            n_channels),
        n_channels, format);
  return NULL;
}

static char *
print_chosen (const LecAnnouncement *announcement,
              const LecChannel *channel,
              char *(*print) (const LecAnnouncement *announcement, GError **error),
              GError **error)
{
  g_autoptr (LecAnnouncement) one = lec_announcement_new (announcement->format);

  g_ptr_array_add (one->channels, lec_channel_ref ((LecChannel *) channel));
  return print (one, error);
}

char *
lec_convert (const LecAnnouncement *announcement, const char *format, guint number, GError **error)
{
  const LecChannel *channel;
  guint i = 0;

  while (strcmp (formats[i].name, format) != 0)
    i++;
  if (formats[i].print_list != NULL && number == 0)
    return formats[i].print_list (announcement, error);
  channel = find_channel (announcement, format, number, error);
  if (channel == NULL)
    return NULL;
  if (formats[i].print_channel != NULL)
    return formats[i].print_channel (channel, error);
  return print_chosen (announcement, channel, formats[i].print_list, error);
}
