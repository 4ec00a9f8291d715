/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/host-watch.h"

#include <string.h>
#include <sys/socket.h>

#include "net/packet-filter.h"
#include "wire/units.h"

#define EVERY SECOND
#define FRESH_NS (300 * MSECOND) /* no group is joined anew for silence before */
/* Of what is counted now, in as much time before the join: that it was there, or not yet. */
#define MUCH 0.6
#define LITTLE 0.25

#define EXCESS 5 /* [datagrams] in a second: more than a host says of itself */

/* ---- before the join ---- */

/* Of the time from the beginning of the program until something was joined for the first time: who
 * joins again after a failure is not to compare with that. */
static struct
{
  GMutex mutex;
  LecHostCounters counters;
  gint64 at_us;       /* that they are as of; 0: never */
  LecHostBefore past; /* once something was joined */
} remembered;

void
lec_host_watch_remember (void)
{
  LecHostCounters counters;

  if (!lec_host_counters_read (&counters))
    return;
  g_mutex_lock (&remembered.mutex);
  if (remembered.at_us == 0) {
    remembered.counters = counters;
    remembered.at_us = g_get_monotonic_time ();
  }
  g_mutex_unlock (&remembered.mutex);
}

static LecHostCounts
get_grown (const LecHostCounts *before, const LecHostCounts *now)
{
  return (LecHostCounts){ now->multicast - before->multicast, now->delivered - before->delivered,
                          now->reverse_path - before->reverse_path, now->ignored - before->ignored,
                          now->damaged - before->damaged };
}

static LecHostBefore
compare (const LecHostCounters *before, const LecHostCounters *now, gint64 passed_ns)
{
  return (LecHostBefore){ .grown.v4 = get_grown (&before->v4, &now->v4),
                          .grown.v6 = get_grown (&before->v6, &now->v6),
                          .passed_ns = passed_ns };
}

void
lec_host_watch_prepare (LecHostWatch *self)
{
  LecHostCounters now;

  g_mutex_lock (&remembered.mutex);
  if (remembered.at_us != 0 && remembered.past.passed_ns == 0 && lec_host_counters_read (&now))
    remembered.past
        = compare (&remembered.counters, &now, (g_get_monotonic_time () - remembered.at_us) * 1000);
  self->before = remembered.past;
  g_mutex_unlock (&remembered.mutex);
}

void
lec_host_watch_start (LecHostWatch *self)
{
  const LecHostBefore before = self->before;

  lec_host_watch_stop (self);
  *self = (LecHostWatch){ .before = before };
}

void
lec_host_watch_stop (LecHostWatch *self)
{
  g_clear_pointer (&self->probe, lec_loop_probe_free);
}

gboolean
lec_host_watch_is_due (const LecHostWatch *self, gint64 now_ns)
{
  return self->n_samples == 0 || now_ns - self->samples[0].at_ns >= EVERY;
}

/* ---- counters ---- */

static guint64
count_damaged (const LecHostWatch *self)
{
  return self->samples[0].counters.v4.damaged + self->samples[0].counters.v6.damaged;
}

static void
add_sample (LecHostWatch *self, const LecHostCounters *counters, gint64 now_ns)
{
  memmove (&self->samples[1], &self->samples[0],
           (LEC_HOST_WATCH_SAMPLES - 1) * sizeof self->samples[0]);
  self->samples[0].counters = counters != NULL ? *counters : (LecHostCounters){ 0 };
  self->samples[0].at_ns = now_ns;
  if (self->n_samples == 0)
    self->damaged_before = count_damaged (self);
  self->n_samples = MIN (self->n_samples + 1, LEC_HOST_WATCH_SAMPLES);
}

static gint64
get_growth (guint64 before, guint64 now)
{
  return (gint64) (now - before);
}

/* What passed the routing and reached no protocol. Unicast that was delivered meanwhile may hide
 * it, and never makes it look so. */
static gint64
get_filtered (const LecHostCounts *before, const LecHostCounts *now)
{
  return get_growth (before->multicast, now->multicast)
         - get_growth (before->delivered, now->delivered);
}

static gint64
get_unexpected (const LecHostCounts *before, const LecHostCounts *now)
{
  return get_growth (before->reverse_path, now->reverse_path);
}

static gint64
get_ignored (const LecHostCounts *before, const LecHostCounts *now)
{
  return get_growth (before->ignored, now->ignored);
}

static gint64
get_damaged (const LecHostCounts *before, const LecHostCounts *now)
{
  return get_growth (before->damaged, now->damaged);
}

static const LecHostCounts *
get_counts (const LecHostWatch *self, guint sample, gboolean v6)
{
  const LecHostCounters *counters = &self->samples[sample].counters;

  return v6 ? &counters->v6 : &counters->v4;
}

/* In each of the last two seconds. */
static gboolean
is_clear (const LecHostWatch *self,
          gboolean v6,
          gint64 (*get_excess) (const LecHostCounts *before, const LecHostCounts *now))
{
  if (self->n_samples < LEC_HOST_WATCH_SAMPLES)
    return FALSE;
  for (guint i = 0; i + 1 < LEC_HOST_WATCH_SAMPLES; i++) {
    const double seconds
        = (double) (self->samples[i].at_ns - self->samples[i + 1].at_ns) / (double) SECOND;
    const gint64 excess = get_excess (get_counts (self, i + 1, v6), get_counts (self, i, v6));

    if ((double) excess < EXCESS * seconds)
      return FALSE;
  }
  return TRUE;
}

/* Whether an excess began with the join, as far as there was time before that. */
typedef enum {
  SINCE_UNKNOWN,
  SINCE_JOIN,
  SINCE_BEFORE,
} Since;

static Since
find_since (const LecHostWatch *self,
            gboolean v6,
            gint64 (*get_excess) (const LecHostCounts *before, const LecHostCounts *now))
{
  static const LecHostCounts none = { 0 };
  const LecHostCounts *grown = v6 ? &self->before.grown.v6 : &self->before.grown.v4;
  const guint oldest = LEC_HOST_WATCH_SAMPLES - 1;
  const double passed_ns = (double) (self->samples[0].at_ns - self->samples[oldest].at_ns);
  const double now = (double) get_excess (get_counts (self, oldest, v6), get_counts (self, 0, v6));
  const double expected = now * (double) self->before.passed_ns / passed_ns;
  const double seen = (double) get_excess (&none, grown);

  if (expected < EXCESS)
    return SINCE_UNKNOWN;
  if (seen >= expected * MUCH)
    return SINCE_BEFORE;
  return seen <= expected * LITTLE ? SINCE_JOIN : SINCE_UNKNOWN;
}

/* Whether that is dropped, and was not as much before. @is_new: (out) */
static gboolean
is_ours (const LecHostWatch *self,
         gboolean v6,
         gint64 (*get_excess) (const LecHostCounts *before, const LecHostCounts *now),
         gboolean *is_new)
{
  Since since;

  if (!is_clear (self, v6, get_excess))
    return FALSE;
  since = find_since (self, v6, get_excess);
  *is_new = since == SINCE_JOIN;
  return since != SINCE_BEFORE;
}

/* A firewall that has let a datagram in may drop what comes from the station all the same: then
 * there is an excess that may as well be of other groups. IPv6 counts groups that are not joined,
 * too, as a switch without snooping sends them; an excess of those tells nothing. */
static LecReportDrop
find_filter (const LecHostWatch *self, const LecHostSubject *subject)
{
  const gboolean v4 = subject->v4 && is_clear (self, FALSE, get_filtered)
                      && find_since (self, FALSE, get_filtered) != SINCE_BEFORE;
  const gboolean v6 = subject->v6 && is_clear (self, TRUE, get_filtered);

  switch (subject->loop) {
  case LEC_LOOP_REFUSED:
    return LEC_REPORT_DROP_FIREWALL;
  case LEC_LOOP_ADMITTED:
    return v4 ? LEC_REPORT_DROP_FIREWALL_OR_GROUP : LEC_REPORT_DROP_NONE;
  case LEC_LOOP_UNKNOWN:
  default:
    if (v4)
      return LEC_REPORT_DROP_FIREWALL;
    return v6 ? LEC_REPORT_DROP_FIREWALL_OR_GROUP : LEC_REPORT_DROP_NONE;
  }
}

static LecReportDrop
find_drop (const LecHostWatch *self, const LecHostSubject *subject, gboolean *is_new)
{
  LecReportDrop filter;

  if (subject->v4 && is_ours (self, FALSE, get_unexpected, is_new))
    return LEC_REPORT_DROP_REVERSE_PATH;
  filter = find_filter (self, subject);
  if (filter == LEC_REPORT_DROP_FIREWALL)
    return filter;
  if ((subject->v4 && is_ours (self, FALSE, get_damaged, is_new))
      || (subject->v6 && is_ours (self, TRUE, get_damaged, is_new)))
    return LEC_REPORT_DROP_DAMAGED;
  if ((subject->v4 && is_ours (self, FALSE, get_ignored, is_new))
      || (subject->v6 && is_ours (self, TRUE, get_ignored, is_new)))
    return LEC_REPORT_DROP_OTHER_PORT;
  return filter;
}

/* ---- interfaces ---- */

static LecReportLink
judge_link (const LecHostLink *link, const LecHostSubject *subject)
{
  if (!link->is_up)
    return LEC_REPORT_LINK_DOWN;
  if (!link->has_carrier)
    return LEC_REPORT_LINK_NO_CARRIER;
  if (!link->has_multicast)
    return LEC_REPORT_LINK_NO_MULTICAST;
  if (subject->v4 && !link->has_v4)
    return link->has_wide_v6 ? LEC_REPORT_LINK_ONLY_V6 : LEC_REPORT_LINK_NO_V4;
  if (subject->v6 && !link->has_v6)
    return link->has_v4 ? LEC_REPORT_LINK_ONLY_V4 : LEC_REPORT_LINK_NO_V6;
  return LEC_REPORT_LINK_USABLE;
}

typedef gboolean (*LinkFilter) (const LecHostLink *link, const char *name);

static gboolean
is_named (const LecHostLink *link, const char *name)
{
  return strcmp (link->name, name) == 0;
}

static gboolean
is_physical (const LecHostLink *link, const char *name)
{
  return link->is_physical;
}

static gboolean
is_any (const LecHostLink *link, const char *name)
{
  return TRUE;
}

/* The best of those that @filter lets through, and who they are. */
static LecReportLink
find_best (const GArray *links,
           const LecHostSubject *subject,
           LinkFilter filter,
           const char *name,
           char names[LEC_REPORT_INTERFACES])
{
  LecReportLink best = LEC_REPORT_LINK_UNKNOWN;

  *names = '\0';
  for (guint i = 0; i < links->len; i++) {
    const LecHostLink *link = &g_array_index (links, LecHostLink, i);
    const LecReportLink one = judge_link (link, subject);

    if (!filter (link, name) || (best != LEC_REPORT_LINK_UNKNOWN && one > best))
      continue;
    if (one < best)
      *names = '\0';
    if (*names != '\0')
      g_strlcat (names, ", ", LEC_REPORT_INTERFACES);
    g_strlcat (names, link->name, LEC_REPORT_INTERFACES);
    best = one;
  }
  return best;
}

/* The plug of the card that this computer uses is out, whatever else is there. */
static gboolean
lacks_carrier_of_route (const GArray *links, const LecHostSubject *subject, LecHostReport *report)
{
  if (subject->route == NULL)
    return FALSE;
  report->link = find_best (links, subject, is_named, subject->route, report->links);
  return report->link == LEC_REPORT_LINK_NO_CARRIER;
}

/* What software made, as for virtual machines, is up whether or not there is a network behind it: a
 * plug that is out comes first. Addresses may be with either. What comes over loopback depends on
 * none of them. */
static void
judge_links (LecHostReport *report,
             const GArray *links,
             const LecHostSubject *subject,
             const char *interface)
{
  report->link = LEC_REPORT_LINK_UNKNOWN;
  if (g_strcmp0 (interface, "lo") == 0)
    return;
  if (interface != NULL) {
    report->link = find_best (links, subject, is_named, interface, report->links);
    if (report->link == LEC_REPORT_LINK_UNKNOWN) {
      report->link = LEC_REPORT_LINK_GONE;
      g_strlcpy (report->links, interface, sizeof report->links);
    }
    return;
  }
  if (links->len == 0) {
    report->link = LEC_REPORT_LINK_NONE;
    return;
  }
  if (lacks_carrier_of_route (links, subject, report))
    return;
  report->link = find_best (links, subject, is_physical, NULL, report->links);
  if (report->link < LEC_REPORT_LINK_NO_CARRIER)
    report->link = find_best (links, subject, is_any, NULL, report->links);
}

/* Whether nothing can come, whoever sends. */
static gboolean
keeps_out (const LecHostReport *report)
{
  return report->link > LEC_REPORT_LINK_USABLE || report->drop == LEC_REPORT_DROP_FIREWALL
         || report->drop == LEC_REPORT_DROP_REVERSE_PATH;
}

void
lec_host_watch_note (LecHostWatch *self,
                     const LecHostSubject *subject,
                     const LecHostCounters *counters,
                     const GArray *links,
                     gint64 now_ns)
{
  const char *heard_on = *self->heard_on != '\0' ? self->heard_on : NULL;

  if (subject == NULL && keeps_out (&self->report))
    self->interrupted_ns = now_ns;
  add_sample (self, counters, now_ns);
  if (self->n_samples > 1)
    self->filtered += (guint64) MAX (
        get_filtered (get_counts (self, 1, FALSE), get_counts (self, 0, FALSE)), 0);
  self->report = (LecHostReport){ .interrupted_ns = self->interrupted_ns,
                                  .damaged = count_damaged (self) - self->damaged_before,
                                  .filtered = self->filtered };
  if (subject == NULL) {
    if (self->n_samples > 1)
      self->before = compare (&self->samples[1].counters, &self->samples[0].counters,
                              now_ns - self->samples[1].at_ns);
    return;
  }
  judge_links (&self->report, links, subject,
               subject->interface != NULL ? subject->interface : heard_on);
  self->report.drop = find_drop (self, subject, &self->report.drop_is_new);
}

/* ---- reading ---- */

static gboolean
is_awaited (const LecEndpoint *endpoint, gint64 now_ns)
{
  return endpoint->role == LEC_ENDPOINT_MEDIA && lec_ingress_is_member (endpoint->ingress)
         && now_ns - endpoint->heard_ns >= LEC_HOST_SILENT_NS;
}

/* As long as something comes, it is known on which interface. Nobody is awaited in the first
 * second, whether or not anything comes; and where a link has changed it is joined on others. */
static void
note_heard (LecHostWatch *self, const LecEndpoints *endpoints, gint64 now_ns)
{
  if (self->n_samples == 0)
    return;
  for (guint i = 0; i < endpoints->count; i++) {
    const GArray *joined = lec_ingress_get_joined (endpoints->items[i].ingress);

    if (joined->len == 1 && now_ns - endpoints->items[i].heard_ns < FRESH_NS)
      g_strlcpy (self->heard_on, g_array_index (joined, LecInterface, 0).name,
                 sizeof self->heard_on);
  }
}

/* What has become of the last probe; and the next one goes out. */
static LecLoopState
probe (LecHostWatch *self, const LecEndpoint *endpoint)
{
  const LecLoopSubject subject = { endpoint->group, endpoint->port, endpoint->sources != NULL,
                                   lec_ingress_get_joined (endpoint->ingress) };
  const LecLoopState state
      = self->probe != NULL ? lec_loop_probe_read (self->probe) : LEC_LOOP_UNKNOWN;

  lec_loop_probe_free (self->probe);
  self->probe = lec_loop_probe_new (&subject);
  return state;
}

static LecReportFirewall
to_report (LecPacketFilter filter)
{
  switch (filter) {
  case LEC_PACKET_FILTER_NFTABLES:
    return LEC_REPORT_FIREWALL_NFTABLES;
  case LEC_PACKET_FILTER_IPTABLES:
    return LEC_REPORT_FIREWALL_IPTABLES;
  case LEC_PACKET_FILTER_UFW:
    return LEC_REPORT_FIREWALL_UFW;
  case LEC_PACKET_FILTER_FIREWALLD:
    return LEC_REPORT_FIREWALL_FIREWALLD;
  case LEC_PACKET_FILTER_UNKNOWN:
  default:
    return LEC_REPORT_FIREWALL_UNKNOWN;
  }
}

static gboolean
may_be_firewall (const LecHostReport *report)
{
  return report->drop == LEC_REPORT_DROP_FIREWALL
         || report->drop == LEC_REPORT_DROP_FIREWALL_OR_GROUP;
}

/* Whoever is told of a firewall is told which. */
static void
name_firewall (LecHostReport *report, int family)
{
  g_auto (GStrv) chains = NULL;
  g_autofree char *all = NULL;

  report->firewall = to_report (lec_packet_filter_find (family, &chains));
  all = g_strjoinv (", ", chains);
  if (strlen (all) < sizeof report->chains)
    g_strlcpy (report->chains, all, sizeof report->chains);
}

/* While all comes, the firewall is named that drops a part, and stays named when it drops little
 * for a second. */
static void
name_sieve (LecHostWatch *self, const LecHostReport *before)
{
  const guint64 grown = self->report.filtered - before->filtered;

  if (grown >= EXCESS || (grown > 0 && before->firewall == LEC_REPORT_FIREWALL_UNKNOWN)) {
    name_firewall (&self->report, AF_INET);
    return;
  }
  self->report.firewall = before->firewall;
  g_strlcpy (self->report.chains, before->chains, sizeof self->report.chains);
}

void
lec_host_watch_poll (LecHostWatch *self,
                     const LecEndpoints *endpoints,
                     const char *interface,
                     gint64 now_ns)
{
  LecHostSubject subject = { .interface = interface };
  g_autoptr (GArray) links = NULL;
  const LecEndpoint *awaited = NULL;
  const LecHostReport before = self->report;
  char route[IF_NAMESIZE];
  LecHostCounters counters;
  gboolean told;

  if (!lec_host_watch_is_due (self, now_ns))
    return;
  for (guint i = 0; i < endpoints->count; i++) {
    const LecEndpoint *endpoint = &endpoints->items[i];

    if (!is_awaited (endpoint, now_ns))
      continue;
    if (awaited == NULL)
      awaited = endpoint;
    subject.v4 |= strchr (endpoint->group, ':') == NULL;
    subject.v6 |= strchr (endpoint->group, ':') != NULL;
  }
  told = lec_host_counters_read (&counters);
  if (awaited == NULL) {
    lec_host_watch_stop (self);
    note_heard (self, endpoints, now_ns);
    lec_host_watch_note (self, NULL, told ? &counters : NULL, NULL, now_ns);
    name_sieve (self, &before);
    return;
  }
  links = lec_host_links_read ();
  lec_host_find_route (awaited->group, route);
  subject.route = *route != '\0' ? route : NULL;
  subject.loop = probe (self, awaited);
  lec_host_watch_note (self, &subject, told ? &counters : NULL, links, now_ns);
  if (may_be_firewall (&self->report))
    name_firewall (&self->report, strchr (awaited->group, ':') != NULL ? AF_INET6 : AF_INET);
}

gboolean
lec_host_watch_has_sent (const LecHostWatch *self, const struct sockaddr_storage *from)
{
  return self->probe != NULL && lec_loop_probe_has_sent (self->probe, from);
}
