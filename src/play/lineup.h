/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What was opened, and which of its channels plays: opens announcements, gives the tuner one
 * channel after the other, and does what viewers and stations want instead.
 *
 * Lives on the tuner's thread. */
#pragma once

#include "play/tuner.h"

G_BEGIN_DECLS

typedef struct _LecLineup LecLineup;

/* Each is told on the owner's thread, and may end or begin anything. */
typedef struct
{
  /* What was told of what plays, by the tuner too, is over. */
  void (*left) (gpointer data);
  /* lec_lineup_get_channel() has changed. */
  void (*channel) (gpointer data);
  /* What lec_lineup_get_channel() says is about to be played. */
  void (*begins) (gpointer data);
  /* lec_lineup_get_announcement() has changed. */
  void (*announcement) (gpointer data);
  /* Other channels may be before and behind what plays. */
  void (*moved) (gpointer data);
  /* As of LecTunerCallbacks. */
  void (*state) (LecPlayerState state, LecError error, const char *message, gpointer data);
  void (*notice) (const char *sentence, gpointer data);
} LecLineupCallbacks;

/* As LecPlayerKnownFunc. */
typedef LecChannel *(*LecLineupKnownFunc) (const LecChannel *channel, gpointer data);

/**
 * lec_lineup_new:
 * @tuner: (unowned): must outlive it. What it tells of ends is handed on here by the owner
 * @callbacks: must outlive it
 */
LecLineup *lec_lineup_new (LecTuner *tuner,
                           const LecLineupCallbacks *callbacks,
                           gpointer data) G_GNUC_WARN_UNUSED_RESULT;
void lec_lineup_free (LecLineup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecLineup, lec_lineup_free)

/* Who knows more than the announcement that was opened. @func: (nullable) */
void lec_lineup_set_known_func (LecLineup *self, LecLineupKnownFunc func, gpointer data);

/* Returns: (transfer none): @channel as who knows more of it has it, and as it would be played */
LecChannel *lec_lineup_find_known (LecLineup *self, LecChannel *channel);

/* ---- what the viewer wants ---- */

/* As of the functions of LecPlayer. A channel of the list that is not to be skipped is not, while
 * it plays: that is told as a notice. */
void lec_lineup_open (LecLineup *self, const char *location);
void lec_lineup_play (LecLineup *self, LecChannel *channel);
void lec_lineup_play_previous (LecLineup *self);
void lec_lineup_play_next (LecLineup *self);
void lec_lineup_stop (LecLineup *self);

/* All ends, and the state is not told. */
void lec_lineup_forget (LecLineup *self);

/* Plays what plays, or was refused, as by lec_tuner_play_anyway(). */
void lec_lineup_play_anyway (LecLineup *self);

/* ---- what the station wants ---- */

/* The event of this name will be played soon: what takes time is fetched ahead. Nothing happens
 * where there is none. */
void lec_lineup_fetch_event (LecLineup *self, const char *name);

/* As of the functions of LecPlayer. */
gboolean lec_lineup_play_event (LecLineup *self, const char *name);
gboolean lec_lineup_play_uri (LecLineup *self, const char *uri);

/* ---- what the tuner tells ---- */

/**
 * lec_lineup_end:
 * @why: (nullable): why it could not be played to its end, as a sentence
 *
 * What plays is over: what follows it is played.
 */
void lec_lineup_end (LecLineup *self, LecPlaylistEnd end, const char *why);

/* Nothing of what plays could be played, as @why says: what follows it is played, if the list has
 * come there by itself. */
void lec_lineup_refuse (LecLineup *self, const char *why);

/* The station of what plays has ended: what follows it is played, if there is something. */
void lec_lineup_go_on (LecLineup *self);

/* What plays was described by an announcement that is out of date: it is fetched again, once. */
void lec_lineup_renew (LecLineup *self);

/* ---- what is known ---- */

LecChannel *lec_lineup_get_channel (LecLineup *self); /* (transfer none) (nullable) */
const LecAnnouncement *lec_lineup_get_announcement (LecLineup *self); /* likewise */

/* Whether what plays is of the announcement that was opened last. */
gboolean lec_lineup_is_announced (LecLineup *self);

gboolean lec_lineup_has_previous (LecLineup *self);
gboolean lec_lineup_has_next (LecLineup *self);

G_END_DECLS
