/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "support/station.h"

#include <math.h>
#include <string.h>

#define TS_PACKET 188

typedef struct
{
  LecPacket packet;
  Arrival arrival;
} TestPacket;

static gint alive;

Station
station_audio (void)
{
  return (Station){
    .ssrc = 1,
    .sender = 1,
    .rate = 8000,
    .frame_ns = 20 * MSECOND,
    .per_frame = 1,
    .sequence = 1000,
    .timestamp = 160000,
    .next_ns = SECOND,
  };
}

Station
station_video (void)
{
  return (Station){
    .ssrc = 2,
    .sender = 1,
    .payload_type = 96,
    .rate = 90000,
    .frame_ns = 40 * MSECOND,
    .per_frame = 4,
    .sequence = 5000,
    .timestamp = 900000,
    .next_ns = SECOND,
  };
}

Station
station_lecture (void)
{
  Station station = station_video ();

  station.key_every = 50;
  station.per_key = 40;
  return station;
}

Station
station_studio (void)
{
  return (Station){
    .ssrc = 3,
    .sender = 1,
    .payload_type = 98,
    .rate = 48000,
    .frame_ns = MSECOND,
    .per_frame = 1,
    .sequence = 9000,
    .timestamp = 480000,
    .next_ns = SECOND,
  };
}

void
trace_init (Trace *trace)
{
  trace->arrivals = g_array_new (FALSE, FALSE, sizeof (Arrival));
  trace->sent = 0;
}

void
trace_clear (Trace *trace)
{
  g_array_unref (trace->arrivals);
}

Arrival *
trace_at (const Trace *trace, guint index)
{
  return &g_array_index (trace->arrivals, Arrival, index);
}

void
trace_put (Trace *trace, const Station *station, gint64 at_ns, guint16 sequence, guint32 timestamp)
{
  Arrival arrival = {
    .arrival_ns = at_ns,
    .truth_ns = at_ns,
    .number = trace->sent++,
    .sequence = sequence,
    .timestamp = timestamp,
    .ssrc = station->ssrc,
    .sender = station->sender,
    .payload_type = station->payload_type,
  };

  g_array_append_val (trace->arrivals, arrival);
}

static void
send_frame (Trace *trace, Station *station)
{
  gboolean key = station->key_every > 0 && station->frames++ % station->key_every == 0;
  guint count = MAX (key ? station->per_key : station->per_frame, 1);

  for (guint i = 0; i < count; i++) {
    trace_put (trace, station, station->next_ns + i * station->frame_ns / 4 / count,
               station->sequence++, (guint32) (gint64) station->timestamp);
    trace_at (trace, trace->arrivals->len - 1)->truth_ns = station->next_ns;
    trace_at (trace, trace->arrivals->len - 1)->marker = i == count - 1;
  }
}

void
trace_send (Trace *trace, Station *station, guint frames)
{
  double slower = 1 + station->drift_ppm * 1e-6;
  gint64 start_ns = station->next_ns;
  double start_timestamp = station->timestamp;

  for (guint i = 0; i < frames; i++) {
    double gone = (double) (i + 1) * (double) station->frame_ns;

    send_frame (trace, station);
    station->next_ns = start_ns + (gint64) (gone * slower);
    station->timestamp = start_timestamp + round (gone * station->rate / SECOND);
  }
}

void
trace_drop (Trace *trace, guint number)
{
  for (guint i = 0; i < trace->arrivals->len; i++) {
    if (trace_at (trace, i)->number == number)
      g_array_remove_index (trace->arrivals, i--);
  }
}

void
trace_delay (Trace *trace, gint64 from_ns, gint64 to_ns, gint64 delay_ns)
{
  for (guint i = 0; i < trace->arrivals->len; i++) {
    Arrival *arrival = trace_at (trace, i);

    if (arrival->truth_ns >= from_ns && arrival->truth_ns < to_ns)
      arrival->arrival_ns += delay_ns;
  }
}

void
trace_reroute (Trace *trace, gint64 from_ns, gint64 to_ns, gint64 delay_ns)
{
  trace_delay (trace, from_ns, to_ns, delay_ns);
  for (guint i = 0; i < trace->arrivals->len; i++) {
    Arrival *arrival = trace_at (trace, i);

    if (arrival->truth_ns >= from_ns && arrival->truth_ns < to_ns)
      arrival->truth_ns += (arrival->route_ns = delay_ns);
  }
}

void
trace_hold_up (Trace *trace, gint64 from_ns, gint64 to_ns)
{
  for (guint i = 0; i < trace->arrivals->len; i++) {
    Arrival *arrival = trace_at (trace, i);

    if (arrival->arrival_ns >= from_ns && arrival->arrival_ns < to_ns)
      arrival->read_ns = to_ns;
  }
}

gint64
arrival_get_read_time (const Arrival *arrival)
{
  return MAX (arrival->arrival_ns, arrival->read_ns);
}

void
trace_hump (Trace *trace, gint64 from_ns, gint64 to_ns, gint64 height_ns)
{
  for (guint i = 0; i < trace->arrivals->len; i++) {
    Arrival *arrival = trace_at (trace, i);
    double at = (double) (arrival->truth_ns - from_ns) / (double) (to_ns - from_ns);

    if (at > 0 && at < 1)
      arrival->arrival_ns += (gint64) ((double) height_ns * MIN (1, 4 * MIN (at, 1 - at)));
  }
}

static gint64
dice_ns (GRand *rng, gint64 longest)
{
  return (gint64) (g_rand_double (rng) * (double) longest);
}

void
trace_weather (Trace *trace, const Impairment *impairment, guint32 seed)
{
  g_autoptr (GRand) rng = g_rand_new_with_seed (seed);
  GArray *calm = trace->arrivals;
  gboolean burst = FALSE;
  gint64 last_ns = G_MININT64;

  trace->arrivals = g_array_new (FALSE, FALSE, sizeof (Arrival));
  for (guint i = 0; i < calm->len; i++) {
    Arrival arrival = g_array_index (calm, Arrival, i);

    if (impairment->jitter_ns > 0)
      arrival.arrival_ns
          -= (gint64) (log (1 - g_rand_double (rng)) * (double) impairment->jitter_ns);
    if (impairment->spike > 0 && g_rand_double (rng) < impairment->spike)
      arrival.arrival_ns += impairment->spike_ns[0]
                            + dice_ns (rng, impairment->spike_ns[1] - impairment->spike_ns[0]);
    arrival.arrival_ns = last_ns = MAX (arrival.arrival_ns, last_ns);
    burst = burst ? g_rand_double (rng) >= impairment->burst_end
                  : g_rand_double (rng) < impairment->burst;
    if (burst || g_rand_double (rng) < impairment->loss)
      continue;
    if (g_rand_double (rng) < impairment->overtaken)
      arrival.arrival_ns += dice_ns (rng, impairment->overtaken_ns);
    g_array_append_val (trace->arrivals, arrival);
    if (g_rand_double (rng) < impairment->doubled) {
      arrival.arrival_ns += dice_ns (rng, impairment->doubled_ns);
      g_array_append_val (trace->arrivals, arrival);
    }
  }
  g_array_unref (calm);
  trace_sort (trace);
}

static int
compare_arrivals (const void *a, const void *b)
{
  const Arrival *x = a;
  const Arrival *y = b;

  if (x->arrival_ns != y->arrival_ns)
    return x->arrival_ns < y->arrival_ns ? -1 : 1;
  return (x->number > y->number) - (x->number < y->number);
}

void
trace_sort (Trace *trace)
{
  g_array_sort (trace->arrivals, compare_arrivals);
}

static void
release_test_packet (LecPacket *packet)
{
  alive--;
  g_free (packet->data);
  g_free (packet);
}

LecPacket *
packet_of_bytes (const guint8 *bytes, gsize size, gint64 arrival_ns, guint64 sender)
{
  TestPacket *self = g_new0 (TestPacket, 1);

  /* what is behind it are other bytes each time: whoever reads too far shows that */
  self->packet.data = g_malloc (size + LEC_PACKET_SPARE);
  memset (self->packet.data + size, alive, LEC_PACKET_SPARE);
  if (size > 0)
    memcpy (self->packet.data, bytes, size);
  self->packet.size = self->packet.capacity = (guint32) size;
  self->packet.arrival_ns = arrival_ns;
  self->packet.sender = sender;
  self->packet.release = release_test_packet;
  alive++;
  return &self->packet;
}

LecPacket *
packet_of_arrival (const Arrival *arrival)
{
  guint8 rtp[] = {
    0x80,
    (guint8) (arrival->payload_type | (arrival->marker ? 0x80 : 0)),
    (guint8) (arrival->sequence >> 8),
    (guint8) arrival->sequence,
    (guint8) (arrival->timestamp >> 24),
    (guint8) (arrival->timestamp >> 16),
    (guint8) (arrival->timestamp >> 8),
    (guint8) arrival->timestamp,
    (guint8) (arrival->ssrc >> 24),
    (guint8) (arrival->ssrc >> 16),
    (guint8) (arrival->ssrc >> 8),
    (guint8) arrival->ssrc,
    'x',
  };
  guint8 ts[TS_PACKET] = { 0x47 };
  LecPacket *packet = arrival->bare
                          ? packet_of_bytes (ts, sizeof ts, arrival->arrival_ns, arrival->sender)
                          : packet_of_bytes (rtp, sizeof rtp, arrival->arrival_ns, arrival->sender);

  ((TestPacket *) packet)->arrival = *arrival;
  return packet;
}

const Arrival *
arrival_of_packet (const LecPacket *packet)
{
  return &((const TestPacket *) packet)->arrival;
}

gint
packets_alive (void)
{
  return alive;
}
