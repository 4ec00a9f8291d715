/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the statistics of channelsrc mean to a viewer, in sentences. */
#pragma once

#include <gst/gst.h>

#include "channel/channel.h"

G_BEGIN_DECLS

/* The streams of a channel taken together. */
typedef struct
{
  /* counters [packets], as in LecStats: since the join, or in some span of time */
  guint64 received;
  guint64 out;
  guint64 lost;
  guint64 lost_local;
  guint64 late;
  guint64 duplicate;
  guint64 recovered;
  guint64 discarded;
  guint64 decrypt_failed;

  /* as it is now */
  guint payload;       /* of the newest packet */
  gint64 silent_us;    /* since the newest packet of any stream; -1: none yet */
  guint speaking;      /* streams whose sender has not said goodbye, of those that have come */
  guint legs;          /* of the streams that come on more than one */
  guint mute_legs;     /* of those that bring nothing while another one of their stream does */
  char interfaces[64]; /* joined on, as told for the first stream */
} LecReception;

/* @stats: (nullable): of channelsrc */
LecReception lec_reception_read (const GstStructure *stats);

/* Returns: what has come between @before and @now; zero for what counts anew */
LecReception lec_reception_since (const LecReception *now, const LecReception *before);

/* Adds the counters of @other, and takes the rest from it. */
void lec_reception_add (LecReception *self, const LecReception *other);

/* @stream: one of the statistics
 * Returns: its legs that bring nothing while another one does */
guint lec_reception_count_mute_legs (const GstStructure *stream);

/* Returns: [packets] that came as they should, none counted twice */
guint64 lec_reception_get_good (const LecReception *self);

/* Returns: whether packets arrive of which none is understood */
gboolean lec_reception_is_foreign (const LecReception *self);

/* Each returns (transfer full) one sentence. */
char *lec_reception_explain_waiting (const LecAlternative *alternative);
char *lec_reception_explain_nothing (const LecReception *self, const LecAlternative *alternative);
char *lec_reception_explain_no_picture (const LecReception *self,
                                        const LecAlternative *alternative);
char *lec_reception_explain_silence (const LecReception *self);

G_END_DECLS
