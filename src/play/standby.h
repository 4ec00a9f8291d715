/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a station says will be played soon (OPENEVENT of an ASX): the announcements that lead to it
 * are opened ahead, and of a file so much is fetched as it needs to begin.
 *
 * Whoever can send to the group says so, and so often as it likes. So it is one thing at a time,
 * not for ever, and nothing that would not be played as well when it is called up: it leads where
 * the announcement that names it may lead. A group is joined, and a server asked to send, only when
 * it is played: they begin at once, and would go on without a viewer until then.
 *
 * Lives on the thread of its switcher. */
#pragma once

#include "play/rollover.h"
#include "play/switcher.h"

G_BEGIN_DECLS

#define LEC_STANDBY_INTERVAL_MS 5000 /* from one that is fetched to another */
#define LEC_STANDBY_LIMIT_MS 120000  /* then what was not played is forgotten */

typedef struct _LecStandby LecStandby;

/* @switcher, @options: (unowned): the options are read whenever something is fetched */
LecStandby *lec_standby_new (LecSwitcher *switcher,
                             const LecPipelineOptions *options) G_GNUC_WARN_UNUSED_RESULT;
void lec_standby_free (LecStandby *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecStandby, lec_standby_free)

/**
 * lec_standby_fetch:
 * @origin: (nullable): where @channel was announced
 *
 * In the place of what was fetched before. Nothing happens where it is @channel already, or where
 * the other has been asked for less than #LEC_STANDBY_INTERVAL_MS ago.
 */
void lec_standby_fetch (LecStandby *self, LecChannel *channel, const char *origin);

/* What has been found out on the way to a channel. */
typedef struct
{
  LecRollover *rollover; /* at the way that leads there */
  char *origin;          /* (nullable): where that was announced */
  char *entered;         /* (nullable): where the first announcement is that was opened */
} LecStandbyFind;

/**
 * lec_standby_take:
 * @find: (out): filled in where something was found, and the caller's then
 *
 * @channel is played now: what the switcher has of it stays there, of anything else it ends.
 *
 * Returns: whether something was found
 */
gboolean lec_standby_take (LecStandby *self, LecChannel *channel, LecStandbyFind *find);

/* Forgets it all. */
void lec_standby_end (LecStandby *self);

G_END_DECLS
