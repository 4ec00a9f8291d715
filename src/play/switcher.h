/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One pipeline on the air, and at most one that is being prepared.
 *
 * As a vision mixer does it: what is to be seen next runs beside what is seen, and the switch is a
 * cut at its first picture, or at its first sound where there is no picture. Until then nothing of
 * it is seen, heard or told; from then on nothing of the other. The same for the next way to
 * receive a channel, for the way back, and for another channel.
 *
 * Lives on the thread of its pipelines. */
#pragma once

#include "play/pipeline.h"

G_BEGIN_DECLS

/* Pictures of a channel that are shown at once, as many as it may have streams. */
#define LEC_SWITCHER_PICTURES LEC_MAX_STREAMS

typedef struct _LecSwitcher LecSwitcher;

/* Each is told on the owner's thread, and may end or begin anything. */
typedef struct
{
  /* What is on the air has its first picture or sound. */
  void (*shown) (gpointer data);
  /* What was prepared is on the air, and what was there before has ended, but for its sound: that
   * fades, for which it is received for 0.2 s more. */
  void (*cut) (gpointer data);
  /* The one that is waited for cannot go on, and has ended. */
  void (*failed) (LecError error, const char *sentence, gpointer data);
  /* The one on the air has failed while another is prepared for the viewer's own wish or in its
   * place, and has ended. */
  void (*lost) (LecError error, const char *sentence, gpointer data);
  /* What is on the air has come to its end. */
  void (*ended) (gpointer data);
  void (*caption) (const char *text, gpointer data);
  void (*notice) (const char *sentence, gpointer data); /* @sentence: (nullable) */
  /* As of LecPipelineCallbacks, of what is on the air. */
  void (*cue) (const char *type, const char *parameter, gboolean is_due, gpointer data);
  /* (nullable): likewise, of what is prepared as well */
  void (*header) (GBytes *header, gpointer data);
  /* (nullable): likewise */
  void (*embedded_caption) (LecCaptionKind kind,
                            const char *text,
                            LecCaptionPicture *picture,
                            gpointer data);
} LecSwitcherCallbacks;

/* @callbacks: must outlive it */
LecSwitcher *lec_switcher_new (const LecSwitcherCallbacks *callbacks,
                               gpointer data) G_GNUC_WARN_UNUSED_RESULT;
void lec_switcher_free (LecSwitcher *self);

/**
 * lec_switcher_add_sink:
 * @index: 0 for the first picture of a channel, less than #LEC_SWITCHER_PICTURES
 * @sink: (nullable) (transfer floating): where it goes; NULL: it is decoded and dropped
 *
 * Before anything begins. Where nothing is added, as for programs without a window, all pictures
 * are decoded and dropped; otherwise a picture behind the first without a sink is not decoded.
 */
void lec_switcher_add_sink (LecSwitcher *self, guint index, GstElement *sink);

/* Returns: whether there is one for the @index-th picture. */
gboolean lec_switcher_has_sink (LecSwitcher *self, guint index);

/* As lec_switcher_add_sink(): where it goes in what is prepared, to be seen in the same place: at
 * the switch the two change their parts. While a sink has no spare nothing can be prepared. */
void lec_switcher_add_spare (LecSwitcher *self, guint index, GstElement *sink);

/* Lets sound be heard; once, before anything begins. */
void lec_switcher_add_sound (LecSwitcher *self);

/* As for lec_output_set_volume(), of what is on the air. */
void lec_switcher_set_volume (LecSwitcher *self, double volume);
void lec_switcher_set_muted (LecSwitcher *self, gboolean muted);

/**
 * lec_switcher_play:
 * @channel, @alternative, @options: as for lec_pipeline_new()
 *
 * Ends all that there is, and receives this on the air.
 */
void lec_switcher_play (LecSwitcher *self,
                        LecChannel *channel,
                        guint alternative,
                        const LecPipelineOptions *options);

/* Whether something is on the air, and lec_switcher_prepare() lets it stay. Not where a file is
 * written or read that can be in use only once. */
gboolean lec_switcher_can_prepare (LecSwitcher *self, const LecPipelineOptions *options);

/* Likewise, but what is on the air stays there until the first picture of this; what was being
 * prepared is given up. Only what is on the air is recorded: who is told of the cut begins anew.
 * Where that cannot be, it is lec_switcher_play(). */
void lec_switcher_prepare (LecSwitcher *self,
                           LecChannel *channel,
                           guint alternative,
                           const LecPipelineOptions *options);

/**
 * lec_switcher_prepare_joined:
 * @pipeline: (transfer full): that was joined ahead, with @options
 *
 * As lec_switcher_prepare(), of what is received already.
 */
void lec_switcher_prepare_joined (LecSwitcher *self,
                                  LecPipeline *pipeline,
                                  const LecPipelineOptions *options);

/* As of LecPipelineCallbacks, of whatever it plays. Any thread. */
gboolean lec_switcher_wants (const LecSwitcher *self, GstStreamType type, guint index);

/* Nobody sees the pictures, of what plays and what will: they are not decoded
 * (lec_pipeline_hide()).
 */
void lec_switcher_hide (LecSwitcher *self);
void lec_switcher_unhide (LecSwitcher *self);

/**
 * lec_switcher_stand_by:
 * @channel, @alternative, @options: as for lec_pipeline_fetch()
 *
 * Beside what is on the air so much of a file is fetched as it needs to begin. It is neither seen,
 * heard nor told of until lec_switcher_prepare() is called for the same, which finds it ready. It
 * stays when what is on the air is left, and ends where anything else is prepared, or all stops.
 */
void lec_switcher_stand_by (LecSwitcher *self,
                            LecChannel *channel,
                            guint alternative,
                            const LecPipelineOptions *options);

/* What stands by ends. */
void lec_switcher_stand_down (LecSwitcher *self);

/* From now on nothing is told of what is on the air, though it stays there: the viewer wants
 * something else. Where nothing has been seen or heard of it, it ends. */
void lec_switcher_leave (LecSwitcher *self);

/* Whether what is on the air is there only until something else comes. */
gboolean lec_switcher_has_left (LecSwitcher *self);

/* What is prepared goes on the air, though nothing has come of it; where nothing is prepared, what
 * was left ends. Nothing is told. */
void lec_switcher_cut (LecSwitcher *self);

/* What is prepared ends. */
void lec_switcher_cancel (LecSwitcher *self);

/* All ends. */
void lec_switcher_stop (LecSwitcher *self);

/* A few times a second: a picture that does not come is not waited for. May tell `cut`. */
void lec_switcher_tick (LecSwitcher *self);

/* Both (transfer none) (nullable): what is on the air; what is prepared. */
LecPipeline *lec_switcher_get_on_air (LecSwitcher *self);
LecPipeline *lec_switcher_get_prepared (LecSwitcher *self);

/* (transfer none) (nullable): what the viewer is told of: the one that is prepared where the one on
 * the air has been left, else the one on the air. */
LecPipeline *lec_switcher_get_told (LecSwitcher *self);

/**
 * lec_switcher_record:
 * @path: (nullable): file to which goes what is told of, from now on; NULL: none
 * @error: as for lec_pipeline_begin_recording()
 *
 * Where there is no pipeline yet, nothing happens.
 */
gboolean lec_switcher_record (LecSwitcher *self, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecSwitcher, lec_switcher_free)

G_END_DECLS
