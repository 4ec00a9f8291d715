/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The pipeline of one alternative: channelsrc, depayloaders, decoders, sinks.
 *
 * Made, started and freed on one thread, whose main context also hears from it. Sinks come from
 * outside as streams turn up. */
#pragma once

#include <gst/gst.h>

#include "channel/channel.h"
#include "channel/error.h"
#include "play/caption-choice.h"
#include "play/pipeline-options.h"
#include "play/recording.h"
#include "report/report.h"

G_BEGIN_DECLS

typedef struct _LecPipeline LecPipeline;

typedef struct
{
  /* Whether the @index-th stream of @type is to be decoded. Any thread. */
  gboolean (*wants) (GstStreamType type, guint index, gpointer data);
  /* Returns: (nullable) (transfer none): a sink for the @index-th decoded stream of @type, taking
   * raw media of any format; NULL: drop it. Any thread. */
  GstElement *(*sink) (GstStreamType type, guint index, gpointer data);
  /* It cannot go on; @error and @sentence say why. The pipeline may be freed here. Owner's thread.
   */
  void (*failed) (LecError error, const char *sentence, gpointer data);
  /* The first picture or sound is on its way to its sink. Owner's thread. */
  void (*shown) (gpointer data);
  /* @text is to be read just now; "": nothing. Owner's thread. */
  void (*caption) (const char *text, gpointer data);
  /* Something is missing though it goes on; NULL: it is there again. Owner's thread. */
  void (*notice) (const char *sentence, gpointer data);
  /* All that there is of it has been played. The pipeline may be freed here. Owner's thread. */
  void (*ended) (gpointer data);
  /* A script command, when it is due, or so long before that what takes time can be fetched. The
   * pipeline may be freed here. Owner's thread. */
  void (*cue) (const char *type, const char *parameter, gboolean is_due, gpointer data);
  /* (nullable): an ASF header has come with what is played, as announcements of stations have one:
   * it may have markers. Owner's thread. */
  void (*header) (GBytes *header, gpointer data);
  /* (nullable): as `caption`, of what pictures carry themselves, or a transport stream beside them;
   * @kind: closed captions or subtitles; @picture: (nullable): to be shown in the place of the
   * text. Owner's thread. */
  void (*embedded_caption) (LecCaptionKind kind,
                            const char *text,
                            LecCaptionPicture *picture,
                            gpointer data);
} LecPipelineCallbacks;

/**
 * lec_pipeline_new:
 * @channel: what to receive
 * @alternative: index of an alternative of kind RTP or TS, or of one that is media on a web server
 * @options: read during the call
 * @callbacks: must outlive the pipeline
 */
LecPipeline *lec_pipeline_new (LecChannel *channel,
                               guint alternative,
                               const LecPipelineOptions *options,
                               const LecPipelineCallbacks *callbacks,
                               gpointer data) G_GNUC_WARN_UNUSED_RESULT;

/* Stops; no callback comes after it. Sinks are unparented in state NULL. */
void lec_pipeline_free (LecPipeline *self);

/* Another program of a transport stream, as in the options. */
void lec_pipeline_set_program (LecPipeline *self, guint number);

/* Other subtitles, as in the options. At once, and what was read of others is gone. */
void lec_pipeline_set_subtitles (LecPipeline *self, guint id);

/* Another station, as in the options. */
void lec_pipeline_set_station (LecPipeline *self, const char *address);

/* Another sound than the first, by its index; nothing happens where there is none, or in a file. */
void lec_pipeline_set_sound (LecPipeline *self, guint index);

/**
 * lec_pipeline_begin_recording:
 * @error: as for lec_recording_begin(), or it is a file that is played
 *
 * What comes goes into a file from now on, and plays on meanwhile. Where nothing is decoded only
 * the options can say so, from the start on.
 */
gboolean lec_pipeline_begin_recording (LecPipeline *self, const char *path, GError **error);
void lec_pipeline_end_recording (LecPipeline *self);

/* Returns: FALSE where nothing is recorded */
gboolean lec_pipeline_get_recording (LecPipeline *self, LecRecordingProgress *progress);

/* Begins to receive, or to play what has been fetched of a file. Failure is told through the
 * callback. */
void lec_pipeline_start (LecPipeline *self);

/* Of a file as much is fetched, and decoded, as it needs to begin: lec_pipeline_start() then lets
 * it begin at once. Failure is told likewise. */
void lec_pipeline_fetch (LecPipeline *self);

/* As lec_pipeline_start(), of a channel that is received: its media are kept, and nothing is
 * decoded or shown until lec_pipeline_call_up(). */
void lec_pipeline_join_ahead (LecPipeline *self);

/**
 * lec_pipeline_call_up:
 * @callbacks, @data: of who has it from now on, as for lec_pipeline_new()
 *
 * What has been joined ahead is decoded now. `header` may be told at once.
 */
void lec_pipeline_call_up (LecPipeline *self, const LecPipelineCallbacks *callbacks, gpointer data);

/* Nobody sees its pictures: what has been seen of a channel that is received is not decoded, from
 * the next place on where that can begin again, until lec_pipeline_unhide(). */
void lec_pipeline_hide (LecPipeline *self);
void lec_pipeline_unhide (LecPipeline *self);

/* Returns: (transfer full) (nullable): of what is kept of the first picture, the one that a decoder
 *   can begin with, coded, and its caps */
GstSample *lec_pipeline_dup_key_picture (LecPipeline *self);

/**
 * lec_pipeline_get_shown:
 * @index: of the decoded stream of its type; of sounds, 0 is the one that is chosen
 *
 * Returns: how many decoded buffers, or texts, are on their way to its sink or have reached it
 */
guint64 lec_pipeline_get_shown (LecPipeline *self, GstStreamType type, guint index);

/**
 * lec_pipeline_get_latency:
 * @report: as of now
 *
 * Returns: [ns] from the arrival of a packet to its play-out as it is now, by the slowest sink; 0:
 *   not known yet, or nothing waits for its time
 */
gint64 lec_pipeline_get_latency (LecPipeline *self, LecReport *report);

/* Returns: [µs] where in a file it is; 0: it is none */
gint64 lec_pipeline_get_position (LecPipeline *self);

/* Returns: [µs] where a file ends; 0: it is none, or has no end that is known */
gint64 lec_pipeline_get_duration (LecPipeline *self);

/* As the functions of LecMediaFile; nothing happens to what is live. */
gboolean lec_pipeline_can_pause (LecPipeline *self);
gboolean lec_pipeline_can_seek (LecPipeline *self);
gboolean lec_pipeline_seek (LecPipeline *self, gint64 position_us);
void lec_pipeline_set_paused (LecPipeline *self, gboolean paused);
gboolean lec_pipeline_is_paused (LecPipeline *self);

/* Returns: (transfer full) (nullable): what is wrong with the recording, as a sentence */
char *lec_pipeline_dup_problem (LecPipeline *self);

/* Returns: (transfer full): that of channelsrc, and what is known of the tracks where media are
 * decoded */
LecReport *lec_pipeline_dup_report (LecPipeline *self);

G_END_DECLS
