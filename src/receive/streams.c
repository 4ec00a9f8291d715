/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/streams.h"

#include <string.h>
#include <unistd.h>

#include "wire/reporter.h"
#include "wire/sync.h"

static gboolean
is_repaired_by (const LecStream *info, LecRepairScheme scheme)
{
  for (guint i = 0; i < info->repairs->len; i++) {
    if (((LecRepair *) g_ptr_array_index (info->repairs, i))->scheme == scheme)
      return TRUE;
  }
  return FALSE;
}

gboolean
lec_streams_add (LecStreams *self,
                 const LecStream *info,
                 const LecStreamsConfig *config,
                 GError **error)
{
  guint index = self->count++;
  LecStreamKeys *keys = &self->keys[index];

  self->format = config->format;
  self->sessions[index] = lec_session_new (info, &(LecSessionConfig){
                                                     .format = config->format,
                                                     .msb = config->msb,
                                                     .playout = &self->playout,
                                                     .seed = g_random_int (),
                                                     .without_repair = !config->repair,
                                                     .acquire = config->acquire,
                                                     .data = config->data,
                                                 });
  if (info->media == LEC_MEDIA_AUDIO && !self->has_audio)
    self->clock = index;
  self->has_audio |= info->media == LEC_MEDIA_AUDIO;
  self->n_flexfec += config->repair && is_repaired_by (info, LEC_REPAIR_FLEXFEC);
  for (guint i = 0; i < G_N_ELEMENTS (keys->payloads); i++)
    keys->payloads[i] = info->payloads->len == 0;
  for (guint i = 0; i < info->payloads->len; i++)
    keys->payloads[((LecPayload *) g_ptr_array_index (info->payloads, i))->payload] = TRUE;
  for (guint i = 0; i < info->legs->len; i++) {
    if (((LecLeg *) g_ptr_array_index (info->legs, i))->sources != NULL)
      lec_stations_set_named (&self->stations.stations, index, i);
  }
  for (guint i = 0; i < info->legs->len && info->keys->len > 0; i++) {
    keys->srtp[i] = lec_srtp_new (info->keys, error);
    if (keys->srtp[i] == NULL)
      return FALSE;
  }
  return TRUE;
}

void
lec_streams_clear (LecStreams *self)
{
  for (guint i = 0; i < self->count; i++) {
    lec_session_free (self->sessions[i]);
    lec_rtcp_sender_free (self->reports[i]);
    for (guint j = 0; j < LEC_MAX_LEGS; j++)
      lec_srtp_free (self->keys[i].srtp[j]);
  }
  memset (self, 0, sizeof *self);
}

/* A name that says nothing of the person or the computer (RFC 7022, section 4.2). */
static char *
make_name (void)
{
  guint8 bytes[12];

  if (getentropy (bytes, sizeof bytes) != 0)
    return NULL;
  return g_base64_encode (bytes, sizeof bytes);
}

static void
ensure_sender (LecStreams *self, guint stream, const LecStream *info)
{
  if (self->reports[stream] == NULL)
    self->reports[stream] = lec_rtcp_sender_new (info, self->keys[stream].srtp[0]);
}

void
lec_streams_allow_reports (LecStreams *self, const LecAlternative *alternative)
{
  g_autofree char *name = make_name ();

  g_return_if_fail (alternative->streams->len == self->count);

  for (guint i = 0; i < self->count && name != NULL; i++) {
    const LecStream *info = g_ptr_array_index (alternative->streams, i);

    if (!lec_reporter_is_wanted (self->format, info))
      continue;
    lec_session_allow_reports (self->sessions[i], info, name, g_random_int ());
    ensure_sender (self, i, info);
  }
}

void
lec_streams_allow_requests (LecStreams *self, const LecAlternative *alternative, gboolean is_opened)
{
  g_autofree char *name = make_name ();

  g_return_if_fail (alternative->streams->len == self->count);

  for (guint i = 0; i < self->count && name != NULL; i++) {
    const LecStream *info = g_ptr_array_index (alternative->streams, i);
    const LecFeedbackTarget target
        = { lec_station_table_read_host (info->feedback.target), is_opened };

    if (!lec_retransmission_is_wanted (self->format, info))
      continue;
    lec_session_allow_requests (self->sessions[i], info, &target, name, g_random_int ());
    ensure_sender (self, i, info);
  }
}

int
lec_streams_get_answer_fd (const LecStreams *self, guint stream)
{
  return self->reports[stream] != NULL ? lec_rtcp_sender_get_answer_fd (self->reports[stream]) : -1;
}

guint
lec_streams_find_user (const LecStreams *self,
                       const LecEndpoint *endpoint,
                       const LecDatagram *datagram)
{
  if (endpoint->n_users > 1 && self->format->peek_payload != NULL) {
    guint payload = self->format->peek_payload (datagram->bytes, datagram->size);

    for (guint i = 0; i < endpoint->n_users; i++) {
      if (self->keys[endpoint->users[i].stream].payloads[payload])
        return i;
    }
  }
  return 0;
}

/* Encrypted RTCP is opened in a copy: it may be for several streams, each with its own key. */
static void
feed_rtcp (LecSession *session, LecSrtp *srtp, const LecDatagram *datagram, gint64 now_ns)
{
  guint8 bytes[LEC_PACKET_SLOT];
  guint32 size = (guint32) MIN (datagram->size, sizeof bytes);

  if (srtp == NULL) {
    lec_session_feed_rtcp (session, datagram->bytes, size, lec_datagram_get_sender (datagram),
                           now_ns);
    return;
  }
  memcpy (bytes, datagram->bytes, size);
  if (lec_srtp_unprotect_rtcp (srtp, bytes, &size))
    lec_session_feed_rtcp (session, bytes, size, lec_datagram_get_sender (datagram), now_ns);
}

/* Where streams have rival sources on one computer, they come from those of one name: that of the
 * first stream, or else the one that the first stream can follow. */
static void
agree_name (LecStreams *self)
{
  guint64 name = self->count > 1 ? lec_session_get_name (self->sessions[0]) : 0;

  for (guint i = 1; i < self->count && name != 0; i++) {
    guint64 other = lec_session_get_name (self->sessions[i]);

    if (other != 0 && other != name && !lec_session_follow (self->sessions[i], name)
        && i == self->count - 1)
      lec_session_follow (self->sessions[0], other);
  }
}

void
lec_streams_feed_rtcp (LecStreams *self,
                       const LecEndpoint *endpoint,
                       const LecDatagram *datagram,
                       gint64 now_ns)
{
  for (guint i = 0; i < endpoint->n_users; i++) {
    guint stream = endpoint->users[i].stream;

    feed_rtcp (self->sessions[stream], self->keys[stream].srtp[endpoint->users[i].leg], datagram,
               now_ns);
  }
  agree_name (self);
  lec_sync_update (self->sessions, self->count, &self->playout);
}

void
lec_streams_feed_rtp (LecStreams *self, guint stream, guint leg, LecPacket *packet)
{
  LecSession *session = self->sessions[stream];
  LecSrtp *srtp = self->keys[stream].srtp[leg];
  LecSrtpResult result = LEC_SRTP_OPENED;

  if (packet->standing == LEC_STANDING_OTHER) {
    lec_session_note_other_station (session);
    lec_packet_release (packet);
    return;
  }
  if (srtp != NULL)
    result = lec_srtp_unprotect_rtp (srtp, packet->data, &packet->size, packet->arrival_ns);
  if (result == LEC_SRTP_OPENED) {
    for (guint i = 0; i < self->count && self->n_flexfec > 1; i++) {
      if (i != stream)
        lec_session_feed_other (self->sessions[i], packet);
    }
    lec_session_feed (session, packet, leg);
    lec_stations_note_source (&self->stations.stations, lec_session_get_host (session, leg), stream,
                              leg);
    return;
  }
  if (result != LEC_SRTP_REPLAYED)
    lec_stations_disown (&self->stations.stations, lec_sender_get_host (packet->sender));
  lec_session_note_decrypt_failed (session, packet, result == LEC_SRTP_REPLAYED);
  lec_packet_release (packet);
}

void
lec_streams_feed_repair (LecStreams *self, guint stream, LecRepairScheme scheme, LecPacket *packet)
{
  LecSrtp *srtp = self->keys[stream].srtp[0];

  if (srtp != NULL
      && lec_srtp_unprotect_rtp (srtp, packet->data, &packet->size, packet->arrival_ns)
             != LEC_SRTP_OPENED) {
    lec_packet_release (packet);
    return;
  }
  lec_session_feed_repair (self->sessions[stream], packet, scheme);
}

gint64
lec_streams_report (LecStreams *self, const LecEndpoints *endpoints, gint64 now_ns)
{
  gint64 wake_ns = G_MAXINT64;

  for (guint i = 0; i < self->count; i++) {
    if (self->reports[i] == NULL)
      continue;
    wake_ns = MIN (wake_ns, lec_rtcp_sender_run (self->reports[i], self->sessions[i], endpoints, i,
                                                 &self->trials, now_ns));
  }
  return wake_ns;
}

void
lec_streams_say_bye (LecStreams *self)
{
  for (guint i = 0; i < self->count; i++) {
    if (self->reports[i] != NULL)
      lec_rtcp_sender_leave (self->reports[i], self->sessions[i]);
  }
}

gboolean
lec_streams_is_own (const LecStreams *self, guint64 sender)
{
  for (guint i = 0; i < self->count; i++) {
    if (self->reports[i] != NULL && lec_rtcp_sender_is_own (self->reports[i], sender))
      return TRUE;
  }
  return FALSE;
}

gboolean
lec_streams_get_sender_time (const LecStreams *self, gint64 now_ns, LecSenderTime *time)
{
  return self->count > 0 && lec_session_get_sender_time (self->sessions[self->clock], now_ns, time);
}

void
lec_streams_set_program (LecStreams *self, guint number)
{
  for (guint i = 0; i < self->count; i++)
    lec_session_set_program (self->sessions[i], number);
}

void
lec_streams_reset (LecStreams *self)
{
  lec_stations_reset (&self->stations.stations);
  for (guint i = 0; i < self->count; i++)
    lec_session_reset (self->sessions[i]);
}
