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
#include <gst/base/gstflowcombiner.h>

#include "channel/error.h"
#include "element/channel-pad.h"
#include "element/packet-pool.h"
#include "element/report-structure.h"
#include "element/rtp-caps.h"
#include "element/timing.h"
#include "fetch/fetch.h"
#include "fetch/rtsp-session.h"
#include "receive/receiver.h"
#include "wire/asf-rtp.h"

#define LATENCY_AUTO (-1)
#define LATENCY_MAX_MS 10000

GST_DEBUG_CATEGORY_STATIC (channel_src_debug);
#define GST_CAT_DEFAULT channel_src_debug

typedef enum {
  CLOCK_AUTO,
  CLOCK_PIPELINE,
  CLOCK_SENDER,
} ClockMode;

struct _LecChannelSrc
{
  GstElement parent;

  /* properties, under the object lock */
  char *location;
  LecChannel *wanted; /* set as a property */
  guint alternative;
  char *interface;
  gboolean low_ports;
  gboolean repair;
  gboolean shortens_sound;
  int latency_ms;
  guint program;
  char *station;
  ClockMode clock_mode;
  char *capture;
  char *replay;
  gboolean reports;

  /* from READY to PAUSED and back */
  LecChannel *channel; /* what is being received; under the object lock as well, for `channel` */
  const LecAlternative *chosen; /* of it */
  LecReceiver *receiver;        /* under the object lock as well, for `report` */
  LecRtspSession *rtsp;         /* (nullable): likewise; it opens the receiver later */
  GMutex opening;               /* receiver and is_receiving are in step */
  gboolean is_receiving;        /* from PAUSED to PLAYING and back */
  LecPacketPool *pool;
  GPtrArray *pads;        /* of LecChannelPad, by stream */
  GstFlowCombiner *flows; /* under the object lock */
  GPtrArray *warnings;    /* (nullable): of the announcement at location */
  LecError error;         /* why the channel could not be opened; under the object lock */

  LecTiming *timing;
};

enum {
  PROP_LOCATION = 1,
  PROP_CHANNEL,
  PROP_ALTERNATIVE,
  PROP_INTERFACE,
  PROP_LOW_PORTS,
  PROP_REPAIR,
  PROP_SHORTENS_SOUND,
  PROP_LATENCY,
  PROP_CLOCK,
  PROP_CAPTURE,
  PROP_REPLAY,
  PROP_REPORTS,
  PROP_PROGRAM,
  PROP_STATION,
  PROP_STATS,
  PROP_REPORT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LecChannelSrc, lec_channel_src, GST_TYPE_ELEMENT)

/* ---- time ---- */

static GType
clock_mode_get_type (void)
{
  static const GEnumValue values[] = {
    { CLOCK_AUTO, "The sender's, but for transport streams", "auto" },
    { CLOCK_PIPELINE, "Whatever clock the pipeline has", "pipeline" },
    { CLOCK_SENDER, "The sender's, and sinks can follow when it goes a little faster", "sender" },
    { 0, NULL, NULL },
  };
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("LecChannelSrcClock", values));
  return type;
}

static gint64
session_now (gpointer data)
{
  return lec_timing_now (((LecChannelSrc *) data)->timing);
}

static gint64
to_latency_ns (int ms)
{
  return ms == LATENCY_AUTO ? LEC_LATENCY_AUTO : (gint64) ms * (gint64) GST_MSECOND;
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
      || self->clock_mode == CLOCK_PIPELINE)
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
         && (self->clock_mode == CLOCK_SENDER || !has_audio (self->chosen));
}

/* Pictures may be a little shorter at any time. */
static gboolean
is_quick (LecChannelSrc *self)
{
  return is_smooth (self) && (self->shortens_sound || !has_audio (self->chosen));
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

static LecPadQueue *
queue_of (LecChannelSrc *self, guint stream)
{
  return lec_channel_pad_get_queue (g_ptr_array_index (self->pads, stream));
}

static void
push (guint stream, const LecItem *item, gpointer data)
{
  lec_pad_queue_push (queue_of (data, stream), item);
}

static void
flush (guint stream, gpointer data)
{
  lec_pad_queue_flush (queue_of (data, stream));
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
    draft->streams[i].stats.overrun += lec_pad_queue_get_overrun (queue_of (self, i));
  }
}

/* ---- what the pads call ---- */

static gboolean
note_flow (LecChannelPad *pad, GstFlowReturn result, gpointer data)
{
  LecChannelSrc *self = data;
  GstFlowReturn combined;

  if (result == GST_FLOW_FLUSHING)
    return FALSE;

  GST_OBJECT_LOCK (self);
  combined = gst_flow_combiner_update_pad_flow (self->flows, GST_PAD (pad), result);
  GST_OBJECT_UNLOCK (self);
  if (combined == GST_FLOW_NOT_LINKED || combined < GST_FLOW_EOS) {
    GST_ELEMENT_FLOW_ERROR (self, combined);
    return FALSE;
  }
  return result != GST_FLOW_EOS;
}

/* ---- errors ---- */

/* What of GStreamer's own errors comes closest. */
static int
to_resource_error (LecError error)
{
  switch (error) {
  case LEC_ERROR_MALFORMED:
    return GST_RESOURCE_ERROR_READ;
  case LEC_ERROR_UNSUPPORTED:
    return GST_RESOURCE_ERROR_SETTINGS;
  case LEC_ERROR_SILENT:
  case LEC_ERROR_NEEDS_SOURCE:
    return GST_RESOURCE_ERROR_NOT_FOUND;
  case LEC_ERROR_TOO_MUCH:
  case LEC_ERROR_LOW_PORT:
    return GST_RESOURCE_ERROR_NOT_AUTHORIZED;
  case LEC_ERROR_PORT_HELD:
    return GST_RESOURCE_ERROR_BUSY;
  case LEC_ERROR_JOIN_LIMIT:
    return GST_RESOURCE_ERROR_NO_SPACE_LEFT;
  case LEC_ERROR_UNREACHABLE:
  case LEC_ERROR_NONE:
  default:
    return GST_RESOURCE_ERROR_OPEN_READ;
  }
}

static void
set_error (LecChannelSrc *self, LecError error)
{
  GST_OBJECT_LOCK (self);
  self->error = error;
  GST_OBJECT_UNLOCK (self);
}

/* The code goes along, as those of GStreamer cannot tell everything apart. */
static void
post_error (LecChannelSrc *self, const GError *error)
{
  const LecError code = lec_error_get_code (error);

  set_error (self, code);
  gst_element_message_full_with_details (
      GST_ELEMENT (self), GST_MESSAGE_ERROR, GST_RESOURCE_ERROR, to_resource_error (code),
      g_strdup (error->message), NULL, __FILE__, G_STRFUNC, __LINE__,
      gst_structure_new ("lectern-error", "code", G_TYPE_INT, (int) code, NULL));
}

/* ---- opening ---- */

static LecChannel *
load_channel (LecChannelSrc *self, GError **error)
{
  g_autoptr (LecAnnouncement) announcement = NULL;
  g_autofree char *location = NULL;
  LecChannel *channel;

  GST_OBJECT_LOCK (self);
  channel = self->wanted != NULL ? lec_channel_ref (self->wanted) : NULL;
  location = g_strdup (self->location);
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

  for (guint i = self->alternative; i < alternatives->len; i++) {
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
announce_pads (LecChannelSrc *self)
{
  /* asked for once: each time it is another one, and pads must agree */
  g_autofree char *id
      = gst_pad_create_stream_id (g_ptr_array_index (self->pads, 0), GST_ELEMENT (self), NULL);
  guint group_id = gst_util_group_id_next ();

  for (guint i = 0; i < self->pads->len; i++) {
    LecChannelPad *pad = g_ptr_array_index (self->pads, i);
    g_autofree char *stream_id = g_strdup_printf ("%s/%u", id, i);

    lec_channel_pad_announce (pad, stream_id, group_id, lec_channel_get_title (self->channel));
  }
}

static void
add_pads (LecChannelSrc *self, const LecAlternative *alternative)
{
  GstPadTemplate *pad_template = gst_element_get_pad_template (GST_ELEMENT (self), "stream_%u");
  gboolean tells_commands = FALSE;

  for (guint i = 0; i < alternative->streams->len; i++) {
    g_autofree char *name = g_strdup_printf ("stream_%u", i);
    const LecStream *stream = g_ptr_array_index (alternative->streams, i);
    const LecFormat *format = lec_format_of (alternative->kind);
    g_autoptr (GBytes) asf = !format->container ? lec_asf_rtp_dup_header (stream) : NULL;
    LecChannelPad *pad
        = lec_channel_pad_new (pad_template, name, stream, format, self->timing, note_flow, self);

    if (alternative->msb != NULL)
      lec_channel_pad_set_station (pad, alternative->msb);
    if (asf != NULL)
      lec_channel_pad_set_asf (pad, asf);
    if (asf != NULL && !tells_commands)
      lec_channel_pad_tell_commands (pad, asf);
    tells_commands |= asf != NULL;
    g_ptr_array_add (self->pads, gst_object_ref_sink (pad));
    gst_flow_combiner_add_pad (self->flows, GST_PAD (pad));
  }
  announce_pads (self);
  for (guint i = 0; i < self->pads->len; i++) {
    GstPad *pad = g_ptr_array_index (self->pads, i);

    gst_pad_set_active (pad, TRUE);
    gst_element_add_pad (GST_ELEMENT (self), pad);
  }
  gst_element_no_more_pads (GST_ELEMENT (self));
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
  reports = self->reports;
  program = self->program;
  config.latency_ns = to_latency_ns (self->latency_ms);
  config.low_ports = self->low_ports;
  config.repair = self->repair;
  interface = g_strdup (self->interface);
  path = g_strdup (self->capture);
  replay_path = g_strdup (self->replay);
  station = g_strdup (self->station);
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
  latency_ns = to_latency_ns (self->latency_ms);
  GST_OBJECT_UNLOCK (self);
  lec_timing_open (self->timing,
                   latency_ns != LEC_LATENCY_AUTO ? latency_ns : LEC_LATENCY_FIRST_NS);
  add_pads (self, self->chosen);
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
  is = self->replay != NULL;
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
  add_pads (self, alternative);
  return TRUE;
}

static void
close_channel (LecChannelSrc *self)
{
  g_autoptr (LecChannel) channel = NULL;
  LecRtspSession *rtsp;
  LecReceiver *receiver;

  for (guint i = 0; i < self->pads->len; i++)
    lec_channel_pad_stop (g_ptr_array_index (self->pads, i));

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

  for (guint i = 0; i < self->pads->len; i++) {
    GstPad *pad = g_ptr_array_index (self->pads, i);

    gst_flow_combiner_remove_pad (self->flows, pad);
    gst_element_remove_pad (GST_ELEMENT (self), pad);
  }
  g_ptr_array_set_size (self->pads, 0);
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
  for (guint i = 0; i < self->pads->len; i++)
    lec_channel_pad_pause (g_ptr_array_index (self->pads, i));
}

static gboolean
begin_receiving (LecChannelSrc *self, GError **error)
{
  g_autoptr (GstClock) clock = gst_element_get_clock (GST_ELEMENT (self));

  gboolean good;

  lec_timing_begin (self->timing, clock, gst_element_get_base_time (GST_ELEMENT (self)));
  gst_flow_combiner_reset (self->flows);
  for (guint i = 0; i < self->pads->len; i++)
    lec_channel_pad_start (g_ptr_array_index (self->pads, i));
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

static void
set_latency (LecChannelSrc *self, int ms)
{
  GST_OBJECT_LOCK (self);
  if (self->receiver != NULL && self->latency_ms != ms)
    lec_receiver_set_latency (self->receiver, to_latency_ns (ms));
  self->latency_ms = ms;
  GST_OBJECT_UNLOCK (self);
}

/* Automatic is what the announcement says, where it says something. */
static void
set_program (LecChannelSrc *self, guint program)
{
  GST_OBJECT_LOCK (self);
  if (self->receiver != NULL && self->program != program)
    lec_receiver_set_program (self->receiver, program != 0 ? program : self->chosen->program);
  self->program = program;
  GST_OBJECT_UNLOCK (self);
}

static void
set_station (LecChannelSrc *self, const char *address)
{
  GST_OBJECT_LOCK (self);
  if (self->receiver != NULL && g_strcmp0 (self->station, address) != 0)
    lec_receiver_set_station (self->receiver, address);
  g_free (self->station);
  self->station = g_strdup (address);
  GST_OBJECT_UNLOCK (self);
}

static void
set_string (LecChannelSrc *self, char **field, const GValue *value)
{
  GST_OBJECT_LOCK (self);
  g_free (*field);
  *field = g_value_dup_string (value);
  GST_OBJECT_UNLOCK (self);
}

static void
lec_channel_src_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LecChannelSrc *self = LEC_CHANNEL_SRC (object);

  switch (id) {
  case PROP_LOCATION:
    set_string (self, &self->location, value);
    break;
  case PROP_CHANNEL:
    GST_OBJECT_LOCK (self);
    g_clear_pointer (&self->wanted, lec_channel_unref);
    self->wanted = g_value_dup_boxed (value);
    GST_OBJECT_UNLOCK (self);
    break;
  case PROP_ALTERNATIVE:
    self->alternative = g_value_get_uint (value);
    break;
  case PROP_LOW_PORTS:
    self->low_ports = g_value_get_boolean (value);
    break;
  case PROP_REPAIR:
    self->repair = g_value_get_boolean (value);
    break;
  case PROP_SHORTENS_SOUND:
    self->shortens_sound = g_value_get_boolean (value);
    break;
  case PROP_INTERFACE:
    set_string (self, &self->interface, value);
    break;
  case PROP_LATENCY:
    set_latency (self, g_value_get_int (value));
    break;
  case PROP_CLOCK:
    GST_OBJECT_LOCK (self);
    self->clock_mode = (ClockMode) g_value_get_enum (value);
    GST_OBJECT_UNLOCK (self);
    break;
  case PROP_CAPTURE:
    set_string (self, &self->capture, value);
    break;
  case PROP_REPLAY:
    set_string (self, &self->replay, value);
    break;
  case PROP_REPORTS:
    GST_OBJECT_LOCK (self);
    self->reports = g_value_get_boolean (value);
    GST_OBJECT_UNLOCK (self);
    break;
  case PROP_PROGRAM:
    set_program (self, g_value_get_uint (value));
    break;
  case PROP_STATION:
    set_station (self, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
lec_channel_src_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LecChannelSrc *self = LEC_CHANNEL_SRC (object);

  if (id == PROP_STATS) {
    g_value_take_boxed (value, get_stats (self));
    return;
  }
  if (id == PROP_REPORT) {
    g_value_take_boxed (value, dup_report (self));
    return;
  }

  GST_OBJECT_LOCK (self);
  switch (id) {
  case PROP_LOCATION:
    g_value_set_string (value, self->location);
    break;
  case PROP_CHANNEL:
    g_value_set_boxed (value, self->channel != NULL ? self->channel : self->wanted);
    break;
  case PROP_ALTERNATIVE:
    g_value_set_uint (value, self->alternative);
    break;
  case PROP_LOW_PORTS:
    g_value_set_boolean (value, self->low_ports);
    break;
  case PROP_REPAIR:
    g_value_set_boolean (value, self->repair);
    break;
  case PROP_SHORTENS_SOUND:
    g_value_set_boolean (value, self->shortens_sound);
    break;
  case PROP_INTERFACE:
    g_value_set_string (value, self->interface);
    break;
  case PROP_LATENCY:
    g_value_set_int (value, self->latency_ms);
    break;
  case PROP_CLOCK:
    g_value_set_enum (value, (gint) self->clock_mode);
    break;
  case PROP_CAPTURE:
    g_value_set_string (value, self->capture);
    break;
  case PROP_REPLAY:
    g_value_set_string (value, self->replay);
    break;
  case PROP_REPORTS:
    g_value_set_boolean (value, self->reports);
    break;
  case PROP_PROGRAM:
    g_value_set_uint (value, self->program);
    break;
  case PROP_STATION:
    g_value_set_string (value, self->station);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
  GST_OBJECT_UNLOCK (self);
}

static void
lec_channel_src_finalize (GObject *object)
{
  LecChannelSrc *self = LEC_CHANNEL_SRC (object);

  g_free (self->location);
  g_free (self->interface);
  g_free (self->capture);
  g_free (self->replay);
  g_free (self->station);
  g_clear_pointer (&self->wanted, lec_channel_unref);
  g_ptr_array_unref (self->pads);
  gst_flow_combiner_free (self->flows);
  lec_timing_free (self->timing);
  g_mutex_clear (&self->opening);
  G_OBJECT_CLASS (lec_channel_src_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *klass)
{
  const GParamFlags ready = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_READY;

  properties[PROP_LOCATION] = g_param_spec_string (
      "location", "Location",
      "The announcement: path or file: URI of an .sdp, .asx or .nsc file, or an address such as "
      "rtp://239.1.2.3:5004, udp://239.1.2.3:1234 or rtsp://server/channel",
      NULL, ready);
  properties[PROP_CHANNEL] = g_param_spec_boxed (
      "channel", "Channel", "The channel to receive, instead of a location (LecChannel)",
      LEC_TYPE_CHANNEL, ready);
  properties[PROP_ALTERNATIVE] = g_param_spec_uint (
      "alternative", "Alternative",
      "Which of the channel's alternatives to receive; the first one from there on that is RTP or "
      "a transport stream",
      0, LEC_MAX_ALTERNATIVES - 1, 0, ready);
  properties[PROP_INTERFACE] = g_param_spec_string (
      "interface", "Interface",
      "Name of the network interface to join on; unset: the one that the announcement names, or "
      "all suitable ones until one delivers",
      NULL, ready);
  properties[PROP_LOW_PORTS] = g_param_spec_boolean (
      "low-ports", "Low ports",
      "Listen also where an announcement names a port below 1024, which is for services of the "
      "system",
      FALSE, ready);
  properties[PROP_REPAIR] = g_param_spec_boolean (
      "repair", "Repair",
      "Rebuild lost packets from what the station sends for that: as announced, or on the ports "
      "above those of a transport stream (SMPTE ST 2022-1)",
      TRUE, ready);
  properties[PROP_SHORTENS_SOUND] = g_param_spec_boolean (
      "shortens-sound", "Shortens sound",
      "What plays the sound makes it shorter where a unit begins before the one before it ends. By "
      "the sender's clock, a latency that proves longer than needed is then left in seconds: time "
      "stamps move by a few milliseconds now and then",
      FALSE, ready);
  properties[PROP_LATENCY] = g_param_spec_int (
      "latency", "Latency",
      "From arrival to play-out [ms]: what late and lost packets can be waited for; -1: as needed",
      LATENCY_AUTO, LATENCY_MAX_MS, LATENCY_AUTO,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_PLAYING);
  properties[PROP_CLOCK] = g_param_spec_enum (
      "clock", "Clock",
      "By which clock is played. By the sender's, sound neither runs dry nor over; asked for by "
      "name, it also gains on the sender until the latency is as low as it can be: audio sinks "
      "should resample then (slave-method)",
      clock_mode_get_type (), CLOCK_AUTO, ready);
  properties[PROP_CAPTURE] = g_param_spec_string ("capture-location", "Capture location",
                                                  "A file to write every received datagram to, as "
                                                  "a capture (pcap); never over one that is there",
                                                  NULL, ready);
  properties[PROP_REPLAY] = g_param_spec_string (
      "replay-location", "Replay location",
      "A capture (pcap) that is played as if it came now: nothing is joined, and no network needed",
      NULL, ready);
  properties[PROP_REPORTS] = g_param_spec_boolean (
      "reports", "Reports",
      "Send RTCP receiver reports where the announcement asks for them with a bandwidth of their "
      "own (b=RR), and ask for lost packets where it wants to be asked (a=rtcp-fb); they name "
      "neither person nor computer. Otherwise nothing is ever sent",
      TRUE, ready);
  properties[PROP_PROGRAM] = g_param_spec_uint (
      "program", "Program",
      "Number of the program to hand on of a transport stream; 0: the one that the announcement "
      "names, or the first one that can be played",
      0, G_MAXUINT16, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_PLAYING);
  properties[PROP_STATION] = g_param_spec_string (
      "station", "Station",
      "Address of the host to receive, as long as it sends, where several send to the same group; "
      "NULL: the one that the announcement knows, or the one that was first",
      NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_PLAYING);
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
  g_object_class_install_properties (klass, N_PROPS, properties);
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
  self->latency_ms = LATENCY_AUTO;
  self->error = LEC_ERROR_NONE;
  self->reports = TRUE;
  self->repair = TRUE;
  self->pads = g_ptr_array_new_with_free_func (gst_object_unref);
  self->flows = gst_flow_combiner_new ();
  self->timing = lec_timing_new ();
  g_mutex_init (&self->opening);
  GST_OBJECT_FLAG_SET (self, GST_ELEMENT_FLAG_SOURCE | GST_ELEMENT_FLAG_PROVIDE_CLOCK);
}
