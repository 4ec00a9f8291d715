/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/drop-meter.h"

#include <string.h>

#include "wire/units.h"

#define OFTEN SECOND /* while nothing is dropped */

void
lec_drop_meter_start (LecDropMeter *self, LecEndpoints *endpoints, gint64 now_ns)
{
  for (guint i = 0; i < endpoints->count; i++) {
    LecEndpoint *endpoint = &endpoints->items[i];
    guint32 dropped;

    if (lec_ingress_get_dropped (endpoint->ingress, &dropped))
      endpoint->dropped = dropped;
    endpoint->unsettled = 0;
  }
  *self = (LecDropMeter){ .settled_ns = now_ns };
  self->told = lec_udp_errors_read (&self->before);
}

void
lec_drop_meter_note (LecDropMeter *self,
                     LecStreams *streams,
                     LecEndpoint *endpoint,
                     guint user,
                     guint32 dropped,
                     gint64 now_ns)
{
  gint32 more = (gint32) (dropped - endpoint->dropped);

  if (dropped == 0 || more <= 0)
    return;
  endpoint->dropped = dropped;
  endpoint->unsettled += (guint) more;
  endpoint->unsettled_stream = endpoint->users[user].stream;
  self->fresh = TRUE;
  if (endpoint->role == LEC_ENDPOINT_MEDIA)
    lec_session_note_local_loss (streams->sessions[endpoint->unsettled_stream], (guint64) more,
                                 now_ns);
}

void
lec_drop_meter_poll (LecDropMeter *self,
                     LecStreams *streams,
                     LecEndpoints *endpoints,
                     gint64 now_ns)
{
  guint32 dropped;

  for (guint i = 0; i < endpoints->count; i++) {
    if (lec_ingress_get_dropped (endpoints->items[i].ingress, &dropped))
      lec_drop_meter_note (self, streams, &endpoints->items[i], 0, dropped, now_ns);
  }
}

gboolean
lec_drop_meter_is_due (const LecDropMeter *self, gint64 now_ns)
{
  return self->fresh || now_ns - self->settled_ns >= OFTEN;
}

/* How many of @dropped were damaged. Other programs count among the host's, too: then these have
 * their share of both kinds. */
static guint64
share_damaged (guint64 dropped, const LecUdpErrors *now, const LecUdpErrors *before)
{
  guint64 checksum = now->checksum - MIN (now->checksum, before->checksum);
  guint64 overflow = now->overflow - MIN (now->overflow, before->overflow);
  double share;

  if (checksum == 0)
    return 0;
  share = (double) checksum / ((double) checksum + (double) overflow);
  return MIN (checksum, (guint64) ((double) dropped * share + 0.5));
}

static gboolean
is_of_family (const LecEndpoint *endpoint, gboolean v6)
{
  return (strchr (endpoint->group, ':') != NULL) == v6;
}

static guint64
count_unsettled (const LecEndpoints *endpoints, gboolean v6)
{
  guint64 dropped = 0;

  for (guint i = 0; i < endpoints->count; i++)
    dropped += is_of_family (&endpoints->items[i], v6) ? endpoints->items[i].unsettled : 0;
  return dropped;
}

/* @damaged of the @dropped of all sockets together. Returns: those of this one that were */
static guint64
settle_one (LecEndpoint *endpoint, LecStreams *streams, guint64 damaged, guint64 dropped)
{
  guint64 part = dropped > 0 ? (endpoint->unsettled * damaged + dropped / 2) / dropped : 0;

  if (endpoint->role == LEC_ENDPOINT_MEDIA && part > 0)
    lec_session_note_damaged (streams->sessions[endpoint->unsettled_stream], part);
  if (endpoint->role == LEC_ENDPOINT_MEDIA && part < endpoint->unsettled)
    lec_endpoint_enlarge (endpoint);
  endpoint->unsettled = 0;
  return part;
}

/* Returns: how many were dropped for want of room */
static guint64
settle_family (LecStreams *streams, LecEndpoints *endpoints, gboolean v6, guint64 damaged)
{
  guint64 dropped = count_unsettled (endpoints, v6);
  guint64 overflow = dropped - damaged;

  for (guint i = 0; i < endpoints->count && dropped > 0; i++) {
    LecEndpoint *endpoint = &endpoints->items[i];
    guint64 unsettled = endpoint->unsettled;

    if (!is_of_family (endpoint, v6) || unsettled == 0)
      continue;
    damaged -= settle_one (endpoint, streams, damaged, dropped);
    dropped -= unsettled;
  }
  return overflow;
}

gboolean
lec_drop_meter_settle (LecDropMeter *self,
                       LecStreams *streams,
                       LecEndpoints *endpoints,
                       const LecUdpErrorsOfHost *errors,
                       gint64 now_ns)
{
  guint64 v4 = 0, v6 = 0, overflow;

  if (self->told && errors != NULL) {
    v4 = share_damaged (count_unsettled (endpoints, FALSE), &errors->v4, &self->before.v4);
    v6 = share_damaged (count_unsettled (endpoints, TRUE), &errors->v6, &self->before.v6);
  }
  overflow = settle_family (streams, endpoints, FALSE, v4)
             + settle_family (streams, endpoints, TRUE, v6);
  self->told = errors != NULL;
  if (errors != NULL)
    self->before = *errors;
  self->fresh = FALSE;
  self->settled_ns = now_ns;
  return overflow > 0;
}
