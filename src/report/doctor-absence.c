/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/doctor-absence.h"

#include <string.h>

#include "wire/units.h"

#define LASTING_NS (3 * SECOND) /* less may be an accident */
#define COMING_NS SECOND        /* of others: it is not all of the channel */
#define STEADY 100              /* [packets] */

/* What has come for so long without ever staying away for longer is missed at once. */
#define KNOWN_NS (10 * SECOND)
#define REGULAR_NS (500 * MSECOND) /* more than the 400 ms between packets of a silence in Opus */

/* What has stayed away before may do so again, and what comes now and then, as slides do, for
 * longer. */
#define AGAIN 5 /* times the longest pause */
#define TURNS 10
#define GONE_NS (5 * SECOND)

/* Of a few pictures it is not known how often they come. */
#define UNKNOWN_NS (30 * SECOND)
#define HARDLY_NS (2 * SECOND)

/* A codec for speech may send nothing while nobody speaks (RFC 3551, section 4.1). Nobody speaks
 * for a minute without a pause. */
#define QUIET_NS (15 * SECOND)
#define SPEECH_NS (60 * SECOND)

/* How one medium has come so far. */
typedef struct
{
  LecMedia media;
  gboolean is_speech; /* of a kind that may pause */
  gint64 away_ns;     /* since it came last */
  gint64 known_ns;    /* and from its first time until then */
  gint64 pause_ns;    /* the longest one of that */
  gint64 usual_ns;    /* from one to the next; 0: often */
} Habit;

static gboolean
is_regular (const Habit *habit)
{
  return habit->known_ns >= (habit->is_speech ? SPEECH_NS : KNOWN_NS)
         && habit->pause_ns <= REGULAR_NS && TURNS * habit->usual_ns <= LASTING_NS;
}

static gint64
get_patience_ns (const Habit *habit)
{
  const gint64 longest_ns = MAX (AGAIN * habit->pause_ns, TURNS * habit->usual_ns);

  if (is_regular (habit))
    return LASTING_NS;
  if (habit->is_speech)
    return MAX (QUIET_NS, longest_ns);
  if (habit->media == LEC_MEDIA_VIDEO && habit->known_ns < HARDLY_NS)
    return UNKNOWN_NS;
  return MAX (GONE_NS, longest_ns);
}

/* ---- speech ---- */

static gboolean
is_of_speech (const char *encoding)
{
  static const char *const encodings[]
      = { "PCMU",    "PCMA",      "G721",    "G722",    "G723",    "G728",           "G729",
          "G729D",   "G729E",     "G726-16", "G726-24", "G726-32", "G726-40",        "GSM",
          "GSM-EFR", "GSM-HR-08", "ILBC",    "SPEEX",   "AMR",     "AMR-WB",         "EVS",
          "LPC",     "QCELP",     "DVI4",    "CN",      "SIREN",   "TELEPHONE-EVENT" };

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++) {
    if (g_ascii_strcasecmp (encoding, encodings[i]) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_speech (const LecStreamReport *stream)
{
  return stream != NULL && stream->media == LEC_MEDIA_AUDIO && is_of_speech (stream->encoding);
}

/* ---- streams ---- */

static gint64
get_away_ns (const LecExam *exam)
{
  return lec_report_get_age (exam->facts->report, exam->stream->stats.last_packet_ns);
}

static gboolean
other_streams_come (const LecExam *exam)
{
  LecReport *report = exam->facts->report;

  for (guint i = 0; i < report->n_streams; i++) {
    const gint64 age_ns = lec_report_get_age (report, report->streams[i].stats.last_packet_ns);

    if (&report->streams[i] != exam->stream && age_ns >= 0 && age_ns < COMING_NS)
      return TRUE;
  }
  return FALSE;
}

static Habit
get_habit_of_stream (const LecExam *exam)
{
  const LecStats *stats = &exam->stream->stats;
  const gint64 joined_ns = exam->facts->report->joined_ns;

  return (Habit){ .media = exam->stream->media,
                  .is_speech = is_speech (exam->stream),
                  .away_ns = get_away_ns (exam),
                  .known_ns = stats->last_packet_ns - joined_ns - stats->first_packet_ns,
                  .pause_ns = stats->pause_ns };
}

/* Whether it has come like something that goes on, and does not any more while others do. Where all
 * is silent, it is another phase. */
static gboolean
stays_away (const LecExam *exam)
{
  const LecStreamReport *stream = exam->stream;

  return (stream->media == LEC_MEDIA_VIDEO || stream->media == LEC_MEDIA_AUDIO)
         && stream->stats.out >= STEADY && get_away_ns (exam) >= LASTING_NS
         && other_streams_come (exam);
}

/* Longer than it ever did; and speech pauses as often as it likes. */
gboolean
lec_doctor_is_stream_paused (const LecExam *exam)
{
  const Habit habit = get_habit_of_stream (exam);

  return exam->stream->stats.silence == LEC_SILENCE_PAUSE && stays_away (exam) && !habit.is_speech
         && habit.away_ns >= get_patience_ns (&habit);
}

gboolean
lec_doctor_is_stream_held_back (const LecExam *exam)
{
  return exam->stream->stats.silence == LEC_SILENCE_LOSS && stays_away (exam);
}

/* Where it is decoded, its track says so. */
gboolean
lec_doctor_is_stream_gone (const LecExam *exam)
{
  const Habit habit = get_habit_of_stream (exam);

  return exam->facts->report->n_tracks == 0 && exam->stream->stats.silence != LEC_SILENCE_PAUSE
         && stays_away (exam) && habit.away_ns >= get_patience_ns (&habit);
}

/* ---- tracks ---- */

/* Until it was decoded last. */
static gint64
get_known_ns (const LecExam *exam)
{
  LecReport *report = exam->facts->report;
  const gint64 first_ns = exam->stream != NULL ? MAX (exam->stream->stats.first_packet_ns, 0) : 0;

  return MAX (report->now_ns - report->joined_ns - exam->track->still_ns - first_ns, 0);
}

static Habit
get_habit_of_track (const LecExam *exam)
{
  const gint64 known_ns = get_known_ns (exam);

  return (Habit){ .media = exam->track->media,
                  .is_speech = exam->track->media == LEC_MEDIA_AUDIO && is_speech (exam->stream),
                  .away_ns = exam->track->still_ns,
                  .known_ns = known_ns,
                  .pause_ns = exam->track->pause_ns,
                  .usual_ns = known_ns / (gint64) exam->track->counts.decoded };
}

static gboolean
other_tracks_come (const LecExam *exam)
{
  for (guint i = 0; i < exam->facts->report->n_tracks; i++) {
    const LecTrackReport *other = &exam->facts->report->tracks[i];

    if (other != exam->track && other->second.packets > 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_paused_by_sender (const LecExam *exam)
{
  return exam->stream != NULL && exam->stream->stats.silence == LEC_SILENCE_PAUSE;
}

gboolean
lec_doctor_is_gone (const LecExam *exam)
{
  Habit habit;

  if (exam->track->counts.decoded == 0 || exam->track->second.packets > 0
      || is_paused_by_sender (exam) || !other_tracks_come (exam))
    return FALSE;
  habit = get_habit_of_track (exam);
  return habit.away_ns >= get_patience_ns (&habit);
}
