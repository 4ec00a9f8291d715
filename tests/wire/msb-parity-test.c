/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/msb-parity.h"

#include <string.h>

#include "support/msb-station.h"
#include "support/station.h"
#include "wire/format.h"
#include "wire/msb.h"
#include "wire/units.h"

#define SPANS 40

typedef struct
{
  MsbStation station;
  GArray *sent; /* of MsbDatagram */
  gboolean *lost;
  guint join; /* the first datagram that is heard */
  LecMsbParity *parity;
  guint rebuilt, came_after_all;
} Story;

static void
begin (Story *self, guint32 seed)
{
  memset (self, 0, sizeof *self);
  msb_station_init (&self->station, seed);
  self->sent = g_array_new (FALSE, TRUE, sizeof (MsbDatagram));
}

static void
send (Story *self, guint announced)
{
  msb_station_send (&self->station, SPANS * self->station.span, self->sent);
  self->lost = g_new0 (gboolean, self->sent->len);
  self->parity = lec_msb_parity_new (announced, self->station.packet_size);
}

static void
end (Story *self)
{
  lec_msb_parity_free (self->parity);
  g_array_unref (self->sent);
  g_free (self->lost);
  msb_station_clear (&self->station);
  g_assert_cmpint (packets_alive (), ==, 0);
}

static MsbDatagram *
at (const Story *self, guint index)
{
  return &g_array_index (self->sent, MsbDatagram, index);
}

/* What was rebuilt is to the byte what was sent, but for what error correction has in it. */
static void
check_rebuilt (Story *self, LecPacket *packet)
{
  if (packet == NULL)
    return;
  for (guint i = 0; i < self->sent->len; i++) {
    MsbDatagram expected = *at (self, i);

    if (expected.is_parity || expected.id != packet->sequence)
      continue;
    memcpy (expected.bytes + LEC_MSB_HEADER, "\x82\0\0", 3);
    g_assert_cmpmem (packet->data, packet->size, expected.bytes, expected.size);
    g_assert_cmpuint (packet->payload_size, ==, packet->size - LEC_MSB_HEADER);
    g_assert_true (packet->recovered);
    g_assert_true (lec_format_msb.parse (packet));
    g_assert_cmpint (packet->role, ==, LEC_ROLE_MEDIA);
    g_assert_cmpuint (packet->timestamp, ==, expected.send_ms);
    lec_packet_release (packet);
    self->rebuilt++;
    return;
  }
  g_assert_not_reached (); /* nobody has sent that */
}

static void
hear (Story *self, guint index)
{
  const MsbDatagram *datagram = at (self, index);
  LecPacket *packet;

  if (self->lost[index] || index < self->join)
    return;
  packet = packet_of_bytes (datagram->bytes, datagram->size, index * 10 * MSECOND, 1);
  g_assert_true (lec_format_msb.parse (packet));
  if (packet->role == LEC_ROLE_REPAIR) {
    check_rebuilt (self, lec_msb_parity_take (self->parity, packet));
    return;
  }
  self->came_after_all += lec_msb_parity_take_back (self->parity, packet->sequence);
  check_rebuilt (self, lec_msb_parity_note (self->parity, packet));
  lec_packet_release (packet);
}

/* Of each span one packet is lost, another one each time, parity included. */
static guint
lose_one_of_each (Story *self)
{
  guint lost = 0;

  for (guint i = 0; i < SPANS; i++) {
    const guint gone
        = (guint) g_rand_int_range (self->station.rand, 0, (gint32) self->station.span + 1);
    const guint index = i * (self->station.span + 1) + gone;

    self->lost[index] = TRUE;
    lost += !at (self, index)->is_parity;
  }
  return lost;
}

/* ---- all single losses ---- */

static const struct
{
  const char *story;
  guint span, announced;
  MsbNumbers numbers;
  gboolean whole;
  guint start; /* number of the first packet */
} spans[] = {
  { "as Windows Media Services send", 10, 10, MSB_NUMBERS_HIGH },
  { "numbers in the lower half", 10, 10, MSB_NUMBERS_LOW },
  { "no numbers", 10, 10, MSB_NUMBERS_NONE },
  { "padding left in", 10, 10, MSB_NUMBERS_NONE, TRUE },
  { "shorter than announced", 5, 10, MSB_NUMBERS_NONE },
  { "shorter than announced, numbered", 5, 10, MSB_NUMBERS_HIGH },
  { "the longest", 15, 15, MSB_NUMBERS_HIGH },
  { "the longest, without numbers", 15, 15, MSB_NUMBERS_NONE },
  { "two", 2, 10, MSB_NUMBERS_LOW },
  { "one", 1, 10, MSB_NUMBERS_HIGH },
  { "numbers wrap", 10, 10, MSB_NUMBERS_NONE, FALSE, 0xffffffff - 150 },
};

static void
test_single (gconstpointer data)
{
  const typeof (spans[0]) *row = data;

  for (guint32 seed = 1; seed <= 20; seed++) {
    Story story;
    guint lost;

    begin (&story, seed);
    story.station.span = row->span;
    story.station.numbers = row->numbers;
    story.station.whole = row->whole;
    story.station.id = row->start;
    story.station.cycle = (guint8) (seed * 50);
    send (&story, row->announced);
    lost = lose_one_of_each (&story);
    if (story.lost[0] && row->numbers == MSB_NUMBERS_NONE) { /* as if it was joined then */
      story.lost[0] = FALSE;
      lost--;
    }
    for (guint i = 0; i < story.sent->len; i++)
      hear (&story, i);
    /* of the first span without numbers, nobody knows where it began */
    if (row->numbers == MSB_NUMBERS_NONE || row->span == 1)
      g_assert_cmpuint (lost - story.rebuilt, <=, 1 + (row->span == 1));
    else
      g_assert_cmpuint (story.rebuilt, ==, lost);
    g_assert_cmpuint (lec_msb_parity_get_held (story.parity), ==, 0);
    end (&story);
  }
}

/* ---- other orders ---- */

/* Neighbours change places, so that parity overtakes the last packet of its span, and is overtaken
 * by the first of the next. */
static void
test_swapped (void)
{
  for (guint32 seed = 1; seed <= 20; seed++) {
    Story story;
    guint lost;

    begin (&story, seed);
    story.station.numbers = seed % 3;
    send (&story, 10);
    for (guint i = 0; i < 2 * 11; i++)
      hear (&story, i);
    lost = lose_one_of_each (&story);
    for (guint i = 0; i < 2 * 11; i++)
      lost -= story.lost[i] && !at (&story, i)->is_parity;
    for (guint i = 2 * 11; i + 1 < story.sent->len; i += 2) {
      const gboolean swap = g_rand_boolean (story.station.rand);

      hear (&story, i + swap);
      hear (&story, i + !swap);
    }
    g_assert_cmpuint (story.rebuilt - story.came_after_all, ==, lost);
    end (&story);
  }
}

/* Packets that come behind the parity of their span, as late as that of the next but one. */
static void
test_late (void)
{
  for (guint delay = 1; delay <= 24; delay++) {
    Story story;

    begin (&story, delay);
    story.station.numbers = delay % 3;
    send (&story, 10);
    for (guint i = 0; i < story.sent->len; i++) {
      const guint late = i - delay;

      /* from the third span on, the 9th packet is late and the 4th lost */
      if (i < 33 || (i % 11 != 3 && i % 11 != 8))
        hear (&story, i);
      if (i >= 33 + delay && late % 11 == 8)
        hear (&story, late);
    }
    g_assert_cmpuint (story.rebuilt, >=, SPANS - 3 - 3);
    end (&story);
  }
}

/* The same twice adds nothing. */
static void
test_doubled (void)
{
  Story story;
  guint lost;

  begin (&story, 3);
  story.station.numbers = MSB_NUMBERS_HIGH;
  send (&story, 10);
  lost = lose_one_of_each (&story);
  for (guint i = 0; i < story.sent->len; i++) {
    hear (&story, i);
    hear (&story, i);
    if (i > 3)
      hear (&story, i - 3);
  }
  g_assert_cmpuint (story.rebuilt, ==, lost);
  end (&story);
}

/* ---- what cannot be repaired ---- */

static void
test_two_lost (void)
{
  Story story;

  begin (&story, 4);
  story.station.numbers = MSB_NUMBERS_HIGH;
  send (&story, 10);
  for (guint i = 0; i < SPANS; i++)
    story.lost[i * 11 + 2] = story.lost[i * 11 + 7] = TRUE;
  for (guint i = 0; i < story.sent->len; i++)
    hear (&story, i);
  g_assert_cmpuint (story.rebuilt, ==, 0);
  g_assert_cmpuint (lec_msb_parity_get_held (story.parity), ==, 4);
  g_assert_cmpuint (lec_msb_parity_get_spent (story.parity), ==, SPANS - 4);
  g_assert_cmpuint (lec_msb_parity_get_unrepaired (story.parity), ==, 2 * (SPANS - 4));
  end (&story);
}

/* Joined anywhere, with any one packet of the first two spans lost: nothing is made up, and with
 * numbers what was lost after the join is rebuilt. */
static void
test_join (void)
{
  for (guint join = 0; join < 11; join++) {
    for (guint lost = join + 1; lost < 22; lost++) {
      for (MsbNumbers numbers = MSB_NUMBERS_NONE; numbers <= MSB_NUMBERS_LOW; numbers++) {
        Story story;
        gboolean expected;

        begin (&story, join * 100 + lost);
        story.station.numbers = numbers;
        send (&story, 10);
        story.lost[lost] = TRUE;
        story.join = join;
        for (guint i = 0; i < 33; i++)
          hear (&story, i);
        if (lost % 11 == 10)
          expected = FALSE;
        else
          expected = lost > 10 || (numbers != MSB_NUMBERS_NONE && join == 0 && lost < 10);
        /* what was missed by joining at the second packet comes too, as a gift */
        if (numbers != MSB_NUMBERS_NONE && join == 1 && lost == 10)
          expected = FALSE;
        if (lost > 10)
          g_assert_cmpuint (story.rebuilt, >=, expected);
        else
          g_assert_cmpuint (story.rebuilt, ==, expected);
        end (&story);
      }
    }
  }
}

/* Where the sum is not that of the packets, nothing that is no packet comes out, nor more than
 * the parity could hold. */
static void
test_lies (void)
{
  for (guint32 seed = 1; seed <= 200; seed++) {
    Story story;

    begin (&story, seed);
    story.station.numbers = seed % 3;
    send (&story, 1 + seed % 15);
    for (guint i = 0; i < story.sent->len; i++) {
      MsbDatagram *datagram = at (&story, i);
      LecPacket *packet, *rebuilt;

      if (g_rand_int_range (story.station.rand, 0, 8) == 0)
        continue;
      if (g_rand_int_range (story.station.rand, 0, 3) == 0)
        datagram->bytes[g_rand_int_range (story.station.rand, 0, (gint32) datagram->size)]
            = (guint8) g_rand_int (story.station.rand);
      packet = packet_of_bytes (datagram->bytes, datagram->size, i * MSECOND, 1);
      if (!lec_format_msb.parse (packet)) {
        lec_packet_release (packet);
        continue;
      }
      if (packet->role == LEC_ROLE_REPAIR) {
        rebuilt = lec_msb_parity_take (story.parity, packet);
      } else {
        rebuilt = lec_msb_parity_note (story.parity, packet);
        lec_packet_release (packet);
      }
      if (rebuilt == NULL)
        continue;
      g_assert_cmpuint (rebuilt->size, <=, LEC_MSB_HEADER + story.station.packet_size);
      g_assert_true (lec_format_msb.parse (rebuilt));
      g_assert_cmpint (rebuilt->role, ==, LEC_ROLE_MEDIA);
      lec_packet_release (rebuilt);
    }
    end (&story);
  }
}

/* Another stream has nothing to do with the one before, whatever its numbers and cycles. */
static void
test_reset (void)
{
  Story story;

  begin (&story, 6);
  story.station.numbers = MSB_NUMBERS_HIGH;
  send (&story, 10);
  for (guint i = 0; i < 27; i++) {
    hear (&story, i);
    g_assert_cmpint (lec_msb_parity_is_young (story.parity), ==, i < 44);
  }
  g_assert_cmpint (lec_msb_parity_get_time (story.parity), ==, 100 * MSECOND);
  lec_msb_parity_reset (story.parity);
  g_assert_false (lec_msb_parity_is_young (story.parity));
  g_assert_cmpint (lec_msb_parity_get_time (story.parity), ==, 0);
  hear (&story, 32); /* the parity of what was forgotten */
  g_assert_cmpuint (story.rebuilt, ==, 0);
  end (&story);
}

/* No error correction, nothing to wait for. */
static void
test_none (void)
{
  Story story;

  begin (&story, 7);
  story.station.span = 0;
  msb_station_send (&story.station, 50, story.sent);
  story.lost = g_new0 (gboolean, story.sent->len);
  story.parity = lec_msb_parity_new (10, story.station.packet_size);
  for (guint i = 0; i < story.sent->len; i++)
    hear (&story, i);
  g_assert_cmpuint (story.rebuilt, ==, 0);
  g_assert_false (lec_msb_parity_is_young (story.parity));
  end (&story);
}

/* Where packets say that they are of spans, and parity of none comes, it is not awaited for long.
 */
static void
test_never (void)
{
  Story story;

  begin (&story, 8);
  story.station.numbers = MSB_NUMBERS_NONE;
  send (&story, 10);
  for (guint i = 0; i < story.sent->len; i++) {
    story.lost[i] = at (&story, i)->is_parity;
    hear (&story, i);
    g_assert_cmpint (lec_msb_parity_is_young (story.parity), ==, i < 44);
  }
  end (&story);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (spans); i++) {
    g_autofree char *path = g_strdup_printf ("/msb-parity/single/%s", spans[i].story);

    g_test_add_data_func (path, &spans[i], test_single);
  }
  g_test_add_func ("/msb-parity/swapped", test_swapped);
  g_test_add_func ("/msb-parity/late", test_late);
  g_test_add_func ("/msb-parity/doubled", test_doubled);
  g_test_add_func ("/msb-parity/two-lost", test_two_lost);
  g_test_add_func ("/msb-parity/join", test_join);
  g_test_add_func ("/msb-parity/lies", test_lies);
  g_test_add_func ("/msb-parity/reset", test_reset);
  g_test_add_func ("/msb-parity/none", test_none);
  g_test_add_func ("/msb-parity/never", test_never);
  return g_test_run ();
}
