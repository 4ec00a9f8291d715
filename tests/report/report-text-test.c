/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/report-text.h"

#include <string.h>

static void
test_parts (void)
{
  g_autoptr (LecReport) report = lec_report_draft_new (1);
  LecReportDraft *draft = (LecReportDraft *) report;
  g_autoptr (GPtrArray) warnings = g_ptr_array_new ();
  const LecDiagnosis diagnosis = { LEC_DOCTOR_NO_CARRIER, LEC_SEVERITY_FATAL, LEC_ERROR_UNREACHABLE,
                                   (char *) "It is not connected", (char *) "Connect it" };
  const LecReportText facts = { .versions = "Lectern 1",
                                .time = "2026-11-29T07:00:00Z",
                                .title = "Physics",
                                .message = "Cannot read “/home/jane/my talks/a.sdp”: no",
                                .home = "/home/jane",
                                .report = report,
                                .diagnosis = &diagnosis };
  g_autofree char *text = NULL;

  g_ptr_array_add (warnings, (gpointer) "line 3 was ignored");
  lec_report_draft_set_warnings (draft, warnings);
  draft->streams[0].stats.received = 4711;
  draft->host.link = LEC_REPORT_LINK_NO_CARRIER;
  g_strlcpy (draft->host.links, "eth0", LEC_REPORT_INTERFACES);
  text = lec_report_text_print (&facts);
  g_assert_true (g_str_has_prefix (text, "report of: Lectern 1\ntime: 2026-11-29T07:00:00Z\n"
                                         "channel: Physics\ndiagnosis: no-carrier (fatal)\n"
                                         "  says: It is not connected\n  try: Connect it\n"
                                         "message: Cannot read “a.sdp”: no\n"));
  g_assert_nonnull (strstr (text, "received 4711"));
  g_assert_nonnull (strstr (text, "\ncomputer: link no-carrier, links eth0, drop none, firewall "
                                  "unknown\n"));
  g_assert_nonnull (strstr (text, "\nnote: line 3 was ignored\n"));
  g_assert_null (strstr (text, "jane"));
}

/* What is not to be told, wherever it stands. */
static void
test_private (void)
{
  static const struct
  {
    const char *message, *told;
  } rows[] = {
    { "http://h.example/a.asx", "http://h.example/a.asx" },
    { "http://jane:pw@h.example/a.asx?key=1&t=2 is gone", "http://h.example/a.asx?… is gone" },
    { "“http://a@b@h.example?k”, “rtsp://u:p@10.0.0.1:554/x”",
      "“http://h.example?…”, “rtsp://10.0.0.1:554/x”" },
    { "mail jane.doe@h.example", "mail jane.doe@h.example" },
    { "http://h.example/@team", "http://h.example/@team" },
    { "“file:///home/jane/a b/c.sdp”", "“file://c.sdp”" },
    { "“/media/jane/STICK/c.sdp” “/run/media/jane/STICK/d/e.sdp”", "“c.sdp” “e.sdp”" },
    { "://", "://" },
    { "http://u:p@", "http://" },
  };
  const LecDiagnosis diagnosis = { .sentence = (char *) "It is so" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const LecReportText facts
        = { .message = rows[i].message, .home = "/home/jane", .diagnosis = &diagnosis };
    g_autofree char *text = lec_report_text_print (&facts);
    g_autofree char *line = g_strdup_printf ("\nmessage: %s\n", rows[i].told);

    g_test_message ("%s", text);
    g_assert_nonnull (strstr (text, line));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/report-text/parts", test_parts);
  g_test_add_func ("/report-text/private", test_private);

  return g_test_run ();
}
