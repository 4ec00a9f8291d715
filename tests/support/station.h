/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A station that sends RTP, and a network that is unkind to it: both made up, in virtual time.
 *
 * A trace is the list of datagrams as they arrive. Stations write into it what an ideal network
 * would deliver; then it is delayed, thinned out, doubled. The same seed makes the same trouble. */
#pragma once

#include "wire/packet.h"
#include "wire/units.h"

/* One datagram of a trace, and what is true of it. */
typedef struct
{
  gint64 arrival_ns;
  gint64 read_ns;  /* when the receiver got to read it, where it was held up; 0: at once */
  gint64 truth_ns; /* when it would have arrived undelayed: what its PTS should be */
  gint64 route_ns; /* the part of that which a longer route has added since the sender was joined */
  guint number;    /* in the order of sending, over all stations of the trace */
  guint16 sequence;
  guint32 timestamp;
  guint32 ssrc;
  guint64 sender;
  guint8 payload_type;
  gboolean marker;
  gboolean bare; /* a transport stream packet without RTP */
  guint leg;
} Arrival;

typedef struct
{
  guint32 ssrc;
  guint64 sender;
  guint8 payload_type;
  guint rate;       /* [Hz] of its time stamps */
  gint64 frame_ns;  /* from one frame to the next, by the station's clock */
  guint per_frame;  /* [packets], evenly over a quarter of the frame's time; 0 counts as 1 */
  guint key_every;  /* [frames] from one key frame to the next; 0: there are none */
  guint per_key;    /* [packets] of a key frame */
  guint frames;     /* sent so far */
  double drift_ppm; /* how much slower than ours the station's clock runs */
  guint16 sequence; /* of the next packet */
  double timestamp; /* of the next frame */
  gint64 next_ns;   /* when that is sent */
} Station;

typedef struct
{
  GArray *arrivals; /* of Arrival */
  guint sent;       /* packets */
} Trace;

/* What a network does to each packet. Unset fields do nothing. */
typedef struct
{
  gint64 jitter_ns;    /* mean of an exponential delay that keeps the order */
  double spike;        /* chance of a further delay, for which all that follow wait too... */
  gint64 spike_ns[2];  /* ...from so long to so long */
  double loss;         /* chance to be lost */
  double burst;        /* chance that a burst of losses begins (Gilbert-Elliott)... */
  double burst_end;    /* ...and that it ends with the packet at hand */
  double overtaken;    /* chance of a further delay, which others overtake */
  gint64 overtaken_ns; /* longest such delay */
  double doubled;      /* chance to come again */
  gint64 doubled_ns;   /* longest time later */
} Impairment;

/* Audio: 20 ms packets at 8 kHz from SSRC 1, first sent at one second. */
Station station_audio (void);
/* Video: 25 frames a second of four packets each, at 90 kHz. */
Station station_video (void);
/* Likewise, with a key frame of forty packets every two seconds. */
Station station_lecture (void);
/* Audio over the wires of a studio (AES67): 1 ms packets at 48 kHz. */
Station station_studio (void);

void trace_init (Trace *trace);
void trace_clear (Trace *trace);
/* The station sends so many frames. */
void trace_send (Trace *trace, Station *station, guint frames);
/* One datagram by hand, numbered as sent now. */
void
trace_put (Trace *trace, const Station *station, gint64 at_ns, guint16 sequence, guint32 timestamp);
void trace_drop (Trace *trace, guint number);
/* All packets sent in [@from_ns, @to_ns) take that much longer. */
void trace_delay (Trace *trace, gint64 from_ns, gint64 to_ns, gint64 delay_ns);
/* Likewise, and so they should: from then on that is the least that any packet takes. */
void trace_reroute (Trace *trace, gint64 from_ns, gint64 to_ns, gint64 delay_ns);
/* The receiver is kept from running: what arrives in [@from_ns, @to_ns) is read at @to_ns. */
void trace_hold_up (Trace *trace, gint64 from_ns, gint64 to_ns);
/* Returns: when the receiver reads @arrival */
gint64 arrival_get_read_time (const Arrival *arrival);
/* A queue that fills and empties: up to @height_ns in the middle. */
void trace_hump (Trace *trace, gint64 from_ns, gint64 to_ns, gint64 height_ns);
void trace_weather (Trace *trace, const Impairment *impairment, guint32 seed);
/* Into the order of arrival; packets that arrive together stay in the order of sending. */
void trace_sort (Trace *trace);
Arrival *trace_at (const Trace *trace, guint index);

/* The packet of an arrival. It is counted until it is released. */
LecPacket *packet_of_arrival (const Arrival *arrival);
const Arrival *arrival_of_packet (const LecPacket *packet);
/* A packet of any bytes, counted likewise. */
LecPacket *packet_of_bytes (const guint8 *bytes, gsize size, gint64 arrival_ns, guint64 sender);
/* Packets made here and not released yet. */
gint packets_alive (void);
