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

static void
init (LecReportDraft *self, guint n_streams)
{
  memset (self, 0, get_size (n_streams));
  g_atomic_ref_count_init (&self->references);
  self->error = LEC_ERROR_NONE;
  self->network.buffer_ns = G_MAXINT64;
  self->n_streams = n_streams;
  for (guint i = 0; i < n_streams; i++) {
    LecStats *stats = &self->streams[i].stats;

    stats->first_packet_ns = stats->last_packet_ns = stats->last_report_ns = -1;
    stats->last_sign_ns = stats->last_beacon_ns = stats->last_known_ns = stats->unknown_since_ns
        = -1;
    self->streams[i].ts.chosen = -1;
  }
}

LecReportDraft *
lec_report_draft_new (guint n_streams)
{
  LecReportDraft *self = g_malloc (get_size (n_streams));

  init (self, n_streams);
  return self;
}

void
lec_report_draft_set_warnings (LecReportDraft *draft, GPtrArray *warnings)
{
  GPtrArray *before = draft->warnings;

  draft->warnings = warnings != NULL ? g_ptr_array_ref (warnings) : NULL;
  g_clear_pointer (&before, g_ptr_array_unref);
}

LecTrackReport *
lec_report_draft_add_track (LecReportDraft *draft)
{
  LecTrackReport *track;

  if (draft->n_tracks == LEC_REPORT_TRACKS)
    return NULL;
  track = &draft->tracks[draft->n_tracks++];
  *track = (LecTrackReport){ .still_ns = -1 };
  return track;
}

LecReportDraft *
lec_report_draft_renew (LecReport *report)
{
  LecReportDraft *self = (LecReportDraft *) report;
  const guint n_streams = report->n_streams;

  if (!g_atomic_ref_count_compare (&self->references, 1)) {
    lec_report_unref (report);
    return lec_report_draft_new (n_streams);
  }
  lec_report_draft_set_warnings (self, NULL);
  init (self, n_streams);
  return self;
}

LecReportDraft *
lec_report_draft_copy (LecReport *report)
{
  LecReportDraft *self = g_memdup2 (report, get_size (report->n_streams));

  g_atomic_ref_count_init (&self->references);
  if (self->warnings != NULL)
    g_ptr_array_ref (self->warnings);
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
  g_atomic_ref_count_inc (&((LecReportDraft *) self)->references);
  return self;
}

void
lec_report_unref (LecReport *self)
{
  if (!g_atomic_ref_count_dec (&((LecReportDraft *) self)->references))
    return;
  g_clear_pointer (&((LecReportDraft *) self)->warnings, g_ptr_array_unref);
  g_free ((gpointer) self);
}

gint64
lec_report_get_age (LecReport *self, gint64 then_ns)
{
  return then_ns >= 0 ? MAX (self->now_ns - then_ns, 0) : -1;
}

guint64
lec_stats_count_good (const LecStats *stats)
{
  guint64 bad
      = stats->late + stats->stale + stats->duplicate + stats->discarded + stats->decrypt_failed;

  return stats->received - MIN (stats->received, bad);
}

guint64
lec_stats_count_missing (const LecStats *stats)
{
  return stats->lost + stats->lost_local + stats->damaged + stats->late;
}
