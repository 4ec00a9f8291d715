/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/rtsp-transport.h"

#include <string.h>

#include "announce/cursor.h"
#include "channel/channel.h"
#include "net/host.h"

/* `5000-5001`, `5000`; FALSE where it is no such thing. */
static gboolean
read_range (const char *value, guint most, guint *first, guint *last)
{
  LecCursor cursor;

  lec_cursor_init (&cursor, value);
  *first = (guint) lec_cursor_number (&cursor, most);
  *last = *first < most ? *first + 1 : 0;
  if (lec_cursor_skip (&cursor, '-'))
    *last = (guint) lec_cursor_number (&cursor, most);
  return lec_cursor_done (&cursor);
}

static void
read_ports (const char *value, LecRtspTransport *transport)
{
  guint first, last;

  if (!read_range (value, G_MAXUINT16, &first, &last) || first == 0)
    return;
  transport->port = (guint16) first;
  transport->rtcp_port = (guint16) last;
}

static void
read_channels (const char *value, LecRtspTransport *transport)
{
  guint first, last;

  if (!read_range (value, G_MAXUINT8, &first, &last))
    return;
  transport->channel = (int) first;
  transport->rtcp_channel = last != 0 ? (int) last : -1;
}

static void
read_ttl (const char *value, LecRtspTransport *transport)
{
  guint ttl, ignored;

  if (read_range (value, G_MAXUINT8, &ttl, &ignored))
    transport->ttl = (int) ttl;
}

/* Names are not looked up; what is none that a packet can have is not said. */
static void
read_address (const char *value, char address[LEC_RTSP_ADDRESS])
{
  struct sockaddr_storage parsed;

  if (strlen (value) < LEC_RTSP_ADDRESS && lec_host_parse (value, 0, &parsed))
    g_strlcpy (address, value, LEC_RTSP_ADDRESS);
}

static void
read_parameter (const char *name, const char *value, LecRtspTransport *transport)
{
  if (g_ascii_strcasecmp (name, "port") == 0)
    read_ports (value, transport);
  else if (g_ascii_strcasecmp (name, "client_port") == 0 && transport->port == 0)
    read_ports (value, transport);
  else if (g_ascii_strcasecmp (name, "interleaved") == 0)
    read_channels (value, transport);
  else if (g_ascii_strcasecmp (name, "ttl") == 0)
    read_ttl (value, transport);
  else if (g_ascii_strcasecmp (name, "destination") == 0)
    read_address (value, transport->destination);
  else if (g_ascii_strcasecmp (name, "source") == 0)
    read_address (value, transport->source);
}

/* `RTP/AVP`, `RTP/SAVPF/TCP` */
static gboolean
read_protocol (const char *protocol, LecRtspTransport *transport)
{
  g_auto (GStrv) parts = g_strsplit (protocol, "/", 4);
  guint count = g_strv_length (parts);

  if (count < 2 || count > 3 || g_ascii_strcasecmp (parts[0], "RTP") != 0)
    return FALSE;
  if (count == 3 && g_ascii_strcasecmp (parts[2], "TCP") == 0)
    transport->delivery = LEC_RTSP_INTERLEAVED;
  return TRUE;
}

gboolean
lec_rtsp_transport_parse (const char *value, LecRtspTransport *transport)
{
  g_autofree char *first = g_strndup (value, strcspn (value, ","));
  g_auto (GStrv) parts = g_strsplit (first, ";", -1);

  *transport = (LecRtspTransport){
    .delivery = LEC_RTSP_UNICAST, .ttl = -1, .channel = -1, .rtcp_channel = -1
  };
  if (parts[0] == NULL || !read_protocol (g_strstrip (parts[0]), transport))
    return FALSE;
  for (guint i = 1; parts[i] != NULL; i++) {
    char *name = g_strstrip (parts[i]);
    char *equals = strchr (name, '=');

    if (equals != NULL) {
      *equals = '\0';
      read_parameter (g_strchomp (name), g_strstrip (equals + 1), transport);
    } else if (g_ascii_strcasecmp (name, "multicast") == 0
               && transport->delivery == LEC_RTSP_UNICAST) {
      transport->delivery = LEC_RTSP_MULTICAST;
    }
  }
  if (transport->delivery != LEC_RTSP_INTERLEAVED && transport->destination[0] != '\0')
    transport->delivery
        = lec_address_is_group (transport->destination) ? LEC_RTSP_MULTICAST : LEC_RTSP_UNICAST;
  if (transport->delivery == LEC_RTSP_UNICAST && transport->channel >= 0 && transport->port == 0)
    transport->delivery = LEC_RTSP_INTERLEAVED;
  return TRUE;
}
