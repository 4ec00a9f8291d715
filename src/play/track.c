/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/track.h"

#include "play/branch.h"
#include "play/codec.h"
#include "play/depayloader.h"
#include "play/frame-gaps.h"
#include "play/late-guard.h"
#include "play/loss-marks.h"
#include "play/repeated-sets.h"
#include "play/set-property.h"
#include "play/sound-splice.h"
#include "play/track-meter.h"
#include "play/whole-units.h"

/* What may wait between parser and decoder: the sink holds back for as long as the latency, which
 * is 10 s at most. */
#define QUEUE_BYTES (32u * 1024 * 1024)
#define QUEUE_NS (12 * GST_SECOND)

/* A sink waits for what is ahead, and all that follows with it. Nothing that is right is further
 * ahead than our latency and the delay of a transport stream's decoder model (ISO/IEC 13818-1,
 * section 2.4.2.7: one second) together. */
#define MOST_AHEAD_NS (5 * GST_SECOND)

struct _LecTrack
{
  const LecTrackCallbacks *callbacks;
  gpointer data;
  LecBranch branch;
  GstPad *outlet;          /* borrowed from its bin: ghost of what comes out last */
  GstClockTime most_ahead; /* that what comes may be, and be right; 0: as usual */
  int attempt;             /* atomic: of lec_codec_new_decoder() */

  /* under the inlet's stream lock */
  GPtrArray *parts;           /* borrowed from the bin: what is built anew */
  const LecCodecEntry *codec; /* (nullable): that the decoder is for */
  LecLossMarks *losses;       /* (nullable): of packets of RTP */
  gboolean entered;           /* the way from the inlet to `coded` is there */
  gboolean refused;           /* there is none for what comes */
  gboolean tried, staged;     /* the way from `coded` to the outlet is there */
  gboolean asked, wanted;     /* whether it is to be decoded */
  gboolean is_rtp;            /* what comes has the times of channelsrc, and no other clock's */
  GstStreamType type;         /* once asked */
  gboolean clean;             /* a picture that is fit to be seen has come out of the decoder */
  gboolean held;              /* nothing is decoded, as far as that can be */

  GMutex mutex;        /* of all below */
  LecTrackGates gates; /* changed under the stream lock as well, so that it may read them */
  LecTrackMeter meter;
};

/* ---- counting ---- */

static void
set_obstacle (LecTrack *self, LecTrackState obstacle)
{
  g_mutex_lock (&self->mutex);
  lec_track_meter_set_obstacle (&self->meter, obstacle);
  g_mutex_unlock (&self->mutex);
}

static guint64
count_buffers (const GstPadProbeInfo *info)
{
  if (info->type & GST_PAD_PROBE_TYPE_BUFFER_LIST)
    return gst_buffer_list_length (GST_PAD_PROBE_INFO_BUFFER_LIST (info));
  return 1;
}

static GstBuffer *
get_first (const GstPadProbeInfo *info)
{
  if (info->type & GST_PAD_PROBE_TYPE_BUFFER_LIST)
    return gst_buffer_list_get (GST_PAD_PROBE_INFO_BUFFER_LIST (info), 0);
  return GST_PAD_PROBE_INFO_BUFFER (info);
}

static GstPadProbeReturn
given_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  LecTrack *self = data;

  g_mutex_lock (&self->mutex);
  lec_track_meter_note_given (&self->meter, count_buffers (info));
  g_mutex_unlock (&self->mutex);
  return GST_PAD_PROBE_OK;
}

/* ---- building ---- */

static void
add_part (LecTrack *self, GstElement *element)
{
  gst_bin_add (GST_BIN (self->branch.bin), element);
  g_ptr_array_add (self->parts, element);
}

static GstElement *
new_queue (void)
{
  GstElement *queue = gst_element_factory_make ("queue", NULL);

  g_object_set (queue, "max-size-buffers", 0, "max-size-bytes", QUEUE_BYTES, "max-size-time",
                (guint64) QUEUE_NS, NULL);
  return queue;
}

static void
connect_sink (LecTrack *self, GstElement *sink)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (sink, "sink");

  gst_pad_link (self->outlet, pad);
  g_mutex_lock (&self->mutex);
  lec_track_meter_set_sink (&self->meter, sink);
  g_mutex_unlock (&self->mutex);
  /* last: it may say at once that there is no device, and whose it is must be known by then */
  gst_element_sync_state_with_parent (sink);
}

/* What was decoded before the first clean picture is not for the eye. */
static gboolean
is_clean (LecTrack *self, GstBuffer *buffer)
{
  GstClockTime first;

  if (self->clean || self->gates.gate == NULL)
    return TRUE;
  first = lec_start_gate_get_first_shown (self->gates.gate);
  if (!GST_CLOCK_TIME_IS_VALID (first))
    return FALSE;
  self->clean = !GST_BUFFER_PTS_IS_VALID (buffer) || GST_BUFFER_PTS (buffer) >= first;
  return self->clean;
}

/* Whether what was kept back is still on its way through the decoder. */
static gboolean
is_catching_up (LecTrack *self)
{
  gboolean is;

  g_mutex_lock (&self->mutex);
  is = lec_track_meter_is_catching_up (&self->meter);
  g_mutex_unlock (&self->mutex);
  return is;
}

/* On @pad, that it goes out by. Returns: [ns] until its time, the sink's latency aside; 0: not
 * known
 */
static gint64
get_ahead (LecTrack *self, GstPad *pad, GstBuffer *buffer)
{
  const GstClockTime now
      = gst_element_get_current_running_time (GST_ELEMENT (self->branch.pipeline));
  g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  const GstSegment *segment;
  GstClockTime due;

  if (event == NULL || !GST_CLOCK_TIME_IS_VALID (now))
    return 0;
  gst_event_parse_segment (event, &segment);
  due = gst_segment_to_running_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
  return GST_CLOCK_TIME_IS_VALID (due) ? GST_CLOCK_DIFF (now, due) : 0;
}

/* Whether its time is one that damage has made. */
static gboolean
is_far_ahead (const LecTrack *self, gint64 ahead_ns)
{
  return ahead_ns > (gint64) MAX (self->most_ahead, MOST_AHEAD_NS);
}

/* A sink is there only when there is something for it: one that waits for its first buffer would
 * hold up the others. */
static GstPadProbeReturn
decoded_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  LecTrack *self = data;
  const guint64 count = count_buffers (info);
  const gint64 ahead_ns = get_ahead (self, pad, get_first (info));
  gboolean first;

  if (is_far_ahead (self, ahead_ns))
    return GST_PAD_PROBE_DROP;
  g_mutex_lock (&self->mutex);
  lec_track_meter_note_decoded (&self->meter, count, ahead_ns);
  g_mutex_unlock (&self->mutex);
  if (!is_clean (self, get_first (info)) || is_catching_up (self))
    return GST_PAD_PROBE_DROP;
  if (lec_track_meter_get_sink (&self->meter) == NULL)
    connect_sink (self, self->callbacks->sink (self, self->type, self->data));
  g_mutex_lock (&self->mutex);
  first = lec_track_meter_note_passed (&self->meter, count);
  g_mutex_unlock (&self->mutex);
  if (first)
    self->callbacks->shown (self, self->data);
  return GST_PAD_PROBE_OK;
}

static gboolean
is_wanted (LecTrack *self, const GstCaps *caps)
{
  if (self->asked)
    return self->wanted;
  self->asked = TRUE;
  self->type = lec_codec_get_type (caps);
  g_mutex_lock (&self->mutex);
  lec_track_meter_set_type (&self->meter, self->type);
  g_mutex_unlock (&self->mutex);
  self->wanted = self->callbacks->wants (self, self->type, self->data);
  return self->wanted;
}

static void
describe (LecTrack *self, const LecCodecEntry *codec, const GstCaps *caps)
{
  g_mutex_lock (&self->mutex);
  lec_track_meter_describe (&self->meter, lec_codec_describe (caps),
                            codec != NULL ? codec->package : NULL);
  g_mutex_unlock (&self->mutex);
}

/* On @pad, whose caps are still to come. */
static void
open_gate (LecTrack *self, GstPad *pad)
{
  LecStartGate *gate;

  if (self->type != GST_STREAM_TYPE_VIDEO)
    return;
  gate = lec_start_gate_new (pad, self->losses);
  g_mutex_lock (&self->mutex);
  self->gates.gate = gate;
  g_mutex_unlock (&self->mutex);
}

/* On @pad, where units come that are fit to be decoded. */
static void
open_store (LecTrack *self, GstPad *pad)
{
  LecGopStore *store = lec_gop_store_new (pad, self->gates.gate);

  if (self->held)
    lec_gop_store_close (store);
  g_mutex_lock (&self->mutex);
  self->gates.store = store;
  lec_track_meter_begin_store (&self->meter);
  g_mutex_unlock (&self->mutex);
}

/* From @from, by which units with @caps come, to the outlet. */
static gboolean
build_decoder (LecTrack *self, GstPad *from, const GstCaps *caps)
{
  GstElement *queue, *decoder = NULL;
  g_autoptr (GstPad) queue_sink = NULL;
  g_autoptr (GstPad) queue_src = NULL;
  g_autoptr (GstPad) end = NULL;

  if (!lec_codec_is_raw (caps)) {
    decoder = lec_codec_new_decoder (caps, (guint) g_atomic_int_get (&self->attempt));
    if (decoder == NULL) {
      set_obstacle (self, LEC_TRACK_NO_DECODER);
      return FALSE;
    }
    /* it goes on behind what is spoilt; whether it does is watched */
    lec_set_property_if_there (decoder, "max-errors", "-1");
    if (lec_frame_gaps_are_trouble (decoder))
      lec_frame_gaps_mend (decoder);
    add_part (self, decoder);
  }
  queue = new_queue ();
  add_part (self, queue);
  if (decoder != NULL)
    gst_element_link (queue, decoder);
  end = gst_element_get_static_pad (decoder != NULL ? decoder : queue, "src");
  queue_sink = gst_element_get_static_pad (queue, "sink");
  queue_src = gst_element_get_static_pad (queue, "src");
  if (decoder != NULL)
    lec_late_guard_attach (end);
  if (self->gates.gate == NULL && decoder != NULL)
    open_gate (self, queue_sink);
  open_store (self, queue_sink);
  gst_pad_add_probe (queue_src, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST,
                     given_cb, self, NULL);
  if (self->is_rtp && self->type == GST_STREAM_TYPE_AUDIO)
    lec_sound_splice_attach (end);
  gst_pad_add_probe (end, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST, decoded_cb,
                     self, NULL);
  gst_ghost_pad_set_target (GST_GHOST_PAD (self->outlet), end);
  g_mutex_lock (&self->mutex);
  self->gates.queue = queue;
  g_mutex_unlock (&self->mutex);
  if (decoder != NULL)
    gst_element_sync_state_with_parent (decoder);
  gst_element_sync_state_with_parent (queue);
  gst_pad_link (from, queue_sink);
  set_obstacle (self, LEC_TRACK_WAITING);
  /* The new branch has a latency of its own, which nobody asked for when the pipeline started. */
  gst_element_post_message (GST_ELEMENT (self->branch.pipeline),
                            gst_message_new_latency (GST_OBJECT (self->branch.pipeline)));
  return TRUE;
}

/* What a decoder must be able to do is known when the parser has understood the stream. */
static GstPadProbeReturn
parsed_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  LecTrack *self = data;
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstCaps *caps;

  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS || gst_pad_is_linked (pad))
    return GST_PAD_PROBE_OK;
  gst_event_parse_caps (event, &caps);
  self->staged = build_decoder (self, pad, caps);
  return GST_PAD_PROBE_OK;
}

static void
build_parser (LecTrack *self, GstElement *parser)
{
  GstElement *last = parser;
  g_autoptr (GstPad) src = NULL;

  add_part (self, parser);
  if (self->codec->asks_ahead) { /* anything would be */
    last = gst_element_factory_make ("capsfilter", NULL);
    add_part (self, last);
    gst_element_link (parser, last);
    gst_element_sync_state_with_parent (last);
  }
  src = gst_element_get_static_pad (last, "src");
  open_gate (self, src);
  gst_pad_add_probe (src, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, parsed_cb, self, NULL);
  gst_element_sync_state_with_parent (parser);
  gst_element_link (self->branch.coded, parser);
}

/* From what is coded to the outlet. Returns: whether it is there */
static gboolean
build_stage (LecTrack *self, GstPad *coded, const GstCaps *caps)
{
  GstElement *parser = NULL;

  self->codec = lec_codec_find (caps);
  describe (self, self->codec, caps);
  if (!is_wanted (self, caps)) {
    set_obstacle (self, LEC_TRACK_UNWANTED);
    return FALSE;
  }
  if (self->codec == NULL && !lec_codec_is_raw (caps)) {
    set_obstacle (self, LEC_TRACK_UNKNOWN);
    return FALSE;
  }
  if (self->codec != NULL && self->codec->parser != NULL)
    parser = gst_element_factory_make (self->codec->parser, NULL);
  if (parser == NULL)
    return build_decoder (self, coded, caps);
  build_parser (self, parser);
  return TRUE;
}

/* Where nothing could be done with what came, that may be another matter now; and another codec
 * needs another decoder. */
static GstPadProbeReturn
caps_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  LecTrack *self = data;
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstCaps *caps;

  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS || !self->tried)
    return GST_PAD_PROBE_OK;
  gst_event_parse_caps (event, &caps);
  if (self->staged && self->codec == lec_codec_find (caps))
    return GST_PAD_PROBE_OK;
  g_atomic_int_set (&self->branch.rebuild, TRUE);
  return GST_PAD_PROBE_DROP;
}

/* With the first unit, when its caps are known for sure; `coded` does not tell them again. Where
 * nothing takes it, it is counted and dropped. */
static GstPadProbeReturn
coded_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  LecTrack *self = data;
  g_autoptr (GstCaps) caps = self->tried ? NULL : gst_pad_get_current_caps (pad);

  if (caps != NULL) {
    self->tried = TRUE;
    self->staged = build_stage (self, pad, caps);
  }
  g_mutex_lock (&self->mutex);
  lec_track_meter_note_units (&self->meter, count_buffers (info));
  g_mutex_unlock (&self->mutex);
  return self->staged ? GST_PAD_PROBE_OK : GST_PAD_PROBE_DROP;
}

/* On @pad, whose caps are still to come. @description: (nullable): caps of RTP */
static void
set_guard (LecTrack *self, GstPad *pad, const GstCaps *description)
{
  LecParameterGuard *guard = lec_parameter_guard_new (pad, description);

  g_mutex_lock (&self->mutex);
  self->gates.guard = guard;
  g_mutex_unlock (&self->mutex);
}

static void
set_first_wait (LecTrack *self, LecTrackWait wait)
{
  g_mutex_lock (&self->mutex);
  lec_track_meter_set_first_wait (&self->meter, wait);
  g_mutex_unlock (&self->mutex);
}

/* From the inlet to what is coded. Returns: whether it is there */
static gboolean
build_entry (LecTrack *self)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (self->branch.inlet);
  g_autoptr (GstPad) first = NULL;
  g_autoptr (GstPad) src = NULL;
  GstElement *depayloader, *filter;
  const char *encoding;

  if (caps == NULL)
    return FALSE;
  set_first_wait (self, LEC_TRACK_WAIT_UNITS);
  self->is_rtp = gst_structure_has_name (gst_caps_get_structure (caps, 0), "application/x-rtp");
  if (!self->is_rtp) {
    set_guard (self, self->branch.coded_sink, NULL);
    lec_inlet_connect (self->branch.inlet, self->branch.coded_sink);
    return TRUE;
  }
  encoding = gst_structure_get_string (gst_caps_get_structure (caps, 0), "encoding-name");
  depayloader = lec_depayloader_new (caps, NULL);
  if (depayloader == NULL) {
    g_mutex_lock (&self->mutex);
    lec_track_meter_describe (&self->meter, g_strdup (encoding), NULL);
    lec_track_meter_set_obstacle (
        &self->meter, encoding != NULL && lec_depayloader_refuses (encoding) ? LEC_TRACK_REFUSED
                                                                             : LEC_TRACK_UNKNOWN);
    g_mutex_unlock (&self->mutex);
    return FALSE;
  }
  if (lec_depayloader_awaits_key_frame (encoding))
    set_first_wait (self, LEC_TRACK_WAIT_KEY_FRAME);
  filter = lec_depayloader_new_filter (depayloader);
  add_part (self, depayloader);
  add_part (self, filter);
  src = gst_element_get_static_pad (filter, "src");
  set_guard (self, src, caps);
  gst_element_link_many (depayloader, filter, self->branch.coded, NULL);
  gst_element_sync_state_with_parent (filter);
  gst_element_sync_state_with_parent (depayloader);
  first = gst_element_get_static_pad (depayloader, "sink");
  lec_repeated_sets_hide (first, caps);
  self->losses = lec_loss_marks_new (first);
  lec_inlet_connect (self->branch.inlet, first);
  return TRUE;
}

static void
drop_gates (LecTrack *self)
{
  LecTrackGates gates;

  g_mutex_lock (&self->mutex);
  lec_track_meter_keep_counts (&self->meter);
  gates = self->gates;
  self->gates = (LecTrackGates){ 0 };
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&gates.store, lec_gop_store_free);
  g_clear_pointer (&gates.gate, lec_start_gate_free);
  g_clear_pointer (&gates.guard, lec_parameter_guard_free);
}

/* The queue's thread may be waiting in the sink, for as long as that holds back. */
static void
tear_down (gpointer data)
{
  LecTrack *self = data;

  lec_inlet_disconnect (self->branch.inlet);
  g_mutex_lock (&self->mutex);
  self->gates.queue = NULL;
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < self->parts->len; i++)
    lec_branch_remove (&self->branch, g_ptr_array_index (self->parts, i));
  gst_ghost_pad_set_target (GST_GHOST_PAD (self->outlet), NULL);
  g_ptr_array_set_size (self->parts, 0);
  drop_gates (self);
  g_clear_pointer (&self->losses, lec_loss_marks_unref);
  self->entered = self->refused = self->tried = self->staged = self->clean = FALSE;
  self->codec = NULL;
  g_atomic_int_set (&self->branch.broken, FALSE);
}

static gboolean
ready_cb (guint count, gpointer data)
{
  LecTrack *self = data;

  if (!lec_branch_receive (&self->branch, count, tear_down, self))
    return FALSE;
  if (!self->entered && !self->refused) {
    self->entered = build_entry (self);
    self->refused = !self->entered;
  }
  return self->entered && lec_branch_is_whole (&self->branch);
}

/* A depayloader that does not take its description says so before anything has come out of it. */
static void
failed_cb (GstFlowReturn result, gpointer data)
{
  LecTrack *self = data;

  if (result == GST_FLOW_NOT_LINKED && !self->staged)
    return; /* nothing decodes it, and that is known */
  g_mutex_lock (&self->mutex);
  if (result == GST_FLOW_NOT_NEGOTIATED && !lec_track_meter_has_units (&self->meter))
    lec_track_meter_set_obstacle (&self->meter, LEC_TRACK_UNDESCRIBED);
  g_mutex_unlock (&self->mutex);
  g_atomic_int_set (&self->branch.broken, TRUE);
}

/* With RTP the codec is its encoding. */
static gboolean
is_same_codec (const GstCaps *one, const GstCaps *other)
{
  const GstStructure *first = gst_caps_get_structure (one, 0);
  const GstStructure *second = gst_caps_get_structure (other, 0);

  return gst_structure_has_name (second, gst_structure_get_name (first))
         && g_strcmp0 (gst_structure_get_string (first, "encoding-name"),
                       gst_structure_get_string (second, "encoding-name"))
                == 0
         && lec_codec_find (one) == lec_codec_find (other);
}

/* Another codec needs another decoder. */
static void
changed_cb (const GstCaps *before, const GstCaps *caps, gpointer data)
{
  if (!is_same_codec (before, caps))
    tear_down (data);
}

static const LecInletCallbacks inlet_callbacks = { ready_cb, changed_cb, failed_cb };

/* ---- life ---- */

LecTrack *
lec_track_new (GstBin *pipeline, LecMedia media, const LecTrackCallbacks *callbacks, gpointer data)
{
  LecTrack *self = g_new0 (LecTrack, 1);
  g_autoptr (GstPad) coded_src = NULL;

  self->callbacks = callbacks;
  self->data = data;
  self->parts = g_ptr_array_new ();
  g_mutex_init (&self->mutex);
  lec_track_meter_init (&self->meter, &self->branch, &self->gates, media);
  lec_branch_init (&self->branch, pipeline, &inlet_callbacks, self);
  lec_whole_units_claim (self->branch.coded_sink);
  coded_src = gst_element_get_static_pad (self->branch.coded, "src");
  gst_pad_add_probe (coded_src, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, caps_cb, self, NULL);
  gst_pad_add_probe (coded_src, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST,
                     coded_cb, self, NULL);
  self->outlet = gst_ghost_pad_new_no_target ("src", GST_PAD_SRC);
  gst_element_add_pad (self->branch.bin, self->outlet);
  lec_branch_start (&self->branch);
  return self;
}

void
lec_track_close (LecTrack *self)
{
  lec_branch_close (&self->branch);
}

void
lec_track_free (LecTrack *self)
{
  tear_down (self);
  lec_track_meter_clear (&self->meter);
  lec_branch_clear (&self->branch);
  g_ptr_array_unref (self->parts);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

GstPad *
lec_track_get_inlet (LecTrack *self)
{
  return self->branch.inlet;
}

GstPad *
lec_track_get_coded (LecTrack *self)
{
  return self->branch.coded_sink;
}

void
lec_track_restore_sets (LecTrack *self)
{
  g_mutex_lock (&self->mutex);
  if (self->gates.guard != NULL)
    lec_parameter_guard_restore (self->gates.guard);
  g_mutex_unlock (&self->mutex);
}

void
lec_track_set_most_ahead (LecTrack *self, GstClockTime most_ahead)
{
  self->most_ahead = most_ahead;
}

GstElement *
lec_track_get_sink (LecTrack *self)
{
  GstElement *sink;

  g_mutex_lock (&self->mutex);
  sink = lec_track_meter_get_sink (&self->meter);
  g_mutex_unlock (&self->mutex);
  return sink;
}

/* Before it is torn down: the queue's thread may be waiting in it, in one that has failed for ever.
 */
static void
stop_sink (LecTrack *self)
{
  GstElement *sink = lec_track_meter_get_sink (&self->meter);

  if (sink != NULL)
    gst_element_set_state (sink, GST_STATE_NULL);
}

void
lec_track_set_sink (LecTrack *self, GstElement *sink)
{
  g_autoptr (GstPad) peer = NULL;

  GST_PAD_STREAM_LOCK (self->branch.inlet);
  stop_sink (self);
  tear_down (self);
  peer = gst_pad_get_peer (self->outlet);
  if (peer != NULL)
    gst_pad_unlink (self->outlet, peer);
  connect_sink (self, sink);
  GST_PAD_STREAM_UNLOCK (self->branch.inlet);
}

static void
let_sink_go (LecTrack *self)
{
  g_autoptr (GstPad) peer = gst_pad_get_peer (self->outlet);

  if (peer != NULL)
    gst_pad_unlink (self->outlet, peer);
  g_mutex_lock (&self->mutex);
  lec_track_meter_set_sink (&self->meter, NULL);
  g_mutex_unlock (&self->mutex);
}

void
lec_track_set_wanted (LecTrack *self, gboolean wanted)
{
  GST_PAD_STREAM_LOCK (self->branch.inlet);
  if (self->asked && self->wanted != wanted) {
    stop_sink (self);
    tear_down (self);
    let_sink_go (self);
    self->wanted = wanted;
  }
  GST_PAD_STREAM_UNLOCK (self->branch.inlet);
}

void
lec_track_hold_back (LecTrack *self)
{
  GST_PAD_STREAM_LOCK (self->branch.inlet);
  self->held = TRUE;
  if (self->gates.store != NULL)
    lec_gop_store_hold (self->gates.store);
  GST_PAD_STREAM_UNLOCK (self->branch.inlet);
}

/* With the inlet's stream lock held, so that nothing new comes between what is kept. */
static void
release_store (LecTrack *self)
{
  /* as much as the store may keep; waiting for room would be waiting for the decoder */
  g_object_set (self->gates.queue, "max-size-time", (guint64) 0, NULL);
  g_mutex_lock (&self->mutex);
  lec_track_meter_release_store (&self->meter);
  g_mutex_unlock (&self->mutex);
  lec_gop_store_release (self->gates.store);
  g_object_set (self->gates.queue, "max-size-time", (guint64) QUEUE_NS, NULL);
}

void
lec_track_let_go (LecTrack *self)
{
  GST_PAD_STREAM_LOCK (self->branch.inlet);
  self->held = FALSE;
  if (self->gates.store != NULL)
    release_store (self);
  GST_PAD_STREAM_UNLOCK (self->branch.inlet);
}

GstSample *
lec_track_dup_key_picture (LecTrack *self)
{
  GstSample *sample;

  g_mutex_lock (&self->mutex);
  sample = self->gates.store != NULL ? lec_gop_store_dup_key_picture (self->gates.store) : NULL;
  g_mutex_unlock (&self->mutex);
  return sample;
}

GstPad *
lec_track_get_outlet (LecTrack *self)
{
  return self->outlet;
}

gboolean
lec_track_contains (LecTrack *self, GstObject *object)
{
  return lec_branch_contains (&self->branch, object);
}

guint64
lec_track_get_decoded (LecTrack *self)
{
  guint64 decoded;

  g_mutex_lock (&self->mutex);
  decoded = lec_track_meter_get_decoded (&self->meter);
  g_mutex_unlock (&self->mutex);
  return decoded;
}

/* ---- watching ---- */

void
lec_track_watch (LecTrack *self, gint64 now_us)
{
  gboolean is_fruitless, is_due;

  g_mutex_lock (&self->mutex);
  is_due = lec_track_meter_watch (&self->meter, now_us, &is_fruitless);
  if (is_fruitless)
    g_atomic_int_inc (&self->attempt);
  if (is_due)
    g_atomic_int_set (&self->branch.rebuild, TRUE);
  g_mutex_unlock (&self->mutex);
}

void
lec_track_report (LecTrack *self, LecTrackReport *report, gint64 now_us)
{
  g_mutex_lock (&self->mutex);
  lec_track_meter_report (&self->meter, report, now_us);
  g_mutex_unlock (&self->mutex);
}
