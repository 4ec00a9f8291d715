/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/doctor-track.h"

#include "wire/units.h"

#define SOON_NS (2 * SECOND) /* of waiting: it may come any moment */
#define STILL_NS (1500 * MSECOND)
#define DECODE_US (5 * G_TIME_SPAN_SECOND) /* packets, and no picture yet */

/* A medium that has come steadily, and does not come any more while others do. What comes now and
 * then, as slides do, may stay away for longer. */
#define GONE_NS (5 * SECOND)
#define GONE_TURNS 10

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

/* From one picture to the next, or from one buffer of sound, as long as they came. */
static gint64
get_usual_ns (const LecExam *exam)
{
  const LecTrackReport *track = exam->track;
  const LecStreamReport *stream = exam->stream;
  LecReport *report = exam->facts->report;
  const gint64 first_ns = stream != NULL ? MAX (stream->stats.first_packet_ns, 0) : 0;

  return MAX (report->now_ns - report->joined_ns - track->still_ns - first_ns, 0)
         / (gint64) track->counts.decoded;
}

static gboolean
others_come (const LecExam *exam)
{
  for (guint i = 0; i < exam->facts->report->n_tracks; i++) {
    const LecTrackReport *other = &exam->facts->report->tracks[i];

    if (other != exam->track && other->second.packets > 0)
      return TRUE;
  }
  return FALSE;
}

gboolean
lec_doctor_is_gone (const LecExam *exam)
{
  const LecTrackReport *track = exam->track;

  return track->counts.decoded > 0 && track->second.packets == 0
         && track->still_ns >= MAX (GONE_NS, GONE_TURNS * get_usual_ns (exam))
         && others_come (exam);
}

gboolean
lec_doctor_has_stopped (const LecExam *exam)
{
  const LecTrackReport *track = exam->track;

  return track->state == LEC_TRACK_STALLED
         || (track->counts.decoded > 0 && track->second.decoded == 0
             && ((track->still_ns >= STILL_NS && track->second.units > 1)
                 || (track->still_ns >= NO_UNIT_NS && track->second.packets >= MANY)));
}

gboolean
lec_doctor_is_decoding_early (const LecExam *exam)
{
  return exam->facts->awaited_us < DECODE_US;
}
