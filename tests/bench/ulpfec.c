/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What ULPFEC gives back of what a network loses, beside GStreamer's rtpulpfecdec, which gets the
 * same packets, and has all of them before it is told of the first that is lost. In virtual time,
 * with the same seeds each time.
 *
 * Says at the end whether ours left no more than that, and ends well in any case. */
#include <gst/check/gstharness.h>
#include <stdio.h>

#include "support/fec-hall.h"

#define SEEDS 3
#define PACKETS 3000

typedef struct
{
  const char *name;
  double loss, begin, end;
} Network;

static const guint groups[] = { 5, 10 };
static const Network networks[] = { { "2 % random", 0.02, 0, 0 },
                                    { "5 % random", 0.05, 0, 0 },
                                    { "Gilbert-Elliott 1 %/20 %", 0, 0.01, 0.2 } };

typedef struct
{
  guint64 lost, ours, stock;
} Result;

static guint16
number_of (const FecDatagram *datagram)
{
  return (guint16) (datagram->bytes[2] << 8 | datagram->bytes[3]);
}

static GstHarness *
new_harness (GstElement *element)
{
  GstHarness *harness = gst_harness_new_with_element (element, "sink", "src");
  g_autoptr (GstCaps) caps = gst_caps_new_simple (
      "application/x-rtp", "media", G_TYPE_STRING, "video", "clock-rate", G_TYPE_INT, 90000,
      "encoding-name", G_TYPE_STRING, "H264", "payload", G_TYPE_INT, FEC_STATION_PAYLOAD, "ssrc",
      G_TYPE_UINT, (guint) FEC_STATION_SSRC, NULL);

  gst_harness_set_src_caps (harness, g_steal_pointer (&caps));
  return harness;
}

/* Fills the storage that the decoder takes packets from. */
static void
store (const FecHall *hall, GstHarness *storage)
{
  for (guint i = 0; i < hall->sent->len; i++) {
    const FecDatagram *datagram = &g_array_index (hall->sent, FecDatagram, i);
    GstBuffer *buffer;

    if (hall->lost[i])
      continue;
    buffer = gst_buffer_new_memdup (datagram->bytes, datagram->size);
    GST_BUFFER_PTS (buffer) = (GstClockTime) datagram->sent_ns;
    gst_harness_push (storage, buffer);
    gst_buffer_unref (gst_harness_pull (storage));
  }
}

static void
tell_lost (GstHarness *decoder, const FecDatagram *datagram)
{
  GstStructure *lost = gst_structure_new (
      "GstRTPPacketLost", "seqnum", G_TYPE_UINT, (guint) number_of (datagram), "timestamp",
      G_TYPE_UINT64, (guint64) datagram->sent_ns, "duration", G_TYPE_UINT64, (guint64) 0, NULL);

  gst_harness_push_event (decoder, gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM, lost));
}

/* It numbers anew what comes out, so it is asked. Returns: packets that it has not rebuilt */
static guint64
play_stock (const FecHall *hall)
{
  g_autoptr (GstElement) storage = gst_element_factory_make ("rtpstorage", NULL);
  g_autoptr (GstElement) decoder = gst_element_factory_make ("rtpulpfecdec", NULL);
  g_autoptr (GObject) kept = NULL;
  GstHarness *in, *out;
  GstBuffer *buffer;
  guint rebuilt;

  if (storage == NULL || decoder == NULL)
    return 0;
  gst_object_ref_sink (storage);
  gst_object_ref_sink (decoder);
  g_object_set (storage, "size-time", (guint64) 3600 * GST_SECOND, NULL);
  g_object_get (storage, "internal-storage", &kept, NULL);
  g_object_set (decoder, "pt", FEC_STATION_PARITY, "storage", kept, NULL);
  in = new_harness (storage);
  out = new_harness (decoder);
  store (hall, in);
  for (guint i = 0; i < hall->sent->len; i++) {
    const FecDatagram *datagram = &g_array_index (hall->sent, FecDatagram, i);

    if (hall->lost[i]) {
      tell_lost (out, datagram);
    } else {
      buffer = gst_buffer_new_memdup (datagram->bytes, datagram->size);
      GST_BUFFER_PTS (buffer) = (GstClockTime) datagram->sent_ns;
      gst_harness_push (out, buffer);
    }
    while ((buffer = gst_harness_try_pull (out)) != NULL)
      gst_buffer_unref (buffer);
  }
  g_object_get (decoder, "recovered", &rebuilt, NULL);
  gst_harness_teardown (in);
  gst_harness_teardown (out);
  return fec_hall_count_lost (hall) - rebuilt;
}

static Result
run (guint group, const Network *network)
{
  Result result = { 0 };

  for (guint32 seed = 1; seed <= SEEDS; seed++) {
    FecHall hall = { .latency_ns = SECOND,
                     .station = { .scheme = LEC_REPAIR_ULPFEC,
                                  .packets = PACKETS,
                                  .interval_ns = 4 * MSECOND,
                                  .columns = group,
                                  .plain = TRUE,
                                  .size = 300,
                                  .seed = seed } };

    fec_hall_open (&hall);
    fec_hall_lose_at_random (&hall, network->loss, network->begin, network->end, seed);
    for (guint i = 0; i < 100; i++) /* the join is no matter of repair */
      hall.lost[i] = FALSE;
    result.lost += fec_hall_count_lost (&hall);
    result.stock += play_stock (&hall);
    fec_hall_play (&hall);
    result.ours += fec_hall_count_lost (&hall) - fec_hall_get_stats (&hall).recovered;
    fec_hall_close (&hall);
  }
  return result;
}

int
main (int argc, char **argv)
{
  gboolean reached = TRUE;

  gst_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (networks); j++) {
      const Result result = run (groups[i], &networks[j]);

      printf ("groups of %u, %s: of %" G_GUINT64_FORMAT " lost are left: ours %" G_GUINT64_FORMAT
              ", GStreamer's %" G_GUINT64_FORMAT "\n",
              groups[i], networks[j].name, result.lost, result.ours, result.stock);
      reached &= result.ours <= result.stock;
    }
  }
  printf ("%s\n", reached ? "Ours leaves no more" : "NOT reached: ours leaves more");
  return 0;
}
