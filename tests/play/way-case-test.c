/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/way-case.h"

#define SECOND G_TIME_SPAN_SECOND
#define WALL_S 1000000000

typedef struct
{
  LecRollover *rollover; /* of two groups */
  LecWayCase way;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  LecChannelInfo *info = lec_channel_info_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LecChannel) channel = NULL;

  info->title = g_strdup ("Lecture");
  for (guint i = 0; i < 2; i++) {
    LecAlternative *way = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
    LecStream *stream = lec_alternative_add_stream (way, LEC_MEDIA_VIDEO);

    lec_stream_add_leg (stream, i == 0 ? "239.1.1.1" : "239.1.1.2", 5004);
    lec_stream_add_payload (stream, 26, "JPEG", 90000);
  }
  channel = lec_channel_new (info, &error);
  g_assert_no_error (error);
  self->rollover = lec_rollover_new (channel);
  self->way = (LecWayCase){ .error = LEC_ERROR_NONE };
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  lec_rollover_free (self->rollover);
}

static LecReport *
new_report (gint64 age_us, LecReportSession session)
{
  LecReportDraft *draft = lec_report_draft_new (1);

  draft->joined_ns = 5000;
  draft->now_ns = 5000 + age_us * 1000;
  draft->session = session;
  return lec_report_draft_finish (draft);
}

static void
test_nothing (Fixture *self, gconstpointer data)
{
  const LecDoctorCase facts = lec_way_case_open (&self->way, NULL, 50 * SECOND, WALL_S);

  g_assert_null (facts.alternative);
  g_assert_null (facts.report);
  g_assert_cmpint (facts.awaited_us, ==, 0);
  g_assert_cmpint (facts.wall_s, ==, WALL_S);
}

/* The way that plays, not one that is tried beside it. */
static void
test_playing (Fixture *self, gconstpointer data)
{
  const LecAlternative *first = lec_rollover_get_alternative (self->rollover);

  self->way.rollover = self->rollover;
  lec_rollover_settle (self->rollover);
  g_assert_true (lec_rollover_next (self->rollover, LEC_ERROR_SILENT, "silent"));
  g_assert_true (lec_way_case_open (&self->way, NULL, 0, WALL_S).alternative == first);
}

/* Since the viewer waits for it, or since it was joined, whichever is longer ago. */
static void
test_awaited (Fixture *self, gconstpointer data)
{
  g_autoptr (LecReport) report = new_report (7 * SECOND, LEC_REPORT_SESSION_NONE);
  g_autoptr (LecReport) opening = new_report (7 * SECOND, LEC_REPORT_SESSION_OPENING);

  g_assert_cmpint (lec_way_case_open (&self->way, report, 0, WALL_S).awaited_us, ==, 7 * SECOND);
  self->way.rollover = self->rollover;
  self->way.started_us = 40 * SECOND;
  g_assert_cmpint (lec_way_case_open (&self->way, report, 45 * SECOND, WALL_S).awaited_us, ==,
                   7 * SECOND);
  g_assert_cmpint (lec_way_case_open (&self->way, report, 50 * SECOND, WALL_S).awaited_us, ==,
                   10 * SECOND);
  g_assert_cmpint (lec_way_case_open (&self->way, NULL, 50 * SECOND, WALL_S).awaited_us, ==,
                   10 * SECOND);
  /* nothing can come yet */
  g_assert_cmpint (lec_way_case_open (&self->way, opening, 50 * SECOND, WALL_S).awaited_us, ==, 0);
}

static void
test_completed (Fixture *self, gconstpointer data)
{
  LecReport *report = new_report (SECOND, LEC_REPORT_SESSION_NONE);
  LecReport *same = lec_way_case_complete (&self->way, lec_report_ref (report));
  g_autoptr (LecReport) completed = NULL;

  g_assert_true (same == report); /* there is nothing to add */
  g_assert_false (lec_way_case_open (&self->way, report, 0, WALL_S).reception.withdrawn);
  self->way.withdrawn = TRUE;
  self->way.error = LEC_ERROR_SILENT;
  g_assert_true (lec_way_case_open (&self->way, report, 0, WALL_S).reception.withdrawn);
  completed = lec_way_case_complete (&self->way, same);
  g_assert_true (completed->withdrawn);
  g_assert_cmpint (completed->error, ==, LEC_ERROR_SILENT);
  g_assert_cmpint (completed->now_ns, ==, report->now_ns);
  g_assert_false (report->withdrawn); /* somebody else's */
  lec_report_unref (report);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/way-case/nothing", test_nothing);
  ADD ("/way-case/playing", test_playing);
  ADD ("/way-case/awaited", test_awaited);
  ADD ("/way-case/completed", test_completed);
  return g_test_run ();
}
