/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/doctor-network.h"

#include "report/doctor.h"

#define DROWNING_US (3 * G_TIME_SPAN_SECOND) /* less may be an accident */
#define DROWNING_LOSS 0.1                    /* of which hardly a picture comes together */
#define BURST 3                              /* [packets] in a row, on average */
#define BURST_WIRELESS 2
#define BURSTS 4  /* so few may be an accident */
#define FULL 0.85 /* of what an interface carries: the rest are headers and others */

const LecLeg *
lec_doctor_get_leg (const LecExam *exam)
{
  const LecAlternative *alternative = exam->facts->alternative;

  return alternative != NULL ? lec_alternative_get_leg (alternative) : NULL;
}

/* ---- nothing has come ---- */

/* It may any moment. */
gboolean
lec_doctor_is_early (const LecExam *exam)
{
  return exam->facts->awaited_us < LEC_DOCTOR_SILENCE_US;
}

gboolean
lec_doctor_is_all_damaged (const LecExam *exam)
{
  return exam->reception->sum.damaged > 0;
}

gboolean
lec_doctor_needs_source (const LecExam *exam)
{
  const LecLeg *leg = lec_doctor_get_leg (exam);

  return leg != NULL && leg->sources == NULL && lec_address_needs_source (leg->group);
}

gboolean
lec_doctor_is_group (const LecExam *exam)
{
  const LecLeg *leg = lec_doctor_get_leg (exam);

  return leg != NULL && lec_address_is_group (leg->group);
}

gboolean
lec_doctor_is_of_one_source (const LecExam *exam)
{
  return lec_doctor_is_group (exam) && lec_doctor_get_leg (exam)->sources != NULL;
}

gboolean
lec_doctor_is_of_other_source (const LecExam *exam)
{
  return *exam->reception->network.stranger != '\0' && lec_doctor_is_of_one_source (exam);
}

gboolean
lec_doctor_is_asked_for (const LecExam *exam)
{
  return lec_doctor_is_group (exam) && exam->reception->network.querier == LEC_REPORT_QUERIER_SEEN;
}

gboolean
lec_doctor_is_unasked (const LecExam *exam)
{
  return lec_doctor_is_group (exam)
         && exam->reception->network.querier == LEC_REPORT_QUERIER_UNSEEN;
}

/* ---- nothing comes any more ---- */

gboolean
lec_doctor_may_be_cut_off (const LecExam *exam)
{
  const LecNetworkReport *network = &exam->reception->network;

  return exam->reception->session == LEC_REPORT_SESSION_NONE
         && network->querier != LEC_REPORT_QUERIER_SEEN
         && (network->forwarding_losses > 0 || network->querier == LEC_REPORT_QUERIER_UNSEEN);
}

/* Between programs of one computer there is none. */
gboolean
lec_doctor_may_be_network (const LecExam *exam)
{
  return !g_str_equal (exam->reception->interfaces, "lo");
}

gboolean
lec_doctor_was_cut_off (const LecExam *exam)
{
  return exam->reception->network.forwarding_losses > 0
         && exam->reception->network.querier == LEC_REPORT_QUERIER_UNKNOWN;
}

gboolean
lec_doctor_was_cut_off_unasked (const LecExam *exam)
{
  return exam->reception->network.forwarding_losses > 0
         && exam->reception->network.querier == LEC_REPORT_QUERIER_UNSEEN;
}

/* ---- something is missing ---- */

gboolean
lec_doctor_is_greatest (const LecExam *exam, guint64 part)
{
  return lec_reception_is_greatest (exam->recent, part)
         && (lec_reception_get_loss (exam->recent) >= LEC_RECEPTION_BAD_LOSS
             || !lec_doctor_has_trouble (exam));
}

gboolean
lec_doctor_is_damaged (const LecExam *exam)
{
  return lec_doctor_is_greatest (exam, exam->recent->sum.damaged);
}

gboolean
lec_doctor_is_late (const LecExam *exam)
{
  return lec_doctor_is_greatest (exam, exam->recent->sum.late);
}

gboolean
lec_doctor_is_lost (const LecExam *exam)
{
  return lec_doctor_is_greatest (exam, exam->recent->sum.lost);
}

static gboolean
is_lost_badly (const LecExam *exam)
{
  return lec_doctor_is_lost (exam)
         && lec_reception_get_loss (exam->recent) >= LEC_RECEPTION_BAD_LOSS;
}

gboolean
lec_doctor_is_full (const LecExam *exam)
{
  const LecNetworkReport *network = &exam->reception->network;

  return is_lost_badly (exam) && network->speed > 0
         && (double) network->rate >= FULL * 1e6 * network->speed;
}

gboolean
lec_doctor_is_capped (const LecExam *exam)
{
  return lec_doctor_is_lost (exam) && exam->reception->network.capped;
}

static gboolean
comes_in_bursts (const LecExam *exam, guint least)
{
  const LecStats *sum = &exam->recent->sum;

  return is_lost_badly (exam) && sum->gaps >= BURSTS && sum->lost >= least * sum->gaps;
}

gboolean
lec_doctor_is_bursty_wireless (const LecExam *exam)
{
  return exam->reception->network.wireless && comes_in_bursts (exam, BURST_WIRELESS);
}

gboolean
lec_doctor_is_bursty (const LecExam *exam)
{
  return comes_in_bursts (exam, BURST);
}

gboolean
lec_doctor_is_drowned (const LecExam *exam)
{
  return lec_reception_is_greatest (exam->recent, exam->recent->sum.lost)
         && lec_reception_get_loss (exam->recent) >= DROWNING_LOSS
         && exam->facts->awaited_us >= DROWNING_US;
}

gboolean
lec_doctor_has_silent_legs (const LecExam *exam)
{
  return exam->recent->silent_legs > 0;
}

gboolean
lec_doctor_is_repaired (const LecExam *exam)
{
  return exam->recent->sum.recovered > 0;
}

gboolean
lec_doctor_waits_for_repair (const LecExam *exam)
{
  return lec_doctor_is_repaired (exam) && exam->recent->repair_ns > 0;
}

/* Not where so little of it can be that it is no help. */
gboolean
lec_doctor_is_partly_repaired (const LecExam *exam)
{
  return lec_doctor_is_lost (exam) && exam->recent->sum.recovered >= exam->recent->sum.lost;
}
