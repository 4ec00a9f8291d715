/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/session-private.h"

void
lec_session_feed_rtcp (LecSession *self,
                       const guint8 *data,
                       gsize size,
                       guint64 sender,
                       gint64 now_ns)
{
  if (self->msb != NULL) {
    if (self->format->is_control (data, size))
      lec_msb_intake_note_beacon (self->msb, now_ns);
    return;
  }
  if (lec_control_feed (&self->control, data, size, sender, now_ns, &self->source,
                        lec_stamp_check_runs (&self->time.stamps) ? &self->time.clock : NULL))
    lec_retransmission_hear (&self->repair.retransmission, data, size, &self->source, now_ns);
}

void
lec_session_allow_reports (LecSession *self,
                           const LecStream *stream,
                           const char *cname,
                           guint32 seed)
{
  lec_reporter_allow (&self->control.reporter, stream, cname, seed);
}

gint64
lec_session_get_report_time (const LecSession *self)
{
  return lec_reporter_get_wake (&self->control.reporter);
}

gsize
lec_session_write_report (LecSession *self, gint64 now_ns, guint8 *bytes)
{
  return lec_control_write_report (&self->control, &self->source, self->interarrival.jitter_ns,
                                   lec_retransmission_get_reception (&self->repair.retransmission),
                                   now_ns, bytes);
}

void
lec_session_allow_requests (LecSession *self,
                            const LecStream *stream,
                            const LecFeedbackTarget *target,
                            const char *cname,
                            guint32 seed)
{
  if (!lec_repair_intake_has_retransmission (&self->repair))
    return;
  lec_control_name (&self->control, stream, cname, seed);
  lec_retransmission_allow (&self->repair.retransmission, stream, target, seed);
}

gint64
lec_session_get_request_time (const LecSession *self)
{
  return lec_nack_get_wake (&self->repair.retransmission.nack);
}

gboolean
lec_session_is_on_trial (const LecSession *self)
{
  return lec_nack_is_on_trial (&self->repair.retransmission.nack);
}

gsize
lec_session_write_request (LecSession *self, gint64 now_ns, guint8 *bytes)
{
  LecNackField fields[LEC_RTCP_NACKS];
  const guint count = lec_repair_intake_take_requests (
      &self->repair, &self->source, self->playout, self->legs, self->n_legs,
      lec_control_count_members (&self->control), now_ns, fields);

  return count > 0 ? lec_reporter_write_request (&self->control.reporter, self->source.ssrc, fields,
                                                 count, now_ns, bytes)
                   : 0;
}

gsize
lec_session_write_bye (LecSession *self, guint8 *bytes)
{
  return lec_reporter_write_bye (&self->control.reporter, bytes);
}

gboolean
lec_session_get_sync (const LecSession *self, LecSessionSync *sync)
{
  sync->cname = self->control.cname.bytes;
  sync->cname_length = self->control.cname.length;
  sync->group = self->sync_group;
  sync->video = self->video;
  sync->disputed = lec_wall_clock_is_disputed (&self->control.wall_clock);
  return lec_wall_clock_get_offset (&self->control.wall_clock, &sync->offset_ns);
}

guint64
lec_session_get_name (const LecSession *self)
{
  const LecSource *source = &self->source;

  if (!source->locked || source->bare)
    return 0;
  return lec_source_names_get (&self->control.names,
                               source->is_displaced ? source->successor_ssrc : source->ssrc);
}

gboolean
lec_session_follow (LecSession *self, guint64 name)
{
  const LecSourceNames *names = &self->control.names;

  for (guint i = 0; i < LEC_SOURCE_NAMES; i++) {
    if (names->items[i].name != name
        || !lec_source_has_candidate (&self->source, names->items[i].ssrc))
      continue;
    lec_source_displace (&self->source, names->items[i].ssrc);
    return TRUE;
  }
  return FALSE;
}
