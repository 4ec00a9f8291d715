/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-connection.h"

#include <arpa/inet.h> /* inet_pton(): text to address, no socket */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/cursor.h"
#include "announce/sdp-attribute.h"
#include "announce/sdp-line.h"
#include "channel/error.h"

/* An address of a c= line, checked. */
typedef struct
{
  char *group;
  int ttl; /* -1: not said */
} Address;

static gboolean
equals (const char *a, const char *b)
{
  return a != NULL && b != NULL && g_ascii_strcasecmp (a, b) == 0;
}

static void
warn_layers (LecWarnings *warnings, guint64 count)
{
  if (count > 1)
    lec_warnings_add (
        warnings,
        g_dngettext (
            GETTEXT_PACKAGE, "a stream is sent in %u layer; only the first of them is received",
            "a stream is sent in %u layers; only the first of them is received", (gulong) count),
        (guint) MIN (count, G_MAXUINT));
}

/* `239.1.2.3/127`, `239.1.2.3/127/3`, `ff15::1`, `ff15::1/3`. What follows the address is only
 * said to be understood: a receiver needs none of it. Of layered coding (RFC 8866, section 5.7) the
 * base layer is in the first group, and plays alone. */
static void
read_suffix (LecCursor *cursor, gboolean ipv6, Address *address, LecWarnings *warnings)
{
  if (!ipv6 && lec_cursor_skip (cursor, '/')) {
    address->ttl = (int) lec_cursor_number (cursor, 255);
    if (cursor->failed)
      address->ttl = -1;
  }
  if (lec_cursor_skip (cursor, '/'))
    warn_layers (warnings, lec_cursor_number (cursor, G_MAXUINT32));
  if (!lec_cursor_done (cursor))
    lec_warnings_add (warnings, _ ("what follows the address %s was not understood"),
                      address->group);
}

static gboolean
refuse_missing_address (GError **error)
{
  g_set_error_literal (error, LEC_ERROR, LEC_ERROR_MALFORMED,
                       _ ("it does not say at which address to listen (there is no valid c= line); "
                          "ask the sender for a complete one"));
  return FALSE;
}

/* `[ff02::1]`, as it would stand in a URI. */
static void
drop_brackets (char *address)
{
  const gsize length = address != NULL ? strlen (address) : 0;

  if (length < 2 || address[0] != '[' || address[length - 1] != ']')
    return;
  memmove (address, address + 1, length - 2);
  address[length - 2] = '\0';
}

/* `ff02::1%eth0` names an interface of the sender; ours is chosen elsewhere. */
static void
drop_zone (char *address, LecWarnings *warnings)
{
  char *zone = address != NULL && strchr (address, ':') != NULL ? strchr (address, '%') : NULL;

  if (zone == NULL)
    return;
  lec_warnings_add (warnings, _ ("the interface “%.20s” in the address was ignored"), zone + 1);
  *zone = '\0';
}

static gboolean
read_address (const GstSDPConnection *connection,
              Address *address,
              LecWarnings *warnings,
              GError **error)
{
  LecCursor cursor;
  guint8 bytes[sizeof (struct in6_addr)] = { 0 };
  static const guint8 any[sizeof bytes] = { 0 };
  gboolean ipv6;

  if (connection == NULL || connection->address == NULL || connection->address[0] == '\0')
    return refuse_missing_address (error);

  lec_cursor_init (&cursor, connection->address);
  address->ttl = -1;
  address->group = lec_cursor_until (&cursor, "/");
  drop_brackets (address->group);
  drop_zone (address->group, warnings);
  ipv6 = address->group != NULL && inet_pton (AF_INET6, address->group, bytes) == 1;
  if (!ipv6 && (address->group == NULL || inet_pton (AF_INET, address->group, bytes) != 1)) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("“%.64s” is not a numeric address; names in an announcement are not looked up"),
                 connection->address);
    return FALSE;
  }
  if (memcmp (bytes, any, sizeof any) == 0)
    return refuse_missing_address (error);
  if (!equals (connection->nettype, "IN")
      || !equals (connection->addrtype, lec_sdp_line_get_family (address->group)))
    lec_warnings_add (warnings, _ ("“%1$.20s %2$.20s” does not match the address %3$s"),
                      connection->nettype, connection->addrtype, address->group);
  read_suffix (&cursor, ipv6, address, warnings);
  return TRUE;
}

/* How many groups a section names; a line that stands there twice is one. */
static guint
count_groups (const GstSDPMedia *media)
{
  const GstSDPConnection *first = gst_sdp_media_get_connection (media, 0);
  guint count = 1;

  for (guint i = 1; i < gst_sdp_media_connections_len (media); i++) {
    if (g_strcmp0 (gst_sdp_media_get_connection (media, i)->address, first->address) != 0)
      count++;
  }
  return count;
}

static const GstSDPConnection *
find_connection (const GstSDPMessage *message, const GstSDPMedia *media, LecWarnings *warnings)
{
  if (gst_sdp_media_connections_len (media) == 0)
    return gst_sdp_message_get_connection (message);
  warn_layers (warnings, count_groups (media));
  return gst_sdp_media_get_connection (media, 0);
}

gboolean
lec_sdp_connection_is_named (const GstSDPMessage *message, const GstSDPMedia *media)
{
  const GstSDPConnection *connection = gst_sdp_media_connections_len (media) > 0
                                           ? gst_sdp_media_get_connection (media, 0)
                                           : gst_sdp_message_get_connection (message);
  g_autofree char *host = NULL;

  if (connection == NULL || connection->address == NULL || connection->address[0] == '\0')
    return FALSE;
  host = g_strndup (connection->address, strcspn (connection->address, "/%"));
  return !lec_address_is_numeric (host);
}

gboolean
lec_sdp_connection_read (const GstSDPMessage *message,
                         const GstSDPMedia *media,
                         LecStream *stream,
                         LecWarnings *warnings,
                         GError **error)
{
  guint port = gst_sdp_media_get_port (media);
  g_autofree char *group = NULL;
  Address address = { NULL, -1 };
  gboolean good;

  good = read_address (find_connection (message, media, warnings), &address, warnings, error);
  group = address.group;
  if (!good)
    return FALSE;
  if (port == 0) {
    g_set_error (
        error, LEC_ERROR, LEC_ERROR_MALFORMED,
        _ ("the %.20s has no port to listen on; ask the sender for a complete announcement"),
        gst_sdp_media_get_media (media));
    return FALSE;
  }
  warn_layers (warnings, gst_sdp_media_get_num_ports (media));
  lec_stream_add_leg (stream, group, (guint16) port)->ttl = address.ttl;
  return TRUE;
}

/* Where RTCP is sent if not to the group of its stream. One computer that reports are sent to is no
 * place where anything can be heard. */
static void
read_rtcp_address (const char *address, LecLeg *leg, LecWarnings *warnings)
{
  int family = strchr (leg->group, ':') != NULL ? AF_INET6 : AF_INET;
  guint8 x[sizeof (struct in6_addr)] = { 0 };
  guint8 y[sizeof (struct in6_addr)] = { 0 };

  if (address == NULL || inet_pton (family, address, x) != 1
      || lec_address_is_group (address) != lec_address_is_group (leg->group)) {
    lec_warnings_add (warnings, _ ("RTCP of %s is sent elsewhere and is not received"), leg->group);
    leg->rtcp_port = 0;
  } else if (inet_pton (family, leg->group, y) == 1 && memcmp (x, y, sizeof x) != 0) {
    leg->rtcp_group = g_strdup (address);
  }
}

/* `5005`, `5005 IN IP4 239.1.1.2`; a port of 0 is as for a stream: there is none. */
static void
read_rtcp (const char *value, LecLeg *leg, LecWarnings *warnings)
{
  g_autofree char *nettype = NULL;
  g_autofree char *addrtype = NULL;
  g_autofree char *address = NULL;
  LecCursor cursor;
  guint16 port;

  lec_cursor_init (&cursor, value);
  port = (guint16) lec_cursor_number (&cursor, G_MAXUINT16);
  if (cursor.failed) {
    lec_warnings_add (warnings, _ ("the RTCP port is not well-formed and was ignored"));
    return;
  }
  leg->rtcp_port = port;
  lec_cursor_skip_blanks (&cursor);
  if (port == 0 || cursor.at == cursor.end)
    return;
  nettype = lec_cursor_word (&cursor);
  addrtype = lec_cursor_word (&cursor);
  address = lec_cursor_word (&cursor);
  read_rtcp_address (address, leg, warnings);
}

void
lec_sdp_rtcp_read (const GstSDPMedia *media, LecLeg *leg, LecWarnings *warnings)
{
  const char *rtcp = lec_sdp_attribute_get (NULL, media, "rtcp");

  if (leg->port < G_MAXUINT16)
    leg->rtcp_port = leg->port + 1;
  if (lec_sdp_attribute_get (NULL, media, "rtcp-mux") != NULL)
    leg->rtcp_port = leg->port;
  else if (rtcp != NULL)
    read_rtcp (rtcp, leg, warnings);
}

/* Only a group of IPv4 has a ttl. */
void
lec_sdp_connection_print (const char *group, int ttl, GString *text)
{
  if (ttl >= 0 && strchr (group, ':') == NULL)
    lec_sdp_line_add (text, "c=IN IP4 %s/%d", group, ttl);
  else
    lec_sdp_line_add (text, "c=IN %s %s", lec_sdp_line_get_family (group), group);
}

void
lec_sdp_rtcp_print (const LecLeg *leg, GString *text)
{
  guint16 usual = leg->port < G_MAXUINT16 ? leg->port + 1 : 0;

  if (leg->rtcp_group != NULL)
    lec_sdp_line_add (text, "a=rtcp:%u IN %s %s", leg->rtcp_port,
                      lec_sdp_line_get_family (leg->rtcp_group), leg->rtcp_group);
  else if (leg->rtcp_port == leg->port)
    lec_sdp_line_add (text, "a=rtcp-mux");
  else if (leg->rtcp_port != usual)
    lec_sdp_line_add (text, "a=rtcp:%u", leg->rtcp_port);
}
