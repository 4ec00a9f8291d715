/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/stations.h"

#include <string.h>

#include "wire/units.h"

#define NEVER G_MININT64
#define TOGETHER SECOND /* who is heard twice in this time, with another in between, sends */
#define GRACE                                                                                      \
  (500 * MSECOND)             /* for our station to be heard on a further stream too: groups are   \
                                 joined one after the other */
#define AWAY (2 * SECOND)     /* our station is over, and a rival may take its place */
#define SETTLED (3 * SECOND)  /* after the first packet of all it is known who sends what */
#define FORGET (10 * SECOND)  /* who was not heard for so long is new */
#define SURE 2                /* packets that show that a host really sends */
#define QUIET (250 * MSECOND) /* our station does not send at the moment */

static void
clear_station (LecStation *self, guint64 host)
{
  memset (self, 0, sizeof *self);
  self->host = host;
  self->last_ns = NEVER;
  for (guint i = 0; i < LEC_MAX_STREAMS; i++) {
    for (guint j = 0; j < LEC_MAX_LEGS; j++)
      self->heard_ns[i][j] = NEVER;
  }
}

void
lec_stations_reset (LecStations *self)
{
  self->count = 0;
  self->begun_ns = NEVER;
  self->ours = self->heard = NULL;
  for (guint i = 0; i < LEC_MAX_STREAMS; i++) {
    for (guint j = 0; j < LEC_MAX_LEGS; j++) {
      self->streams[i][j].begun_ns = NEVER;
      self->streams[i][j].source = 0;
    }
  }
}

void
lec_stations_init (LecStations *self)
{
  memset (self, 0, sizeof *self);
  lec_stations_reset (self);
}

void
lec_stations_set_named (LecStations *self, guint stream, guint leg)
{
  self->streams[stream][leg].is_named = TRUE;
}

void
lec_stations_prefer (LecStations *self, guint64 host)
{
  for (guint i = 0; i < LEC_STATIONS_PREFERRED; i++) {
    if (self->preferred[i] == 0 || self->preferred[i] == host) {
      self->preferred[i] = host;
      return;
    }
  }
}

gboolean
lec_stations_is_named (const LecStations *self, const LecStation *station)
{
  for (guint i = 0; i < LEC_MAX_STREAMS; i++) {
    for (guint j = 0; j < LEC_MAX_LEGS; j++) {
      if (self->streams[i][j].is_named && station->heard_ns[i][j] != NEVER)
        return TRUE;
    }
  }
  return FALSE;
}

gboolean
lec_stations_is_source (const LecStations *self, guint64 host)
{
  for (guint i = 0; i < LEC_MAX_STREAMS; i++) {
    for (guint j = 0; j < LEC_MAX_LEGS; j++) {
      if (self->streams[i][j].source == host)
        return TRUE;
    }
  }
  return FALSE;
}

/* ---- who is known ---- */

static LecStation *
find (LecStations *self, guint64 host)
{
  for (guint i = 0; i < self->count; i++) {
    if (self->items[i].host == host)
      return &self->items[i];
  }
  return NULL;
}

/* Returns: (nullable): the place of the one unheard for longest that nothing is taken from */
static LecStation *
find_least (LecStations *self)
{
  LecStation *least = NULL;

  for (guint i = 0; i < self->count; i++) {
    LecStation *station = &self->items[i];

    if (station == self->ours || lec_stations_is_source (self, station->host))
      continue;
    if (least == NULL || station->last_ns < least->last_ns)
      least = station;
  }
  return least;
}

static LecStation *
add (LecStations *self, guint64 host)
{
  LecStation *station
      = self->count < LEC_STATIONS_MAX ? &self->items[self->count++] : find_least (self);

  if (station != NULL)
    clear_station (station, host);
  return station;
}

static LecStation *
find_or_add (LecStations *self, guint64 host)
{
  LecStation *station = find (self, host);

  return station != NULL ? station : add (self, host);
}

static gboolean
was_heard (const LecStation *station, guint stream, guint leg, gint64 now_ns, gint64 within_ns)
{
  gint64 heard_ns = station->heard_ns[stream][leg];

  return heard_ns != NEVER && now_ns - heard_ns < within_ns;
}

/* Whether ours has sent in between what @station sends. One that ends where the other begins is
 * another thing. */
static gboolean
alternates (const LecStations *self,
            const LecStation *station,
            guint stream,
            guint leg,
            gint64 now_ns)
{
  return self->ours != NULL && station != self->ours
         && was_heard (station, stream, leg, now_ns, TOGETHER)
         && self->ours->heard_ns[stream][leg] > station->heard_ns[stream][leg];
}

static void
note (LecStations *self, LecStation *station, guint stream, guint leg, gint64 now_ns)
{
  if (station->last_ns != NEVER && now_ns - station->last_ns > FORGET)
    station->is_rival = station->is_closed = FALSE;
  station->is_rival |= alternates (self, station, stream, leg, now_ns);
  station->packets++;
  station->last_ns = now_ns;
  station->heard_ns[stream][leg] = now_ns;
  if (self->begun_ns == NEVER)
    self->begun_ns = now_ns;
  if (self->streams[stream][leg].begun_ns == NEVER)
    self->streams[stream][leg].begun_ns = now_ns;
}

/* ---- which is ours ---- */

static gboolean
is_wanted (const LecStations *self, const LecStation *station)
{
  if (self->chosen != 0)
    return station->host == self->chosen;
  for (guint i = 0; i < LEC_STATIONS_PREFERRED; i++) {
    if (station->host == self->preferred[i])
      return TRUE;
  }
  return FALSE;
}

/* Whether both have sent the same at about the same time. */
static gboolean
share (const LecStation *a, const LecStation *b)
{
  for (guint i = 0; i < LEC_MAX_STREAMS; i++) {
    for (guint j = 0; j < LEC_MAX_LEGS; j++) {
      if (a->heard_ns[i][j] != NEVER && b->heard_ns[i][j] != NEVER
          && ABS (a->heard_ns[i][j] - b->heard_ns[i][j]) < TOGETHER)
        return TRUE;
    }
  }
  return FALSE;
}

/* What others have sent in its place is theirs no longer. */
static void
set_ours (LecStations *self, LecStation *station)
{
  if (self->ours != NULL && share (self->ours, station))
    self->ours->is_rival = TRUE;
  self->ours = station;
  station->is_rival = FALSE;
  for (guint i = 0; i < LEC_MAX_STREAMS; i++) {
    for (guint j = 0; j < LEC_MAX_LEGS; j++)
      self->streams[i][j].source = 0;
  }
}

/* Whether it has been heard wherever ours has, and of ours a stream is missing that it sends: soon
 * after the beginning, as later on whoever is complete may be anybody. */
static gboolean
is_more_complete (const LecStations *self,
                  const LecStation *station,
                  guint stream,
                  guint leg,
                  gint64 now_ns)
{
  if (self->ours->heard_ns[stream][leg] != NEVER || self->streams[stream][leg].source != 0
      || now_ns - self->streams[stream][leg].begun_ns < TOGETHER
      || now_ns - self->begun_ns > SETTLED)
    return FALSE;
  for (guint i = 0; i < LEC_MAX_STREAMS; i++) {
    for (guint j = 0; j < LEC_MAX_LEGS; j++) {
      if (self->ours->heard_ns[i][j] != NEVER && station->heard_ns[i][j] == NEVER)
        return FALSE;
    }
  }
  return TRUE;
}

/* Whether it is the first one, a better one, or has taken the place of ours, which is gone.
 * @is_repeated: it has sent this stream before */
static gboolean
becomes_ours (const LecStations *self,
              const LecStation *station,
              guint stream,
              guint leg,
              gboolean is_repeated,
              gint64 now_ns)
{
  if (self->ours == NULL)
    return TRUE;
  if (station->is_closed)
    return FALSE;
  if (is_repeated && self->ours->packets < SURE && self->ours->heard_ns[stream][leg] != NEVER)
    return TRUE; /* that was a stray packet */
  if (!is_wanted (self, self->ours) && is_more_complete (self, station, stream, leg, now_ns))
    return TRUE;
  if (is_wanted (self, station) && !is_wanted (self, self->ours))
    return station->packets >= SURE;
  return self->streams[stream][leg].source == station->host
         && now_ns - self->ours->last_ns >= TOGETHER;
}

/* What becomes of a packet that another station sends than ours. */
static LecStanding
judge (const LecStations *self, const LecStation *station, guint stream, guint leg, gint64 now_ns)
{
  gboolean is_ours_here = was_heard (self->ours, stream, leg, now_ns, TOGETHER);
  guint64 source = self->streams[stream][leg].source;

  if (!is_ours_here && source == station->host)
    return LEC_STANDING_ADMITTED;
  if (station->is_rival)
    return now_ns - self->ours->last_ns >= AWAY ? LEC_STANDING_ADMITTED : LEC_STANDING_OTHER;
  if (self->ours->packets >= SURE && was_heard (self->ours, stream, leg, now_ns, QUIET))
    return LEC_STANDING_UNKNOWN;
  if (source == 0 && !is_ours_here && !self->streams[stream][leg].is_named
      && now_ns - self->streams[stream][leg].begun_ns < GRACE)
    return LEC_STANDING_UNKNOWN;
  return LEC_STANDING_ADMITTED;
}

LecStanding
lec_stations_hear (LecStations *self, guint64 host, guint stream, guint leg, gint64 now_ns)
{
  LecStation *station = find_or_add (self, host);
  gboolean is_repeated;

  self->heard = station;
  if (station == NULL)
    return LEC_STANDING_OTHER;
  is_repeated = station->heard_ns[stream][leg] != NEVER;
  note (self, station, stream, leg, now_ns);
  if (station != self->ours && becomes_ours (self, station, stream, leg, is_repeated, now_ns))
    set_ours (self, station);
  return station == self->ours ? LEC_STANDING_OURS : judge (self, station, stream, leg, now_ns);
}

void
lec_stations_choose (LecStations *self, guint64 host)
{
  LecStation *station = host != 0 ? find (self, host) : NULL;

  self->chosen = host;
  if (station != NULL && station != self->ours && self->ours != NULL
      && station->last_ns > self->ours->last_ns - AWAY)
    set_ours (self, station);
}

void
lec_stations_disown (LecStations *self, guint64 host)
{
  if (self->ours == NULL || self->ours->host != host || lec_stations_is_source (self, host))
    return;
  self->ours->is_closed = TRUE;
  self->ours = NULL;
}

void
lec_stations_note_source (LecStations *self, guint64 host, guint stream, guint leg)
{
  self->streams[stream][leg].source = host;
}
