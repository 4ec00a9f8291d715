/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/membership-manager.h"

#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/link-watch.h"
#include "net/membership.h"
#include "net/querier.h"

#define SECOND G_GINT64_CONSTANT (1000000000)
#define LOOK_EVERY (20 * SECOND)  /* at counters that tell of queriers */
#define LITTLE_TIME (SECOND / 10) /* for a receive buffer: a busy computer is away as long */

struct _LecMembershipManager
{
  LecEndpoints *endpoints;
  GMutex *lock;
  LecLinkWatch *links; /* (nullable) */
  LecQuerier *querier;
  int epoll; /* of those two */

  LecMembership memberships[LEC_MAX_ENDPOINTS];
  gint64 renewed_us[LEC_MAX_ENDPOINTS]; /* monotonic: session time may stand still */
  gint64 keep_ns;                       /* nothing is to be done before */
  gint64 look_ns;
  gboolean lost_local;
};

static void
watch (LecMembershipManager *self, int fd)
{
  struct epoll_event event = { .events = EPOLLIN };

  if (fd >= 0)
    epoll_ctl (self->epoll, EPOLL_CTL_ADD, fd, &event);
}

LecMembershipManager *
lec_membership_manager_new (LecEndpoints *endpoints, GMutex *lock)
{
  LecMembershipManager *self = g_new0 (LecMembershipManager, 1);
  gint64 now_us = g_get_monotonic_time ();

  self->endpoints = endpoints;
  self->lock = lock;
  self->links = lec_link_watch_new ();
  self->querier = lec_querier_new ();
  self->epoll = epoll_create1 (EPOLL_CLOEXEC);
  if (self->links != NULL)
    watch (self, lec_link_watch_get_fd (self->links));
  watch (self, lec_querier_get_fd (self->querier));
  for (guint i = 0; i < LEC_MAX_ENDPOINTS; i++)
    self->renewed_us[i] = now_us;
  return self;
}

void
lec_membership_manager_free (LecMembershipManager *self)
{
  if (self == NULL)
    return;
  if (self->epoll >= 0)
    close (self->epoll);
  lec_link_watch_free (self->links);
  lec_querier_free (self->querier);
  g_free (self);
}

int
lec_membership_manager_get_fd (const LecMembershipManager *self)
{
  return self->epoll;
}

void
lec_membership_manager_read (LecMembershipManager *self, gint64 now_ns)
{
  if (lec_querier_get_fd (self->querier) >= 0)
    lec_querier_read (self->querier);
  if (self->links == NULL || !lec_link_watch_read (self->links))
    return;
  for (guint i = 0; i < self->endpoints->n_memberships; i++)
    lec_membership_note_change (&self->memberships[i], now_ns);
  self->keep_ns = now_ns;
}

void
lec_membership_manager_start (LecMembershipManager *self, gint64 now_ns)
{
  gint64 now_us = g_get_monotonic_time ();

  for (guint i = 0; i < self->endpoints->n_memberships; i++)
    lec_membership_start (&self->memberships[i], now_ns,
                          now_ns - (now_us - self->renewed_us[i]) * 1000);
  for (guint i = 0; i < self->endpoints->count; i++)
    self->endpoints->items[i].heard_ns = now_ns;
  self->keep_ns = self->look_ns = now_ns;
}

static void
settle (LecMembershipManager *self, const LecEndpoint *endpoint, guint interface)
{
  g_mutex_lock (self->lock);
  lec_endpoints_pin (self->endpoints, endpoint->membership, interface);
  g_mutex_unlock (self->lock);
}

void
lec_membership_manager_process (LecMembershipManager *self,
                                LecEndpoint *endpoint,
                                const LecDatagram *datagram,
                                gint64 now_ns)
{
  if (lec_membership_is_silence (now_ns - endpoint->heard_ns))
    self->keep_ns = now_ns;
  endpoint->heard_ns = now_ns;
  lec_ingress_note_sender (endpoint->ingress, datagram->from);
  if (datagram->interface != 0 && lec_ingress_is_unpinned (endpoint->ingress))
    settle (self, endpoint, datagram->interface);
}

void
lec_membership_manager_process_rtcp (LecMembershipManager *self,
                                     LecEndpoint *endpoint,
                                     const LecDatagram *datagram,
                                     gint64 now_ns)
{
  if (!lec_endpoints_has_media (self->endpoints, endpoint->membership))
    lec_membership_manager_process (self, endpoint, datagram, now_ns);
}

void
lec_membership_manager_note_local_loss (LecMembershipManager *self, LecEndpoint *endpoint)
{
  self->lost_local = TRUE;
  lec_endpoint_enlarge (endpoint);
}

/* ---- who asks ---- */

/* One interface without a querier is enough to be cut off, so the least that is known of any of
 * them counts. */
static LecQuerierState
find_querier (const LecMembershipManager *self, guint membership, gint64 *asked_us)
{
  const GArray *joined = lec_endpoints_get_joined (self->endpoints, membership);
  int family = lec_endpoints_get_family (self->endpoints, membership);
  LecQuerierState state = joined->len > 0 ? LEC_QUERIER_SEEN : LEC_QUERIER_UNKNOWN;

  *asked_us = joined->len > 0 ? G_MAXINT64 : -1;
  for (guint i = 0; i < joined->len; i++) {
    gint64 one_us;
    LecQuerierState one = lec_querier_get_state (
        self->querier, family, g_array_index (joined, LecInterface, i).index, &one_us);

    state = MIN (state, one);
    *asked_us = MIN (*asked_us, one_us);
  }
  return state;
}

static void
look (LecMembershipManager *self, gint64 now_ns)
{
  for (guint i = 0; i < self->endpoints->n_memberships; i++) {
    const GArray *joined = lec_endpoints_get_joined (self->endpoints, i);

    for (guint j = 0; j < joined->len; j++)
      lec_querier_look (self->querier, &g_array_index (joined, LecInterface, j));
  }
  self->look_ns = now_ns + LOOK_EVERY;
}

static void
note_querier (LecMembershipManager *self, guint membership, gint64 now_ns)
{
  gint64 age_us, asked_us;

  if (find_querier (self, membership, &asked_us) != LEC_QUERIER_SEEN)
    return;
  age_us = g_get_monotonic_time () - asked_us;
  self->renewed_us[membership] = MAX (self->renewed_us[membership], asked_us);
  lec_membership_note_query (&self->memberships[membership], now_ns - age_us * 1000);
}

/* ---- what to say ---- */

static void
count (const LecMembershipManager *self, LecReceiverStats *stats)
{
  gint64 oldest_us = G_MAXINT64;

  for (guint i = 0; i < self->endpoints->n_memberships; i++) {
    gint64 asked_us;
    LecQuerierState state;

    if (!lec_endpoints_is_group (self->endpoints, i))
      continue;
    state = find_querier (self, i, &asked_us);
    stats->querier = oldest_us == G_MAXINT64 ? state : MIN (stats->querier, state);
    oldest_us = MIN (oldest_us, asked_us);
    stats->rejoins += self->memberships[i].rejoins;
    stats->forwarding_losses += self->memberships[i].forwarding_losses;
  }
  stats->querier_age_ns = -1;
  if (oldest_us >= 0 && oldest_us != G_MAXINT64)
    stats->querier_age_ns = (g_get_monotonic_time () - oldest_us) * 1000;
}

/* IGMP or MLD, whichever it was that cut off. */
static const char *
name_protocol (const LecMembershipManager *self)
{
  for (guint i = 0; i < self->endpoints->n_memberships; i++) {
    if (self->memberships[i].forwarding_losses > 0)
      return lec_endpoints_get_family (self->endpoints, i) == AF_INET ? "IGMP" : "MLD";
  }
  return "IGMP";
}

static void
advise (const LecMembershipManager *self, LecReceiverStats *stats)
{
  guint refused = lec_endpoints_get_refused (self->endpoints);

  if (stats->forwarding_losses > 0 && stats->querier != LEC_QUERIER_SEEN)
    g_snprintf (stats->advice, sizeof stats->advice,
                "The network stopped forwarding until it was asked again: it %s no %s querier. "
                "Switch one on, in the router or a switch",
                stats->querier == LEC_QUERIER_UNSEEN ? "has" : "seems to have",
                name_protocol (self));
  else if (refused > 0
           && (self->lost_local || lec_endpoints_get_time (self->endpoints) < LITTLE_TIME))
    g_snprintf (stats->advice, sizeof stats->advice,
                "This computer's receive buffer is too small for this channel. As administrator "
                "run “sysctl -w net.core.rmem_max=%u”",
                refused / 2);
}

LecReceiverStats
lec_membership_manager_get_stats (const LecMembershipManager *self)
{
  LecReceiverStats stats = { 0 };

  count (self, &stats);
  advise (self, &stats);
  stats.wireless = lec_endpoints_is_wireless (self->endpoints);
  return stats;
}

/* ---- what to do ---- */

static void
act (LecMembershipManager *self, guint membership, LecMembershipAction action)
{
  if (action == LEC_MEMBERSHIP_KEEP)
    return;
  g_mutex_lock (self->lock);
  if (action == LEC_MEMBERSHIP_WIDEN)
    lec_endpoints_add_interfaces (self->endpoints, membership);
  else if (action == LEC_MEMBERSHIP_REJOIN || !lec_endpoints_report (self->endpoints, membership))
    lec_endpoints_rejoin (self->endpoints, membership);
  g_mutex_unlock (self->lock);
  if (action != LEC_MEMBERSHIP_WIDEN)
    self->renewed_us[membership] = g_get_monotonic_time ();
}

static gint64
keep_one (LecMembershipManager *self, guint membership, gint64 now_ns)
{
  gint64 wake_ns;

  if (!lec_endpoints_is_group (self->endpoints, membership))
    return G_MAXINT64;
  note_querier (self, membership, now_ns);
  act (self, membership,
       lec_membership_poll (&self->memberships[membership], now_ns,
                            lec_endpoints_get_heard (self->endpoints, membership), &wake_ns));
  return wake_ns;
}

gint64
lec_membership_manager_keep (LecMembershipManager *self, gint64 now_ns)
{
  if (now_ns < self->keep_ns)
    return self->keep_ns;

  if (now_ns >= self->look_ns)
    look (self, now_ns);
  self->keep_ns = self->look_ns;
  for (guint i = 0; i < self->endpoints->n_memberships; i++) {
    gint64 wake_ns = keep_one (self, i, now_ns);

    self->keep_ns = MIN (self->keep_ns, wake_ns);
  }
  return self->keep_ns;
}
