/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/doctor-track.h"

#include "wire/units.h"

#define SOON_NS (2 * SECOND) /* of waiting: it may come any moment */
#define STILL_NS (1500 * MSECOND)
#define STILL_SLACK_NS (500 * MSECOND)     /* beside the latency */
#define DECODE_US (5 * G_TIME_SPAN_SECOND) /* packets, and no picture yet */

/* Packets in a second of which no unit comes together, for a longer time: a slide may take as many,
 * and then has come. */
#define MANY 20
#define NO_UNIT_NS (5 * SECOND)

gboolean
lec_doctor_is_wanted (const LecTrackReport *track)
{
  return track->state != LEC_TRACK_UNWANTED
         && (track->media == LEC_MEDIA_VIDEO || track->media == LEC_MEDIA_AUDIO);
}

/* ---- it cannot be decoded here ---- */

gboolean
lec_doctor_is_of_unknown_codec (const LecExam *exam)
{
  return exam->track->state == LEC_TRACK_UNKNOWN;
}

gboolean
lec_doctor_is_of_unsafe_codec (const LecExam *exam)
{
  return exam->track->state == LEC_TRACK_REFUSED;
}

gboolean
lec_doctor_is_scrambled_by (const LecExam *exam)
{
  return exam->track->state == LEC_TRACK_SCRAMBLED && *exam->track->ca_system != '\0';
}

gboolean
lec_doctor_is_scrambled (const LecExam *exam)
{
  return exam->track->state == LEC_TRACK_SCRAMBLED;
}

gboolean
lec_doctor_is_protected (const LecExam *exam)
{
  return exam->track->state == LEC_TRACK_PROTECTED;
}

gboolean
lec_doctor_lacks_package (const LecExam *exam)
{
  return exam->track->state == LEC_TRACK_NO_DECODER && *exam->track->package != '\0';
}

gboolean
lec_doctor_lacks_decoder (const LecExam *exam)
{
  return exam->track->state == LEC_TRACK_NO_DECODER;
}

gboolean
lec_doctor_is_undescribed (const LecExam *exam)
{
  return exam->track->state == LEC_TRACK_UNDESCRIBED;
}

/* ---- it is not decoded yet, or not any more ---- */

static gboolean
waits_for (const LecExam *exam, LecTrackWait wait)
{
  return exam->track->state == LEC_TRACK_WAITING && exam->track->wait == wait
         && exam->track->wait_ns >= SOON_NS;
}

gboolean
lec_doctor_waits_for_parameter_sets (const LecExam *exam)
{
  return waits_for (exam, LEC_TRACK_WAIT_PARAMETER_SETS);
}

gboolean
lec_doctor_waits_for_key_frame (const LecExam *exam)
{
  return waits_for (exam, LEC_TRACK_WAIT_KEY_FRAME);
}

/* Parameter sets tell the codec, and so does what was decoded before. */
gboolean
lec_doctor_may_be_other_codec (const LecExam *exam)
{
  return lec_doctor_waits_for_key_frame (exam) && exam->track->counts.parameter_sets == 0
         && exam->track->counts.decoded == 0;
}

gboolean
lec_doctor_waits_for_recovery (const LecExam *exam)
{
  return waits_for (exam, LEC_TRACK_WAIT_RECOVERY);
}

gboolean
lec_doctor_is_undecoded (const LecExam *exam)
{
  const LecTrackReport *track = exam->track;

  return (track->state == LEC_TRACK_STALLED && track->counts.decoded == 0)
         || waits_for (exam, LEC_TRACK_WAIT_DECODER) || waits_for (exam, LEC_TRACK_WAIT_UNITS);
}

/* While the latency grows to what repair needs, all media stand still, for no longer than it is. */
static gint64
get_still_limit_ns (const LecExam *exam)
{
  return MAX (STILL_NS, exam->facts->report->latency_ns + STILL_SLACK_NS);
}

gboolean
lec_doctor_has_stopped (const LecExam *exam)
{
  const LecTrackReport *track = exam->track;

  return track->state == LEC_TRACK_STALLED
         || (track->counts.decoded > 0 && track->second.decoded == 0
             && ((track->still_ns >= get_still_limit_ns (exam) && track->second.units > 1)
                 || (track->still_ns >= NO_UNIT_NS && track->second.packets >= MANY)));
}

gboolean
lec_doctor_is_decoding_early (const LecExam *exam)
{
  return exam->facts->awaited_us < DECODE_US;
}
