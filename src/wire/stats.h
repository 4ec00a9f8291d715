/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What one stream's reception has come to: plain counters and gauges, each with its unit.
 *
 * Counters grow from the join on; only `lost` becomes less again where what was given up comes
 * after all. Each packet that arrived, or was rebuilt, is counted once more:
 *
 *     received + recovered = out + aside + late + stale + duplicate + discarded + decrypt_failed
 *                            + overrun + held
 *
 * as far as overrun is that of the session. And of all numbers that the sender has given its
 * packets since the join, each is one that left (out, aside, merged), is still held, was given up
 * (lost, late), or was dropped by this host (lost_local, damaged) and brought by no other leg. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_STATS_LEGS 4
#define LEC_STATS_NAME 64
#define LEC_STATS_REPAIRS 4 /* schemes: of LecRepairScheme */

/* One leg of a stream: the group and port that its packets come on, or come on once more. */
typedef struct
{
  guint64 received;      /* [packets] */
  guint64 bytes;         /* [bytes] of those, UDP payload */
  guint64 lost;          /* [packets] that this leg has not brought, whatever another one did */
  gint64 jitter_ns;      /* interarrival jitter, RFC 3550 section 6.4.1 */
  gint64 skew_ns;        /* how much later than the first leg to bring it a packet comes here */
  gint64 last_packet_ns; /* session time of the newest packet; -1: none yet */
} LecLegStats;

/* What one scheme of repair has done [packets]. */
typedef struct
{
  guint64 packets;    /* of parity, or sent again, that came */
  guint64 repaired;   /* rebuilt or sent again, and in time */
  guint64 unrepaired; /* given up, though parity comes, too many together, or parity too; or though
                       * they were asked for, of somebody who answers */
  guint64 late;       /* rebuilt or sent again, but given up before */
} LecRepairStats;

/**
 * LecFound:
 * @LEC_FOUND_ANNOUNCED: what was announced, as far as is known
 * @LEC_FOUND_RTP: RTP, where a transport stream without it was announced
 * @LEC_FOUND_BARE_TS: a transport stream without RTP, where RTP was announced
 * @LEC_FOUND_OTHER_TS: a transport stream in RTP, whose payload type was announced as something
 *   else, or not at all
 *
 * How a stream is really sent.
 */
typedef enum {
  LEC_FOUND_ANNOUNCED,
  LEC_FOUND_RTP,
  LEC_FOUND_BARE_TS,
  LEC_FOUND_OTHER_TS,
} LecFound;

/* What datagrams are that are neither RTP nor a transport stream. */
typedef enum {
  LEC_FOREIGN_UNKNOWN,
  LEC_FOREIGN_PROGRAM_STREAM, /* ISO/IEC 13818-1, section 2.5 */
  LEC_FOREIGN_MPEG_VIDEO,     /* ISO/IEC 13818-2, section 6.2.2.1 */
  LEC_FOREIGN_H264,           /* ITU-T H.264, annex B */
  LEC_FOREIGN_H265,           /* ITU-T H.265, annex B */
  LEC_FOREIGN_ADTS,           /* ISO/IEC 14496-3, section 1.A.2.2 */
  LEC_FOREIGN_MPEG_AUDIO,     /* ISO/IEC 11172-3, section 2.4.1.3 */
  LEC_FOREIGN_OGG,            /* RFC 3533, section 6 */
  LEC_FOREIGN_MATROSKA,       /* RFC 8794, section 11.2.4 */
  LEC_FOREIGN_FLV,
} LecForeign;

/* What packets are that the announced key does not open. */
typedef enum {
  LEC_LOCKED_UNKNOWN,
  LEC_LOCKED_CLEAR,     /* what was announced, and not encrypted at all */
  LEC_LOCKED_ENCRYPTED, /* with another key */
} LecLocked;

/* Why nothing comes, as far as the sender's reports count what it sends. */
typedef enum {
  LEC_SILENCE_UNKNOWN,
  LEC_SILENCE_PAUSE, /* it sends nothing */
  LEC_SILENCE_LOSS,  /* it sends, and that does not come */
} LecSilence;

typedef struct
{
  /* counters [packets] unless said */
  guint64 received;   /* arrived, whatever became of them */
  guint64 bytes;      /* [bytes] of those, UDP payload */
  guint64 lost;       /* given up, and not come since; not those that this host dropped */
  guint64 lost_local; /* dropped by this host's kernel for want of room (SO_RXQ_OVFL) */
  guint64 damaged;    /* dropped by it for a wrong UDP checksum */
  guint64 late;       /* came after their turn, when they had been given up */
  guint64 stale;      /* sent before the first that left; never waited for */
  guint64 duplicate;  /* came again */
  guint64 reordered;  /* came out of order, and in time */
  guint64 recovered;  /* rebuilt from repair data, and in time: out, and not received */
  guint64 aside;      /* of our sender, among the media, and nothing to be played */
  guint64 merged;     /* pieces of a packet inside that was finished by a later one */
  guint64 discarded;  /* not ours or not understood: no RTP, a stray source, a number far off */
  guint64 malformed;  /* of those discarded, none of what was announced can be so */
  guint64 unknown_formats; /* of those aside or discarded, of a format that no announcement has */
  guint64 parity;          /* what lost packets can be rebuilt from; aside, where media come too */
  guint64 unrepaired;      /* of those lost, in spite of parity: too many together */
  guint64 requests;        /* for packets to be sent again, of ours (RFC 4585) [datagrams] */
  guint64 repaired_late;   /* rebuilt, but given up before, so that they are lost */
  guint64 other_stations;  /* of others than the channel is taken from; not among received */
  guint64 decrypt_failed;  /* encrypted, and not with the key that was announced */
  guint64 overrun;         /* dropped because nobody took them in time */
  guint64 out;             /* left the jitter buffer */
  guint64 gaps;            /* gaps given up [gaps] */
  guint64 restarts;        /* the sender began anew: another SSRC, sequence or epoch */
  guint64 switches;        /* the sender went on with another stream, as it said [MS-MSB] */
  guint64 beacons;         /* signs of life without media [datagrams], not among received */
  guint64 stalls;          /* times that nothing came for much longer than usual */
  guint64 reports;         /* sender reports that were believed */
  guint64 reports_sent;    /* receiver reports of ours */

  /* gauges */
  guint32 ssrc;  /* of the sender we are locked to; 0 before the first packet */
  guint payload; /* RTP payload type of the newest packet */
  LecFound found;
  LecForeign foreign; /* what those are that were malformed */
  gint64 jitter_ns;   /* interarrival jitter, RFC 3550 section 6.4.1 */
  gint64 latency_ns;  /* from arrival of an undelayed packet to play-out */
  gint64 repair_ns;   /* of that, what repair takes; 0: none was of use for long, or it is fixed */
  gint64 first_packet_ns;  /* from the join to the first packet; -1: none yet */
  gint64 last_packet_ns;   /* session time of the newest packet; -1: none yet */
  gint64 last_beacon_ns;   /* session time of the newest beacon; -1: none yet */
  gint64 last_known_ns;    /* and of the newest packet of a format that was announced */
  gint64 unknown_since_ns; /* since then only formats came that were not; -1: they did not */
  double drift_ppm;        /* the sender's clock against ours; positive: ours gains on it */
  gint64 delay_ns;         /* furthest that a packet of the last quarter second was behind */
  gint64 wanted_ns;        /* latency that this stream would need now */
  guint held;              /* [packets] in the jitter buffer, or not known yet whose they are */
  gint64 last_report_ns;   /* session time of the newest sender report; -1: none yet */
  gint64 last_sign_ns;     /* and of the newest RTCP of a sender, believed or not; -1: none yet */
  gint64 last_media_ns;   /* and of the newest packet of RTP whose payload was announced; 0: none */
  gint64 last_locked_ns;  /* and of the newest that was encrypted with another key; 0: none */
  gint64 last_strange_ns; /* and of the newest of a payload that was not announced; 0: none */
  guint strange;          /* payload type of that */
  gint64 pause_ns;        /* longest time between two packets so far */
  gint64 rest_ns;         /* how long it stays away again and again, as slides do; 0: it does not */
  LecSilence silence;     /* what the sender says of the present one */
  LecLocked locked;       /* what those are that could not be decrypted */
  gboolean encrypted;     /* payloads are ciphertext, as it seems, and no key was announced */
  gboolean untimed;       /* time stamps do not run, so that packets are played as they arrive */
  gboolean unnumbered;    /* sequence numbers tell no order, so that they are in that of arrival */
  gboolean ended;         /* the sender said goodbye, and nothing has come since */
  guint participants;     /* members of the RTP session, us excluded, as far as RTCP tells */
  LecLegStats legs[LEC_STATS_LEGS];
  LecRepairStats repairs[LEC_STATS_REPAIRS];
  char
      station[LEC_STATS_NAME]; /* the sender's name for itself (SDES NAME, else CNAME); may be "" */
  char tool[LEC_STATS_NAME];   /* what it sends with (SDES TOOL); may be "" */
} LecStats;

G_END_DECLS
