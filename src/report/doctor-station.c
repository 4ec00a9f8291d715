/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/doctor-station.h"

#define LASTING_US (3 * G_TIME_SPAN_SECOND) /* less may be an accident */
#define TOO_LOSSY 0.1                       /* to tell how time stamps run */
#define OVERRUN_S (15 * 60)                 /* that a lecture takes longer, or begins earlier */

gboolean
lec_doctor_always (const LecExam *exam)
{
  return TRUE;
}

/* ---- what is to be received ---- */

gboolean
lec_doctor_is_unknown (const LecExam *exam)
{
  return exam->facts->alternative == NULL;
}

/* A server is asked, which says itself what is wrong. */
gboolean
lec_doctor_is_to_be_opened (const LecExam *exam)
{
  return exam->facts->alternative->kind == LEC_KIND_URI;
}

gboolean
lec_doctor_is_not_captured (const LecExam *exam)
{
  return exam->facts->alternative != NULL && exam->facts->report != NULL
         && exam->facts->report->replayed;
}

gboolean
lec_doctor_is_served (const LecExam *exam)
{
  const LecAlternative *alternative = exam->facts->alternative;

  return alternative->rtsp != NULL && !lec_alternative_is_complete (alternative);
}

static gboolean
has_airing (const LecExam *exam, LecAiring airing)
{
  const LecDoctorCase *facts = exam->facts;

  return facts->schedule != NULL && facts->wall_s != 0
         && lec_schedule_get_airing (facts->schedule, facts->wall_s, NULL) == airing;
}

/* The station has sent at a time that is far from any announced one, so that those tell nothing of
 * why it does not send now. */
static gboolean
has_sent_out_of_time (const LecExam *exam)
{
  const gint64 last_s = exam->facts->wall_s - exam->reception->silent_us / G_USEC_PER_SEC;
  const LecSchedule *schedule = exam->facts->schedule;

  for (gint64 off_s = -OVERRUN_S; off_s <= OVERRUN_S; off_s += OVERRUN_S) {
    if (lec_schedule_get_airing (schedule, last_s + off_s, NULL) == LEC_AIRING_NOW)
      return FALSE;
  }
  return exam->reception->sum.received > 0;
}

gboolean
lec_doctor_is_later (const LecExam *exam)
{
  return has_airing (exam, LEC_AIRING_LATER) && !has_sent_out_of_time (exam);
}

gboolean
lec_doctor_is_over (const LecExam *exam)
{
  return has_airing (exam, LEC_AIRING_ENDED) && !has_sent_out_of_time (exam);
}

/* ---- whether it is there ---- */

gboolean
lec_doctor_is_paused (const LecExam *exam)
{
  return lec_reception_is_paused (exam->reception) && exam->reception->msb == LEC_MSB_STATE_NONE
         && !lec_reception_has_ended (exam->reception);
}

/* The first packet may be on its way. */
gboolean
lec_doctor_is_paused_at_join (const LecExam *exam)
{
  return lec_doctor_is_paused (exam) && exam->facts->awaited_us >= LASTING_US;
}

gboolean
lec_doctor_is_waiting_msb (const LecExam *exam)
{
  return exam->reception->msb == LEC_MSB_STATE_WAITING;
}

/* Between two entries, say. */
gboolean
lec_doctor_is_idle_msb (const LecExam *exam)
{
  return exam->reception->msb == LEC_MSB_STATE_PLAYING
         && lec_reception_is_attended (exam->reception);
}

gboolean
lec_doctor_has_ended_msb (const LecExam *exam)
{
  return exam->reception->msb == LEC_MSB_STATE_ENDED;
}

gboolean
lec_doctor_has_lost_server (const LecExam *exam)
{
  return exam->reception->session == LEC_REPORT_SESSION_GONE;
}

gboolean
lec_doctor_has_said_bye (const LecExam *exam)
{
  return exam->reception->speaking == 0 || exam->reception->parted > 0;
}

gboolean
lec_doctor_is_withdrawn (const LecExam *exam)
{
  return exam->reception->withdrawn;
}

/* ---- who else is, and how it sends ---- */

/* Where nothing can be played of what comes, it is the station itself that sends it. */
gboolean
lec_doctor_has_rival (const LecExam *exam)
{
  return exam->reception->others == 1 && !lec_reception_is_foreign (exam->reception);
}

gboolean
lec_doctor_has_rivals (const LecExam *exam)
{
  return exam->reception->others > 1 && !lec_reception_is_foreign (exam->reception);
}

gboolean
lec_doctor_is_unnumbered (const LecExam *exam)
{
  return exam->reception->unnumbered > 0;
}

/* A queue that is full lets through what it likes when it likes: of a station's time stamps nothing
 * is known then. */
static gboolean
lacks_times (const LecExam *exam)
{
  return exam->reception->untimed > 0 && lec_reception_get_loss (exam->reception) < TOO_LOSSY;
}

gboolean
lec_doctor_is_untimed (const LecExam *exam)
{
  return lacks_times (exam) && exam->reception->unnumbered == 0
         && exam->reception->msb == LEC_MSB_STATE_NONE;
}

gboolean
lec_doctor_is_untimed_msb (const LecExam *exam)
{
  return lacks_times (exam) && exam->reception->msb != LEC_MSB_STATE_NONE;
}
