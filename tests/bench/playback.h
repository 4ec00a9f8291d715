/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One trace played through one receiver in virtual time, and what came of it.
 *
 * Two receivers, told the same at the same times: our session, and GStreamer's rtpjitterbuffer. */
#pragma once

#include "channel/channel.h"
#include "support/station.h"
#include "wire/latency.h"

/* One packet that came out. */
typedef struct
{
  Arrival arrival;
  gint64 pts_ns;
  gint64 out_ns;     /* when */
  gint64 latency_ns; /* the sink shows it at its PTS + this */
  gboolean discont;
} Delivery;

typedef struct
{
  GArray *deliveries;                       /* of Delivery */
  guint64 lost, late, duplicate, discarded; /* [packets] as the receiver counted them */
  gint64 longest_latency_ns, final_latency_ns;
} Playback;

/* Asks for a latency that the receiver finds itself; ours only. */
#define LATENCY_AUTO LEC_LATENCY_AUTO

/* Whether our session can find its latency itself. */
gboolean playback_has_auto (void);

Playback playback_ours (const Trace *trace, LecMedia media, gint64 latency_ns);
/* gst_init() was called, and this process has played no other one at the same time. */
Playback playback_peer (const Trace *trace, gint64 latency_ns);
void playback_clear (Playback *playback);
