/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From a way to receive a channel to one that can be received: whether it may be tried, and where
 * it leads if it is itself an announcement.
 *
 * Which way comes next when one cannot be received is its owner's matter. Lives on the thread that
 * made it, whose main context must run. */
#pragma once

#include "play/rollover.h"

G_BEGIN_DECLS

typedef struct _LecApproach LecApproach;

/* Each is told on the owner's thread, and may end or begin anything, but where it says otherwise. */
typedef struct
{
  /* The way being tried can be received. */
  void (*arrived) (gpointer data);
  /* It cannot: @reason is a sentence. */
  void (*refused) (LecError error, const char *reason, gpointer data);
  /* It is an announcement, that is about to be opened: @sentence says so. Returns: whether to go on
   */
  gboolean (*opening) (const char *sentence, gpointer data);
  /* It has led to another announcement, at @uri (nullable), which is tried next: ends nothing. */
  void (*entered) (const char *uri, gpointer data);
  /* It is announced anew, and about to be tried in that shape: what was is over. */
  void (*renewed) (gpointer data);
} LecApproachCallbacks;

/* @callbacks: must outlive it */
LecApproach *lec_approach_new (const LecApproachCallbacks *callbacks,
                               gpointer data) G_GNUC_WARN_UNUSED_RESULT;

/* Tells nothing. */
void lec_approach_free (LecApproach *self);

/**
 * lec_approach_begin:
 * @rollover: (unowned): has the way being tried; until lec_approach_end()
 * @origin: (nullable): where that was announced; what lies on a server may not lead everywhere
 * @announced: (nullable): where the channel that was asked for was announced
 * @decode, @asks: as for lec_admission_refuse()
 *
 * Tries nothing yet.
 */
void lec_approach_begin (LecApproach *self,
                         LecRollover *rollover,
                         const char *origin,
                         const char *announced,
                         gboolean decode,
                         gboolean asks);

/* Nothing is known or opened any more. */
void lec_approach_end (LecApproach *self);

/* The way being tried is another one now, or the first. */
void lec_approach_try (LecApproach *self);

/* The station sends what its announcement does not describe: what that says by now is fetched, once
 * for each time that the way is tried. */
void lec_approach_renew (LecApproach *self);

/* What is being opened is not waited for any more. */
void lec_approach_cancel (LecApproach *self);

/* Returns: (transfer none) (nullable): where the way being tried was announced: the last
 *   announcement of those that led to it */
const char *lec_approach_get_origin (const LecApproach *self);

G_END_DECLS
