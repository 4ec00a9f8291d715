/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A LecPipeline that receives nothing, linked in place of play/pipeline.c: the test says what comes
 * and what fails. There is one at a time, that of the player's present alternative.
 *
 * A file that does not begin at its beginning has " from N s" behind it.
 *
 * The player looks at it several times a second, and at once when something is shown for the first
 * time or fails. Its calls (tests/ui/calls.h): "start TITLE", with "#N" behind for all alternatives
 * but the first, "fetch TITLE", "join TITLE" and "call-up TITLE" of what is joined ahead, "free",
 * "sound INDEX" and "subtitles ID", in hexadecimal. */
#pragma once

#include "play/pipeline.h"

G_BEGIN_DECLS

typedef enum {
  PIPELINE_DOUBLE_CAMERA = 1 << 0,
  PIPELINE_DOUBLE_SLIDES = 1 << 1, /* the second picture */
  PIPELINE_DOUBLE_SOUND = 1 << 2,
  PIPELINE_DOUBLE_THIRD = 1 << 3, /* the third picture; those behind it are the next bits */
} PipelineDoubleMedia;

/* A hundred packets of each stream arrive now. */
void pipeline_double_receive (void);

/* Likewise, and a decoded buffer of each of @media is on its way to its sink. */
void pipeline_double_show (PipelineDoubleMedia media);

/* So long nothing arrives; as the report has it, and at once. */
void pipeline_double_pass (guint seconds);

/* The sender of each stream has said goodbye. */
void pipeline_double_end (void);

/* Returns: (transfer none): what is reported from now on, to be changed as the test wants it */
LecReportDraft *pipeline_double_get_report (void);

/* How far what is recorded has come. A file below /nonexistent cannot be written. */
void pipeline_double_record (const LecRecordingProgress *progress);

/* Whether the options say that what comes is written to a file. */
gboolean pipeline_double_is_told_to_write (void);

/* @picture: (nullable) (transfer none): what is kept of each that is joined ahead */
void pipeline_double_keep (GstSample *picture);

/* From arrival to play-out; 0: not known. */
void pipeline_double_set_latency (gint64 latency_ns);

/* Where in a file it is. */
void pipeline_double_set_position (gint64 position_us);

/* It is a file, that ends there. */
void pipeline_double_set_duration (gint64 duration_us);

/* All of a file has been played. */
void pipeline_double_finish (void);

/* As the callbacks of the same names. */
void pipeline_double_fail (LecError error, const char *sentence);
void pipeline_double_notice (const char *sentence);
void pipeline_double_caption (const char *text);
void pipeline_double_closed_caption (const char *text);
void pipeline_double_subtitles (const char *text, LecCaptionPicture *picture);
void pipeline_double_cue (const char *type, const char *parameter, gboolean is_due);
GstElement *pipeline_double_get_sink (GstStreamType type, guint index);

G_END_DECLS
