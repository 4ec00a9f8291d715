/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/read-pacer.h"

#include "wire/units.h"

#define EVERY (100 * MSECOND) /* the rate is counted over such a time */
#define MOST (4 * MSECOND)
#define MANY 8 /* readers */
#define MOST_OF_MANY (8 * MSECOND)
#define LATENCY_SHARE 4  /* of the latency, one part in so many at most */
#define HEADROOM_SHARE 8 /* so much of the receive buffer may fill up */
#define WORTH 3 / 2      /* [packets] that a pause must put together */
#define AWAKE (5 * SECOND)

void
lec_read_pacer_start (LecReadPacer *self, gint64 now_ns)
{
  *self = (LecReadPacer){ .since_ns = now_ns, .awake_until_ns = now_ns };
}

void
lec_read_pacer_note (LecReadPacer *self,
                     guint packets,
                     guint readers,
                     guint headroom,
                     gint64 latency_ns,
                     gint64 now_ns)
{
  gint64 elapsed_ns = now_ns - self->since_ns;
  gint64 rate_pps;

  self->packets += packets;
  if (elapsed_ns < EVERY)
    return;
  rate_pps = self->packets * SECOND / elapsed_ns;
  self->pause_ns = MIN (readers > MANY ? MOST_OF_MANY : MOST, latency_ns / LATENCY_SHARE);
  if (rate_pps > 0)
    self->pause_ns = MIN (self->pause_ns, headroom * SECOND / rate_pps / HEADROOM_SHARE);
  if (rate_pps * self->pause_ns < SECOND * WORTH || now_ns < self->awake_until_ns)
    self->pause_ns = 0;
  self->since_ns = now_ns;
  self->packets = 0;
}

void
lec_read_pacer_note_overflow (LecReadPacer *self, gint64 now_ns)
{
  self->pause_ns = 0;
  self->awake_until_ns = now_ns + AWAKE;
}

gint64
lec_read_pacer_get (const LecReadPacer *self)
{
  return self->pause_ns;
}
