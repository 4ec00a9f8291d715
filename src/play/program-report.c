/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/program-report.h"

#include <glib/gi18n-lib.h>

#include "wire/ts-codec.h"

/* Returns: (nullable): the @index-th track of @media that comes out of @stream */
static LecTrackReport *
find_track (LecReportDraft *draft, guint stream, LecMedia media, guint index)
{
  for (guint i = 0; i < draft->n_tracks; i++) {
    LecTrackReport *track = &draft->tracks[i];

    if (track->stream == stream && track->media == media && index-- == 0)
      return track;
  }
  return NULL;
}

static GstStreamType
to_type (LecMedia media)
{
  return media == LEC_MEDIA_VIDEO ? GST_STREAM_TYPE_VIDEO : GST_STREAM_TYPE_AUDIO;
}

/* Of what a transport stream has, but a demultiplexer has not given. */
static LecTrackReport *
add_hidden (LecReportDraft *draft, guint stream, const LecTsStreamStats *stats, gboolean wanted)
{
  LecTrackReport *track = lec_report_draft_add_track (draft);

  if (track == NULL)
    return NULL;
  track->media = stats->media;
  track->stream = stream;
  track->counts.packets = stats->packets;
  if (!wanted)
    track->state = LEC_TRACK_UNWANTED;
  else if (!stats->playable)
    track->state = LEC_TRACK_UNKNOWN;
  if (stats->packets > 0)
    track->wait = LEC_TRACK_WAIT_UNITS;
  if (stats->codec != NULL)
    g_strlcpy (track->codec, stats->codec, sizeof track->codec);
  else
    g_snprintf (track->codec, sizeof track->codec, _ ("stream type 0x%02x"), stats->type);
  return track;
}

static void
note_scrambling (LecTrackReport *track,
                 const LecTsProgramStats *program,
                 const LecTsStreamStats *stats)
{
  const char *system = lec_ts_ca_get_name (program->ca_system);

  if (stats->scrambled * 2 <= stats->packets || track->second.decoded > 0
      || track->state == LEC_TRACK_UNWANTED)
    return;
  track->state = LEC_TRACK_SCRAMBLED;
  g_strlcpy (track->ca_system, system != NULL ? system : "", sizeof track->ca_system);
}

void
lec_program_report_add (LecReportDraft *draft,
                        guint stream,
                        gboolean (*wants) (GstStreamType type, guint index, gpointer data),
                        gpointer data)
{
  const LecTsStats *ts = &draft->streams[stream].ts;
  const LecTsProgramStats *program = ts->chosen >= 0 ? &ts->programs[ts->chosen] : NULL;
  guint counts[LEC_MEDIA_APPLICATION + 1] = { 0 };

  for (guint i = 0; program != NULL && i < program->n_streams; i++) {
    const LecTsStreamStats *stats = &program->streams[i];
    guint index;
    LecTrackReport *track;

    if (stats->media != LEC_MEDIA_VIDEO && stats->media != LEC_MEDIA_AUDIO)
      continue;
    index = counts[stats->media]++;
    track = find_track (draft, stream, stats->media, index);
    if (track == NULL)
      track = add_hidden (draft, stream, stats, wants (to_type (stats->media), index, data));
    if (track == NULL)
      return;
    track->pid = stats->pid;
    note_scrambling (track, program, stats);
  }
}
