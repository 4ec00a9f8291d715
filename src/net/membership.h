/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Decides when to ask again for a group that was joined. Knows no socket and no clock.
 *
 * A host reports a membership when it joins and when it is asked. A switch that snoops on those
 * reports forwards for 260 s after each (RFC 3376, section 8.4; RFC 4541). So packets end without a
 * word where a new link or another switch port has not heard the report, and where nobody asks. Not
 * thread-safe. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LEC_MEMBERSHIP_KEEP,
  LEC_MEMBERSHIP_REPORT, /* report it again, while packets go on */
  LEC_MEMBERSHIP_WIDEN,  /* join on further interfaces as well */
  LEC_MEMBERSHIP_REJOIN, /* leave, and join on every interface that may do */
} LecMembershipAction;

/* A plain struct to be embedded; lec_membership_start() sets it up. All times are of one clock. */
typedef struct
{
  gint64 renewed_ns;  /* the network has heard a report of ours */
  gint64 asked_ns;    /* it asked for one; G_MININT64: never */
  gint64 every_ns;    /* renew at the latest after so long */
  gboolean reported;  /* renewed by LEC_MEMBERSHIP_REPORT the last time */
  gboolean insistent; /* as such reports do not help */

  gint64 changed_ns; /* some link has changed */
  guint step;        /* of what follows upon that */

  gint64 widened_ns;        /* the silence since then is known, and it was widened */
  gint64 silent_ns;         /* the silence since then is known, and it was joined again */
  gint64 again_ns;          /* for that one, next time */
  gint64 rejoined_ns;       /* for silence, and it is not known yet whether it helped; 0: no */
  gint64 lasted_ns;         /* so long after the renewal before that packets had come */
  gboolean lasted_reported; /* and it was by LEC_MEMBERSHIP_REPORT */

  guint64 rejoins; /* for silence and changes */
  guint64 forwarding_losses;
} LecMembership;

/**
 * lec_membership_start:
 * @renewed_ns: when it was joined, or renewed last
 *
 * Begins, or goes on after nobody has looked for a while; what was learnt is kept.
 */
void lec_membership_start (LecMembership *self, gint64 now_ns, gint64 renewed_ns);

/* A link or an address has changed. */
void lec_membership_note_change (LecMembership *self, gint64 now_ns);

/* The network has asked for reports at @asked_ns, and the kernel has answered. */
void lec_membership_note_query (LecMembership *self, gint64 asked_ns);

/**
 * lec_membership_poll:
 * @heard_ns: when the newest packet of the group came, or lec_membership_start() was called
 * @wake_ns: (out): when to ask again, unless something is noted or a silence ends before
 *
 * Returns: what to do now; it counts as done
 */
LecMembershipAction
lec_membership_poll (LecMembership *self, gint64 now_ns, gint64 heard_ns, gint64 *wake_ns);

/* Returns: whether packets so far apart end a silence that something may have been done about */
gboolean lec_membership_is_silence (gint64 spacing_ns);

G_END_DECLS
