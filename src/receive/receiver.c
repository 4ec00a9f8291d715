/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/receiver.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "channel/error.h"
#include "net/batch.h"
#include "net/capture.h"
#include "receive/drop-meter.h"
#include "receive/endpoints.h"
#include "receive/host-watch.h"
#include "receive/joining.h"
#include "receive/latency-memory.h"
#include "receive/membership-manager.h"
#include "receive/receive-loop.h"
#include "receive/report-builder.h"
#include "receive/report-stand.h"
#include "receive/source-probe.h"
#include "receive/streams.h"
#include "receive/wishes.h"
#include "wire/session.h"
#include "wire/units.h"

#define ROUNDS 8 /* batches from one socket before the others have their turn */
#define PUBLISH (100 * MSECOND)
#define HELD_UP SECOND /* the loop runs more often, unless this computer stands still */
#define IDLE_US (2 * G_TIME_SPAN_SECOND)          /* what waits longer for the start is past */
#define FORGET_US (100 * G_TIME_SPAN_MILLISECOND) /* for each socket: a flood has no end */

typedef struct _Watch Watch;

/* A descriptor, and what to do when it is ready. */
struct _Watch
{
  void (*ready) (LecReceiver *self, const Watch *watch, gint64 now_ns);
  LecEndpoint *endpoint; /* (nullable) that it belongs to */
  int fd;
  guint stream; /* that answers are for */
};

struct _LecReceiver
{
  LecOutlet outlet;
  LecReceiverCallbacks callbacks;
  gpointer data;
  char *interface;
  char *missing_interface; /* (nullable) */
  gboolean may_ask;        /* for what was lost */
  gboolean is_opened;      /* the viewer has opened the announcement, and not just heard it */

  LecStreams streams;
  gboolean active[LEC_MAX_STREAMS]; /* has something to flush */
  LecEndpoints endpoints;
  LecMembershipManager *memberships;
  LecReportBuilder *builder;
  LecBatch *batch;
  LecCapture *capture;

  LecLoopMember loop;
  gboolean is_running; /* in the loop */
  int epoll, timer;
  Watch watches[LEC_MAX_ENDPOINTS + LEC_MAX_STREAMS + 3]; /* of epoll */
  guint n_watches;
  LecWishes wishes;
  LecReportStand reports;

  gint64 idle_since_us; /* monotonic: since then nobody has read from the sockets */
  gboolean resumed;     /* started before */
  gint64 started_ns;
  gint64 published_ns;
  char *memory_key; /* (nullable) */
  LecDropMeter drops;
  LecHostWatch host;
  LecSourceProbe probe;
  gint64 ran_ns;   /* last */
  gint64 armed_ns; /* when the timer fires */
};

static gint64
session_now (LecReceiver *self)
{
  return self->callbacks.now (self->data);
}

static gint64
real_now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_REALTIME, &time);
  return (gint64) time.tv_sec * SECOND + time.tv_nsec;
}

/* ---- reports ---- */

static void
publish (LecReceiver *self, gint64 now_ns)
{
  LecReportDraft *draft = lec_report_builder_draft (
      self->builder, lec_report_stand_take_spare (&self->reports), &self->streams, &self->endpoints,
      self->memberships, self->started_ns, now_ns);

  if (self->capture != NULL) {
    lec_capture_flush (self->capture);
    draft->capture_error = lec_capture_get_error (self->capture);
  }
  draft->host = self->host.report;
  g_strlcpy (draft->network.stranger, lec_source_probe_get_stranger (&self->probe),
             sizeof draft->network.stranger);
  draft->latency_ns = self->streams.playout.latency_ns;
  draft->replayed
      = self->endpoints.replay != NULL && lec_replay_has_ended (self->endpoints.replay);
  for (guint i = 0; i < draft->n_streams; i++) {
    draft->streams[i].latency_ns = draft->latency_ns;
    draft->replayed &= draft->streams[i].stats.held == 0;
  }
  self->callbacks.report (draft, self->data);
  lec_report_stand_put (&self->reports, lec_report_draft_finish (draft));
  self->published_ns = now_ns;
}

LecReport *
lec_receiver_dup_report (LecReceiver *self)
{
  return lec_report_stand_dup (&self->reports);
}

/* ---- opening ---- */

static gboolean
open_descriptors (LecReceiver *self, GError **error)
{
  self->epoll = epoll_create1 (EPOLL_CLOEXEC);
  self->timer = timerfd_create (CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
  if (self->epoll >= 0 && lec_wishes_get_fd (&self->wishes) >= 0 && self->timer >= 0)
    return TRUE;
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, _ ("Cannot wait for packets: %s"),
               g_strerror (errno));
  return FALSE;
}

/* What is known of the channel from the last time, or else of such networks. */
static gint64
guess_latency (LecReceiver *self, const LecAlternative *alternative)
{
  gint64 kept_ns = lec_latency_memory_recall (alternative, self->interface);

  if (kept_ns >= 0)
    return kept_ns;
  return lec_endpoints_is_wireless (&self->endpoints) ? LEC_LATENCY_FIRST_WIRELESS_NS
                                                      : LEC_LATENCY_FIRST_NS;
}

static void
begin_latency (LecReceiver *self, const LecAlternative *alternative)
{
  self->memory_key = lec_latency_memory_dup_key (alternative, self->interface);
  lec_playout_begin (&self->streams.playout, LEC_LATENCY_AUTO, guess_latency (self, alternative));
}

LecReceiver *
lec_receiver_open (const LecAlternative *alternative,
                   const LecReceiverConfig *config,
                   const LecOutlet *outlet,
                   const LecReceiverCallbacks *callbacks,
                   gpointer data,
                   GError **error)
{
  g_autoptr (LecReceiver) self = g_new0 (LecReceiver, 1);
  const LecStreamsConfig streams = {
    .format = lec_format_of (alternative->kind),
    .msb = alternative->msb,
    .repair = config->repair,
    .acquire = callbacks->acquire,
    .data = data,
  };
  const LecJoining joining
      = { &self->streams, &self->endpoints, config->interface, &self->missing_interface };

  self->epoll = self->timer = -1;
  self->outlet = *outlet;
  self->callbacks = *callbacks;
  self->data = data;
  self->interface = g_strdup (config->interface);
  self->may_ask = config->repair && config->replay == NULL;
  self->is_opened = config->announcer == NULL;
  self->endpoints.low_ports = config->low_ports;
  if (config->replay != NULL)
    self->endpoints.replay = lec_replay_ref (config->replay);
  if (config->opener != NULL)
    self->endpoints.opener = *config->opener;
  lec_playout_init (&self->streams.playout, config->latency_ns, LEC_LATENCY_FIRST_NS);
  lec_station_table_init (&self->streams.stations);
  lec_station_table_prefer (&self->streams.stations, config->origin);
  lec_station_table_prefer (&self->streams.stations, config->announcer);
  lec_wishes_init (&self->wishes);
  lec_report_stand_init (&self->reports);

  if (streams.format == NULL) {
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                         _ ("This channel is not sent as RTP or as a transport stream"));
    return NULL;
  }
  if (!open_descriptors (self, error))
    return NULL;
  lec_host_watch_prepare (&self->host);
  if (!lec_joining_run (&joining, alternative, &streams, error))
    return NULL;
  lec_endpoints_reserve (&self->endpoints);
  lec_drop_meter_start (&self->drops, &self->endpoints, session_now (self));
  self->memberships = lec_membership_manager_new (&self->endpoints);
  self->loop.headroom = lec_endpoints_get_headroom (&self->endpoints);
  if (config->latency_ns == LEC_LATENCY_AUTO)
    begin_latency (self, alternative);
  self->builder = lec_report_builder_new (alternative);
  publish (self, session_now (self));
  self->idle_since_us = g_get_monotonic_time ();
  return g_steal_pointer (&self);
}

void
lec_receiver_free (LecReceiver *self)
{
  if (self == NULL)
    return;

  lec_receiver_stop (self);
  lec_membership_manager_free (self->memberships);
  lec_endpoints_clear (&self->endpoints);
  lec_replay_unref (self->endpoints.replay);
  lec_streams_clear (&self->streams);
  lec_batch_free (self->batch);
  lec_capture_free (self->capture);
  if (self->epoll >= 0)
    close (self->epoll);
  if (self->timer >= 0)
    close (self->timer);
  lec_report_stand_clear (&self->reports);
  lec_report_builder_free (self->builder);
  lec_wishes_clear (&self->wishes);
  g_free (self->interface);
  g_free (self->missing_interface);
  g_free (self->memory_key);
  g_free (self);
}

const char *
lec_receiver_get_missing_interface (const LecReceiver *self)
{
  return self->missing_interface;
}

gboolean
lec_receiver_set_capture (LecReceiver *self, const char *path, GError **error)
{
  g_clear_pointer (&self->capture, lec_capture_free);
  if (path == NULL)
    return TRUE;
  self->capture = lec_capture_open (path, error);
  return self->capture != NULL;
}

void
lec_receiver_allow_reports (LecReceiver *self, const LecAlternative *alternative)
{
  if (self->may_ask)
    lec_streams_allow_requests (&self->streams, alternative, self->is_opened);
  lec_streams_allow_reports (&self->streams, alternative);
}

/* ---- receiving, in the thread of the loop ---- */

/* Hands over everything of one stream whose time has come; returns when to look again. */
static gint64
drain (LecReceiver *self, guint index, gint64 now_ns)
{
  LecItem item;
  gint64 wake_ns;

  while (lec_session_pull (self->streams.sessions[index], now_ns, &item, &wake_ns)) {
    self->active[index] = TRUE;
    self->outlet.push (index, &item, self->outlet.data);
  }
  return wake_ns;
}

static void
take_rtcp (LecReceiver *self, LecEndpoint *endpoint, const LecDatagram *datagram, gint64 now_ns)
{
  if (lec_streams_is_own (&self->streams, lec_datagram_get_sender (datagram)))
    return;
  if (self->streams.format->beacons)
    lec_membership_manager_process (self->memberships, endpoint, datagram, now_ns);
  else
    lec_membership_manager_process_rtcp (self->memberships, endpoint, datagram, now_ns);
  lec_streams_feed_rtcp (&self->streams, endpoint, datagram, now_ns);
}

/* How a firewall is tried while nothing comes: by ourselves, when what comes may have overtaken it,
 * or by other programs. They do not go any further than this computer. */
static gboolean
is_probe (const LecReceiver *self,
          const LecEndpoint *endpoint,
          const LecDatagram *datagram,
          gint64 now_ns)
{
  return datagram->size == 0
         && (datagram->ttl == 0 || !endpoint->heard
             || now_ns - endpoint->heard_ns >= LEC_HOST_SILENT_NS
             || lec_host_watch_has_sent (&self->host, datagram->from));
}

static void
take_datagram (LecReceiver *self, LecEndpoint *endpoint, guint index, gint64 now_ns, gint64 real_ns)
{
  LecDatagram datagram = lec_batch_peek (self->batch, index);
  gint64 arrival_ns = lec_datagram_get_arrival (&datagram, now_ns, real_ns, endpoint->empty_ns);
  guint user = lec_streams_find_user (&self->streams, endpoint, &datagram);
  guint stream = endpoint->users[user].stream;
  LecPacket *packet;

  lec_drop_meter_note (&self->drops, &self->streams, endpoint, user, datagram.dropped, now_ns);
  if (is_probe (self, endpoint, &datagram, now_ns))
    return;
  if (!lec_ingress_accepts (endpoint->ingress, &datagram))
    return;

  if (endpoint->role == LEC_ENDPOINT_CONTROL
      || (endpoint->role == LEC_ENDPOINT_MEDIA
          && lec_session_is_control (self->streams.sessions[stream], datagram.bytes,
                                     MIN (datagram.size, LEC_PACKET_SLOT),
                                     lec_datagram_get_sender (&datagram)))) {
    take_rtcp (self, endpoint, &datagram, arrival_ns);
    return;
  }

  lec_membership_manager_process (self->memberships, endpoint, &datagram, now_ns);
  packet = lec_batch_take (self->batch, index);
  packet->arrival_ns = arrival_ns;
  packet->vague = datagram.is_vague;
  packet->sender = lec_datagram_get_sender (&datagram);
  packet->recovered = FALSE;
  if (endpoint->role == LEC_ENDPOINT_REPAIR) {
    lec_streams_feed_repair (&self->streams, stream, endpoint->scheme, packet);
    return;
  }
  packet->standing = lec_station_table_hear (&self->streams.stations, &datagram, stream,
                                             endpoint->users[user].leg, arrival_ns);
  lec_streams_feed_rtp (&self->streams, stream, endpoint->users[user].leg, packet);
}

static void
capture (LecReceiver *self, LecEndpoint *endpoint, guint index)
{
  LecDatagram datagram = lec_batch_peek (self->batch, index);
  struct sockaddr_storage to = { 0 };

  lec_ingress_get_address (endpoint->ingress, &to);
  lec_capture_write (self->capture, datagram.real_ns, datagram.from, &to, datagram.bytes,
                     MIN (datagram.size, LEC_PACKET_SLOT), datagram.size);
}

static void
receive (LecReceiver *self, LecEndpoint *endpoint)
{
  for (guint round = 0; round < ROUNDS; round++) {
    guint got = lec_ingress_read (endpoint->ingress, self->batch);
    gint64 now_ns = session_now (self);
    gint64 real_ns = real_now ();

    for (guint i = 0; i < got; i++) {
      if (self->capture != NULL)
        capture (self, endpoint, i);
      take_datagram (self, endpoint, i, now_ns, real_ns);
    }
    self->loop.packets += got;
    if (got < LEC_BATCH_MAX) {
      endpoint->empty_ns = now_ns;
      return;
    }
  }
  self->loop.behind = TRUE;
}

/* What is published is settled. */
static void
settle_drops (LecReceiver *self, gint64 now_ns)
{
  LecUdpErrorsOfHost errors;
  gboolean told;

  lec_drop_meter_poll (&self->drops, &self->streams, &self->endpoints, now_ns);
  if (!lec_drop_meter_is_due (&self->drops, now_ns))
    return;
  told = lec_udp_errors_read (&errors);
  if (!lec_drop_meter_settle (&self->drops, &self->streams, &self->endpoints, told ? &errors : NULL,
                              now_ns))
    return;
  self->loop.headroom = lec_endpoints_get_headroom (&self->endpoints);
  self->loop.overflowed = TRUE;
}

static void
arm_timer (LecReceiver *self, gint64 delay_ns)
{
  struct itimerspec spec = { 0 };

  delay_ns = MAX (delay_ns, 1);
  spec.it_value.tv_sec = delay_ns / SECOND;
  spec.it_value.tv_nsec = delay_ns % SECOND;
  timerfd_settime (self->timer, 0, &spec, NULL);
}

/* Takes over what is wished from elsewhere. */
static void
apply_wishes (LecReceiver *self, const LecWishesTaken *taken)
{
  if (taken->has_latency)
    lec_playout_set_latency (&self->streams.playout, taken->latency_ns);
  lec_streams_set_program (&self->streams, taken->program);
  lec_station_table_choose (&self->streams.stations, taken->station);
}

static void
agree_latency (LecReceiver *self, gint64 now_ns)
{
  if (lec_playout_agree (&self->streams.playout))
    self->callbacks.playout (&self->streams.playout, NULL, now_ns, self->data);
}

static void
note_sender_time (LecReceiver *self, gint64 now_ns)
{
  LecSenderTime time;

  if (lec_streams_get_sender_time (&self->streams, now_ns, &time))
    self->callbacks.playout (&self->streams.playout, &time, now_ns, self->data);
}

/* ---- descriptors ---- */

static void
wake_ready (LecReceiver *self, const Watch *watch, gint64 now_ns)
{
  LecWishesTaken taken;

  if (!lec_wishes_take (&self->wishes, &taken))
    return;
  apply_wishes (self, &taken);
  g_free (taken.station);
}

static void
timer_ready (LecReceiver *self, const Watch *watch, gint64 now_ns)
{
  guint64 ignored;

  if (read (self->timer, &ignored, sizeof ignored) < 0)
    return; /* it was armed anew in between */
}

static void
network_ready (LecReceiver *self, const Watch *watch, gint64 now_ns)
{
  lec_membership_manager_read (self->memberships, now_ns);
}

static void
endpoint_ready (LecReceiver *self, const Watch *watch, gint64 now_ns)
{
  receive (self, watch->endpoint);
}

/* Who is asked for what was lost may answer where the question came from. */
static void
answer_ready (LecReceiver *self, const Watch *watch, gint64 now_ns)
{
  const guint got = lec_batch_receive (self->batch, watch->fd, NULL);
  const gint64 real_ns = real_now ();

  for (guint i = 0; i < got; i++) {
    LecDatagram datagram = lec_batch_peek (self->batch, i);
    LecPacket *packet = lec_batch_take (self->batch, i);

    packet->arrival_ns = lec_datagram_get_arrival (&datagram, now_ns, real_ns, now_ns);
    packet->sender = lec_datagram_get_sender (&datagram);
    packet->recovered = FALSE;
    packet->vague = FALSE;
    lec_streams_feed_repair (&self->streams, watch->stream, LEC_REPAIR_RTX, packet);
  }
}

static void
watch (LecReceiver *self, const Watch *what)
{
  Watch *one = &self->watches[self->n_watches];
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = one };

  if (what->fd < 0)
    return;
  *one = *what;
  self->n_watches++;
  epoll_ctl (self->epoll, EPOLL_CTL_ADD, what->fd, &event);
}

static void
watch_all (LecReceiver *self)
{
  watch (self, &(Watch){ wake_ready, .fd = lec_wishes_get_fd (&self->wishes) });
  watch (self, &(Watch){ timer_ready, .fd = self->timer });
  watch (self, &(Watch){ network_ready, .fd = lec_membership_manager_get_fd (self->memberships) });
  for (guint i = 0; i < self->endpoints.count; i++)
    watch (self, &(Watch){ endpoint_ready, &self->endpoints.items[i],
                           lec_ingress_get_fd (self->endpoints.items[i].ingress) });
  for (guint i = 0; i < self->streams.count; i++)
    watch (self, &(Watch){ answer_ready, .fd = lec_streams_get_answer_fd (&self->streams, i),
                           .stream = i });
}

/* Hands over what is due; returns when there is something to do next. */
static gint64
deliver (LecReceiver *self, gint64 now_ns)
{
  gint64 wake_ns = G_MAXINT64;

  for (guint i = 0; i < self->streams.count; i++) {
    gint64 stream_ns = drain (self, i, now_ns);

    wake_ns = MIN (wake_ns, stream_ns);
    if (self->active[i]) {
      self->active[i] = FALSE;
      self->outlet.flush (i, self->outlet.data);
    }
  }
  return wake_ns;
}

static void
step (LecLoopMember *member)
{
  LecReceiver *self = (LecReceiver *) ((guint8 *) member - G_STRUCT_OFFSET (LecReceiver, loop));
  struct epoll_event events[G_N_ELEMENTS (self->watches)];
  int n = epoll_wait (self->epoll, events, G_N_ELEMENTS (events), 0);
  gint64 now_ns = session_now (self);
  gint64 wake_ns;

  self->loop.behind = FALSE;
  for (int i = 0; i < n; i++) {
    const Watch *ready = events[i].data.ptr;

    ready->ready (self, ready, now_ns);
  }

  now_ns = session_now (self);
  if (now_ns - self->ran_ns >= HELD_UP)
    lec_membership_manager_note_held_up (self->memberships, now_ns);
  self->ran_ns = now_ns;
  agree_latency (self, now_ns);
  self->loop.latency_ns = self->streams.playout.latency_ns;
  wake_ns = MIN (deliver (self, now_ns), lec_membership_manager_keep (self->memberships, now_ns));
  wake_ns = MIN (wake_ns, lec_streams_report (&self->streams, &self->endpoints, now_ns));
  if (now_ns - self->published_ns >= PUBLISH) {
    settle_drops (self, now_ns);
    lec_host_watch_poll (&self->host, &self->endpoints, self->interface, now_ns);
    lec_source_probe_poll (&self->probe, &self->endpoints, self->interface, now_ns);
    publish (self, now_ns);
    note_sender_time (self, now_ns);
  }
  wake_ns = MIN (wake_ns, self->published_ns + PUBLISH);
  if (wake_ns != self->armed_ns || self->armed_ns <= now_ns) {
    arm_timer (self, wake_ns - now_ns);
    self->armed_ns = wake_ns;
  }
}

/* The kernel keeps what nobody reads; a capture waits for who reads it first. */
static gboolean
has_past (const LecReceiver *self)
{
  return self->resumed
         || (self->endpoints.replay == NULL
             && g_get_monotonic_time () - self->idle_since_us > IDLE_US);
}

/* What the kernel has kept while nobody read is past, and its time stamps mean nothing in session
 * time, which may have stood still; and that it kept no more is no loss. */
static void
forget_past (LecReceiver *self)
{
  for (guint i = 0; i < self->endpoints.count; i++) {
    LecEndpoint *endpoint = &self->endpoints.items[i];
    gint64 end_us = g_get_monotonic_time () + FORGET_US;

    while (g_get_monotonic_time () < end_us
           && lec_ingress_read (endpoint->ingress, self->batch) > 0)
      ;
  }
  lec_drop_meter_start (&self->drops, &self->endpoints, session_now (self));
}

gboolean
lec_receiver_start (LecReceiver *self, GError **error)
{
  gint64 now_ns = session_now (self);

  g_return_val_if_fail (!self->is_running, FALSE);

  if (self->n_watches == 0)
    watch_all (self);
  if (self->batch == NULL)
    self->batch = lec_batch_new (self->callbacks.acquire, self->data);
  lec_batch_tell_of_each (self->batch, self->capture != NULL);
  if (has_past (self))
    forget_past (self);
  self->resumed = TRUE;
  self->started_ns = now_ns;
  for (guint i = 0; i < self->endpoints.count; i++)
    self->endpoints.items[i].empty_ns = now_ns;
  lec_membership_manager_start (self->memberships, now_ns);
  lec_host_watch_start (&self->host);
  lec_source_probe_start (&self->probe, now_ns);
  publish (self, now_ns);
  self->ran_ns = now_ns;
  self->armed_ns = now_ns + PUBLISH;
  arm_timer (self, PUBLISH);
  self->loop.fd = self->epoll;
  self->loop.step = step;
  self->loop.latency_ns = self->streams.playout.latency_ns;
  self->is_running = lec_receive_loop_add (&self->loop, error);
  return self->is_running;
}

void
lec_receiver_stop (LecReceiver *self)
{
  if (!self->is_running)
    return;

  self->is_running = FALSE;
  lec_receive_loop_remove (&self->loop);
  lec_streams_say_bye (&self->streams);
  lec_source_probe_stop (&self->probe);
  lec_host_watch_stop (&self->host);
  settle_drops (self, session_now (self));
  publish (self, session_now (self));
  if (self->streams.playout.network_ns > 0)
    lec_latency_memory_keep (self->memory_key, self->streams.playout.network_ns);
  self->idle_since_us = g_get_monotonic_time ();
  lec_streams_reset (&self->streams);
}

gint64
lec_receiver_get_first_latency (const LecReceiver *self)
{
  return self->streams.playout.latency_ns;
}

void
lec_receiver_set_latency (LecReceiver *self, gint64 latency_ns)
{
  lec_wishes_set_latency (&self->wishes, latency_ns);
}

void
lec_receiver_set_program (LecReceiver *self, guint number)
{
  lec_wishes_set_program (&self->wishes, number);
}

void
lec_receiver_set_station (LecReceiver *self, const char *address)
{
  lec_wishes_set_station (&self->wishes, address);
}

void
lec_receiver_set_smooth (LecReceiver *self, gboolean smooth)
{
  g_return_if_fail (!self->is_running);

  lec_playout_set_smooth (&self->streams.playout, smooth);
}

void
lec_receiver_set_quick (LecReceiver *self, gboolean quick)
{
  g_return_if_fail (!self->is_running);

  lec_playout_set_quick (&self->streams.playout,
                         quick && !lec_endpoints_is_wireless (&self->endpoints));
}
