/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the statistics of channelsrc mean to a viewer, in sentences. */
#pragma once

#include <gst/gst.h>

#include "wire/channel.h"

G_BEGIN_DECLS

/* The streams of a channel taken together. */
typedef struct
{
  guint64 received;
  guint64 out;
  guint64 discarded;
  guint64 undeciphered;
  guint payload;       /* of the newest packet */
  gint64 silent_us;    /* since the newest packet of any stream; -1: none yet */
  char interfaces[64]; /* joined on, as told for the first stream */
} LecReception;

/* @stats: (nullable): of channelsrc */
LecReception lec_reception_read (const GstStructure *stats);

/* Returns: whether packets arrive of which none is understood */
gboolean lec_reception_is_foreign (const LecReception *self);

/* Each returns (transfer full) one sentence. */
char *lec_reception_explain_waiting (const LecAlternative *alternative);
char *lec_reception_explain_nothing (const LecReception *self, const LecAlternative *alternative);
char *lec_reception_explain_no_picture (const LecReception *self,
                                        const LecAlternative *alternative);
char *lec_reception_explain_silence (const LecReception *self);

G_END_DECLS
