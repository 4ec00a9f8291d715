/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/reception.h"

#include <string.h>

#include "report/fields.h"
#include "wire/units.h"

#define ABSENT_NS (3000 * MSECOND) /* since the join */
#define RESTS 2                    /* of what has stayed away again and again */
#define MOST_REST_US (30 * G_TIME_SPAN_SECOND)
#define SILENT_NS (3000 * MSECOND)    /* what has brought nothing for so long brings nothing */
#define ATTENDED_NS (15000 * MSECOND) /* three intervals of RTCP (RFC 3550, section 6.2) */
#define WITH_MEDIA_NS (1000 * MSECOND)
#define PARTED_NS (2000 * MSECOND) /* and if it was told of some streams: a report may be lost */
#define GOODBYE_NS (500 * MSECOND) /* as little as that, if it was told */

guint
lec_reception_count_silent_legs (LecReport *report, const LecStreamReport *stream)
{
  guint silent = 0;

  for (guint i = 0; i < stream->n_legs; i++) {
    gint64 age_ns = lec_report_get_age (report, stream->legs[i].stats.last_packet_ns);

    silent += age_ns < 0 || age_ns >= SILENT_NS;
  }
  return silent < stream->n_legs ? silent : 0;
}

/* A sign of life at @then_ns; negative: it was not given. */
static void
add_sign (gint64 *newest_us, LecReport *report, gint64 then_ns)
{
  const gint64 age_ns = lec_report_get_age (report, then_ns);

  if (age_ns >= 0 && (*newest_us < 0 || age_ns / 1000 < *newest_us))
    *newest_us = age_ns / 1000;
}

gboolean
lec_reception_is_missing (LecReport *report, const LecStreamReport *stream)
{
  if (stream->stats.received > 0
      || (stream->media != LEC_MEDIA_VIDEO && stream->media != LEC_MEDIA_AUDIO)
      || report->now_ns - report->joined_ns < ABSENT_NS)
    return FALSE;
  for (guint i = 0; i < report->n_streams; i++) {
    if (report->streams[i].stats.received > 0)
      return TRUE;
  }
  return FALSE;
}

/* Loopback is joined on as well, for programs of this computer; beside a real one it only
 * puzzles. */
static void
name_interfaces (char names[LEC_REPORT_INTERFACES], const char *joined)
{
  g_strlcpy (names, joined, LEC_REPORT_INTERFACES);
  if (g_str_has_suffix (names, ", lo"))
    names[strlen (names) - strlen (", lo")] = '\0';
}

static void
add_stream (LecReception *self, LecReport *report, const LecStreamReport *stream)
{
  const LecStats *stats = &stream->stats;
  const gint64 age_ns = lec_report_get_age (report, stats->last_packet_ns);

  lec_stats_add (&self->sum, stats);
  if (stats->discarded > 0 || stats->found == LEC_FOUND_OTHER_TS)
    self->payload = stats->payload;
  if (age_ns >= 0 && (self->silent_us < 0 || age_ns / 1000 < self->silent_us))
    self->silent_us = age_ns / 1000;
  if (stats->received > 0 && (self->rest_us < 0 || stats->rest_ns / 1000 < self->rest_us))
    self->rest_us = stats->rest_ns / 1000;
  add_sign (&self->attended_us, report, stats->ended ? -1 : stats->last_report_ns);
  add_sign (&self->attended_us, report, stats->last_beacon_ns);
  add_sign (&self->reported_us, report, stats->ended ? -1 : stats->last_sign_ns);
  if (self->found == LEC_FOUND_ANNOUNCED)
    self->found = stats->found;
  if (self->foreign == LEC_FOREIGN_UNKNOWN)
    self->foreign = stats->foreign;
  self->repair_ns = MAX (self->repair_ns, stats->repair_ns);
  self->encrypted += stats->encrypted;
  self->missing += lec_reception_is_missing (report, stream);
  self->untimed += stats->untimed;
  self->unnumbered += stats->unnumbered;
  if (stats->received > 0 && !stats->ended)
    self->speaking++;
  self->parted += stats->received > 0 && stats->ended;
  if (stream->n_legs > 1)
    self->legs += stream->n_legs;
  self->silent_legs += lec_reception_count_silent_legs (report, stream);
  if (*self->interfaces == '\0')
    name_interfaces (self->interfaces, stream->interfaces);
}

static gboolean
has_station (LecReport *report)
{
  for (guint i = 0; i < report->n_stations; i++) {
    if (report->stations[i].is_played)
      return TRUE;
  }
  return FALSE;
}

/* Those that the announcement names may send the same, to be there when the first one fails. Where
 * nothing is played, as nobody knows what it is, there is none that could be another one. */
static void
add_others (LecReception *self, LecReport *report)
{
  guint64 most = 0;

  if (!has_station (report))
    return;

  for (guint i = 0; i < report->n_stations; i++) {
    const LecStationReport *station = &report->stations[i];

    if (station->is_played || station->is_announced)
      continue;
    self->others++;
    if (station->received <= most)
      continue;
    most = station->received;
    g_strlcpy (self->other, station->address, sizeof self->other);
  }
}

LecReception
lec_reception_read (LecReport *report)
{
  LecReception self = { .silent_us = -1,
                        .rest_us = -1,
                        .attended_us = -1,
                        .reported_us = -1,
                        .network.buffer_ns = G_MAXINT64 };

  if (report == NULL)
    return self;
  self.network = report->network;
  self.session = report->session;
  self.msb = report->msb;
  self.withdrawn = report->withdrawn;
  for (guint i = 0; i < report->n_streams; i++)
    add_stream (&self, report, &report->streams[i]);
  add_others (&self, report);
  return self;
}

gboolean
lec_reception_has_ended (const LecReception *self)
{
  if (self->msb == LEC_MSB_STATE_ENDED)
    return TRUE;
  if (self->parted > 0 && self->silent_us >= PARTED_NS / 1000)
    return TRUE;
  return self->silent_us >= GOODBYE_NS / 1000 && (self->speaking == 0 || self->withdrawn);
}

gboolean
lec_reception_is_silent (const LecReception *self)
{
  return self->silent_us >= MAX (SILENT_NS / 1000, RESTS * MIN (self->rest_us, MOST_REST_US));
}

/* What came with the last packets says nothing of the time since. */
static gboolean
is_since (const LecReception *self, gint64 sign_us)
{
  return sign_us >= 0 && sign_us < ATTENDED_NS / 1000
         && (self->silent_us < 0 || sign_us + WITH_MEDIA_NS / 1000 < self->silent_us);
}

gboolean
lec_reception_is_attended (const LecReception *self)
{
  return is_since (self, self->attended_us);
}

gboolean
lec_reception_is_paused (const LecReception *self)
{
  return is_since (self, self->reported_us);
}

double
lec_reception_get_loss (const LecReception *self)
{
  const guint64 missing = lec_stats_count_missing (&self->sum);

  return (double) missing / (double) MAX (missing + lec_stats_count_good (&self->sum), 1);
}

gboolean
lec_reception_is_greatest (const LecReception *self, guint64 part)
{
  const LecStats *sum = &self->sum;

  return part > 0 && part >= MAX (MAX (sum->lost, sum->lost_local), MAX (sum->late, sum->damaged));
}

gboolean
lec_reception_is_foreign (const LecReception *self)
{
  return self->sum.out == 0 && self->sum.discarded + self->sum.decrypt_failed > 0;
}

/* One in four of any bytes looks like RTP. */
gboolean
lec_reception_is_malformed (const LecReception *self)
{
  return lec_reception_is_foreign (self) && self->sum.decrypt_failed == 0
         && 2 * self->sum.malformed > self->sum.discarded;
}
