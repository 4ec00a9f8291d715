/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/sync.h"

#define MSECOND G_GINT64_CONSTANT (1000000)
#define SECOND (1000 * MSECOND)

#define LIP_MAX (3 * SECOND)  /* further apart are clocks, not delays */
#define EXCESS (40 * MSECOND) /* what all may wait too long, so that no sound has to move */

/* What is known of the streams that report; some of them are still to be placed. */
typedef struct
{
  LecSession *sessions[LEC_MAX_STREAMS];
  LecSessionSync syncs[LEC_MAX_STREAMS];
  gboolean placed[LEC_MAX_STREAMS];
  guint count;
  gboolean one_name;
} Choir;

static void
gather (Choir *choir, LecSession *const *sessions, guint n_sessions)
{
  guint64 name = 0;

  choir->count = 0;
  choir->one_name = TRUE;
  for (guint i = 0; i < MIN (n_sessions, LEC_MAX_STREAMS); i++) {
    LecSessionSync *sync = &choir->syncs[choir->count];

    if (!lec_session_get_sync (sessions[i], sync))
      continue;
    choir->one_name &= name == 0 || sync->cname == 0 || sync->cname == name;
    name = sync->cname != 0 ? sync->cname : name;
    choir->placed[choir->count] = FALSE;
    choir->sessions[choir->count++] = sessions[i];
  }
}

/* One wall clock for each name, in each group of the announcement. Who does not say its name goes
 * with the only one there is; whose clock is far off goes with nobody. */
static gboolean
belong_together (const Choir *choir, guint a, guint b)
{
  const LecSessionSync *x = &choir->syncs[a];
  const LecSessionSync *y = &choir->syncs[b];

  return !choir->placed[a] && !choir->placed[b] && x->group == y->group
         && (x->cname == y->cname || (choir->one_name && (x->cname == 0 || y->cname == 0)))
         && ABS (x->offset_ns - y->offset_ns) < LIP_MAX;
}

static guint
count_companions (const Choir *choir, guint of)
{
  guint companions = 0;

  for (guint i = 0; i < choir->count; i++)
    companions += i != of && belong_together (choir, of, i);
  return companions;
}

/* The stream that most others go with; FALSE when none goes with any. */
static gboolean
find_leader (const Choir *choir, guint *leader)
{
  guint most = 0;

  for (guint i = 0; i < choir->count; i++) {
    guint companions = count_companions (choir, i);

    if (companions <= most)
      continue;
    most = companions;
    *leader = i;
  }
  return most > 0;
}

/* All meet at the latest of them, or a little later, if then the sound can stay where it is. */
static gint64
meeting_point (const Choir *choir, guint leader)
{
  gint64 latest = G_MININT64;
  gint64 kept = G_MININT64;

  for (guint i = 0; i < choir->count; i++) {
    const LecSessionSync *sync = &choir->syncs[i];

    if (!belong_together (choir, leader, i))
      continue;
    latest = MAX (latest, sync->offset_ns);
    if (!sync->video)
      kept = MAX (kept, sync->offset_ns + sync->lip_ns);
  }
  return kept >= latest && kept - latest <= EXCESS ? kept : latest;
}

/* A clock that was set was set for all of them: until all have said so, nothing moves. */
static gboolean
is_disputed (const Choir *choir, guint leader)
{
  for (guint i = 0; i < choir->count; i++) {
    if (belong_together (choir, leader, i) && choir->syncs[i].disputed)
      return TRUE;
  }
  return FALSE;
}

static void
meet (Choir *choir, guint leader)
{
  gint64 point = meeting_point (choir, leader);
  gboolean still = is_disputed (choir, leader);
  gboolean member[LEC_MAX_STREAMS];

  for (guint i = 0; i < choir->count; i++)
    member[i] = belong_together (choir, leader, i);
  for (guint i = 0; i < choir->count; i++) {
    choir->placed[i] |= member[i];
    if (member[i] && !still)
      lec_session_set_lip (choir->sessions[i], point - choir->syncs[i].offset_ns);
  }
}

void
lec_sync_update (LecSession *const *sessions, guint n_sessions)
{
  Choir choir;
  guint leader;

  gather (&choir, sessions, n_sessions);
  while (find_leader (&choir, &leader))
    meet (&choir, leader);
}
