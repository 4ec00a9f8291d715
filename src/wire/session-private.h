/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the parts of a session share: what comes in (session.c), what goes out (session-pull.c),
 * what is said and heard beside the packets (session-rtcp.c), what is counted (session-stats.c). */
#pragma once

#include "wire/cipher-check.h"
#include "wire/control.h"
#include "wire/habit.h"
#include "wire/interarrival.h"
#include "wire/jitter.h"
#include "wire/leg-meter.h"
#include "wire/loss.h"
#include "wire/media-time.h"
#include "wire/msb-intake.h"
#include "wire/number-check.h"
#include "wire/payload-table.h"
#include "wire/repair-intake.h"
#include "wire/session.h"
#include "wire/source.h"
#include "wire/ts-intake.h"

G_BEGIN_DECLS

G_STATIC_ASSERT (LEC_SOURCE_LEGS == LEC_MAX_LEGS);
G_STATIC_ASSERT (LEC_STATS_LEGS == LEC_MAX_LEGS);

struct _LecSession
{
  const LecFormat *format;
  gboolean has_keys; /* it is announced as encrypted; what is fed has been opened */
  LecPayloadTable payloads;
  guint start_count;
  guint n_legs;
  gboolean video;
  guint sync_group;

  LecHabit habit;
  LecPlayoutStream *playout; /* (unowned) in that of the channel */

  LecNumberCheck number_check;
  LecSource source;
  LecMediaTime time;
  LecJitter *jitter;
  LecLossMeter loss;
  gint64 held_up_ns;    /* this host was kept from running until then */
  gboolean held;        /* what comes out now has waited for something */
  gint64 queued_pts_ns; /* of the newest packet of media */
  gint64 before_pts_ns; /* of the newest one of the stream before the present one */
  LecTsIntake ts;
  LecMsbIntake *msb; /* (nullable): of Windows Media */
  LecRepairIntake repair;
  gboolean without_repair;
  gint64 repair_check_ns; /* no sooner is it asked how long repair takes, if it repairs nothing */
  guint64 left_out;       /* numbers of packets that were nothing to be handed on */

  LecCipherCheck cipher_check; /* of the current source; with keys, of what they do not open */

  LecControl control;
  LecInterarrival interarrival;
  LecLegMeter legs[LEC_SOURCE_LEGS];

  LecStats stats;
};

/* Something came later than it should, if that is known. */
static inline void
lec_session_note_delay (LecSession *self, gint64 delay_ns, gint64 now_ns)
{
  if (lec_stamp_check_tells_delay (&self->time.stamps))
    lec_playout_stream_note_delay (self->playout, delay_ns, now_ns);
}

G_END_DECLS
