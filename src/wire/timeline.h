/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Does a sender's time go on, or has another epoch begun?
 *
 * A sender that was stopped and started counts its packets and time stamps from somewhere else, and
 * nothing that was known of its time means anything from then on. Sometimes only what arrives tells
 * so. Knows no clock; not thread-safe. */
#pragma once

#include "wire/jitter.h"
#include "wire/packet.h"

G_BEGIN_DECLS

/* A plain struct to be embedded; zeroed is ready. All fields are private. */
typedef struct
{
  guint epoch;     /* counts them */
  gboolean begins; /* nothing of this one was queued yet */

  gint64 top_media; /* of the latest frame */
  gboolean top_valid;

  guint late_frames;                   /* in a row */
  gint64 late_since_ns, late_delay_ns; /* arrival and delay of the first of them */
  gboolean late_paused;                /* they came after a silence */
  gint64 silent_ns;                    /* before the packet at hand */

  guint behind;           /* packets in a row whose turn had passed, or again */
  gint64 behind_since_ns; /* arrival of the last one that was in time */
} LecTimeline;

/* Another epoch begins. */
void lec_timeline_begin (LecTimeline *self);

/* Returns: the number of the epoch */
guint lec_timeline_get_epoch (const LecTimeline *self);

/* Whether the next packet that is queued is the first one of its epoch. */
static inline gboolean
lec_timeline_is_beginning (const LecTimeline *self)
{
  return self->begins;
}

/* The packet at hand came after a silence of @silent_ns. */
static inline void
lec_timeline_note_silence (LecTimeline *self, gint64 silent_ns)
{
  self->silent_ns = silent_ns;
}

/* Whether a packet of time stamp @media begins a frame that is later than all before. */
static inline gboolean
lec_timeline_is_new_frame (const LecTimeline *self, gint64 media)
{
  return !self->top_valid || media > self->top_media;
}

/* Its time stamp is believed. */
void lec_timeline_note_frame (LecTimeline *self, gint64 media);

/**
 * lec_timeline_has_paused:
 * @packet: the first of a new frame
 * @delay_ns: how much later than an undelayed one it came
 * @most_ns: more is too late to be shown
 * @may_grow: whether that can be helped by showing everything later
 *
 * Returns: whether the sender has paused its time stamps together with its media: then another
 *   epoch begins with @packet
 */
gboolean lec_timeline_has_paused (LecTimeline *self,
                                  const LecPacket *packet,
                                  gint64 delay_ns,
                                  gint64 most_ns,
                                  gboolean may_grow);

/* What has become of the packet that came at @arrival_ns. */
void lec_timeline_note_push (LecTimeline *self, LecPush answer, gint64 arrival_ns);

/**
 * lec_timeline_is_behind:
 * @packet: one that is not ahead of all before
 *
 * Returns: whether its number is one of another run of the sender
 */
gboolean lec_timeline_is_behind (const LecTimeline *self, const LecPacket *packet);

G_END_DECLS
