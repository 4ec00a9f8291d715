/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/session.h"

#include <string.h>

#include "wire/clock.h"
#include "wire/profile.h"
#include "wire/rtcp.h"
#include "wire/source.h"

#define MSECOND G_GINT64_CONSTANT (1000000)
#define SECOND (1000 * MSECOND)

#define HEADROOM (40 * MSECOND) /* of the latency, kept for decoding what a hole held up */
#define FAR SECOND     /* a delay beyond it is another time line, or a lie */
#define LATE_COUNT 5   /* so many frames in a row behind time: the sender paused its clock */
#define START_VIDEO 4
#define START_AUDIO 2
#define TS_RATE 90000
#define TS_TAKE_OVER SECOND /* silence after which another sender of bare TS is heard */
#define REPORT_FAR SECOND   /* a report about another moment is not believed */
#define REPORTS 3
#define LIP_LEAST (8 * MSECOND) /* smaller corrections are not seen */

struct _LecSession
{
  LecKind kind;
  gboolean any_payload;
  gboolean repair;
  guint rates[128]; /* [Hz] by payload type; 0: not announced */
  gint64 latency_ns;
  guint start_count;

  LecSource source;
  LecClock clock;
  LecJitter *jitter;
  gboolean discont;       /* the next packet that comes in begins another time line */
  gboolean discont_after; /* the next one that goes out follows a hole or a step in time */
  guint64 lost_local_pending; /* of lost_local, those whose hole was not given up yet */

  /* bare transport stream */
  guint64 ts_sender;
  gint64 ts_count;

  /* presentation times already given out */
  gint64 last_media, last_pts_ns; /* of the packet before */
  gint64 top_media, top_pts_ns;   /* of the latest picture */
  gboolean top_valid;
  guint late_frames;

  /* lip sync */
  gint64 syncs[REPORTS];
  guint n_syncs;
  guint64 cname;
  gint64 lip_ns;

  /* interarrival jitter */
  gint64 jitter_media, jitter_arrival_ns;
  gboolean jitter_valid;

  LecStats stats;
};

LecSession *
lec_session_new (const LecStream *stream, LecKind kind, gint64 latency_ns)
{
  LecSession *self = g_new0 (LecSession, 1);

  self->kind = kind;
  self->any_payload = stream->payloads->len == 0;
  self->repair = stream->legs->len > 1;
  for (guint i = 0; i < stream->payloads->len; i++) {
    const LecPayload *payload = g_ptr_array_index (stream->payloads, i);

    self->rates[payload->payload] = payload->clock_rate;
  }
  self->start_count = stream->media == LEC_MEDIA_VIDEO ? START_VIDEO : START_AUDIO;
  self->jitter = lec_jitter_new (self->start_count);
  self->stats.first_packet_ns = -1;
  self->stats.last_packet_ns = -1;
  lec_source_init (&self->source, TS_RATE, &self->stats.discarded);
  lec_clock_init (&self->clock, TS_RATE);
  lec_session_set_latency (self, latency_ns);
  return self;
}

void
lec_session_free (LecSession *self)
{
  if (self == NULL)
    return;

  lec_source_clear (&self->source);
  lec_jitter_free (self->jitter);
  g_free (self);
}

static void
update_patience (LecSession *self)
{
  lec_jitter_set_patience (self->jitter, MAX (self->latency_ns - HEADROOM, 0) + self->lip_ns,
                           self->repair);
}

void
lec_session_set_latency (LecSession *self, gint64 latency_ns)
{
  self->latency_ns = latency_ns;
  self->stats.latency_ns = latency_ns;
  update_patience (self);
}

void
lec_session_set_lip (LecSession *self, gint64 lip_ns)
{
  if (ABS (lip_ns - self->lip_ns) < LIP_LEAST)
    return;
  self->lip_ns = lip_ns;
  self->discont_after = TRUE;
  update_patience (self);
}

static void
discard (LecSession *self, LecPacket *packet)
{
  self->stats.discarded++;
  lec_packet_release (packet);
}

/* The clock rate of a payload type, 0 when it means nothing here. */
static guint
rate_of (const LecSession *self, guint payload)
{
  const LecProfileEntry *entry;

  if (self->kind == LEC_KIND_TS)
    return TS_RATE;
  if (!self->any_payload)
    return self->rates[payload];
  entry = lec_profile_lookup (payload);
  return entry != NULL ? entry->clock_rate : 0;
}

/* RFC 3550, section 6.4.1, in nanoseconds. */
static void
note_jitter (LecSession *self, const LecPacket *packet)
{
  gint64 media = packet->media_time - self->jitter_media;
  gint64 gone = packet->arrival_ns - self->jitter_arrival_ns;

  if (self->jitter_valid && ABS (media) < 10 * (gint64) self->clock.rate) {
    gint64 difference = gone - media * SECOND / self->clock.rate;

    self->stats.jitter_ns += (ABS (difference) - self->stats.jitter_ns) / 16;
  }
  self->jitter_media = packet->media_time;
  self->jitter_arrival_ns = packet->arrival_ns;
  self->jitter_valid = TRUE;
}

static void
begin_time_line (LecSession *self, gboolean count)
{
  self->top_valid = FALSE;
  self->jitter_valid = FALSE;
  self->late_frames = 0;
  self->n_syncs = 0;
  self->discont = TRUE;
  if (count)
    self->stats.restarts++;
}

/* Another clock rate makes every estimate void. */
static void
check_rate (LecSession *self, guint rate)
{
  if (rate == self->clock.rate)
    return;
  lec_clock_init (&self->clock, rate);
  self->source.rate = rate;
  begin_time_line (self, FALSE);
}

/* A sender that paused its time stamps together with its media comes back behind time for ever. */
static void
check_late (LecSession *self, const LecPacket *packet)
{
  gint64 delay = lec_clock_get_delay (&self->clock, packet->media_time, packet->arrival_ns);

  if (delay <= self->latency_ns + self->lip_ns) {
    self->late_frames = 0;
  } else if (++self->late_frames >= LATE_COUNT) {
    lec_clock_rebase (&self->clock, packet->media_time, packet->arrival_ns);
    begin_time_line (self, TRUE);
  }
}

static void
observe (LecSession *self, const LecPacket *packet)
{
  gboolean new_frame = !self->top_valid || packet->media_time > self->top_media;

  note_jitter (self, packet);
  if (lec_clock_observe (&self->clock, packet->media_time, packet->arrival_ns)
      == LEC_CLOCK_REBASED)
    begin_time_line (self, TRUE);
  else if (new_frame)
    check_late (self, packet);
}

/* Packets of one frame share one time; time does not go back while the sender's goes on. */
static gint64
present (LecSession *self, const LecPacket *packet)
{
  gint64 local = lec_clock_to_local (&self->clock, packet->media_time);

  if (self->top_valid && packet->media_time == self->last_media)
    return self->last_pts_ns;
  if (ABS (packet->arrival_ns - local) > FAR)
    return packet->arrival_ns; /* until the clock has made up its mind */
  if (!self->top_valid || packet->media_time > self->top_media) {
    self->top_pts_ns = self->top_valid ? MAX (local, self->top_pts_ns) : local;
    self->top_media = packet->media_time;
    self->top_valid = TRUE;
    local = self->top_pts_ns;
  }
  self->last_media = packet->media_time;
  self->last_pts_ns = local;
  return local;
}

static void
queue (LecSession *self, LecPacket *packet)
{
  packet->discont = self->discont;
  self->discont = FALSE;

  switch (lec_jitter_push (self->jitter, packet)) {
  case LEC_PUSH_QUEUED:
    break;
  case LEC_PUSH_DUPLICATE:
    self->stats.duplicate++;
    break;
  case LEC_PUSH_LATE:
    self->stats.late++;
    break;
  default:
    g_assert_not_reached ();
  }
}

/* Takes a packet of the current source. @newest: it is ahead of all before. */
static void
admit (LecSession *self, LecPacket *packet, gboolean newest)
{
  check_rate (self, rate_of (self, packet->payload_type));
  if (newest || !self->clock.running)
    observe (self, packet);
  self->stats.payload = packet->payload_type;
  packet->pts_ns = present (self, packet);
  queue (self, packet);
}

static void
change_source (LecSession *self)
{
  LecPacket *packet;

  self->clock.running = FALSE;
  self->stats.restarts++;
  begin_time_line (self, FALSE);
  while ((packet = lec_source_take (&self->source)) != NULL)
    admit (self, packet, TRUE);
}

static void
feed_rtp (LecSession *self, LecPacket *packet, guint leg)
{
  gint64 highest = self->source.highest;

  if (!lec_packet_parse (packet) || rate_of (self, packet->payload_type) == 0) {
    self->stats.payload = packet->size > 1 ? packet->data[1] & 0x7f : 0;
    discard (self, packet);
    return;
  }

  switch (lec_source_check (&self->source, packet, leg, packet->arrival_ns)) {
  case LEC_SOURCE_CURRENT:
    self->stats.ssrc = self->source.ssrc;
    admit (self, packet, self->source.highest != highest);
    break;
  case LEC_SOURCE_HELD_BACK:
    break;
  case LEC_SOURCE_CHANGED:
    self->stats.ssrc = self->source.ssrc;
    change_source (self);
    break;
  default:
    g_assert_not_reached ();
  }
}

/* Bare transport stream packets have no number and no time of their own: they count as they come.
 * Their PCR is the business of the demultiplexer. */
static void
feed_ts (LecSession *self, LecPacket *packet)
{
  if (packet->sender != self->ts_sender) {
    if (self->ts_sender != 0
        && packet->arrival_ns - self->source.last_ns < TS_TAKE_OVER) {
      discard (self, packet);
      return;
    }
    self->discont = self->ts_sender != 0;
    self->stats.restarts += self->ts_sender != 0;
    self->ts_sender = packet->sender;
  }
  self->source.last_ns = packet->arrival_ns;
  packet->payload_offset = 0;
  packet->payload_size = packet->size;
  packet->extended_sequence = self->ts_count++;
  packet->pts_ns = packet->arrival_ns;
  queue (self, packet);
}

void
lec_session_feed (LecSession *self, LecPacket *packet, guint leg)
{
  if (self->kind != LEC_KIND_TS && lec_packet_is_rtcp (packet->data, packet->size)) {
    lec_session_feed_rtcp (self, packet->data, packet->size, packet->arrival_ns);
    lec_packet_release (packet);
    return;
  }

  self->stats.received++;
  self->stats.bytes += packet->size;
  self->stats.last_packet_ns = packet->arrival_ns;
  if (self->stats.first_packet_ns < 0)
    self->stats.first_packet_ns = packet->arrival_ns;

  if (self->kind == LEC_KIND_TS && lec_packet_is_ts (packet->data, packet->size))
    feed_ts (self, packet);
  else
    feed_rtp (self, packet, MIN (leg, LEC_SOURCE_LEGS - 1));
}

static int
compare_times (const void *a, const void *b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static void
note_report (LecSession *self, const LecSenderReport *report, gint64 now_ns)
{
  gint64 media, local;

  if (!self->clock.running || !self->source.locked || report->ssrc != self->source.ssrc
      || report->ntp == 0)
    return;

  media = self->source.highest_media
          + (gint32) (report->timestamp - (guint32) self->source.highest_media);
  local = lec_clock_to_local (&self->clock, media);
  if (ABS (local - now_ns) > REPORT_FAR)
    return;

  memmove (self->syncs + 1, self->syncs, (REPORTS - 1) * sizeof self->syncs[0]);
  self->syncs[0] = local - lec_ntp_to_ns (report->ntp);
  self->n_syncs = MIN (self->n_syncs + 1, REPORTS);
}

void
lec_session_feed_rtcp (LecSession *self, const guint8 *data, gsize size, gint64 now_ns)
{
  LecRtcp rtcp;

  if (!lec_rtcp_parse (data, size, &rtcp))
    return;
  if (rtcp.has_report) {
    note_report (self, &rtcp.report, now_ns);
    if (rtcp.report.ssrc == self->source.ssrc && rtcp.cname != 0)
      self->cname = rtcp.cname;
  }
  if (rtcp.has_bye)
    lec_source_end (&self->source, rtcp.bye_ssrc);
}

gboolean
lec_session_get_sync (const LecSession *self, gint64 *offset_ns, guint64 *cname)
{
  gint64 sorted[REPORTS];

  if (self->n_syncs == 0)
    return FALSE;

  memcpy (sorted, self->syncs, sizeof sorted);
  qsort (sorted, self->n_syncs, sizeof sorted[0], compare_times);
  *offset_ns = sorted[self->n_syncs / 2];
  *cname = self->cname;
  return TRUE;
}

void
lec_session_note_local_loss (LecSession *self, guint64 count)
{
  self->stats.lost_local += count;
  self->lost_local_pending += count;
}

static void
count_gap (LecSession *self, const LecGap *gap)
{
  guint64 local = MIN (gap->count, self->lost_local_pending);

  self->lost_local_pending -= local;
  self->stats.lost += gap->count - local;
  self->stats.gaps++;
  self->discont_after = TRUE;
}

LecPull
lec_session_pull (LecSession *self,
                  gint64 now_ns,
                  LecPacket **packet,
                  LecGap *gap,
                  gint64 *wake_ns)
{
  LecPull answer = lec_jitter_pull (self->jitter, now_ns, packet, gap, wake_ns);

  if (answer == LEC_PULL_PACKET) {
    (*packet)->pts_ns += self->lip_ns;
    (*packet)->discont |= self->discont_after;
    self->discont_after = FALSE;
    self->stats.out++;
  } else if (answer == LEC_PULL_GAP) {
    gap->pts_ns += self->lip_ns;
    count_gap (self, gap);
  }
  return answer;
}

void
lec_session_reset (LecSession *self)
{
  self->stats.reordered += lec_jitter_get_reordered (self->jitter);
  lec_jitter_free (self->jitter);
  self->jitter = lec_jitter_new (self->start_count);
  update_patience (self);
  lec_source_clear (&self->source);
  self->clock.running = FALSE;
  begin_time_line (self, FALSE);
}

LecStats
lec_session_get_stats (const LecSession *self)
{
  LecStats stats = self->stats;

  stats.reordered += lec_jitter_get_reordered (self->jitter);
  stats.drift_ppm = lec_clock_get_drift_ppm (&self->clock);
  return stats;
}
