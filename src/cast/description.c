/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/description.h"

#include <gio/gio.h>
#include <gst/sdp/gstsdpmessage.h>
#include <string.h>

#include "channel/channel.h"

/* A line of SDP ends at the first line end, so a text must not contain one. */
static char *
one_line (const char *text)
{
  char *line = g_utf8_make_valid (text, -1);

  for (char *c = line; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  return line;
}

static const char *
get_family (const char *address)
{
  return strchr (address, ':') != NULL ? "IP6" : "IP4";
}

/* IPv6 scopes are part of the address, and unicast has none: only IPv4 groups carry a TTL. */
static void
print_connection (GString *text, const LecDescribedStation *station)
{
  g_string_append_printf (text, "c=IN %s %s", get_family (station->destination),
                          station->destination);
  if (lec_address_is_group (station->destination) && strchr (station->destination, ':') == NULL)
    g_string_append_printf (text, "/%d", station->ttl);
  g_string_append (text, "\r\n");
}

/* GStreamer knows which caps become which attributes, but up to 1.22 prints an i= line without
 * its end: so only the attributes are taken from it. */
static void
print_media (GString *text, const LecDescribedStream *stream)
{
  GstSDPMedia *media;

  gst_sdp_media_new (&media);
  gst_sdp_media_set_media_from_caps (stream->caps, media);
  g_string_append_printf (text, "m=%s %u RTP/AVP %s\r\n", gst_sdp_media_get_media (media),
                          stream->port, gst_sdp_media_get_format (media, 0));
  if (stream->label != NULL) {
    g_autofree char *label = one_line (stream->label);
    g_string_append_printf (text, "i=%s\r\n", label);
  }
  for (guint i = 0; i < gst_sdp_media_attributes_len (media); i++) {
    const GstSDPAttribute *attribute = gst_sdp_media_get_attribute (media, i);

    g_string_append_printf (text, "a=%s:%s\r\n", attribute->key, attribute->value);
  }
  if (stream->content != NULL)
    g_string_append_printf (text, "a=content:%s\r\n", stream->content);
  gst_sdp_media_free (media);
}

char *
lec_description_print_sdp (const LecDescribedStation *station, const GArray *streams)
{
  g_autofree char *title = one_line (station->title);
  g_autoptr (GString) text = g_string_new ("v=0\r\n");

  g_string_append_printf (text, "o=- %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " IN %s %s\r\n",
                          station->session_id, station->session_version,
                          get_family (station->source), station->source);
  g_string_append_printf (text, "s=%s\r\n", title[0] != '\0' ? title : "-");
  print_connection (text, station);
  g_string_append (text, "t=0 0\r\na=tool:lectern-cast\r\na=type:broadcast\r\n");
  for (guint i = 0; i < streams->len; i++)
    print_media (text, &g_array_index (streams, LecDescribedStream, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
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
lec_description_print_asx (const char *title, const char *sdp_path, const char *asx_path)
{
  g_autofree char *line = one_line (title);
  g_autofree char *reference = make_reference (sdp_path, asx_path);

  return g_markup_printf_escaped ("<ASX VERSION=\"3.0\">\n"
                                  "  <TITLE>%s</TITLE>\n"
                                  "  <ENTRY>\n"
                                  "    <TITLE>%s</TITLE>\n"
                                  "    <REF HREF=\"%s\" />\n"
                                  "  </ENTRY>\n"
                                  "</ASX>\n",
                                  line, line, reference);
}
