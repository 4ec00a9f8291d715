/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Everything known of a reception at one moment: each stream, the network, the timing, what the
 * announcement was warned of, and why nothing can be received.
 *
 * Made as a draft by whoever receives; from then on it is constant and counted, and may be used
 * from any thread. The fields have their names, units and labels in report/fields.h: what is added
 * here is added there. */
#pragma once

#include <glib-object.h>

#include "channel/channel.h"
#include "channel/error.h"
#include "report/msb-state.h"
#include "report/track.h"
#include "wire/stats.h"
#include "wire/ts-stats.h"

G_BEGIN_DECLS

/* Texts are cut to these sizes, and then a report is one piece of memory. */
#define LEC_REPORT_ADDRESS 48
#define LEC_REPORT_ENCODING 128
#define LEC_REPORT_INTERFACES 288 /* as many as are joined on at once */

#define LEC_REPORT_INTERFACE 16 /* as long as a name can be */
#define LEC_REPORT_STATIONS 16
#define LEC_REPORT_CHAINS 256

#define LEC_REPORT_TRACKS 16 /* more are played, and not told of */

/* One leg of a stream. */
typedef struct
{
  char group[LEC_REPORT_ADDRESS];
  guint16 port;
  LecLegStats stats;
} LecLegReport;

typedef struct
{
  LecMedia media;
  /* of what arrives, or else of what was announced first, in capitals: "H264"; "": not known */
  char encoding[LEC_REPORT_ENCODING];
  char interfaces[LEC_REPORT_INTERFACES]; /* joined on, "eth0" or "eth0, wlan0"; "": unicast */
  char sender[LEC_REPORT_ADDRESS];        /* address that it is taken from; "": not known yet */
  /* where the announcement names another one, though no filter: that; else "" */
  char announced_sender[LEC_REPORT_ADDRESS];
  guint ttl;         /* hops that its packets may still have gone; 0: not known */
  LecStats stats;    /* overrun behind the session included; the legs are those below */
  gint64 latency_ns; /* present play-out delay, as of the report */
  guint n_legs;
  LecLegReport legs[LEC_MAX_LEGS];
  LecTsStats ts; /* what is inside, where that is a transport stream; else it has no packets */
} LecStreamReport;

/* One host that sends to the addresses of the channel. */
typedef struct
{
  char address[LEC_REPORT_ADDRESS];
  char interface[LEC_REPORT_INTERFACE]; /* that its packets come in on; "": not known */
  guint ttl;                            /* hops that they may still have gone; 0: not known */
  guint64 received;                     /* packets of media from it */
  gint64 last_packet_ns;                /* session time of the newest */
  gboolean is_played;                   /* some stream is taken from it */
  gboolean is_announced; /* the announcement names it as one that sends what it is heard on */
} LecStationReport;

/* Whether somebody on the network asks for memberships. */
typedef enum {
  LEC_REPORT_QUERIER_UNKNOWN,
  LEC_REPORT_QUERIER_UNSEEN, /* one would have been seen */
  LEC_REPORT_QUERIER_SEEN,
} LecReportQuerier;

typedef enum {
  LEC_REPORT_PROTOCOL_IGMP,
  LEC_REPORT_PROTOCOL_MLD,
} LecReportProtocol;

/* What the network and this computer do to all streams. */
typedef struct
{
  guint64 rejoins;           /* for silence, and for changes of links */
  guint64 forwarding_losses; /* times that packets came back as soon as they were asked for */
  LecReportQuerier querier;
  LecReportProtocol protocol; /* of the group that was not forwarded any more */
  gboolean wireless;          /* packets may come over Wi-Fi */
  guint speed;                /* [Mbit/s] of the fastest interface joined on; 0: not known */
  guint64 rate;               /* [bit/s] of UDP payload that comes, of late */
  gboolean capped;            /* no more comes than that, however much is sent */
  guint buffer_refused;       /* [bytes] the largest receive buffer that was refused; 0: none was */
  gint64 buffer_ns;           /* what the smallest one holds; G_MAXINT64: not known */
  /* that sends to an address of which only others are listened to; "": nobody, or not known */
  char stranger[LEC_REPORT_ADDRESS];
} LecNetworkReport;

/* How it stands with the interfaces that may be joined on: the best of them, loopback aside. */
typedef enum {
  LEC_REPORT_LINK_UNKNOWN,
  LEC_REPORT_LINK_USABLE,
  LEC_REPORT_LINK_NO_V4,   /* what is awaited is of IPv4, and it has no address, or only a local one
                            */
  LEC_REPORT_LINK_NO_V6,   /* likewise */
  LEC_REPORT_LINK_ONLY_V6, /* what is awaited is of IPv4, and it has addresses of the other kind */
  LEC_REPORT_LINK_ONLY_V4, /* and the reverse */
  LEC_REPORT_LINK_NO_MULTICAST,
  LEC_REPORT_LINK_NO_CARRIER,
  LEC_REPORT_LINK_DOWN,
  LEC_REPORT_LINK_GONE, /* it was pinned, or packets came by it */
  LEC_REPORT_LINK_NONE, /* there is nothing but loopback */
} LecReportLink;

/* Where this computer drops what has reached it. */
typedef enum {
  LEC_REPORT_DROP_NONE,
  LEC_REPORT_DROP_FIREWALL,
  LEC_REPORT_DROP_REVERSE_PATH,
  LEC_REPORT_DROP_OTHER_PORT, /* it comes for the group, and to a port where nobody listens */
  LEC_REPORT_DROP_DAMAGED,    /* it comes with a wrong checksum */
  LEC_REPORT_DROP_FIREWALL_OR_GROUP, /* a firewall does, or it is for another group */
} LecReportDrop;

/* Which firewall is at work. */
typedef enum {
  LEC_REPORT_FIREWALL_UNKNOWN,
  LEC_REPORT_FIREWALL_NFTABLES,
  LEC_REPORT_FIREWALL_IPTABLES, /* of its old kind */
  LEC_REPORT_FIREWALL_UFW,
  LEC_REPORT_FIREWALL_FIREWALLD,
} LecReportFirewall;

/* What anybody may know of the way from this computer's plug to the sockets; gathered once a
 * second. */
typedef struct
{
  LecReportLink link;
  char links[LEC_REPORT_INTERFACES]; /* that @link is said of: "eth0" or "eth0, wlan0" */
  LecReportDrop drop;
  gboolean drop_is_new;  /* there was no such drop before the join, or as long as packets came */
  gint64 interrupted_ns; /* session time until which it kept all out itself; 0: never */
  guint64 damaged; /* [datagrams] of UDP with a wrong checksum that all programs here were sent */
  guint64
      filtered; /* [packets] of multicast over IPv4 that reached no program here, at the least */
  LecReportFirewall firewall; /* looked for where it drops what is sent to the channel */
  /* of nftables, as far as they are known: "inet filter input, ip raw pre" */
  char chains[LEC_REPORT_CHAINS];
} LecHostReport;

typedef enum {
  LEC_REPORT_CLOCK_PIPELINE,
  LEC_REPORT_CLOCK_SENDER,
} LecReportClock;

/* How it stands with the RTSP server that sends the channel. */
typedef enum {
  LEC_REPORT_SESSION_NONE, /* there is none to be asked */
  LEC_REPORT_SESSION_OPENING,
  LEC_REPORT_SESSION_READY,
  LEC_REPORT_SESSION_GONE, /* it does not answer any more, or has ended the session */
} LecReportSession;

struct _LecReport
{
  gatomicrefcount references; /* private */
  gint64 now_ns;              /* session time of the report */
  gint64 joined_ns;           /* and of the join */
  gint64 latency_ns;          /* present play-out delay: from arrival of an undelayed packet */
  LecReportClock clock;
  LecNetworkReport network;
  LecHostReport host;
  GPtrArray *warnings; /* (nullable) (element-type utf8): what of the announcement was ignored */
  LecError error;      /* LEC_ERROR_NONE: nothing is wrong */
  guint n_tracks;      /* 0 where nothing is decoded */
  LecTrackReport tracks[LEC_REPORT_TRACKS];
  guint n_stations;
  LecStationReport stations[LEC_REPORT_STATIONS]; /* heard of late, in the order of their coming */
  LecReportSession session;
  LecMsbState msb;
  int capture_error;  /* number of the error (errno) that has ended the capture; 0: none */
  gboolean replayed;  /* what is played from a capture is at its end, and nothing of it is held */
  gboolean withdrawn; /* whoever announced the channel has said that it is over */
  guint n_streams;
  LecStreamReport streams[];
};

typedef const struct _LecReport LecReport;

/* A report that is being made. */
typedef struct _LecReport LecReportDraft;

#define LEC_TYPE_REPORT (lec_report_get_type ())
GType lec_report_get_type (void);

LecReport *lec_report_ref (LecReport *self);
void lec_report_unref (LecReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecReport, lec_report_unref)

/**
 * lec_report_draft_new:
 *
 * Returns: (transfer full): a draft in which nothing has arrived and nothing is wrong
 */
LecReportDraft *lec_report_draft_new (guint n_streams) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_report_draft_renew:
 * @report: (transfer full)
 *
 * Returns: (transfer full): a new draft of as many streams, in the memory of @report where nobody
 *   else holds that
 */
LecReportDraft *lec_report_draft_renew (LecReport *report) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): a draft that says the same as @report */
LecReportDraft *lec_report_draft_copy (LecReport *report) G_GNUC_WARN_UNUSED_RESULT;

/* @warnings: (nullable) (element-type utf8): shared, and not to be changed from then on */
void lec_report_draft_set_warnings (LecReportDraft *draft, GPtrArray *warnings);

/* Returns: (nullable) (transfer none): another track, of which nothing is known yet; NULL: there
 * are too many */
LecTrackReport *lec_report_draft_add_track (LecReportDraft *draft);

/**
 * lec_report_draft_finish:
 * @draft: (transfer full)
 *
 * Returns: (transfer full): @draft, which nobody changes any more
 */
LecReport *lec_report_draft_finish (LecReportDraft *draft) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_report_get_age:
 * @then_ns: session time; negative: it has not happened
 *
 * Returns: [ns] how long before the report that was; -1: it has not happened
 */
gint64 lec_report_get_age (LecReport *self, gint64 then_ns);

/* Returns: [packets] of @stats that came as they should, none counted twice */
guint64 lec_stats_count_good (const LecStats *stats);

/* Returns: [packets] of @stats that were sent, and did not come or not in time. It only grows */
guint64 lec_stats_count_missing (const LecStats *stats);

G_END_DECLS
