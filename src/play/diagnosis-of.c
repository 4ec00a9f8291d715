/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/diagnosis-of.h"

#include <gst/gst.h>
#include <sys/utsname.h>

#include "report/doctor.h"
#include "report/report-text.h"

void
lec_player_diagnose (LecPlayer *player,
                     LecReport *report,
                     const LecReception *recent,
                     LecDiagnosis *diagnosis)
{
  LecDoctorCase facts = lec_player_open_case (player, report);

  facts.recent = recent;
  lec_doctor_examine (&facts, diagnosis);
}

/* Of the system, without the name of the host. */
static char *
dup_versions (void)
{
  g_autofree char *gstreamer = gst_version_string ();
  struct utsname system;

  if (uname (&system) != 0)
    return g_strdup_printf ("Lectern %s, %s, GLib %u.%u.%u", LEC_VERSION, gstreamer,
                            glib_major_version, glib_minor_version, glib_micro_version);
  return g_strdup_printf ("Lectern %s, %s, GLib %u.%u.%u, %s %s %s", LEC_VERSION, gstreamer,
                          glib_major_version, glib_minor_version, glib_micro_version,
                          system.sysname, system.release, system.machine);
}

char *
lec_player_dup_report_text (LecPlayer *player, LecReport *report, const LecReception *recent)
{
  g_auto (LecDiagnosis) diagnosis = { 0 };
  g_autofree char *versions = dup_versions ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format_iso8601 (now);
  const LecReportText facts
      = { .versions = versions,
          .time = time,
          .title = lec_player_get_channel (player) != NULL
                       ? lec_channel_get_title (lec_player_get_channel (player))
                       : NULL,
          .alternative = lec_player_get_playing (player),
          .message = lec_player_get_message (player),
          .home = g_get_home_dir (),
          .report = report,
          .diagnosis = &diagnosis };

  lec_player_diagnose (player, report, recent, &diagnosis);
  return lec_report_text_print (&facts);
}
