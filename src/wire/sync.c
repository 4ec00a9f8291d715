/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/sync.h"

#include <string.h>

#include "wire/units.h"

#define LIP_MAX (3 * SECOND)  /* further apart are clocks, not delays */
#define EXCESS (40 * MSECOND) /* what all may wait too long, so that no sound has to move */

/* What is known of the streams that report; some of them are still to be placed. */
typedef struct
{
  LecPlayoutStream *streams[LEC_MAX_STREAMS];
  LecSessionSync syncs[LEC_MAX_STREAMS];
  gboolean placed[LEC_MAX_STREAMS];
  guint count;
  gboolean one_name;
} SyncGroup;

static gboolean
has_same_name (const LecSessionSync *a, const LecSessionSync *b)
{
  return a->cname_length == b->cname_length && memcmp (a->cname, b->cname, a->cname_length) == 0;
}

static void
gather (SyncGroup *group, LecSession *const *sessions, guint n_sessions, LecPlayout *playout)
{
  const LecSessionSync *named = NULL;

  group->count = 0;
  group->one_name = TRUE;
  for (guint i = 0; i < MIN (n_sessions, LEC_MAX_STREAMS); i++) {
    LecSessionSync *sync = &group->syncs[group->count];

    if (!lec_session_get_sync (sessions[i], sync))
      continue;
    if (sync->cname_length > 0) {
      group->one_name &= named == NULL || has_same_name (named, sync);
      named = sync;
    }
    group->placed[group->count] = FALSE;
    group->streams[group->count++] = lec_playout_get_stream (playout, i);
  }
}

/* One wall clock for each name, in each group of the announcement. Who does not say its name goes
 * with the only one there is; whose clock is far off goes with nobody. */
static gboolean
belong_together (const SyncGroup *group, guint a, guint b)
{
  const LecSessionSync *x = &group->syncs[a];
  const LecSessionSync *y = &group->syncs[b];

  return !group->placed[a] && !group->placed[b] && x->group == y->group
         && (has_same_name (x, y)
             || (group->one_name && (x->cname_length == 0 || y->cname_length == 0)))
         && ABS (x->offset_ns - y->offset_ns) < LIP_MAX;
}

static guint
count_companions (const SyncGroup *group, guint of)
{
  guint companions = 0;

  for (guint i = 0; i < group->count; i++)
    companions += i != of && belong_together (group, of, i);
  return companions;
}

/* The stream that most others go with; FALSE when none goes with any. */
static gboolean
find_leader (const SyncGroup *group, guint *leader)
{
  guint most = 0;

  for (guint i = 0; i < group->count; i++) {
    guint companions = count_companions (group, i);

    if (companions <= most)
      continue;
    most = companions;
    *leader = i;
  }
  return most > 0;
}

/* All meet at the latest of them, or a little later, if then the sound can stay where it is. */
static gint64
meeting_point (const SyncGroup *group, guint leader)
{
  gint64 latest = G_MININT64;
  gint64 kept = G_MININT64;

  for (guint i = 0; i < group->count; i++) {
    const LecSessionSync *sync = &group->syncs[i];

    if (!belong_together (group, leader, i))
      continue;
    latest = MAX (latest, sync->offset_ns);
    if (!sync->video)
      kept = MAX (kept, sync->offset_ns + lec_playout_stream_get_sync_offset (group->streams[i]));
  }
  return kept >= latest && kept - latest <= EXCESS ? kept : latest;
}

/* A clock that was set was set for all of them: until all have said so, nothing moves. */
static gboolean
is_disputed (const SyncGroup *group, guint leader)
{
  for (guint i = 0; i < group->count; i++) {
    if (belong_together (group, leader, i) && group->syncs[i].disputed)
      return TRUE;
  }
  return FALSE;
}

static void
meet (SyncGroup *group, guint leader)
{
  gint64 point = meeting_point (group, leader);
  gboolean still = is_disputed (group, leader);
  gboolean member[LEC_MAX_STREAMS];

  for (guint i = 0; i < group->count; i++)
    member[i] = belong_together (group, leader, i);
  for (guint i = 0; i < group->count; i++) {
    group->placed[i] |= member[i];
    if (member[i] && !still)
      lec_playout_stream_set_sync_offset (group->streams[i], point - group->syncs[i].offset_ns);
  }
}

void
lec_sync_update (LecSession *const *sessions, guint n_sessions, LecPlayout *playout)
{
  SyncGroup group;
  guint leader;

  gather (&group, sessions, n_sessions, playout);
  while (find_leader (&group, &leader))
    meet (&group, leader);
}
