/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What becomes of one medium behind the jitter buffer: a picture or a sound on its way from packets
 * to a sink. */
#pragma once

#include "channel/channel.h"

G_BEGIN_DECLS

#define LEC_TRACK_CODEC 96 /* texts are cut to this size */

/**
 * LecTrackState:
 * @LEC_TRACK_WAITING: nothing has been decoded yet; see #LecTrackWait
 * @LEC_TRACK_PLAYING: what comes is decoded
 * @LEC_TRACK_STALLED: units come, and have not been decoded for a while
 * @LEC_TRACK_UNDESCRIBED: the announcement does not describe it so that it can be decoded, or what
 *   comes is something else
 * @LEC_TRACK_UNKNOWN: of a kind that is not played here
 * @LEC_TRACK_REFUSED: of a kind that is not played, as what reads it is not safe
 * @LEC_TRACK_NO_DECODER: nothing that is installed decodes it
 * @LEC_TRACK_SCRAMBLED: it comes scrambled by a conditional access system
 * @LEC_TRACK_PROTECTED: it is encrypted by the rights management that ca_system names
 * @LEC_TRACK_UNWANTED: it is not decoded on purpose
 */
typedef enum {
  LEC_TRACK_WAITING,
  LEC_TRACK_PLAYING,
  LEC_TRACK_STALLED,
  LEC_TRACK_UNDESCRIBED,
  LEC_TRACK_UNKNOWN,
  LEC_TRACK_REFUSED,
  LEC_TRACK_NO_DECODER,
  LEC_TRACK_SCRAMBLED,
  LEC_TRACK_PROTECTED,
  LEC_TRACK_UNWANTED,
} LecTrackState;

/* What a track waits for, in the order in which it comes. */
typedef enum {
  LEC_TRACK_WAIT_PACKETS,        /* anything at all */
  LEC_TRACK_WAIT_UNITS,          /* a complete picture or sound */
  LEC_TRACK_WAIT_PARAMETER_SETS, /* without them nothing can be decoded */
  LEC_TRACK_WAIT_KEY_FRAME,      /* a picture that needs no earlier one */
  LEC_TRACK_WAIT_RECOVERY,       /* the end of a gradual refresh */
  LEC_TRACK_WAIT_DECODER,        /* units go in, and nothing has come out */
  LEC_TRACK_WAIT_NOTHING,
} LecTrackWait;

typedef struct
{
  guint64 packets;        /* that came, or what a demultiplexer gave */
  guint64 units;          /* complete pictures or sounds, as they were sent */
  guint64 key_frames;     /* of them: decoding could begin there */
  guint64 parameter_sets; /* of the picture's coding, that came among them */
  guint64 damaged;        /* parameter sets and units that were taken out, as they were spoilt */
  guint64 decoded;        /* pictures, or buffers of sound */
  guint64 shown;          /* of them: rendered by the sink */
  guint64 dropped;        /* and of them: not, as they came to the sink too late */
} LecTrackCounts;

typedef struct
{
  LecMedia media;
  guint stream; /* of the report */
  guint pid;    /* in a transport stream; 0: there is none, or it is not known */
  LecTrackState state;
  LecTrackWait wait;
  gint64 wait_ns;        /* for how long it has waited; 0 with LEC_TRACK_WAIT_NOTHING */
  gint64 still_ns;       /* since something was decoded last; -1: nothing was yet */
  gint64 dropping_ns;    /* for how long many have come too late from the decoder; 0: they do not */
  gint64 pause_ns;       /* longest time between two of its packets so far */
  gint64 unseen_ns;      /* for how long none of what is decoded has been shown; 0: some is */
  LecTrackCounts counts; /* since the join */
  LecTrackCounts second; /* in the last whole second */
  guint64 rebuilds;      /* times that its decoder was made anew */
  char codec[LEC_TRACK_CODEC];     /* for a person, “H.264”; "": not known */
  char ca_system[LEC_TRACK_CODEC]; /* that scrambles it; "": not known */
  char package[LEC_TRACK_CODEC];   /* that has the missing decoder; "": none is known */
} LecTrackReport;

G_END_DECLS
