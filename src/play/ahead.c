/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/ahead.h"

#include "play/admission.h"
#include "report/reception.h"
#include "wire/format.h"

#define RATE_STEP 100000   /* [bit/s]: a smaller change of the cost is no news */
#define LEAST_RATE 1000000 /* [bit/s] that is supposed of a channel of which nothing is known */
#define MEASURED_US G_USEC_PER_SEC /* after so long it is known what a channel takes */

/* One of the channels that are wanted. */
typedef struct
{
  LecAhead *ahead; /* (unowned) */
  LecChannel *channel;
  LecPipeline *pipeline; /* (nullable): it is joined */
  gboolean
      is_refused; /* it is silent, broken, or takes too much: not again as long as it is wanted */
  gint64 joined_us;
  guint64 rate; /* [bit/s] that it takes, or is supposed to take */

  /* as of the join */
  char *interface; /* (nullable) */
  int latency_ms;
  gboolean repair;
} Seat;

struct _LecAhead
{
  LecSwitcher *switcher;             /* (unowned) */
  const LecPipelineOptions *options; /* (unowned) */
  void (*changed) (gpointer data);
  gpointer data;

  GPtrArray *wanted; /* of LecChannel, the most important first */
  GPtrArray *seats;  /* of Seat, likewise: for them, or for what was wanted before */
  gint64 wanted_us;  /* when that changed */
  Seat *soon;        /* (nullable): of what is about to be played */
  guint soon_end;    /* source that ends that */
  guint speed;       /* [Mbit/s] that is to be supposed; 0: as reported */
  LecAheadCost cost;
};

/* ---- what pipelines ask and say ---- */

static gboolean
wants_cb (GstStreamType type, guint index, gpointer data)
{
  const Seat *seat = data;

  return lec_switcher_wants (seat->ahead->switcher, type, index);
}

/* Nothing is decoded. */
static GstElement *
sink_cb (GstStreamType type, guint index, gpointer data)
{
  return NULL;
}

static void
nothing_cb (gpointer data)
{
}

static void
text_cb (const char *text, gpointer data)
{
}

static void
cue_cb (const char *type, const char *parameter, gboolean is_due, gpointer data)
{
}

static void
leave (Seat *seat)
{
  g_clear_pointer (&seat->pipeline, lec_pipeline_free);
  g_clear_pointer (&seat->interface, g_free);
}

/* What is wrong with it is told when it is played. */
static void
failed_cb (LecError error, const char *sentence, gpointer data)
{
  Seat *seat = data;

  leave (seat);
  seat->is_refused = TRUE;
}

static const LecPipelineCallbacks pipeline_callbacks = {
  .wants = wants_cb,
  .sink = sink_cb,
  .failed = failed_cb,
  .shown = nothing_cb,
  .caption = text_cb,
  .notice = text_cb,
  .ended = nothing_cb,
  .cue = cue_cb,
};

/* ---- what it costs ---- */

static void
set_cost (LecAhead *self, LecAheadCost cost)
{
  const guint64 change = MAX (cost.rate, self->cost.rate) - MIN (cost.rate, self->cost.rate);

  if (cost.n_channels == self->cost.n_channels && cost.obstacle == self->cost.obstacle
      && change < RATE_STEP)
    return;
  self->cost = cost;
  self->changed (self->data);
}

static void
add_up (LecAhead *self, LecAheadObstacle obstacle)
{
  LecAheadCost cost = { .obstacle = obstacle };

  for (guint i = 0; i < self->seats->len; i++) {
    const Seat *seat = g_ptr_array_index (self->seats, i);

    if (seat->pipeline == NULL)
      continue;
    cost.n_channels++;
    cost.rate += seat->rate;
  }
  set_cost (self, cost);
}

static LecAheadObstacle
find_obstacle (const LecAhead *self, const LecReport *report)
{
  if (report->network.wireless)
    return LEC_AHEAD_WIRELESS;
  return self->speed > 0 || report->network.speed > 0 ? LEC_AHEAD_JOINS : LEC_AHEAD_SPEED_UNKNOWN;
}

/* Returns: [bit/s] that all may take together */
static guint64
get_budget (const LecAhead *self, const LecReport *report)
{
  const guint speed = self->speed > 0 ? self->speed : report->network.speed;

  return (guint64) speed * 1000000 / LEC_AHEAD_SHARE;
}

/* ---- joining and leaving ---- */

/* Only what anybody may join without a word: an RTSP server would be asked to send. */
static gboolean
may_join (const LecChannel *channel)
{
  const LecAlternative *way = g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0);
  LecError error;
  g_autofree char *refusal = NULL;

  if (lec_format_of (way->kind) == NULL || way->rtsp != NULL)
    return FALSE;
  for (guint i = 0; i < way->streams->len; i++) {
    const LecStream *stream = g_ptr_array_index (way->streams, i);

    for (guint j = 0; j < stream->legs->len; j++) {
      if (!lec_address_is_group (((LecLeg *) g_ptr_array_index (stream->legs, j))->group))
        return FALSE;
    }
  }
  refusal = lec_admission_refuse (way, TRUE, TRUE, &error);
  return refusal == NULL;
}

static guint64
suppose_rate (const LecChannel *channel, const LecReport *report)
{
  const LecAlternative *way = g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0);
  const guint64 announced = lec_alternative_get_bandwidth (way);

  return announced > 0 ? announced : MAX (report->network.rate, LEAST_RATE);
}

static void
join (Seat *seat, gint64 now_us)
{
  LecPipelineOptions options = *seat->ahead->options;

  options.capture = options.replay = options.record = NULL; /* of what plays */
  seat->joined_us = now_us;
  seat->interface = g_strdup (options.interface);
  seat->latency_ms = options.latency_ms;
  seat->repair = options.repair;
  seat->pipeline = lec_pipeline_new (seat->channel, 0, &options, &pipeline_callbacks, seat);
  lec_pipeline_join_ahead (seat->pipeline);
}

/* What has been joined is measured; what is silent is left. */
static void
measure (Seat *seat, gint64 now_us)
{
  g_autoptr (LecReport) report = lec_pipeline_dup_report (seat->pipeline);
  const LecReception reception = lec_reception_read (report);
  const gint64 age_us = now_us - seat->joined_us;

  if (reception.sum.received > 0 && age_us >= MEASURED_US)
    seat->rate = report->network.rate;
  if ((reception.sum.received == 0 && age_us >= LEC_AHEAD_SILENCE_US)
      || lec_reception_is_silent (&reception)) {
    leave (seat);
    seat->is_refused = TRUE;
  }
}

/* Returns: [bit/s] of what is joined, when that is within @budget: the least important go first */
static guint64
leave_excess (LecAhead *self, guint64 budget)
{
  guint64 sum = 0;

  for (guint i = 0; i < self->seats->len; i++) {
    Seat *seat = g_ptr_array_index (self->seats, i);

    if (seat->pipeline == NULL)
      continue;
    if (sum + seat->rate > budget) {
      leave (seat);
      seat->is_refused = TRUE;
    } else {
      sum += seat->rate;
    }
  }
  return sum;
}

/* One at a time: it takes the thread that draws a moment. */
static void
join_next (LecAhead *self,
           const LecChannel *playing,
           const LecReport *report,
           guint64 left,
           gint64 now_us)
{
  for (guint i = 0; i < self->seats->len; i++) {
    Seat *seat = g_ptr_array_index (self->seats, i);

    if (seat->pipeline != NULL || seat->is_refused || lec_channel_equal (seat->channel, playing))
      continue;
    if (!may_join (seat->channel) || suppose_rate (seat->channel, report) > left) {
      seat->is_refused = TRUE;
      continue;
    }
    seat->rate = suppose_rate (seat->channel, report);
    join (seat, now_us);
    return;
  }
}

/* ---- what is wanted ---- */

static void
free_seat (gpointer data)
{
  Seat *seat = data;

  leave (seat);
  lec_channel_unref (seat->channel);
  g_free (seat);
}

static Seat *
new_seat (LecAhead *self, LecChannel *channel)
{
  Seat *seat = g_new0 (Seat, 1);

  seat->ahead = self;
  seat->channel = lec_channel_ref (channel);
  return seat;
}

/* Returns: (transfer full): the seat of @channel, which it may have already */
static Seat *
take_seat (LecAhead *self, LecChannel *channel)
{
  Seat *seat;

  for (guint i = 0; i < self->seats->len; i++) {
    seat = g_ptr_array_index (self->seats, i);
    if (seat->channel == channel)
      return g_ptr_array_steal_index (self->seats, i);
  }
  return new_seat (self, channel);
}

/* What is joined of others is left. */
static void
seat_wanted (LecAhead *self)
{
  GPtrArray *seats = g_ptr_array_new_with_free_func (free_seat);

  for (guint i = 0; i < self->wanted->len; i++)
    g_ptr_array_add (seats, take_seat (self, g_ptr_array_index (self->wanted, i)));
  g_ptr_array_unref (self->seats);
  self->seats = seats;
}

static gboolean
is_wanted (const LecAhead *self, const GPtrArray *channels)
{
  if (self->wanted->len != MIN (channels->len, LEC_AHEAD_MOST))
    return FALSE;
  for (guint i = 0; i < self->wanted->len; i++) {
    if (g_ptr_array_index (self->wanted, i) != g_ptr_array_index (channels, i))
      return FALSE;
  }
  return TRUE;
}

void
lec_ahead_want (LecAhead *self, const GPtrArray *channels)
{
  if (is_wanted (self, channels))
    return;
  g_ptr_array_set_size (self->wanted, 0);
  for (guint i = 0; i < MIN (channels->len, LEC_AHEAD_MOST); i++)
    g_ptr_array_add (self->wanted, lec_channel_ref (g_ptr_array_index (channels, i)));
  self->wanted_us = g_get_monotonic_time ();
  if (channels->len > 0)
    return;
  seat_wanted (self);
  add_up (self, self->cost.obstacle);
}

/* ---- what is about to be played ---- */

static void
leave_soon (LecAhead *self)
{
  g_clear_handle_id (&self->soon_end, g_source_remove);
  if (self->soon != NULL)
    leave (self->soon);
}

static gboolean
soon_end_cb (gpointer data)
{
  LecAhead *self = data;

  self->soon_end = 0;
  leave_soon (self);
  return G_SOURCE_REMOVE;
}

void
lec_ahead_join_soon (LecAhead *self, LecChannel *channel)
{
  leave_soon (self);
  g_clear_pointer (&self->soon, free_seat);
  if (!may_join (channel))
    return;
  self->soon = new_seat (self, channel);
  join (self->soon, g_get_monotonic_time ());
  self->soon_end = g_timeout_add_seconds (LEC_AHEAD_SOON_S, soon_end_cb, self);
}

void
lec_ahead_set_speed (LecAhead *self, guint speed)
{
  self->speed = speed;
}

/* ---- watching it ---- */

void
lec_ahead_watch (LecAhead *self, const LecChannel *playing, const LecReport *report, gint64 now_us)
{
  const LecAheadObstacle obstacle = find_obstacle (self, report);
  const guint64 budget = get_budget (self, report);
  guint64 sum;

  if (obstacle != LEC_AHEAD_JOINS) {
    lec_ahead_leave (self);
    add_up (self, obstacle);
    return;
  }
  seat_wanted (self);
  for (guint i = 0; i < self->seats->len; i++) {
    Seat *seat = g_ptr_array_index (self->seats, i);

    if (seat->pipeline != NULL)
      measure (seat, now_us);
  }
  sum = leave_excess (self, budget);
  if (now_us - self->wanted_us >= LEC_AHEAD_SETTLE_US)
    join_next (self, playing, report, budget - sum, now_us);
  add_up (self, obstacle);
}

void
lec_ahead_leave (LecAhead *self)
{
  for (guint i = 0; i < self->seats->len; i++)
    leave (g_ptr_array_index (self->seats, i));
  add_up (self, LEC_AHEAD_NOTHING_PLAYS);
}

/* ---- playing it ---- */

static Seat *
find_seat (const LecAhead *self, const LecChannel *channel)
{
  for (guint i = 0; i < self->seats->len; i++) {
    Seat *seat = g_ptr_array_index (self->seats, i);

    if (seat->channel == channel && seat->pipeline != NULL)
      return seat;
  }
  return NULL;
}

static Seat *
find_soon (const LecAhead *self, const LecChannel *channel)
{
  Seat *seat = self->soon;

  return seat != NULL && seat->pipeline != NULL && lec_channel_equal (seat->channel, channel)
             ? seat
             : NULL;
}

/* What is written or read as it plays is to be so from its start on. */
static gboolean
is_as_wanted (const LecAhead *self, const Seat *seat)
{
  const LecPipelineOptions *options = self->options;

  return options->capture == NULL && options->replay == NULL && options->record == NULL
         && g_strcmp0 (seat->interface, options->interface) == 0
         && seat->latency_ms == options->latency_ms && seat->repair == options->repair;
}

/* Returns: (transfer full) (nullable): what is joined of it */
static LecPipeline *
take_pipeline (LecAhead *self, const LecChannel *channel)
{
  Seat *seat = find_seat (self, channel);
  LecPipeline *pipeline;

  if (seat == NULL)
    seat = find_soon (self, channel);
  if (seat == NULL || !is_as_wanted (self, seat))
    return NULL;
  pipeline = g_steal_pointer (&seat->pipeline);
  leave (seat);
  return pipeline;
}

LecPipeline *
lec_ahead_take (LecAhead *self, const LecChannel *channel, guint alternative)
{
  LecPipeline *pipeline = alternative == 0 ? take_pipeline (self, channel) : NULL;

  leave_soon (self);
  if (pipeline == NULL)
    return NULL;
  lec_pipeline_set_program (pipeline, self->options->program);
  lec_pipeline_set_station (pipeline, self->options->station);
  lec_pipeline_set_subtitles (pipeline, self->options->subtitles);
  add_up (self, self->cost.obstacle);
  return pipeline;
}

GstSample *
lec_ahead_dup_key_picture (LecAhead *self, const LecChannel *channel)
{
  const Seat *seat = find_seat (self, channel);

  return seat != NULL ? lec_pipeline_dup_key_picture (seat->pipeline) : NULL;
}

LecAheadCost
lec_ahead_get_cost (const LecAhead *self)
{
  return self->cost;
}

/* ---- life ---- */

LecAhead *
lec_ahead_new (LecSwitcher *switcher,
               const LecPipelineOptions *options,
               void (*changed) (gpointer data),
               gpointer data)
{
  LecAhead *self = g_new0 (LecAhead, 1);

  self->switcher = switcher;
  self->options = options;
  self->changed = changed;
  self->data = data;
  self->wanted = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);
  self->seats = g_ptr_array_new_with_free_func (free_seat);
  self->cost.obstacle = LEC_AHEAD_NOTHING_PLAYS;
  return self;
}

void
lec_ahead_free (LecAhead *self)
{
  if (self == NULL)
    return;

  leave_soon (self);
  g_clear_pointer (&self->soon, free_seat);
  g_ptr_array_unref (self->seats);
  g_ptr_array_unref (self->wanted);
  g_free (self);
}
