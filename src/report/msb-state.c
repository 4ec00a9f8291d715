/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/msb-state.h"

#include "wire/units.h"

/* The times that [MS-MSB] 3.2.2 recommends. */
#define OPEN (20 * SECOND)
#define END_OF_STREAM (30 * SECOND)
#define BEACONS (30 * SECOND)    /* they come each 1 to 10 s */
#define UNDESCRIBED (5 * SECOND) /* an entry of another format may be a short one */

static gboolean
is_undescribed (const LecStats *stats)
{
  return stats->unknown_since_ns >= 0
         && stats->last_packet_ns - stats->unknown_since_ns >= UNDESCRIBED;
}

static LecMsbState
find_before_media (const LecStats *stats, gint64 joined_ns, gint64 now_ns)
{
  const gint64 beacon_ns = stats->last_beacon_ns;

  if (beacon_ns < joined_ns)
    return now_ns - joined_ns < OPEN ? LEC_MSB_STATE_JOINING : LEC_MSB_STATE_MISSING;
  if (now_ns - beacon_ns < BEACONS)
    return LEC_MSB_STATE_WAITING;
  return now_ns - beacon_ns - BEACONS < OPEN ? LEC_MSB_STATE_JOINING : LEC_MSB_STATE_MISSING;
}

LecMsbState
lec_msb_state_find (const LecStats *stats, gint64 joined_ns, gint64 now_ns)
{
  if (is_undescribed (stats) && now_ns - stats->last_packet_ns < UNDESCRIBED)
    return LEC_MSB_STATE_UNDESCRIBED;
  if (stats->last_known_ns < 0 || stats->last_known_ns < joined_ns)
    return find_before_media (stats, joined_ns, now_ns);
  return now_ns - stats->last_known_ns < END_OF_STREAM ? LEC_MSB_STATE_PLAYING
                                                       : LEC_MSB_STATE_ENDED;
}
