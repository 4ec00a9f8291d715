/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "support/session-walk.h"

#include "wire/units.h"

#define PULLS_MAX 200000 /* at one time: all that a session can hold, and holes between them */
#define LATENCY_MOST (6 * SECOND)

static void
check_order (SessionWalk *self, const LecPacket *packet)
{
  if (self->begun)
    g_assert_cmpint (packet->extended_sequence, ==, self->next);
  self->next = packet->extended_sequence + 1;
  self->begun = TRUE;
}

static void
check_gap (SessionWalk *self, const LecGap *gap)
{
  g_assert_cmpuint (gap->count, >, 0);
  g_assert_cmpint (gap->duration_ns, >=, 0);
  if (self->begun)
    g_assert_cmpint (gap->first, ==, self->next);
  self->next = gap->first + (gint64) gap->count;
  self->begun = TRUE;
}

static void
take (SessionWalk *self, LecItem *item)
{
  if (item->kind == LEC_ITEM_PACKET)
    check_order (self, item->packet);
  else if (item->kind == LEC_ITEM_GAP)
    check_gap (self, &item->gap);
  if (self->take != NULL)
    self->take (item, self->data);
  else if (item->kind == LEC_ITEM_PACKET)
    lec_packet_release (item->packet);
}

gint64
session_walk_pull (SessionWalk *self)
{
  LecItem item;
  gint64 wake_ns;

  for (guint i = 0; i < PULLS_MAX; i++) {
    if (!lec_session_pull (self->session, self->now_ns, &item, &wake_ns)) {
      g_assert_cmpint (wake_ns, >, self->now_ns);
      return wake_ns;
    }
    take (self, &item);
  }
  g_assert_not_reached (); /* it does not get on */
}

void
session_walk_agree (SessionWalk *self)
{
  lec_playout_agree (&self->playout);
  g_assert_cmpint (self->playout.latency_ns, <=, LATENCY_MOST);
}

void
session_walk_advance (SessionWalk *self, gint64 until_ns)
{
  gint64 wake_ns;

  while ((wake_ns = session_walk_pull (self)) < until_ns)
    self->now_ns = wake_ns;
  self->now_ns = MAX (until_ns, self->now_ns);
  session_walk_agree (self);
}

LecStats
session_walk_check_sums (const SessionWalk *self, guint64 fed)
{
  const LecStats stats = lec_session_get_stats (self->session);

  g_assert_cmpuint (stats.received, ==, fed);
  g_assert_cmpuint (stats.received + stats.recovered, ==,
                    stats.out + stats.aside + stats.merged + stats.late + stats.stale
                        + stats.duplicate + stats.discarded + stats.overrun + stats.held);
  return stats;
}
