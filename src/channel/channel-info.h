/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The plain fields of a channel, as an announcement gives them.
 *
 * A reader of announcements fills a LecChannelInfo and makes a LecChannel of it
 * (channel/channel.h), which checks and cleans everything once. */
#pragma once

#include <glib.h>

#include "channel/schedule.h"

G_BEGIN_DECLS

#define LEC_MUCH_BANDWIDTH 100000000 /* [bit/s] that should not surprise anybody */

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

#define LEC_N_KINDS (LEC_KIND_URI + 1)

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
  char *rtcp_group;  /* (nullable): where RTCP goes (RFC 3605); NULL: to the same group */
  guint16 rtcp_port; /* 0: no RTCP; the same as port: multiplexed (RFC 5761) */
  int ttl;           /* 0 to 255; -1: not said */
  char *interface;   /* (nullable): where to join, as a list names it that may be of another
                      * computer: name, number or an address of an interface; NULL: not said */
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
  guint16 port;     /* 0: that of the stream, whatever it will be */
  GStrv sources;    /* (nullable): as for a leg */
  GStrv excluded;   /* (nullable) */
  int payload;      /* 0 to 127, of the repair packets; -1: not said */
  guint clock_rate; /* [Hz] of their time stamps; 0: not said */
  GStrv parameters; /* (nullable): their a=fmtp: "apt", "rtx-time", "L", "D" ... */
} LecRepair;

/* One master key of SRTP (RFC 4568). Never printed, logged or quoted in a message. */
typedef struct
{
  char *suite; /* "AES_CM_128_HMAC_SHA1_80" */
  GBytes *key; /* master key and salt, in the length that the suite asks for */
  GBytes *mki; /* (nullable): which key a packet was made with */
} LecKey;

typedef enum {
  LEC_REFERENCE_NTP,
  LEC_REFERENCE_PTP,
  LEC_REFERENCE_GPS,
  LEC_REFERENCE_GALILEO,
  LEC_REFERENCE_GLONASS,
  LEC_REFERENCE_LOCAL,
  LEC_REFERENCE_PRIVATE,
} LecReferenceSource;

/* The clock that the station's time stamps follow (RFC 7273, section 4). */
typedef struct
{
  LecReferenceSource source;
  char *version;      /* (nullable): of PTP, "IEEE1588-2008" */
  char *identity;     /* (nullable): grandmaster, NTP server, or MAC address of a local clock */
  int domain;         /* of PTP; -1: not said */
  gboolean traceable; /* to a primary reference, whichever */
} LecReference;

typedef enum {
  LEC_MEDIA_CLOCK_UNKNOWN,
  LEC_MEDIA_CLOCK_SENDER, /* its own, no relation to the reference */
  LEC_MEDIA_CLOCK_DIRECT, /* derived from the reference, at an offset */
  LEC_MEDIA_CLOCK_STREAM, /* recovered from another stream, by IEEE 1722 */
} LecMediaClockKind;

/* How the RTP time stamps relate to the reference (RFC 7273, section 5). */
typedef struct
{
  LecMediaClockKind kind;
  guint64 offset;         /* [RTP units] at the epoch of the reference */
  guint64 stream_id;      /* of the stream of IEEE 1722 it is recovered from; 0: not said */
  guint rate_numerator;   /* of a rate that is not the nominal one; 0: the nominal one */
  guint rate_denominator; /* likewise */
} LecMediaClock;

/* How a station is asked to send packets again that were lost (RFC 4585, RFC 4588). */
typedef struct
{
  gboolean nack; /* it asks for generic NACK, and announces retransmission */
  char *target;  /* (nullable): numeric address of the one computer that takes it (RFC 5760); NULL:
                  * it goes where RTCP of the first leg does */
  guint16 port;  /* of target */
} LecFeedback;

/* One medium of a channel. */
typedef struct
{
  LecMedia media;
  char *language;        /* (nullable): RFC 5646 tag */
  char *label;           /* (nullable): a=label or i= of the media section */
  char *content;         /* (nullable): what it shows, "main", "slides", "speaker" (RFC 4796) */
  char *control;         /* (nullable): what its RTSP server calls it, as it was written */
  guint sync_group;      /* lip sync with the streams of the same number (RFC 5888); 0: with all */
  guint bandwidth;       /* [bit/s] announced for the stream; 0: not said */
  gint64 rtcp_senders;   /* [bit/s] for sender reports (RFC 3556); -1: not said */
  gint64 rtcp_receivers; /* [bit/s] for receiver reports; 0: nobody wants them; -1: not said */
  gint64 packet_time_us; /* [µs] of media in a packet; 0: not said */
  GPtrArray *legs;       /* of LecLeg, at least one, unless an RTSP server is to say where */
  GPtrArray *payloads;   /* of LecPayload; empty: a bare address, known by its first packet */
  GPtrArray *repairs;    /* of LecRepair; may be empty */
  GPtrArray *keys;       /* of LecKey; empty: not encrypted */
  GPtrArray *references; /* of LecReference; may be empty */
  LecMediaClock media_clock;
  LecFeedback feedback;
} LecStream;

/* One ASF header of a Windows Media station: packets name the one they belong to. */
typedef struct
{
  guint id;          /* 0 to 2047 */
  GBytes *header;    /* ASF Header Object and the first 50 bytes of the Data Object */
  char *description; /* (nullable) */
} LecMsbFormat;

/* What else a Windows Media station says ([MS-MSB] 2.2.1.4). */
typedef struct
{
  GPtrArray *formats;  /* of LecMsbFormat, at least one */
  char *source;        /* (nullable): numeric address the station sends from; not a filter */
  guint fec_span;      /* [packets] between parity packets, 1 to 15; 0: not said */
  guint buffer_ms;     /* [ms] of media to hold against jitter */
  char *log_url;       /* (nullable): where a player may report; never without asking */
  gboolean may_split;  /* it may be sent on to others */
  gboolean may_record; /* it may be kept */
  guint expires_s;     /* [s] after which what was kept is stale; 0: not said */
} LecMsb;

/* The RTSP server that sends the streams when it is asked to (RFC 2326), and says where to. */
typedef struct
{
  char *address;     /* of the channel there: `rtsp:`, or `rtspt:` where only TCP will do */
  char *base;        /* what the controls are relative to */
  char *control;     /* (nullable): what it calls all streams together, as it was written */
  char *group;       /* (nullable): one that its description names: it multicasts */
  char *credentials; /* (nullable): user:password. Never printed, logged or quoted in a message */
} LecRtsp;

typedef struct
{
  LecKind kind;
  GPtrArray *streams; /* of LecStream; empty for LEC_KIND_URI */
  guint program;      /* of the transport stream in it, by its number; 0: not said */
  LecMsb *msb;        /* LEC_KIND_MSB only */
  LecRtsp *rtsp;      /* (nullable): LEC_KIND_RTP only: the server that is asked to send */
  char *uri;          /* LEC_KIND_URI only: absolute, or a path beside the announcement */
  gboolean is_media;  /* LEC_KIND_URI: it has been looked at, and is no announcement but media */
  gint64 start_us;    /* LEC_KIND_URI: where to begin in recorded media */
  gint64 duration_us; /* LEC_KIND_URI: how much of it to play; 0: all */
  char *
      start_marker; /* (nullable): LEC_KIND_URI: number or name of where to begin; beats start_us */
  char *end_marker; /* (nullable): LEC_KIND_URI: where to stop; beats duration_us */
} LecAlternative;

/**
 * LecEntryFlags:
 * @LEC_ENTRY_INCLUDE: what its address names takes its place in the list (ENTRYREF of an ASX)
 * @LEC_ENTRY_NOT_INCLUDED: left out where another list includes this one (SKIPIFREF)
 * @LEC_ENTRY_NO_SKIP: a viewer may not skip it (CLIENTSKIP)
 *
 * How a channel behaves in the list it stands in.
 */
typedef enum {
  LEC_ENTRY_INCLUDE = 1 << 0,
  LEC_ENTRY_NOT_INCLUDED = 1 << 1,
  LEC_ENTRY_NO_SKIP = 1 << 2,
} LecEntryFlags;

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
  char *description;     /* (nullable) */
  char *author;          /* (nullable) */
  char *copyright;       /* (nullable) */
  char *email;           /* (nullable): of a person to ask */
  char *phone;           /* (nullable): likewise */
  char *category;        /* (nullable): the heading of a list it stands under */
  char *keywords;        /* (nullable) */
  char *more_info;       /* (nullable): a URL for a person, never opened by itself */
  char *logo;            /* (nullable): URI of a picture, never opened by itself */
  char *base;            /* (nullable): what addresses in its script commands are relative to: a
                          * folder of a web server; NULL: where the announcement lies */
  GStrv log_urls;        /* (nullable): where a player may report; never without asking. Beside
                          * what a Windows Media station says itself */
  char *origin;          /* (nullable): the announcing host, numeric or a name; never resolved */
  guint64 version;       /* of the description, which grows (RFC 8866, 5.2); 0: not said */
  GStrv details;         /* (nullable): what else it says, for a person: name, value, name ... */
  LecSchedule *schedule; /* (nullable): when it is on the air; NULL: not said */
  LecEntryFlags flags;
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
LecReference *lec_stream_add_reference (LecStream *stream, LecReferenceSource source);

/**
 * lec_stream_add_key:
 * @suite: as in RFC 4568, section 6.2
 * @key: (transfer full): master key and salt
 * @mki: (transfer full) (nullable)
 */
void lec_stream_add_key (LecStream *stream, const char *suite, GBytes *key, GBytes *mki);

/**
 * lec_alternative_add_format:
 * @id: 0 to 2047
 * @header: (transfer full): ASF header
 *
 * Makes @alternative say what a Windows Media station says, if it does not yet.
 */
LecMsbFormat *lec_alternative_add_format (LecAlternative *alternative, guint id, GBytes *header);

/* (transfer full): a copy of everything, of what is no part of a channel */
LecAlternative *lec_alternative_copy (const LecAlternative *alternative) G_GNUC_WARN_UNUSED_RESULT;
void lec_alternative_free (LecAlternative *alternative);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecAlternative, lec_alternative_free)

/* Likewise, of a leg: one with all fields unset, or a copy. */
LecLeg *lec_leg_new (const char *group, guint16 port) G_GNUC_WARN_UNUSED_RESULT;
LecLeg *lec_leg_copy (const LecLeg *leg) G_GNUC_WARN_UNUSED_RESULT;
void lec_leg_free (LecLeg *leg);

/**
 * lec_alternative_set_rtsp:
 * @address: of the channel on its server
 * @base: what the controls are relative to
 * @control: (nullable): of all streams together
 *
 * Makes it one that an RTSP server is asked for: its streams need no legs.
 */
void lec_alternative_set_rtsp (LecAlternative *alternative,
                               const char *address,
                               const char *base,
                               const char *control);

/* Whether all is known of where the streams arrive, and nobody has to be asked. */
gboolean lec_alternative_is_complete (const LecAlternative *alternative);

/* Returns: (transfer none) (nullable): the first leg of the first stream; NULL: it has no stream,
 * or where that arrives has to be asked */
const LecLeg *lec_alternative_get_leg (const LecAlternative *alternative);

/* [bit/s] What all streams take on all their legs, as far as it is announced. */
guint64 lec_alternative_get_bandwidth (const LecAlternative *alternative);

/* Appends to the details of a person's interest; @name and @value are copied. */
void lec_channel_info_add_detail (LecChannelInfo *info, const char *name, const char *value);

/**
 * lec_channel_info_copy:
 *
 * Returns: (transfer full): a copy of everything, which may be changed and made a channel
 */
LecChannelInfo *lec_channel_info_copy (const LecChannelInfo *info) G_GNUC_WARN_UNUSED_RESULT;

/* A copy in one piece of memory, for reading only: lec_shape_pack(). What a LecChannel keeps. */
LecChannelInfo *lec_channel_info_pack (const LecChannelInfo *info) G_GNUC_WARN_UNUSED_RESULT;
void lec_channel_info_free_packed (LecChannelInfo *info);

gboolean lec_channel_info_equal (const LecChannelInfo *a, const LecChannelInfo *b);

/**
 * lec_payload_get_parameter:
 * @name: a parameter of `a=fmtp`, compared without case
 *
 * Returns: (nullable) (transfer none): its value, NULL where it is not given
 */
const char *lec_payload_get_parameter (const LecPayload *payload, const char *name);

G_END_DECLS
