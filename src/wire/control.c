/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/control.h"

#include <string.h>

#include "channel/text.h"
#include "wire/rtcp.h"
#include "wire/serial.h"
#include "wire/units.h"

#define REPORT_FAR SECOND     /* a report about another moment is not believed */
#define AMONG (200 * MSECOND) /* a report comes so near to packets while they come */
#define SILENCE SECOND        /* longer than packets are on their way */
#define APART 16 /* [packets] that the two ports of a sender may be at different places */

void
lec_control_init (LecControl *self, guint32 secret)
{
  memset (self, 0, sizeof *self);
  lec_reporter_init (&self->reporter, secret);
  self->report_ns = -1;
  self->heard_ns = -1;
}

void
lec_control_clear (LecControl *self)
{
  lec_reporter_clear (&self->reporter);
}

static void
forget_sender (LecControl *self)
{
  memset (&self->wall_clock, 0, sizeof self->wall_clock);
  memset (&self->cname, 0, sizeof self->cname);
  memset (&self->name, 0, sizeof self->name);
  memset (&self->tool, 0, sizeof self->tool);
  self->ntp = 0;
  self->counting = FALSE;
  self->is_counter = FALSE;
  self->silence_ns = 0;
}

void
lec_control_reset (LecControl *self)
{
  forget_sender (self);
  memset (&self->names, 0, sizeof self->names);
  lec_reporter_reset (&self->reporter);
}

void
lec_control_break_time (LecControl *self)
{
  memset (&self->wall_clock, 0, sizeof self->wall_clock);
}

/* ---- what the sender says ---- */

/* As much as fits, not cut within a character. */
static void
copy_text (char *to, gsize room, const char *from)
{
  gsize length = strlen (from);

  if (length >= room)
    length = (gsize) (g_utf8_find_prev_char (from, from + room) - from);
  memcpy (to, from, length);
  to[length] = '\0';
}

static void
take_text (LecControlName *name, const LecRtcpItem *item)
{
  g_autofree char *text = NULL;

  if (item->length == name->length && memcmp (item->text, name->bytes, name->length) == 0)
    return; /* most come again and again */
  name->length = (guint8) item->length;
  memcpy (name->bytes, item->text, name->length);
  text = g_strndup ((const char *) item->text, item->length);
  lec_text_clean (&text);
  copy_text (name->text, sizeof name->text, text != NULL ? text : "");
}

/* A time stamp from before the epoch means nothing any more. */
static void
take_report (LecControl *self,
             const LecRtcpItem *item,
             gint64 now_ns,
             const LecClock *clock,
             gint64 near)
{
  gint64 media = lec_serial_extend (near, item->timestamp, 32);
  gint64 local_ns;

  if (item->ntp == 0 || clock == NULL || !lec_clock_covers (clock, media))
    return;
  local_ns = lec_clock_to_local (clock, media);
  if (ABS (local_ns - now_ns) > REPORT_FAR
      || !lec_wall_clock_note (&self->wall_clock, local_ns - lec_ntp_to_ns (item->ntp), now_ns))
    return;
  self->ntp = item->ntp;
  self->report_ns = now_ns;
  self->reports++;
}

/* A few may be lost as ever, just before a pause. */
static LecSilence
judge_silence (gint32 sent)
{
  if (sent <= 0)
    return LEC_SILENCE_PAUSE;
  return sent > 2 * APART ? LEC_SILENCE_LOSS : LEC_SILENCE_UNKNOWN;
}

/* Some senders do not count, or count something else: so it is believed once count and numbers have
 * gone on together. */
static void
take_count (LecControl *self, guint32 packets, gint64 now_ns, const LecSource *source)
{
  const guint32 ahead = (guint32) source->highest - packets;

  if (now_ns - source->last_ns < AMONG) {
    self->is_counter = packets != self->packets && ABS ((gint32) (ahead - self->ahead)) <= APART;
    self->packets = packets;
    self->ahead = ahead;
  } else if (self->is_counter && now_ns - source->last_ns >= SILENCE) {
    self->silence = judge_silence ((gint32) (self->ahead - ahead));
    self->silence_ns = now_ns;
  }
}

static void
take_item (LecControl *self,
           const LecRtcpItem *item,
           gint64 now_ns,
           LecSource *source,
           const LecClock *clock)
{
  switch (item->kind) {
  case LEC_RTCP_SENDER_REPORT:
    take_report (self, item, now_ns, clock, source->highest_media);
    take_count (self, item->packets, now_ns, source);
    break;
  case LEC_RTCP_CNAME:
    take_text (&self->cname, item);
    break;
  case LEC_RTCP_NAME:
    take_text (&self->name, item);
    break;
  case LEC_RTCP_TOOL:
    take_text (&self->tool, item);
    break;
  case LEC_RTCP_BYE:
    lec_source_end (source, item->ssrc);
    break;
  case LEC_RTCP_RECEIVER_REPORT:
  case LEC_RTCP_BLOCK:
  case LEC_RTCP_NACK:
  case LEC_RTCP_LOSS_KNOWN:
  default:
    break;
  }
}

static gboolean
is_from_host (const LecSource *source, guint64 sender)
{
  guint64 host = lec_sender_get_host (sender);

  for (guint i = 0; i < LEC_SOURCE_LEGS; i++) {
    if (source->senders[i] == 0)
      continue;
    if (host == 0 || lec_sender_get_host (source->senders[i]) == host)
      return TRUE;
  }
  return FALSE;
}

static void
follow_source (LecControl *self, const LecSource *source)
{
  if (source->ssrc == self->ssrc)
    return;
  forget_sender (self);
  self->ssrc = source->ssrc;
}

/* A station that pauses goes on with reports, and after a while with those of one that only listens
 * (RFC 3550, section 6.4). As long as nobody is known that sends, only a sender report is one of a
 * sender. */
static void
note_sign (LecControl *self,
           const guint8 *data,
           gsize size,
           guint64 sender,
           gint64 now_ns,
           const LecSource *source)
{
  LecRtcpReader reader = lec_rtcp_read (data, size);
  LecRtcpItem item;

  while (lec_rtcp_next (&reader, &item)) {
    const gboolean is_report = item.kind == LEC_RTCP_SENDER_REPORT
                               || (source->locked && item.kind == LEC_RTCP_RECEIVER_REPORT);

    if (is_report
        && (!source->locked || (item.ssrc == source->ssrc && is_from_host (source, sender))))
      self->heard_ns = now_ns;
  }
}

gboolean
lec_control_feed (LecControl *self,
                  const guint8 *data,
                  gsize size,
                  guint64 sender,
                  gint64 now_ns,
                  LecSource *source,
                  const LecClock *clock)
{
  LecRtcpReader reader = lec_rtcp_read (data, size);
  LecRtcpItem item;

  if (!lec_rtcp_check (data, size))
    return FALSE;
  lec_reporter_process (&self->reporter, data, size, sender, now_ns);
  note_sign (self, data, size, sender, now_ns, source);
  if (!source->locked || source->bare || !is_from_host (source, sender))
    return TRUE;
  follow_source (self, source);
  while (lec_rtcp_next (&reader, &item)) {
    if (item.kind == LEC_RTCP_CNAME)
      lec_source_names_note (&self->names, item.ssrc, (const guint8 *) item.text, item.length);
    if (item.ssrc == self->ssrc)
      take_item (self, &item, now_ns, source, clock);
  }
  return TRUE;
}

/* ---- what we say ---- */

/* Numbers that were shifted anew are those of another run of the sender. */
void
lec_control_count (LecControl *self, const LecSource *source, gint64 now_ns)
{
  if (source->bare)
    return;
  follow_source (self, source);
  if (!self->counting || self->shift != source->shift) {
    self->counting = TRUE;
    self->shift = source->shift;
    self->first = source->highest;
    self->received = 0;
    lec_reporter_begin (&self->reporter, now_ns);
  }
  self->received++;
}

gsize
lec_control_write_report (LecControl *self,
                          const LecSource *source,
                          gint64 jitter_ns,
                          const LecReceptionReport *again,
                          gint64 now_ns,
                          guint8 *bytes)
{
  LecReceptionReport reception = {
    .ssrc = self->ssrc,
    .first = self->first,
    .highest = source->highest,
    .received = self->received,
    .jitter = (guint32) (jitter_ns / 1000 * source->rate / 1000000),
    .sender_ntp = self->ntp,
    .sender_report_ns = self->report_ns,
  };
  gboolean current = self->counting && source->locked && self->shift == source->shift;

  return lec_reporter_write (&self->reporter, current ? &reception : NULL, again, now_ns, bytes);
}

void
lec_control_read (const LecControl *self, const LecSource *source, LecStats *stats)
{
  const LecControlName *station = self->name.text[0] != '\0' ? &self->name : &self->cname;

  stats->reports = self->reports;
  stats->last_report_ns = self->report_ns;
  stats->last_sign_ns = self->heard_ns;
  stats->silence = self->silence_ns > source->last_ns ? self->silence : LEC_SILENCE_UNKNOWN;
  stats->reports_sent = self->reporter.sent;
  stats->participants = lec_participants_get_members (&self->reporter.participants);
  stats->ended = source->locked && source->ended;
  memcpy (stats->station, station->text, sizeof stats->station);
  memcpy (stats->tool, self->tool.text, sizeof stats->tool);
}
