/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Do a sender's time stamps run?
 *
 * Some senders leave them as they are, count them at another rate than they announce, move them now
 * and then, or make them up. Such time stamps tell less of when something is to be played than its
 * arrival does. They are told apart from those that run by what comes of them over a while: frames
 * of many packets share one and end with a marker, frames sent out of order go back and forth but
 * get on, a network holds packets up but brings them in the end, and a silence is in the time
 * stamps too, or in nothing.
 *
 * Knows no clock; not thread-safe. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Time stamps that got on by @media_ns while @arrival_ns passed. All fields are private. */
typedef struct
{
  gint64 media_ns, arrival_ns;
  guint windows;   /* that it is put together of... */
  gboolean uneven; /* ...which differ too much to say anything fine */
} LecStampSpan;

/* A plain struct to be embedded; zeroed is ready. All fields are private. */
typedef struct
{
  gboolean stand_still; /* they do not run */
  gboolean proven;      /* they do */
  guint returns;        /* times that it was found that they run after all */

  gboolean running;  /* there was a packet before */
  gint64 media;      /* its time stamp */
  gint64 arrival_ns; /* and arrival */
  gint64 frame_ns;   /* arrival of the first packet with this time stamp */
  gboolean marker;   /* whether it had one */

  gint64 top;       /* latest time stamp */
  gint64 top_media; /* at the begin of the window, which is short, */
  gint64 began_ns;
  gboolean first; /* there was none before */
  gint64 gap_ns;  /* and the longest time without a packet in it */
  guint slow;     /* windows in a row in which they got on by much less than time did... */
  double pace;    /* ...and by about as much as in the first of them */
  guint still;    /* a count of those in which they did not get on at all, which slowly forgets */
  guint wild;     /* time stamps in a row that have nothing to do with the one before */

  LecStampSpan span, before; /* several windows, and as many before that */
  guint good;                /* spans in a row that show that they run */
  guint undecided;           /* spans that have shown nothing so far */
} LecStampCheck;

/* The sender begins anew: nothing is proven. */
void lec_stamp_check_begin (LecStampCheck *self);

/**
 * lec_stamp_check_note:
 * @media: extended time stamp of a packet that is ahead of all before
 * @rate: [Hz] of the time stamps, not 0
 * @marker: of the packet
 * @frames: whether packets may share a time stamp for as long as none has a marker
 *
 * Returns: whether it has changed what is thought of them
 */
gboolean lec_stamp_check_note (LecStampCheck *self,
                               gint64 media,
                               guint rate,
                               gint64 arrival_ns,
                               gboolean marker,
                               gboolean frames);

/* Whether they run, as far as is known: they do until it is shown that they do not. */
static inline gboolean
lec_stamp_check_runs (const LecStampCheck *self)
{
  return !self->stand_still;
}

/* Whether it looks as if they did not, and nothing has shown that they do. */
gboolean lec_stamp_check_is_doubtful (const LecStampCheck *self);

/* Whether how late packets are by them says something of the network: not while they are doubted,
 * nor in a long frame that may be the first of many with its time stamp. */
gboolean lec_stamp_check_tells_delay (const LecStampCheck *self);

G_END_DECLS
