/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/membership.h"

#include "wire/units.h"

/* Who was cut off by a change is silent by then; who is not need not join again, and must not. */
#define IDLE (300 * MSECOND)
#define WIDEN_AFTER (2 * SECOND)
#define SILENCE_FIRST (10 * SECOND)
#define SILENCE_NEXT (60 * SECOND)
#define BACK_WITHIN SECOND /* upon a report a switch forwards at once */

/* Of the 260 s: the report may be lost once, and reading counters tells a query somewhat late. */
#define RENEW_EVERY (200 * SECOND)
#define RENEW_SHORTEST (5 * SECOND)
#define QUERIER_GONE (260 * SECOND)

/* After a change: at once; when a link that bounced is at rest; and when a switch port that keeps
 * everything back for a while, reports included, has opened (IEEE 802.1D: 15 s, or twice that). */
static const gint64 steps[]
    = { 100 * MSECOND, 500 * MSECOND, 2 * SECOND, 16 * SECOND, 32 * SECOND };

void
lec_membership_start (LecMembership *self, gint64 now_ns, gint64 renewed_ns)
{
  if (self->every_ns == 0)
    self->every_ns = RENEW_EVERY;
  self->renewed_ns = renewed_ns;
  self->asked_ns = G_MININT64;
  self->step = G_N_ELEMENTS (steps);
  self->silent_ns = self->widened_ns = G_MININT64;
  self->rejoined_ns = 0;
}

void
lec_membership_note_change (LecMembership *self, gint64 now_ns)
{
  self->changed_ns = now_ns;
  self->step = 0;
  self->rejoined_ns = 0; /* what ends now has another reason */
}

void
lec_membership_note_query (LecMembership *self, gint64 asked_ns)
{
  self->asked_ns = MAX (self->asked_ns, asked_ns);
  if (asked_ns > self->renewed_ns) {
    self->renewed_ns = asked_ns;
    self->reported = FALSE;
  }
}

/* ---- was it cut off? ---- */

/* Packets that ended while somebody asks for reports, or as a link changed, were not cut off. */
static gboolean
may_be_cut_off (const LecMembership *self, gint64 heard_ns)
{
  if (self->asked_ns != G_MININT64 && heard_ns - self->asked_ns < QUERIER_GONE)
    return FALSE;
  return self->step == G_N_ELEMENTS (steps) && heard_ns - self->renewed_ns >= RENEW_SHORTEST;
}

/* Packets that come back as soon as they are asked for were held back by the network. It will do so
 * after the same time again. */
static void
judge_rejoin (LecMembership *self, gint64 now_ns, gint64 heard_ns)
{
  if (self->rejoined_ns == 0)
    return;
  if (heard_ns > self->rejoined_ns) {
    self->forwarding_losses++;
    self->insistent |= self->lasted_reported;
    self->every_ns = CLAMP (self->lasted_ns / 4 * 3, RENEW_SHORTEST, RENEW_EVERY);
  } else if (now_ns - self->rejoined_ns < BACK_WITHIN) {
    return;
  }
  self->rejoined_ns = 0;
}

/* ---- what is due ---- */

static gboolean
is_changed (LecMembership *self, gint64 now_ns, gint64 heard_ns)
{
  gboolean due = FALSE;

  while (self->step < G_N_ELEMENTS (steps) && now_ns - self->changed_ns >= steps[self->step]) {
    self->step++;
    due = TRUE;
  }
  return due && now_ns - heard_ns >= IDLE;
}

static gint64
get_patience (const LecMembership *self, gint64 heard_ns)
{
  return self->silent_ns == heard_ns ? self->again_ns : heard_ns + SILENCE_FIRST;
}

static gboolean
is_silent (LecMembership *self, gint64 now_ns, gint64 heard_ns)
{
  if (now_ns < get_patience (self, heard_ns))
    return FALSE;
  if (self->silent_ns != heard_ns && may_be_cut_off (self, heard_ns)) {
    self->rejoined_ns = now_ns;
    self->lasted_ns = heard_ns - self->renewed_ns;
    self->lasted_reported = self->reported;
  }
  self->silent_ns = heard_ns;
  self->again_ns = now_ns + SILENCE_NEXT;
  return TRUE;
}

static gboolean
is_to_be_widened (LecMembership *self, gint64 now_ns, gint64 heard_ns)
{
  if (now_ns - heard_ns < WIDEN_AFTER || self->widened_ns == heard_ns)
    return FALSE;
  self->widened_ns = heard_ns;
  return TRUE;
}

static LecMembershipAction
choose (LecMembership *self, gint64 now_ns, gint64 heard_ns)
{
  gboolean changed = is_changed (self, now_ns, heard_ns);
  gboolean silent = is_silent (self, now_ns, heard_ns);

  if (changed || silent) {
    self->rejoins++;
    return LEC_MEMBERSHIP_REJOIN;
  }
  if (is_to_be_widened (self, now_ns, heard_ns))
    return LEC_MEMBERSHIP_WIDEN;
  if (now_ns - self->renewed_ns < self->every_ns || now_ns - heard_ns >= WIDEN_AFTER)
    return LEC_MEMBERSHIP_KEEP; /* what is silent is joined again for that */
  return self->insistent ? LEC_MEMBERSHIP_REJOIN : LEC_MEMBERSHIP_REPORT;
}

static gint64
find_wake (const LecMembership *self, gint64 now_ns, gint64 heard_ns)
{
  gint64 wake_ns = get_patience (self, heard_ns);

  if (self->step < G_N_ELEMENTS (steps))
    wake_ns = MIN (wake_ns, self->changed_ns + steps[self->step]);
  if (self->rejoined_ns != 0)
    wake_ns = MIN (wake_ns, self->rejoined_ns + BACK_WITHIN);
  if (self->widened_ns != heard_ns)
    wake_ns = MIN (wake_ns, heard_ns + WIDEN_AFTER);
  if (now_ns - heard_ns < WIDEN_AFTER)
    wake_ns = MIN (wake_ns, self->renewed_ns + self->every_ns);
  return wake_ns;
}

LecMembershipAction
lec_membership_poll (LecMembership *self, gint64 now_ns, gint64 heard_ns, gint64 *wake_ns)
{
  LecMembershipAction action;

  judge_rejoin (self, now_ns, heard_ns);
  action = choose (self, now_ns, heard_ns);
  if (action == LEC_MEMBERSHIP_REPORT || action == LEC_MEMBERSHIP_REJOIN) {
    self->renewed_ns = now_ns;
    self->reported = action == LEC_MEMBERSHIP_REPORT;
  }
  *wake_ns = find_wake (self, now_ns, heard_ns);
  return action;
}

gboolean
lec_membership_is_silence (gint64 spacing_ns)
{
  return spacing_ns >= WIDEN_AFTER;
}
