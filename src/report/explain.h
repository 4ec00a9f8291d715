/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a reception means to a viewer, in sentences: translated, without a full stop at the end. */
#pragma once

#include "report/rules.h"

G_BEGIN_DECLS

/* Returns: (transfer full): that @alternative is waited for */
char *lec_explain_waiting (const LecAlternative *alternative);

/* Returns: (transfer none): the rule that speaks in @phase */
const LecRule *
lec_explain_find (LecPhase phase, const LecReception *self, const LecAlternative *alternative);

/**
 * lec_explain:
 * @alternative: (nullable): what is being received; needed until something is played
 * @error: (out) (optional): what kind of trouble it is, by what may help
 *
 * Returns: (transfer full): the sentence of that rule
 */
char *lec_explain (LecPhase phase,
                   const LecReception *self,
                   const LecAlternative *alternative,
                   LecError *error);

/**
 * lec_explain_advice:
 *
 * Returns: (transfer full) (nullable): a sentence or two on what would help, as far as the network
 *   and this computer are known; NULL: there is nothing to do
 */
char *lec_explain_advice (const LecReception *self);

G_END_DECLS
