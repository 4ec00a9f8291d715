/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/report.h"

#include <string.h>

G_STATIC_ASSERT (LEC_STATS_LEGS == LEC_MAX_LEGS);

G_DEFINE_BOXED_TYPE (LecReport, lec_report, lec_report_ref, lec_report_unref)

static gsize
get_size (guint n_streams)
{
  return sizeof (LecReport) + n_streams * sizeof (LecStreamReport);
}

LecReportDraft *
lec_report_draft_new (guint n_streams)
{
  LecReportDraft *self = g_atomic_rc_box_alloc0 (get_size (n_streams));

  self->error = LEC_ERROR_NONE;
  self->network.buffer_ns = G_MAXINT64;
  self->n_streams = n_streams;
  for (guint i = 0; i < n_streams; i++)
    self->streams[i].stats.first_packet_ns = self->streams[i].stats.last_packet_ns
        = self->streams[i].stats.last_report_ns = -1;
  return self;
}

LecReportDraft *
lec_report_draft_copy (LecReport *report)
{
  LecReportDraft *self = g_atomic_rc_box_dup (get_size (report->n_streams), (gpointer) report);

  self->warnings = g_strdupv (report->warnings);
  return self;
}

LecReport *
lec_report_draft_finish (LecReportDraft *draft)
{
  return draft;
}

LecReport *
lec_report_ref (LecReport *self)
{
  return g_atomic_rc_box_acquire ((gpointer) self);
}

static void
clear (gpointer data)
{
  g_strfreev (((LecReportDraft *) data)->warnings);
}

void
lec_report_unref (LecReport *self)
{
  g_atomic_rc_box_release_full ((gpointer) self, clear);
}

gint64
lec_report_get_age (LecReport *self, gint64 then_ns)
{
  return then_ns >= 0 ? MAX (self->now_ns - then_ns, 0) : -1;
}

guint64
lec_stats_count_good (const LecStats *stats)
{
  guint64 bad = stats->late + stats->duplicate + stats->discarded + stats->decrypt_failed;

  return stats->received - MIN (stats->received, bad);
}
