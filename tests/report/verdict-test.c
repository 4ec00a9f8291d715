/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/verdict.h"

#include "report/doctor.h"

static const struct
{
  const char *name;
  LecReception reception;
  LecVerdict verdict;
  const char *sentence;
} rows[] = {
  { "nothing",
    { .sum.received = 0 },
    LEC_VERDICT_NOTHING,
    "Nothing arrives from 239.1.1.1:5004: the station may not be sending, or the network is not "
    "forwarding multicast" },
  { "foreign",
    { .sum = { .received = 5, .discarded = 5 } },
    LEC_VERDICT_NOTHING,
    "Packets arrive, but not of the kind that was announced (payload type 0)" },
  { "no-rtp",
    { .sum = { .received = 5, .discarded = 5, .malformed = 4 } },
    LEC_VERDICT_NOTHING,
    "Packets arrive, but they are neither RTP nor an MPEG transport stream" },
  { "some-no-rtp",
    { .sum = { .received = 5, .discarded = 5, .malformed = 1 } },
    LEC_VERDICT_NOTHING,
    "Packets arrive, but not of the kind that was announced (payload type 0)" },
  { "no-rtp-but-named",
    { .sum = { .received = 5, .discarded = 5, .malformed = 5 }, .foreign = LEC_FOREIGN_ADTS },
    LEC_VERDICT_NOTHING,
    "What comes is plain AAC (ADTS), with neither RTP nor a transport stream around it" },
  { "waiting",
    { .msb = LEC_MSB_STATE_WAITING },
    LEC_VERDICT_NOTHING,
    "The station is there and is waiting to begin: only its beacons arrive" },
  { "undescribed",
    { .sum = { .received = 5, .discarded = 5, .unknown_formats = 5 },
      .msb = LEC_MSB_STATE_UNDESCRIBED },
    LEC_VERDICT_NOTHING,
    "The station sends only formats that the station file (.nsc) does not describe" },
  { "no-msb",
    { .sum = { .received = 5, .discarded = 5, .malformed = 5 },
      .foreign = LEC_FOREIGN_ADTS,
      .msb = LEC_MSB_STATE_JOINING },
    LEC_VERDICT_NOTHING,
    "Packets arrive, but they are not Windows Media multicast" },
  { "msb-ended",
    { .sum = { .received = 5, .out = 5 },
      .speaking = 1,
      .silent_us = 31000000,
      .msb = LEC_MSB_STATE_ENDED },
    LEC_VERDICT_ENDED,
    "Everything sent has arrived" },
  { "good",
    { .sum = { .received = 5, .out = 5 } },
    LEC_VERDICT_GOOD,
    "Everything sent has arrived" },
  { "little-lost",
    { .sum = { .received = 999, .out = 999, .lost = 1 } },
    LEC_VERDICT_FAIR,
    "The network lost 1 of 1000 packets (0.10 %)" },
  { "much-lost",
    { .sum = { .received = 90, .out = 90, .lost = 10 } },
    LEC_VERDICT_BAD,
    "The network lost 10 of 100 packets (10.00 %)" },
  /* what came twice is no reason to think less of what is missing */
  { "lost-on-both-legs",
    { .sum = { .received = 180, .out = 90, .duplicate = 90, .lost = 10 }, .legs = 2 },
    LEC_VERDICT_BAD,
    "The network lost 10 of 100 packets (10.00 %)" },
  { "late",
    { .sum = { .received = 100, .out = 90, .late = 10 } },
    LEC_VERDICT_BAD,
    "10 of 100 packets came too late to be played (10.00 %)" },
  { "damaged",
    { .sum = { .received = 90, .out = 90, .damaged = 10 } },
    LEC_VERDICT_BAD,
    "10 of 100 packets arrived damaged (wrong UDP checksum)" },
  /* the greatest part of what is missing is what can be helped */
  { "more-lost-than-late",
    { .sum = { .received = 90, .out = 85, .late = 5, .lost = 10 } },
    LEC_VERDICT_BAD,
    "The network lost 10 of 100 packets (10.00 %)" },
  { "more-late-than-lost",
    { .sum = { .received = 95, .out = 85, .late = 10, .lost = 5 } },
    LEC_VERDICT_BAD,
    "10 of 100 packets came too late to be played (10.00 %)" },
  /* such packets are not missed */
  { "sent-before-the-join",
    { .sum = { .received = 93, .out = 90, .stale = 3 } },
    LEC_VERDICT_GOOD,
    "Everything sent has arrived" },
  { "other-payloads",
    { .sum = { .received = 120, .out = 90, .aside = 30 } },
    LEC_VERDICT_GOOD,
    "Everything sent has arrived" },
  { "ended",
    { .sum = { .received = 90, .out = 90 }, .silent_us = 500000 },
    LEC_VERDICT_ENDED,
    "Everything sent has arrived" },
  /* a goodbye may be a lie */
  { "said-to-have-ended",
    { .sum = { .received = 90, .out = 90 }, .silent_us = 499999 },
    LEC_VERDICT_GOOD,
    "Everything sent has arrived" },
  { "withdrawn",
    { .sum = { .received = 90, .out = 90 }, .speaking = 2, .withdrawn = TRUE, .silent_us = 600000 },
    LEC_VERDICT_ENDED,
    "Everything sent has arrived" },
  { "said-to-be-withdrawn",
    { .sum = { .received = 90, .out = 90 }, .speaking = 2, .withdrawn = TRUE },
    LEC_VERDICT_GOOD,
    "Everything sent has arrived" },
  { "withdrawn-before-anything-came",
    { .withdrawn = TRUE, .silent_us = -1 },
    LEC_VERDICT_NOTHING,
    "Nothing arrives from 239.1.1.1:5004: the station has withdrawn this channel" },
  { "pausing",
    { .sum = { .received = 90, .out = 90 }, .speaking = 1, .silent_us = 2999999 },
    LEC_VERDICT_GOOD,
    "Everything sent has arrived" },
  { "silent",
    { .sum = { .received = 90, .out = 90 }, .speaking = 1, .silent_us = 3000000 },
    LEC_VERDICT_SILENT,
    "Everything sent has arrived" },
  { "silent-for-so-long-that-nothing-is-recent",
    { .speaking = 1, .silent_us = 30000000 },
    LEC_VERDICT_SILENT,
    "Nothing arrives from 239.1.1.1:5004: the station may not be sending, or the network is not "
    "forwarding multicast" },
  { "own-fault",
    { .sum = { .received = 90, .out = 90, .lost_local = 10 } },
    LEC_VERDICT_BAD,
    "This computer dropped 10 packets, as nothing took them in time: either it was too busy, or it "
    "was asleep" },
  { "one-leg-mute",
    { .sum = { .received = 90, .out = 90 }, .legs = 2, .silent_legs = 1 },
    LEC_VERDICT_FAIR,
    "Everything has arrived, but 1 of 2 redundant paths deliver nothing; protection is reduced" },
  { "rebuilt",
    { .sum = { .received = 90, .out = 100, .recovered = 10 } },
    LEC_VERDICT_GOOD,
    "Everything is there: 10 lost packets were rebuilt from repair data" },
  { "rebuilt-in-time",
    { .sum = { .received = 97, .out = 100, .recovered = 3 }, .repair_ns = 120 * 1000000 },
    LEC_VERDICT_GOOD,
    "The network loses 3.00 % of all packets, and all of it is repaired; that costs 120 ms" },
  { "rebuilt-in-part",
    { .sum = { .received = 90, .out = 98, .recovered = 8, .lost = 2 }, .repair_ns = 120 * 1000000 },
    LEC_VERDICT_BAD,
    "The network lost 2 of 100 packets (2.00 %) that could not be repaired; 8 others were" },
};

static LecChannel *
new_channel (void)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_VIDEO);

  lec_stream_add_leg (stream, "239.1.1.1", 5004);
  lec_stream_add_payload (stream, 96, "H264", 90000);
  return lec_channel_new (info, NULL);
}

static void
test_row (gconstpointer data)
{
  const gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (LecChannel) channel = new_channel ();
  LecDoctorCase facts
      = { .reception = rows[i].reception,
          .alternative = g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0),
          .awaited_us = 30 * G_TIME_SPAN_SECOND };
  g_auto (LecDiagnosis) diagnosis = { 0 };

  facts.reception.attended_us = facts.reception.reported_us = -1;
  lec_doctor_sum_up (&facts, &diagnosis);
  g_assert_cmpstr (diagnosis.sentence, ==, rows[i].sentence);
  g_assert_cmpint ((int) lec_verdict_of (&rows[i].reception), ==, (int) rows[i].verdict);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/verdict/", rows[i].name, NULL);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_row);
  }
  return g_test_run ();
}
