/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How it stands with a track: what has been counted on its way, what it waits for, and whether its
 * decoder is to be made anew.
 *
 * Counts go on when what is counted at is made anew. Told the time; takes no lock: all is done with
 * its owner's held, by whatever thread. */
#pragma once

#include "play/branch.h"
#include "play/gop-store.h"
#include "play/parameter-guard.h"
#include "play/start-gate.h"

G_BEGIN_DECLS

/* What units go through on their way to the decoder. */
typedef struct
{
  LecParameterGuard *guard; /* (nullable) */
  LecStartGate *gate;       /* (nullable) */
  LecGopStore *store;       /* (nullable) */
  GstElement *queue;        /* (nullable) */
} LecTrackGates;

/* A plain struct to be embedded; all fields are private. */
typedef struct
{
  const LecBranch *branch;    /* (unowned) */
  const LecTrackGates *gates; /* (unowned) */
  GstElement *sink;           /* (nullable) (owned) */

  LecMedia media;
  LecTrackState obstacle; /* LEC_TRACK_WAITING: there is none */
  char *description;      /* (nullable): of what is coded */
  const char *package;
  LecWatch watch;
  LecTrackCounts counts; /* without those of the present guard and gate */
  guint64 given;         /* units that went into the decoder */
  guint64 decoded;       /* that came out of it, also what is not to be shown */
  guint64 held_before;   /* units that stores before the present one have kept back */
  guint64 given_before;  /* given, when the present store was made */
  guint64 caught_up;     /* given, when what comes out is the newest again */
  guint64 late;          /* of these: while others waited before the decoder */
  GstClockTime latency;  /* that the sink lets pass until something is due */
  guint64 rendered;      /* that the sink has told of last */
  guint64 dropped;       /* likewise */
  guint64 rebuilds;
  LecTrackWait first_wait; /* for the first unit */
  LecTrackWait wait;
  gint64 wait_since_us;
} LecTrackMeter;

/* @branch, @gates: those of the track; must outlive it. @media: as announced */
void lec_track_meter_init (LecTrackMeter *self,
                           const LecBranch *branch,
                           const LecTrackGates *gates,
                           LecMedia media);
void lec_track_meter_clear (LecTrackMeter *self);

/* ---- what there is ---- */

/* What comes is @type. */
void lec_track_meter_set_type (LecTrackMeter *self, GstStreamType type);

/* @description: (transfer full) (nullable): of what is coded. @package: (nullable): static; has the
 * decoder for it */
void lec_track_meter_describe (LecTrackMeter *self, char *description, const char *package);

/* @obstacle: why it cannot be decoded; #LEC_TRACK_WAITING: it can */
void lec_track_meter_set_obstacle (LecTrackMeter *self, LecTrackState obstacle);

/* @wait: what a first unit is waited for with, once packets come */
void lec_track_meter_set_first_wait (LecTrackMeter *self, LecTrackWait wait);

/* @sink: (nullable): where it goes from now on; what it has counted until it is started again is
 * not this track's. */
void lec_track_meter_set_sink (LecTrackMeter *self, GstElement *sink);

/* There is a store among the gates, or is not any more; nothing is counted of others. Before the
 * gates are taken away, and freed. */
void lec_track_meter_begin_store (LecTrackMeter *self);
void lec_track_meter_keep_counts (LecTrackMeter *self);

/* What the store keeps is let go: until all of it has come out it is not the newest. */
void lec_track_meter_release_store (LecTrackMeter *self);

/* ---- what passes ---- */

void lec_track_meter_note_units (LecTrackMeter *self, guint64 count);
void lec_track_meter_note_given (LecTrackMeter *self, guint64 count);

/* @ahead_ns: [ns] until the time of what came out of the decoder, the sink's latency aside */
void lec_track_meter_note_decoded (LecTrackMeter *self, guint64 count, gint64 ahead_ns);

/* Of what came out @count go on to the sink. Returns: whether they are the first */
gboolean lec_track_meter_note_passed (LecTrackMeter *self, guint64 count);

/* ---- what is known ---- */

/* Returns: (transfer none) (nullable): where it goes */
GstElement *lec_track_meter_get_sink (const LecTrackMeter *self);

/* Returns: whether what was kept back is still on its way through the decoder */
gboolean lec_track_meter_is_catching_up (const LecTrackMeter *self);

/* Returns: pictures or buffers of sound that were decoded, and went on */
guint64 lec_track_meter_get_decoded (const LecTrackMeter *self);

/* Returns: whether anything complete has come */
gboolean lec_track_meter_has_units (const LecTrackMeter *self);

/**
 * lec_track_meter_watch:
 * @is_fruitless: (out): that has not helped often enough: another decoder may
 *
 * A few times a second.
 *
 * Returns: whether the decoder is to be made anew now
 */
gboolean lec_track_meter_watch (LecTrackMeter *self, gint64 now_us, gboolean *is_fruitless);

/* @report: (out): stream and pid are left alone */
void lec_track_meter_report (const LecTrackMeter *self, LecTrackReport *report, gint64 now_us);

G_END_DECLS
