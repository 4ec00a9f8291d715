/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The stories that are told of one stream. The tests of the session demand what each says of it;
 * the benchmark tells them to GStreamer's rtpjitterbuffer as well. */
#pragma once

#include "support/scenario.h"

typedef struct
{
  const Story *rows;
  guint n_rows;
} StoryList;

extern const StoryList stories_order;  /* order and loss */
extern const StoryList stories_time;   /* the time line */
extern const StoryList stories_peer;   /* what rtpjitterbuffer is tested for */
extern const StoryList stories_sender; /* who is listened to */

/* Half way a station of audio begins anew: @lower in sequence, @far [ticks] on in time, after a
 * pause. */
void story_tell_restart (Trace *trace, guint16 lower, double far, gint64 pause_ns);
