/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/nack.h"

#include <math.h>
#include <stdlib.h>

#include "wire/serial.h"
#include "wire/units.h"

#define CROWD 100                      /* receivers that there may be, for all we know */
#define TOGETHER (3 * MSECOND)         /* what is due so soon is asked for at once */
#define POSTPONE (5 * MSECOND)         /* then it is looked whether it may still come otherwise */
#define TRIAL_FRESH (500 * MSECOND)    /* what is missing for longer is good for no trial */
#define ANSWER_UNKNOWN (100 * MSECOND) /* before anybody has answered */
#define ANSWER_LEAST (20 * MSECOND)    /* whoever answers has other things to do */
#define ANSWER_MOST (500 * MSECOND)    /* what takes longer is not waited for */
#define MARGIN (10 * MSECOND)          /* for whoever takes the packets */
#define COMPOUND_SIZE 92               /* [bytes] of a request with all headers, but its fields */

void
lec_nack_allow (LecNack *self, double rate, gint64 kept_ns, guint32 seed)
{
  g_return_if_fail (rate > 0);

  self->rate = rate;
  self->kept_ns = kept_ns > 0 ? kept_ns : LEC_NACK_KEPT_NS;
  g_clear_pointer (&self->rng, g_rand_free);
  self->rng = g_rand_new_with_seed (seed);
  self->unanswered_ns = G_MAXINT64;
}

void
lec_nack_clear (LecNack *self)
{
  g_clear_pointer (&self->rng, g_rand_free);
}

void
lec_nack_reset (LecNack *self)
{
  *self = (LecNack){
    .rng = self->rng,
    .rate = self->rate,
    .kept_ns = self->kept_ns,
    .next_ns = self->next_ns,
    .has_ceased = self->has_ceased,
    .unanswered_ns = G_MAXINT64,
  };
}

void
lec_nack_open (LecNack *self, gboolean is_open, gboolean is_station, guint members)
{
  self->is_open = is_open && self->rng != NULL && (is_station || !self->has_ceased);
  self->is_station = is_station;
  self->members = members;
}

/* ---- time ---- */

/* RFC 6298, section 2. */
static gint64
get_answer_time (const LecNack *self)
{
  if (self->round_trip_ns == 0)
    return ANSWER_UNKNOWN;
  return CLAMP (self->round_trip_ns + 4 * self->deviation_ns, ANSWER_LEAST, ANSWER_MOST);
}

static void
note_round_trip (LecNack *self, gint64 sample_ns)
{
  sample_ns = CLAMP (sample_ns, 1, ANSWER_MOST);
  if (self->round_trip_ns == 0) {
    self->round_trip_ns = sample_ns;
    self->deviation_ns = sample_ns / 4;
    return;
  }
  self->deviation_ns += (ABS (self->round_trip_ns - sample_ns) - self->deviation_ns) / 4;
  self->round_trip_ns += (sample_ns - self->round_trip_ns) / 8;
}

/* Of a truncated exponential distribution: the more receivers there are, the later most of them
 * ask, so that about one is first. */
static gint64
random_wait (LecNack *self, gint64 most_ns)
{
  const double crowd = log (MAX (CROWD, self->members)) + 1;
  const double at = log1p (g_rand_double (self->rng) * expm1 (crowd)) / crowd;

  return (gint64) (at * (double) MAX (most_ns, 0));
}

/* What is missing is asked for so late that it is here just in time. */
static gint64
find_last_moment (const LecNack *self, const LecNackEntry *entry, gint64 hold_ns)
{
  return MIN (entry->pts_ns + hold_ns, entry->noted_ns + self->kept_ns) - get_answer_time (self);
}

gint64
lec_nack_get_need (const LecNack *self, gint64 now_ns)
{
  const gint64 once_ns = LEC_NACK_SETTLE_NS + LEC_NACK_WAIT_NS + get_answer_time (self) + MARGIN;
  const gboolean twice = self->repeated_ns > 0 && now_ns - self->repeated_ns < LEC_NACK_REPEAT_NS;

  if (!self->answered)
    return 0;
  return twice ? once_ns + LEC_NACK_WAIT_AGAIN_NS + get_answer_time (self) : once_ns;
}

gint64
lec_nack_get_time (const LecNack *self, gint64 since_ns, gint64 now_ns)
{
  return self->useful_ns > MAX (since_ns, 0) ? lec_nack_get_need (self, now_ns) : 0;
}

/* ---- what is missing ---- */

static void
remove_entry (LecNack *self, guint index)
{
  self->entries[index] = self->entries[--self->count];
}

static void
expire (LecNack *self, gint64 now_ns)
{
  for (guint i = self->count; i-- > 0;) {
    if (now_ns - self->entries[i].noted_ns > LEC_NACK_KEPT_NS)
      remove_entry (self, i);
  }
}

static LecNackEntry *
find (const LecNack *self, gint64 number)
{
  for (guint i = 0; i < self->count; i++) {
    if (self->entries[i].number == number)
      return (LecNackEntry *) &self->entries[i];
  }
  return NULL;
}

static LecNackEntry *
find_room (LecNack *self)
{
  guint oldest = 0;

  if (self->count < LEC_NACK_MISSING)
    return &self->entries[self->count++];
  for (guint i = 1; i < self->count; i++) {
    if (self->entries[i].number < self->entries[oldest].number)
      oldest = i;
  }
  return &self->entries[oldest];
}

/* Numbers that are missing together are asked for together. */
static void
note_missing (LecNack *self, gint64 first, gint64 end, gint64 pts_ns, gint64 hold_ns, gint64 now_ns)
{
  gint64 ask_ns = G_MAXINT64;

  expire (self, now_ns);
  if (self->is_open) {
    const gint64 begin_ns = now_ns + LEC_NACK_SETTLE_NS;
    const gint64 left_ns = pts_ns + hold_ns - get_answer_time (self) - begin_ns;

    ask_ns
        = begin_ns
          + random_wait (self, self->answered ? MIN (left_ns, LEC_NACK_WAIT_NS) : LEC_NACK_WAIT_NS);
  }
  for (gint64 number = MAX (first, end - LEC_NACK_MISSING); number < end; number++)
    *find_room (self) = (LecNackEntry){ .number = number,
                                        .noted_ns = now_ns,
                                        .pts_ns = pts_ns,
                                        .ask_ns = ask_ns,
                                        .asked_ns = G_MININT64 };
}

void
lec_nack_note_here (LecNack *self, gint64 number)
{
  const LecNackEntry *entry = find (self, number);

  if (entry != NULL && !entry->repaired)
    remove_entry (self, (guint) (entry - self->entries));
}

void
lec_nack_note (LecNack *self, gint64 number, gint64 pts_ns, gint64 hold_ns, gint64 now_ns)
{
  if (!self->running || number > self->newest) {
    if (self->running && number > self->newest + 1)
      note_missing (self, self->newest + 1, number, pts_ns, hold_ns, now_ns);
    self->running = TRUE;
    self->newest = number;
    return;
  }
  lec_nack_note_here (self, number);
}

gboolean
lec_nack_is_missing (const LecNack *self, gint64 number)
{
  const LecNackEntry *entry = find (self, number);

  return entry != NULL && !entry->repaired;
}

gboolean
lec_nack_take_back (LecNack *self, gint64 number)
{
  const LecNackEntry *entry = find (self, number);

  if (entry == NULL || !entry->repaired)
    return FALSE;
  remove_entry (self, (guint) (entry - self->entries));
  return TRUE;
}

guint
lec_nack_note_loss (LecNack *self, gint64 first, gint64 end, gint64 now_ns)
{
  guint asked = 0;

  for (guint i = 0; i < self->count; i++) {
    LecNackEntry *entry = &self->entries[i];

    if (entry->number < first || entry->number >= end || entry->lost || entry->repaired)
      continue;
    entry->lost = TRUE;
    asked += entry->asked_ns != G_MININT64;
    if (entry->tries > 0 && now_ns - entry->asked_ns > get_answer_time (self))
      self->repeated_ns = now_ns;
    if (self->answered && self->is_open)
      self->useful_ns = now_ns;
  }
  return self->answered ? asked : 0;
}

/* What we may not ask for, others do. */
static gboolean
may_entry_come (const LecNack *self, const LecNackEntry *entry, gint64 now_ns)
{
  if (!self->is_open)
    return now_ns - entry->noted_ns < lec_nack_get_need (self, now_ns);
  if (entry->asked_ns != G_MININT64 && entry->asked_ns + get_answer_time (self) > now_ns)
    return TRUE;
  return entry->ask_ns != G_MAXINT64 && entry->tries < LEC_NACK_TRIES;
}

gboolean
lec_nack_may_come (const LecNack *self, gint64 first, gint64 end, gint64 now_ns)
{
  if (!self->answered)
    return FALSE;
  for (guint i = 0; i < self->count; i++) {
    const LecNackEntry *entry = &self->entries[i];

    if (entry->number >= first && entry->number < end && !entry->repaired
        && may_entry_come (self, entry, now_ns))
      return TRUE;
  }
  return FALSE;
}

/* ---- what others say ---- */

static void
yield_to (LecNack *self, gint64 number, gint64 now_ns)
{
  LecNackEntry *entry = find (self, number);

  if (entry == NULL || entry->repaired || entry->ask_ns == G_MAXINT64
      || entry->yields == LEC_NACK_YIELDS)
    return;
  entry->yields++;
  entry->asked_ns = now_ns;
  entry->ask_ns
      = MAX (entry->ask_ns, now_ns + get_answer_time (self) + random_wait (self, LEC_NACK_WAIT_NS));
}

void
lec_nack_note_other (LecNack *self,
                     const LecNackField *field,
                     gint64 near,
                     gint64 shift,
                     gint64 now_ns)
{
  const gint64 first = lec_serial_extend (near, field->first, 16) + shift;

  if (self->count == 0 || self->rng == NULL)
    return;
  for (guint i = 0; i < LEC_NACK_SPAN; i++) {
    if (lec_nack_field_names (field, i))
      yield_to (self, first + i, now_ns);
  }
}

void
lec_nack_note_alive (LecNack *self)
{
  self->answered = TRUE;
  self->unanswered_ns = G_MAXINT64;
}

void
lec_nack_note_answer (LecNack *self, gint64 number, gboolean is_theirs, gint64 now_ns)
{
  LecNackEntry *entry = find (self, number);

  if (entry == NULL)
    return;
  entry->repaired = TRUE;
  entry->ask_ns = G_MAXINT64;
  self->useful_ns = now_ns;
  if (entry->tries > 1)
    self->repeated_ns = now_ns;
  if (!is_theirs)
    return;
  lec_nack_note_alive (self);
  self->next_ns = MIN (self->next_ns, now_ns + LEC_NACK_LEAST_NS);
  if (entry->tries == 1 && entry->yields == 0) /* else it is not known what it answers */
    note_round_trip (self, now_ns - entry->asked_ns);
}

/* ---- asking ---- */

gboolean
lec_nack_is_on_trial (const LecNack *self)
{
  return self->is_open && !self->is_station && !self->answered;
}

gint64
lec_nack_get_wake (const LecNack *self)
{
  gint64 wake_ns = G_MAXINT64;

  if (!self->is_open)
    return G_MAXINT64;
  for (guint i = 0; i < self->count; i++)
    wake_ns = MIN (wake_ns, self->entries[i].ask_ns);
  return wake_ns == G_MAXINT64 ? wake_ns : MAX (wake_ns, self->next_ns);
}

/* Nobody has answered for long: who is not the station may never have wanted to be asked. */
static gboolean
check_answers (LecNack *self, gint64 now_ns)
{
  if (self->unanswered_ns == G_MAXINT64 || now_ns - self->unanswered_ns < LEC_NACK_SILENT_NS)
    return TRUE;
  self->answered = FALSE;
  if (self->is_station)
    return TRUE;
  self->has_ceased = TRUE;
  self->is_open = FALSE;
  return FALSE;
}

/* Whether to ask for it now; where not, when to look again is set. */
static gboolean
is_to_be_asked (LecNack *self,
                LecNackEntry *entry,
                gint64 hold_ns,
                gboolean (*comes) (gint64 number, gpointer data),
                gpointer data,
                gint64 now_ns)
{
  const gint64 last_ns = find_last_moment (self, entry, hold_ns);

  if (entry->ask_ns > now_ns + TOGETHER)
    return FALSE;
  if (entry->tries == LEC_NACK_TRIES || now_ns - entry->noted_ns > self->kept_ns
      || (self->answered ? now_ns > last_ns + ANSWER_LEAST / 2
                         : now_ns - entry->noted_ns > TRIAL_FRESH)) {
    if (self->answered)
      self->useful_ns = now_ns; /* with more time it would have been */
    entry->ask_ns = G_MAXINT64;
    return FALSE;
  }
  if (comes != NULL && now_ns < last_ns && comes (entry->number, data)) {
    entry->ask_ns = MIN (now_ns + POSTPONE, last_ns);
    return FALSE;
  }
  return TRUE;
}

static int
compare_numbers (const void *a, const void *b)
{
  const gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/* Puts as many of the numbers as fit into fields. Returns: how many fields */
static guint
pack (gint64 *numbers, guint count, gint64 shift, LecNackField *fields, gint64 *end)
{
  guint used = 0;
  gint64 first = 0;

  qsort (numbers, count, sizeof *numbers, compare_numbers);
  for (guint i = 0; i < count; i++) {
    if (used > 0 && numbers[i] - first < LEC_NACK_SPAN) {
      fields[used - 1].more |= (guint16) (1u << (numbers[i] - first - 1));
    } else {
      if (used == LEC_RTCP_NACKS)
        break;
      first = numbers[i];
      fields[used++] = (LecNackField){ .first = (guint16) (first - shift) };
    }
    *end = numbers[i] + 1;
  }
  return used;
}

static void
note_asked (LecNack *self, LecNackEntry *entry, gint64 now_ns)
{
  entry->tries++;
  entry->asked_ns = now_ns;
  entry->ask_ns = now_ns + (get_answer_time (self) << (entry->tries - 1))
                  + random_wait (self, LEC_NACK_WAIT_AGAIN_NS);
}

static void
note_request (LecNack *self, guint fields, gint64 now_ns)
{
  const double bytes = COMPOUND_SIZE + 4.0 * fields;
  const gint64 share_ns = (gint64) (bytes * (self->members + 1) / self->rate * (double) SECOND);

  if (self->unanswered_ns == G_MAXINT64)
    self->unanswered_ns = now_ns;
  if (self->answered)
    self->next_ns = now_ns + CLAMP (share_ns, LEC_NACK_LEAST_NS, LEC_NACK_RARELY_NS);
  else if (now_ns - self->unanswered_ns < LEC_NACK_SILENT_NS)
    self->next_ns = now_ns + MAX (share_ns, LEC_NACK_PROBE_NS);
  else
    self->next_ns = now_ns + MAX (share_ns, LEC_NACK_RARELY_NS);
}

guint
lec_nack_take (LecNack *self,
               gint64 hold_ns,
               gboolean (*comes) (gint64 number, gpointer data),
               gpointer data,
               gint64 shift,
               gint64 now_ns,
               LecNackField *fields)
{
  gint64 numbers[LEC_NACK_MISSING], end = 0;
  guint count = 0, used;

  expire (self, now_ns);
  if (lec_nack_get_wake (self) > now_ns || !check_answers (self, now_ns))
    return 0;
  for (guint i = 0; i < self->count; i++) {
    if (is_to_be_asked (self, &self->entries[i], hold_ns, comes, data, now_ns))
      numbers[count++] = self->entries[i].number;
  }
  used = pack (numbers, count, shift, fields, &end);
  for (guint i = 0; i < count && numbers[i] < end; i++)
    note_asked (self, find (self, numbers[i]), now_ns);
  if (used > 0)
    note_request (self, used, now_ns);
  return used;
}
