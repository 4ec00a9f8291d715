/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/nsc-station.h"
#include "announce/nsc-value.h"
#include "announce/nsc.h"
#include "channel/error.h"

static void
print_text (GString *text, const char *key, const char *value)
{
  g_autofree char *encoded = lec_nsc_text_encode (value);

  g_string_append_printf (text, "%s=%s\r\n", key, encoded);
}

static void
print_number (GString *text, const char *key, guint number)
{
  g_string_append_printf (text, "%s=0x%08X\r\n", key, number);
}

/* What else was in the file that the channel came from. A name that would be read as something else
 * is left out. */
static void
print_details (GString *text, GStrv details)
{
  for (guint i = 0; details != NULL && details[i] != NULL; i += 2) {
    const char *name = details[i];

    if (name[0] != '\0' && name[0] != '[' && strchr (name, '=') == NULL
        && !lec_nsc_is_known_key (name))
      print_text (text, name, details[i + 1]);
  }
}

static void
print_formats (GString *text, const GPtrArray *formats)
{
  g_string_append (text, "[Formats]\r\n");
  for (guint i = 0; i < formats->len; i++) {
    const LecMsbFormat *format = g_ptr_array_index (formats, i);
    gsize length;
    const guint8 *header = g_bytes_get_data (format->header, &length);
    g_autofree char *encoded = lec_nsc_block_encode (format->id, header, length);

    g_string_append_printf (text, "Format%u=%s\r\n", i + 1, encoded);
    if (format->description != NULL) {
      g_autofree char *key = g_strdup_printf ("Description%u", i + 1);

      print_text (text, key, format->description);
    }
  }
}

/* (nullable): the multicast of a station; behind it, in @unicast, where to go without it. */
static const LecAlternative *
find_station (const LecChannelInfo *info, const char **unicast)
{
  const LecAlternative *station = NULL;

  for (guint i = 0; i < info->alternatives->len; i++) {
    const LecAlternative *alternative = g_ptr_array_index (info->alternatives, i);

    if (station == NULL && alternative->kind == LEC_KIND_MSB)
      station = alternative;
    if (*unicast == NULL && alternative->kind == LEC_KIND_URI)
      *unicast = alternative->uri;
  }
  return station;
}

/* The order is that of [MS-MSB] 2.2.1.4; an empty text stands for none. */
static void
print_station (GString *text,
               const LecChannelInfo *info,
               const LecAlternative *station,
               const char *unicast)
{
  const LecStream *stream = g_ptr_array_index (station->streams, 0);
  const LecLeg *leg = g_ptr_array_index (stream->legs, 0);
  const LecMsb *msb = station->msb;

  g_string_append (text, "[Address]\r\n");
  print_text (text, "Name", info->title);
  print_text (text, "NSC Format Version", "3.0");
  if (msb->source != NULL)
    print_text (text, "Multicast Adapter", msb->source);
  print_text (text, "IP Address", leg->group);
  print_number (text, "IP Port", leg->port);
  if (leg->ttl >= 0)
    print_number (text, "Time To Live", (guint) leg->ttl);
  if (msb->fec_span != 0)
    print_number (text, "Default Ecc", msb->fec_span);
  print_text (text, "Log URL", msb->log_url);
  print_text (text, "Unicast URL", unicast);
  print_number (text, "Allow Splitting", msb->may_split ? 1 : 0);
  print_number (text, "Allow Caching", msb->may_record ? 1 : 0);
  print_number (text, "Cache Expiration Time", msb->expires_s);
  if (msb->buffer_ms != LEC_NSC_BUFFER_MS)
    print_number (text, "Network Buffer Time", msb->buffer_ms);
  print_details (text, info->details);
}

char *
lec_nsc_print (const LecChannel *channel, GError **error)
{
  const LecChannelInfo *info = lec_channel_get_info (channel);
  const char *unicast = NULL;
  const LecAlternative *station = find_station (info, &unicast);
  GString *text;

  if (station == NULL) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("“%s” is not a Windows Media station, and .nsc can describe nothing else; "
                    "write it as .sdp"),
                 info->title);
    return NULL;
  }
  text = g_string_new (NULL);
  print_station (text, info, station, unicast);
  print_formats (text, station->msb->formats);
  return g_string_free (text, FALSE);
}
