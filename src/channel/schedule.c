/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "channel/schedule.h"

#include "channel/schedule-shape.h"

/* [s] later than anything anybody writes, and far enough from the end of numbers to be added to. */
#define FOREVER (G_MAXINT64 / 4)

/* What is known of a schedule while its airings are looked through. */
typedef struct
{
  gint64 now;
  gboolean is_on;
  gint64 next_begin; /* FOREVER: none */
  gint64 last_end;   /* of what is on; FOREVER: without end */
} View;

static const LecField period_fields[] = {
  LEC_FIELD (LecPeriod, starts, PLAIN),
  LEC_FIELD (LecPeriod, ends, PLAIN),
  LEC_FIELD_VALUES_OF (LecPeriod, repeats, LecRepeat),
};
LEC_DEFINE_SHAPE (period, LecPeriod)

static const LecField schedule_fields[] = {
  LEC_FIELD_OF (LecSchedule, periods, ARRAY, &period_shape),
  LEC_FIELD_VALUES_OF (LecSchedule, zones, LecZone),
};

static void
free_schedule (gpointer self)
{
  lec_shape_free (&lec_schedule_shape, self);
}

const LecShape lec_schedule_shape
    = { sizeof (LecSchedule), schedule_fields, G_N_ELEMENTS (schedule_fields), free_schedule };

LecSchedule *
lec_schedule_new (void)
{
  LecSchedule *self = g_new0 (LecSchedule, 1);

  self->periods = g_ptr_array_new_with_free_func (period_free);
  self->zones = g_array_new (FALSE, FALSE, sizeof (LecZone));
  return self;
}

void
lec_schedule_free (LecSchedule *self)
{
  if (self != NULL)
    free_schedule (self);
}

LecPeriod *
lec_schedule_add_period (LecSchedule *self, gint64 starts, gint64 ends)
{
  LecPeriod *period = g_new0 (LecPeriod, 1);

  period->starts = starts;
  period->ends = ends;
  period->repeats = g_array_new (FALSE, FALSE, sizeof (LecRepeat));
  g_ptr_array_add (self->periods, period);
  return period;
}

LecSchedule *
lec_schedule_copy (const LecSchedule *self)
{
  return self != NULL ? lec_shape_copy (&lec_schedule_shape, self) : NULL;
}

gboolean
lec_schedule_equal (const LecSchedule *a, const LecSchedule *b)
{
  return a == b || (a != NULL && b != NULL && lec_shape_equal (&lec_schedule_shape, a, b));
}

gint64
lec_schedule_get_start (const LecSchedule *self)
{
  gint64 first = G_MAXINT64;

  if (self == NULL || self->periods->len == 0)
    return 0;
  for (guint i = 0; i < self->periods->len; i++)
    first = MIN (first, ((const LecPeriod *) g_ptr_array_index (self->periods, i))->starts);
  return first;
}

gint64
lec_schedule_get_end (const LecSchedule *self)
{
  gint64 last = 0;

  for (guint i = 0; self != NULL && i < self->periods->len; i++) {
    const LecPeriod *period = g_ptr_array_index (self->periods, i);

    if (period->ends == 0)
      return 0;
    last = MAX (last, period->ends);
  }
  return last;
}

static void
see (View *view, gint64 begin, gint64 end)
{
  if (begin >= end) /* moved behind the end of all, or written by mistake */
    return;
  if (begin > view->now) {
    view->next_begin = MIN (view->next_begin, begin);
  } else if (end > view->now) {
    view->is_on = TRUE;
    view->last_end = MAX (view->last_end, end);
  }
}

/* @count airings, the first at @begin, no time of which lies behind @limit. Only the one that may
 * be on and the one behind it are looked at: there may be a million of them. */
static void
see_run (View *view, gint64 begin, gint64 count, const LecRepeat *repeat, gint64 limit)
{
  gint64 interval = repeat->interval_s;
  gint64 i = view->now > begin ? MIN ((view->now - begin) / interval, count - 1) : 0;

  if (repeat->duration_s >= interval) { /* no break between them */
    see (view, begin, MIN (begin + (count - 1) * interval + repeat->duration_s, limit));
    return;
  }
  begin += i * interval;
  see (view, begin, MIN (begin + repeat->duration_s, limit));
  if (i + 1 < count)
    see (view, begin + interval, MIN (begin + interval + repeat->duration_s, limit));
}

/* How many airings begin before @time. */
static gint64
count_before (gint64 first, gint64 interval, gint64 time)
{
  return time > first ? (time - first - 1) / interval + 1 : 0;
}

/* Between two changes of the zone all airings are moved by the same offset. */
static void
see_repeats (const LecSchedule *self, const LecPeriod *period, const LecRepeat *repeat, View *view)
{
  gint64 first = period->starts + repeat->offset_s;
  gint64 limit = period->ends != 0 ? period->ends : FOREVER;
  gint64 offset = 0;
  gint64 done = 0;

  for (guint i = 0; i <= self->zones->len; i++) {
    const LecZone *zone = i < self->zones->len ? &g_array_index (self->zones, LecZone, i) : NULL;
    gint64 until
        = count_before (first, repeat->interval_s, zone != NULL ? MIN (zone->at, limit) : limit);

    if (until > done)
      see_run (view, first + done * repeat->interval_s + offset, until - done, repeat, limit);
    done = MAX (done, until);
    offset = zone != NULL ? zone->offset_s : 0;
  }
}

LecAiring
lec_schedule_get_airing (const LecSchedule *self, gint64 now, gint64 *changes)
{
  View view = { now, FALSE, FOREVER, 0 };
  gint64 next;

  for (guint i = 0; self != NULL && i < self->periods->len; i++) {
    const LecPeriod *period = g_ptr_array_index (self->periods, i);

    if (period->repeats->len == 0)
      see (&view, period->starts, period->ends != 0 ? period->ends : FOREVER);
    for (guint j = 0; j < period->repeats->len; j++)
      see_repeats (self, period, &g_array_index (period->repeats, LecRepeat, j), &view);
  }
  if (self == NULL || self->periods->len == 0)
    see (&view, now, FOREVER);

  next = view.is_on ? view.last_end : view.next_begin;
  if (changes != NULL)
    *changes = next != FOREVER ? next : 0;
  if (view.is_on)
    return LEC_AIRING_NOW;
  return view.next_begin != FOREVER ? LEC_AIRING_LATER : LEC_AIRING_ENDED;
}
