/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/station.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <gst/rtp/gstrtcpbuffer.h>

#include "cast/description.h"
#include "cast/fec-sender.h"
#include "cast/packet-rate.h"
#include "cast/rtx-sender.h"
#include "cast/ulpfec.h"
#include "channel/error.h"
#include "net/sender.h"

#define READY_LIMIT_S 10     /* for a stream to show what it is */
#define GOODBYE_LIMIT_MS 800 /* for the last reports to leave */
#define REPORT_INTERVAL GST_SECOND
#define PREROLL_GUESS_US 200000      /* from start to the first packet */
#define SOURCE_NAME "lectern-source" /* what errors of an element are about */

/* source ... payloader ─► pace ─► rtpbin ─► RTP socket
 *                         ▲ gate         └► RTCP socket
 *
 * `pace` holds each packet until it is due and is the only place that waits, so rtpbin sees a
 * packet when it leaves, and an end of stream given to rtpbin overtakes what is still queued. */
typedef struct
{
  LecStation *station; /* borrowed */
  guint index;
  char *label;
  char *content;
  GstPad *gate;      /* source pad of the payloader */
  gulong gate_probe; /* 0 once it has been opened */
  GstPad *rtp_sink;  /* of rtpbin */
  GstPad *out;       /* (nullable): of its socket, where parity is made of what passes */
  GstCaps *caps;     /* NULL until the first packet; guarded by the station's lock */
  double rate;       /* [1/s] of packets, as is expected; likewise */
  gboolean empty;    /* it ended before its first packet; likewise */
  gboolean gone;     /* its BYE is on the way; likewise */
  GRand *rng;        /* which packets are dropped; streaming thread only */
  LecRtxSender *rtx; /* (nullable) */
} Stream;

struct _LecStation
{
  GObject parent_instance;

  char *title;
  char *destination;
  char *interface; /* (nullable) */
  guint16 port;
  int ttl;
  double drop;
  guint32 seed;
  LecFecConfig fec;
  guint rtx_ms;

  GSocket *socket;
  GstElement *pipeline;
  GstElement *rtpbin;
  GMutex lock;
  GPtrArray *streams; /* of Stream; guarded by lock */
  gboolean complete;  /* guarded by lock */
  gboolean announced; /* guarded by lock */
  gboolean ended;
  guint ready_timer;
  guint goodbye_timer;
  gint64 epoch_us; /* time of day at running time 0; guarded by lock */
};

enum {
  READY,
  WARNING,
  ENDED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LecStation, lec_station, G_TYPE_OBJECT)

static void
stream_free (Stream *stream)
{
  lec_rtx_sender_free (stream->rtx);
  g_free (stream->label);
  g_free (stream->content);
  gst_clear_object (&stream->gate);
  gst_clear_object (&stream->rtp_sink);
  gst_clear_object (&stream->out);
  gst_clear_caps (&stream->caps);
  g_rand_free (stream->rng);
  g_free (stream);
}

/* Words to the main thread go over the bus, which keeps their order. */
static void
post (LecStation *self, GstStructure *words)
{
  gst_element_post_message (self->pipeline,
                            gst_message_new_application (GST_OBJECT (self->pipeline), words));
}

static void
end (LecStation *self, const GError *error)
{
  if (self->ended)
    return;
  self->ended = TRUE;
  g_clear_handle_id (&self->ready_timer, g_source_remove);
  g_clear_handle_id (&self->goodbye_timer, g_source_remove);
  g_signal_emit (self, signals[ENDED], 0, error);
}

static GArray *
describe_streams (LecStation *self)
{
  GArray *described = g_array_new (FALSE, FALSE, sizeof (LecDescribedStream));

  for (guint i = 0; i < self->streams->len; i++) {
    const Stream *stream = g_ptr_array_index (self->streams, i);
    LecDescribedStream entry = { stream->caps, (guint16) (self->port + i * LEC_STATION_PORT_STEP),
                                 stream->label, stream->content, stream->rate };

    if (stream->caps != NULL)
      g_array_append_val (described, entry);
  }
  return described;
}

/* The same lecture to the same place is the same session when the station is started again: so
 * lists know the new announcement for a newer version of the old one, also after a crash. */
static guint64
make_session_id (const LecStation *self, const char *source)
{
  g_autofree char *name
      = g_strdup_printf ("%s\n%s\n%s\n%u", source, self->title, self->destination, self->port);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);

  digest[15] = '\0'; /* 60 bits: some readers take no more than a signed number */
  return g_ascii_strtoull (digest, NULL, 16);
}

static char *
print_sdp (LecStation *self)
{
  g_autofree char *source = lec_station_dup_source (self);
  LecDescribedStation station
      = { .title = self->title,
          .source = source,
          .destination = self->destination,
          .ttl = self->ttl,
          .fec = self->fec,
          .rtx_ms = self->rtx_ms,
          .session_id = make_session_id (self, source),
          .session_version = (guint64) (g_get_real_time () / G_USEC_PER_SEC) };
  g_autoptr (GArray) described = describe_streams (self);

  return described->len > 0 ? lec_description_print_sdp (&station, described) : NULL;
}

/* How large its matrix is depends on what comes. */
static void
attach_parity (LecStation *self)
{
  for (guint i = 0; i < self->streams->len; i++) {
    const Stream *stream = g_ptr_array_index (self->streams, i);
    LecFecConfig fec = self->fec;

    if (stream->out == NULL || stream->caps == NULL)
      continue;
    lec_fec_config_fit (&fec, stream->rate);
    lec_fec_sender_attach (stream->out, &fec, self->socket, self->destination,
                           (guint16) (self->port + i * LEC_STATION_PORT_STEP), self->drop,
                           self->seed + LEC_STATION_MAX_STREAMS + i);
  }
}

static void
open_gates (LecStation *self)
{
  for (guint i = 0; i < self->streams->len; i++) {
    Stream *stream = g_ptr_array_index (self->streams, i);

    if (stream->gate_probe != 0)
      gst_pad_remove_probe (stream->gate, stream->gate_probe);
    stream->gate_probe = 0;
  }
}

static void
announce (LecStation *self)
{
  g_autofree char *sdp = print_sdp (self);
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&self->ready_timer, g_source_remove);
  if (self->ended)
    return;
  if (sdp == NULL) {
    error = g_error_new (LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                         _ ("%s has no stream that can be sent without transcoding"), self->title);
    end (self, error);
    return;
  }
  g_signal_emit (self, signals[READY], 0, sdp);
  if (self->ended)
    return;
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  g_mutex_lock (&self->lock);
  self->announced = TRUE;
  self->epoch_us = g_get_real_time ();
  g_mutex_unlock (&self->lock);
  attach_parity (self);
  open_gates (self);
}

/* Called with the lock held. */
static gboolean
is_ready (LecStation *self)
{
  if (!self->complete)
    return FALSE;
  for (guint i = 0; i < self->streams->len; i++) {
    const Stream *stream = g_ptr_array_index (self->streams, i);

    if (stream->caps == NULL && !stream->empty)
      return FALSE;
  }
  return TRUE;
}

static void
post_if_ready (LecStation *self)
{
  gboolean ready;

  g_mutex_lock (&self->lock);
  ready = is_ready (self);
  g_mutex_unlock (&self->lock);
  if (ready)
    post (self, gst_structure_new_empty ("ready"));
}

/* Returns: (nullable) */
static const GstBuffer *
get_first (const GstPadProbeInfo *info)
{
  GstBufferList *list;

  if ((info->type & GST_PAD_PROBE_TYPE_BUFFER) != 0)
    return GST_PAD_PROBE_INFO_BUFFER (info);
  list = GST_PAD_PROBE_INFO_BUFFER_LIST (info);
  return gst_buffer_list_length (list) > 0 ? gst_buffer_list_get (list, 0) : NULL;
}

/* The first packet waits at the gate until all streams have got there. */
static GstPadProbeReturn
gate_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Stream *stream = data;
  LecStation *self = stream->station;
  gboolean is_packet
      = (info->type & (GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST)) != 0;

  if (!is_packet && GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) != GST_EVENT_EOS)
    return GST_PAD_PROBE_PASS;
  g_mutex_lock (&self->lock);
  if (is_packet && stream->caps == NULL) {
    stream->caps = gst_pad_get_current_caps (pad);
    stream->rate = lec_packet_rate_estimate (pad, get_first (info));
  }
  stream->empty = stream->caps == NULL;
  g_mutex_unlock (&self->lock);
  post_if_ready (self);
  return GST_PAD_PROBE_OK;
}

static gboolean
drop_one (GstBuffer **buffer, guint i, gpointer data)
{
  const Stream *stream = data;

  if (g_rand_double (stream->rng) < stream->station->drop)
    gst_clear_buffer (buffer);
  return TRUE;
}

static GstPadProbeReturn
drop_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  const Stream *stream = data;

  if ((info->type & GST_PAD_PROBE_TYPE_BUFFER) != 0)
    return g_rand_double (stream->rng) < stream->station->drop ? GST_PAD_PROBE_DROP
                                                               : GST_PAD_PROBE_OK;
  info->data = gst_buffer_list_make_writable (info->data);
  gst_buffer_list_foreach (info->data, drop_one, data);
  return GST_PAD_PROBE_OK;
}

static gboolean
has_bye (GstBuffer *buffer)
{
  GstRTCPBuffer rtcp = GST_RTCP_BUFFER_INIT;
  GstRTCPPacket packet;
  gboolean found = FALSE;

  if (!gst_rtcp_buffer_map (buffer, GST_MAP_READ, &rtcp))
    return FALSE;
  for (gboolean more = gst_rtcp_buffer_get_first_packet (&rtcp, &packet); more && !found;
       more = gst_rtcp_packet_move_to_next (&packet))
    found = gst_rtcp_packet_get_type (&packet) == GST_RTCP_TYPE_BYE;
  gst_rtcp_buffer_unmap (&rtcp);
  return found;
}

/* rtpbin does not end the stream of reports after the goodbye of the last source, so it is the
 * goodbyes that are waited for. */
static GstPadProbeReturn
report_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Stream *stream = data;
  LecStation *self = stream->station;
  gboolean all_gone = TRUE;

  if (!has_bye (GST_PAD_PROBE_INFO_BUFFER (info)))
    return GST_PAD_PROBE_OK;
  g_mutex_lock (&self->lock);
  stream->gone = TRUE;
  for (guint i = 0; i < self->streams->len; i++) {
    const Stream *other = g_ptr_array_index (self->streams, i);

    all_gone = all_gone && (other->gone || other->empty);
  }
  g_mutex_unlock (&self->lock);
  if (all_gone)
    post (self, gst_structure_new_empty ("goodbye"));
  return GST_PAD_PROBE_OK;
}

static GstElement *
add_socket (LecStation *self, guint port)
{
  gboolean ipv6 = g_socket_get_family (self->socket) == G_SOCKET_FAMILY_IPV6;
  GstElement *sink = gst_element_factory_make ("udpsink", NULL);

  if (sink == NULL)
    return NULL;
  g_object_set (sink, "host", self->destination, "port", (int) port, ipv6 ? "socket-v6" : "socket",
                self->socket, "close-socket", FALSE, "auto-multicast", FALSE, "ttl", self->ttl,
                "ttl-mc", self->ttl, "sync", FALSE, "async", FALSE, NULL);
  gst_bin_add (GST_BIN (self->pipeline), sink);
  return sink;
}

/* Reports every second rather than every five: a receiver cannot match lips to sound before it
 * has heard one of each stream. */
static void
hurry_reports (LecStation *self, guint index)
{
  g_autoptr (GObject) session = NULL;

  g_signal_emit_by_name (self->rtpbin, "get-internal-session", index, &session);
  if (session != NULL)
    g_object_set (session, "rtcp-min-interval", (guint64) REPORT_INTERVAL, NULL);
}

/* Parity on other ports is made of what is sent; that among the media is put there before. */
static gboolean
protect (LecStation *self, Stream *stream, GstElement *payloader, GstElement *pace, GstPad *out)
{
  GstElement *protector;

  if (!self->fec.is_on || self->fec.scheme != LEC_REPAIR_ULPFEC) {
    if (self->fec.is_on)
      stream->out = gst_object_ref (out);
    return gst_element_link_pads (payloader, "src", pace, "sink");
  }
  protector = lec_ulpfec_new (LEC_FEC_ULP_PAYLOAD, self->fec.percent);
  gst_bin_add (GST_BIN (self->pipeline), protector);
  gst_element_sync_state_with_parent (protector);
  return gst_element_link (protector, pace)
         && gst_element_link_pads (payloader, "src", protector, "sink");
}

static gboolean
link_stream (LecStation *self, Stream *stream, GstElement *payloader)
{
  guint port = self->port + stream->index * LEC_STATION_PORT_STEP;
  GstElement *pace = gst_element_factory_make ("clocksync", NULL);
  GstElement *rtp = add_socket (self, port), *rtcp = add_socket (self, port + 1);
  g_autofree char *sink = g_strdup_printf ("send_rtp_sink_%u", stream->index);
  g_autofree char *source = g_strdup_printf ("send_rtp_src_%u", stream->index);
  g_autofree char *reports = g_strdup_printf ("send_rtcp_src_%u", stream->index);
  g_autoptr (GstPad) out = NULL, reports_out = NULL;

  if (pace == NULL || rtp == NULL || rtcp == NULL)
    return FALSE;
  gst_bin_add (GST_BIN (self->pipeline), pace);
  stream->rtp_sink = gst_element_request_pad_simple (self->rtpbin, sink);
  if (!gst_element_link_pads (pace, "src", self->rtpbin, sink)
      || !gst_element_link_pads (self->rtpbin, source, rtp, "sink")
      || !gst_element_link_pads (self->rtpbin, reports, rtcp, "sink"))
    return FALSE;
  hurry_reports (self, stream->index);
  out = gst_element_get_static_pad (rtp, "sink");
  reports_out = gst_element_get_static_pad (rtcp, "sink");
  gst_pad_add_probe (reports_out, GST_PAD_PROBE_TYPE_BUFFER, report_cb, stream, NULL);
  gst_element_sync_state_with_parent (rtp);
  gst_element_sync_state_with_parent (rtcp);
  gst_element_sync_state_with_parent (pace);
  if (!protect (self, stream, payloader, pace, out))
    return FALSE;
  if (self->drop > 0)
    gst_pad_add_probe (out, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST, drop_cb,
                       stream, NULL);
  return TRUE;
}

/* What is dropped on purpose was sent all the same, as far as can be asked. */
static gboolean
keep_history (LecStation *self, Stream *stream, GError **error)
{
  g_autofree char *name = g_strdup_printf ("send_rtp_src_%u", stream->index);
  g_autoptr (GstPad) sent = gst_element_get_static_pad (self->rtpbin, name);
  const LecRtxSenderConfig config = {
    .destination = self->destination,
    .interface = self->interface,
    .port = (guint16) (self->port + stream->index * LEC_STATION_PORT_STEP),
    .kept_ms = self->rtx_ms,
    .drop = self->drop,
    .seed = self->seed + 2 * LEC_STATION_MAX_STREAMS + stream->index,
  };

  stream->rtx = lec_rtx_sender_new (sent, &config, self->socket, error);
  return stream->rtx != NULL;
}

GstBin *
lec_station_get_pipeline (LecStation *self)
{
  return GST_BIN (self->pipeline);
}

void
lec_station_name_source (GstElement *element, const char *name)
{
  g_object_set_data_full (G_OBJECT (element), SOURCE_NAME, g_strdup (name), g_free);
}

guint
lec_station_get_next_payload (LecStation *self)
{
  return 96 + self->streams->len % LEC_STATION_MAX_STREAMS;
}

gboolean
lec_station_add_stream (LecStation *self,
                        GstElement *payloader,
                        const char *label,
                        const char *content,
                        GError **error)
{
  Stream *stream = g_new0 (Stream, 1);

  stream->station = self;
  stream->label = g_strdup (label);
  stream->content = g_strdup (content);
  g_mutex_lock (&self->lock);
  stream->index = self->streams->len;
  g_ptr_array_add (self->streams, stream);
  g_mutex_unlock (&self->lock);
  stream->rng = g_rand_new_with_seed (self->seed + stream->index);
  if (stream->index >= LEC_STATION_MAX_STREAMS
      || self->port + stream->index * LEC_STATION_PORT_STEP + 1 > G_MAXUINT16) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 _ ("There are no ports left for stream %1$u above port %2$u"), stream->index + 1,
                 self->port);
    return FALSE;
  }
  stream->gate = gst_element_get_static_pad (payloader, "src");
  stream->gate_probe = gst_pad_add_probe (
      stream->gate, GST_PAD_PROBE_TYPE_BLOCK | GST_PAD_PROBE_TYPE_DATA_DOWNSTREAM, gate_cb, stream,
      NULL);
  if (link_stream (self, stream, payloader))
    return self->rtx_ms == 0 || keep_history (self, stream, error);
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
               _ ("GStreamer's clocksync or udpsink is not installed; data/install-dependencies "
                  "installs what is missing"));
  return FALSE;
}

void
lec_station_complete (LecStation *self)
{
  g_mutex_lock (&self->lock);
  self->complete = TRUE;
  g_mutex_unlock (&self->lock);
  post_if_ready (self);
}

void
lec_station_warn (LecStation *self, char *sentence)
{
  post (self, gst_structure_new ("warning", "text", G_TYPE_STRING, sentence, NULL));
  g_free (sentence);
}

void
lec_station_fail (LecStation *self, GError *error)
{
  post (self, gst_structure_new ("failed", "error", G_TYPE_ERROR, error, NULL));
  g_error_free (error);
}

static void
take_words (LecStation *self, const GstStructure *words)
{
  g_autoptr (GError) error = NULL;

  if (gst_structure_has_name (words, "ready") && !self->announced)
    announce (self);
  else if (gst_structure_has_name (words, "goodbye"))
    end (self, NULL);
  else if (gst_structure_has_name (words, "warning"))
    g_signal_emit (self, signals[WARNING], 0, gst_structure_get_string (words, "text"));
  else if (gst_structure_get (words, "error", G_TYPE_ERROR, &error, NULL))
    end (self, error);
}

static const char *
find_source (GstObject *object)
{
  const char *name = NULL;

  for (; object != NULL && name == NULL; object = GST_OBJECT_PARENT (object))
    name = g_object_get_data (G_OBJECT (object), SOURCE_NAME);
  return name;
}

/* What elements say of themselves is not for people. */
static void
take_error (LecStation *self, GstMessage *message)
{
  const char *source = find_source (GST_MESSAGE_SRC (message));
  g_autoptr (GError) reason = NULL, error = NULL;

  gst_message_parse_error (message, &reason, NULL);
  if (source == NULL)
    error = g_error_new (LEC_ERROR, LEC_ERROR_UNREACHABLE, _ ("Cannot send to %1$s: %2$s"),
                         self->destination, reason->message);
  else if (reason->domain == GST_RESOURCE_ERROR)
    error = g_error_new (LEC_ERROR, LEC_ERROR_UNREACHABLE, _ ("Cannot read %1$s: %2$s"), source,
                         reason->message);
  else if (self->announced)
    error = g_error_new (LEC_ERROR, LEC_ERROR_MALFORMED, _ ("%s is damaged: it ends too early"),
                         source);
  else
    error = g_error_new (LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                         _ ("%s is not a media file that can be sent"), source);
  end (self, error);
}

static gboolean
bus_cb (GstBus *bus, GstMessage *message, gpointer data)
{
  g_autoptr (LecStation) self = g_object_ref (data);

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_APPLICATION)
    take_words (self, gst_message_get_structure (message));
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    take_error (self, message);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    end (self, NULL);
  return G_SOURCE_CONTINUE;
}

static gboolean
ready_timeout_cb (gpointer data)
{
  LecStation *self = data;
  g_autoptr (GError) error = g_error_new (
      LEC_ERROR, LEC_ERROR_UNSUPPORTED,
      _ ("Nothing is sent: one of the streams did not begin within %d seconds"), READY_LIMIT_S);

  self->ready_timer = 0;
  end (self, error);
  return G_SOURCE_REMOVE;
}

void
lec_station_start (LecStation *self)
{
  g_mutex_lock (&self->lock);
  self->epoch_us = g_get_real_time () + PREROLL_GUESS_US;
  g_mutex_unlock (&self->lock);
  self->ready_timer = g_timeout_add_seconds (READY_LIMIT_S, ready_timeout_cb, self);
  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
}

static gboolean
goodbye_timeout_cb (gpointer data)
{
  LecStation *self = data;

  self->goodbye_timer = 0;
  end (self, NULL);
  return G_SOURCE_REMOVE;
}

/* On a thread of its own: a pad whose thread waits downstream takes no event until it is through,
 * and whoever wants to stop must not wait for that. */
static void
send_eos (GstElement *pipeline, gpointer pad)
{
  gst_pad_send_event (pad, gst_event_new_eos ());
}

void
lec_station_stop (LecStation *self)
{
  if (self->ended || self->goodbye_timer != 0)
    return;
  if (!self->announced) {
    end (self, NULL);
    return;
  }
  self->goodbye_timer = g_timeout_add (GOODBYE_LIMIT_MS, goodbye_timeout_cb, self);
  for (guint i = 0; i < self->streams->len; i++) {
    Stream *stream = g_ptr_array_index (self->streams, i);

    gst_element_call_async (self->pipeline, send_eos, gst_object_ref (stream->rtp_sink),
                            gst_object_unref);
  }
}

char *
lec_station_dup_source (LecStation *self)
{
  return lec_sender_dup_source (self->socket);
}

gint64
lec_station_get_wall_clock (LecStation *self, GstClockTime running_time)
{
  gint64 epoch_us;

  g_mutex_lock (&self->lock);
  epoch_us = self->epoch_us;
  g_mutex_unlock (&self->lock);
  return epoch_us + (gint64) (running_time / GST_USECOND);
}

static void
lec_station_finalize (GObject *object)
{
  LecStation *self = LEC_STATION (object);

  g_clear_handle_id (&self->ready_timer, g_source_remove);
  g_clear_handle_id (&self->goodbye_timer, g_source_remove);
  if (self->pipeline != NULL) {
    g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);

    gst_bus_remove_watch (bus);
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  }
  gst_clear_object (&self->pipeline);
  g_ptr_array_unref (self->streams);
  g_clear_object (&self->socket);
  g_mutex_clear (&self->lock);
  g_free (self->title);
  g_free (self->destination);
  g_free (self->interface);
  G_OBJECT_CLASS (lec_station_parent_class)->finalize (object);
}

static void
lec_station_class_init (LecStationClass *class)
{
  GType type = G_TYPE_FROM_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = lec_station_finalize;
  signals[READY] = g_signal_new ("ready", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_STRING);
  signals[WARNING] = g_signal_new ("warning", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ENDED] = g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_ERROR);
}

static void
lec_station_init (LecStation *self)
{
  g_mutex_init (&self->lock);
  self->streams = g_ptr_array_new_with_free_func ((GDestroyNotify) stream_free);
}

/* The reports' time is that of the capture, not of the passage: with B-frames the two differ
 * from picture to picture. The name in them is drawn at random (RFC 7022), for neither the
 * user nor the host need be told to the whole network. */
static gboolean
make_pipeline (LecStation *self)
{
  g_autofree char *name = g_uuid_string_random ();
  g_autoptr (GstBus) bus = NULL;
  GstStructure *description
      = gst_structure_new ("application/x-rtp-source-sdes", "cname", G_TYPE_STRING, name, "tool",
                           G_TYPE_STRING, "lectern-cast", NULL);

  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->rtpbin = gst_element_factory_make ("rtpbin", NULL);
  bus = gst_element_get_bus (self->pipeline);
  gst_bus_add_watch (bus, bus_cb, self);
  if (self->rtpbin != NULL) {
    g_object_set (self->rtpbin, "sdes", description, "rtcp-sync-send-time", FALSE, NULL);
    gst_bin_add (GST_BIN (self->pipeline), self->rtpbin);
  }
  gst_structure_free (description);
  return self->rtpbin != NULL;
}

LecStation *
lec_station_new (const LecStationConfig *config, GError **error)
{
  g_autoptr (LecStation) self = g_object_new (LEC_TYPE_STATION, NULL);

  self->title = g_strdup (config->title);
  self->destination = g_strdup (config->destination);
  self->port = config->port;
  self->ttl = config->ttl;
  self->drop = config->drop;
  self->seed = config->seed;
  self->fec = config->fec;
  self->rtx_ms = config->rtx_ms;
  self->interface = g_strdup (config->interface);
  self->socket = lec_sender_open (config->destination, config->interface, config->ttl, error);
  if (self->socket == NULL)
    return NULL;
  if (!make_pipeline (self)) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 _ ("GStreamer's rtpbin is not installed; data/install-dependencies installs what "
                    "is missing"));
    return NULL;
  }
  return g_steal_pointer (&self);
}
