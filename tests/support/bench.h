/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs a session in virtual time, the way its owner does: feed what arrived, pull until it says
 * when to ask again, ask then. What must hold on any network is asserted on the way. */
#pragma once

#include "support/station.h"
#include "wire/session.h"

typedef struct
{
  Arrival arrival; /* of the packet that came out */
  gint64 extended;
  gint64 media;
  gint64 pts_ns;
  gint64 out_ns;    /* when */
  gboolean discont; /* something else came out between it and the one before */
  guint16 sequence; /* as its header says now */
} Output;

typedef struct
{
  LecGap gap;
  gint64 out_ns;
} Hole;

typedef struct
{
  LecPlayout playout; /* of which the session is the first stream */
  LecSession *session;
  gint64 now_ns;
  GArray *outputs; /* of Output */
  GArray *holes;   /* of Hole */
  guint64 fed;
  gint64 next; /* extended sequence number that may come out next */
  gboolean begun;
  gboolean discont;          /* something that was no packet came out last */
  gboolean time_line_breaks; /* the story has steps of time in it: PTS is checked there only */
} Bench;

/* What was announced: payload types 0 (8 kHz) and 8 (16 kHz) for audio, 96 (90 kHz) for video, 98
 * (48 kHz) for a studio. */
LecSession *session_of_media (LecMedia media, LecKind kind, guint legs, LecPlayout *playout);

void bench_init (Bench *bench, LecMedia media, LecKind kind, guint legs, gint64 latency_ns);
void bench_feed (Bench *bench, LecPacket *packet, guint leg);
/* One that did not come, but was rebuilt. */
void bench_feed_recovered (Bench *bench, LecPacket *packet);
/* Lets time pass, pulling whenever the session wants it. */
void bench_advance (Bench *bench, gint64 until_ns);
/* Time passes in which nothing is pulled: whoever would is kept from running. */
void bench_hold_up (Bench *bench, gint64 until_ns);
/* Lets time pass until @arrival is read. */
void bench_await (Bench *bench, const Arrival *arrival);
/* Feeds a sorted trace. */
void bench_play (Bench *bench, const Trace *trace);
/* Lets all deadlines pass, checks that every packet is accounted for and none leaked; frees. */
LecStats bench_finish (Bench *bench);

Output *bench_output (const Bench *bench, guint index);
/* Longest time between two packets out, from the first to the last one. */
gint64 bench_longest_silence (const Bench *bench);
