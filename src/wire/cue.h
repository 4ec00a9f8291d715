/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a station says beside its media, to be acted on at a moment of the stream: a script command
 * (ASF specification, 3.6; WMFSDK "Script Commands"). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_CUE_TYPE_MAX 64               /* [bytes] of a type */
#define LEC_CUE_PARAMETER_MAX (16 * 1024) /* [bytes] of a parameter; longer ones are cut off */

/* One script command. Hostile text in valid UTF-8, which whoever shows it cleans. */
typedef struct
{
  gint64 pts_ns;     /* session time; due the latency later, as a packet is */
  gboolean is_ahead; /* it was in the header, long before its time */
  char *type;        /* "URL", "TEXT", "CAPTION", "FILENAME", "EVENT" ... as it was sent; "": another
                      * stream begins at its time, and what was ahead of that will not come */
  char *parameter;   /* "" where there is none */
} LecCue;

/**
 * lec_cue_new:
 * @type: valid UTF-8; copied
 * @parameter: valid UTF-8; copied
 */
LecCue *lec_cue_new (gint64 pts_ns, gboolean is_ahead, const char *type, const char *parameter)
    G_GNUC_WARN_UNUSED_RESULT;
void lec_cue_free (LecCue *cue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecCue, lec_cue_free)

G_END_DECLS
