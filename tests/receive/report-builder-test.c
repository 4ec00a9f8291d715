/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a report says of what arrives, against what was announced. */
#include "receive/report-builder.h"

#include <string.h>

#include "ingress-double.h"

#define MSECOND G_GINT64_CONSTANT (1000000)
#define SECOND (1000 * MSECOND)
#define LATENCY (150 * MSECOND)
#define GROUP "239.9.9.3"

/* What is received of one alternative. */
typedef struct
{
  LecChannelInfo *info;
  LecAlternative *alternative;
  LecStreams streams;
  LecEndpoints endpoints;
  LecMembershipManager *memberships;
  LecReportBuilder *builder;
  GString *steps;
} Hall;

static Hall *
hall_new (LecKind kind)
{
  Hall *self = g_new0 (Hall, 1);

  self->info = lec_channel_info_new ();
  self->alternative = lec_channel_info_add_alternative (self->info, kind);
  self->steps = g_string_new (NULL);
  lec_playout_init (&self->streams.playout, LATENCY, LEC_LATENCY_FIRST_NS);
  return self;
}

static void
hall_free (Hall *self)
{
  lec_report_builder_free (self->builder);
  lec_membership_manager_free (self->memberships);
  lec_endpoints_clear (&self->endpoints);
  lec_streams_clear (&self->streams);
  lec_channel_info_free (self->info);
  g_string_free (self->steps, TRUE);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Hall, hall_free)

static LecStream *
add_stream (Hall *self, LecMedia media)
{
  LecStream *stream = lec_alternative_add_stream (self->alternative, media);

  lec_stream_add_leg (stream, GROUP, 5004);
  return stream;
}

/* All streams are announced. */
static void
begin (Hall *self)
{
  for (guint i = 0; i < self->alternative->streams->len; i++) {
    IngressDouble *ingress = ingress_double_new (i, self->steps);
    LecEndpoint *endpoint;

    ingress_double_join (ingress, "one", 7);
    endpoint = ingress_double_add (ingress, &self->endpoints, GROUP, LEC_ENDPOINT_MEDIA, i);
    endpoint->users[0].stream = i;
    g_assert_true (lec_streams_add (
        &self->streams, g_ptr_array_index (self->alternative->streams, i),
        &(LecStreamsConfig){ .format = lec_format_of (self->alternative->kind) }, NULL));
  }
  self->memberships = lec_membership_manager_new (&self->endpoints);
  self->builder = lec_report_builder_new (self->alternative);
}

static void
feed (Hall *self, guint stream, guint payload, gint64 arrival_ns)
{
  const guint8 bytes[32] = { 0x80, (guint8) payload, [11] = 7 };
  LecPacket *packet = lec_packet_new (sizeof bytes);

  memcpy (packet->data, bytes, sizeof bytes);
  packet->size = sizeof bytes;
  packet->arrival_ns = arrival_ns;
  packet->sender = 1;
  lec_streams_feed_rtp (&self->streams, stream, 0, packet);
}

static LecReport *
make_report (Hall *self, LecReport *before, gint64 started_ns)
{
  return lec_report_draft_finish (lec_report_builder_draft (self->builder, before, &self->streams,
                                                            &self->endpoints, self->memberships,
                                                            started_ns, 10 * SECOND));
}

/* Announced, then arriving: payload types; -1: none. */
static const struct
{
  const char *story;
  LecKind kind;
  int announced[2];
  int arrives;
  const char *encoding;
} rows[] = {
  { "nothing has come yet", LEC_KIND_RTP, { 96, 97 }, -1, "H264" },
  { "the first one", LEC_KIND_RTP, { 96, 97 }, 96, "H264" },
  { "the other one", LEC_KIND_RTP, { 96, 97 }, 97, "VP8" },
  { "one that was not announced", LEC_KIND_RTP, { 96, -1 }, 33, "" },
  { "a bare address", LEC_KIND_RTP, { -1, -1 }, -1, "" },
  { "a static type at a bare address", LEC_KIND_RTP, { -1, -1 }, 0, "PCMU" },
  { "a dynamic type at a bare address", LEC_KIND_RTP, { -1, -1 }, 99, "" },
  { "a container", LEC_KIND_TS, { -1, -1 }, -1, "MP2T" },
  { "a container, whatever it says", LEC_KIND_TS, { 33, -1 }, 34, "MP2T" },
};

/* The encoding is that of what arrives, else what was announced first; in capitals. */
static void
test_encoding (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (Hall) hall = hall_new (rows[i].kind);
    LecStream *stream = add_stream (hall, LEC_MEDIA_VIDEO);
    g_autoptr (LecReport) report = NULL;

    for (guint j = 0; j < 2 && rows[i].announced[j] >= 0; j++)
      lec_stream_add_payload (stream, (guint) rows[i].announced[j], j == 0 ? "h264" : "vp8", 90000);
    begin (hall);
    if (rows[i].arrives >= 0)
      feed (hall, 0, (guint) rows[i].arrives, SECOND);
    report = make_report (hall, NULL, 0);
    if (strcmp (report->streams[0].encoding, rows[i].encoding) != 0)
      g_error ("%s: “%s”", rows[i].story, report->streams[0].encoding);
  }
}

/* Names come from strangers, and are cut. */
static void
test_long_name (void)
{
  g_autoptr (Hall) hall = hall_new (LEC_KIND_RTP);
  g_autofree char *name = g_strnfill (3 * LEC_REPORT_ENCODING, 'x');
  g_autoptr (LecReport) report = NULL;

  lec_stream_add_payload (add_stream (hall, LEC_MEDIA_VIDEO), 96, name, 90000);
  begin (hall);
  report = make_report (hall, NULL, 0);
  g_assert_cmpuint (strlen (report->streams[0].encoding), ==, LEC_REPORT_ENCODING - 1);
  g_assert_cmpint (report->streams[0].encoding[0], ==, 'X');
}

/* Each stream has its own numbers, legs and interfaces. */
static void
test_streams (void)
{
  g_autoptr (Hall) hall = hall_new (LEC_KIND_RTP);
  LecStream *sound;
  g_autoptr (LecReport) report = NULL;

  lec_stream_add_payload (add_stream (hall, LEC_MEDIA_VIDEO), 96, "H264", 90000);
  sound = add_stream (hall, LEC_MEDIA_AUDIO);
  lec_stream_add_payload (sound, 97, "L16", 48000);
  lec_stream_add_leg (sound, "239.9.9.4", 5006);
  begin (hall);
  ingress_double_join ((IngressDouble *) hall->endpoints.items[1].ingress, "two", 8);
  g_array_remove_index (((IngressDouble *) hall->endpoints.items[1].ingress)->joined, 0);
  for (guint i = 0; i < 3; i++)
    feed (hall, 1, 97, SECOND);
  report = make_report (hall, NULL, 0);
  g_assert_cmpint (report->now_ns, ==, 10 * SECOND);
  g_assert_cmpuint (report->n_streams, ==, 2);
  g_assert_cmpint (report->streams[0].media, ==, LEC_MEDIA_VIDEO);
  g_assert_cmpuint (report->streams[0].stats.received, ==, 0);
  g_assert_cmpstr (report->streams[0].interfaces, ==, "one");
  g_assert_cmpuint (report->streams[0].n_legs, ==, 1);
  g_assert_cmpint (report->streams[1].media, ==, LEC_MEDIA_AUDIO);
  g_assert_cmpuint (report->streams[1].stats.received, ==, 3);
  g_assert_cmpstr (report->streams[1].interfaces, ==, "two");
  g_assert_cmpuint (report->streams[1].n_legs, ==, 2);
  g_assert_cmpstr (report->streams[1].legs[1].group, ==, "239.9.9.4");
  g_assert_cmpuint (report->streams[1].legs[1].port, ==, 5006);
  g_assert_cmpuint (report->streams[1].legs[0].stats.received, ==, 3);
  g_assert_cmpuint (report->streams[1].legs[1].stats.received, ==, 0);
}

/* From the start on; and what the kernel had before came at once. */
static void
test_first_packet (void)
{
  g_autoptr (Hall) hall = hall_new (LEC_KIND_RTP);
  g_autoptr (LecReport) report = NULL;

  lec_stream_add_payload (add_stream (hall, LEC_MEDIA_VIDEO), 96, "H264", 90000);
  begin (hall);
  report = make_report (hall, NULL, 3 * SECOND);
  g_assert_cmpint (report->joined_ns, ==, 3 * SECOND);
  g_assert_cmpint (report->streams[0].stats.first_packet_ns, ==, -1);
  feed (hall, 0, 96, 5 * SECOND);
  report = make_report (hall, g_steal_pointer (&report), 3 * SECOND);
  g_assert_cmpint (report->streams[0].stats.first_packet_ns, ==, 2 * SECOND);
  report = make_report (hall, g_steal_pointer (&report), 6 * SECOND);
  g_assert_cmpint (report->streams[0].stats.first_packet_ns, ==, 0);
}

/* What is announced is copied: the announcement may be gone by then. */
static void
test_promise_copied (void)
{
  g_autoptr (Hall) hall = hall_new (LEC_KIND_RTP);
  g_autoptr (LecReport) report = NULL;

  lec_stream_add_payload (add_stream (hall, LEC_MEDIA_VIDEO), 96, "H264", 90000);
  begin (hall);
  lec_channel_info_free (hall->info);
  hall->info = lec_channel_info_new ();
  report = make_report (hall, NULL, 0);
  g_assert_cmpstr (report->streams[0].encoding, ==, "H264");
  g_assert_cmpstr (report->streams[0].legs[0].group, ==, GROUP);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report-builder/encoding", test_encoding);
  g_test_add_func ("/report-builder/long-name", test_long_name);
  g_test_add_func ("/report-builder/streams", test_streams);
  g_test_add_func ("/report-builder/first-packet", test_first_packet);
  g_test_add_func ("/report-builder/promise-copied", test_promise_copied);
  return g_test_run ();
}
