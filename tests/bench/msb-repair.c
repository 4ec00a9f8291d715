/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What parity of Windows Media multicast gives back, and what it costs in time: a station, a
 * network that loses, and a session, in virtual time and with the same seeds each time.
 *
 * Says at the end which goals have been reached, and ends well in any case. */
#include <stdio.h>
#include <string.h>

#include "support/msb-station.h"
#include "support/station.h"
#include "wire/asf-packet.h"
#include "wire/msb.h"
#include "wire/session.h"

#define PACKET_SIZE 1400
#define FORMAT 586
#define SPAN 10 /* packets */
#define PACKETS 11000
#define SEEDS 10
#define LONG (20 * SECOND)

typedef enum {
  LOSS_NONE,
  LOSS_SINGLE, /* one datagram of each span and its parity */
  LOSS_RANDOM, /* each eleventh, whichever */
} Loss;

static const struct
{
  const char *name;
  Loss loss;
  guint span;
  MsbNumbers numbers;
} rows[] = {
  { "nothing lost", LOSS_NONE, SPAN, MSB_NUMBERS_HIGH },
  { "1 in each span", LOSS_SINGLE, SPAN, MSB_NUMBERS_HIGH },
  { "1 in each span, without numbers", LOSS_SINGLE, SPAN, MSB_NUMBERS_NONE },
  { "1 in 11, whichever", LOSS_RANDOM, SPAN, MSB_NUMBERS_HIGH },
  { "1 in 11, whichever, no parity", LOSS_RANDOM, 0, MSB_NUMBERS_NONE },
};

typedef struct
{
  guint64 lost, rebuilt, identical, out;
  gint64 longest_ns, sum_ns; /* that a rebuilt packet is later than it would have come */
  gint64 held_ns;            /* that one which had come was kept for it, at the longest */
} Result;

typedef struct
{
  MsbStation station;
  GArray *sent;      /* of MsbDatagram */
  GHashTable *by_id; /* of media */
  guint32 began_ms;
  LecPlayout playout;
  LecSession *session;
  gint64 now_ns;
  Result *result;
} Hall;

static LecSession *
new_session (LecPlayout *playout)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_MSB);
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);

  lec_stream_add_leg (stream, "239.1.1.1", 5004);
  lec_alternative_add_format (alternative, FORMAT, msb_station_make_header (PACKET_SIZE));
  alternative->msb->fec_span = SPAN;
  return lec_session_new (stream, &(LecSessionConfig){ .format = &lec_format_msb,
                                                       .msb = alternative->msb,
                                                       .playout = playout,
                                                       .seed = 1 });
}

static gint64
time_of (const Hall *self, const MsbDatagram *datagram)
{
  return SECOND + (gint64) (datagram->send_ms - self->began_ms) * MSECOND
         + datagram->is_parity * MSECOND;
}

/* The media in it, to the byte: times are others when a packet leaves, and the padding. */
static gboolean
is_identical (const MsbDatagram *sent, const LecPacket *packet)
{
  LecAsfPacket was, is;
  LecAsfPayload a, b;

  if (!lec_asf_packet_read (sent->bytes + LEC_MSB_HEADER, sent->size - LEC_MSB_HEADER, &was)
      || !lec_asf_packet_read (packet->data + packet->payload_offset, packet->payload_size, &is))
    return FALSE;
  while (lec_asf_packet_next (&was, &a)) {
    if (!lec_asf_packet_next (&is, &b) || a.size != b.size || memcmp (a.data, b.data, a.size) != 0
        || a.object != b.object || a.offset != b.offset || a.object_size != b.object_size)
      return FALSE;
  }
  return !lec_asf_packet_next (&is, &b);
}

static void
note (Hall *self, const LecPacket *packet)
{
  const MsbDatagram *sent = g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (packet->sequence));
  const gint64 late_ns = self->now_ns - time_of (self, sent);

  self->result->out++;
  if (!packet->recovered) {
    self->result->held_ns = MAX (self->result->held_ns, late_ns);
    return;
  }
  self->result->rebuilt++;
  self->result->identical += is_identical (sent, packet);
  self->result->sum_ns += late_ns;
  self->result->longest_ns = MAX (self->result->longest_ns, late_ns);
}

static gint64
pull_all (Hall *self)
{
  LecItem item;
  gint64 wake_ns;

  while (lec_session_pull (self->session, self->now_ns, &item, &wake_ns)) {
    if (item.kind == LEC_ITEM_CUE)
      lec_cue_free (item.cue);
    if (item.kind != LEC_ITEM_PACKET)
      continue;
    note (self, item.packet);
    lec_packet_release (item.packet);
  }
  lec_playout_agree (&self->playout);
  return wake_ns;
}

static void
advance (Hall *self, gint64 until_ns)
{
  gint64 wake_ns;

  while ((wake_ns = pull_all (self)) < until_ns)
    self->now_ns = MAX (self->now_ns, wake_ns);
  self->now_ns = until_ns;
}

static void
send_all (Hall *self, Loss loss)
{
  guint gone = G_MAXUINT;

  for (guint i = 0; i < self->sent->len; i++) {
    const MsbDatagram *datagram = &g_array_index (self->sent, MsbDatagram, i);

    if (loss == LOSS_SINGLE && i % (SPAN + 1) == 0)
      gone = i + (guint) g_rand_int_range (self->station.rand, i == 0, SPAN + 1);
    if (loss == LOSS_RANDOM)
      gone = i > 0 && g_rand_int_range (self->station.rand, 0, SPAN + 1) == 0 ? i : G_MAXUINT;
    advance (self, MAX (self->now_ns, time_of (self, datagram)));
    if (i == gone)
      self->result->lost += !datagram->is_parity;
    else
      lec_session_feed (self->session,
                        packet_of_bytes (datagram->bytes, datagram->size, self->now_ns, 7 << 16),
                        0);
  }
  advance (self, self->now_ns + LONG);
}

static void
run (guint32 seed, Loss loss, guint span, MsbNumbers numbers, Result *result)
{
  Hall hall = { .now_ns = SECOND, .result = result };

  msb_station_init (&hall.station, seed);
  hall.station.span = span;
  hall.station.numbers = numbers;
  hall.station.packet_size = PACKET_SIZE;
  hall.began_ms = hall.station.send_ms;
  hall.sent = g_array_new (FALSE, TRUE, sizeof (MsbDatagram));
  hall.by_id = g_hash_table_new (NULL, NULL);
  msb_station_send (&hall.station, PACKETS / SEEDS, hall.sent);
  for (guint i = 0; i < hall.sent->len; i++) {
    MsbDatagram *datagram = &g_array_index (hall.sent, MsbDatagram, i);

    if (!datagram->is_parity)
      g_hash_table_insert (hall.by_id, GUINT_TO_POINTER (datagram->id), datagram);
  }
  lec_playout_init (&hall.playout, LEC_LATENCY_AUTO, LEC_LATENCY_FIRST_NS);
  hall.session = new_session (&hall.playout);
  send_all (&hall, loss);
  lec_session_free (hall.session);
  g_hash_table_unref (hall.by_id);
  g_array_unref (hall.sent);
  msb_station_clear (&hall.station);
}

static double
to_ms (gint64 ns)
{
  return (double) ns / MSECOND;
}

static void
goal (gboolean reached, const char *words)
{
  printf ("  %s  %s\n", reached ? "reached    " : "NOT reached", words);
}

static guint
get_step_ms (void)
{
  MsbStation station;
  guint step_ms;

  msb_station_init (&station, 1);
  step_ms = station.step_ms;
  msb_station_clear (&station);
  return step_ms;
}

int
main (void)
{
  const guint step_ms = get_step_ms (), span_ms = step_ms * (SPAN + 1);
  Result results[G_N_ELEMENTS (rows)] = { 0 };

  printf ("Windows Media multicast: %u packets of %u bytes, one in %u ms, parity after each %u\n",
          PACKETS, PACKET_SIZE, step_ms, SPAN);
  printf ("%-34s%8s%9s%11s%18s%18s%14s\n", "network", "lost", "rebuilt", "identical",
          "later: mean ms", "later: most ms", "held most ms");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Result *result = &results[i];

    for (guint32 seed = 1; seed <= SEEDS; seed++)
      run (seed, rows[i].loss, rows[i].span, rows[i].numbers, result);
    printf ("%-34s%8" G_GUINT64_FORMAT "%8.1f%%%11" G_GUINT64_FORMAT "%18.1f%18.1f%14.1f\n",
            rows[i].name, result->lost,
            result->lost > 0 ? 100.0 * (double) result->rebuilt / (double) result->lost : 100.0,
            result->identical,
            result->rebuilt > 0 ? to_ms (result->sum_ns) / (double) result->rebuilt : 0,
            to_ms (result->longest_ns), to_ms (result->held_ns));
  }
  printf ("\nGoals of repair\n");
  goal (results[1].rebuilt == results[1].lost, "all single losses are rebuilt");
  goal (results[1].identical == results[1].rebuilt && results[3].identical == results[3].rebuilt,
        "what is rebuilt is what was sent, to the byte");
  goal (results[1].longest_ns <= span_ms * MSECOND, "it is later by one span at most");
  return 0;
}
