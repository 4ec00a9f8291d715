/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/caption-tracks.h"

#include "play/caption-choice.h"

static LecReport *
new_report (void)
{
  LecReportDraft *draft = lec_report_draft_new (1);
  LecTsStats *ts = &draft->streams[0].ts;

  ts->n_programs = 1;
  ts->chosen = 0;
  ts->programs[0].n_subtitles = 2;
  ts->programs[0].subtitles[0]
      = (LecTsSubtitles){ .out_pid = 0x142, .page = 0x888, .is_teletext = TRUE, .language = "swe" };
  ts->programs[0].subtitles[1] = (LecTsSubtitles){ .page = 1, .language = "eng" };
  return lec_report_draft_finish (draft);
}

/* Where there is nothing to be read, nothing is to be chosen. */
static void
test_nothing (void)
{
  g_autoptr (GPtrArray) tracks = lec_caption_tracks_list (NULL, 0);

  g_assert_cmpuint (tracks->len, ==, 0);
  g_assert_cmpuint (lec_caption_tracks_next (tracks, LEC_CAPTIONS_AUTOMATIC), ==,
                    LEC_CAPTIONS_AUTOMATIC);
}

/* From one to the next, until there are none, and from the beginning. */
static void
test_next (void)
{
  const guint expected[] = { LEC_CAPTIONS_OFF,        LEC_CAPTIONS_TYPED,
                             LEC_CAPTIONS_CLOSED + 2, LEC_CAPTIONS_SUBTITLES_ID (0x142, 0x888),
                             LEC_CAPTIONS_AUTOMATIC,  LEC_CAPTIONS_OFF };
  g_autoptr (LecReport) report = new_report ();
  g_autoptr (GPtrArray) tracks = lec_caption_tracks_list (
      report, 1u << LEC_CAPTIONS_TYPED | 1u << (LEC_CAPTIONS_CLOSED + 2));
  guint wanted = LEC_CAPTIONS_AUTOMATIC;

  g_assert_cmpuint (tracks->len, ==, 5);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    wanted = lec_caption_tracks_next (tracks, wanted);
    g_assert_cmpuint (wanted, ==, expected[i]);
  }
  /* of another channel */
  g_assert_cmpuint (lec_caption_tracks_next (tracks, LEC_CAPTIONS_SCRIPT), ==, LEC_CAPTIONS_TYPED);
}

/* They are known again by what does not depend on the language of the window. */
static void
test_keys (void)
{
  g_autoptr (LecReport) report = new_report ();
  g_autoptr (GPtrArray) tracks = lec_caption_tracks_list (report, 0);
  const LecCaptionTrack *swedish = lec_caption_tracks_find (tracks, "teletext swe 888");

  g_assert_nonnull (swedish);
  g_assert_cmpstr (swedish->name, ==, "Swedish");
  g_assert_true (lec_caption_tracks_find_wanted (tracks, swedish->wanted) == swedish);
  g_assert_nonnull (lec_caption_tracks_find (tracks, "off"));
  g_assert_null (lec_caption_tracks_find (tracks, "cc1"));
  g_assert_null (lec_caption_tracks_find (tracks, NULL));
}

int
main (int argc, char **argv)
{
  g_setenv ("LC_ALL", "C", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/caption-tracks/nothing", test_nothing);
  g_test_add_func ("/caption-tracks/next", test_next);
  g_test_add_func ("/caption-tracks/keys", test_keys);
  return g_test_run ();
}
