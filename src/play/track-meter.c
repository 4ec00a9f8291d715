/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/track-meter.h"

#include <gst/base/gstbasesink.h>

/* A decoder that is too slow gives what is overdue while more waits before it. What came late waits
 * for nobody there. Less is made up for by the next pictures. */
#define OVERDUE_NS (100 * (gint64) GST_MSECOND)
#define WAITING 2 /* units */

#define PATIENCE 2 /* rebuilds that do not help, until another decoder is tried */

void
lec_track_meter_init (LecTrackMeter *self,
                      const LecBranch *branch,
                      const LecTrackGates *gates,
                      LecMedia media)
{
  *self = (LecTrackMeter){
    .branch = branch,
    .gates = gates,
    .media = media,
    .obstacle = LEC_TRACK_WAITING,
    .watch.patience_us = G_TIME_SPAN_SECOND,
    .first_wait = LEC_TRACK_WAIT_UNITS,
  };
}

void
lec_track_meter_clear (LecTrackMeter *self)
{
  gst_clear_object (&self->sink);
  g_clear_pointer (&self->description, g_free);
}

/* ---- what there is ---- */

void
lec_track_meter_set_type (LecTrackMeter *self, GstStreamType type)
{
  if (type == GST_STREAM_TYPE_VIDEO)
    self->media = LEC_MEDIA_VIDEO;
  else if (type == GST_STREAM_TYPE_AUDIO)
    self->media = LEC_MEDIA_AUDIO;
}

void
lec_track_meter_describe (LecTrackMeter *self, char *description, const char *package)
{
  g_free (self->description);
  self->description = description;
  self->package = package;
}

void
lec_track_meter_set_obstacle (LecTrackMeter *self, LecTrackState obstacle)
{
  self->obstacle = obstacle;
}

void
lec_track_meter_set_first_wait (LecTrackMeter *self, LecTrackWait wait)
{
  self->first_wait = wait;
}

void
lec_track_meter_set_sink (LecTrackMeter *self, GstElement *sink)
{
  gst_object_replace ((GstObject **) &self->sink, GST_OBJECT_CAST (sink));
  self->rendered = self->dropped = 0;
}

void
lec_track_meter_begin_store (LecTrackMeter *self)
{
  self->given_before = self->given;
}

static LecTrackCounts
get_counts (const LecTrackMeter *self)
{
  LecTrackCounts counts = self->counts;

  counts.packets = lec_branch_count_packets (self->branch);
  if (self->gates->gate != NULL) {
    const LecStartFacts facts = lec_start_gate_get_facts (self->gates->gate);

    counts.key_frames += facts.n_key_frames;
    counts.parameter_sets += facts.n_parameter_sets;
    counts.damaged += facts.n_malformed;
  }
  if (self->gates->guard != NULL)
    counts.damaged += lec_parameter_guard_get_facts (self->gates->guard).n_taken_out;
  return counts;
}

static guint64
count_held (const LecTrackMeter *self)
{
  LecGopStore *store = self->gates->store;

  return self->held_before + (store != NULL ? lec_gop_store_count_held (store) : 0);
}

void
lec_track_meter_keep_counts (LecTrackMeter *self)
{
  self->counts = get_counts (self);
  self->held_before = count_held (self);
  self->caught_up = 0;
}

void
lec_track_meter_release_store (LecTrackMeter *self)
{
  self->caught_up = self->given_before + lec_gop_store_count_units (self->gates->store);
  self->wait_since_us = 0; /* so far nobody has waited for it */
}

/* ---- what passes ---- */

void
lec_track_meter_note_units (LecTrackMeter *self, guint64 count)
{
  self->counts.units += count;
}

void
lec_track_meter_note_given (LecTrackMeter *self, guint64 count)
{
  self->given += count;
}

static gboolean
is_waiting (const LecTrackMeter *self)
{
  guint level = 0;

  if (self->gates->queue != NULL)
    g_object_get (self->gates->queue, "current-level-buffers", &level, NULL);
  return level >= WAITING;
}

void
lec_track_meter_note_decoded (LecTrackMeter *self, guint64 count, gint64 ahead_ns)
{
  self->decoded += count;
  if (self->given >= self->caught_up && ahead_ns + (gint64) self->latency < -OVERDUE_NS
      && is_waiting (self))
    self->late += count;
}

gboolean
lec_track_meter_note_passed (LecTrackMeter *self, guint64 count)
{
  const gboolean first = self->counts.decoded == 0;

  self->counts.decoded += count;
  return first;
}

/* ---- what is known ---- */

GstElement *
lec_track_meter_get_sink (const LecTrackMeter *self)
{
  return self->sink;
}

gboolean
lec_track_meter_is_catching_up (const LecTrackMeter *self)
{
  return self->given < self->caught_up;
}

guint64
lec_track_meter_get_decoded (const LecTrackMeter *self)
{
  return self->counts.decoded;
}

gboolean
lec_track_meter_has_units (const LecTrackMeter *self)
{
  return self->counts.units > 0;
}

static GstElement *
find_base_sink (GstElement *element)
{
  g_autoptr (GstIterator) sinks = NULL;
  GValue value = G_VALUE_INIT;
  GstElement *found = NULL;

  if (GST_IS_BASE_SINK (element))
    return gst_object_ref (element);
  if (!GST_IS_BIN (element))
    return NULL;
  sinks = gst_bin_iterate_sinks (GST_BIN (element));
  if (gst_iterator_next (sinks, &value) == GST_ITERATOR_OK) {
    found = find_base_sink (g_value_get_object (&value));
    g_value_unset (&value);
  }
  return found;
}

/* A sink counts anew when it is started again; until then it still has what it counted elsewhere.
 */
static void
count_shown (LecTrackMeter *self)
{
  g_autoptr (GstElement) sink = self->sink != NULL ? find_base_sink (self->sink) : NULL;
  g_autoptr (GstStructure) stats = NULL;
  guint64 rendered = 0, dropped = 0;

  if (sink == NULL || GST_STATE (sink) < GST_STATE_PAUSED)
    return;
  g_object_get (sink, "stats", &stats, NULL);
  if (stats == NULL || !gst_structure_get_uint64 (stats, "rendered", &rendered)
      || !gst_structure_get_uint64 (stats, "dropped", &dropped))
    return;
  self->counts.shown += rendered >= self->rendered ? rendered - self->rendered : rendered;
  self->counts.dropped += dropped >= self->dropped ? dropped - self->dropped : dropped;
  self->rendered = rendered;
  self->dropped = dropped;
  self->latency = gst_base_sink_get_latency (GST_BASE_SINK (sink));
}

/* Returns: what its gate waits for */
static LecTrackWait
get_gate_wait (const LecTrackMeter *self)
{
  static const LecTrackWait waits[] = {
    [LEC_AWAITED_NOTHING] = LEC_TRACK_WAIT_DECODER,
    [LEC_AWAITED_PARAMETER_SETS] = LEC_TRACK_WAIT_PARAMETER_SETS,
    [LEC_AWAITED_KEY_FRAME] = LEC_TRACK_WAIT_KEY_FRAME,
    [LEC_AWAITED_RECOVERY] = LEC_TRACK_WAIT_RECOVERY,
  };
  LecStartFacts facts;

  if (self->gates->gate == NULL)
    return LEC_TRACK_WAIT_DECODER;
  facts = lec_start_gate_get_facts (self->gates->gate);
  /* a parser gives nothing before it has parameter sets */
  return facts.n_units == 0 ? LEC_TRACK_WAIT_PARAMETER_SETS : waits[facts.awaited];
}

static LecTrackWait
get_wait (const LecTrackMeter *self)
{
  if (lec_branch_count_packets (self->branch) == 0)
    return LEC_TRACK_WAIT_PACKETS;
  if (self->counts.units == 0)
    return self->first_wait;
  if (self->counts.decoded > 0 && !lec_watch_is_stalled (&self->watch))
    return LEC_TRACK_WAIT_NOTHING;
  return get_gate_wait (self);
}

static void
note_wait (LecTrackMeter *self, gint64 now_us)
{
  const LecTrackWait wait = get_wait (self);

  if (wait == self->wait && self->wait_since_us != 0)
    return;
  self->wait = wait;
  self->wait_since_us = now_us;
}

gboolean
lec_track_meter_watch (LecTrackMeter *self, gint64 now_us, gboolean *is_fruitless)
{
  LecWatchFacts facts;
  guint64 held;

  count_shown (self);
  note_wait (self, now_us);
  held = count_held (self); /* as good as decoded: it is not waited for */
  facts = (LecWatchFacts){
    .counts = get_counts (self),
    .given = self->given + held,
    .decoded = self->decoded + held,
    .late = self->late,
    .waiting = is_waiting (self),
    .broken = lec_branch_has_failed (self->branch),
  };
  *is_fruitless = FALSE;
  if (!lec_watch_update (&self->watch, &facts, now_us))
    return FALSE;
  self->rebuilds++;
  *is_fruitless = lec_watch_get_fruitless (&self->watch) > PATIENCE;
  return TRUE;
}

static LecTrackState
get_state (const LecTrackMeter *self)
{
  if (self->obstacle != LEC_TRACK_WAITING)
    return self->obstacle;
  if (lec_watch_is_stalled (&self->watch))
    return LEC_TRACK_STALLED;
  return self->counts.decoded > 0 ? LEC_TRACK_PLAYING : LEC_TRACK_WAITING;
}

void
lec_track_meter_report (const LecTrackMeter *self, LecTrackReport *report, gint64 now_us)
{
  const gint64 still_us = lec_watch_get_still (&self->watch, now_us);
  const gboolean lacks_decoder = self->obstacle == LEC_TRACK_NO_DECODER && self->package != NULL;

  report->media = self->media;
  report->state = get_state (self);
  report->wait = self->wait;
  report->wait_ns = self->wait != LEC_TRACK_WAIT_NOTHING
                        ? (now_us - self->wait_since_us) * (gint64) GST_USECOND
                        : 0;
  report->still_ns = still_us >= 0 ? still_us * (gint64) GST_USECOND : -1;
  report->counts = get_counts (self);
  report->second = self->watch.second;
  report->dropping_ns = self->watch.dropping_us * (gint64) GST_USECOND;
  report->pause_ns = self->watch.pause_us * (gint64) GST_USECOND;
  report->unseen_ns = self->watch.unseen_us * (gint64) GST_USECOND;
  report->rebuilds = self->rebuilds;
  g_strlcpy (report->codec, self->description != NULL ? self->description : "",
             sizeof report->codec);
  g_strlcpy (report->package, lacks_decoder ? self->package : "", sizeof report->package);
}
