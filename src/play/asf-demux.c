/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/asf-demux.h"

#include <string.h>

#include "play/asf-pieces.h"
#include "play/asf-schedule.h"
#include "play/branch.h"
#include "play/watch.h"
#include "wire/asf-header.h"

/* What a declared stream may be silent for, until the others go on without it. */
#define SILENCE_NS (3 * (gint64) GST_SECOND)

/* Longer than that, as what is done against silence must come first. */
#define PATIENCE_US (5 * G_TIME_SPAN_SECOND)

/* What is further apart is not of the same programme: one of both has begun another. */
#define APART_NS (5 * (gint64) GST_SECOND)

/* What is sent apart, and belongs together, is played as much before its time, and by one clock:
 * the send times of all are of one, whenever their packets happened to come. */
typedef struct
{
  GMutex mutex;
  guint users; /* all under the mutex */
  LecAsfLead lead;
  gconstpointer first; /* (nullable): whose packets the others are compared with */
  gint64 offset_ns;    /* of them, from send time to running time */
} SharedLead;

struct _LecAsfDemux
{
  const LecAsfDemuxCallbacks *callbacks;
  gpointer data;
  LecBranch branch;
  GstPad *coded_src; /* owned */
  GstCaps *reference;
  int protected; /* atomic: LecAsfProtected */

  /* under the inlet's stream lock */
  gboolean entered;                   /* the way from the inlet to `coded` is there */
  GBytes *header;                     /* (nullable): as it came, normalised */
  LecAsfHeader facts;                 /* of it */
  gboolean heard[LEC_ASF_STREAMS];    /* since the header */
  gboolean left_out[LEC_ASF_STREAMS]; /* as it was silent */
  gint64 begun_ns;                    /* first packet since the header; -1: none */
  GstElement *demux;                  /* (nullable) borrowed from the branch */
  gboolean is_fresh;                  /* it has not been given its header yet */
  guint n_pads;                       /* that there have been, for their names */
  LecAsfPieces pieces;
  LecAsfSchedule schedule;
  SharedLead *lead; /* owned together: that of the schedule, and of those of others */

  GMutex mutex;
  LecWatch watch;        /* under the mutex; to it, what comes out is decoded */
  LecTrackCounts counts; /* under the mutex */
  gint64 hold_ns;        /* under the mutex: of the schedule */
};

/* ---- the lead ---- */

static SharedLead *
new_lead (void)
{
  SharedLead *lead = g_atomic_rc_box_new0 (SharedLead);

  g_mutex_init (&lead->mutex);
  return lead;
}

static SharedLead *
join_lead (SharedLead *lead)
{
  g_mutex_lock (&lead->mutex);
  lead->users++;
  g_mutex_unlock (&lead->mutex);
  return lead;
}

static void
clear_lead (gpointer data)
{
  g_mutex_clear (&((SharedLead *) data)->mutex);
}

static void
leave_lead (SharedLead *lead, LecAsfDemux *self)
{
  g_mutex_lock (&lead->mutex);
  lead->users--;
  if (lead->first == self)
    lead->first = NULL;
  g_mutex_unlock (&lead->mutex);
  g_atomic_rc_box_release_full (lead, clear_lead);
}

/* Who is alone begins anew; with others there is one for all. */
static void
begin_schedule (LecAsfDemux *self)
{
  lec_asf_schedule_begin (&self->schedule);
  g_mutex_lock (&self->lead->mutex);
  if (self->lead->users == 1)
    self->lead->lead = self->schedule.lead;
  g_mutex_unlock (&self->lead->mutex);
}

/* When a packet came, and was sent. */
typedef struct
{
  gint64 running_ns;    /* that its send time stands for; -1: not known */
  GstClockTime sent_ns; /* by the clock of all streams; NONE: not known */
} Times;

/* Returns: [ns] that packets of this stream come after those of the first one */
static gint64
find_behind (LecAsfDemux *self, const Times *times)
{
  const gint64 offset_ns = times->running_ns - (gint64) times->sent_ns;
  gint64 behind_ns;

  if (!GST_CLOCK_TIME_IS_VALID (times->sent_ns))
    return 0;
  g_mutex_lock (&self->lead->mutex);
  if (self->lead->first == NULL || self->lead->first == self) {
    self->lead->first = self;
    self->lead->offset_ns = offset_ns;
  }
  behind_ns = offset_ns - self->lead->offset_ns;
  g_mutex_unlock (&self->lead->mutex);
  return ABS (behind_ns) <= APART_NS ? behind_ns : 0;
}

static gint64
place (LecAsfDemux *self, gint64 time_ns)
{
  gint64 due_ns;

  g_mutex_lock (&self->lead->mutex);
  self->schedule.lead = self->lead->lead;
  due_ns = lec_asf_schedule_place (&self->schedule, time_ns);
  self->lead->lead = self->schedule.lead;
  g_mutex_unlock (&self->lead->mutex);
  return due_ns;
}

/* ---- what comes out ---- */

static GstPadProbeReturn
object_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  LecAsfDemux *self = data;
  GstBuffer *buffer = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));

  GST_PAD_PROBE_INFO_DATA (info) = buffer;
  if (GST_BUFFER_PTS_IS_VALID (buffer))
    GST_BUFFER_PTS (buffer) = (GstClockTime) place (self, (gint64) GST_BUFFER_PTS (buffer));
  g_mutex_lock (&self->mutex);
  self->counts.decoded++;
  self->hold_ns = lec_asf_schedule_get_hold (&self->schedule);
  g_mutex_unlock (&self->mutex);
  return GST_PAD_PROBE_OK;
}

/* Times are running time, whatever asfdemux takes them for. */
static GstPadProbeReturn
segment_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstSegment segment;

  if (GST_EVENT_TYPE (event) != GST_EVENT_SEGMENT)
    return GST_PAD_PROBE_OK;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  GST_PAD_PROBE_INFO_DATA (info) = gst_event_new_segment (&segment);
  gst_event_unref (event);
  return GST_PAD_PROBE_OK;
}

/* asfdemux would add the whole preroll to the latency, which nothing waits for here. */
static gboolean
query (GstPad *pad, GstObject *parent, GstQuery *q)
{
  LecAsfDemux *self = gst_pad_get_element_private (pad);

  if (GST_QUERY_TYPE (q) == GST_QUERY_LATENCY)
    return gst_pad_query (self->coded_src, q);
  return gst_pad_query_default (pad, parent, q);
}

static void
pad_added_cb (GstElement *demux, GstPad *pad, LecAsfDemux *self)
{
  g_autofree char *name = g_strdup_printf ("src_%u", self->n_pads++);
  GstPad *ghost;

  if (!self->schedule.is_active)
    lec_asf_schedule_activate (&self->schedule);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, object_cb, self, NULL);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, segment_cb, self, NULL);
  ghost = lec_branch_expose (&self->branch, pad, name);
  gst_pad_set_element_private (ghost, self);
  gst_pad_set_query_function (ghost, query);
  self->callbacks->added (self, ghost, self->data);
}

/* ---- what goes in ---- */

static gboolean
is_any (GstPad *pad, gpointer data)
{
  return TRUE;
}

static void
remove_demux (LecAsfDemux *self)
{
  if (self->demux == NULL)
    return;
  /* who is linked to them is free for those of the next one */
  lec_branch_withdraw_where (&self->branch, is_any, NULL);
  lec_branch_remove (&self->branch, self->demux);
  self->demux = NULL;
}

static void
build_demux (LecAsfDemux *self)
{
  self->demux = gst_element_factory_make ("asfdemux", NULL);
  g_signal_connect (self->demux, "pad-added", G_CALLBACK (pad_added_cb), self);
  gst_bin_add (GST_BIN (self->branch.bin), self->demux);
  gst_element_link (self->branch.coded, self->demux);
  gst_element_sync_state_with_parent (self->demux);
  lec_asf_pieces_init (&self->pieces);
  begin_schedule (self);
  self->is_fresh = TRUE;
}

static int
find_protected (const LecAsfHeader *header)
{
  if (!header->is_encrypted)
    return 0;
  return (header->has_video ? LEC_ASF_PROTECTED_VIDEO : 0)
         | (header->has_audio ? LEC_ASF_PROTECTED_AUDIO : 0);
}

/* What was silent under the same header before is not waited for once more. */
static void
take_header (LecAsfDemux *self, GstBuffer *buffer)
{
  GstMapInfo map;
  GBytes *header;

  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return;
  header = g_bytes_new (map.data, map.size);
  gst_buffer_unmap (buffer, &map);
  if (self->header == NULL || !g_bytes_equal (self->header, header))
    memset (self->left_out, 0, sizeof self->left_out);
  memset (self->heard, 0, sizeof self->heard);
  self->begun_ns = -1;
  g_clear_pointer (&self->header, g_bytes_unref);
  remove_demux (self);
  if (lec_asf_header_read (g_bytes_get_data (header, NULL), g_bytes_get_size (header),
                           &self->facts))
    self->header = g_steal_pointer (&header);
  g_clear_pointer (&header, g_bytes_unref);
  g_atomic_int_set (&self->protected, self->header != NULL ? find_protected (&self->facts) : 0);
}

static gboolean
is_medium (const LecAsfDemux *self, guint stream)
{
  return self->facts.kinds[stream] == LEC_ASF_AUDIO || self->facts.kinds[stream] == LEC_ASF_VIDEO;
}

/* Returns: whether a stream speaks that was left out */
static gboolean
hear (LecAsfDemux *self, LecAsfPacket packet)
{
  LecAsfPayload payload;
  gboolean speaks = FALSE;

  while (lec_asf_packet_next (&packet, &payload)) {
    self->heard[payload.stream] = TRUE;
    speaks = speaks || self->left_out[payload.stream];
    self->left_out[payload.stream] = FALSE;
  }
  return speaks;
}

/* Returns: whether asfdemux waits for a stream that is not to be waited for any longer */
static gboolean
leave_out_silent (LecAsfDemux *self, gint64 running_ns)
{
  gboolean some_speak = FALSE, some_are_silent = FALSE;

  if (self->schedule.is_active || running_ns - self->begun_ns < SILENCE_NS)
    return FALSE;
  for (guint i = 0; i < LEC_ASF_STREAMS; i++) {
    some_speak = some_speak || (is_medium (self, i) && self->heard[i]);
    some_are_silent
        = some_are_silent || (is_medium (self, i) && !self->heard[i] && !self->left_out[i]);
  }
  if (!some_speak || !some_are_silent)
    return FALSE;
  for (guint i = 0; i < LEC_ASF_STREAMS; i++)
    self->left_out[i] = is_medium (self, i) && !self->heard[i];
  return TRUE;
}

static Times
get_times (LecAsfDemux *self, GstBuffer *buffer)
{
  GstReferenceTimestampMeta *meta
      = gst_buffer_get_reference_timestamp_meta (buffer, self->reference);

  return meta != NULL ? (Times){ (gint64) meta->timestamp, meta->duration }
                      : (Times){ -1, GST_CLOCK_TIME_NONE };
}

/* One packet of another size would put asfdemux out of step for ever.
 *
 * Returns: whether asfdemux is to be given it */
static gboolean
take_packet (LecAsfDemux *self, guint8 *bytes, gsize size, const Times *times)
{
  const gint64 running_ns = times->running_ns;
  LecAsfPacket packet, again;

  if (size != self->facts.packet_size || running_ns < 0
      || !lec_asf_packet_read (bytes, size, &packet) || packet.is_parity)
    return FALSE;
  if (self->begun_ns < 0)
    self->begun_ns = running_ns;
  if (hear (self, packet) || leave_out_silent (self, running_ns))
    remove_demux (self);
  if (self->demux == NULL)
    build_demux (self);
  again = packet;
  lec_asf_pieces_hide (&self->pieces, &self->facts, bytes, &again);
  self->schedule.behind_ns = find_behind (self, times);
  lec_asf_schedule_add (&self->schedule, &self->facts, &packet, running_ns);
  return TRUE;
}

/* Returns: (transfer full): the header for another asfdemux, and @packet behind it */
static GstBuffer *
prepend_header (LecAsfDemux *self, GstBuffer *packet)
{
  g_autoptr (GBytes) header = lec_asf_header_leave_out (self->header, self->left_out);

  self->is_fresh = FALSE;
  return gst_buffer_append (gst_buffer_new_wrapped_bytes (header), packet);
}

/* asfdemux is made anew here, in front of what it is to be given first. */
static GstPadProbeReturn
coded_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  LecAsfDemux *self = data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  gboolean taken;
  GstMapInfo map;
  Times times;

  if (GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_HEADER)) {
    take_header (self, buffer);
    return GST_PAD_PROBE_DROP;
  }
  if (self->header == NULL || self->facts.is_encrypted
      || !(self->facts.has_video || self->facts.has_audio)) /* commands alone */
    return GST_PAD_PROBE_DROP;
  GST_PAD_PROBE_INFO_DATA (info) = buffer = gst_buffer_make_writable (buffer);
  if (!gst_buffer_map (buffer, &map, GST_MAP_READWRITE))
    return GST_PAD_PROBE_DROP;
  times = get_times (self, buffer);
  taken = take_packet (self, map.data, map.size, &times);
  gst_buffer_unmap (buffer, &map);
  if (!taken)
    return GST_PAD_PROBE_DROP;
  if (self->is_fresh)
    GST_PAD_PROBE_INFO_DATA (info) = prepend_header (self, buffer);
  return GST_PAD_PROBE_OK;
}

static void
tear_down (gpointer data)
{
  LecAsfDemux *self = data;

  remove_demux (self);
  g_atomic_int_set (&self->branch.broken, FALSE);
}

static gboolean
ready_cb (guint count, gpointer data)
{
  LecAsfDemux *self = data;

  if (!lec_branch_receive (&self->branch, count, tear_down, self))
    return FALSE;
  if (!self->entered)
    lec_inlet_connect (self->branch.inlet, self->branch.coded_sink);
  self->entered = TRUE;
  return lec_branch_is_whole (&self->branch);
}

static void
failed_cb (GstFlowReturn result, gpointer data)
{
  LecAsfDemux *self = data;

  lec_branch_note_failure (&self->branch, result);
}

/* There is one kind of ASF. */
static void
changed_cb (const GstCaps *before, const GstCaps *caps, gpointer data)
{
}

static const LecInletCallbacks inlet_callbacks = { ready_cb, changed_cb, failed_cb };

/* ---- life ---- */

LecAsfDemux *
lec_asf_demux_new (GstBin *pipeline,
                   LecAsfDemux *sibling,
                   const LecAsfDemuxCallbacks *callbacks,
                   gpointer data)
{
  LecAsfDemux *self = g_new0 (LecAsfDemux, 1);

  self->callbacks = callbacks;
  self->data = data;
  self->watch.patience_us = PATIENCE_US;
  self->reference = gst_caps_new_empty_simple (LEC_ASF_DEMUX_REFERENCE);
  self->begun_ns = -1;
  lec_asf_schedule_init (&self->schedule);
  self->lead = join_lead (sibling != NULL ? g_atomic_rc_box_acquire (sibling->lead) : new_lead ());
  g_mutex_init (&self->mutex);
  lec_branch_init (&self->branch, pipeline, &inlet_callbacks, self);
  self->coded_src = gst_element_get_static_pad (self->branch.coded, "src");
  gst_pad_add_probe (self->coded_src, GST_PAD_PROBE_TYPE_BUFFER, coded_cb, self, NULL);
  lec_branch_start (&self->branch);
  return self;
}

void
lec_asf_demux_free (LecAsfDemux *self)
{
  tear_down (self);
  g_object_unref (self->coded_src);
  lec_branch_clear (&self->branch);
  g_clear_pointer (&self->header, g_bytes_unref);
  gst_caps_unref (self->reference);
  leave_lead (self->lead, self);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

LecBranch *
lec_asf_demux_get_branch (LecAsfDemux *self)
{
  return &self->branch;
}

LecAsfProtected
lec_asf_demux_get_protected (LecAsfDemux *self)
{
  return (LecAsfProtected) g_atomic_int_get (&self->protected);
}

gint64
lec_asf_demux_get_lead (LecAsfDemux *self)
{
  gint64 lead_ns;

  g_mutex_lock (&self->lead->mutex);
  lead_ns = self->lead->lead.ns;
  g_mutex_unlock (&self->lead->mutex);
  return lead_ns;
}

gint64
lec_asf_demux_get_hold (LecAsfDemux *self)
{
  gint64 hold_ns;

  g_mutex_lock (&self->mutex);
  hold_ns = self->hold_ns;
  g_mutex_unlock (&self->mutex);
  return hold_ns;
}

void
lec_asf_demux_watch (LecAsfDemux *self, gint64 now_us)
{
  g_mutex_lock (&self->mutex);
  lec_branch_watch (&self->branch, &self->watch, &self->counts, now_us);
  g_mutex_unlock (&self->mutex);
}
