/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/sound-tracks.h"

static void
add_sound (LecAlternative *alternative, const char *label, const char *language)
{
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_AUDIO);

  stream->label = g_strdup (label);
  stream->language = g_strdup (language);
}

static char *
join (GPtrArray *names)
{
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

/* By label, else by language, else by number; the number where two are called the same. */
static void
test_announced (void)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *joined = NULL;

  lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);
  add_sound (alternative, "Original", "de");
  add_sound (alternative, "", "fr-CA");
  add_sound (alternative, NULL, "und");
  add_sound (alternative, "Original", NULL);
  names = lec_sound_tracks_list (NULL, alternative);
  joined = join (names);
  g_assert_cmpstr (joined, ==, "Original, French (CA), Sound 3, Sound 4: Original");
}

/* In a transport stream: those of the program that plays. */
static void
test_program (void)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_TS);
  LecReportDraft *draft = lec_report_draft_new (1);
  LecTsStats *ts = &draft->streams[0].ts;
  g_autoptr (LecReport) report = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *joined = NULL;

  lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);
  ts->n_programs = 2;
  ts->chosen = 1;
  ts->programs[0].n_streams = 1;
  ts->programs[0].streams[0] = (LecTsStreamStats){ .media = LEC_MEDIA_AUDIO, .language = "eng" };
  ts->programs[1].n_streams = 3;
  ts->programs[1].streams[0] = (LecTsStreamStats){ .media = LEC_MEDIA_VIDEO };
  ts->programs[1].streams[1] = (LecTsStreamStats){ .media = LEC_MEDIA_AUDIO, .language = "deu" };
  ts->programs[1].streams[2] = (LecTsStreamStats){ .media = LEC_MEDIA_AUDIO, .language = "ger" };
  report = lec_report_draft_finish (draft);
  names = lec_sound_tracks_list (report, alternative);
  joined = join (names);
  g_assert_cmpstr (joined, ==, "German, Sound 2: German");
}

static void
test_nothing (void)
{
  g_autoptr (GPtrArray) names = lec_sound_tracks_list (NULL, NULL);

  g_assert_cmpuint (names->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_setenv ("LC_ALL", "C", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sound-tracks/announced", test_announced);
  g_test_add_func ("/sound-tracks/program", test_program);
  g_test_add_func ("/sound-tracks/nothing", test_nothing);
  return g_test_run ();
}
