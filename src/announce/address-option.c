/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/address-option.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/cursor.h"
#include "channel/error.h"

#define MAX_NAME 64      /* [bytes] of an option; longer ones are unknown */
#define MAX_INTERFACE 45 /* [bytes] the longest address; names have at most 15 */
#define MAX_LINK_NAME 15 /* [bytes] what a kernel has room for */
#define SHOWN 64         /* [bytes] of a refused piece that a message quotes */

typedef enum {
  TUNING,
  SOURCES,        /* `10.0.0.1,10.0.0.2` */
  EXCLUDED,       /* likewise */
  SIGNED_SOURCES, /* `+10.0.0.1-10.0.0.2`: from the first, not from the second */
  INTERFACE,      /* its name, number or an address of it */
  PROGRAM,
  RTCP_PORT,
  TTL,
} Meaning;

/* By their meaning; hyphens stand for underscores as well. */
static const struct
{
  const char *name;
  Meaning meaning;
} options[] = {
  { "sources", SOURCES },                 /* FFmpeg */
  { "source", SOURCES },                  /* shaka-packager */
  { "ssm", SOURCES },                     /* set-top boxes */
  { "block", EXCLUDED },                  /* FFmpeg */
  { "multicast-source", SIGNED_SOURCES }, /* GStreamer */
  { "localaddr", INTERFACE },             /* FFmpeg, Astra */
  { "local-addr", INTERFACE },
  { "local-address", INTERFACE },   /* TSDuck */
  { "interface", INTERFACE },       /* shaka-packager */
  { "multicast-iface", INTERFACE }, /* GStreamer */
  { "iface", INTERFACE },           /* GStreamer's rtpsrc */
  { "miface", INTERFACE },          /* VLC */
  { "miface-addr", INTERFACE },     /* VLC before 3 */
  { "ifaddr", INTERFACE },          /* multicat, dvblast */
  { "ifindex", INTERFACE },         /* multicat, dvblast */
  { "ifname", INTERFACE },          /* msd_lite */
  { "program", PROGRAM },           /* VLC */
  { "programs", PROGRAM },          /* VLC */
  { "pnr", PROGRAM },               /* Astra */
  { "sid", PROGRAM },               /* DVB's word */
  { "program-number", PROGRAM },    /* Kodi, GStreamer */
  { "rtcpport", RTCP_PORT },        /* FFmpeg */
  { "rtcp-port", RTCP_PORT },       /* FFmpeg, VLC */
  { "ttl", TTL },                   /* FFmpeg, multicat */

  { "buffer-size", TUNING }, /* FFmpeg, GStreamer, shaka-packager */
  { "fifo-size", TUNING },   /* FFmpeg from here on */
  { "overrun-nonfatal", TUNING },
  { "pkt-size", TUNING },
  { "reuse", TUNING },
  { "reuse-socket", TUNING },
  { "timeout", TUNING },
  { "rw-timeout", TUNING },
  { "connect", TUNING },
  { "broadcast", TUNING },
  { "bitrate", TUNING },
  { "burst-bits", TUNING },
  { "dscp", TUNING },
  { "localport", TUNING },
  { "local-port", TUNING },
  { "localrtpport", TUNING },
  { "local-rtpport", TUNING },
  { "localrtcpport", TUNING },
  { "local-rtcpport", TUNING },
  { "write-to-source", TUNING },
  { "udplite-coverage", TUNING },
  { "reorder-queue-size", TUNING },
  { "max-delay", TUNING },
  { "auto-multicast", TUNING }, /* GStreamer from here on */
  { "loop", TUNING },
  { "latency", TUNING },
  { "mtu", TUNING },
  { "ttl-mc", TUNING },
  { "network-caching", TUNING }, /* VLC from here on */
  { "udp-caching", TUNING },
  { "rtp-caching", TUNING },
  { "live-caching", TUNING },
  { "file-caching", TUNING },
  { "clock-jitter", TUNING },
  { "clock-synchro", TUNING },
  { "cr-average", TUNING },
  { "udp-buffer", TUNING },
  { "udp-timeout", TUNING },
  { "rtp-timeout", TUNING },
  { "rtp-max-src", TUNING },
  { "rtp-max-dropout", TUNING },
  { "rtp-max-misorder", TUNING },
  { "ipv4", TUNING },
  { "ipv6", TUNING },
  { "deinterlace", TUNING },
  { "deinterlace-mode", TUNING },
  { "no-sync", TUNING }, /* Astra from here on */
  { "sync", TUNING },
  { "socket-size", TUNING },
  { "no-analyze", TUNING },
  { "no-reload", TUNING },
  { "buffer-time", TUNING },
  { "cc-limit", TUNING },
  { "bitrate-limit", TUNING },
  { "set-pnr", TUNING },
  { "set-tsid", TUNING },
  { "rtp", TUNING }, /* packets of RTP are recognised */
  { "udp", TUNING }, /* multicat and dvblast from here on */
  { "bufsize", TUNING },
  { "tos", TUNING },
  { "tcp-window", TUNING },
};

/* Splits an option; what counts of its value is a part of @option, and may be empty. */
static char *
split (const char *option, const char **value, gsize *length)
{
  const char *name = option + strspn (option, " \t-");
  const gsize named = strcspn (name, "= \t");
  const char *said = name + named;

  said += strspn (said, " \t");
  said += *said == '=';
  said += strspn (said, " \t");
  *length = strlen (said);
  while (*length > 0 && strchr (" \t", said[*length - 1]) != NULL)
    --*length;
  if (*length >= 2 && (*said == '"' || *said == '\'') && said[*length - 1] == *said) {
    said++;
    *length -= 2;
  }
  *value = said;
  return g_strndup (name, named);
}

static gboolean
is_same_name (const char *known, const char *name)
{
  for (; *known != '\0' && *name != '\0'; known++, name++) {
    if (*known != (*name == '_' ? '-' : g_ascii_tolower (*name)))
      return FALSE;
  }
  return *known == *name;
}

static gboolean
find (const char *name, Meaning *meaning)
{
  for (guint i = 0; i < G_N_ELEMENTS (options) && strlen (name) <= MAX_NAME; i++) {
    if (is_same_name (options[i].name, name)) {
      *meaning = options[i].meaning;
      return TRUE;
    }
  }
  return FALSE;
}

char *
lec_address_option_dup_name (const char *option)
{
  const char *value;
  gsize length;

  return split (option, &value, &length);
}

gboolean
lec_address_option_is_known (const char *option)
{
  g_autofree char *name = lec_address_option_dup_name (option);
  Meaning meaning;

  return find (name, &meaning);
}

/* ---- sources ---- */

static gboolean
is_anybody (const char *address)
{
  return address[strspn (address, "0.:")] == '\0';
}

gboolean
lec_address_option_add_source (GStrv *list, const char *address, GError **error)
{
  g_autoptr (GStrvBuilder) builder = NULL;

  if (!lec_address_is_numeric (address)) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("“%.*s” is not a numeric address; write one such as 239.1.2.3, names are not "
                    "looked up"),
                 SHOWN, address);
    return FALSE;
  }
  if (is_anybody (address))
    return TRUE;
  if (*list != NULL && g_strv_contains ((const char *const *) *list, address))
    return TRUE;
  builder = g_strv_builder_new ();
  if (*list != NULL)
    g_strv_builder_addv (builder, (const char **) *list);
  g_strv_builder_add (builder, address);
  g_strfreev (*list);
  *list = g_strv_builder_end (builder);
  return TRUE;
}

/* Whether one of a list of addresses is that of anybody, so that the others say nothing. */
static gboolean
names_anybody (const char *value)
{
  g_auto (GStrv) addresses = g_strsplit (value, ",", -1);

  for (guint i = 0; addresses[i] != NULL; i++) {
    if (lec_address_is_numeric (addresses[i]) && is_anybody (addresses[i]))
      return TRUE;
  }
  return FALSE;
}

/* `10.0.0.1,10.0.0.2`; one more than can be used is kept, so that the channel is refused. */
static gboolean
add_sources (GStrv *list, const char *value, GError **error)
{
  g_auto (GStrv) addresses = g_strsplit (value, ",", LEC_MAX_SOURCES + 2);

  for (guint i = 0; addresses[i] != NULL; i++) {
    g_autofree char *address = g_strdelimit (g_strstrip (g_strdup (addresses[i])), "[]", ' ');

    if (address[0] != '\0' && !lec_address_option_add_source (list, g_strstrip (address), error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_signed_sources (LecLeg *leg, const char *value, GError **error)
{
  for (guint i = 0; *value != '\0' && i <= 2 * LEC_MAX_SOURCES; i++) {
    GStrv *list = *value == '-' ? &leg->excluded : &leg->sources;
    g_autofree char *address = NULL;

    value += *value == '-' || *value == '+';
    address = g_strndup (value, strcspn (value, "+-"));
    value += strlen (address);
    if (!lec_address_option_add_source (list, address, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- the interface ---- */

gboolean
lec_address_option_is_interface (const char *text)
{
  static const char *const starts[]
      = { "br-", "bond", "eno",  "enp", "ens", "enx",  "eth",  "lan-", "mac", "mv",
          "ppp", "tap",  "team", "tun", "usb", "veth", "vlan", "wan-", "wl",  "ww" };
  const gsize length = strlen (text);
  const gsize named = strspn (text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                    "0123456789-_");

  if (!g_ascii_isalpha (text[0]) || length > MAX_LINK_NAME)
    return FALSE;
  if (text[named] == '.') /* a VLAN; names of hosts do not end in numbers */
    return text[named + 1] != '\0'
           && text[named + 1 + strspn (text + named + 1, "0123456789")] == '\0';
  if (text[named] != '\0')
    return FALSE;
  if (strcmp (text, "lo") == 0 || text[strcspn (text, "0123456789")] != '\0')
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++) {
    if (g_str_has_prefix (text, starts[i]))
      return TRUE;
  }
  return FALSE;
}

/* Where an option says so, any name may be one. */
static gboolean
set_interface (LecLeg *leg, const char *value)
{
  gsize allowed = strspn (value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "0123456789.:_-");

  if (allowed == 0 || value[allowed] != '\0' || allowed > MAX_INTERFACE)
    return FALSE;
  if (is_anybody (value) || leg->interface != NULL)
    return TRUE; /* the first one counts */
  leg->interface = g_strdup (value);
  return TRUE;
}

/* ---- numbers ---- */

static gboolean
read_number (const char *value, guint64 max, guint64 *number)
{
  LecCursor cursor;

  lec_cursor_init (&cursor, value);
  *number = lec_cursor_number (&cursor, max);
  return lec_cursor_done (&cursor);
}

/* Of a list of programs the first one is played. */
static gboolean
set_program (LecAlternative *alternative, const char *value)
{
  g_autofree char *first = g_strndup (value, strcspn (value, ","));
  guint64 number;

  if (!read_number (first, G_MAXUINT16, &number))
    return FALSE;
  alternative->program = (guint) number;
  return TRUE;
}

static gboolean
set_rtcp_port (LecLeg *leg, const char *value)
{
  guint64 number;

  if (!read_number (value, G_MAXUINT16, &number))
    return FALSE;
  leg->rtcp_port = (guint16) number;
  return TRUE;
}

static gboolean
set_ttl (LecLeg *leg, const char *value)
{
  guint64 number;

  if (!read_number (value, 255, &number))
    return FALSE;
  leg->ttl = (int) number;
  return TRUE;
}

static gboolean
apply_to_leg (Meaning meaning, const char *value, LecLeg *leg, GError **error)
{
  switch (meaning) {
  case SOURCES:
    if (!add_sources (&leg->sources, value, error))
      return FALSE;
    if (names_anybody (value))
      g_clear_pointer (&leg->sources, g_strfreev);
    return TRUE;
  case EXCLUDED:
    return add_sources (&leg->excluded, value, error);
  case SIGNED_SOURCES:
    return add_signed_sources (leg, value, error);
  case INTERFACE:
    return set_interface (leg, value);
  case RTCP_PORT:
    return set_rtcp_port (leg, value);
  case TTL:
    return set_ttl (leg, value);
  case PROGRAM:
  case TUNING:
  default:
    g_assert_not_reached ();
  }
}

LecAddressOption
lec_address_option_apply (const char *option,
                          LecAlternative *alternative,
                          LecLeg *leg,
                          GError **error)
{
  const char *said;
  gsize length;
  g_autofree char *name = split (option, &said, &length);
  g_autofree char *value = g_strndup (said, length);
  Meaning meaning;
  gboolean taken;

  if (!find (name, &meaning))
    return LEC_ADDRESS_OPTION_UNKNOWN;
  if (meaning == TUNING)
    return LEC_ADDRESS_OPTION_TUNING;
  if (meaning == PROGRAM)
    taken = set_program (alternative, value);
  else
    taken = leg != NULL && apply_to_leg (meaning, value, leg, error);
  return taken ? LEC_ADDRESS_OPTION_TAKEN : LEC_ADDRESS_OPTION_MALFORMED;
}
