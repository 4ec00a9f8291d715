/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/cue-schedule.h"

#include "play/cue-queue.h"

#define CUE "lectern-cue"
#define CUT "lectern-cue-cut"

/* Clock and latency are looked at again as often, as both may change while something is waited for.
 */
#define LONGEST_WAIT_MS 1000

struct _LecCueSchedule
{
  GstElement *pipeline;
  LecCueFunc func;
  gpointer data;
  LecCueQueue *queue;
  guint timer;        /* 0: nothing is waited for */
  gint64 lead_ns;     /* that media are shown early by */
  guint64 told_ahead; /* [ns] when the last one is due of which it was told ahead */
  gboolean *freed;    /* (nullable): who runs it wants to know */
};

static GstClockTime
get_latency (LecCueSchedule *self)
{
  g_autoptr (GstQuery) query = gst_query_new_latency ();
  GstClockTime least = 0;
  gboolean live = FALSE;

  if (gst_element_query (self->pipeline, query))
    gst_query_parse_latency (query, &live, &least, NULL);
  return live && GST_CLOCK_TIME_IS_VALID (least) ? least : 0;
}

/* Running time of what is on the screen; FALSE before it plays. */
static gboolean
get_now (LecCueSchedule *self, guint64 *now_ns)
{
  const GstClockTime now = gst_element_get_current_running_time (self->pipeline);
  const GstClockTime latency = get_latency (self);

  if (!GST_CLOCK_TIME_IS_VALID (now))
    return FALSE;
  *now_ns = (guint64) MAX ((gint64) now - (gint64) latency + self->lead_ns, 0);
  return now >= latency;
}

/* Of the next one that was known ahead, once. */
static void
tell_ahead (LecCueSchedule *self)
{
  const LecQueuedCue *cue;

  for (guint i = 0; (cue = lec_cue_queue_peek (self->queue, i)) != NULL; i++) {
    if (!cue->is_ahead)
      continue;
    if (cue->due_ns == self->told_ahead)
      return;
    self->told_ahead = cue->due_ns;
    self->func (cue->type, cue->parameter, FALSE, self->data);
    return;
  }
}

static void run (LecCueSchedule *self);

static gboolean
timer_cb (gpointer data)
{
  LecCueSchedule *self = data;

  self->timer = 0;
  run (self);
  return G_SOURCE_REMOVE;
}

static void
wait_for_next (LecCueSchedule *self)
{
  const LecQueuedCue *next = lec_cue_queue_peek (self->queue, 0);
  guint64 now_ns;
  guint wait_ms = LONGEST_WAIT_MS;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (next == NULL)
    return;
  if (get_now (self, &now_ns))
    wait_ms = (guint) MIN (LONGEST_WAIT_MS,
                           next->due_ns > now_ns ? (next->due_ns - now_ns) / GST_MSECOND + 1 : 0);
  self->timer = g_timeout_add (wait_ms, timer_cb, self);
}

/* All that is due, and then how long to wait. */
static void
run (LecCueSchedule *self)
{
  const LecQueuedCue *cue;
  gboolean freed = FALSE;
  guint64 now_ns;

  self->freed = &freed;
  if (get_now (self, &now_ns)) {
    while (!freed && (cue = lec_cue_queue_take (self->queue, now_ns)) != NULL)
      self->func (cue->type, cue->parameter, TRUE, self->data);
  }
  if (!freed)
    tell_ahead (self);
  if (freed)
    return;
  self->freed = NULL;
  wait_for_next (self);
}

LecCueSchedule *
lec_cue_schedule_new (GstElement *pipeline, LecCueFunc func, gpointer data)
{
  LecCueSchedule *self = g_new0 (LecCueSchedule, 1);

  self->pipeline = pipeline;
  self->func = func;
  self->data = data;
  self->queue = lec_cue_queue_new ();
  self->told_ahead = GST_CLOCK_TIME_NONE;
  return self;
}

void
lec_cue_schedule_free (LecCueSchedule *self)
{
  if (self == NULL)
    return;
  if (self->freed != NULL)
    *self->freed = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  lec_cue_queue_free (self->queue);
  g_free (self);
}

void
lec_cue_schedule_set_lead (LecCueSchedule *self, gint64 lead_ns)
{
  if (self->lead_ns == lead_ns)
    return;
  self->lead_ns = lead_ns;
  run (self);
}

static void
add (LecCueSchedule *self, const GstStructure *structure, guint64 running_time)
{
  const char *type = gst_structure_get_string (structure, "type");
  const char *parameter = gst_structure_get_string (structure, "parameter");
  gboolean is_ahead = FALSE;

  gst_structure_get_boolean (structure, "ahead", &is_ahead);
  if (type != NULL)
    lec_cue_queue_add (self->queue, running_time, is_ahead, type,
                       parameter != NULL ? parameter : "");
}

gboolean
lec_cue_schedule_take (LecCueSchedule *self, GstMessage *message)
{
  const GstStructure *structure = gst_message_get_structure (message);
  gboolean is_cut;
  guint64 running_time;

  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ELEMENT || structure == NULL)
    return FALSE;
  is_cut = gst_structure_has_name (structure, CUT);
  if (!is_cut && !gst_structure_has_name (structure, CUE))
    return FALSE;
  if (!gst_structure_get_uint64 (structure, "running-time", &running_time))
    return TRUE;
  if (is_cut)
    lec_cue_queue_cut (self->queue, running_time);
  else
    add (self, structure, running_time);
  run (self);
  return TRUE;
}
