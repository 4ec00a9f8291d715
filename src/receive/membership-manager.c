/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/membership-manager.h"

#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/link-watch.h"
#include "net/membership.h"
#include "net/querier.h"
#include "wire/units.h"

#define LOOK_EVERY (20 * SECOND) /* at counters that tell of queriers */
#define CATCH_UP (500 * MSECOND) /* until what the kernel kept meanwhile has been read */

struct _LecMembershipManager
{
  LecEndpoints *endpoints;
  LecLinkWatch *links; /* (nullable) */
  LecQuerier *querier;
  int epoll; /* of those two */

  LecMembership memberships[LEC_MAX_ENDPOINTS];
  gint64 renewed_us[LEC_MAX_ENDPOINTS]; /* monotonic: session time may stand still */
  gint64 keep_ns;                       /* nothing is to be done before */
  gint64 look_ns;
  gint64 rest_ns; /* likewise, after this computer was held up */
};

static void
watch (LecMembershipManager *self, int fd)
{
  struct epoll_event event = { .events = EPOLLIN };

  if (fd >= 0)
    epoll_ctl (self->epoll, EPOLL_CTL_ADD, fd, &event);
}

LecMembershipManager *
lec_membership_manager_new (LecEndpoints *endpoints)
{
  LecMembershipManager *self = g_new0 (LecMembershipManager, 1);
  gint64 now_us = g_get_monotonic_time ();

  self->endpoints = endpoints;
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
  for (guint i = 0; i < self->endpoints->count; i++) {
    self->endpoints->items[i].heard_ns = now_ns;
    self->endpoints->items[i].heard = FALSE;
  }
  self->keep_ns = self->look_ns = self->rest_ns = now_ns;
}

void
lec_membership_manager_note_held_up (LecMembershipManager *self, gint64 now_ns)
{
  self->rest_ns = now_ns + CATCH_UP;
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
  endpoint->heard = TRUE;
  lec_ingress_note_sender (endpoint->ingress, datagram->from);
  if (datagram->interface != 0 && lec_ingress_is_unpinned (endpoint->ingress))
    lec_endpoints_pin (self->endpoints, endpoint->membership, datagram->interface);
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

/* ---- who asks ---- */

/* One interface without a querier is enough to lose forwarding, so the least that is known of any
 * of them counts. */
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

/* ---- what there is to say ---- */

static LecReportQuerier
to_report (LecQuerierState state)
{
  switch (state) {
  case LEC_QUERIER_SEEN:
    return LEC_REPORT_QUERIER_SEEN;
  case LEC_QUERIER_UNSEEN:
    return LEC_REPORT_QUERIER_UNSEEN;
  case LEC_QUERIER_UNKNOWN:
  default:
    return LEC_REPORT_QUERIER_UNKNOWN;
  }
}

static void
describe_membership (const LecMembershipManager *self, guint membership, LecNetworkReport *report)
{
  const LecMembership *state = &self->memberships[membership];

  if (state->forwarding_losses > 0 && report->forwarding_losses == 0)
    report->protocol = lec_endpoints_get_family (self->endpoints, membership) == AF_INET
                           ? LEC_REPORT_PROTOCOL_IGMP
                           : LEC_REPORT_PROTOCOL_MLD;
  report->rejoins += state->rejoins;
  report->forwarding_losses += state->forwarding_losses;
}

void
lec_membership_manager_describe (const LecMembershipManager *self, LecNetworkReport *report)
{
  LecQuerierState least = LEC_QUERIER_SEEN;
  gboolean has_groups = FALSE;

  for (guint i = 0; i < self->endpoints->n_memberships; i++) {
    gint64 asked_us;

    if (!lec_endpoints_is_group (self->endpoints, i))
      continue;
    has_groups = TRUE;
    least = MIN (least, find_querier (self, i, &asked_us));
    describe_membership (self, i, report);
  }
  report->querier = has_groups ? to_report (least) : LEC_REPORT_QUERIER_UNKNOWN;
  report->wireless = lec_endpoints_is_wireless (self->endpoints);
  report->speed = lec_endpoints_get_speed (self->endpoints);
  report->buffer_refused = lec_endpoints_get_refused (self->endpoints);
  report->buffer_ns = lec_endpoints_get_time (self->endpoints);
}

/* ---- what to do ---- */

static void
act (LecMembershipManager *self, guint membership, LecMembershipAction action)
{
  if (action == LEC_MEMBERSHIP_KEEP)
    return;
  if (action == LEC_MEMBERSHIP_WIDEN)
    lec_endpoints_add_interfaces (self->endpoints, membership);
  else if (action == LEC_MEMBERSHIP_REJOIN || !lec_endpoints_report (self->endpoints, membership))
    lec_endpoints_rejoin (self->endpoints, membership);
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
  if (now_ns < MAX (self->keep_ns, self->rest_ns))
    return MAX (self->keep_ns, self->rest_ns);

  if (now_ns >= self->look_ns)
    look (self, now_ns);
  self->keep_ns = self->look_ns;
  for (guint i = 0; i < self->endpoints->n_memberships; i++) {
    gint64 wake_ns = keep_one (self, i, now_ns);

    self->keep_ns = MIN (self->keep_ns, wake_ns);
  }
  return self->keep_ns;
}
