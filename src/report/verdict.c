/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/verdict.h"

LecVerdict
lec_verdict_of (const LecReception *reception)
{
  double loss = lec_reception_get_loss (reception);

  if (lec_reception_has_ended (reception))
    return LEC_VERDICT_ENDED;
  if (lec_reception_is_silent (reception))
    return LEC_VERDICT_SILENT;
  if (reception->sum.received == 0 || lec_reception_is_foreign (reception))
    return LEC_VERDICT_NOTHING;
  if (loss >= LEC_RECEPTION_BAD_LOSS || reception->missing > 0)
    return LEC_VERDICT_BAD;
  return loss > 0 || reception->silent_legs > 0 ? LEC_VERDICT_FAIR : LEC_VERDICT_GOOD;
}
