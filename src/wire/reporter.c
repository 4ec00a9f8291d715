/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/reporter.h"

#include <string.h>

#include "wire/units.h"

#define LEAST_INTERVAL 5.0    /* [s]; half of it before the first report */
#define COMPENSATION 1.21828  /* e - 3/2: reconsideration makes intervals longer by it */
#define TIMEOUT 5             /* intervals after which a silent member is none... */
#define SENDER_TIMEOUT 2      /* ...and one that has not sent no sender */
#define SIZE_SHARE (1.0 / 16) /* of the newest compound in the usual size */
#define SENDERS_SHARE                                                                              \
  (0.25 / 0.75)       /* of what receivers have, where nothing is said for senders                 \
                       */
#define CROWD 50      /* members, from which on a goodbye has to wait for its turn */
#define HEARD_MAX 64  /* members of one compound: who names more makes them up */
#define HEADERS_V4 28 /* [bytes] IP and UDP */
#define HEADERS_V6 48
#define LOST_MAX 0x7fffff
#define ASKED_TIMEOUT (60 * SECOND) /* who only asks is no member after that */

/* ---- what is allowed ---- */

/* Reports go to a group, never to a host that a file names; and where only announced sources may
 * send to it, ours would not arrive (RFC 5760 says how they would). */
gboolean
lec_reporter_is_open_group (const LecLeg *leg)
{
  const char *group = leg->rtcp_group != NULL ? leg->rtcp_group : leg->group;

  return leg->rtcp_port != 0 && lec_address_is_group (group) && !lec_address_needs_source (group)
         && (leg->sources == NULL || leg->sources[0] == NULL);
}

gboolean
lec_reporter_is_wanted (const LecFormat *format, const LecStream *stream)
{
  if (!format->reports || stream->rtcp_receivers <= 0)
    return FALSE;
  for (guint i = 0; i < stream->legs->len; i++) {
    if (!lec_reporter_is_open_group (g_ptr_array_index (stream->legs, i)))
      return FALSE;
  }
  return TRUE;
}

void
lec_reporter_init (LecReporter *self, guint32 secret)
{
  memset (self, 0, sizeof *self);
  lec_participants_init (&self->participants, secret);
  self->next_ns = G_MAXINT64;
}

void
lec_reporter_clear (LecReporter *self)
{
  g_clear_pointer (&self->rng, g_rand_free);
}

static void
choose_ssrc (LecReporter *self)
{
  self->ssrc = g_rand_int (self->rng);
  self->present = FALSE;
  self->collided = FALSE;
}

void
lec_reporter_name (LecReporter *self, const LecStream *stream, const char *cname, guint32 seed)
{
  const LecLeg *leg = g_ptr_array_index (stream->legs, 0);

  g_return_if_fail (strlen (cname) <= LEC_RTCP_NAME_MAX);

  self->overhead = strchr (leg->group, ':') != NULL ? HEADERS_V6 : HEADERS_V4;
  g_strlcpy (self->cname, cname, sizeof self->cname);
  g_clear_pointer (&self->rng, g_rand_free);
  self->rng = g_rand_new_with_seed (seed);
  choose_ssrc (self);
}

void
lec_reporter_allow (LecReporter *self, const LecStream *stream, const char *cname, guint32 seed)
{
  g_return_if_fail (stream->rtcp_receivers > 0);

  self->receivers_rate = (double) stream->rtcp_receivers / 8;
  self->senders_rate = stream->rtcp_senders >= 0 ? (double) stream->rtcp_senders / 8
                                                 : self->receivers_rate * SENDERS_SHARE;
  lec_reporter_name (self, stream, cname, seed);
}

/* ---- when ---- */

/* RFC 3550, section 6.3.1 and appendix A.7, for who does not send; where senders are so many that
 * their share would be larger by number, all have one share. */
static gint64
usual_interval (const LecReporter *self, gboolean initial)
{
  double least = initial ? LEAST_INTERVAL / 2 : LEAST_INTERVAL;
  double members = 1.0 + lec_participants_get_members (&self->participants);
  double senders = lec_participants_get_senders (&self->participants);
  double rate = self->receivers_rate;
  double seconds;

  if (senders * (self->receivers_rate + self->senders_rate) <= members * self->senders_rate)
    members -= senders;
  else
    rate += self->senders_rate;
  seconds = MAX (self->usual_size * members / rate, least);
  return (gint64) (MIN (seconds, 1e8) * (double) SECOND);
}

static gint64
random_interval (LecReporter *self)
{
  double usual = (double) usual_interval (self, self->initial);

  return (gint64) (usual * (g_rand_double (self->rng) + 0.5) / COMPENSATION);
}

static guint
count_members (const LecReporter *self)
{
  return 1 + MIN (lec_participants_get_members (&self->participants), G_MAXUINT - 1);
}

static void
note_size (LecReporter *self, gsize size)
{
  self->usual_size += ((double) (size + self->overhead) - self->usual_size) * SIZE_SHARE;
}

static void
start (LecReporter *self, gint64 now_ns)
{
  self->initial = TRUE;
  self->usual_size = LEC_RTCP_MAX + self->overhead;
  self->past_members = 1;
  self->past_ns = now_ns;
  self->next_ns = now_ns + random_interval (self);
}

void
lec_reporter_begin (LecReporter *self, gint64 now_ns)
{
  if (self->receivers_rate > 0 && self->next_ns == G_MAXINT64)
    start (self, now_ns);
}

void
lec_reporter_reset (LecReporter *self)
{
  lec_participants_init (&self->participants, self->participants.secret);
  self->next_ns = G_MAXINT64;
  self->past.received = 0;
  self->collided_with = 0;
  if (self->rng != NULL)
    choose_ssrc (self);
}

gint64
lec_reporter_get_wake (const LecReporter *self)
{
  return self->next_ns;
}

/* Fewer members make the next turn come sooner, in proportion (section 6.3.4). */
static void
reconsider_backwards (LecReporter *self, gint64 now_ns)
{
  guint members = count_members (self);
  double part;

  if (self->next_ns == G_MAXINT64 || members >= self->past_members)
    return;
  part = (double) members / self->past_members;
  self->next_ns = now_ns + (gint64) (part * (double) (self->next_ns - now_ns));
  self->past_ns = now_ns - (gint64) (part * (double) (now_ns - self->past_ns));
  self->past_members = members;
}

static void
expire (LecReporter *self, gint64 now_ns)
{
  gint64 interval_ns = usual_interval (self, FALSE);

  lec_participants_expire (&self->participants, now_ns - TIMEOUT * interval_ns,
                           now_ns - SENDER_TIMEOUT * interval_ns);
  reconsider_backwards (self, now_ns);
}

/* ---- what others say ---- */

/* Somebody reports under our number: another one is chosen. What comes so from the same place once
 * more is rather our own reports, sent back to us (section 8.2). */
static void
note_collision (LecReporter *self, guint64 sender, gint64 now_ns)
{
  if (self->rng == NULL || sender == self->collided_with)
    return;
  self->collided_with = sender;
  if (!self->present) {
    choose_ssrc (self);
    return;
  }
  self->collided = TRUE;
  self->next_ns = now_ns;
}

static void
take_item (LecReporter *self, const LecRtcpItem *item, guint64 sender, gint64 now_ns)
{
  guint64 host = lec_sender_get_host (sender);

  if (self->rng != NULL && item->ssrc == self->ssrc) {
    note_collision (self, sender, now_ns);
    return;
  }
  switch (item->kind) {
  case LEC_RTCP_SENDER_REPORT:
  case LEC_RTCP_RECEIVER_REPORT:
  case LEC_RTCP_CNAME:
    lec_participants_note (&self->participants, item->ssrc, host,
                           item->kind == LEC_RTCP_SENDER_REPORT, now_ns);
    break;
  case LEC_RTCP_BYE:
    lec_participants_remove (&self->participants, item->ssrc, host);
    reconsider_backwards (self, now_ns);
    break;
  case LEC_RTCP_BLOCK:
  case LEC_RTCP_NAME:
  case LEC_RTCP_TOOL:
  case LEC_RTCP_NACK:
  case LEC_RTCP_LOSS_KNOWN:
  default:
    break;
  }
}

void
lec_reporter_process (LecReporter *self,
                      const guint8 *data,
                      gsize size,
                      guint64 sender,
                      gint64 now_ns)
{
  LecRtcpReader reader = lec_rtcp_read (data, size);
  LecRtcpItem item;

  for (guint i = 0; i < HEARD_MAX && lec_rtcp_next (&reader, &item); i++)
    take_item (self, &item, sender, now_ns);
  if (self->next_ns != G_MAXINT64)
    note_size (self, size);
}

/* ---- what we say ---- */

/* RFC 3550, appendix A.3. Repetitions are not counted as received, so nothing is made up for. */
static void
fill_block (LecPastReport *past,
            const LecReceptionReport *reception,
            gint64 now_ns,
            LecReportBlock *block)
{
  gboolean same = past->ssrc == reception->ssrc && past->first == reception->first
                  && past->highest <= reception->highest && past->received <= reception->received;
  gint64 since = same ? past->highest : reception->first - 1;
  gint64 expected = reception->highest - since;
  gint64 lost = expected - (gint64) (reception->received - (same ? past->received : 0));
  gint64 all = reception->highest + 1 - reception->first - (gint64) reception->received;

  block->ssrc = reception->ssrc;
  block->fraction = expected > 0 && lost > 0 ? (guint8) MIN (lost * 256 / expected, 255) : 0;
  block->lost = (gint32) CLAMP (all, -LOST_MAX, LOST_MAX);
  block->highest = (guint32) reception->highest;
  block->jitter = reception->jitter;
  block->last_report = (guint32) (reception->sender_ntp >> 16);
  block->delay = 0;
  if (block->last_report != 0) {
    gint64 ago_ns = MIN (now_ns - reception->sender_report_ns, 0xffff * SECOND);

    block->delay = (guint32) (MAX (ago_ns, 0) / 1000 * 65536 / 1000000);
  }
  *past = (LecPastReport){ reception->ssrc, reception->first, reception->highest,
                           reception->received };
}

/* Nothing has come since the report before. */
static gboolean
has_paused (const LecPastReport *past, const LecReceptionReport *reception)
{
  return past->ssrc == reception->ssrc && past->first == reception->first
         && past->received == reception->received;
}

/* The sender pauses, and so do we. */
static gboolean
is_idle (const LecReporter *self, const LecReceptionReport *reception)
{
  return reception == NULL || (self->present && has_paused (&self->past, reception));
}

static gsize
leave_number (LecReporter *self, guint8 *bytes)
{
  gsize size = lec_reporter_write_bye (self, bytes);

  choose_ssrc (self);
  return size;
}

gsize
lec_reporter_write (LecReporter *self,
                    const LecReceptionReport *reception,
                    const LecReceptionReport *again,
                    gint64 now_ns,
                    guint8 *bytes)
{
  LecReportBlock blocks[LEC_RTCP_BLOCKS];
  guint n_blocks = 1;
  gsize size = 0;

  g_return_val_if_fail (self->rng != NULL, 0);

  if (self->collided || (reception != NULL && reception->ssrc == self->ssrc)) {
    size = leave_number (self, bytes);
    self->next_ns = G_MAXINT64;
    lec_reporter_begin (self, now_ns);
    return size;
  }

  expire (self, now_ns);
  self->next_ns = self->past_ns + random_interval (self);
  self->past_members = count_members (self);
  if (self->next_ns > now_ns)
    return 0; /* there are more members by now: it is not our turn yet */

  if (!is_idle (self, reception)) {
    fill_block (&self->past, reception, now_ns, &blocks[0]);
    if (again != NULL && !has_paused (&self->past_again, again))
      fill_block (&self->past_again, again, now_ns, &blocks[n_blocks++]);
    size = lec_rtcp_write (bytes, self->ssrc, blocks, n_blocks, self->cname, FALSE);
    note_size (self, size);
    self->sent++;
    self->present = TRUE;
    self->initial = FALSE;
  }
  self->past_ns = now_ns;
  self->next_ns = now_ns + random_interval (self);
  return size;
}

gsize
lec_reporter_write_request (LecReporter *self,
                            guint32 media_ssrc,
                            const LecNackField *fields,
                            guint count,
                            gint64 now_ns,
                            guint8 *bytes)
{
  gsize size;

  g_return_val_if_fail (self->rng != NULL, 0);

  if (self->receivers_rate <= 0) /* else they expire with each report */
    lec_participants_expire (&self->participants, now_ns - ASKED_TIMEOUT, now_ns - ASKED_TIMEOUT);
  size = lec_rtcp_write (bytes, self->ssrc, NULL, 0, self->cname, FALSE);
  size += lec_rtcp_write_nack (bytes + size, self->ssrc, media_ssrc, fields, count);
  self->present = TRUE;
  return size;
}

gsize
lec_reporter_write_bye (LecReporter *self, guint8 *bytes)
{
  if (self->rng == NULL || !self->present || count_members (self) > CROWD)
    return 0;
  return lec_rtcp_write (bytes, self->ssrc, NULL, 0, self->cname, TRUE);
}
