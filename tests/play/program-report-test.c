/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the tables say beside what is decoded, over recorded facts. */
#include "play/program-report.h"

#include <string.h>

/* The first picture and the first sound. */
static gboolean
wants_cb (GstStreamType type, guint index, gpointer data)
{
  return index == 0;
}

static LecTsStreamStats *
add_stream (LecTsProgramStats *program, guint pid, LecMedia media, const char *codec)
{
  LecTsStreamStats *stream = &program->streams[program->n_streams++];

  *stream = (LecTsStreamStats){ .pid = pid,
                                .type = 0xd4,
                                .media = media,
                                .codec = codec,
                                .playable = codec != NULL,
                                .packets = 100 };
  return stream;
}

static LecReportDraft *
new_draft (void)
{
  LecReportDraft *draft = lec_report_draft_new (1);
  LecTsStats *ts = &draft->streams[0].ts;

  ts->packets = 1000;
  ts->n_programs = 2;
  ts->chosen = 1;
  add_stream (&ts->programs[0], 1, LEC_MEDIA_VIDEO, "MPEG-2"); /* of another program */
  return draft;
}

static LecTsProgramStats *
get_program (LecReportDraft *draft)
{
  return &draft->streams[0].ts.programs[1];
}

static LecTrackReport *
add_track (LecReportDraft *draft, LecMedia media, guint64 decoded)
{
  LecTrackReport *track = lec_report_draft_add_track (draft);

  track->media = media;
  track->state = decoded > 0 ? LEC_TRACK_PLAYING : LEC_TRACK_WAITING;
  track->counts.decoded = track->second.decoded = decoded;
  return track;
}

static void
finish (LecReportDraft *draft)
{
  lec_report_unref (lec_report_draft_finish (draft));
}

static void
test_playing (void)
{
  LecReportDraft *draft = new_draft ();

  add_stream (get_program (draft), 0x101, LEC_MEDIA_AUDIO, "AAC");
  add_stream (get_program (draft), 0x102, LEC_MEDIA_VIDEO, "H.264");
  add_stream (get_program (draft), 0x103, LEC_MEDIA_TEXT, "teletext");
  add_stream (get_program (draft), 0x104, LEC_MEDIA_AUDIO, "AC-3");
  add_track (draft, LEC_MEDIA_VIDEO, 25);
  add_track (draft, LEC_MEDIA_AUDIO, 25);
  lec_program_report_add (draft, 0, wants_cb, NULL);
  g_assert_cmpuint (draft->n_tracks, ==, 3);
  g_assert_cmpuint (draft->tracks[0].pid, ==, 0x102);
  g_assert_cmpuint (draft->tracks[1].pid, ==, 0x101);
  /* a second language that has no pad yet is not missed */
  g_assert_cmpuint (draft->tracks[2].pid, ==, 0x104);
  g_assert_cmpint (draft->tracks[2].state, ==, LEC_TRACK_UNWANTED);
  finish (draft);
}

static void
test_unknown (void)
{
  LecReportDraft *draft = new_draft ();

  add_stream (get_program (draft), 0x101, LEC_MEDIA_VIDEO, NULL);
  add_stream (get_program (draft), 0x102, LEC_MEDIA_AUDIO, "AC-4")->playable = FALSE;
  lec_program_report_add (draft, 0, wants_cb, NULL);
  g_assert_cmpuint (draft->n_tracks, ==, 2);
  g_assert_cmpint (draft->tracks[0].state, ==, LEC_TRACK_UNKNOWN);
  g_assert_cmpstr (draft->tracks[0].codec, ==, "stream type 0xd4");
  g_assert_cmpint (draft->tracks[1].state, ==, LEC_TRACK_UNKNOWN);
  g_assert_cmpstr (draft->tracks[1].codec, ==, "AC-4");
  finish (draft);
}

/* Promised, and not come: waited for. */
static void
test_absent (void)
{
  LecReportDraft *draft = new_draft ();

  add_stream (get_program (draft), 0x101, LEC_MEDIA_VIDEO, "H.264")->packets = 0;
  lec_program_report_add (draft, 0, wants_cb, NULL);
  g_assert_cmpuint (draft->n_tracks, ==, 1);
  g_assert_cmpint (draft->tracks[0].state, ==, LEC_TRACK_WAITING);
  g_assert_cmpint (draft->tracks[0].wait, ==, LEC_TRACK_WAIT_PACKETS);
  finish (draft);
}

static void
test_scrambled (void)
{
  LecReportDraft *draft = new_draft ();

  get_program (draft)->ca_system = 0x0604;
  add_stream (get_program (draft), 0x101, LEC_MEDIA_VIDEO, "H.264")->scrambled = 90;
  add_stream (get_program (draft), 0x102, LEC_MEDIA_AUDIO, "AAC")->scrambled = 90;
  add_stream (get_program (draft), 0x103, LEC_MEDIA_AUDIO, "AAC")->scrambled = 90;
  add_track (draft, LEC_MEDIA_AUDIO, 25); /* in the clear again */
  lec_program_report_add (draft, 0, wants_cb, NULL);
  g_assert_cmpuint (draft->n_tracks, ==, 3);
  g_assert_cmpint (draft->tracks[0].state, ==, LEC_TRACK_PLAYING);
  g_assert_cmpint (draft->tracks[1].state, ==, LEC_TRACK_SCRAMBLED);
  g_assert_cmpstr (draft->tracks[1].ca_system, ==, "Irdeto");
  g_assert_cmpint (draft->tracks[2].state, ==, LEC_TRACK_UNWANTED);
  finish (draft);
}

static void
test_nothing (void)
{
  LecReportDraft *draft = new_draft ();

  draft->streams[0].ts.chosen = -1;
  lec_program_report_add (draft, 0, wants_cb, NULL);
  g_assert_cmpuint (draft->n_tracks, ==, 0);
  finish (draft);
}

/* More than a report has room for. */
static void
test_many (void)
{
  LecReportDraft *draft = new_draft ();

  for (guint i = 0; i < LEC_TS_STREAMS; i++)
    add_stream (get_program (draft), 0x101 + i, LEC_MEDIA_AUDIO, "AAC");
  add_track (draft, LEC_MEDIA_VIDEO, 25);
  lec_program_report_add (draft, 0, wants_cb, NULL);
  g_assert_cmpuint (draft->n_tracks, ==, LEC_REPORT_TRACKS);
  finish (draft);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/program-report/playing", test_playing);
  g_test_add_func ("/program-report/unknown", test_unknown);
  g_test_add_func ("/program-report/absent", test_absent);
  g_test_add_func ("/program-report/scrambled", test_scrambled);
  g_test_add_func ("/program-report/nothing", test_nothing);
  g_test_add_func ("/program-report/many", test_many);
  return g_test_run ();
}
