/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which way to receive a channel is tried next.
 *
 * A channel's alternatives in their order; one that is itself an announcement is replaced by what
 * that one promises. Opens and waits for nothing: its owner says how each way went. */
#pragma once

#include "channel/channel.h"
#include "channel/error.h"

G_BEGIN_DECLS

#define LEC_ROLLOVER_NESTED 5 /* announcements that lead to announcements, in all */

/* Until a way that was silent is tried again: at first, and at most. */
#define LEC_ROLLOVER_PAUSE_US (5 * G_TIME_SPAN_SECOND)
#define LEC_ROLLOVER_LONG_PAUSE_US (60 * G_TIME_SPAN_SECOND)

typedef struct _LecRollover LecRollover;

/* Begins with the first alternative of @channel. */
LecRollover *lec_rollover_new (LecChannel *channel) G_GNUC_WARN_UNUSED_RESULT;
void lec_rollover_free (LecRollover *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecRollover, lec_rollover_free)

/* The way being tried: an alternative of a channel, which is the one of lec_rollover_new() or one
 * that it has led to. All (transfer none). */
LecChannel *lec_rollover_get_channel (const LecRollover *self);
guint lec_rollover_get_index (const LecRollover *self);
const LecAlternative *lec_rollover_get_alternative (const LecRollover *self);

/**
 * lec_rollover_dup_resumed:
 * @position_us: [µs] where to begin, if it is a file; 0: where it is announced to begin
 *
 * Returns: (transfer full): the channel of the way being tried, which, of a file, has been played
 *   up to there: it ends where it was announced to end
 */
LecChannel *lec_rollover_dup_resumed (const LecRollover *self, gint64 position_us);

/* (transfer none) (nullable): where that channel was announced; NULL: it is that of
 * lec_rollover_new(). */
const char *lec_rollover_get_origin (const LecRollover *self);

/* Which alternative of the first channel this way began with. */
guint lec_rollover_get_outer_index (const LecRollover *self);

/**
 * lec_rollover_enter:
 * @channel: what the way being tried was found to lead to
 *
 * Puts the alternatives of @channel in its place and goes to the first of them. Times and markers
 * that the way being tried has hold for all of them.
 *
 * Returns: FALSE when announcements have led to each other too often; then nothing has changed
 */
gboolean lec_rollover_enter (LecRollover *self, LecChannel *channel);

/**
 * lec_rollover_outdate:
 *
 * What was announced of the way being tried is out of date.
 *
 * Returns: whether it is to be fetched again: once each time that the way is tried
 */
gboolean lec_rollover_outdate (LecRollover *self);

/**
 * lec_rollover_renew:
 * @channel: what is announced by now where the way being tried was announced
 *
 * Puts the same alternative of @channel in its place. Times and markers stay.
 *
 * Returns: FALSE where it has no such alternative any more; then nothing has changed
 */
gboolean lec_rollover_renew (LecRollover *self, LecChannel *channel);

/**
 * lec_rollover_next:
 * @error: why the way being tried does not play; one that is #LEC_ERROR_SILENT or
 *   #LEC_ERROR_NEEDS_SOURCE may still begin to
 * @reason: the same as a sentence
 *
 * The first reason is kept, but for one that a viewer can do something about: #LEC_ERROR_TOO_MUCH
 * or #LEC_ERROR_LOW_PORT takes the place of a refusal.
 *
 * Returns: FALSE when all ways have been tried; then the last one stays
 */
gboolean lec_rollover_next (LecRollover *self, LecError error, const char *reason);

/**
 * lec_rollover_return:
 *
 * Goes back to the first way that was only silent.
 *
 * Returns: FALSE when there was none
 */
gboolean lec_rollover_return (LecRollover *self);

/* The way being tried plays. */
void lec_rollover_settle (LecRollover *self);

/* Returns: (transfer none): the way of the last lec_rollover_settle(); before the first one, the
 * way being tried */
const LecAlternative *lec_rollover_get_playing (const LecRollover *self);

/* Whether lec_rollover_next() would go on. */
gboolean lec_rollover_has_next (const LecRollover *self);

/* Returns: (transfer none) (nullable): the first way that was only silent, if one behind it plays
 */
const LecAlternative *lec_rollover_get_missed (const LecRollover *self);

/**
 * lec_rollover_retry:
 *
 * Goes to the way of lec_rollover_get_missed(), while the other one plays.
 *
 * Returns: FALSE when there is none
 */
gboolean lec_rollover_retry (LecRollover *self);

/* Goes back to the way that plays. */
void lec_rollover_stay (LecRollover *self);

/* Returns: [µs] how long to wait before the next lec_rollover_retry(): longer each time, within
 * bounds, until a way plays that is not missed */
gint64 lec_rollover_get_pause (LecRollover *self);

/* Whether what failed so may still begin to play by itself. */
gboolean lec_rollover_is_silent (LecError error);

/* Why the channel does not play; NULL and %LEC_ERROR_NONE while no way has failed. */
const char *lec_rollover_get_reason (const LecRollover *self);
LecError lec_rollover_get_error (const LecRollover *self);

G_END_DECLS
