/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/report.h"

#include <string.h>

#include "wire/units.h"

static void
warn (LecReportDraft *draft, const char *warning)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (warnings, g_strdup (warning));
  lec_report_draft_set_warnings (draft, warnings);
}

static const char *
get_warning (LecReport *report)
{
  return g_ptr_array_index (report->warnings, 0);
}

/* One that is held by several stays for each of them, and what it holds goes with the last. */
static void
test_counted (void)
{
  LecReportDraft *draft = lec_report_draft_new (2);
  LecReport *report, *other;

  warn (draft, "two");
  report = lec_report_draft_finish (draft);
  other = g_boxed_copy (LEC_TYPE_REPORT, (gpointer) report);
  g_assert_true (other == report);
  lec_report_unref (report);
  g_assert_cmpuint (other->n_streams, ==, 2);
  g_assert_cmpstr (get_warning (other), ==, "two");
  g_boxed_free (LEC_TYPE_REPORT, (gpointer) other);
}

/* Before anything is known, nothing has happened and nothing is wrong. */
static void
test_new (void)
{
  g_autoptr (LecReport) report = lec_report_draft_finish (lec_report_draft_new (1));

  g_assert_cmpint (report->error, ==, LEC_ERROR_NONE);
  g_assert_null (report->warnings);
  g_assert_cmpint (report->streams[0].stats.first_packet_ns, ==, -1);
  g_assert_cmpint (report->streams[0].stats.last_packet_ns, ==, -1);
  g_assert_cmpint (report->streams[0].stats.last_report_ns, ==, -1);
  g_assert_cmpint (report->network.buffer_ns, ==, G_MAXINT64);
}

/* Memory that nobody holds any more is used again, and nothing of what it said is left. */
static void
test_renewed (void)
{
  LecReportDraft *draft = lec_report_draft_new (2);
  g_autoptr (LecReport) report = NULL, held = NULL;

  warn (draft, "one");
  draft->error = LEC_ERROR_SILENT;
  draft->streams[1].stats.received = 7;
  report = lec_report_draft_finish (draft);
  g_assert_true (lec_report_draft_renew (g_steal_pointer (&report)) == draft);
  g_assert_null (draft->warnings);
  g_assert_cmpint (draft->error, ==, LEC_ERROR_NONE);
  g_assert_cmpuint (draft->n_streams, ==, 2);
  g_assert_cmpuint (draft->streams[1].stats.received, ==, 0);
  g_assert_cmpint (draft->streams[1].stats.last_packet_ns, ==, -1);

  draft->streams[1].stats.received = 8;
  report = lec_report_draft_finish (draft);
  held = lec_report_ref (report);
  report = lec_report_draft_finish (lec_report_draft_renew (g_steal_pointer (&report)));
  g_assert_true (report != held);
  g_assert_cmpuint (held->streams[1].stats.received, ==, 8);
  g_assert_cmpuint (report->streams[1].stats.received, ==, 0);
}

/* A copy says the same, and what is added to it is not added to the first. */
static void
test_copy (void)
{
  LecReportDraft *draft = lec_report_draft_new (1);
  g_autoptr (LecReport) report = NULL, copied = NULL;

  draft->streams[0].stats.received = 7;
  warn (draft, "one");
  report = lec_report_draft_finish (draft);
  draft = lec_report_draft_copy (report);
  draft->error = LEC_ERROR_SILENT;
  draft->streams[0].stats.received++;
  copied = lec_report_draft_finish (draft);
  g_assert_cmpint (report->error, ==, LEC_ERROR_NONE);
  g_assert_cmpuint (report->streams[0].stats.received, ==, 7);
  g_assert_cmpuint (copied->streams[0].stats.received, ==, 8);
  g_assert_cmpstr (get_warning (copied), ==, "one");
  lec_report_unref (g_steal_pointer (&report));
  g_assert_cmpstr (get_warning (copied), ==, "one");
}

static void
test_age (void)
{
  LecReportDraft *draft = lec_report_draft_new (0);
  g_autoptr (LecReport) report = NULL;

  draft->now_ns = 5 * SECOND;
  report = lec_report_draft_finish (draft);
  g_assert_cmpint (lec_report_get_age (report, 2 * SECOND), ==, 3 * SECOND);
  g_assert_cmpint (lec_report_get_age (report, -1), ==, -1);
  g_assert_cmpint (lec_report_get_age (report, 6 * SECOND), ==, 0); /* a clock may be read late */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/new", test_new);
  g_test_add_func ("/report/counted", test_counted);
  g_test_add_func ("/report/renewed", test_renewed);
  g_test_add_func ("/report/copy", test_copy);
  g_test_add_func ("/report/age", test_age);
  return g_test_run ();
}
