/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Leads a session through time, and asserts what is true of what leaves any: packets in order, gaps
 * where some are missing, and counts that add up. */
#pragma once

#include "wire/session.h"

typedef struct
{
  LecPlayout playout;
  LecSession *session;
  gint64 now_ns;
  /* takes what leaves, of which packets and cues are its own then; NULL: packets are released */
  void (*take) (LecItem *item, gpointer data);
  gpointer data;

  gint64 next;    /* number that comes next... */
  gboolean begun; /* ...once one has come; FALSE: numbers begin anew */
} SessionWalk;

/* Takes all that leaves now. Returns: when the session wants to be asked again */
gint64 session_walk_pull (SessionWalk *self);

/* Whoever waits for a session asks it whenever it wants to be; it is @until_ns then, if not later.
 */
void session_walk_advance (SessionWalk *self, gint64 until_ns);

/* At a moment for which all have agreed on the latency: it stays within bounds. */
void session_walk_agree (SessionWalk *self);

/* @fed: packets that went in. Returns: the counts, for more to be asserted of them */
LecStats session_walk_check_sums (const SessionWalk *self, guint64 fed);
