/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/history.h"

#include <math.h>
#include <string.h>

#include "report/fields.h"

#define SAMPLE_NS G_GINT64_CONSTANT (1000000000)
#define MAX_SHARED 5 /* samples that one look may stand for: a busy machine is late, not away */

/* A stream, or one of its legs. */
typedef struct
{
  guint stream;
  int leg;
  guint64 good, lost, bytes; /* counted up to the last sample */
  double values[LEC_N_MEASURES][LEC_HISTORY_LENGTH];
} Series;

struct _LecHistory
{
  GPtrArray *series; /* of Series */
  LecReport *layout; /* (nullable): whose streams they are of, to know others when they come */
  guint generation;
  guint next;          /* place of the next sample, in all rings */
  guint length;        /* samples there are */
  gint64 last_ns;      /* when the last one was taken */
  gint64 grid_ns;      /* when it should have been: samples are a second apart on the whole */
  LecReception newest; /* since the join, as of the last sample; nothing where that is empty */
  LecStats totals;     /* since the join, as of the last sample that is not */
  LecStats spans[LEC_HISTORY_LENGTH];
};

LecHistory *
lec_history_new (void)
{
  LecHistory *self = g_new0 (LecHistory, 1);

  self->series = g_ptr_array_new_with_free_func (g_free);
  self->newest = lec_reception_read (NULL);
  return self;
}

void
lec_history_free (LecHistory *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->series);
  g_clear_pointer (&self->layout, lec_report_unref);
  g_free (self);
}

void
lec_history_clear (LecHistory *self)
{
  g_ptr_array_set_size (self->series, 0);
  g_clear_pointer (&self->layout, lec_report_unref);
  self->generation++;
  self->next = self->length = 0;
  self->totals = (LecStats){ 0 };
  self->newest = lec_reception_read (NULL);
}

/* ---- which streams there are ---- */

static gboolean
is_same_stream (const LecStreamReport *a, const LecStreamReport *b)
{
  if (a->media != b->media || a->n_legs != b->n_legs)
    return FALSE;
  for (guint i = 0; i < a->n_legs; i++) {
    if (a->legs[i].port != b->legs[i].port || strcmp (a->legs[i].group, b->legs[i].group) != 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_same_layout (LecReport *a, LecReport *b)
{
  if (a->n_streams != b->n_streams)
    return FALSE;
  for (guint i = 0; i < a->n_streams; i++) {
    if (!is_same_stream (&a->streams[i], &b->streams[i]))
      return FALSE;
  }
  return TRUE;
}

static void
add_series (LecHistory *self, guint stream, int leg)
{
  Series *series = g_new0 (Series, 1);

  series->stream = stream;
  series->leg = leg;
  for (guint i = 0; i < LEC_N_MEASURES; i++)
    for (guint j = 0; j < LEC_HISTORY_LENGTH; j++)
      series->values[i][j] = NAN;
  g_ptr_array_add (self->series, series);
}

static void
take_layout (LecHistory *self, LecReport *report)
{
  if (self->layout != NULL && is_same_layout (self->layout, report))
    return;
  lec_history_clear (self);
  self->layout = lec_report_ref (report);
  for (guint i = 0; i < report->n_streams; i++) {
    const guint n_legs = report->streams[i].n_legs;

    add_series (self, i, LEC_HISTORY_WHOLE);
    for (guint j = 0; n_legs > 1 && j < n_legs; j++)
      add_series (self, i, (int) j);
  }
}

/* ---- samples ---- */

/* The place of a new sample, of which nothing is known yet. */
static guint
open_sample (LecHistory *self)
{
  const guint place = self->next;

  for (guint i = 0; i < self->series->len; i++) {
    Series *series = g_ptr_array_index (self->series, i);

    for (guint j = 0; j < LEC_N_MEASURES; j++)
      series->values[j][place] = NAN;
  }
  self->spans[place] = (LecStats){ 0 };
  self->newest = lec_reception_read (NULL);
  self->next = (place + 1) % LEC_HISTORY_LENGTH;
  self->length = MIN (self->length + 1, LEC_HISTORY_LENGTH);
  return place;
}

/* A counter that has become less counts anew; nothing is known of that second. */
static double
grow (guint64 *counter, guint64 now)
{
  const double growth = now >= *counter ? (double) (now - *counter) : NAN;

  *counter = now;
  return growth;
}

/* What has come since. What was lost before and has come by now counts against what is lost now. */
static LecStats
get_span (const LecStats *now, const LecStats *before)
{
  LecStats span = lec_stats_since (now, before);

  if (now->received >= before->received)
    span.lost = now->lost - before->lost;
  return span;
}

/* What one look has found of a series. */
typedef struct
{
  guint64 good, lost, bytes;
  gint64 jitter_ns, latency_ns, delay_ns; /* delay: of streams only */
} Look;

static Look
look_at_stream (const LecStreamReport *stream)
{
  const LecStats *stats = &stream->stats;

  return (Look){ .good = lec_stats_count_good (stats),
                 .lost = lec_stats_count_missing (stats),
                 .bytes = stats->bytes,
                 .jitter_ns = stats->jitter_ns,
                 .latency_ns = stream->latency_ns,
                 .delay_ns = stats->delay_ns };
}

static Look
look_at_leg (const LecLegReport *leg)
{
  return (Look){ .good = leg->stats.received,
                 .lost = leg->stats.lost,
                 .bytes = leg->stats.bytes,
                 .jitter_ns = leg->stats.jitter_ns,
                 .latency_ns = leg->stats.skew_ns };
}

static void
sample_series (Series *series, const Look *look, guint place, double seconds)
{
  const double bytes = grow (&series->bytes, look->bytes);
  const double good = grow (&series->good, look->good);
  const double lost = grow (&series->lost, look->lost);

  series->values[LEC_MEASURE_RATE][place] = bytes * 8 / 1e6 / seconds;
  series->values[LEC_MEASURE_LOSS][place] = lost + good > 0 ? 100 * lost / (lost + good) : NAN;
  if (!(bytes > 0))
    return; /* gauges still say how it was when something came */
  series->values[LEC_MEASURE_JITTER][place] = (double) look->jitter_ns / 1e6;
  series->values[LEC_MEASURE_LATENCY][place] = (double) look->latency_ns / 1e6;
  if (series->leg == LEC_HISTORY_WHOLE)
    series->values[LEC_MEASURE_DELAY][place] = (double) look->delay_ns / 1e6;
}

/* What was counted before the first look has come in no second that we know of. */
static void
sample (LecHistory *self, LecReport *report, double seconds)
{
  const gboolean first = self->length == 0;
  const guint place = open_sample (self);

  self->newest = lec_reception_read (report);
  for (guint i = 0; i < self->series->len; i++) {
    Series *series = g_ptr_array_index (self->series, i);
    const LecStreamReport *stream = &report->streams[series->stream];
    const Look look = series->leg == LEC_HISTORY_WHOLE ? look_at_stream (stream)
                                                       : look_at_leg (&stream->legs[series->leg]);

    sample_series (series, &look, place, first ? NAN : seconds);
    if (first)
      series->values[LEC_MEASURE_LOSS][place] = NAN;
  }
  self->spans[place] = get_span (&self->newest.sum, first ? &self->newest.sum : &self->totals);
  self->totals = self->newest.sum;
}

/* The newest sample stands for the @n before it as well. */
static void
share_sample (LecHistory *self, guint n)
{
  const guint newest = (self->next + LEC_HISTORY_LENGTH - 1) % LEC_HISTORY_LENGTH;

  for (guint i = 0; i < self->series->len; i++) {
    Series *series = g_ptr_array_index (self->series, i);

    for (guint j = 0; j < LEC_N_MEASURES; j++)
      for (guint age = 1; age <= n; age++)
        series->values[j][(newest + LEC_HISTORY_LENGTH - age) % LEC_HISTORY_LENGTH]
            = series->values[j][newest];
  }
}

/* Returns: how many seconds have gone by without a sample */
static guint
skip_missed (LecHistory *self, gint64 now_ns)
{
  const gint64 due = (now_ns - self->grid_ns + SAMPLE_NS / 2) / SAMPLE_NS;
  const guint missed = self->length > 0 && due > 1 ? (guint) MIN (due - 1, LEC_HISTORY_LENGTH) : 0;

  for (guint i = 0; i < missed; i++)
    open_sample (self);
  self->grid_ns = self->length > 0 && due <= LEC_HISTORY_LENGTH
                      ? self->grid_ns + (missed + 1) * SAMPLE_NS
                      : now_ns;
  return missed;
}

void
lec_history_add (LecHistory *self, LecReport *report, gint64 now_ns)
{
  guint missed;

  if (report != NULL)
    take_layout (self, report);
  missed = skip_missed (self, now_ns);
  if (report != NULL)
    sample (self, report, (double) MAX (now_ns - self->last_ns, 1) / SAMPLE_NS);
  else if (self->length > 0)
    open_sample (self);
  if (missed > 0 && missed < MAX_SHARED)
    share_sample (self, missed);
  self->last_ns = now_ns;
}

/* ---- asking ---- */

guint
lec_history_get_generation (const LecHistory *self)
{
  return self->generation;
}

gboolean
lec_history_copy (const LecHistory *self,
                  guint stream,
                  int leg,
                  LecMeasure measure,
                  double values[LEC_HISTORY_LENGTH])
{
  const Series *series = NULL;

  for (guint i = 0; i < self->series->len && series == NULL; i++) {
    const Series *candidate = g_ptr_array_index (self->series, i);

    if (candidate->stream == stream && candidate->leg == leg)
      series = candidate;
  }
  for (guint i = 0; i < LEC_HISTORY_LENGTH; i++)
    values[i]
        = series != NULL ? series->values[measure][(self->next + i) % LEC_HISTORY_LENGTH] : NAN;
  return series != NULL;
}

LecReception
lec_history_get_recent (const LecHistory *self, guint seconds)
{
  LecReception recent = self->newest;

  recent.sum = (LecStats){ 0 };
  for (guint age = MIN (seconds, self->length); age > 0; age--)
    lec_stats_add (&recent.sum,
                   &self->spans[(self->next + LEC_HISTORY_LENGTH - age) % LEC_HISTORY_LENGTH]);
  if ((gint64) recent.sum.lost < 0) /* more have come late than were lost */
    recent.sum.lost = 0;
  return recent;
}
