/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/address.h"

#include <arpa/inet.h> /* inet_pton(): text to address, no socket */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/cursor.h"
#include "announce/encoding.h"
#include "channel/error.h"

#define VLC_UDP_PORT 1234 /* what VLC means by udp://@239.1.2.3 */
#define RTP_PORT 5004     /* the port registered for RTP */
#define MAX_ADDRESS 4096  /* [bytes] of a whole address with its options */
#define SHOWN 64          /* [bytes] of a refused piece that a message quotes */

/* The pieces of an address, before anything is made of them. */
typedef struct
{
  LecKind kind;
  char *source; /* (nullable): before the @ */
  char *host;   /* "" for any address */
  guint16 port;
  char *options; /* (nullable): behind the ? */
  char *rest;    /* (nullable): behind the # */
} Pieces;

static void
pieces_clear (Pieces *pieces)
{
  g_free (pieces->source);
  g_free (pieces->host);
  g_free (pieces->options);
  g_free (pieces->rest);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pieces, pieces_clear)

gboolean
lec_address_is_numeric (const char *host)
{
  guint8 bytes[sizeof (struct in6_addr)];

  return inet_pton (AF_INET, host, bytes) == 1 || inet_pton (AF_INET6, host, bytes) == 1;
}

/* Passes over the scheme. A bare address is taken for UDP, which also understands RTP. */
static LecKind
read_scheme (const char **text)
{
  LecKind kind = LEC_KIND_TS;

  if (g_ascii_strncasecmp (*text, "rtp:", 4) == 0)
    kind = LEC_KIND_RTP;
  else if (g_ascii_strncasecmp (*text, "udp:", 4) != 0)
    return kind;
  *text += 4;
  if (g_str_has_prefix (*text, "//"))
    *text += 2;
  return kind;
}

/* Splits `HOST`, `HOST:PORT`, `[HOST]:PORT`, `:PORT` or a bare IPv6 address. */
static gboolean
read_host (const char *text, Pieces *pieces)
{
  LecCursor cursor;

  if (lec_address_is_numeric (text)) {
    pieces->host = g_strdup (text);
    return TRUE;
  }
  lec_cursor_init (&cursor, text);
  if (lec_cursor_skip (&cursor, '[')) {
    pieces->host = lec_cursor_until (&cursor, "]");
    lec_cursor_expect (&cursor, ']');
  } else {
    pieces->host = g_strndup (text, strcspn (text, ":"));
    cursor.at += strlen (pieces->host);
  }
  if (lec_cursor_skip (&cursor, ':'))
    pieces->port = (guint16) lec_cursor_number (&cursor, G_MAXUINT16);
  else if (pieces->host != NULL && pieces->host[0] == '\0')
    return FALSE; /* neither a group nor a port */
  return lec_cursor_done (&cursor) && pieces->port != 0;
}

static gboolean
split (const char *text, Pieces *pieces)
{
  g_autofree char *authority = NULL;
  const char *at;
  const char *host;
  gsize length;

  pieces->kind = read_scheme (&text);
  pieces->port = pieces->kind == LEC_KIND_RTP ? RTP_PORT : VLC_UDP_PORT;
  length = strcspn (text, "/?#");
  authority = g_strndup (text, length);
  text += length;
  if (strchr (text, '#') != NULL)
    pieces->rest = g_strdup (strchr (text, '#') + 1);
  text = strchr (text, '?');
  if (text != NULL)
    pieces->options = g_strndup (text + 1, strcspn (text + 1, "#"));

  at = strrchr (authority, '@');
  host = at != NULL ? at + 1 : authority;
  if (at != NULL && at > authority)
    pieces->source = g_strndup (authority, (gsize) (at - authority));
  return read_host (host, pieces);
}

/* An IPv6 address may name an interface, as in ff02::1%eth0; interfaces are chosen elsewhere. */
static void
drop_zone (Pieces *pieces, LecWarnings *warnings)
{
  char *zone = strchr (pieces->host, '%');

  if (zone == NULL)
    return;
  lec_warnings_add (warnings, _ ("the interface “%.*s” in the address was ignored"), SHOWN,
                    zone + 1);
  *zone = '\0';
}

static gboolean
check_host (const char *host, GError **error)
{
  if (lec_address_is_numeric (host))
    return TRUE;
  g_set_error (
      error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
      _ ("“%.*s” is not a numeric address; write one such as 239.1.2.3, names are not looked up"),
      SHOWN, host);
  return FALSE;
}

static void
add_address (GStrv *list, const char *address)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (*list != NULL)
    g_strv_builder_addv (builder, (const char **) *list);
  g_strv_builder_add (builder, address);
  g_strfreev (*list);
  *list = g_strv_builder_end (builder);
}

/* `sources=` and `block=` of ffmpeg: addresses with commas between. */
static gboolean
add_addresses (GStrv *list, const char *value, GError **error)
{
  g_auto (GStrv) addresses = g_strsplit (value, ",", LEC_MAX_SOURCES + 1);

  for (guint i = 0; addresses[i] != NULL; i++) {
    if (addresses[i][0] == '\0')
      continue;
    if (!check_host (addresses[i], error))
      return FALSE;
    add_address (list, addresses[i]);
  }
  return TRUE;
}

static guint64
option_number (const char *value, guint64 max, gboolean *understood)
{
  LecCursor cursor;
  guint64 number;

  lec_cursor_init (&cursor, value);
  number = lec_cursor_number (&cursor, max);
  *understood = lec_cursor_done (&cursor);
  return number;
}

static gboolean
apply_option (LecAlternative *alternative,
              LecLeg *leg,
              const char *name,
              const char *value,
              LecWarnings *warnings,
              GError **error)
{
  gboolean understood = FALSE;
  guint64 number;

  if (g_ascii_strcasecmp (name, "sources") == 0)
    return add_addresses (&leg->sources, value, error);
  if (g_ascii_strcasecmp (name, "block") == 0)
    return add_addresses (&leg->excluded, value, error);
  if (g_ascii_strcasecmp (name, "ttl") == 0) {
    number = option_number (value, 255, &understood);
    if (understood)
      leg->ttl = (int) number;
  } else if (g_ascii_strcasecmp (name, "rtcpport") == 0
             || g_ascii_strcasecmp (name, "rtcp_port") == 0) {
    number = option_number (value, G_MAXUINT16, &understood);
    if (understood)
      leg->rtcp_port = (guint16) number;
  } else if (g_ascii_strcasecmp (name, "program") == 0 || g_ascii_strcasecmp (name, "pnr") == 0) {
    number = option_number (value, G_MAXUINT16, &understood);
    if (understood)
      alternative->program = (guint) number;
  }
  if (!understood)
    lec_warnings_add (warnings, _ ("the option “%.*s” of the address was ignored"), SHOWN, name);
  return TRUE;
}

static gboolean
apply_options (LecAlternative *alternative,
               LecLeg *leg,
               const char *text,
               LecWarnings *warnings,
               GError **error)
{
  g_auto (GStrv) options = g_strsplit_set (text, "&;", -1);

  for (guint i = 0; options[i] != NULL; i++) {
    char *value = strchr (options[i], '=');

    if (options[i][0] == '\0')
      continue;
    if (value != NULL)
      *value++ = '\0';
    if (!apply_option (alternative, leg, options[i], value != NULL ? value : "", warnings, error))
      return FALSE;
  }
  return TRUE;
}

/* Astra writes the program behind `#`, among other things that are of no interest here. */
static void
apply_rest (LecAlternative *alternative, const char *text)
{
  g_auto (GStrv) options = g_strsplit (text, "&", -1);
  gboolean understood;
  guint64 number;

  for (guint i = 0; options[i] != NULL; i++) {
    if (g_ascii_strncasecmp (options[i], "pnr=", 4) != 0)
      continue;
    number = option_number (options[i] + 4, G_MAXUINT16, &understood);
    if (understood)
      alternative->program = (guint) number;
  }
}

static gboolean
fill_leg (LecAlternative *alternative,
          LecLeg *leg,
          const Pieces *pieces,
          LecWarnings *warnings,
          GError **error)
{
  if (pieces->kind == LEC_KIND_RTP && leg->port < G_MAXUINT16)
    leg->rtcp_port = leg->port + 1;
  if (pieces->source != NULL) {
    if (!check_host (pieces->source, error))
      return FALSE;
    add_address (&leg->sources, pieces->source);
  }
  if (pieces->rest != NULL)
    apply_rest (alternative, pieces->rest);
  return pieces->options == NULL
         || apply_options (alternative, leg, pieces->options, warnings, error);
}

gboolean
lec_address_add (const char *text, LecChannelInfo *info, LecWarnings *warnings, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_auto (Pieces) pieces = { 0 };
  LecAlternative *alternative;
  LecStream *stream;

  if (strlen (trimmed) > MAX_ADDRESS || !split (trimmed, &pieces)) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED,
                 _ ("“%.*s” is not a valid address; write one such as rtp://239.1.2.3:5004"), SHOWN,
                 trimmed);
    return FALSE;
  }
  drop_zone (&pieces, warnings);
  if (pieces.host[0] != '\0' && !check_host (pieces.host, error))
    return FALSE;

  alternative = lec_channel_info_add_alternative (info, pieces.kind);
  stream = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);
  if (fill_leg (alternative,
                lec_stream_add_leg (stream, pieces.host[0] != '\0' ? pieces.host : "0.0.0.0",
                                    pieces.port),
                &pieces, warnings, error))
    return TRUE;
  g_ptr_array_remove_index (info->alternatives, info->alternatives->len - 1);
  return FALSE;
}

/* `239.1.2.3:1234`, `@239.1.2.3:1234`, `[ff15::1]:5004`; all else may be a file name. */
static gboolean
is_bare_group (const char *text)
{
  g_auto (Pieces) pieces = { 0 };

  return strspn (text, "0123456789abcdefABCDEF.:[]@") == strlen (text)
         && strlen (text) <= MAX_ADDRESS && strrchr (text, ':') != NULL && split (text, &pieces)
         && lec_address_is_group (pieces.host)
         && (text[0] == '[' || text[0] == '@' || strchr (pieces.host, ':') == NULL);
}

gboolean
lec_address_is_address (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  return g_ascii_strncasecmp (trimmed, "rtp:", 4) == 0
         || g_ascii_strncasecmp (trimmed, "udp:", 4) == 0 || is_bare_group (trimmed);
}

LecAnnouncement *
lec_address_parse (const char *text, GError **error)
{
  g_autoptr (LecAnnouncement) announcement = lec_announcement_new ("address");
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecChannel *channel = NULL;

  if (lec_address_add (text, info, announcement->warnings, error))
    channel = lec_channel_new (g_steal_pointer (&info), error);
  if (channel == NULL) {
    lec_encoding_repair_error (error);
    return NULL;
  }
  g_ptr_array_add (announcement->channels, channel);
  return g_steal_pointer (&announcement);
}
