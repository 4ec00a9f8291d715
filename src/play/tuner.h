/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Plays one channel: tries its ways in their order, opens those that are announcements themselves,
 * watches what comes of them, and goes to the next one, and back.
 *
 * Knows no list, keeps no sentence, and asks nobody: it tells its owner how it goes. Lives on the
 * thread that made it, whose main context must run. */
#pragma once

#include "play/ahead.h"
#include "play/player-state.h"
#include "play/playlist.h"
#include "play/switcher.h"
#include "report/doctor-case.h"

G_BEGIN_DECLS

typedef struct _LecTuner LecTuner;

/* What is seen and heard just now. */
typedef struct
{
  guint pictures; /* that are seen: a bit for each, by its index */
  gboolean audio;
} LecTunerMedia;

/* Each is told on the owner's thread, and may end or begin anything. */
typedef struct
{
  /* @error: what kind of trouble @message tells of. Told again when nothing has changed. */
  void (*state) (LecPlayerState state, LecError error, const char *message, gpointer data);
  /* All ways have been tried, and none will play: the state before said so. */
  void (*refused) (gpointer data);
  /* What was played is over, or has broken off: then the state before said so. */
  void (*ended) (LecPlaylistEnd end, gpointer data);
  /* The station has ended, or has sent nothing for so long that this is so; it is still listened
   * to. Told once, until it plays again. */
  void (*over) (gpointer data);
  /* The station sends what its announcement does not describe. Told again while it is so. */
  void (*outdated) (gpointer data);
  /* @alternative is received from now on, or tried beside what plays. */
  void (*way) (const LecAlternative *alternative, gpointer data);
  /* An alternative has led to another announcement, at @uri (nullable). */
  void (*entered) (const char *uri, gpointer data);
  void (*media) (const LecTunerMedia *media, gpointer data);
  /* [s] how far what is shown is behind its arrival; 0: not known */
  void (*behind) (double behind, gpointer data);
  /* @sentence: (nullable): what is missing though it plays, or why another way plays */
  void (*notice) (const char *sentence, gpointer data);
  /* @sentence: what cannot be written as it was asked for */
  void (*problem) (const char *sentence, gpointer data);
  void (*caption) (const char *text, gpointer data); /* @text: (nullable) */
  /* (nullable): what is joined ahead has changed (play/ahead.h) */
  void (*ahead) (gpointer data);
  /* As of LecPipelineCallbacks. */
  void (*cue) (const char *type, const char *parameter, gboolean is_due, gpointer data);
  /* (nullable): likewise, of the newest @way */
  void (*header) (GBytes *header, gpointer data);
  /* (nullable): likewise */
  void (*embedded_caption) (LecCaptionKind kind,
                            const char *text,
                            LecCaptionPicture *picture,
                            gpointer data);
} LecTunerCallbacks;

/**
 * lec_tuner_new:
 * @options: (unowned): read whenever a way begins to be received
 * @callbacks: must outlive it
 */
LecTuner *lec_tuner_new (const LecPipelineOptions *options,
                         const LecTunerCallbacks *callbacks,
                         gpointer data) G_GNUC_WARN_UNUSED_RESULT;
/* Ends all, and tells nothing. */
void lec_tuner_free (LecTuner *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecTuner, lec_tuner_free)

/* Before anything plays: somebody can be asked before much of the network is taken. Else nobody is.
 */
void lec_tuner_set_asks (LecTuner *self);

/**
 * lec_tuner_play:
 * @position_us: [µs] where to begin, if it is a file; 0: where it is announced to begin
 * @origin: (nullable): where @channel was announced; what lies on a server may not lead everywhere
 *
 * After lec_tuner_leave(), or lec_tuner_stop().
 */
void lec_tuner_play (LecTuner *self, LecChannel *channel, const char *origin, gint64 position_us);

/* Likewise, though it takes much of the network or listens on a port of the system: the viewer
 * wants it so. */
void lec_tuner_play_anyway (LecTuner *self, LecChannel *channel, const char *origin);

/* @channel will be played soon, as its station says: what takes time is fetched ahead, while
 * something plays (play/standby.h). @origin: as there */
void lec_tuner_stand_by (LecTuner *self, LecChannel *channel, const char *origin);

/* Nothing more is told of what plays, which stays on the air until something is seen or heard of
 * what is played next, or it is clear that it does not come. */
void lec_tuner_leave (LecTuner *self);

/* All ends. */
void lec_tuner_stop (LecTuner *self);

/**
 * lec_tuner_listen:
 *
 * What is over has played in the place of a way that was silent: that one is listened to again.
 *
 * Returns: FALSE where there is none; then nothing happens
 */
gboolean lec_tuner_listen (LecTuner *self);

/* Whether whoever announced the channel has said that it is over: it explains silence. */
void lec_tuner_set_withdrawn (LecTuner *self, gboolean withdrawn);

/* (transfer none): for its outputs, and for the pipeline that the viewer is told of. */
LecSwitcher *lec_tuner_get_switcher (LecTuner *self);

/* (transfer none): to be told what may be played next; what is joined of it is played. */
LecAhead *lec_tuner_get_ahead (LecTuner *self);

/* (transfer none) (nullable): where what plays was announced: the last announcement of those that
 * led to it. */
const char *lec_tuner_get_origin (LecTuner *self);

/* Returns: [µs] where in a file it is; 0: it is none */
gint64 lec_tuner_get_position (LecTuner *self);

/* As of the functions of LecRollover; 0 and NULL where nothing is played. */
guint lec_tuner_get_outer_index (LecTuner *self);
const LecAlternative *lec_tuner_get_playing (LecTuner *self); /* (transfer none) (nullable) */
const LecAlternative *lec_tuner_get_missed (LecTuner *self);  /* likewise */

/* Returns: (transfer full) (nullable): how reception is, and what is wrong; NULL when nothing is
 *   received */
LecReport *lec_tuner_dup_report (LecTuner *self);

/**
 * lec_tuner_open_case:
 * @report: (nullable): of lec_tuner_dup_report(); is to live as long as what is returned
 *
 * Returns: what the doctor is to be told of what the viewer is told of
 */
LecDoctorCase lec_tuner_open_case (LecTuner *self, LecReport *report);

G_END_DECLS
