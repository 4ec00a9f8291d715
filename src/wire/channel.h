/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A channel: what one can watch, as its announcement promises it.
 *
 * A reader of announcements fills a LecChannelInfo from plain fields and makes
 * a LecChannel of it, which validates it once. From then on it is immutable, counted, and may be
 * used from any thread. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What an announcement can make us hold or join. */
#define LEC_MAX_ALTERNATIVES 64
#define LEC_MAX_STREAMS 8 /* media of one alternative; more are refused, not joined */
#define LEC_MAX_LEGS 4
#define LEC_MAX_SOURCES 10 /* net.ipv4.igmp_max_msf of a stock kernel */
#define LEC_MAX_PAYLOADS 32
#define LEC_MAX_TEXT 1024 /* bytes of any text shown to a person; longer ones are cut */

/**
 * LecKind:
 * @LEC_KIND_RTP: RTP streams (RFC 3550)
 * @LEC_KIND_TS: one MPEG transport stream in bare UDP datagrams; RTP in front of it is recognised
 * @LEC_KIND_MSB: Windows Media multicast (MSB packets)
 * @LEC_KIND_URI: an address that has to be opened: another announcement, or media on a server
 *
 * One way to receive a channel.
 */
typedef enum {
  LEC_KIND_RTP,
  LEC_KIND_TS,
  LEC_KIND_MSB,
  LEC_KIND_URI,
} LecKind;

typedef enum {
  LEC_MEDIA_VIDEO,
  LEC_MEDIA_AUDIO,
  LEC_MEDIA_TEXT,
  LEC_MEDIA_APPLICATION,
} LecMedia;

/* One group and port that a stream arrives on. */
typedef struct
{
  char *group;       /* numeric IPv4 or IPv6 address: a group to join, or unicast to listen on */
  guint16 port;      /* never 0 */
  guint16 rtcp_port; /* 0: no RTCP; the same as port: multiplexed (RFC 5761) */
  int ttl;           /* 0 to 255; -1: not said */
  GStrv sources;     /* (nullable): numeric addresses allowed to send (RFC 4570); NULL: anybody */
  GStrv excluded;    /* (nullable): numeric addresses that must not be heard; NULL: none */
} LecLeg;

/* One meaning of an RTP payload type. */
typedef struct
{
  guint payload;    /* 0 to 127 */
  char *encoding;   /* as in a=rtpmap, in the spelling of the registry: "H264", "opus" */
  guint clock_rate; /* [Hz], never 0 */
  guint channels;   /* audio channels; 0: not said */
  GStrv parameters; /* (nullable): a=fmtp as name, value, name, value ...; NULL: none */
} LecPayload;

typedef enum {
  LEC_REPAIR_ULPFEC,
  LEC_REPAIR_FLEXFEC,
  LEC_REPAIR_2022_1,
  LEC_REPAIR_RTX,
} LecRepairScheme;

/* What repairs a stream, and where it arrives. */
typedef struct
{
  LecRepairScheme scheme;
  char *group;
  guint16 port;
} LecRepair;

/* One medium of a channel. */
typedef struct
{
  LecMedia media;
  char *language;            /* (nullable): RFC 5646 tag */
  char *label;               /* (nullable): a=label or i= of the media section */
  guint bandwidth;           /* [bit/s] announced for the stream; 0: not said */
  gboolean receiver_reports; /* FALSE: b=RR:0, nobody wants them (RFC 3556) */
  GPtrArray *legs;           /* of LecLeg, at least one */
  GPtrArray *payloads;       /* of LecPayload; empty: a bare address, known by its first packet */
  GPtrArray *repairs;        /* of LecRepair; may be empty */
} LecStream;

typedef struct
{
  LecKind kind;
  GPtrArray *streams; /* of LecStream; empty for LEC_KIND_URI */
  char *uri;          /* LEC_KIND_URI only: absolute, or a path beside the announcement */
  gint64 start_us;    /* LEC_KIND_URI: where to begin in recorded media */
  gint64 duration_us; /* LEC_KIND_URI: how much of it to play; 0: all */
} LecAlternative;

/**
 * LecChannelInfo:
 *
 * The plain fields of a channel. Build one with lec_channel_info_new() and the `_add_` functions
 * below, hand it to lec_channel_new(); read one with lec_channel_get_info().
 * Texts are cleaned by lec_channel_new(): valid UTF-8, one line, at most #LEC_MAX_TEXT bytes.
 */
typedef struct
{
  char *id;    /* (nullable): what makes it the same channel when announced again; a NULL one is
                * derived from the first alternative */
  char *title; /* (nullable): NULL or empty: one is made from the first address */
  char *description;       /* (nullable) */
  char *author;            /* (nullable) */
  char *more_info;         /* (nullable): a URL for a person, never opened by itself */
  char *origin;            /* (nullable): the announcing host, numeric or a name; never resolved */
  gint64 starts;           /* [s since 1970-01-01 UTC]; 0: not said */
  gint64 ends;             /* likewise */
  GPtrArray *alternatives; /* of LecAlternative, best first, at least one */
} LecChannelInfo;

LecChannelInfo *lec_channel_info_new (void) G_GNUC_WARN_UNUSED_RESULT;
void lec_channel_info_free (LecChannelInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecChannelInfo, lec_channel_info_free)

/* Each appends an item with all fields unset and returns it, owned by its parent. */
LecAlternative *lec_channel_info_add_alternative (LecChannelInfo *info, LecKind kind);
LecStream *lec_alternative_add_stream (LecAlternative *alternative, LecMedia media);
LecLeg *lec_stream_add_leg (LecStream *stream, const char *group, guint16 port);
LecPayload *
lec_stream_add_payload (LecStream *stream, guint payload, const char *encoding, guint clock_rate);
LecRepair *
lec_stream_add_repair (LecStream *stream, LecRepairScheme scheme, const char *group, guint16 port);

/**
 * lec_payload_get_parameter:
 * @name: a parameter of `a=fmtp`, compared without case
 *
 * Returns: (nullable) (transfer none): its value, NULL where it is not given
 */
const char *lec_payload_get_parameter (const LecPayload *payload, const char *name);

typedef struct _LecChannel LecChannel;

#define LEC_TYPE_CHANNEL (lec_channel_get_type ())
GType lec_channel_get_type (void);

/**
 * lec_channel_new:
 * @info: (transfer full): taken in any case, also on failure
 *
 * Checks everything a player relies on: at least one alternative with something to open, addresses
 * numeric, ports not 0, source filters of the family of their group, the `LEC_MAX_` bounds.
 *
 * Returns: (nullable): NULL with #LEC_ERROR_MALFORMED or #LEC_ERROR_UNSUPPORTED
 */
LecChannel *lec_channel_new (LecChannelInfo *info, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_channel_new_for_alternative:
 * @index: of the alternative to keep
 *
 * Returns: (transfer full): a channel that promises this one alternative only
 */
LecChannel *lec_channel_new_for_alternative (const LecChannel *self, guint index);

LecChannel *lec_channel_ref (LecChannel *self);
void lec_channel_unref (LecChannel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecChannel, lec_channel_unref)

const LecChannelInfo *lec_channel_get_info (const LecChannel *self);
const char *lec_channel_get_id (const LecChannel *self);
const char *lec_channel_get_title (const LecChannel *self);

/**
 * lec_channel_equal:
 *
 * Returns: whether @a and @b promise the same thing, so that nothing needs to be done when one
 *   replaces the other
 */
gboolean lec_channel_equal (const LecChannel *a, const LecChannel *b);

/**
 * lec_address_is_group:
 * @address: (nullable): a numeric address
 *
 * Returns: whether it is an IPv4 or IPv6 multicast address
 */
gboolean lec_address_is_group (const char *address);

G_END_DECLS
