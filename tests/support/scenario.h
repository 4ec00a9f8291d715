/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A story of one stream: what arrives, and what a session is to make of it. */
#pragma once

#include "support/bench.h"

#define STORY_LATENCY (200 * MSECOND)
#define ANY G_MAXUINT64 /* as a count: it does not matter */
#define VIDEO .media = LEC_MEDIA_VIDEO
#define AUDIO .media = LEC_MEDIA_AUDIO

typedef struct
{
  const char *name;
  void (*tell) (Trace *trace);
  LecMedia media;
  guint64 out, lost, late, duplicate, aside, discarded, restarts;
  gint64 silence_ns; /* longest time with nothing out; 0: not looked at */
  gint64 error_ns;   /* furthest that a PTS may be from the truth; 0: not looked at */
  gint64 settled_ns; /* ... from this time on */
  gboolean steps;    /* the sender's time line does not go on smoothly */
  double drift_ppm;  /* of the clocks, to be known at the end */
  const char *why;   /* it is meant to end otherwise than with rtpjitterbuffer; may be NULL */
} Story;

/* Adds a test for each, below @path. */
void stories_add (const char *path, const Story *stories, guint n_stories);
