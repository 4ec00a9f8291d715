/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the kernel dropped and why, with ingresses whose counters the test sets. */
#include "receive/drop-meter.h"

#include <string.h>

#include "ingress-double.h"
#include "wire/units.h"

/* A picture on IPv4, its RTCP, and a sound on IPv6. */
typedef struct
{
  LecStreams streams;
  LecEndpoints endpoints;
  LecDropMeter meter;
  LecUdpErrorsOfHost errors;
  IngressDouble *doubles[3];
  GString *steps;
} Hall;

static void
add_endpoint (Hall *self, guint index, const char *group, LecEndpointRole role, guint stream)
{
  LecEndpoint *endpoint;

  self->doubles[index] = ingress_double_new (index, self->steps);
  endpoint = ingress_double_add (self->doubles[index], &self->endpoints, group, role, index);
  endpoint->users[0].stream = stream;
}

static Hall *
hall_new (void)
{
  Hall *self = g_new0 (Hall, 1);
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);

  self->steps = g_string_new (NULL);
  lec_playout_init (&self->streams.playout, 100 * MSECOND, LEC_LATENCY_FIRST_NS);
  for (guint i = 0; i < 2; i++) {
    LecStream *stream
        = lec_alternative_add_stream (alternative, i == 0 ? LEC_MEDIA_VIDEO : LEC_MEDIA_AUDIO);

    lec_stream_add_leg (stream, i == 0 ? "239.9.9.3" : "ff15::3", 5004);
    g_assert_true (lec_streams_add (&self->streams, stream,
                                    &(LecStreamsConfig){ .format = lec_format_of (LEC_KIND_RTP) },
                                    NULL));
  }
  add_endpoint (self, 0, "239.9.9.3", LEC_ENDPOINT_MEDIA, 0);
  add_endpoint (self, 1, "239.9.9.3", LEC_ENDPOINT_CONTROL, 0);
  add_endpoint (self, 2, "ff15::3", LEC_ENDPOINT_MEDIA, 1);
  lec_endpoints_reserve (&self->endpoints);
  lec_drop_meter_start (&self->meter, &self->endpoints, 0);
  self->meter.told = TRUE; /* whatever this system says */
  self->meter.before = self->errors;
  return self;
}

static void
hall_free (Hall *self)
{
  lec_endpoints_clear (&self->endpoints);
  lec_streams_clear (&self->streams);
  g_string_free (self->steps, TRUE);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Hall, hall_free)

static LecStats
stats_of (Hall *self, guint stream)
{
  return lec_session_get_stats (self->streams.sessions[stream]);
}

/* A datagram that was queued when so many had been dropped. */
static void
take (Hall *self, guint endpoint, guint32 dropped)
{
  lec_drop_meter_note (&self->meter, &self->streams, &self->endpoints.items[endpoint], 0, dropped,
                       SECOND);
}

static gboolean
settle (Hall *self)
{
  lec_drop_meter_poll (&self->meter, &self->streams, &self->endpoints, SECOND);
  return lec_drop_meter_settle (&self->meter, &self->streams, &self->endpoints, &self->errors,
                                SECOND);
}

/* What a datagram tells may be older than what is known; and 32 bits wrap. */
static void
test_counting (void)
{
  g_autoptr (Hall) hall = hall_new ();

  take (hall, 0, 0);
  take (hall, 0, 3);
  take (hall, 0, 3);
  g_assert_cmpuint (stats_of (hall, 0).lost_local, ==, 3);
  hall->doubles[0]->dropped = 41;
  lec_drop_meter_poll (&hall->meter, &hall->streams, &hall->endpoints, SECOND);
  g_assert_cmpuint (stats_of (hall, 0).lost_local, ==, 41);
  take (hall, 0, 3);
  take (hall, 0, 40);
  g_assert_cmpuint (stats_of (hall, 0).lost_local, ==, 41);
  take (hall, 0, 42);
  g_assert_cmpuint (stats_of (hall, 0).lost_local, ==, 42);

  hall->endpoints.items[0].dropped = hall->doubles[0]->dropped = G_MAXUINT32 - 1;
  take (hall, 0, G_MAXUINT32);
  take (hall, 0, 4);
  hall->doubles[0]->dropped = 6;
  lec_drop_meter_poll (&hall->meter, &hall->streams, &hall->endpoints, SECOND);
  take (hall, 0, G_MAXUINT32);
  g_assert_cmpuint (stats_of (hall, 0).lost_local, ==, 42 + 8);
  g_assert_cmpuint (stats_of (hall, 1).lost_local, ==, 0);
}

/* RTCP that is dropped is no packet of any stream. */
static void
test_control (void)
{
  g_autoptr (Hall) hall = hall_new ();

  hall->doubles[1]->dropped = 5;
  hall->errors.v4.overflow = 5;
  settle (hall);
  g_assert_cmpuint (stats_of (hall, 0).lost_local + stats_of (hall, 0).damaged, ==, 0);
}

/* What the sockets and the host have counted since, and what is made of it. */
static void
test_reasons (void)
{
  static const struct
  {
    const char *story;
    guint32 dropped[3];
    LecUdpErrorsOfHost errors;
    guint64 local[2], damaged[2];
    gboolean overflow;
  } rows[] = {
    { "nothing", { 0 }, { { 0 } }, { 0 }, { 0 }, FALSE },
    { "no room", { 10 }, { { 0, 10 } }, { 10 }, { 0 }, TRUE },
    { "damaged", { 10 }, { { 10, 0 } }, { 0 }, { 10 }, FALSE },
    { "both", { 10 }, { { 4, 6 } }, { 6 }, { 4 }, TRUE },
    { "damaged of other programs", { 0 }, { { 10, 0 } }, { 0 }, { 0 }, FALSE },
    { "no room here, damaged elsewhere too", { 10 }, { { 10, 10 } }, { 5 }, { 5 }, TRUE },
    { "damaged here and elsewhere", { 10 }, { { 40, 0 } }, { 0 }, { 10 }, FALSE },
    { "another reason", { 10 }, { { 4, 0 } }, { 6 }, { 4 }, TRUE },
    { "reports are damaged as well", { 10, 5 }, { { 15, 0 } }, { 0 }, { 10 }, FALSE },
    { "of reports only", { 0, 5 }, { { 5, 0 } }, { 0 }, { 0 }, FALSE },
    { "no room for IPv4, damaged IPv6",
      { 10, 0, 7 },
      { { 0, 10 }, { 7, 0 } },
      { 10, 0 },
      { 0, 7 },
      TRUE },
    { "damaged IPv4, no room for IPv6",
      { 10, 0, 7 },
      { { 10, 0 }, { 0, 7 } },
      { 0, 7 },
      { 10, 0 },
      TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (Hall) hall = hall_new ();
    guint before = hall->endpoints.items[0].buffer;

    g_test_message ("%s", rows[i].story);
    for (guint j = 0; j < 3; j++)
      hall->doubles[j]->dropped = rows[i].dropped[j];
    hall->errors = rows[i].errors;
    g_assert_cmpint (settle (hall), ==, rows[i].overflow);
    for (guint j = 0; j < 2; j++) {
      g_assert_cmpuint (stats_of (hall, j).lost_local, ==, rows[i].local[j]);
      g_assert_cmpuint (stats_of (hall, j).damaged, ==, rows[i].damaged[j]);
    }
    /* a larger buffer does not help what is damaged */
    g_assert_cmpint (hall->endpoints.items[0].buffer > before, ==, rows[i].local[0] > 0);
    g_assert_false (settle (hall)); /* each is told once */
    g_assert_cmpuint (stats_of (hall, 0).damaged, ==, rows[i].damaged[0]);
  }
}

/* Where the system does not tell why, it was for want of room; and what it has counted meanwhile
 * is not of this time. */
static void
test_untold (void)
{
  g_autoptr (Hall) hall = hall_new ();

  hall->doubles[0]->dropped = 3;
  lec_drop_meter_poll (&hall->meter, &hall->streams, &hall->endpoints, SECOND);
  g_assert_true (
      lec_drop_meter_settle (&hall->meter, &hall->streams, &hall->endpoints, NULL, SECOND));
  hall->errors.v4.checksum = 100;
  hall->doubles[0]->dropped = 5;
  settle (hall);
  g_assert_cmpuint (stats_of (hall, 0).lost_local, ==, 5);
  hall->errors.v4.checksum = 102;
  hall->doubles[0]->dropped = 7;
  settle (hall);
  g_assert_cmpuint (stats_of (hall, 0).lost_local, ==, 5);
  g_assert_cmpuint (stats_of (hall, 0).damaged, ==, 2);
}

/* Seldom while all is well, soon when something was dropped. */
static void
test_due (void)
{
  g_autoptr (Hall) hall = hall_new ();

  g_assert_false (lec_drop_meter_is_due (&hall->meter, 100 * MSECOND));
  g_assert_true (lec_drop_meter_is_due (&hall->meter, SECOND));
  settle (hall);
  g_assert_false (lec_drop_meter_is_due (&hall->meter, SECOND + 100 * MSECOND));
  take (hall, 0, 1);
  g_assert_true (lec_drop_meter_is_due (&hall->meter, SECOND + 100 * MSECOND));
}

/* What was dropped before is past. */
static void
test_start (void)
{
  g_autoptr (Hall) hall = hall_new ();

  hall->doubles[0]->dropped = 70;
  take (hall, 0, 60);
  lec_drop_meter_start (&hall->meter, &hall->endpoints, 5 * SECOND);
  g_assert_false (lec_drop_meter_is_due (&hall->meter, 5 * SECOND));
  take (hall, 0, 65);
  take (hall, 0, 72);
  g_assert_cmpuint (stats_of (hall, 0).lost_local, ==, 60 + 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/drop-meter/counting", test_counting);
  g_test_add_func ("/drop-meter/control", test_control);
  g_test_add_func ("/drop-meter/reasons", test_reasons);
  g_test_add_func ("/drop-meter/untold", test_untold);
  g_test_add_func ("/drop-meter/due", test_due);
  g_test_add_func ("/drop-meter/start", test_start);
  return g_test_run ();
}
