/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/doctor-host.h"

#include "report/doctor-network.h"
#include "wire/units.h"

#define LASTING_NS (3 * SECOND)   /* less may be an accident */
#define RECENT_NS (120 * SECOND)  /* as long as the history that is shown */
#define LONG_RUN 20               /* [packets] */
#define LITTLE_NS (100 * MSECOND) /* of a receive buffer: a busy computer is away as long */

/* ---- refusals ---- */

gboolean
lec_doctor_is_join_limited (const LecExam *exam)
{
  return exam->facts->refused == LEC_ERROR_JOIN_LIMIT;
}

gboolean
lec_doctor_is_port_held (const LecExam *exam)
{
  return exam->facts->refused == LEC_ERROR_PORT_HELD;
}

gboolean
lec_doctor_is_barred_for_source (const LecExam *exam)
{
  return exam->facts->refused == LEC_ERROR_NEEDS_SOURCE;
}

gboolean
lec_doctor_is_barred (const LecExam *exam)
{
  return exam->facts->refused != LEC_ERROR_UNSUPPORTED;
}

/* ---- interfaces ---- */

static gboolean
has_link (const LecExam *exam, LecReportLink link)
{
  return exam->facts->report != NULL && exam->facts->report->host.link == link;
}

gboolean
lec_doctor_is_link_down (const LecExam *exam)
{
  return has_link (exam, LEC_REPORT_LINK_DOWN);
}

gboolean
lec_doctor_is_link_gone (const LecExam *exam)
{
  return has_link (exam, LEC_REPORT_LINK_GONE);
}

gboolean
lec_doctor_is_isolated (const LecExam *exam)
{
  return has_link (exam, LEC_REPORT_LINK_NONE);
}

gboolean
lec_doctor_has_no_carrier (const LecExam *exam)
{
  return has_link (exam, LEC_REPORT_LINK_NO_CARRIER);
}

gboolean
lec_doctor_has_no_multicast (const LecExam *exam)
{
  return has_link (exam, LEC_REPORT_LINK_NO_MULTICAST);
}

gboolean
lec_doctor_has_no_v4 (const LecExam *exam)
{
  return has_link (exam, LEC_REPORT_LINK_NO_V4);
}

gboolean
lec_doctor_has_no_v6 (const LecExam *exam)
{
  return has_link (exam, LEC_REPORT_LINK_NO_V6);
}

gboolean
lec_doctor_has_only_v4 (const LecExam *exam)
{
  return has_link (exam, LEC_REPORT_LINK_ONLY_V4);
}

gboolean
lec_doctor_has_only_v6 (const LecExam *exam)
{
  return has_link (exam, LEC_REPORT_LINK_ONLY_V6);
}

/* ---- on the way to the sockets ---- */

static gboolean
has_drop (const LecExam *exam, LecReportDrop drop)
{
  return exam->facts->report != NULL && exam->facts->report->host.drop == drop;
}

/* The counters are of the whole host: what was there before the join may be anybody's. */
static gboolean
has_new_drop (const LecExam *exam, LecReportDrop drop)
{
  return has_drop (exam, drop) && exam->facts->report->host.drop_is_new;
}

gboolean
lec_doctor_is_unexpected (const LecExam *exam)
{
  return has_new_drop (exam, LEC_REPORT_DROP_REVERSE_PATH);
}

gboolean
lec_doctor_may_be_unexpected (const LecExam *exam)
{
  return has_drop (exam, LEC_REPORT_DROP_REVERSE_PATH);
}

gboolean
lec_doctor_is_filtered (const LecExam *exam)
{
  return has_drop (exam, LEC_REPORT_DROP_FIREWALL);
}

gboolean
lec_doctor_may_be_filtered (const LecExam *exam)
{
  return has_drop (exam, LEC_REPORT_DROP_FIREWALL_OR_GROUP);
}

gboolean
lec_doctor_is_of_other_port (const LecExam *exam)
{
  return has_new_drop (exam, LEC_REPORT_DROP_OTHER_PORT);
}

gboolean
lec_doctor_may_be_of_other_port (const LecExam *exam)
{
  return has_drop (exam, LEC_REPORT_DROP_OTHER_PORT);
}

gboolean
lec_doctor_drops_damaged (const LecExam *exam)
{
  return has_new_drop (exam, LEC_REPORT_DROP_DAMAGED);
}

gboolean
lec_doctor_may_drop_damaged (const LecExam *exam)
{
  return has_drop (exam, LEC_REPORT_DROP_DAMAGED);
}

/* The kernel looks at the checksum of small ones before a socket has them, so that these are
 * missing like any that were lost; only the host has counted them. A part of what is damaged does
 * not come as far as that, as its head is: so it is the cause from more than half of all that is
 * missing. */
gboolean
lec_doctor_lacks_damaged (const LecExam *exam)
{
  const LecStats *sum = &exam->reception->sum;
  const guint64 damaged = exam->facts->report != NULL ? exam->facts->report->host.damaged : 0;

  return lec_doctor_is_greatest (exam, exam->recent->sum.lost) && damaged > 0
         && damaged * 2 > sum->lost + sum->damaged;
}

/* A firewall that lets a part through, as by a limit of its own. What it drops of other groups is
 * counted, too: so it is the cause where it is about as much as what is missing. */
gboolean
lec_doctor_lacks_filtered (const LecExam *exam)
{
  const guint64 lost = exam->reception->sum.lost;
  const guint64 filtered = exam->facts->report != NULL ? exam->facts->report->host.filtered : 0;

  return lec_doctor_is_greatest (exam, exam->recent->sum.lost) && filtered * 2 > lost
         && filtered < lost * 2;
}

/* What is missing is so in long runs, as of a cable that was out. */
gboolean
lec_doctor_was_interrupted (const LecExam *exam)
{
  const LecStats *sum = &exam->recent->sum;
  LecReport *report = exam->facts->report;

  return report != NULL && report->host.interrupted_ns > 0
         && (exam->recent == exam->reception
             || report->now_ns - report->host.interrupted_ns < RECENT_NS)
         && lec_doctor_is_greatest (exam, sum->lost) && sum->lost >= LONG_RUN * MAX (sum->gaps, 1);
}

/* ---- at the sockets ---- */

static gboolean
is_dropped_here (const LecExam *exam)
{
  return lec_doctor_is_greatest (exam, exam->recent->sum.lost_local);
}

gboolean
lec_doctor_lacks_buffer (const LecExam *exam)
{
  return is_dropped_here (exam) && exam->recent->network.buffer_refused > 0;
}

/* The buffer is as large as it is to be. */
gboolean
lec_doctor_is_held_up (const LecExam *exam)
{
  return is_dropped_here (exam) && exam->recent->network.buffer_refused == 0;
}

gboolean
lec_doctor_may_lack_buffer (const LecExam *exam)
{
  const LecNetworkReport *network = &exam->reception->network;

  return network->buffer_refused > 0
         && (exam->reception->sum.lost_local > 0 || network->buffer_ns < LITTLE_NS);
}

/* ---- behind the decoders ---- */

gboolean
lec_doctor_is_unshown (const LecExam *exam)
{
  return exam->track->media == LEC_MEDIA_VIDEO && exam->track->state == LEC_TRACK_PLAYING
         && exam->track->unseen_ns >= LASTING_NS;
}

/* What does not arrive cannot be decoded in time; so it is this computer only while all arrives. */
gboolean
lec_doctor_is_too_slow (const LecExam *exam)
{
  return exam->track->media == LEC_MEDIA_VIDEO && exam->track->dropping_ns >= LASTING_NS
         && lec_reception_get_loss (exam->recent) < LEC_RECEPTION_BAD_LOSS;
}
