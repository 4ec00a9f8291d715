/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where the datagrams of one alternative arrive: which groups and ports there are, whom each
 * serves, and on which interfaces they are joined. Not thread-safe. */
#pragma once

#include "channel/channel.h"
#include "net/ingress.h"
#include "net/replay.h"

G_BEGIN_DECLS

#define LEC_MAX_REPAIR_PORTS 8 /* of one stream */
/* each leg, and its RTCP; and repair */
#define LEC_MAX_ENDPOINTS (LEC_MAX_STREAMS * (LEC_MAX_LEGS * 2 + LEC_MAX_REPAIR_PORTS))

/**
 * LecEndpointRole:
 * @LEC_ENDPOINT_MEDIA: media arrives there, and what is said beside it may
 * @LEC_ENDPOINT_CONTROL: only the latter
 * @LEC_ENDPOINT_REPAIR: what lost packets of one stream can be rebuilt from, by its scheme
 */
typedef enum {
  LEC_ENDPOINT_MEDIA,
  LEC_ENDPOINT_CONTROL,
  LEC_ENDPOINT_REPAIR,
} LecEndpointRole;

/* One group and port, and whom its datagrams are for: streams that share them share it. */
typedef struct
{
  LecIngress *ingress;
  LecEndpointRole role;
  LecRepairScheme scheme; /* of repair */
  struct
  {
    guint stream, leg;
  } users[LEC_MAX_STREAMS];
  guint n_users;
  char *group;
  GStrv sources, excluded; /* (nullable) */
  guint membership;        /* endpoints of one group and one filter have one in common */
  guint16 port;
  guint64 bandwidth;      /* [bit/s] announced for all users together; 0: not for all, or RTCP */
  guint buffer, granted;  /* [bytes] of receive buffer, as the kernel counts */
  guint32 dropped;        /* by the kernel, as far as it was counted; wraps */
  guint64 unsettled;      /* of those, for a reason that is not known yet... */
  guint unsettled_stream; /* ...and the stream that they most likely were of */
  gint64 heard_ns;        /* session time of the last datagram let in; before one, of the join */
  gboolean heard;         /* one was let in */
  gint64 empty_ns;        /* and of when none was left to be read */
} LecEndpoint;

/* A plain struct to be embedded; zeroed is empty. */
typedef struct
{
  LecReplay
      *replay; /* (nullable) what is played, instead of what the network brings; set before all */
  gboolean low_ports;      /* those of the system may be listened on; set before all */
  LecIngressOpener opener; /* set before all; zeroed: sockets of the kernel */
  LecEndpoint items[LEC_MAX_ENDPOINTS];
  guint count;
  guint n_memberships;
} LecEndpoints;

/**
 * lec_endpoints_add:
 * @stream, @leg_index: whom @leg is of
 * @bandwidth: [bit/s] announced for the stream; 0: none
 * @interface: (nullable): name of the one to join on; NULL: all suitable ones
 * @error: #LEC_ERROR_UNREACHABLE; #LEC_ERROR_LOW_PORT for a port of the system, where that is not
 *   allowed
 *
 * Opens and joins the leg's port, and its RTCP port where it has one. RTCP is a help: without it
 * there is still a picture, so only the former can fail.
 */
gboolean lec_endpoints_add (LecEndpoints *self,
                            const LecLeg *leg,
                            guint stream,
                            guint leg_index,
                            guint64 bandwidth,
                            const char *interface,
                            GError **error);

/**
 * lec_endpoints_add_repair:
 * @leg: where it arrives; its RTCP is of no interest
 * @stream: that it repairs
 * @interface: (nullable): as above
 *
 * Opens and joins one more port, unless something else is expected there, or it cannot be opened:
 * without it there is still a picture.
 */
void lec_endpoints_add_repair (LecEndpoints *self,
                               const LecLeg *leg,
                               guint stream,
                               LecRepairScheme scheme,
                               const char *interface);

/* Leaves and closes all. */
void lec_endpoints_clear (LecEndpoints *self);

/* ---- of all endpoints of one membership: below n_memberships ---- */

/* Whether there is something to join: unicast is listened to only. */
gboolean lec_endpoints_is_group (const LecEndpoints *self, guint membership);

/* Whether more than RTCP comes on it. */
gboolean lec_endpoints_has_media (const LecEndpoints *self, guint membership);

/* AF_INET or AF_INET6 */
int lec_endpoints_get_family (const LecEndpoints *self, guint membership);

/* Stays on @interface only: as long as the socket for RTCP, on which little comes, is joined on
 * another one, the network sends everything there. */
void lec_endpoints_pin (LecEndpoints *self, guint membership, guint interface);

/* Leaves and joins again, so that the network hears of it. */
void lec_endpoints_rejoin (LecEndpoints *self, guint membership);

/* Joins on all further interfaces, where none is pinned. */
void lec_endpoints_add_interfaces (LecEndpoints *self, guint membership);

/* Lets the network hear of it while packets go on; FALSE where that cannot be. */
gboolean lec_endpoints_report (LecEndpoints *self, guint membership);

/* Session time of the newest datagram; G_MININT64 without any. */
gint64 lec_endpoints_get_heard (const LecEndpoints *self, guint membership);

/* The interfaces joined on, of LecInterface. */
const GArray *lec_endpoints_get_joined (const LecEndpoints *self, guint membership);

/* ---- of all endpoints ---- */

/* Whether packets may come over Wi-Fi. */
gboolean lec_endpoints_is_wireless (const LecEndpoints *self);

/* Returns: [Mbit/s] of the fastest interface that groups are joined on; 0: not known of any */
guint lec_endpoints_get_speed (const LecEndpoints *self);

/* After all were added: gives each the receive buffer that its streams need. */
void lec_endpoints_reserve (LecEndpoints *self);

/* The largest receive buffer [bytes, as the kernel counts] that was wanted and refused; 0: none. */
guint lec_endpoints_get_refused (const LecEndpoints *self);

/* The shortest time [ns] that a receive buffer holds of what was announced; G_MAXINT64 where
 * nothing was. */
gint64 lec_endpoints_get_time (const LecEndpoints *self);

/* Returns: (transfer none): the interfaces that @stream is joined on, "eth0" or "eth0, wlan0";
 * empty for unicast. Valid until something is joined or left. */
const char *lec_endpoints_get_interfaces (const LecEndpoints *self, guint stream);

/* How many packets of usual size the smallest receive buffer holds. */
guint lec_endpoints_get_headroom (const LecEndpoints *self);

/* Doubles the receive buffer, which was too small, as far as the system lets it. */
void lec_endpoint_enlarge (LecEndpoint *self);

G_END_DECLS
