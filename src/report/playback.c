/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/playback.h"

#include "report/doctor-rules.h"
#include "report/doctor-track.h"

/* It is asked of those channels only that have nothing else: beside picture and sound it may be
 * silent for as long as it likes. */
static gboolean
has_text (LecReport *report)
{
  for (guint i = 0; i < report->n_tracks; i++) {
    if (report->tracks[i].media == LEC_MEDIA_TEXT && report->tracks[i].counts.decoded > 0)
      return TRUE;
  }
  return FALSE;
}

/* Of what the rules about media need to know, a report has all. */
static LecDoctorCase
open_case (LecReport *report)
{
  return (LecDoctorCase){ .report = report, .reception = lec_reception_read (report) };
}

static LecExam
begin (const LecDoctorCase *facts)
{
  return (LecExam){ .facts = facts, .reception = &facts->reception, .recent = &facts->reception };
}

LecPlayback
lec_playback_of (LecReport *report)
{
  const LecDoctorCase facts = open_case (report);
  guint wanted = 0, decoded = 0, fine = 0;

  for (guint i = 0; i < report->n_tracks; i++) {
    const LecTrackReport *track = &report->tracks[i];
    LecExam exam = begin (&facts);

    if (!lec_doctor_is_wanted (track))
      continue;
    wanted++;
    if (track->counts.decoded == 0)
      continue;
    decoded++;
    exam.stream = track->stream < report->n_streams ? &report->streams[track->stream] : NULL;
    exam.track = track;
    fine += (exam.stream == NULL || lec_doctor_find_of_stream (&exam) == NULL)
            && lec_doctor_find_of_track (&exam) == NULL;
  }
  if (wanted == 0 && has_text (report))
    return LEC_PLAYBACK_ALL;
  if (decoded == 0)
    return LEC_PLAYBACK_NOTHING;
  return fine == wanted ? LEC_PLAYBACK_ALL : LEC_PLAYBACK_PART;
}

static gboolean
has_trouble (LecReport *report)
{
  const LecDoctorCase facts = open_case (report);
  const LecExam exam = begin (&facts);

  return lec_doctor_has_trouble (&exam) || lec_playback_of (report) == LEC_PLAYBACK_NOTHING;
}

LecVerdict
lec_playback_judge (LecReport *report, LecVerdict verdict)
{
  if (report == NULL || report->n_tracks == 0 || verdict <= LEC_VERDICT_BAD
      || !has_trouble (report))
    return verdict;
  return LEC_VERDICT_BAD;
}

gboolean
lec_playback_is_hopeless (LecReport *report)
{
  guint wanted = 0;

  for (guint i = 0; i < report->n_tracks; i++) {
    const LecTrackReport *track = &report->tracks[i];

    if (!lec_doctor_is_wanted (track))
      continue;
    wanted++;
    if (track->state == LEC_TRACK_PROTECTED && report->msb == LEC_MSB_STATE_NONE)
      continue; /* of a multicast station the next entry may not be */
    if (track->state != LEC_TRACK_UNKNOWN && track->state != LEC_TRACK_REFUSED
        && track->state != LEC_TRACK_NO_DECODER && track->state != LEC_TRACK_UNDESCRIBED)
      return FALSE;
  }
  return wanted > 0;
}
