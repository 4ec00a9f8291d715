/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/timeline.h"

#include "wire/latency.h"
#include "wire/units.h"

#define LATE_COUNT 5 /* so many frames in a row behind time: the sender paused its clock... */
#define LATE_TIME (100 * MSECOND) /* ...if they came over such a time... */
#define LATE_AGREE (50 * MSECOND) /* ...and all as late: a queue that empties catches up */
#define BEHIND_COUNT 8 /* so many numbers in a row whose turn has passed, and none in time... */
#define BEHIND_TIME (500 * MSECOND) /* ...for longer than legs differ: it began anew */

void
lec_timeline_begin (LecTimeline *self)
{
  self->epoch++;
  self->begins = TRUE;
  self->top_valid = FALSE;
  self->late_frames = 0;
  self->behind = 0;
}

guint
lec_timeline_get_epoch (const LecTimeline *self)
{
  return self->epoch;
}

void
lec_timeline_note_frame (LecTimeline *self, gint64 media)
{
  if (!lec_timeline_is_new_frame (self, media))
    return;
  self->top_media = media;
  self->top_valid = TRUE;
}

/* Such a sender comes back behind time for ever, after about as long a silence. Without one it is
 * the network that is slow: then a fixed latency leaves no choice, and an automatic one grows. */
gboolean
lec_timeline_has_paused (LecTimeline *self,
                         const LecPacket *packet,
                         gint64 delay_ns,
                         gint64 most_ns,
                         gboolean may_grow)
{
  if (delay_ns <= most_ns) {
    self->late_frames = 0;
    return FALSE;
  }
  if (self->late_frames == 0 || ABS (delay_ns - self->late_delay_ns) > LATE_AGREE) {
    if (self->late_frames == 0)
      self->late_paused = self->silent_ns >= delay_ns / 2;
    self->late_frames = 0;
    self->late_since_ns = packet->arrival_ns;
    self->late_delay_ns = delay_ns;
  }
  if (++self->late_frames < LATE_COUNT || packet->arrival_ns - self->late_since_ns < LATE_TIME)
    return FALSE;
  return !may_grow || self->late_paused || delay_ns >= LEC_LATENCY_MOST_NS / 2;
}

void
lec_timeline_note_push (LecTimeline *self, LecPush answer, gint64 arrival_ns)
{
  if (answer != LEC_PUSH_QUEUED) {
    self->behind++;
    return;
  }
  self->begins = FALSE;
  self->behind = 0;
  self->behind_since_ns = arrival_ns;
}

/* One packet with a number ahead must not make all that follow late, nor a restart a little lower
 * all of it duplicate: when nothing has been in time for long, what comes is the truth. */
gboolean
lec_timeline_is_behind (const LecTimeline *self, const LecPacket *packet)
{
  return self->behind >= BEHIND_COUNT && packet->arrival_ns - self->behind_since_ns >= BEHIND_TIME;
}
