/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * SECTION:element-channelsrc
 * @title: channelsrc
 *
 * A live source for channels that are multicast on a local network: opens an announcement, joins
 * exactly what it promises, puts the packets in order and gives each its time of presentation.
 *
 * There is one pad for each stream, in the order of the announcement: `application/x-rtp` with the
 * caps that depayloaders want, or `video/mpegts`. Pads appear on the way to PAUSED, whether
 * anybody sends or not; a stream that is silent at the start says so with a GAP event. What was
 * lost is told by `GstRTPPacketLost` events and the DISCONT flag. PTS is running time: no
 * rtpjitterbuffer or rtpbin is needed behind it, nor any queue, as every pad has a thread of its
 * own.
 *
 * A Windows Media station (`.nsc`) has one pad, `video/x-ms-asf`: the header as a buffer with the
 * flag HEADER, then packets of one size. asfdemux wants no time stamps on them: when a packet is
 * due is told by a GstReferenceTimestampMeta with the caps `timestamp/x-lectern-running-time`. What
 * asfdemux makes of that begins at 0 with the first packet. Where another programme of the station
 * begins, its header comes, and asfdemux has other pads from then on. Script commands are element
 * messages `lectern-cue` with the fields `type`, `parameter`, `running-time` [ns], to which the
 * latency of the pipeline is to be added, and `ahead`, which says that the header has them, so that
 * they are known long before; `lectern-cue-cut` says that another programme begins at its
 * `running-time`, and what was known ahead for later will not come.
 *
 * What cannot be received is told by an ERROR message of the resource domain, whose details
 * `lectern-error` have a `code`: what of LecError it is.
 *
 * ## Example pipelines
 * |[
 * gst-launch-1.0 channelsrc location=lecture.sdp ! decodebin3 ! videoconvert ! autovideosink
 * ]|
 * |[
 * gst-launch-1.0 channelsrc name=c location=lecture.sdp \
 *     c.stream_0 ! rtph264depay ! avdec_h264 ! videoconvert ! autovideosink \
 *     c.stream_1 ! rtpopusdepay ! opusdec ! audioconvert ! autoaudiosink
 * ]|
 * |[
 * gst-launch-1.0 channelsrc name=c location=lecture.sdp \
 *     c.stream_0 ! decodebin3 name=d c.stream_1 ! d.sink_1 \
 *     d. ! videoconvert ! autovideosink d. ! audioconvert ! autoaudiosink
 * ]| All streams of an announcement through one decodebin3: each but the first names its pad.
 * |[
 * gst-launch-1.0 channelsrc location=udp://239.1.2.3:1234 ! decodebin3 ! videoconvert !
 * autovideosink
 * ]| A transport stream.
 * |[
 * gst-launch-1.0 channelsrc location=station.nsc ! decodebin3 name=d \
 *     d. ! videoconvert ! autovideosink \
 *     d. ! queue max-size-time=0 max-size-bytes=0 max-size-buffers=0 ! audioconvert ! autoaudiosink
 * ]|
 * |[
 * gst-launch-1.0 channelsrc location=station.nsc ! asfdemux name=a \
 *     a.video_0 ! queue ! avdec_wmv3 ! videoconvert ! autovideosink \
 *     a.audio_0 ! queue max-size-time=0 ! avdec_wmav2 ! audioconvert ! autoaudiosink
 * ]| A Windows Media station. Sound waits for the first picture, which needs a key frame: it must
 * have room for as long, as one thread brings both.
 */
#include "element/channelsrc.h"

#include <glib/gi18n-lib.h>

#include "channel/error.h"
#include "element/channel-pad.h"
#include "element/error-message.h"
#include "element/packet-pool.h"
#include "element/pad-set.h"
#include "element/report-structure.h"
#include "element/rtp-caps.h"
#include "element/source-settings.h"
#include "element/timing.h"
#include "fetch/fetch.h"
#include "fetch/rtsp-session.h"
#include "receive/receiver.h"

GST_DEBUG_CATEGORY_STATIC (channel_src_debug);
#define GST_CAT_DEFAULT channel_src_debug

struct _LecChannelSrc
{
  GstElement parent;

  LecSourceSettings settings; /* under the object lock */

  /* from READY to PAUSED and back */
  LecChannel *channel; /* what is being received; under the object lock as well, for `channel` */
  const LecAlternative *chosen; /* of it */
  LecReceiver *receiver;        /* under the object lock as well, for `report` */
  LecRtspSession *rtsp;         /* (nullable): likewise; it opens the receiver later */
  GMutex opening;               /* receiver and is_receiving are in step */
  gboolean is_receiving;        /* from PAUSED to PLAYING and back */
  LecPacketPool *pool;
  LecPadSet *pads;
  GPtrArray *warnings; /* (nullable): of the announcement at location */
  LecError error;      /* why the channel could not be opened; under the object lock */

  LecTiming *timing;
};

enum {
  PROP_STATS = LEC_N_SETTINGS,
  PROP_REPORT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LecChannelSrc, lec_channel_src, GST_TYPE_ELEMENT)

/* ---- time ---- */

static gint64
session_now (gpointer data)
{
  return lec_timing_now (((LecChannelSrc *) data)->timing);
}

static gint64
to_latency_ns (int ms)
{
  return ms == LEC_SOURCE_LATENCY_AUTO ? LEC_LATENCY_AUTO : (gint64) ms * (gint64) GST_MSECOND;
}

static gboolean
has_audio (const LecAlternative *alternative)
{
  for (guint i = 0; i < alternative->streams->len; i++) {
    if (((LecStream *) g_ptr_array_index (alternative->streams, i))->media == LEC_MEDIA_AUDIO)
      return TRUE;
  }
  return FALSE;
}

/* A container has clocks inside, which its demultiplexer follows. */
static gboolean
wants_sender_clock (LecChannelSrc *self)
{
  if (self->chosen == NULL || lec_format_of (self->chosen->kind)->container
      || self->settings.clock == LEC_SOURCE_CLOCK_PIPELINE)
    return FALSE;
  for (guint i = 0; i < self->chosen->streams->len; i++) {
    if (lec_rtp_caps_is_container (g_ptr_array_index (self->chosen->streams, i)))
      return FALSE;
  }
  return TRUE;
}

/* Sinks for sound jump when their clock is made to go faster, unless they are set up for it: who
 * asks for the sender's clock by name has done so. */
static gboolean
is_smooth (LecChannelSrc *self)
{
  return lec_timing_follows_sender (self->timing)
         && (self->settings.clock == LEC_SOURCE_CLOCK_SENDER || !has_audio (self->chosen));
}

/* Pictures may be a little shorter at any time. */
static gboolean
is_quick (LecChannelSrc *self)
{
  return is_smooth (self) && (self->settings.shortens_sound || !has_audio (self->chosen));
}

static GstClock *
provide_clock (GstElement *element)
{
  LecChannelSrc *self = LEC_CHANNEL_SRC (element);
  gboolean wanted;

  GST_OBJECT_LOCK (self);
  wanted = wants_sender_clock (self);
  GST_OBJECT_UNLOCK (self);
  return wanted ? gst_object_ref (lec_timing_get_sender_clock (self->timing)) : NULL;
}

/* ---- what the receive thread calls ---- */

static LecPacket *
acquire (gsize capacity, gpointer data)
{
  LecChannelSrc *self = data;

  return lec_packet_pool_acquire (self->pool, capacity);
}

static void
push (guint stream, const LecItem *item, gpointer data)
{
  lec_pad_queue_push (lec_pad_set_get_queue (((LecChannelSrc *) data)->pads, stream), item);
}

static void
flush (guint stream, gpointer data)
{
  lec_pad_queue_flush (lec_pad_set_get_queue (((LecChannelSrc *) data)->pads, stream));
}

static void
take_playout (LecPlayout *playout, const LecSenderTime *sender, gint64 now_ns, gpointer data)
{
  LecChannelSrc *self = data;

  if (sender != NULL)
    lec_timing_follow (self->timing, sender, now_ns);
  else if (lec_timing_set_playout (self->timing, playout))
    gst_element_post_message (GST_ELEMENT (self), gst_message_new_latency (GST_OBJECT (self)));
  lec_playout_set_delay (playout, lec_timing_get_delay (self->timing));
}

static LecReportSession
get_session (LecChannelSrc *self)
{
  if (self->rtsp == NULL)
    return LEC_REPORT_SESSION_NONE;
  switch (lec_rtsp_session_get_state (self->rtsp)) {
  case LEC_RTSP_OPENING:
    return LEC_REPORT_SESSION_OPENING;
  case LEC_RTSP_READY:
    return LEC_REPORT_SESSION_READY;
  case LEC_RTSP_GONE:
  default:
    return LEC_REPORT_SESSION_GONE;
  }
}

/* What the receiver cannot know. While it is opened, there is neither timing nor pads. */
static void
add_to_report (LecReportDraft *draft, gpointer data)
{
  LecChannelSrc *self = data;

  draft->session = get_session (self);
  lec_report_draft_set_warnings (draft, self->warnings);
  if (self->receiver == NULL)
    return;
  draft->latency_ns = lec_timing_get_delay (self->timing);
  draft->clock = lec_timing_follows_sender (self->timing) ? LEC_REPORT_CLOCK_SENDER
                                                          : LEC_REPORT_CLOCK_PIPELINE;
  for (guint i = 0; i < draft->n_streams; i++) {
    draft->streams[i].latency_ns = draft->latency_ns;
    draft->streams[i].stats.overrun
        += lec_pad_queue_get_overrun (lec_pad_set_get_queue (self->pads, i));
  }
}

/* ---- errors ---- */

static void
set_error (LecChannelSrc *self, LecError error)
{
  GST_OBJECT_LOCK (self);
  self->error = error;
  GST_OBJECT_UNLOCK (self);
}

static void
post_error (LecChannelSrc *self, const GError *error)
{
  set_error (self, lec_error_get_code (error));
  lec_error_message_post (GST_ELEMENT (self), error);
}

/* ---- opening ---- */

static LecChannel *
load_channel (LecChannelSrc *self, GError **error)
{
  g_autoptr (LecAnnouncement) announcement = NULL;
  g_autofree char *location = NULL;
  LecChannel *channel;

  GST_OBJECT_LOCK (self);
  channel = self->settings.channel != NULL ? lec_channel_ref (self->settings.channel) : NULL;
  location = g_strdup (self->settings.location);
  GST_OBJECT_UNLOCK (self);
  if (channel != NULL)
    return channel;

  if (location == NULL) {
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                         _ ("No channel to receive: set “location” or “channel”"));
    return NULL;
  }
  announcement = lec_fetch_announcement (location, NULL, error);
  if (announcement == NULL)
    return NULL;
  for (guint i = 0; i < announcement->warnings->len; i++)
    GST_WARNING_OBJECT (self, "%s: %s", location,
                        (char *) g_ptr_array_index (announcement->warnings, i));
  self->warnings = g_ptr_array_ref (announcement->warnings);
  return lec_channel_ref (g_ptr_array_index (announcement->channels, 0));
}

/* The wanted alternative, or the first from there on that can be received by this element. */
static const LecAlternative *
choose_alternative (LecChannelSrc *self, const LecChannel *channel, GError **error)
{
  const GPtrArray *alternatives = lec_channel_get_info (channel)->alternatives;

  for (guint i = self->settings.alternative; i < alternatives->len; i++) {
    const LecAlternative *alternative = g_ptr_array_index (alternatives, i);

    if (lec_format_of (alternative->kind) != NULL)
      return alternative;
  }
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
               _ ("“%s” is not sent as RTP or as a transport stream"),
               lec_channel_get_title (channel));
  return NULL;
}

static void
warn_missing_interface (LecChannelSrc *self, const LecReceiver *receiver)
{
  const char *missing = lec_receiver_get_missing_interface (receiver);

  if (missing != NULL)
    GST_ELEMENT_WARNING (
        self, RESOURCE, NOT_FOUND,
        (_ ("The announcement names the network interface “%s”, which this computer does not have; "
            "all others are listened on"),
         missing),
        (NULL));
}

static LecIngress *
open_ingress (const LecLeg *leg, guint16 port, const char *interface, gpointer data, GError **error)
{
  return lec_rtsp_session_open_ingress (((LecChannelSrc *) data)->rtsp, leg, port, interface,
                                        error);
}

static LecReceiver *
open_receiver (LecChannelSrc *self,
               const LecChannel *channel,
               const LecAlternative *alternative,
               GError **error)
{
  static const LecReceiverCallbacks callbacks
      = { session_now, acquire, take_playout, add_to_report };
  const LecOutlet outlet = { push, flush, self };
  const LecIngressOpener opener = { self->rtsp != NULL ? open_ingress : NULL, self };
  g_autofree char *interface = NULL;
  g_autofree char *path = NULL;
  g_autofree char *replay_path = NULL;
  g_autofree char *station = NULL;
  g_autoptr (LecReplay) replay = NULL;
  g_autoptr (LecReceiver) receiver = NULL;
  LecReceiverConfig config;
  gboolean reports;
  guint program;

  GST_OBJECT_LOCK (self);
  reports = self->settings.reports;
  program = self->settings.program;
  config.latency_ns = to_latency_ns (self->settings.latency_ms);
  config.low_ports = self->settings.low_ports;
  config.repair = self->settings.repair;
  interface = g_strdup (self->settings.interface);
  path = g_strdup (self->settings.capture);
  replay_path = g_strdup (self->settings.replay);
  station = g_strdup (self->settings.station);
  GST_OBJECT_UNLOCK (self);

  if (replay_path != NULL) {
    replay = lec_replay_open (replay_path, error);
    if (replay == NULL)
      return NULL;
  }
  config.interface = interface;
  config.replay = replay;
  config.origin = lec_channel_get_info (channel)->origin;
  config.announcer = lec_channel_get_announcer (channel);
  config.opener = &opener;
  receiver = lec_receiver_open (alternative, &config, &outlet, &callbacks, self, error);
  if (receiver == NULL)
    return NULL;
  warn_missing_interface (self, receiver);
  lec_timing_open (self->timing, lec_receiver_get_first_latency (receiver));
  lec_receiver_set_program (receiver, program != 0 ? program : alternative->program);
  lec_receiver_set_station (receiver, station);
  if (path != NULL && !lec_receiver_set_capture (receiver, path, error))
    return NULL;
  if (reports && replay == NULL)
    lec_receiver_allow_reports (receiver, alternative);
  return g_steal_pointer (&receiver);
}

static gboolean
start_receiver (LecChannelSrc *self, GError **error)
{
  lec_receiver_set_smooth (self->receiver, is_smooth (self));
  lec_receiver_set_quick (self->receiver, is_quick (self));
  return lec_receiver_start (self->receiver, error);
}

/* What is agreed on with a server is received from now on. */
static gboolean
agreed_cb (const LecAlternative *agreed, gpointer data)
{
  LecChannelSrc *self = data;
  g_autoptr (GError) error = NULL;
  LecReceiver *receiver;
  gboolean good;

  g_mutex_lock (&self->opening);
  receiver = open_receiver (self, self->channel, agreed, &error);
  GST_OBJECT_LOCK (self);
  self->receiver = receiver;
  GST_OBJECT_UNLOCK (self);
  good = receiver != NULL && (!self->is_receiving || start_receiver (self, &error));
  g_mutex_unlock (&self->opening);
  if (good)
    gst_element_post_message (GST_ELEMENT (self), gst_message_new_latency (GST_OBJECT (self)));
  else
    post_error (self, error);
  return good;
}

static void
refused_cb (const GError *error, gpointer data)
{
  post_error (data, error);
}

/* Says at once what is promised; where it arrives is agreed without anybody waiting for it. */
static gboolean
open_session (LecChannelSrc *self, GError **error)
{
  static const LecRtspSessionCallbacks callbacks = { agreed_cb, refused_cb };
  LecRtspSession *rtsp;
  gint64 latency_ns;

  GST_OBJECT_LOCK (self);
  latency_ns = to_latency_ns (self->settings.latency_ms);
  GST_OBJECT_UNLOCK (self);
  lec_timing_open (self->timing,
                   latency_ns != LEC_LATENCY_AUTO ? latency_ns : LEC_LATENCY_FIRST_NS);
  lec_pad_set_add (self->pads, self->chosen, lec_channel_get_title (self->channel), self->timing);
  g_mutex_lock (&self->opening);
  rtsp = lec_rtsp_session_new (self->chosen, &callbacks, self, error);
  GST_OBJECT_LOCK (self);
  self->rtsp = rtsp;
  GST_OBJECT_UNLOCK (self);
  g_mutex_unlock (&self->opening);
  return rtsp != NULL;
}

static gboolean
is_replaying (LecChannelSrc *self)
{
  gboolean is;

  GST_OBJECT_LOCK (self);
  is = self->settings.replay != NULL;
  GST_OBJECT_UNLOCK (self);
  return is;
}

static gboolean
open_channel (LecChannelSrc *self, GError **error)
{
  g_autoptr (LecChannel) channel = load_channel (self, error);
  const LecAlternative *alternative;
  LecReceiver *receiver = NULL;

  if (channel == NULL)
    return FALSE;
  alternative = choose_alternative (self, channel, error);
  if (alternative == NULL)
    return FALSE;
  if (is_replaying (self) && !lec_alternative_is_complete (alternative)) {
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                         _ ("A capture cannot be played for a channel that does not say where its "
                            "streams arrive; describe it in an .sdp file"));
    return FALSE;
  }
  self->pool = lec_packet_pool_new ();
  if (alternative->rtsp == NULL || is_replaying (self)) {
    receiver = open_receiver (self, channel, alternative, error);
    if (receiver == NULL)
      return FALSE;
  }

  GST_OBJECT_LOCK (self);
  self->channel = g_steal_pointer (&channel);
  self->chosen = alternative;
  self->receiver = receiver;
  GST_OBJECT_UNLOCK (self);
  if (receiver == NULL)
    return open_session (self, error);
  lec_pad_set_add (self->pads, alternative, lec_channel_get_title (self->channel), self->timing);
  return TRUE;
}

static void
close_channel (LecChannelSrc *self)
{
  g_autoptr (LecChannel) channel = NULL;
  LecRtspSession *rtsp;
  LecReceiver *receiver;

  lec_pad_set_stop (self->pads);

  GST_OBJECT_LOCK (self);
  rtsp = self->rtsp;
  GST_OBJECT_UNLOCK (self);
  lec_rtsp_session_end (rtsp);

  GST_OBJECT_LOCK (self);
  self->rtsp = NULL;
  receiver = g_steal_pointer (&self->receiver);
  channel = g_steal_pointer (&self->channel);
  self->chosen = NULL;
  GST_OBJECT_UNLOCK (self);
  lec_receiver_free (receiver);
  lec_rtsp_session_free (rtsp);

  lec_pad_set_remove (self->pads);
  g_clear_pointer (&self->pool, lec_packet_pool_free);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);
}

static void
end_receiving (LecChannelSrc *self)
{
  g_mutex_lock (&self->opening);
  self->is_receiving = FALSE;
  if (self->receiver != NULL)
    lec_receiver_stop (self->receiver);
  g_mutex_unlock (&self->opening);
  lec_pad_set_pause (self->pads);
}

static gboolean
begin_receiving (LecChannelSrc *self, GError **error)
{
  g_autoptr (GstClock) clock = gst_element_get_clock (GST_ELEMENT (self));

  gboolean good;

  lec_timing_begin (self->timing, clock, gst_element_get_base_time (GST_ELEMENT (self)));
  lec_pad_set_start (self->pads);
  g_mutex_lock (&self->opening);
  self->is_receiving = TRUE;
  good = self->receiver == NULL || start_receiver (self, error);
  g_mutex_unlock (&self->opening);
  if (self->rtsp != NULL)
    lec_rtsp_session_play (self->rtsp);
  if (!good)
    end_receiving (self);
  return good;
}

static GstStateChangeReturn
change_state (GstElement *element, GstStateChange transition)
{
  LecChannelSrc *self = LEC_CHANNEL_SRC (element);
  g_autoptr (GError) error = NULL;
  GstStateChangeReturn result;

  if (transition == GST_STATE_CHANGE_READY_TO_PAUSED) {
    set_error (self, LEC_ERROR_NONE);
    if (!open_channel (self, &error)) {
      close_channel (self);
      post_error (self, error);
      return GST_STATE_CHANGE_FAILURE;
    }
  }
  if (transition == GST_STATE_CHANGE_PLAYING_TO_PAUSED)
    end_receiving (self);
  if (transition == GST_STATE_CHANGE_PAUSED_TO_READY)
    close_channel (self);

  result = GST_ELEMENT_CLASS (lec_channel_src_parent_class)->change_state (element, transition);
  if (result == GST_STATE_CHANGE_FAILURE)
    return result;

  if (transition == GST_STATE_CHANGE_PAUSED_TO_PLAYING && !begin_receiving (self, &error)) {
    post_error (self, error);
    return GST_STATE_CHANGE_FAILURE;
  }
  if (transition == GST_STATE_CHANGE_READY_TO_PAUSED
      || transition == GST_STATE_CHANGE_PLAYING_TO_PAUSED)
    return GST_STATE_CHANGE_NO_PREROLL;
  return result;
}

static gboolean
end_pad (GstElement *element, GstPad *pad, gpointer event)
{
  lec_channel_pad_end (LEC_CHANNEL_PAD (pad), gst_event_get_seqnum (event));
  return TRUE;
}

/* A live source does not end by itself: whoever records sends EOS, as “gst-launch-1.0 -e” does, for
 * the file to be finished. */
static gboolean
send_event (GstElement *element, GstEvent *event)
{
  if (GST_EVENT_TYPE (event) != GST_EVENT_EOS)
    return GST_ELEMENT_CLASS (lec_channel_src_parent_class)->send_event (element, event);
  gst_element_foreach_src_pad (element, end_pad, event);
  gst_event_unref (event);
  return TRUE;
}

/* ---- statistics ---- */

/* While nothing is received there is a report too, which says no more than why. */
static LecReport *
dup_report (LecChannelSrc *self)
{
  LecReport *report = NULL;
  LecReportDraft *draft;
  LecReportSession session;
  LecError error;

  GST_OBJECT_LOCK (self);
  error = self->error;
  session = get_session (self);
  if (self->receiver != NULL)
    report = lec_receiver_dup_report (self->receiver);
  GST_OBJECT_UNLOCK (self);
  if (report != NULL)
    return report;
  draft = lec_report_draft_new (0);
  draft->error = error;
  draft->session = session;
  return lec_report_draft_finish (draft);
}

static GstStructure *
get_stats (LecChannelSrc *self)
{
  g_autoptr (LecReport) report = dup_report (self);

  return lec_report_structure_new (report);
}

/* ---- properties ---- */

/* What may change while it plays. Automatic is what the announcement says, where it says something.
 */
static void
tell_receiver (LecChannelSrc *self, guint id, const GValue *value)
{
  const LecSourceSettings *settings = &self->settings;
  int latency_ms;
  guint program;

  if (self->receiver == NULL)
    return;
  switch (id) {
  case LEC_SETTING_LATENCY:
    latency_ms = g_value_get_int (value);
    if (settings->latency_ms != latency_ms)
      lec_receiver_set_latency (self->receiver, to_latency_ns (latency_ms));
    break;
  case LEC_SETTING_PROGRAM:
    program = g_value_get_uint (value);
    if (settings->program != program)
      lec_receiver_set_program (self->receiver, program != 0 ? program : self->chosen->program);
    break;
  case LEC_SETTING_STATION:
    if (g_strcmp0 (settings->station, g_value_get_string (value)) != 0)
      lec_receiver_set_station (self->receiver, g_value_get_string (value));
    break;
  default:
    break;
  }
}

static void
lec_channel_src_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LecChannelSrc *self = LEC_CHANNEL_SRC (object);
  gboolean is_known;

  GST_OBJECT_LOCK (self);
  tell_receiver (self, id, value);
  is_known = lec_source_settings_set (&self->settings, id, value);
  GST_OBJECT_UNLOCK (self);
  if (!is_known)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
lec_channel_src_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LecChannelSrc *self = LEC_CHANNEL_SRC (object);
  gboolean is_known = TRUE;

  if (id == PROP_STATS) {
    g_value_take_boxed (value, get_stats (self));
    return;
  }
  if (id == PROP_REPORT) {
    g_value_take_boxed (value, dup_report (self));
    return;
  }

  GST_OBJECT_LOCK (self);
  if (id == LEC_SETTING_CHANNEL && self->channel != NULL)
    g_value_set_boxed (value, self->channel);
  else
    is_known = lec_source_settings_get (&self->settings, id, value);
  GST_OBJECT_UNLOCK (self);
  if (!is_known)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
lec_channel_src_finalize (GObject *object)
{
  LecChannelSrc *self = LEC_CHANNEL_SRC (object);

  lec_source_settings_clear (&self->settings);
  lec_pad_set_free (self->pads);
  lec_timing_free (self->timing);
  g_mutex_clear (&self->opening);
  G_OBJECT_CLASS (lec_channel_src_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *klass)
{
  lec_source_settings_install (klass);
  properties[PROP_STATS] = g_param_spec_boxed (
      "stats", "Statistics",
      "What reception has come to: field “streams” is a list with one structure for each pad; "
      "counters are packets, times are in the unit they are named for",
      GST_TYPE_STRUCTURE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_REPORT] = g_param_spec_boxed (
      "report", "Report",
      "The same and more at one moment, for who has the header of LecReport: also what was ignored "
      "of the announcement, and why nothing can be received",
      LEC_TYPE_REPORT, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (klass, PROP_STATS, properties[PROP_STATS]);
  g_object_class_install_property (klass, PROP_REPORT, properties[PROP_REPORT]);
}

static GstPadTemplate *
new_pad_template (void)
{
  g_autoptr (GstCaps) caps = gst_caps_new_empty ();

  for (guint kind = 0; kind < LEC_N_KINDS; kind++) {
    const LecFormat *format = lec_format_of ((LecKind) kind);

    if (format != NULL)
      gst_caps_append (caps, gst_caps_from_string (format->caps));
  }
  return gst_pad_template_new ("stream_%u", GST_PAD_SRC, GST_PAD_SOMETIMES, caps);
}

static void
lec_channel_src_class_init (LecChannelSrcClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  object_class->set_property = lec_channel_src_set_property;
  object_class->get_property = lec_channel_src_get_property;
  object_class->finalize = lec_channel_src_finalize;
  install_properties (object_class);

  element_class->change_state = change_state;
  element_class->provide_clock = provide_clock;
  element_class->send_event = send_event;
  gst_element_class_add_pad_template (element_class, new_pad_template ());
  gst_element_class_set_static_metadata (
      element_class, "Channel source", "Source/Network",
      "Receives an announced multicast channel: joins, orders, times; one pad for each stream. "
      "No jitter buffer or queue is needed behind it: try channelsrc location=x.sdp ! decodebin3",
      "Lectern");
  GST_DEBUG_CATEGORY_INIT (channel_src_debug, "channelsrc", 0, "Lectern channel source");
}

static void
lec_channel_src_init (LecChannelSrc *self)
{
  lec_source_settings_init (&self->settings);
  self->error = LEC_ERROR_NONE;
  self->pads = lec_pad_set_new (GST_ELEMENT (self));
  self->timing = lec_timing_new ();
  g_mutex_init (&self->opening);
  GST_OBJECT_FLAG_SET (self, GST_ELEMENT_FLAG_SOURCE | GST_ELEMENT_FLAG_PROVIDE_CLOCK);
}
