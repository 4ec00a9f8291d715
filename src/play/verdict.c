/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/verdict.h"

#define BAD_LOSS 0.01 /* of the packets: a glitch every few seconds, whatever the medium */

static double
get_loss (const LecReception *reception)
{
  double missing = (double) (reception->lost + reception->lost_local);

  return missing > 0 ? missing / (missing + (double) lec_reception_get_good (reception)) : 0.0;
}

LecVerdict
lec_verdict_of (const LecReception *reception)
{
  double loss = get_loss (reception);

  if (reception->received == 0 || lec_reception_is_foreign (reception))
    return LEC_VERDICT_NOTHING;
  if (loss >= BAD_LOSS)
    return LEC_VERDICT_BAD;
  return loss > 0 || reception->mute_legs > 0 ? LEC_VERDICT_FAIR : LEC_VERDICT_GOOD;
}

static char *
explain_loss (const LecReception *reception)
{
  guint64 all = lec_reception_get_good (reception) + reception->lost + reception->lost_local;

  if (reception->lost_local > reception->lost)
    return g_strdup_printf ("This computer dropped %" G_GUINT64_FORMAT
                            " packets itself: it is too slow or its receive buffer too small",
                            reception->lost_local);
  /* what came late had been given up, and was counted lost, before */
  if (reception->late * 2 > reception->lost)
    return g_strdup_printf ("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                            " packets came too late to be played (%.2f %%): more latency would "
                            "save them",
                            reception->late, all,
                            100.0 * (double) reception->late / (double) MAX (all, 1));
  return g_strdup_printf ("The network lost %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                          " packets (%.2f %%)",
                          reception->lost, all, 100.0 * get_loss (reception));
}

char *
lec_verdict_explain (const LecReception *reception)
{
  if (reception->received == 0)
    return g_strdup ("Nothing has arrived");
  if (lec_reception_is_foreign (reception))
    return g_strdup ("Packets arrive, but none of the kind that was announced");
  if (reception->lost + reception->lost_local > 0)
    return explain_loss (reception);
  if (reception->mute_legs > 0)
    return g_strdup_printf ("Everything has arrived, but %u of %u paths bring nothing: there is "
                            "less protection than the sender meant",
                            reception->mute_legs, reception->legs);
  if (reception->recovered > 0)
    return g_strdup_printf ("Everything is there: %" G_GUINT64_FORMAT
                            " lost packets were rebuilt from repair data",
                            reception->recovered);
  return g_strdup ("Everything sent has arrived");
}
