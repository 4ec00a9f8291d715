/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/playback.h"

#include <glib/gi18n-lib.h>

#include "report/text.h"
#include "wire/units.h"

#define SOON_NS (2 * SECOND)   /* of waiting: it may come any moment */
#define ABSENT_NS (3 * SECOND) /* of a stream of which nothing has come */
#define STILL_NS (1500 * MSECOND)

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
} Rule;

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
         && subject->report->now_ns >= ABSENT_NS;
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

static gboolean
has_stopped (const Subject *subject)
{
  const LecTrackReport *track = subject->track;

  return track->state == LEC_TRACK_STALLED
         || (track->counts.decoded > 0 && track->still_ns >= STILL_NS && track->second.units > 1
             && track->second.decoded == 0);
}

static const Rule rules[] = {
  { is_unknown, N_ ("Nothing here can play what this channel sends as “{codec}”"),
    N_ ("Nothing here can play what this channel sends as “{codec}”"), LEC_ERROR_UNSUPPORTED },
  { lacks_known_package,
    N_ ("This computer has no decoder for the picture ({codec}): install the package {package}"),
    N_ ("This computer has no decoder for the sound ({codec}): install the package {package}"),
    LEC_ERROR_UNSUPPORTED },
  { lacks_decoder, N_ ("This computer has no decoder for the picture ({codec})"),
    N_ ("This computer has no decoder for the sound ({codec})"), LEC_ERROR_UNSUPPORTED },
  { is_undescribed,
    N_ ("The picture cannot be decoded: its description in the announcement is incomplete or "
        "wrong; ask the sender for a newer one"),
    N_ ("The sound cannot be decoded: its description in the announcement is incomplete or wrong; "
        "ask the sender for a newer one"),
    LEC_ERROR_UNSUPPORTED },
  { is_absent, N_ ("Nothing of the picture has come"), N_ ("Nothing of the sound has come"),
    LEC_ERROR_SILENT },
  { waits_for_parameter_sets,
    N_ ("The picture has been waiting for its parameter sets for {waited} s: the station sends "
        "them too seldom, and the announcement does not have them"),
    NULL, LEC_ERROR_NONE },
  { waits_for_key_frame, N_ ("The picture has been waiting for a key frame for {waited} s"),
    N_ ("The sound has been waiting for a place to begin for {waited} s"), LEC_ERROR_NONE },
  { waits_for_recovery, N_ ("The picture is being refreshed bit by bit, for {waited} s so far"),
    NULL, LEC_ERROR_NONE },
  { is_undecoded,
    N_ ("Nothing of the picture can be decoded, although its packets arrive: they may be damaged, "
        "encrypted, or not what was announced"),
    N_ ("Nothing of the sound can be decoded, although its packets arrive: they may be damaged, "
        "encrypted, or not what was announced"),
    LEC_ERROR_UNSUPPORTED },
  { has_stopped, N_ ("The picture has stood still for {still} s while packets arrive"),
    N_ ("The sound has been missing for {still} s while packets arrive"), LEC_ERROR_NONE },
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
  else if (g_str_equal (name, "package"))
    g_string_append (sentence, track->package);
  else if (g_str_equal (name, "waited"))
    g_string_append_printf (sentence, "%d", (int) (track->wait_ns / (gint64) SECOND));
  else if (g_str_equal (name, "still"))
    g_string_append_printf (sentence, "%d", (int) (track->still_ns / (gint64) SECOND));
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

char *
lec_playback_explain (LecReport *report, LecError *error)
{
  g_autoptr (GString) sentences = g_string_new (NULL);

  *error = LEC_ERROR_NONE;
  for (guint i = 0; i < report->n_tracks; i++) {
    const Subject subject = { report, &report->tracks[i] };
    const Rule *rule = is_wanted (subject.track) ? find_rule (&subject) : NULL;
    g_autofree char *sentence = rule != NULL ? explain (&subject, rule) : NULL;

    if (sentence == NULL || g_strrstr (sentences->str, sentence) != NULL)
      continue;
    if (sentences->len == 0)
      *error = rule->error;
    else
      g_string_append (sentences, ". ");
    g_string_append (sentences, sentence);
  }
  return sentences->len > 0 ? g_strdup (sentences->str) : NULL;
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
  if (decoded == 0)
    return LEC_PLAYBACK_NOTHING;
  return fine == wanted ? LEC_PLAYBACK_ALL : LEC_PLAYBACK_PART;
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
    if (track->state != LEC_TRACK_UNKNOWN && track->state != LEC_TRACK_NO_DECODER
        && track->state != LEC_TRACK_UNDESCRIBED)
      return FALSE;
  }
  return wanted > 0;
}
