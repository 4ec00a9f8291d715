/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/stamp-check.h"

#include "wire/units.h"

#define WINDOW (100 * MSECOND)
#define FRAME SECOND    /* the longest that a picture is sent for */
#define SLOW_COUNT 5    /* so many windows in a row... */
#define SLOW 0.75       /* ...got on by less than such a part of the time... */
#define VERY_SLOW 0.3   /* ...and this one of less than that: spans tell finer */
#define SLOW_AGREE 0.15 /* ...and all by about as much: encoders work in fits, clocks do not */
#define STILL 0.05      /* this is not to get on at all */
#define STILL_WEIGHT 8  /* such a window counts as much as so many of another kind */
#define STILL_COUNT (5 * STILL_WEIGHT)
#define WILD SECOND /* further from the one before than it came after it */
#define WILD_COUNT 8
#define UNEVEN 2.0           /* a window that got on by so much more, or less, says nothing fine */
#define SPAN (900 * MSECOND) /* of two of them... */
#define SPAN_COUNT 6         /* ...so many windows at least... */
#define OFF 0.06             /* ...each is off by so much: another rate... */
#define OFF_FAR 0.5          /* ...or so much, where it is uneven... */
#define OFF_AGREE 0.02       /* ...as far as both differ no more, ... */
#define OFF_SHARE 0.1        /* ...and so much of what they are off by */
#define DOUBT_COUNT 6        /* spans that neither prove nor disprove are the sender's way */
#define GOOD 0.02            /* ...or by less than this: the right one... */
#define GOOD_NS (20 * MSECOND)      /* ...with some jitter */
#define GOOD_COUNT 2                /* then they run */
#define GOOD_MOST (GOOD_COUNT << 5) /* after they have seemed to again and again */

void
lec_stamp_check_begin (LecStampCheck *self)
{
  *self = (LecStampCheck){ .stand_still = self->stand_still, .returns = self->returns };
}

static gint64
to_ns (gint64 ticks, guint rate)
{
  return ticks / rate * SECOND + ticks % rate * SECOND / rate;
}

static void
begin_window (LecStampCheck *self, gint64 arrival_ns)
{
  self->top_media = self->top;
  self->began_ns = arrival_ns;
  self->gap_ns = 0;
}

/* What has come so far is no measure for what comes. */
static void
begin_spans (LecStampCheck *self, gint64 media, gint64 arrival_ns)
{
  self->top = media;
  self->slow = 0;
  self->good = 0;
  self->undecided = 0;
  self->span = self->before = (LecStampSpan){ 0 };
  begin_window (self, arrival_ns);
  self->first = TRUE;
}

static double
get_pace (const LecStampSpan *span)
{
  return (double) span->media_ns / (double) span->arrival_ns;
}

static gboolean
is_off (const LecStampSpan *span)
{
  return span->arrival_ns > 0 && ABS (get_pace (span) - 1) > (span->uneven ? OFF_FAR : OFF);
}

/* Both are off, and by as much: what a network does differs from one time to the next. */
static gboolean
is_another_rate (const LecStampCheck *self)
{
  double pace, before;

  if (!is_off (&self->span) || !is_off (&self->before))
    return FALSE;
  pace = get_pace (&self->span);
  before = get_pace (&self->before);
  return ABS (pace - before) < OFF_AGREE + OFF_SHARE * ABS (before - 1);
}

static gboolean
is_good (const LecStampCheck *self)
{
  gint64 error_ns = ABS (self->span.media_ns - self->span.arrival_ns);

  return !self->span.uneven && (double) error_ns < GOOD * (double) self->span.arrival_ns + GOOD_NS;
}

static void
end_span (LecStampCheck *self)
{
  guint needed = MIN (GOOD_COUNT << self->returns, GOOD_MOST);

  self->good = is_good (self) ? self->good + 1 : 0;
  if (self->good >= needed) {
    self->returns += self->stand_still;
    self->proven = TRUE;
    self->stand_still = FALSE;
  } else if (!self->proven && is_another_rate (self)) {
    self->stand_still = TRUE;
  }
  self->proven |= !self->stand_still && ++self->undecided >= DOUBT_COUNT;
  self->before = self->span;
  self->span = (LecStampSpan){ 0 };
}

static void
count_window (LecStampCheck *self, const LecStampSpan *window)
{
  double pace = get_pace (window);

  if (self->slow == 0 || ABS (pace - self->pace) > SLOW_AGREE) {
    self->slow = 0;
    self->pace = pace;
  }
  self->slow = pace < SLOW ? self->slow + 1 : 0;
  if (pace < STILL)
    self->still += STILL_WEIGHT;
  else if (self->still > 0)
    self->still--;
  if (self->still >= STILL_COUNT
      || (!self->proven && self->slow >= SLOW_COUNT && pace < VERY_SLOW)) {
    self->stand_still = TRUE;
    self->proven = FALSE;
    self->still = 0;
    self->good = 0;
  }
}

/* What comes after a jump may come in another way at first: frames sent in another order, a
 * backlog. */
static void
add_to_span (LecStampCheck *self, const LecStampSpan *window)
{
  double pace = get_pace (window);

  self->span.uneven |= pace > UNEVEN || pace < 1 / UNEVEN;
  self->span.media_ns += window->media_ns;
  self->span.arrival_ns += window->arrival_ns;
  self->span.windows++;
  if (self->span.arrival_ns >= SPAN && self->span.windows >= SPAN_COUNT)
    end_span (self);
}

/* One that is mostly silence is the network's, or a pause of the sender's, and only that. */
static void
end_window (LecStampCheck *self, guint rate, gint64 arrival_ns)
{
  const LecStampSpan window
      = { to_ns (self->top - self->top_media, rate), arrival_ns - self->began_ns, 1 };

  if (self->top == self->top_media || self->gap_ns * 2 < window.arrival_ns)
    count_window (self, &window);
  if (!self->first)
    add_to_span (self, &window);
  self->first = FALSE;
  begin_window (self, arrival_ns);
}

/* Whether a frame begins with this packet: in the middle of one nothing can be told. */
static gboolean
is_beginning (const LecStampCheck *self, gint64 media, gint64 arrival_ns, gboolean frames)
{
  return media != self->media || self->marker || !frames || arrival_ns - self->frame_ns > FRAME;
}

/* Takes a time stamp that goes on from the one before. */
static void
go_on (LecStampCheck *self, gint64 media, guint rate, gint64 arrival_ns, gboolean frames)
{
  gboolean behind = media < self->top; /* it was sent behind one that is shown later */

  self->gap_ns = MAX (self->gap_ns, arrival_ns - self->arrival_ns);
  self->top = MAX (self->top, media);
  if (!behind && arrival_ns - self->began_ns >= WINDOW
      && is_beginning (self, media, arrival_ns, frames))
    end_window (self, rate, arrival_ns);
}

gboolean
lec_stamp_check_note (LecStampCheck *self,
                      gint64 media,
                      guint rate,
                      gint64 arrival_ns,
                      gboolean marker,
                      gboolean frames)
{
  gboolean stood_still = self->stand_still;
  gint64 error_ns = to_ns (media - self->media, rate) - (arrival_ns - self->arrival_ns);

  if (!self->running) {
    begin_spans (self, media, arrival_ns);
  } else if (ABS (error_ns) > WILD) {
    begin_spans (self, media, arrival_ns);
    self->proven = FALSE;
    self->stand_still |= ++self->wild >= WILD_COUNT;
  } else {
    if (media != self->media)
      self->wild = 0;
    go_on (self, media, rate, arrival_ns, frames);
  }
  if (!self->running || media != self->media)
    self->frame_ns = arrival_ns;
  self->running = TRUE;
  self->media = media;
  self->arrival_ns = arrival_ns;
  self->marker = marker;
  return self->stand_still != stood_still;
}

gboolean
lec_stamp_check_is_doubtful (const LecStampCheck *self)
{
  if (self->still > 0)
    return TRUE;
  return !self->proven && (self->slow > 0 || is_off (&self->before));
}

gboolean
lec_stamp_check_tells_delay (const LecStampCheck *self)
{
  if (lec_stamp_check_is_doubtful (self))
    return FALSE;
  return self->proven || self->arrival_ns - self->frame_ns <= WINDOW;
}
