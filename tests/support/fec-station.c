/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "support/fec-station.h"

#include <string.h>

#define RTP_HEADER 12
#define BODY_MOST 1500

/* The sum that all schemes write, each in its own places. */
typedef struct
{
  guint8 first, second;
  guint32 timestamp;
  guint16 length;
  guint8 body[BODY_MOST];
  guint size;
} Sum;

static void
put (guint8 *bytes, guint64 value, guint n)
{
  for (guint i = 0; i < n; i++)
    bytes[i] = (guint8) (value >> 8 * (n - 1 - i));
}

static guint32
get (const guint8 *bytes, guint n)
{
  guint32 value = 0;

  for (guint i = 0; i < n; i++)
    value = value << 8 | bytes[i];
  return value;
}

/* Now and then with a contributing source, an extension and padding, which count as the rest does.
 */
static FecDatagram
make_media (const FecStation *station, gint64 number, GRand *rand)
{
  const guint most = station->size > 0 ? station->size : 200;
  const guint length = (guint) g_rand_int_range (rand, (gint32) most / 2, (gint32) most + 1);
  FecDatagram datagram = { .number = number, .sent_ns = SECOND + number * station->interval_ns };
  guint8 *at = datagram.bytes + RTP_HEADER;

  datagram.bytes[0] = 0x80;
  datagram.bytes[1]
      = (guint8) (FEC_STATION_PAYLOAD | (g_rand_int_range (rand, 0, 4) == 0 ? 0x80 : 0));
  put (datagram.bytes + 2, (guint16) (station->sequence + number), 2);
  put (datagram.bytes + 4, (guint32) (number * (station->interval_ns / 1000) * 90 / 1000), 4);
  put (datagram.bytes + 8, FEC_STATION_SSRC, 4);
  if (!station->plain && g_rand_int_range (rand, 0, 8) == 0) {
    datagram.bytes[0] |= 0x11; /* X, and one CSRC */
    put (at, 77, 4);
    put (at + 4, 0xbede0001, 4);
    put (at + 8, 0x10ff0000, 4);
    at += 12;
  }
  for (guint i = 0; i < length; i++)
    *at++ = (guint8) g_rand_int (rand);
  if (!station->plain && g_rand_int_range (rand, 0, 8) == 0) {
    datagram.bytes[0] |= 0x20;
    put (at, 2, 2);
    at += 2;
  }
  datagram.size = (guint) (at - datagram.bytes);
  return datagram;
}

static void
add_to_sum (Sum *sum, const FecDatagram *datagram)
{
  const guint length = datagram->size - RTP_HEADER;

  sum->first ^= datagram->bytes[0] & 0x3f;
  sum->second ^= datagram->bytes[1];
  sum->timestamp ^= get (datagram->bytes + 4, 4);
  sum->length ^= (guint16) length;
  for (guint i = 0; i < length; i++)
    sum->body[i] ^= datagram->bytes[RTP_HEADER + i];
  sum->size = MAX (sum->size, length);
}

static Sum
sum_up (const GArray *media, gint64 base, guint stride, guint count)
{
  Sum sum = { 0 };

  for (guint i = 0; i < count; i++)
    add_to_sum (&sum, &g_array_index (media, FecDatagram, base + i * stride));
  return sum;
}

/* ST 2022-1, 7: its SSRC is 0, and its time stamp of no use. */
static FecDatagram
make_2022_1 (const FecStation *station,
             const GArray *media,
             gint64 base,
             guint stride,
             guint count,
             gboolean is_row,
             guint16 sequence)
{
  const Sum sum = sum_up (media, base, stride, count);
  FecDatagram datagram = { .is_parity = TRUE, .number = base };
  guint8 *header = datagram.bytes + RTP_HEADER;

  datagram.bytes[0] = 0x80 | sum.first;
  datagram.bytes[1] = (guint8) ((sum.second & 0x80) | 96);
  put (datagram.bytes + 2, sequence, 2);
  put (header, (guint16) (station->sequence + base), 2);
  put (header + 2, sum.length, 2);
  header[4] = 0x80 | (sum.second & 0x7f);
  put (header + 8, sum.timestamp, 4);
  header[12] = is_row ? 0x40 : 0;
  header[13] = (guint8) stride;
  header[14] = (guint8) count;
  memcpy (header + 16, sum.body, sum.size);
  datagram.size = RTP_HEADER + 16 + sum.size;
  return datagram;
}

/* RFC 5109, 7: in the media's own sequence, which moves the numbers of all that follows. */
static FecDatagram
make_ulp (const GArray *group, guint16 sequence)
{
  Sum sum = { 0 };
  FecDatagram datagram = { .is_parity = TRUE };
  guint8 *header = datagram.bytes + RTP_HEADER;
  const FecDatagram *first = &g_array_index (group, FecDatagram, 0);
  guint64 mask = 0;

  for (guint i = 0; i < group->len; i++) {
    const FecDatagram *packet = &g_array_index (group, FecDatagram, i);
    const guint ahead = (guint16) (get (packet->bytes + 2, 2) - get (first->bytes + 2, 2));

    mask |= G_GUINT64_CONSTANT (1) << (47 - ahead);
    add_to_sum (&sum, packet);
  }
  datagram.number = first->number;
  datagram.sent_ns = g_array_index (group, FecDatagram, group->len - 1).sent_ns + 1000;
  datagram.bytes[0] = 0x80;
  datagram.bytes[1] = FEC_STATION_PARITY;
  put (datagram.bytes + 2, sequence, 2);
  memcpy (datagram.bytes + 8, first->bytes + 8, 4);
  header[0] = 0x40 | sum.first; /* the long mask */
  header[1] = sum.second;
  memcpy (header + 2, first->bytes + 2, 2);
  put (header + 4, sum.timestamp, 4);
  put (header + 8, sum.length, 2);
  put (header + 10, sum.size, 2);
  put (header + 12, mask, 6);
  memcpy (header + 18, sum.body, sum.size);
  datagram.size = RTP_HEADER + 18 + sum.size;
  return datagram;
}

/* RFC 8627, 4.2.2, and draft 03, with a source of its own. A matrix, or, where @stride is 0, a mask
 * of @count numbers. */
static FecDatagram
make_flex (const FecStation *station,
           const GArray *media,
           gint64 base,
           guint stride,
           guint count,
           guint16 sequence)
{
  const Sum sum = sum_up (media, base, MAX (stride, 1), count);
  FecDatagram datagram = { .is_parity = TRUE, .number = base };
  guint8 *at = datagram.bytes + RTP_HEADER;
  const guint64 bits
      = G_GUINT64_CONSTANT (0x3fffffffffff) << (46 - count) & G_GUINT64_CONSTANT (0x3fffffffffff);

  datagram.bytes[0] = station->draft ? 0x80 : 0x81;
  datagram.bytes[1] = 110;
  put (datagram.bytes + 2, sequence, 2);
  put (datagram.bytes + 8, 0x87654321, 4);
  if (!station->draft) {
    put (at, FEC_STATION_SSRC, 4);
    at += 4;
  }
  at[0] = (guint8) ((stride > 0 ? 0x40 : 0) | sum.first);
  at[1] = sum.second;
  put (at + 2, sum.length, 2);
  put (at + 4, sum.timestamp, 4);
  at += 8;
  if (station->draft) {
    at[0] = 1;
    put (at + 4, FEC_STATION_SSRC, 4);
    at += 8;
  }
  put (at, (guint16) (station->sequence + base), 2);
  at += 2;
  if (stride > 0) {
    at[0] = (guint8) (stride == 1 ? count : stride);
    at[1] = (guint8) (stride == 1 ? 1 : count);
    at += 2;
  } else {
    put (at, (station->draft ? 0 : 0x8000) | bits >> 31, 2);
    put (at + 2, (station->draft ? 0x80000000 : 0) | (bits & 0x7fffffff), 4);
    at += 6;
  }
  memcpy (at, sum.body, sum.size);
  datagram.size = (guint) (at - datagram.bytes) + sum.size;
  return datagram;
}

/* Masks of groups, right behind them, in a stream of their own. */
static void
send_flex_masks (const FecStation *station, const GArray *media, GArray *sent)
{
  guint16 sequence = 7;

  for (guint i = 0; i < media->len; i++) {
    const FecDatagram *packet = &g_array_index (media, FecDatagram, i);
    FecDatagram parity;

    g_array_append_val (sent, *packet);
    if ((i + 1) % station->columns != 0)
      continue;
    parity = make_flex (station, media, i + 1 - station->columns, 0, station->columns, sequence++);
    parity.sent_ns = packet->sent_ns + 1000;
    g_array_append_val (sent, parity);
  }
}

static FecDatagram
make_part (const FecStation *station,
           const GArray *media,
           gint64 base,
           gboolean is_row,
           guint16 sequence)
{
  const guint stride = is_row ? 1 : station->columns;
  const guint count = is_row ? station->columns : station->rows;

  return station->scheme == LEC_REPAIR_FLEXFEC
             ? make_flex (station, media, base, stride, count, sequence)
             : make_2022_1 (station, media, base, stride, count, is_row, sequence);
}

/* Rows follow their last packet; columns come one behind each row of the next matrix, or faster
 * where there are more of them than rows. */
static void
send_matrices (const FecStation *station, const GArray *media, GArray *sent)
{
  const guint columns = station->columns, matrix = columns * station->rows;
  guint16 sequences[2] = { 100, 65500 };
  guint column = 0;

  for (guint i = 0; i < media->len; i++) {
    const FecDatagram *packet = &g_array_index (media, FecDatagram, i);
    const guint done = i + 1;
    FecDatagram parity;

    g_array_append_val (sent, *packet);
    if (done % columns != 0)
      continue;
    if (!station->without_rows) {
      parity = make_part (station, media, done - columns, TRUE, sequences[1]++);
      parity.sent_ns = packet->sent_ns + station->interval_ns / 4;
      g_array_append_val (sent, parity);
    }
    if (done <= matrix || station->only_rows)
      continue;
    if (done % matrix == columns)
      column = 0;
    for (guint n = 0; n < (columns + station->rows - 1) / station->rows && column < columns; n++) {
      parity = make_part (station, media, (done - 1) / matrix * matrix - matrix + column, FALSE,
                          sequences[0]++);
      parity.sent_ns = packet->sent_ns + station->interval_ns / 2;
      g_array_append_val (sent, parity);
      column++;
    }
  }
}

static void
send_groups (const FecStation *station, const GArray *media, GArray *sent)
{
  g_autoptr (GArray) group = g_array_new (FALSE, FALSE, sizeof (FecDatagram));
  guint16 sequence = station->sequence;

  for (guint i = 0; i < media->len; i++) {
    FecDatagram packet = g_array_index (media, FecDatagram, i);

    put (packet.bytes + 2, sequence++, 2);
    if (station->groups_end_frames)
      packet.bytes[1] = FEC_STATION_PAYLOAD | (group->len + 1 == station->columns ? 0x80 : 0);
    g_array_append_val (sent, packet);
    g_array_append_val (group, packet);
    if (group->len < station->columns)
      continue;
    packet = make_ulp (group, sequence++);
    g_array_append_val (sent, packet);
    g_array_set_size (group, 0);
  }
}

GArray *
fec_station_send (const FecStation *station)
{
  g_autoptr (GArray) media = g_array_new (FALSE, FALSE, sizeof (FecDatagram));
  g_autoptr (GRand) rand = g_rand_new_with_seed (station->seed);
  GArray *sent = g_array_new (FALSE, FALSE, sizeof (FecDatagram));

  for (guint i = 0; i < station->packets; i++) {
    const FecDatagram packet = make_media (station, i, rand);

    g_array_append_val (media, packet);
  }
  if (station->scheme == LEC_REPAIR_ULPFEC)
    send_groups (station, media, sent);
  else if (station->scheme == LEC_REPAIR_FLEXFEC && station->rows == 0)
    send_flex_masks (station, media, sent);
  else
    send_matrices (station, media, sent);
  return sent;
}

LecPacket *
fec_station_packet (const FecDatagram *datagram, gint64 arrival_ns)
{
  LecPacket *packet = lec_packet_new (LEC_PACKET_SLOT);

  memcpy (packet->data, datagram->bytes, datagram->size);
  packet->size = datagram->size;
  packet->arrival_ns = arrival_ns;
  packet->sender = FEC_STATION_SENDER;
  packet->standing = LEC_STANDING_ADMITTED;
  return packet;
}
