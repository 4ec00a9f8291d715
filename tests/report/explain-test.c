/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/explain.h"

#include "wire/units.h"

static LecChannel *
new_channel (const char *group)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_VIDEO);

  lec_stream_add_leg (stream, group, 5004);
  return lec_channel_new (info, NULL);
}

static void
check (char *sentence, const char *expected)
{
  g_assert_cmpstr (sentence, ==, expected);
  g_free (sentence);
}

static void
test_sentences (void)
{
  g_autoptr (LecChannel) channel = new_channel ("239.1.1.1");
  g_autoptr (LecChannel) channel6 = new_channel ("ff15::1");
  g_autoptr (LecChannel) channel_ssm = new_channel ("232.1.0.0");
  const LecAlternative *ssm
      = g_ptr_array_index (lec_channel_get_info (channel_ssm)->alternatives, 0);
  const LecAlternative *alternative
      = g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0);
  const LecAlternative *alternative6
      = g_ptr_array_index (lec_channel_get_info (channel6)->alternatives, 0);
  LecReception joined = { .interfaces = "eth0" }, unicast = { 0 };
  LecReception foreign = { .sum = { .received = 5, .discarded = 5 }, .payload = 33 };
  LecReception malformed = { .sum = { .received = 5, .discarded = 5, .malformed = 5 } };
  LecReception named = malformed;
  LecReception locked = { .sum = { .received = 5, .decrypt_failed = 5 } };
  LecReception encrypted = { .sum = { .received = 70, .out = 70 }, .encrypted = 1 };
  LecReception early = { .sum = { .received = 5, .out = 4, .discarded = 1 } };
  LecReception silent = { .sum.received = 5, .speaking = 1, .silent_us = 7900000 };
  LecReception ended = { .sum.received = 5, .silent_us = 7900000 };
  LecReception withdrawn = { .speaking = 1, .silent_us = 600000, .withdrawn = TRUE };
  LecReception never = { .interfaces = "eth0", .silent_us = -1, .withdrawn = TRUE };
  LecError error;

  check (lec_explain_waiting (alternative), "Waiting for 239.1.1.1:5004 …");
  check (lec_explain_waiting (alternative6), "Waiting for [ff15::1]:5004 …");
  check (lec_explain (LEC_PHASE_NOTHING, &joined, alternative, &error),
         "Nothing arrives from 239.1.1.1:5004 on eth0: the station may not be sending, or the "
         "network is not forwarding multicast");
  g_assert_cmpint (error, ==, LEC_ERROR_SILENT);
  check (lec_explain (LEC_PHASE_NOTHING, &unicast, alternative6, &error),
         "Nothing arrives from [ff15::1]:5004: the station may not be sending, or the network is "
         "not forwarding multicast");
  check (lec_explain (LEC_PHASE_NOTHING, &joined, ssm, &error),
         "Nothing arrives from 232.1.0.0:5004 on eth0: this is a source-specific (SSM) address and "
         "the announcement has no source filter");
  g_assert_cmpint (error, ==, LEC_ERROR_NEEDS_SOURCE);
  g_assert_true (lec_reception_is_foreign (&foreign));
  g_assert_true (lec_reception_is_foreign (&locked));
  g_assert_false (lec_reception_is_foreign (&early));
  check (lec_explain (LEC_PHASE_UNSEEN, &locked, alternative, &error),
         "Packets arrive, but they cannot be decrypted with the announced key: ask the sender for "
         "the newest one");
  g_assert_cmpint (error, ==, LEC_ERROR_UNSUPPORTED);
  check (lec_explain (LEC_PHASE_UNSEEN, &foreign, alternative, &error),
         "Packets arrive, but their address alone does not tell what they are (payload type 33): "
         "open the channel's .sdp file instead");
  check (lec_explain (LEC_PHASE_UNSEEN, &malformed, alternative, &error),
         "Packets arrive, but they are neither RTP nor an MPEG transport stream");
  named.foreign = LEC_FOREIGN_PROGRAM_STREAM;
  check (lec_explain (LEC_PHASE_UNSEEN, &named, alternative, &error),
         "What comes is plain MPEG-PS, with neither RTP nor a transport stream around it: ask the "
         "sender for MPEG-TS");
  lec_stream_add_payload (g_ptr_array_index (alternative6->streams, 0), 96, "H264", 90000);
  check (lec_explain (LEC_PHASE_UNSEEN, &foreign, alternative6, &error),
         "Packets arrive, but not of the kind that was announced (payload type 33): the "
         "announcement may be out of date");
  check (lec_explain (LEC_PHASE_UNSEEN, &early, alternative, &error),
         "Packets arrive; waiting for the first complete picture or sound");
  g_assert_cmpint (error, ==, LEC_ERROR_NONE);
  check (lec_explain (LEC_PHASE_UNSEEN, &encrypted, alternative6, &error),
         "Packets arrive encrypted (SRTP), but the announcement gives no key: ask the sender for "
         "one with a=crypto");
  g_assert_cmpint (error, ==, LEC_ERROR_UNSUPPORTED);
  check (lec_explain (LEC_PHASE_SILENT, &silent, NULL, NULL),
         "The station has been silent for 7 s; still listening");
  check (lec_explain (LEC_PHASE_SILENT, &ended, NULL, NULL),
         "The station ended the session (RTCP BYE); still listening, in case it comes back");
  check (lec_explain (LEC_PHASE_SILENT, &withdrawn, NULL, NULL),
         "The station has withdrawn this channel; still listening, in case it comes back");
  check (lec_explain (LEC_PHASE_NOTHING, &never, ssm, &error),
         "Nothing arrives from 232.1.0.0:5004 on eth0: the station has withdrawn this channel");
  g_assert_cmpint (error, ==, LEC_ERROR_SILENT);
}

/* Of a Windows Media station. */
static void
test_msb (void)
{
  g_autoptr (LecChannel) channel = new_channel ("239.1.1.1");
  const LecAlternative *alternative
      = g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0);
  const LecReception waiting = { .msb = LEC_MSB_STATE_WAITING, .silent_us = -1 };
  const LecReception missing = { .msb = LEC_MSB_STATE_MISSING, .silent_us = -1 };
  const LecReception unknown = { .msb = LEC_MSB_STATE_UNDESCRIBED,
                                 .sum = { .received = 9, .discarded = 9, .unknown_formats = 9 } };
  const LecReception noise
      = { .msb = LEC_MSB_STATE_JOINING, .sum = { .received = 9, .discarded = 9, .malformed = 9 } };
  const LecReception ended = { .msb = LEC_MSB_STATE_ENDED, .speaking = 1, .silent_us = 31000000 };
  const LecReception idle = {
    .msb = LEC_MSB_STATE_PLAYING, .speaking = 1, .silent_us = 8000000, .attended_us = 900000
  };
  const LecReception changed
      = { .msb = LEC_MSB_STATE_UNDESCRIBED, .sum = { .received = 99, .out = 9 } };
  LecError error;

  check (lec_explain (LEC_PHASE_NOTHING, &waiting, alternative, &error),
         "The station is there and is waiting to begin (beacons) …");
  g_assert_cmpint (error, ==, LEC_ERROR_SILENT);
  check (lec_explain (LEC_PHASE_NOTHING, &missing, alternative, &error),
         "Nothing arrives from 239.1.1.1:5004: the station may not be sending, or the network is "
         "not forwarding multicast");
  check (lec_explain (LEC_PHASE_UNSEEN, &unknown, alternative, &error),
         "The station sends only formats that the station file (.nsc) does not describe: ask for "
         "the newest one");
  g_assert_cmpint (error, ==, LEC_ERROR_UNSUPPORTED);
  check (lec_explain (LEC_PHASE_UNSEEN, &noise, alternative, &error),
         "Packets arrive, but they are not Windows Media multicast");
  check (lec_explain (LEC_PHASE_SILENT, &ended, NULL, NULL),
         "The station has sent nothing to be played for 31 s, so what it sent has ended; still "
         "listening, in case it begins again");
  check (lec_explain (LEC_PHASE_SILENT, &idle, NULL, NULL),
         "The station is there, but sends nothing to be played at the "
         "moment (beacons); still listening");
  check (lec_explain_advice (&changed),
         "What the station sends now is of a format that the station file (.nsc) does not "
         "describe: ask for the newest one");
}

/* What would help, as far as it is known. */
static void
test_advice (void)
{
  static const struct
  {
    LecReception reception;
    const char *advice;
  } rows[] = {
    { { .network
        = { .querier = LEC_REPORT_QUERIER_UNSEEN, .rejoins = 1, .buffer_ns = G_MAXINT64 } },
      NULL },
    { { .network = { .forwarding_losses = 1, .querier = LEC_REPORT_QUERIER_SEEN } }, NULL },
    { { .found = LEC_FOUND_BARE_TS },
      "The announcement says RTP; the station sends a transport stream without RTP" },
    { { .found = LEC_FOUND_OTHER_TS, .payload = 96 },
      "The announcement does not say so, but the station sends a transport stream (payload type "
      "96)" },
    { { .found = LEC_FOUND_RTP },
      "The announcement says a transport stream without RTP; the station sends RTP" },
    { { .network = { .forwarding_losses = 1, .querier = LEC_REPORT_QUERIER_UNSEEN } },
      "Forwarding stopped until the group was rejoined: no IGMP querier. Enable one on the router "
      "or switch" },
    { { .network = { .forwarding_losses = 1,
                     .querier = LEC_REPORT_QUERIER_UNKNOWN,
                     .protocol = LEC_REPORT_PROTOCOL_MLD } },
      "Forwarding stopped until the group was rejoined: probably no MLD querier. Enable one on the "
      "router or switch" },
    /* a buffer that was refused matters where it is short, or has been too short */
    { { .network = { .buffer_refused = 2000000, .buffer_ns = 100 * MSECOND } }, NULL },
    { { .network = { .buffer_refused = 2000000, .buffer_ns = 99 * MSECOND } },
      "This computer's receive buffer is too small for this channel. As administrator run “sysctl "
      "-w net.core.rmem_max=1000000”" },
    { { .sum.lost_local = 1, .network = { .buffer_refused = 2000000, .buffer_ns = G_MAXINT64 } },
      "This computer's receive buffer is too small for this channel. As administrator run “sysctl "
      "-w net.core.rmem_max=1000000”" },
    { { .sum.lost_local = 1, .network.buffer_ns = G_MAXINT64 }, NULL },
    { { .others = 1, .other = "192.0.2.7", .network.buffer_ns = G_MAXINT64 },
      "Another station, 192.0.2.7, sends to the same address; it is kept out. Give one of them "
      "another group" },
    { { .others = 3, .other = "192.0.2.7", .network.buffer_ns = G_MAXINT64 },
      "Other stations, 192.0.2.7 and 2 more, send to the same address; they are kept out. Give "
      "each "
      "a group of its own" },
    /* the only one there is, of which nothing can be played, is nobody else */
    { { .others = 1, .other = "192.0.2.7", .sum.discarded = 9, .network.buffer_ns = G_MAXINT64 },
      NULL },
    { { .others = 1,
        .other = "192.0.2.7",
        .sum = { .discarded = 9, .out = 1 },
        .network.buffer_ns = G_MAXINT64 },
      "Another station, 192.0.2.7, sends to the same address; it is kept out. Give one of them "
      "another group" },
    { { .untimed = 1, .network.buffer_ns = G_MAXINT64 },
      "The station's RTP time stamps do not run, so its packets are played as they arrive" },
    { { .untimed = 1, .msb = LEC_MSB_STATE_PLAYING, .network.buffer_ns = G_MAXINT64 },
      "The station's send times do not run, so its packets are played as they arrive" },
    { { .untimed = 1, .unnumbered = 1, .network.buffer_ns = G_MAXINT64 },
      "The station's RTP sequence numbers do not count its packets, so they are played in the "
      "order "
      "in which they arrive, and losses cannot be seen" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    check (lec_explain_advice (&rows[i].reception), rows[i].advice);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/explain/sentences", test_sentences);
  g_test_add_func ("/explain/msb", test_msb);
  g_test_add_func ("/explain/advice", test_advice);
  return g_test_run ();
}
