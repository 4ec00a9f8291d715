/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/address.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/address-option.h"
#include "announce/cursor.h"
#include "announce/encoding.h"
#include "channel/error.h"

#define VLC_UDP_PORT 1234 /* what VLC means by udp://@239.1.2.3 */
#define RTP_PORT 5004     /* the port registered for RTP */
#define MAX_ADDRESS 4096  /* [bytes] of a whole address with its options */
#define SHOWN 64          /* [bytes] of a refused piece that a message quotes */

/* The schemes that mean datagrams. VLC names the family in some, set-top boxes what they send. */
static const struct
{
  const char *name;
  LecKind kind;
  guint16 port;    /* where none is written */
  const char *any; /* the address to listen on where none is written */
} schemes[] = {
  { "rtp", LEC_KIND_RTP, RTP_PORT, "0.0.0.0" },
  { "rtp4", LEC_KIND_RTP, RTP_PORT, "0.0.0.0" },
  { "rtp6", LEC_KIND_RTP, RTP_PORT, "::" },
  { "udp", LEC_KIND_TS, VLC_UDP_PORT, "0.0.0.0" },
  { "udp4", LEC_KIND_TS, VLC_UDP_PORT, "0.0.0.0" },
  { "udp6", LEC_KIND_TS, VLC_UDP_PORT, "::" },
  { "udpstream", LEC_KIND_TS, VLC_UDP_PORT, "0.0.0.0" },
  { "igmp", LEC_KIND_TS, VLC_UDP_PORT, "0.0.0.0" },
  { "mcast", LEC_KIND_TS, VLC_UDP_PORT, "0.0.0.0" },
  { "multicast", LEC_KIND_TS, VLC_UDP_PORT, "0.0.0.0" },
};

/* What stands in front of a whole address: how a program is to open it, and the words by which
 * set-top boxes choose their player. */
static const char *const openers[] = { "lavf://", "ffmpeg://", "async:", "cache:" };
static const char *const players[]
    = { "auto", "ffmpeg", "ffrt", "ffrt2",  "ffrt3", "ffrt4", "ifm",
        "igmp", "mp2t",   "mp4",  "mpegts", "rtp",   "rtsp",  "udp" };

/* A host as it is written, and what stands with it. */
typedef struct
{
  char *name;   /* "" for any address */
  char *zone;   /* (nullable): the interface that an address of IPv6 means */
  guint16 port; /* 0: not written */
} Host;

/* The pieces of an address, before anything is made of them. */
typedef struct
{
  guint scheme; /* index in the table; a bare address is of the first one that is raw */
  char *demux;  /* (nullable): behind the scheme, as VLC has it: how packets are read */
  Host before;  /* the @ */
  Host at;      /* behind it */
  char *path;   /* behind a slash: multicat's options */
  char *query;  /* behind the ? */
  char *rest;   /* behind the #: Astra's options */
  char *words;  /* behind a blank: VLC's options */
  char *bar;    /* behind a bar: Kodi's options */
} Pieces;

static void
host_clear (Host *host)
{
  g_free (host->name);
  g_free (host->zone);
}

static void
pieces_clear (Pieces *pieces)
{
  g_free (pieces->demux);
  host_clear (&pieces->before);
  host_clear (&pieces->at);
  g_free (pieces->path);
  g_free (pieces->query);
  g_free (pieces->rest);
  g_free (pieces->words);
  g_free (pieces->bar);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pieces, pieces_clear)

/* ---- splitting ---- */

/* The end of the scheme in front of a colon; 0 where there is none that is known. */
static gsize
find_scheme (const char *text, guint *scheme)
{
  const gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ46");
  gsize end = length;

  if (text[length] == '/') /* of VLC: `udp/ts://` */
    end += 1
           + strspn (text + length + 1,
                     "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
  if (text[end] != ':' || (end > length && !g_str_has_prefix (text + end, "://")))
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++) {
    if (strlen (schemes[i].name) == length
        && g_ascii_strncasecmp (text, schemes[i].name, length) == 0) {
      *scheme = i;
      return end;
    }
  }
  return 0;
}

const char *
lec_address_skip_player (const char *text)
{
  const gsize length = strcspn (text, " \t:/");
  const char *address = text + length + strspn (text + length, " \t");

  if (address == text + length || strstr (address, "://") == NULL)
    return text;
  for (guint i = 0; i < G_N_ELEMENTS (players); i++) {
    if (strlen (players[i]) == length && g_ascii_strncasecmp (text, players[i], length) == 0)
      return address;
  }
  return text;
}

static const char *
skip_opener (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (openers); i++) {
    if (g_ascii_strncasecmp (text, openers[i], strlen (openers[i])) == 0)
      return text + strlen (openers[i]);
  }
  return text;
}

/* Passes over the scheme. A bare address is taken for UDP, which also understands RTP. */
static const char *
read_scheme (const char *text, Pieces *pieces)
{
  gsize length;
  const char *slash;

  text = skip_opener (lec_address_skip_player (text));
  length = find_scheme (text, &pieces->scheme);
  if (length == 0) {
    while (schemes[pieces->scheme].kind != LEC_KIND_TS)
      pieces->scheme++;
    return text;
  }
  slash = memchr (text, '/', length);
  if (slash != NULL)
    pieces->demux = g_strndup (slash + 1, length - (gsize) (slash + 1 - text));
  text += length + 1;
  return text + strspn (text, "/\\");
}

/* The interface behind a percent sign, which a URI escapes (RFC 6874). */
static void
take_zone (Host *host)
{
  char *zone = strchr (host->name, '%');

  if (zone == NULL)
    return;
  *zone++ = '\0';
  if (g_str_has_prefix (zone, "25") && zone[2] != '\0')
    zone += 2;
  host->zone = g_strdup (zone);
}

/* `239.001.002.003`: columns of a list, in decimal; other readers would take them for octal. */
static void
trim_zeros (char *host)
{
  char *to = host;

  if (host[strspn (host, "0123456789.")] != '\0')
    return;
  for (const char *from = host; *from != '\0'; from++) {
    const gboolean is_first = from == host || from[-1] == '.';

    if (!is_first || *from != '0' || !g_ascii_isdigit (from[1])) {
      *to++ = *from;
      continue;
    }
    while (*from == '0' && g_ascii_isdigit (from[1]))
      from++;
    *to++ = *from;
  }
  *to = '\0';
}

/* Splits `HOST`, `HOST:PORT`, `[HOST]:PORT`, `:PORT`, a bare IPv6 address or nothing. */
static gboolean
read_host (const char *text, Host *host)
{
  const char *colon = strchr (text, ':');
  LecCursor cursor;

  lec_cursor_init (&cursor, text);
  if (lec_cursor_skip (&cursor, '[')) {
    host->name = lec_cursor_until (&cursor, "]");
    lec_cursor_expect (&cursor, ']');
  } else if (colon != NULL && strchr (colon + 1, ':') != NULL) { /* no port, but IPv6 */
    host->name = g_strdup (text);
    cursor.at = cursor.end;
  } else {
    host->name = g_strndup (text, strcspn (text, ":"));
    cursor.at += strlen (host->name);
  }
  if (lec_cursor_skip (&cursor, ':')) {
    host->port = (guint16) lec_cursor_number (&cursor, G_MAXUINT16);
    cursor.failed |= host->port == 0;
  }
  if (!lec_cursor_done (&cursor))
    return FALSE;
  take_zone (host);
  trim_zeros (host->name);
  return TRUE;
}

/* `GROUP@LOCAL`: the listener's own address or card may stand behind as well, as dvblast has it. */
static void
put_group_last (Pieces *pieces)
{
  Host local = pieces->at;

  if (!lec_address_is_group (pieces->before.name) || local.name[0] == '\0'
      || lec_address_is_group (local.name))
    return;
  pieces->at = pieces->before;
  pieces->before = (Host){ .name = g_strdup (""), .zone = g_steal_pointer (&local.name) };
  host_clear (&local);
}

/* What is escaped that needs not be. An address of IPv6 has its colons before the percent sign of
 * its interface. */
static char *
unescape (const char *authority)
{
  g_autofree char *plain = authority[strcspn (authority, ":[%")] == '%'
                               ? g_uri_unescape_string (authority, NULL)
                               : NULL;

  if (plain != NULL && g_utf8_validate (plain, -1, NULL))
    return g_steal_pointer (&plain);
  return g_strdup (authority);
}

static gboolean
read_authority (const char *escaped, Pieces *pieces)
{
  g_autofree char *authority = unescape (escaped);
  const char *at = strrchr (authority, '@');
  g_autofree char *before = at != NULL ? g_strndup (authority, (gsize) (at - authority)) : NULL;

  while (before != NULL && g_str_has_suffix (before, "@"))
    before[strlen (before) - 1] = '\0';
  if (!read_host (before != NULL ? before : "", &pieces->before)
      || !read_host (at != NULL ? at + 1 : authority, &pieces->at))
    return FALSE;
  put_group_last (pieces);
  return pieces->at.name[0] != '\0' || pieces->at.port != 0; /* a group or a port */
}

/* Options for VLC begin with a colon or hyphens; a comment is nobody's. Returns whether the address
 * itself has no blank. */
static gboolean
take_words (char *text, Pieces *pieces)
{
  char *blank = text + strcspn (text, " \t");
  const char *words = blank + strspn (blank, " \t");

  if (*words == '\0')
    return TRUE;
  if (strchr (":-#", words[0]) == NULL)
    return text + strcspn (text, "/?#") < blank;
  pieces->words = g_strdup (words);
  *blank = '\0';
  return TRUE;
}

static char *
cut (char *text, char mark)
{
  char *at = strchr (text, mark);

  if (at == NULL)
    return NULL;
  *at = '\0';
  return g_strdup (at + 1);
}

static gboolean
split (const char *text, Pieces *pieces)
{
  g_autofree char *left = g_strdup (read_scheme (text, pieces));

  pieces->bar = cut (left, '|');
  if (!take_words (left, pieces))
    return FALSE;
  pieces->rest = cut (left, '#');
  pieces->query = cut (left, strchr (left, '?') != NULL ? '?' : '&');
  pieces->path = cut (left, '/');
  return read_authority (left, pieces);
}

/* ---- options ---- */

/* Where to put what an address says, and what to tell of it. */
typedef struct
{
  LecAlternative *alternative;
  LecLeg *leg;
  LecWarnings *warnings;
} Target;

static gboolean
apply_option (const Target *target, const char *option, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *name = NULL;

  switch (lec_address_option_apply (option, target->alternative, target->leg, &reason)) {
  case LEC_ADDRESS_OPTION_TAKEN:
  case LEC_ADDRESS_OPTION_TUNING:
    return TRUE;
  case LEC_ADDRESS_OPTION_UNKNOWN:
  case LEC_ADDRESS_OPTION_MALFORMED:
  default:
    break;
  }
  if (reason != NULL) {
    g_propagate_error (error, g_steal_pointer (&reason));
    return FALSE;
  }
  name = lec_address_option_dup_name (option);
  lec_warnings_add (target->warnings, _ ("the option “%.*s” of the address was ignored"), SHOWN,
                    name);
  return TRUE;
}

static gboolean
apply_options (const Target *target, const char *text, const char *separators, GError **error)
{
  g_auto (GStrv) options = g_strsplit_set (text != NULL ? text : "", separators, -1);

  for (guint i = 0; options[i] != NULL; i++) {
    if (options[i][strspn (options[i], " \t-")] != '\0'
        && !apply_option (target, options[i], error))
      return FALSE;
  }
  return TRUE;
}

/* ` :miface=eth0 :program=1102`, ` --miface eth0`. */
static gboolean
apply_words (const Target *target, const char *text, GError **error)
{
  g_auto (GStrv) options = NULL;

  if (text == NULL || text[0] == '#')
    return TRUE;
  options = g_strsplit (text, text[0] == ':' ? " :" : " --", -1);
  for (guint i = 0; options[i] != NULL; i++) {
    const char *option = options[i] + strspn (options[i], " \t:-");

    if (*option != '\0' && !apply_option (target, option, error))
      return FALSE;
  }
  return TRUE;
}

/* Programs that are told of requests for the web have nothing to say of a group. */
static void
warn_bar (const Pieces *pieces, LecWarnings *warnings)
{
  if (pieces->bar != NULL)
    lec_warnings_add (warnings, _ ("the part of an address behind “|” was ignored"));
}

/* What VLC calls a demultiplexer; all but these is for packets that nothing here reads so. */
static void
warn_demux (const Pieces *pieces, LecWarnings *warnings)
{
  static const char *const read[]
      = { "any", "m2ts", "mp2t", "mpeg", "mpeg2", "mpegts", "rtp", "ts" };

  if (pieces->demux == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (read); i++) {
    if (g_ascii_strcasecmp (pieces->demux, read[i]) == 0)
      return;
  }
  lec_warnings_add (warnings, _ ("“%.*s” in the address was ignored: what comes is looked at"),
                    SHOWN, pieces->demux);
}

/* ---- the whole ---- */

/* As people paste it, with the marks that set it off from the text around it. */
static char *
tidy (const char *text)
{
  static const char *const pairs[] = { "\"\"", "''", "<>" };
  char *tidied = g_strstrip (g_strdup (text));
  const gsize length = strlen (tidied);

  for (guint i = 0; length > 2 && i < G_N_ELEMENTS (pairs); i++) {
    if (tidied[0] == pairs[i][0] && tidied[length - 1] == pairs[i][1]) {
      tidied[0] = tidied[length - 1] = ' ';
      break;
    }
  }
  return g_strstrip (tidied);
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

/* Only Astra writes options behind a number sign, and there the address in front of the group is
 * that of the listener's card, but where no network would deliver the group so. */
static gboolean
is_of_listener (const Pieces *pieces)
{
  g_auto (GStrv) options = g_strsplit (pieces->rest != NULL ? pieces->rest : "", "&", -1);

  for (guint i = 0; options[i] != NULL; i++) {
    if (lec_address_option_is_known (options[i]))
      return !lec_address_needs_source (pieces->at.name);
  }
  return FALSE;
}

/* What stands in front of the group: who sends, or the card to listen on. */
static gboolean
apply_before (const Target *target, const Pieces *pieces, GError **error)
{
  const Host *before = &pieces->before;

  if (before->port != 0)
    lec_warnings_add (target->warnings,
                      _ ("the port %u of the sender was ignored: whichever it sends from is heard"),
                      before->port);
  if (before->name[0] == '\0')
    return TRUE;
  if (lec_address_option_is_interface (before->name)
      || (lec_address_is_numeric (before->name) && !lec_address_is_group (before->name)
          && is_of_listener (pieces))) {
    target->leg->interface = g_strdup (before->name);
    return TRUE;
  }
  return lec_address_option_add_source (&target->leg->sources, before->name, error);
}

static void
apply_zone (const Target *target, const Host *host)
{
  g_autofree char *option
      = host->zone != NULL ? g_strconcat ("interface=", host->zone, NULL) : NULL;

  if (option != NULL && target->leg->interface == NULL)
    apply_option (target, option, NULL);
}

static gboolean
fill_leg (const Target *target, const Pieces *pieces, GError **error)
{
  LecLeg *leg = target->leg;

  if (target->alternative->kind == LEC_KIND_RTP && leg->port < G_MAXUINT16)
    leg->rtcp_port = leg->port + 1;
  if (!apply_before (target, pieces, error))
    return FALSE;
  apply_zone (target, &pieces->at);
  apply_zone (target, &pieces->before);
  warn_bar (pieces, target->warnings);
  warn_demux (pieces, target->warnings);
  return apply_options (target, pieces->rest, "&", error)
         && apply_options (target, pieces->path, "/", error)
         && apply_options (target, pieces->query, "?&;", error)
         && apply_words (target, pieces->words, error);
}

gboolean
lec_address_add (const char *text, LecChannelInfo *info, LecWarnings *warnings, GError **error)
{
  g_autofree char *trimmed = tidy (text);
  g_auto (Pieces) pieces = { 0 };
  Target target = { .warnings = warnings };
  const char *group;

  if (strlen (trimmed) > MAX_ADDRESS || !split (trimmed, &pieces)) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED,
                 _ ("“%.*s” is not a valid address; write one such as rtp://239.1.2.3:5004"), SHOWN,
                 trimmed);
    return FALSE;
  }
  group = pieces.at.name[0] != '\0' ? pieces.at.name : schemes[pieces.scheme].any;
  if (!check_host (group, error))
    return FALSE;

  target.alternative = lec_channel_info_add_alternative (info, schemes[pieces.scheme].kind);
  target.leg
      = lec_stream_add_leg (lec_alternative_add_stream (target.alternative, LEC_MEDIA_VIDEO), group,
                            pieces.at.port != 0 ? pieces.at.port : schemes[pieces.scheme].port);
  if (fill_leg (&target, &pieces, error))
    return TRUE;
  g_ptr_array_remove_index (info->alternatives, info->alternatives->len - 1);
  return FALSE;
}

/* ---- recognising ---- */

/* Whether what stands behind a slash are options, and not the rest of the name of a file. */
static gboolean
has_options_only (const char *path)
{
  g_auto (GStrv) options = g_strsplit (path != NULL ? path : "", "/", -1);

  for (guint i = 0; options[i] != NULL; i++) {
    if (options[i][0] != '\0' && !lec_address_option_is_known (options[i]))
      return FALSE;
  }
  return TRUE;
}

/* `239.1.2.3:1234`, `@239.1.2.3:1234`, `[ff15::1]:5004`; all else may be a file name. */
static gboolean
is_bare_group (const char *text)
{
  const gsize length = strcspn (text, "/?&#| \t");
  g_autofree char *authority = g_strndup (text, length);
  const char *host = strrchr (authority, '@');
  g_auto (Pieces) pieces = { 0 };

  host = host != NULL ? host + 1 : authority;
  return strlen (text) <= MAX_ADDRESS && strchr (authority, ':') != NULL && split (text, &pieces)
         && lec_address_is_group (pieces.at.name)
         && (pieces.at.port != 0 || host[0] == '[' || text[0] == '@')
         && (pieces.before.name[0] == '\0' || lec_address_is_numeric (pieces.before.name)
             || lec_address_option_is_interface (pieces.before.name))
         && has_options_only (pieces.path);
}

gboolean
lec_address_is_address (const char *text)
{
  g_autofree char *trimmed = tidy (text);
  guint scheme;

  return find_scheme (skip_opener (lec_address_skip_player (trimmed)), &scheme) > 0
         || is_bare_group (trimmed);
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
