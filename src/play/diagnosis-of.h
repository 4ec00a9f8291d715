/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the doctor says of what a player plays, and a report of it all for whoever helps. */
#pragma once

#include "play/player.h"
#include "report/diagnosis.h"
#include "report/reception.h"

G_BEGIN_DECLS

/**
 * lec_player_diagnose:
 * @report: (nullable): of what it plays, as of now
 * @recent: (nullable): of the last seconds; NULL: since the join
 * @diagnosis: (out): to be cleared with lec_diagnosis_clear()
 */
void lec_player_diagnose (LecPlayer *player,
                          LecReport *report,
                          const LecReception *recent,
                          LecDiagnosis *diagnosis);

/* Returns: (transfer full): all that somebody who is asked for help asks for, in English, line by
 * line; without keys and names of persons */
char *lec_player_dup_report_text (LecPlayer *player, LecReport *report, const LecReception *recent);

G_END_DECLS
