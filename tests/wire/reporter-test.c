/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* When and what is reported, in virtual time: reporters that hear each other, or what a table makes
 * them hear. */
#include "wire/reporter.h"

#include <string.h>

#include "wire/units.h"

#define RATE 400000 /* [bit/s]: so much that only the least interval counts */
#define STATION 1u
#define OTHER_HOST ((guint64) 7 << 16)

/* The stream of an announcement that asks for reports. */
typedef struct
{
  LecChannelInfo *info;
  LecStream *stream;
  LecLeg *leg;
} Asked;

static Asked
asked_new (gint64 receivers, gint64 senders)
{
  Asked asked = { .info = lec_channel_info_new () };

  asked.stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (asked.info, LEC_KIND_RTP), LEC_MEDIA_VIDEO);
  asked.leg = lec_stream_add_leg (asked.stream, "239.1.1.1", 5004);
  asked.leg->rtcp_port = 5005;
  asked.stream->rtcp_receivers = receivers;
  asked.stream->rtcp_senders = senders;
  return asked;
}

static void
init (LecReporter *self, gint64 receivers, gint64 senders, guint32 seed)
{
  Asked asked = asked_new (receivers, senders);

  lec_reporter_init (self, seed * 2654435761u);
  lec_reporter_allow (self, asked.stream, "abcdefghijklmnop", seed);
  lec_channel_info_free (asked.info);
}

/* What comes of a station that sends 100 packets a second without loss. */
static LecReceptionReport
tally_at (gint64 now_ns)
{
  gint64 packets = now_ns / (10 * MSECOND);

  return (LecReceptionReport){
    .ssrc = STATION, .first = 1, .highest = packets, .received = (guint64) packets
  };
}

/* ---- what is asked for ---- */

static void
test_wanted (void)
{
  Asked asked = asked_new (1000, -1);
  const char *source[] = { "192.0.2.1", NULL };

  g_assert_true (lec_reporter_is_wanted (&lec_format_rtp, asked.stream));
  g_assert_false (lec_reporter_is_wanted (&lec_format_ts, asked.stream));
  asked.stream->rtcp_receivers = 0;
  g_assert_false (lec_reporter_is_wanted (&lec_format_rtp, asked.stream));
  asked.stream->rtcp_receivers = -1;
  g_assert_false (lec_reporter_is_wanted (&lec_format_rtp, asked.stream));
  asked.stream->rtcp_receivers = 1;

  asked.leg->rtcp_port = 0;
  g_assert_false (lec_reporter_is_wanted (&lec_format_rtp, asked.stream));
  asked.leg->rtcp_port = 5004; /* multiplexed */
  g_assert_true (lec_reporter_is_wanted (&lec_format_rtp, asked.stream));

  asked.leg->rtcp_group
      = g_strdup ("192.0.2.7"); /* a host that would get what it did not ask for */
  g_assert_false (lec_reporter_is_wanted (&lec_format_rtp, asked.stream));
  g_free (asked.leg->rtcp_group);
  asked.leg->rtcp_group = g_strdup ("232.1.1.1");
  g_assert_false (lec_reporter_is_wanted (&lec_format_rtp, asked.stream));
  g_free (asked.leg->rtcp_group);
  asked.leg->rtcp_group = g_strdup ("239.1.1.2");
  g_assert_true (lec_reporter_is_wanted (&lec_format_rtp, asked.stream));

  asked.leg->sources = g_strdupv ((char **) source);
  g_assert_false (lec_reporter_is_wanted (&lec_format_rtp, asked.stream));
  g_clear_pointer (&asked.leg->sources, g_strfreev);

  lec_stream_add_leg (asked.stream, "239.1.1.3", 5004);
  g_assert_false (lec_reporter_is_wanted (&lec_format_rtp, asked.stream));
  ((LecLeg *) g_ptr_array_index (asked.stream->legs, 1))->rtcp_port = 5005;
  g_assert_true (lec_reporter_is_wanted (&lec_format_rtp, asked.stream));
  lec_stream_add_key (asked.stream, "AES_CM_128_HMAC_SHA1_80", g_bytes_new_static ("", 0), NULL);
  g_assert_true (lec_reporter_is_wanted (&lec_format_rtp, asked.stream));
  lec_channel_info_free (asked.info);
}

static void
test_silent (void)
{
  guint8 bytes[LEC_RTCP_MAX];
  LecReporter self;

  lec_reporter_init (&self, 1);
  lec_reporter_begin (&self, 0);
  g_assert_cmpint (lec_reporter_get_wake (&self), ==, G_MAXINT64);
  g_assert_cmpuint (lec_reporter_write_bye (&self, bytes), ==, 0);

  init (&self, RATE, -1, 1); /* nothing has come yet */
  g_assert_cmpint (lec_reporter_get_wake (&self), ==, G_MAXINT64);
  lec_reporter_clear (&self);
}

/* ---- when ---- */

/* Alone: half of five seconds before the first report, then five, give or take. */
static void
test_alone (void)
{
  double first = 0, later = 0;
  guint n_later = 0;

  for (guint32 seed = 1; seed <= 500; seed++) {
    gint64 past_ns = 0;
    LecReporter self;

    init (&self, RATE, -1, seed);
    lec_reporter_begin (&self, 0);
    for (guint i = 0; i < 10;) {
      gint64 now_ns = lec_reporter_get_wake (&self);
      LecReceptionReport tally = tally_at (now_ns);
      guint8 bytes[LEC_RTCP_MAX];
      double interval = (double) (now_ns - past_ns) / SECOND;

      if (lec_reporter_write (&self, &tally, NULL, now_ns, bytes) == 0)
        continue;
      /* 0.5 to 1.5 times, by e - 3/2 */
      g_assert_cmpfloat (interval, >=, (i == 0 ? 2.5 : 5) * 0.41);
      g_assert_cmpfloat (interval, <=, (i == 0 ? 2.5 : 5) * 1.24);
      if (i == 0)
        first += interval;
      else
        later += interval;
      n_later += i > 0;
      past_ns = now_ns;
      i++;
    }
    lec_reporter_clear (&self);
  }
  g_assert_cmpfloat (ABS (first / 500 / 2.5 - 1), <, 0.05);
  g_assert_cmpfloat (ABS (later / n_later / 5 - 1), <, 0.05);
}

/* Many reporters, each of whom hears all others at once. */
typedef struct
{
  LecReporter *members;
  guint count;
  gint64 now_ns;
  guint64 reports, bytes; /* headers below RTCP included */
  gint64 counted_from_ns;
} Crowd;

static void
crowd_init (Crowd *crowd, guint count, gint64 rate)
{
  memset (crowd, 0, sizeof *crowd);
  crowd->members = g_new0 (LecReporter, count);
  crowd->count = count;
  for (guint i = 0; i < count; i++)
    init (&crowd->members[i], rate, 0, i + 1);
}

static void
crowd_clear (Crowd *crowd)
{
  for (guint i = 0; i < crowd->count; i++)
    lec_reporter_clear (&crowd->members[i]);
  g_free (crowd->members);
}

static void
crowd_tell (Crowd *crowd, guint from, const guint8 *bytes, gsize size)
{
  if (crowd->now_ns >= crowd->counted_from_ns) {
    crowd->reports++;
    crowd->bytes += size + 28;
  }
  for (guint i = 0; i < crowd->count; i++) {
    if (i != from)
      lec_reporter_process (&crowd->members[i], bytes, size, (guint64) (from + 100) << 16,
                            crowd->now_ns);
  }
}

static void
crowd_run (Crowd *crowd, gint64 until_ns)
{
  for (;;) {
    guint8 bytes[LEC_RTCP_MAX];
    guint next = 0;
    LecReceptionReport tally;
    gsize size;

    for (guint i = 1; i < crowd->count; i++) {
      if (lec_reporter_get_wake (&crowd->members[i])
          < lec_reporter_get_wake (&crowd->members[next]))
        next = i;
    }
    if (lec_reporter_get_wake (&crowd->members[next]) >= until_ns)
      break;
    crowd->now_ns = MAX (crowd->now_ns, lec_reporter_get_wake (&crowd->members[next]));
    tally = tally_at (crowd->now_ns + SECOND);
    size = lec_reporter_write (&crowd->members[next], &tally, NULL, crowd->now_ns, bytes);
    if (size > 0)
      crowd_tell (crowd, next, bytes, size);
  }
  crowd->now_ns = until_ns;
}

/* A thousand members: together they take what was announced, not more. */
static void
test_bandwidth (void)
{
  Crowd crowd;
  double rate;

  crowd_init (&crowd, 1000, 8000); /* 1000 bytes a second: two minutes for each to have its turn */
  for (guint i = 0; i < crowd.count; i++)
    lec_reporter_begin (&crowd.members[i], i * 10 * MSECOND);
  crowd.counted_from_ns = 300 * SECOND;
  crowd_run (&crowd, 1200 * SECOND);
  rate = (double) crowd.bytes / 900;
  g_test_message ("%u members: %.0f bytes/s of 1000, %u reports", crowd.count, rate,
                  (guint) crowd.reports);
  g_assert_cmpfloat (rate, <, 1050);
  g_assert_cmpfloat (rate, >, 950);
  g_assert_cmpuint (lec_participants_get_members (&crowd.members[5].participants), ==, 999);
  crowd_clear (&crowd);
}

/* All come in the same moment: without reconsideration a thousand reports would come in the first
 * three seconds, forty times what is allowed. */
static void
test_flash_crowd (void)
{
  Crowd crowd;

  crowd_init (&crowd, 1000, 8000);
  for (guint i = 0; i < crowd.count; i++)
    lec_reporter_begin (&crowd.members[i], 0);
  crowd_run (&crowd, 3100 * MSECOND);
  g_test_message ("%u reports in the first three seconds", (guint) crowd.reports);
  g_assert_cmpuint (crowd.reports, <, 200);
  crowd.counted_from_ns = crowd.now_ns;
  crowd.bytes = 0;
  crowd_run (&crowd, 33100 * MSECOND);
  g_test_message ("then %.0f bytes/s of 1000", (double) crowd.bytes / 30);
  g_assert_cmpfloat ((double) crowd.bytes / 30, <, 2000); /* until all have heard of each other */
  crowd_clear (&crowd);
}

/* Of 500 all but ten say goodbye: who stays has its turn soon, and is not thought to have gone. */
static void
test_crowd_leaves (void)
{
  guint8 bytes[LEC_RTCP_MAX];
  gint64 wake_ns;
  Crowd crowd;

  crowd_init (&crowd, 500, 8000);
  for (guint i = 0; i < crowd.count; i++)
    lec_reporter_begin (&crowd.members[i], i * 10 * MSECOND);
  crowd_run (&crowd, 300 * SECOND);
  for (guint i = 10; i < 500; i++) {
    LecReporter *self = &crowd.members[i];
    gsize size = lec_rtcp_write (bytes, self->ssrc, NULL, 0, "x", TRUE);

    for (guint j = 0; j < 10; j++)
      lec_reporter_process (&crowd.members[j], bytes, size, (guint64) (i + 100) << 16,
                            crowd.now_ns);
  }
  for (guint i = 0; i < 10; i++) {
    wake_ns = lec_reporter_get_wake (&crowd.members[i]);
    g_assert_cmpint (wake_ns - crowd.now_ns, <, 3 * SECOND);
    g_assert_cmpuint (lec_participants_get_members (&crowd.members[i].participants), ==, 9);
  }
  crowd_clear (&crowd);
}

/* Members that nobody has: they make us slower, never faster, and are forgotten. */
static void
test_made_up_members (void)
{
  g_autoptr (GRand) rng = g_rand_new_with_seed (1);
  LecReporter self;
  guint8 bytes[LEC_RTCP_MAX];
  gint64 quiet_ns;

  init (&self, 8000, -1, 1);
  lec_reporter_begin (&self, 0);
  for (guint i = 0; i < 20000; i++) {
    gsize size = lec_rtcp_write (bytes, g_rand_int (rng), NULL, 0, "x", FALSE);

    lec_reporter_process (&self, bytes, size, OTHER_HOST, SECOND);
  }
  while (self.sent == 0) {
    LecReceptionReport tally = tally_at (lec_reporter_get_wake (&self));

    g_assert_cmpint (lec_reporter_get_wake (&self), <, 100000 * SECOND);
    lec_reporter_write (&self, &tally, NULL, lec_reporter_get_wake (&self), bytes);
  }
  quiet_ns = self.past_ns;
  g_test_message ("first report after %.0f s", (double) quiet_ns / SECOND);
  g_assert_cmpint (quiet_ns, >, 60 * SECOND);
  lec_reporter_clear (&self);
}

/* ---- what ---- */

static LecReportBlock
block_of (const guint8 *bytes, gsize size, guint32 *ssrc)
{
  LecRtcpReader reader = lec_rtcp_read (bytes, size);
  LecReportBlock block = { 0 };
  LecRtcpItem item;

  g_assert_true (lec_rtcp_check (bytes, size));
  while (lec_rtcp_next (&reader, &item)) {
    *ssrc = item.ssrc;
    if (item.kind == LEC_RTCP_BLOCK)
      block = item.block;
  }
  return block;
}

static LecReportBlock
next_block (LecReporter *self, const LecReceptionReport *tally)
{
  guint8 bytes[LEC_RTCP_MAX];
  guint32 ssrc = 0;

  for (guint i = 0; i < 100; i++) {
    gsize size = lec_reporter_write (self, tally, NULL, lec_reporter_get_wake (self), bytes);

    if (size > 0)
      return block_of (bytes, size, &ssrc);
  }
  g_error ("no report");
}

static void
test_blocks (void)
{
  static const struct
  {
    const char *story;
    LecReceptionReport tally;
    guint fraction;
    gint lost;
    guint highest;
  } rows[] = {
    { "all came", { .ssrc = 1, .first = 1, .highest = 100, .received = 100 }, 0, 0, 100 },
    { "half of it", { .ssrc = 1, .first = 1, .highest = 200, .received = 150 }, 128, 50, 200 },
    { "nothing lost since",
      { .ssrc = 1, .first = 1, .highest = 300, .received = 250 },
      0,
      50,
      300 },
    { "what was late came after all",
      { .ssrc = 1, .first = 1, .highest = 310, .received = 300 },
      0,
      10,
      310 },
    { "wrapped",
      { .ssrc = 1, .first = 1, .highest = 70000, .received = 300 + 69690 },
      0,
      10,
      70000 },
    { "nearly nothing",
      { .ssrc = 1, .first = 1, .highest = 80000, .received = 69991 },
      255,
      10009,
      80000 },
    { "another sender", { .ssrc = 2, .first = 500, .highest = 509, .received = 9 }, 25, 1, 509 },
    { "the same again from another number",
      { .ssrc = 2, .first = 60000, .highest = 60003, .received = 4 },
      0,
      0,
      60003 },
    { "more lost than can be told",
      { .ssrc = 2, .first = 60000, .highest = 60003 + 9000000, .received = 5 },
      255,
      0x7fffff,
      60003 + 9000000 },
  };
  LecReporter self;

  init (&self, RATE, -1, 1);
  lec_reporter_begin (&self, 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LecReportBlock block = next_block (&self, &rows[i].tally);

    g_test_message ("%s", rows[i].story);
    g_assert_cmpuint (block.ssrc, ==, rows[i].tally.ssrc);
    g_assert_cmpuint (block.fraction, ==, rows[i].fraction);
    g_assert_cmpint (block.lost, ==, rows[i].lost);
    g_assert_cmpuint (block.highest, ==, rows[i].highest);
    g_assert_cmpuint (block.last_report, ==, 0);
    g_assert_cmpuint (block.delay, ==, 0);
  }
  lec_reporter_clear (&self);
}

static void
test_round_trip_fields (void)
{
  LecReceptionReport tally = tally_at (SECOND);
  LecReportBlock block;
  LecReporter self;

  init (&self, RATE, -1, 1);
  lec_reporter_begin (&self, 0);
  tally.sender_ntp = G_GUINT64_CONSTANT (0x1111222233334444);
  tally.sender_report_ns = lec_reporter_get_wake (&self) - 1500 * MSECOND;
  block = next_block (&self, &tally);
  g_assert_cmphex (block.last_report, ==, 0x22223333);
  /* the turn may come a little later than it was first thought */
  g_assert_cmpfloat (
      ABS (block.delay / 65536.0 - (double) (self.past_ns - tally.sender_report_ns) / SECOND), <,
      1e-4);
  lec_reporter_clear (&self);
}

/* As long as nothing new comes nothing is said; when it does, reports go on. */
static void
test_pause (void)
{
  LecReceptionReport tally = tally_at (SECOND);
  guint8 bytes[LEC_RTCP_MAX];
  LecReporter self;

  init (&self, RATE, -1, 1);
  lec_reporter_begin (&self, 0);
  next_block (&self, &tally);
  for (guint i = 0; i < 100; i++) {
    gint64 wake_ns = lec_reporter_get_wake (&self);

    g_assert_cmpuint (lec_reporter_write (&self, i % 2 ? &tally : NULL, NULL, wake_ns, bytes), ==,
                      0);
    g_assert_cmpint (lec_reporter_get_wake (&self), >, wake_ns);
  }
  g_assert_cmpuint (self.sent, ==, 1);
  tally = tally_at (2 * SECOND);
  next_block (&self, &tally);
  lec_reporter_clear (&self);
}

/* ---- goodbye ---- */

static void
test_goodbye (void)
{
  static const struct
  {
    gboolean reported;
    guint others;
    gboolean said;
  } rows[] = { { FALSE, 0, FALSE }, { TRUE, 0, TRUE }, { TRUE, 49, TRUE }, { TRUE, 50, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LecReceptionReport tally = tally_at (SECOND);
    guint8 bytes[LEC_RTCP_MAX];
    LecReporter self;
    gsize size;

    init (&self, RATE, -1, 1);
    lec_reporter_begin (&self, 0);
    if (rows[i].reported)
      next_block (&self, &tally);
    for (guint j = 0; j < rows[i].others; j++) {
      size = lec_rtcp_write (bytes, j, NULL, 0, "x", FALSE);
      lec_reporter_process (&self, bytes, size, OTHER_HOST, SECOND);
    }
    size = lec_reporter_write_bye (&self, bytes);
    g_assert_cmpint (size > 0, ==, rows[i].said);
    g_assert_true (size == 0 || lec_rtcp_check (bytes, size));
    lec_reporter_reset (&self);
    g_assert_cmpuint (lec_reporter_write_bye (&self, bytes), ==, 0);
    lec_reporter_clear (&self);
  }
}

/* Somebody else has our number: goodbye to it, once, and on under another one. If the same one
 * takes that too, it is our own voice that comes back. */
static void
test_collision (void)
{
  LecReceptionReport tally = tally_at (SECOND);
  guint8 bytes[LEC_RTCP_MAX];
  guint32 before, leaving;
  LecReporter self;
  gsize size;

  init (&self, RATE, -1, 1);
  lec_reporter_begin (&self, 0);
  before = self.ssrc;
  size = lec_rtcp_write (bytes, before, NULL, 0, "x", FALSE);
  lec_reporter_process (&self, bytes, size, (guint64) 9 << 16, SECOND);
  g_assert_cmpuint (self.ssrc, !=, before); /* nobody knew it yet: no goodbye */
  g_assert_cmpint (lec_reporter_get_wake (&self), >, SECOND);

  next_block (&self, &tally);
  before = self.ssrc;
  size = lec_rtcp_write (bytes, before, NULL, 0, "x", FALSE);
  lec_reporter_process (&self, bytes, size, OTHER_HOST, 10 * SECOND);
  g_assert_cmpint (lec_reporter_get_wake (&self), ==, 10 * SECOND);
  size = lec_reporter_write (&self, &tally, NULL, 10 * SECOND, bytes);
  block_of (bytes, size, &leaving);
  g_assert_cmpuint (leaving, ==, before);
  g_assert_cmpuint (self.ssrc, !=, before);
  g_assert_cmpint (lec_reporter_get_wake (&self), >, 10 * SECOND + SECOND / 2);

  tally = tally_at (2 * SECOND);
  next_block (&self, &tally);
  before = self.ssrc;
  size = lec_rtcp_write (bytes, before, NULL, 0, "x", FALSE);
  lec_reporter_process (&self, bytes, size, OTHER_HOST, 20 * SECOND);
  g_assert_cmpuint (self.ssrc, ==, before);
  g_assert_false (self.collided);
  lec_reporter_clear (&self);
}

/* The sender itself has taken our number. */
static void
test_collision_with_sender (void)
{
  LecReceptionReport tally = tally_at (SECOND);
  guint8 bytes[LEC_RTCP_MAX];
  LecReporter self;

  init (&self, RATE, -1, 1);
  lec_reporter_begin (&self, 0);
  tally.ssrc = self.ssrc;
  g_assert_cmpuint (lec_reporter_write (&self, &tally, NULL, lec_reporter_get_wake (&self), bytes),
                    ==, 0);
  g_assert_cmpuint (self.ssrc, !=, tally.ssrc);
  g_assert_cmpuint (next_block (&self, &tally).ssrc, ==, tally.ssrc);
  lec_reporter_clear (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/reporter/wanted", test_wanted);
  g_test_add_func ("/reporter/silent", test_silent);
  g_test_add_func ("/reporter/alone", test_alone);
  g_test_add_func ("/reporter/bandwidth", test_bandwidth);
  g_test_add_func ("/reporter/flash crowd", test_flash_crowd);
  g_test_add_func ("/reporter/crowd leaves", test_crowd_leaves);
  g_test_add_func ("/reporter/made-up members", test_made_up_members);
  g_test_add_func ("/reporter/blocks", test_blocks);
  g_test_add_func ("/reporter/round trip fields", test_round_trip_fields);
  g_test_add_func ("/reporter/pause", test_pause);
  g_test_add_func ("/reporter/goodbye", test_goodbye);
  g_test_add_func ("/reporter/collision", test_collision);
  g_test_add_func ("/reporter/collision with the sender", test_collision_with_sender);
  return g_test_run ();
}
