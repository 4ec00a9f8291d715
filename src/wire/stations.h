/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which of the stations that send to the addresses of a channel is received.
 *
 * A station is a host that sends. Anybody may send to a group; so where several do, all streams
 * come from the same one, and the others are kept out: the picture of one and the sound of another
 * make no lecture. Preferred is the one that the viewer has chosen, then one that the announcement
 * knows (its origin, whoever announced it), then the one that was first; but in the first seconds
 * one that sends all streams comes before one that does not. A host that sends a stream which the
 * others do not send is none of the others: a camera and a sound desk may be two computers.
 *
 * Knows no address but as a number, and no clock. Used by one thread. */
#pragma once

#include "channel/channel.h"
#include "wire/packet.h"

G_BEGIN_DECLS

#define LEC_STATIONS_MAX 16      /* known at once; beyond that, those unheard for longest go */
#define LEC_STATIONS_PREFERRED 2 /* that an announcement knows */

/* One host that sends. */
typedef struct
{
  guint64 host;       /* of lec_sender_get_host(); 0: free */
  guint64 packets;    /* that came from it */
  gint64 last_ns;     /* session time of the newest one */
  gboolean is_rival;  /* it sends what the station of the channel sends at the same time */
  gboolean is_closed; /* what it sends could not be opened */
  gint64 heard_ns[LEC_MAX_STREAMS][LEC_MAX_LEGS]; /* newest packet of each; G_MININT64: none */
} LecStation;

/* A plain struct to be embedded, after lec_stations_init(). items, count, ours and heard may be
 * read. */
typedef struct
{
  LecStation items[LEC_STATIONS_MAX];
  guint count;       /* places in use, from the first one on */
  LecStation *ours;  /* (nullable): the station of the channel; NULL: whoever is heard next is */
  LecStation *heard; /* (nullable): that the newest packet came from; NULL: there is no place */
  gint64 begun_ns;   /* first packet of all; G_MININT64: none yet */
  guint64 chosen;    /* host; 0: none */
  guint64 preferred[LEC_STATIONS_PREFERRED]; /* likewise */
  struct
  {
    gboolean is_named; /* the announcement names who sends it */
    gint64 begun_ns;   /* first packet of it; G_MININT64: none yet */
    guint64 source;    /* host that it is taken from; 0: none yet */
  } streams[LEC_MAX_STREAMS][LEC_MAX_LEGS];
} LecStations;

void lec_stations_init (LecStations *self);

/* Forgets who sends, as if the channel had been joined just now. */
void lec_stations_reset (LecStations *self);

/* The announcement itself names who may send this leg of a stream: that may be another host than
 * for the rest. */
void lec_stations_set_named (LecStations *self, guint stream, guint leg);

/* The announcement knows @host; at most #LEC_STATIONS_PREFERRED. */
void lec_stations_prefer (LecStations *self, guint64 host);

/**
 * lec_stations_choose:
 * @host: of lec_sender_get_host(); 0: none in particular
 *
 * What the viewer wants. It holds as long as that host sends.
 */
void lec_stations_choose (LecStations *self, guint64 host);

/**
 * lec_stations_hear:
 * @host: that a packet came from
 * @now_ns: its arrival
 *
 * Returns: how the packet is to be treated
 */
LecStanding
lec_stations_hear (LecStations *self, guint64 host, guint stream, guint leg, gint64 now_ns);

/* What @host sends cannot be opened, as its key is another one: so the channel is not received from
 * it, unless some stream already is. */
void lec_stations_disown (LecStations *self, guint64 host);

/* The source of @stream on @leg is @host now; 0: none. */
void lec_stations_note_source (LecStations *self, guint64 host, guint stream, guint leg);

/* Whether @station was heard on a leg of which the announcement names the senders. */
gboolean lec_stations_is_named (const LecStations *self, const LecStation *station);

/* Whether some stream is taken from @host. */
gboolean lec_stations_is_source (const LecStations *self, guint64 host);

G_END_DECLS
