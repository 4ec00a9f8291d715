/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/reception.h"

/* Statistics as channelsrc gives them, in the text form of structures. */
static LecReception
read_text (const char *streams)
{
  g_autofree char *text = g_strdup_printf ("channelsrc-stats, streams=(structure){ %s };", streams);
  g_autoptr (GstStructure) stats = gst_structure_from_string (text, NULL);

  g_assert_nonnull (stats);
  return lec_reception_read (stats);
}

#define STREAM(received, out, discarded, payload, silent, interfaces)                              \
  "[stream, received=(guint64)" #received ", out=(guint64)" #out                                   \
  ", discarded=(guint64)" #discarded ", payload=(uint)" #payload ", silent-ms=(double)" #silent    \
  ", interfaces=(string)\"" interfaces "\"]"

static void
test_read (void)
{
  LecReception none = lec_reception_read (NULL);
  LecReception both
      = read_text (STREAM (5, 4, 1, 33, 2000.0, "eth0") ", " STREAM (10, 10, 0, 96, 500.0, "eth1"));
  LecReception one
      = read_text (STREAM (0, 0, 0, 0, -1.0, "") ", " STREAM (1, 1, 0, 96, 700.0, "eth1"));
  LecReception ended = read_text ("[stream, received=(guint64)5, ended=(boolean)true]");

  g_assert_cmpuint (none.received, ==, 0);
  g_assert_cmpint (none.silent_us, ==, -1);
  g_assert_cmpuint (both.received, ==, 15);
  g_assert_cmpuint (both.out, ==, 14);
  g_assert_cmpuint (both.discarded, ==, 1);
  g_assert_cmpuint (both.payload, ==, 33);
  g_assert_cmpint (both.silent_us, ==, 500000);
  g_assert_cmpstr (both.interfaces, ==, "eth0");
  g_assert_cmpint (one.silent_us, ==, 700000);
  g_assert_cmpstr (one.interfaces, ==, "eth1");
  g_assert_cmpuint (both.speaking, ==, 2);
  g_assert_cmpuint (one.speaking, ==, 1);
  g_assert_cmpuint (ended.speaking, ==, 0);
}

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
  LecReception foreign = { .received = 5, .discarded = 5, .payload = 33 };
  LecReception locked = { .received = 5, .decrypt_failed = 5 };
  LecReception early = { .received = 5, .out = 4, .discarded = 1 };
  LecReception silent = { .received = 5, .speaking = 1, .silent_us = 7900000 };
  LecReception ended = { .received = 5, .silent_us = 7900000 };

  check (lec_reception_explain_waiting (alternative), "Waiting for 239.1.1.1:5004 …");
  check (lec_reception_explain_waiting (alternative6), "Waiting for [ff15::1]:5004 …");
  check (lec_reception_explain_nothing (&joined, alternative),
         "Nothing arrives from 239.1.1.1:5004 on eth0: the station may not be sending, or the "
         "network keeps multicast back");
  check (lec_reception_explain_nothing (&unicast, alternative6),
         "Nothing arrives from [ff15::1]:5004: the station may not be sending, or the network "
         "keeps multicast back");
  check (lec_reception_explain_nothing (&joined, ssm),
         "Nothing arrives from 232.1.0.0:5004 on eth0: networks deliver this address only to who "
         "names its sender, and the announcement names none");
  g_assert_true (lec_reception_is_foreign (&foreign));
  g_assert_true (lec_reception_is_foreign (&locked));
  g_assert_false (lec_reception_is_foreign (&early));
  check (lec_reception_explain_no_picture (&locked, alternative),
         "Packets arrive, but they are encrypted with another key than the announcement says: ask "
         "the sender for the newest one");
  check (lec_reception_explain_no_picture (&foreign, alternative),
         "Packets arrive, but their address alone does not tell what they are (payload type 33): "
         "open the channel's .sdp file instead");
  lec_stream_add_payload (g_ptr_array_index (alternative6->streams, 0), 96, "H264", 90000);
  check (lec_reception_explain_no_picture (&foreign, alternative6),
         "Packets arrive, but not of the kind that was announced (payload type 33): the "
         "announcement may be out of date");
  check (lec_reception_explain_no_picture (&early, alternative),
         "Packets arrive; waiting for the first complete picture or sound");
  check (lec_reception_explain_silence (&silent),
         "The station has been silent for 7 s; still listening");
  check (lec_reception_explain_silence (&ended),
         "The station has said goodbye; still listening, in case it comes back");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/reception/read", test_read);
  g_test_add_func ("/reception/sentences", test_sentences);
  return g_test_run ();
}
