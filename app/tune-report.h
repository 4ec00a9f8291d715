/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What lectern-tune says at the end: how the channel was received, and what that means. */
#pragma once

#include <json-glib/json-glib.h>

#include "play/player.h"

G_BEGIN_DECLS

typedef struct
{
  LecPlayer *player;      /* whose channel it is about */
  LecReport *report;      /* (nullable): as of the last look */
  double seconds;         /* that it took */
  gboolean decode;        /* whether something was to be decoded */
  guint64 frames, sounds; /* video frames and audio buffers that were */
  guint64 texts;          /* changes of a text that was */
  gboolean fell_silent;   /* the station did, without a word */
} LecTuneReport;

/* Prints some lines for a person; the last one is the verdict. The player has a channel. */
void lec_tune_report_print (const LecTuneReport *self);

/**
 * lec_tune_report_to_json:
 *
 * Returns: (transfer full): the channel, the statistics and the verdict
 */
JsonObject *lec_tune_report_to_json (const LecTuneReport *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
