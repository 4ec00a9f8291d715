/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/playback.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "report/text.h"
#include "wire/units.h"

#define SOON_NS (2 * SECOND)   /* of waiting: it may come any moment */
#define ABSENT_NS (3 * SECOND) /* of a stream of which nothing has come */
#define TABLES_NS (2 * SECOND) /* from the first packet */
#define STILL_NS (1500 * MSECOND)

/* A medium that has come steadily, and does not come any more while others do. What comes now and
 * then, as slides do, may stay away for longer. */
#define GONE_NS (5 * SECOND)
#define GONE_TURNS 10

/* Packets in a second of which no unit comes together, for a longer time: a slide may take as many,
 * and then has come. */
#define MANY 20
#define NO_UNIT_NS (5 * SECOND)

typedef struct
{
  LecReport *report;
  const LecTrackReport *track;
} Subject;

typedef struct
{
  gboolean (*applies) (const Subject *subject);
  const char *picture, *sound; /* to be translated */
  LecError error;
  LecDoctorCode code;
} Rule;

/* Since the join. */
static gint64
get_age_ns (LecReport *report)
{
  return report->now_ns - report->joined_ns;
}

/* ---- what is in the way ---- */

static const LecStreamReport *
get_stream (const Subject *subject)
{
  return subject->track->stream < subject->report->n_streams
             ? &subject->report->streams[subject->track->stream]
             : NULL;
}

static gboolean
is_unknown (const Subject *subject)
{
  return subject->track->state == LEC_TRACK_UNKNOWN;
}

static gboolean
is_refused (const Subject *subject)
{
  return subject->track->state == LEC_TRACK_REFUSED;
}

static gboolean
is_scrambled_by (const Subject *subject)
{
  return subject->track->state == LEC_TRACK_SCRAMBLED && *subject->track->ca_system != '\0';
}

static gboolean
is_scrambled (const Subject *subject)
{
  return subject->track->state == LEC_TRACK_SCRAMBLED;
}

static gboolean
is_encrypted (const Subject *subject)
{
  const LecStreamReport *stream = get_stream (subject);

  /* some decoders make noise of any bytes */
  return stream != NULL && stream->stats.encrypted;
}

static gboolean
lacks_known_package (const Subject *subject)
{
  return subject->track->state == LEC_TRACK_NO_DECODER && *subject->track->package != '\0';
}

static gboolean
lacks_decoder (const Subject *subject)
{
  return subject->track->state == LEC_TRACK_NO_DECODER;
}

static gboolean
is_undescribed (const Subject *subject)
{
  return subject->track->state == LEC_TRACK_UNDESCRIBED;
}

/* While other streams of the channel arrive. */
static gboolean
is_absent (const Subject *subject)
{
  const LecStreamReport *stream = get_stream (subject);
  gboolean others = FALSE;

  for (guint i = 0; i < subject->report->n_streams; i++)
    others = others || subject->report->streams[i].stats.received > 0;
  return stream != NULL && stream->stats.received == 0 && others
         && get_age_ns (subject->report) >= ABSENT_NS;
}

static gboolean
waits_for (const Subject *subject, LecTrackWait wait)
{
  return subject->track->state == LEC_TRACK_WAITING && subject->track->wait == wait
         && subject->track->wait_ns >= SOON_NS;
}

static gboolean
waits_for_parameter_sets (const Subject *subject)
{
  return waits_for (subject, LEC_TRACK_WAIT_PARAMETER_SETS);
}

static gboolean
waits_for_key_frame (const Subject *subject)
{
  return waits_for (subject, LEC_TRACK_WAIT_KEY_FRAME);
}

static gboolean
waits_for_recovery (const Subject *subject)
{
  return waits_for (subject, LEC_TRACK_WAIT_RECOVERY);
}

static gboolean
is_undecoded (const Subject *subject)
{
  const LecTrackReport *track = subject->track;

  return (track->state == LEC_TRACK_STALLED && track->counts.decoded == 0)
         || waits_for (subject, LEC_TRACK_WAIT_DECODER)
         || waits_for (subject, LEC_TRACK_WAIT_UNITS);
}

/* From one picture to the next, or from one buffer of sound, as long as they came. */
static gint64
get_usual_ns (const Subject *subject)
{
  const LecTrackReport *track = subject->track;
  const LecStreamReport *stream = get_stream (subject);
  const gint64 first_ns = stream != NULL ? MAX (stream->stats.first_packet_ns, 0) : 0;

  return MAX (get_age_ns (subject->report) - track->still_ns - first_ns, 0)
         / (gint64) track->counts.decoded;
}

static gboolean
others_come (const Subject *subject)
{
  for (guint i = 0; i < subject->report->n_tracks; i++) {
    const LecTrackReport *other = &subject->report->tracks[i];

    if (other != subject->track && other->second.packets > 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_gone (const Subject *subject)
{
  const LecTrackReport *track = subject->track;

  return track->counts.decoded > 0 && track->second.packets == 0
         && track->still_ns >= MAX (GONE_NS, GONE_TURNS * get_usual_ns (subject))
         && others_come (subject);
}

static gboolean
has_stopped (const Subject *subject)
{
  const LecTrackReport *track = subject->track;

  return track->state == LEC_TRACK_STALLED
         || (track->counts.decoded > 0 && track->second.decoded == 0
             && ((track->still_ns >= STILL_NS && track->second.units > 1)
                 || (track->still_ns >= NO_UNIT_NS && track->second.packets >= MANY)));
}

static const Rule rules[] = {
  { is_unknown, N_ ("Nothing here can play what this channel sends as “{codec}”"),
    N_ ("Nothing here can play what this channel sends as “{codec}”"), LEC_ERROR_UNSUPPORTED,
    LEC_DOCTOR_UNKNOWN_CODEC },
  { is_refused,
    N_ ("Lectern does not play “{codec}” on purpose: what reads it is not safe with damaged "
        "packets; ask the sender for another format"),
    NULL, LEC_ERROR_UNSUPPORTED, LEC_DOCTOR_UNKNOWN_CODEC },
  { lacks_known_package,
    N_ ("This computer has no decoder for the picture ({codec}): install the package {package}"),
    N_ ("This computer has no decoder for the sound ({codec}): install the package {package}"),
    LEC_ERROR_UNSUPPORTED, LEC_DOCTOR_NO_DECODER },
  { lacks_decoder, N_ ("This computer has no decoder for the picture ({codec})"),
    N_ ("This computer has no decoder for the sound ({codec})"), LEC_ERROR_UNSUPPORTED,
    LEC_DOCTOR_NO_DECODER },
  { is_scrambled_by,
    N_ ("The picture is scrambled by {ca}: it can be seen only where that can be descrambled"),
    N_ ("The sound is scrambled by {ca}: it can be heard only where that can be descrambled"),
    LEC_ERROR_UNSUPPORTED, LEC_DOCTOR_SCRAMBLED },
  { is_scrambled,
    N_ ("The picture is scrambled: it can be seen only where that can be descrambled"),
    N_ ("The sound is scrambled: it can be heard only where that can be descrambled"),
    LEC_ERROR_UNSUPPORTED, LEC_DOCTOR_SCRAMBLED },
  { is_encrypted,
    N_ ("The picture comes encrypted (SRTP), but the announcement gives no key: ask the sender for "
        "one with a=crypto"),
    N_ ("The sound comes encrypted (SRTP), but the announcement gives no key: ask the sender for "
        "one with a=crypto"),
    LEC_ERROR_UNSUPPORTED, LEC_DOCTOR_KEY_MISSING },
  { is_undescribed,
    N_ ("The picture cannot be decoded: its description in the announcement is incomplete or "
        "wrong; ask the sender for a newer one"),
    N_ ("The sound cannot be decoded: its description in the announcement is incomplete or wrong; "
        "ask the sender for a newer one"),
    LEC_ERROR_UNSUPPORTED, LEC_DOCTOR_UNDESCRIBED },
  { is_absent, N_ ("Nothing of the picture has come"), N_ ("Nothing of the sound has come"),
    LEC_ERROR_SILENT, LEC_DOCTOR_STREAM_MISSING },
  { waits_for_parameter_sets,
    N_ ("The picture has been waiting for its parameter sets for {waited} s: the station sends "
        "them too seldom and the announcement does not have them, or it is not what was announced"),
    NULL, LEC_ERROR_NONE, LEC_DOCTOR_NO_PARAMETER_SETS },
  { waits_for_key_frame, N_ ("The picture has been waiting for a key frame for {waited} s"),
    N_ ("The sound has been waiting for a place to begin for {waited} s"), LEC_ERROR_NONE,
    LEC_DOCTOR_NO_KEY_FRAME },
  { waits_for_recovery, N_ ("The picture is being refreshed bit by bit, for {waited} s so far"),
    NULL, LEC_ERROR_NONE, LEC_DOCTOR_NO_KEY_FRAME },
  { is_undecoded,
    N_ ("Nothing of the picture can be decoded, although its packets arrive: they may be damaged, "
        "encrypted, or not what was announced"),
    N_ ("Nothing of the sound can be decoded, although its packets arrive: they may be damaged, "
        "encrypted, or not what was announced"),
    LEC_ERROR_UNSUPPORTED, LEC_DOCTOR_UNDECODED },
  { is_gone, N_ ("Nothing of the picture has come for {still} s, while other media arrive"),
    N_ ("Nothing of the sound has come for {still} s, while other media arrive"), LEC_ERROR_NONE,
    LEC_DOCTOR_STREAM_MISSING },
  { has_stopped, N_ ("The picture has stood still for {still} s while packets arrive"),
    N_ ("The sound has been missing for {still} s while packets arrive"), LEC_ERROR_NONE,
    LEC_DOCTOR_STALLED },
  { NULL },
};

static const Rule *
find_rule (const Subject *subject)
{
  for (const Rule *rule = rules; rule->applies != NULL; rule++) {
    if (rule->applies (subject))
      return rule;
  }
  return NULL;
}

/* ---- sentences ---- */

static void
append_figure (GString *sentence, const char *name, gconstpointer data)
{
  const LecTrackReport *track = ((const Subject *) data)->track;

  if (g_str_equal (name, "codec"))
    g_string_append (sentence, *track->codec != '\0' ? track->codec : _ ("unknown"));
  else if (g_str_equal (name, "ca"))
    g_string_append (sentence, track->ca_system);
  else if (g_str_equal (name, "package"))
    g_string_append (sentence, track->package);
  else if (g_str_equal (name, "waited"))
    g_string_append_printf (sentence, "%d", (int) (track->wait_ns / (gint64) SECOND));
  else if (g_str_equal (name, "still"))
    g_string_append_printf (sentence, "%d", (int) MAX (track->still_ns / (gint64) SECOND, 1));
}

static char *
explain (const Subject *subject, const Rule *rule)
{
  const char *text = subject->track->media == LEC_MEDIA_AUDIO && rule->sound != NULL
                         ? rule->sound
                         : rule->picture;

  return lec_text_fill (_ (text), append_figure, subject);
}

static gboolean
is_wanted (const LecTrackReport *track)
{
  return track->state != LEC_TRACK_UNWANTED
         && (track->media == LEC_MEDIA_VIDEO || track->media == LEC_MEDIA_AUDIO);
}

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

/* ---- transport streams of which nothing comes ---- */

static gboolean
is_program_stream (const LecTsStats *ts)
{
  return ts->is_program_stream;
}

static gboolean
has_no_tables (const LecTsStats *ts)
{
  return !ts->has_pat;
}

static gboolean
lacks_wanted (const LecTsStats *ts)
{
  return ts->chosen < 0 && ts->wanted != 0 && ts->n_programs > 0;
}

static gboolean
has_no_map (const LecTsStats *ts)
{
  return !ts->has_pmt;
}

static gboolean
is_empty (const LecTsStats *ts)
{
  return ts->chosen >= 0 && ts->programs[ts->chosen].n_streams == 0;
}

static const struct
{
  gboolean (*applies) (const LecTsStats *ts);
  const char *text; /* to be translated */
} stream_rules[] = {
  { is_program_stream, N_ ("What comes is an MPEG program stream, and no transport stream: ask the "
                           "sender for MPEG-TS") },
  { has_no_tables,
    N_ ("The transport stream has no program table (PAT), which tells what is in it") },
  { lacks_wanted, N_ ("Program {wanted} is not in this transport stream, which has {programs}") },
  { has_no_map,
    N_ ("The transport stream has no program map (PMT), which tells where its media are") },
  { is_empty, N_ ("The program {chosen} has no media") },
};

static void
append_ts_figure (GString *sentence, const char *name, gconstpointer data)
{
  const LecTsStats *ts = data;

  if (g_str_equal (name, "wanted"))
    g_string_append_printf (sentence, "%u", ts->wanted);
  else if (g_str_equal (name, "chosen"))
    g_string_append_printf (sentence, "%u", ts->programs[ts->chosen].number);
  for (guint i = 0; g_str_equal (name, "programs") && i < ts->n_programs; i++)
    g_string_append_printf (sentence, "%s%u", i > 0 ? ", " : "", ts->programs[i].number);
}

/* It may be a second until the tables have come. */
static char *
explain_stream (LecReport *report, const LecStreamReport *stream)
{
  const LecTsStats *ts = &stream->ts;
  const gint64 first_ns = stream->stats.first_packet_ns;

  if ((ts->packets == 0 && !ts->is_program_stream) || first_ns < 0
      || get_age_ns (report) - first_ns < TABLES_NS)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (stream_rules); i++) {
    if (stream_rules[i].applies (ts))
      return lec_text_fill (_ (stream_rules[i].text), append_ts_figure, ts);
  }
  return NULL;
}

/* ---- judging ---- */

LecPlayback
lec_playback_of (LecReport *report)
{
  guint wanted = 0, decoded = 0, fine = 0;

  for (guint i = 0; i < report->n_tracks; i++) {
    const Subject subject = { report, &report->tracks[i] };

    if (!is_wanted (subject.track))
      continue;
    wanted++;
    if (subject.track->counts.decoded == 0)
      continue;
    decoded++;
    fine += find_rule (&subject) == NULL;
  }
  if (wanted == 0 && has_text (report))
    return LEC_PLAYBACK_ALL;
  if (decoded == 0)
    return LEC_PLAYBACK_NOTHING;
  return fine == wanted ? LEC_PLAYBACK_ALL : LEC_PLAYBACK_PART;
}

/* ---- all of it ---- */

static void
append (GString *sentences, const char *sentence)
{
  if (sentence == NULL || strstr (sentences->str, sentence) != NULL)
    return;
  if (sentences->len > 0)
    g_string_append (sentences, ". ");
  g_string_append (sentences, sentence);
}

gboolean
lec_playback_diagnose (LecReport *report, LecDiagnosis *diagnosis)
{
  g_autoptr (GString) sentences = g_string_new (NULL);

  *diagnosis = (LecDiagnosis){ .code = LEC_DOCTOR_UNDESCRIBED, .error = LEC_ERROR_NONE };
  for (guint i = 0; i < report->n_streams; i++) {
    g_autofree char *sentence = explain_stream (report, &report->streams[i]);

    append (sentences, sentence);
  }
  for (guint i = 0; i < report->n_tracks; i++) {
    const Subject subject = { report, &report->tracks[i] };
    const Rule *rule = is_wanted (subject.track) ? find_rule (&subject) : NULL;
    g_autofree char *sentence = rule != NULL ? explain (&subject, rule) : NULL;

    if (rule != NULL && sentences->len == 0) {
      diagnosis->error = rule->error;
      diagnosis->code = rule->code;
    }
    append (sentences, sentence);
  }
  if (sentences->len == 0)
    return FALSE;
  diagnosis->severity = lec_playback_of (report) == LEC_PLAYBACK_NOTHING ? LEC_SEVERITY_FATAL
                                                                         : LEC_SEVERITY_DEGRADED;
  diagnosis->sentence = g_strdup (sentences->str);
  return TRUE;
}

char *
lec_playback_explain (LecReport *report, LecError *error)
{
  g_auto (LecDiagnosis) diagnosis = { 0 };

  *error = LEC_ERROR_NONE;
  if (!lec_playback_diagnose (report, &diagnosis))
    return NULL;
  *error = diagnosis.error;
  return g_steal_pointer (&diagnosis.sentence);
}

static gboolean
has_trouble (LecReport *report)
{
  LecError error;
  g_autofree char *sentence = lec_playback_explain (report, &error);

  return sentence != NULL || lec_playback_of (report) == LEC_PLAYBACK_NOTHING;
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

    if (!is_wanted (track))
      continue;
    wanted++;
    if (track->state != LEC_TRACK_UNKNOWN && track->state != LEC_TRACK_REFUSED
        && track->state != LEC_TRACK_NO_DECODER && track->state != LEC_TRACK_UNDESCRIBED)
      return FALSE;
  }
  return wanted > 0;
}
