/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a reception means to a viewer, in sentences: translated, without a full stop at the end. */
#pragma once

#include "report/rules.h"

G_BEGIN_DECLS

/* Each returns (transfer full) one sentence.
 * @error: (out): what kind of trouble it is, by what may help */
char *lec_explain_waiting (const LecAlternative *alternative);
char *
lec_explain_nothing (const LecReception *self, const LecAlternative *alternative, LecError *error);
char *lec_explain_no_picture (const LecReception *self,
                              const LecAlternative *alternative,
                              LecError *error);
char *lec_explain_silence (const LecReception *self);

/* Returns: (transfer none): what of the above, or of a verdict, is said in @phase */
const LecRule *
lec_explain_find (LecPhase phase, const LecReception *self, const LecAlternative *alternative);

/**
 * lec_explain_advice:
 *
 * Returns: (transfer full) (nullable): a sentence or two on what would help, as far as the network
 *   and this computer are known; NULL: there is nothing to do
 */
char *lec_explain_advice (const LecReception *self);

G_END_DECLS
