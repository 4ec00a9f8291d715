/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/history.h"

#include <math.h>

#include "play/figures.h"

#define SAMPLE_NS G_GINT64_CONSTANT (1000000000)
#define MAX_SHARED 5 /* samples that one look may stand for: a busy machine is late, not away */

/* A stream, or one of its legs. */
typedef struct
{
  guint stream;
  int leg;
  guint64 good, lost, bytes; /* counted up to the last sample */
  double values[LEC_N_MEASURES][LEC_HISTORY_LENGTH];
} Line;

struct _LecHistory
{
  GPtrArray *lines; /* of Line */
  char *shape;      /* what the streams are, to know others when they come */
  guint generation;
  guint next;     /* place of the next sample, in all rings */
  guint length;   /* samples there are */
  gint64 last_ns; /* when the last one was taken */
  gint64 grid_ns; /* when it should have been: samples are a second apart on the whole */
  LecReception totals;
  LecReception spans[LEC_HISTORY_LENGTH];
};

LecHistory *
lec_history_new (void)
{
  LecHistory *self = g_new0 (LecHistory, 1);

  self->lines = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
lec_history_free (LecHistory *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->lines);
  g_free (self->shape);
  g_free (self);
}

void
lec_history_clear (LecHistory *self)
{
  g_ptr_array_set_size (self->lines, 0);
  g_clear_pointer (&self->shape, g_free);
  self->generation++;
  self->next = self->length = 0;
  self->totals = (LecReception){ .silent_us = -1 };
}

/* ---- which streams there are ---- */

static char *
describe_shape (const GstStructure *stats)
{
  GString *shape = g_string_new (NULL);

  for (guint i = 0; i < lec_figures_count (stats, "streams"); i++) {
    const GstStructure *stream = lec_figures_get (stats, "streams", i);
    const char *media = lec_figures_get_text (stream, "media");

    g_string_append_printf (shape, "%s;", media != NULL ? media : "");
    for (guint j = 0; j < lec_figures_count (stream, "legs"); j++) {
      const GstStructure *leg = lec_figures_get (stream, "legs", j);
      const char *group = lec_figures_get_text (leg, "group");

      g_string_append_printf (shape, "%s:%" G_GUINT64_FORMAT ";", group != NULL ? group : "",
                              lec_figures_get_counter (leg, "port"));
    }
  }
  return g_string_free (shape, FALSE);
}

static void
add_line (LecHistory *self, guint stream, int leg)
{
  Line *line = g_new0 (Line, 1);

  line->stream = stream;
  line->leg = leg;
  for (guint i = 0; i < LEC_N_MEASURES; i++)
    for (guint j = 0; j < LEC_HISTORY_LENGTH; j++)
      line->values[i][j] = NAN;
  g_ptr_array_add (self->lines, line);
}

static void
take_shape (LecHistory *self, const GstStructure *stats)
{
  g_autofree char *shape = describe_shape (stats);

  if (g_strcmp0 (self->shape, shape) == 0)
    return;
  lec_history_clear (self);
  self->shape = g_steal_pointer (&shape);
  for (guint i = 0; i < lec_figures_count (stats, "streams"); i++) {
    guint n_legs = lec_figures_count (lec_figures_get (stats, "streams", i), "legs");

    add_line (self, i, LEC_HISTORY_WHOLE);
    for (guint j = 0; n_legs > 1 && j < n_legs; j++)
      add_line (self, i, (int) j);
  }
}

/* ---- samples ---- */

/* The place of a new sample, of which nothing is known yet. */
static guint
open_sample (LecHistory *self)
{
  const guint place = self->next;

  for (guint i = 0; i < self->lines->len; i++) {
    Line *line = g_ptr_array_index (self->lines, i);

    for (guint j = 0; j < LEC_N_MEASURES; j++)
      line->values[j][place] = NAN;
  }
  self->spans[place] = (LecReception){ .silent_us = -1 };
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

static guint64
count_good (const GstStructure *structure)
{
  static const char *const bad[] = { "late", "duplicate", "discarded", "undeciphered" };
  guint64 good = lec_figures_get_counter (structure, "received");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    good -= MIN (good, lec_figures_get_counter (structure, bad[i]));
  return good;
}

static void
sample_line (Line *line, const GstStructure *structure, guint place, double seconds)
{
  const gboolean whole = line->leg == LEC_HISTORY_WHOLE;
  const double bytes = grow (&line->bytes, lec_figures_get_counter (structure, "bytes"));
  const double good = grow (&line->good, count_good (structure));
  const double lost = grow (&line->lost, lec_figures_get_counter (structure, "lost")
                                             + lec_figures_get_counter (structure, "lost-local"));

  line->values[LEC_MEASURE_RATE][place] = bytes * 8 / 1e6 / seconds;
  line->values[LEC_MEASURE_LOSS][place] = lost + good > 0 ? 100 * lost / (lost + good) : NAN;
  if (!(bytes > 0))
    return; /* gauges still say how it was when something came */
  line->values[LEC_MEASURE_JITTER][place] = lec_figures_get_gauge (structure, "jitter-ms");
  line->values[LEC_MEASURE_LATENCY][place]
      = lec_figures_get_gauge (structure, whole ? "latency-ms" : "skew-ms");
  if (whole)
    line->values[LEC_MEASURE_DELAY][place] = lec_figures_get_gauge (structure, "delay-ms");
}

/* What was counted before the first look has come in no second that we know of. */
static void
sample (LecHistory *self, const GstStructure *stats, double seconds)
{
  const LecReception totals = lec_reception_read (stats);
  const gboolean first = self->length == 0;
  const guint place = open_sample (self);

  for (guint i = 0; i < self->lines->len; i++) {
    Line *line = g_ptr_array_index (self->lines, i);
    const GstStructure *structure = lec_figures_get (stats, "streams", line->stream);

    if (line->leg != LEC_HISTORY_WHOLE)
      structure = lec_figures_get (structure, "legs", (guint) line->leg);
    sample_line (line, structure, place, first ? NAN : seconds);
    if (first)
      line->values[LEC_MEASURE_LOSS][place] = NAN;
  }
  self->spans[place] = lec_reception_since (&totals, first ? &totals : &self->totals);
  self->totals = totals;
}

/* The newest sample stands for the @n before it as well. */
static void
share_sample (LecHistory *self, guint n)
{
  const guint newest = (self->next + LEC_HISTORY_LENGTH - 1) % LEC_HISTORY_LENGTH;

  for (guint i = 0; i < self->lines->len; i++) {
    Line *line = g_ptr_array_index (self->lines, i);

    for (guint j = 0; j < LEC_N_MEASURES; j++)
      for (guint age = 1; age <= n; age++)
        line->values[j][(newest + LEC_HISTORY_LENGTH - age) % LEC_HISTORY_LENGTH]
            = line->values[j][newest];
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
lec_history_add (LecHistory *self, const GstStructure *stats, gint64 now_ns)
{
  guint missed;

  if (stats != NULL)
    take_shape (self, stats);
  missed = skip_missed (self, now_ns);
  if (stats != NULL)
    sample (self, stats, (double) MAX (now_ns - self->last_ns, 1) / SAMPLE_NS);
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
  const Line *line = NULL;

  for (guint i = 0; i < self->lines->len && line == NULL; i++) {
    const Line *candidate = g_ptr_array_index (self->lines, i);

    if (candidate->stream == stream && candidate->leg == leg)
      line = candidate;
  }
  for (guint i = 0; i < LEC_HISTORY_LENGTH; i++)
    values[i] = line != NULL ? line->values[measure][(self->next + i) % LEC_HISTORY_LENGTH] : NAN;
  return line != NULL;
}

LecReception
lec_history_get_recent (const LecHistory *self, guint seconds)
{
  LecReception recent = { .silent_us = -1 };

  for (guint age = MIN (seconds, self->length); age > 0; age--)
    lec_reception_add (&recent,
                       &self->spans[(self->next + LEC_HISTORY_LENGTH - age) % LEC_HISTORY_LENGTH]);
  return recent;
}
