/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/stream-stats.h"

#include "element/rtp-caps.h"

static double
to_ms (gint64 ns)
{
  return (double) ns / 1e6;
}

/* The encoding of what arrives, or of what was announced first; NULL: nobody has said. */
static char *
dup_encoding (LecKind kind, const LecStream *stream, const LecStats *stats)
{
  g_autoptr (GstCaps) caps = NULL;
  guint payload = stats->payload;

  if (kind == LEC_KIND_TS)
    return g_strdup ("MP2T");
  if (stats->received == 0 && stream->payloads->len == 0)
    return NULL;
  if (stats->received == 0)
    payload = ((LecPayload *) g_ptr_array_index (stream->payloads, 0))->payload;
  caps = lec_rtp_caps_new (stream, payload);
  if (caps == NULL)
    return NULL;
  return g_strdup (gst_structure_get_string (gst_caps_get_structure (caps, 0), "encoding-name"));
}

static void
set_counters (GstStructure *structure, const LecStats *stats, guint64 overrun)
{
  const struct
  {
    const char *name;
    guint64 value;
  } counters[] = {
    { "received", stats->received },
    { "bytes", stats->bytes },
    { "lost", stats->lost },
    { "lost-local", stats->lost_local },
    { "late", stats->late },
    { "duplicate", stats->duplicate },
    { "reordered", stats->reordered },
    { "recovered", stats->recovered },
    { "discarded", stats->discarded },
    { "undeciphered", stats->decrypt_failed },
    { "overrun", stats->overrun + overrun },
    { "out", stats->out },
    { "gaps", stats->gaps },
    { "restarts", stats->restarts },
    { "stalls", stats->stalls },
    { "reports", stats->reports },
    { "reports-sent", stats->reports_sent },
  };

  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    gst_structure_set (structure, counters[i].name, G_TYPE_UINT64, counters[i].value, NULL);
}

/* What happened so long ago [ms]; -1: it has not. */
static double
age_ms (gint64 then_ns, gint64 now_ns)
{
  return then_ns >= 0 && now_ns >= 0 ? to_ms (MAX (now_ns - then_ns, 0)) : -1.0;
}

static void
set_legs (GstStructure *structure, const LecStream *stream, const LecStats *stats, gint64 now_ns)
{
  g_auto (GValue) list = G_VALUE_INIT;

  gst_value_list_init (&list, 0);
  for (guint i = 0; i < MIN (stream->legs->len, LEC_STATS_LEGS); i++) {
    const LecLeg *leg = g_ptr_array_index (stream->legs, i);
    const LecLegStats *seen = &stats->legs[i];
    g_auto (GValue) value = G_VALUE_INIT;

    g_value_init (&value, GST_TYPE_STRUCTURE);
    g_value_take_boxed (
        &value, gst_structure_new ("leg", "group", G_TYPE_STRING, leg->group, "port", G_TYPE_UINT,
                                   leg->port, "received", G_TYPE_UINT64, seen->received, "bytes",
                                   G_TYPE_UINT64, seen->bytes, "lost", G_TYPE_UINT64, seen->lost,
                                   "jitter-ms", G_TYPE_DOUBLE, to_ms (seen->jitter_ns), "skew-ms",
                                   G_TYPE_DOUBLE, to_ms (seen->skew_ns), "silent-ms", G_TYPE_DOUBLE,
                                   age_ms (seen->last_packet_ns, now_ns), NULL));
    gst_value_list_append_value (&list, &value);
  }
  gst_structure_set_value (structure, "legs", &list);
}

static void
set_gauges (GstStructure *structure, const LecStats *stats, gint64 now_ns)
{
  gst_structure_set (structure, "delay-ms", G_TYPE_DOUBLE, to_ms (stats->delay_ns), "wanted-ms",
                     G_TYPE_DOUBLE, to_ms (stats->wanted_ns), "held", G_TYPE_UINT, stats->held,
                     "report-age-ms", G_TYPE_DOUBLE, age_ms (stats->last_report_ns, now_ns),
                     "participants", G_TYPE_UINT, stats->participants, "ended", G_TYPE_BOOLEAN,
                     stats->ended, "station", G_TYPE_STRING, stats->station, "tool", G_TYPE_STRING,
                     stats->tool, NULL);
}

GstStructure *
lec_stream_stats_new (LecKind kind,
                      const LecStream *stream,
                      const LecStats *stats,
                      guint64 overrun,
                      const char *interfaces,
                      gint64 now_ns)
{
  g_autofree char *encoding = dup_encoding (kind, stream, stats);
  GstStructure *structure = gst_structure_new (
      "stream", "media", G_TYPE_STRING,
      gst_stream_type_get_name (lec_rtp_caps_get_stream_type (stream->media)), "encoding",
      G_TYPE_STRING, encoding, "interfaces", G_TYPE_STRING, interfaces, "ssrc", G_TYPE_UINT,
      stats->ssrc, "payload", G_TYPE_UINT, stats->payload, "jitter-ms", G_TYPE_DOUBLE,
      to_ms (stats->jitter_ns), "latency-ms", G_TYPE_DOUBLE, to_ms (stats->latency_ns), "drift-ppm",
      G_TYPE_DOUBLE, stats->drift_ppm, "first-packet-ms", G_TYPE_DOUBLE,
      stats->first_packet_ns >= 0 ? to_ms (stats->first_packet_ns) : -1.0, "silent-ms",
      G_TYPE_DOUBLE, age_ms (stats->last_packet_ns, now_ns), NULL);

  set_counters (structure, stats, overrun);
  set_gauges (structure, stats, now_ns);
  set_legs (structure, stream, stats, now_ns);
  return structure;
}

/* Whether somebody asks who is there, in one word. */
static const char *
describe_querier (LecQuerierState state)
{
  switch (state) {
  case LEC_QUERIER_SEEN:
    return "seen";
  case LEC_QUERIER_UNSEEN:
    return "unseen";
  case LEC_QUERIER_UNKNOWN:
  default:
    return "unknown";
  }
}

void
lec_stream_stats_set_network (GstStructure *stats, const LecReceiverStats *network)
{
  gst_structure_set (stats, "rejoins", G_TYPE_UINT64, network->rejoins, "cut-offs", G_TYPE_UINT64,
                     network->forwarding_losses, "querier", G_TYPE_STRING,
                     describe_querier (network->querier), "wireless", G_TYPE_BOOLEAN,
                     network->wireless, NULL);
  if (*network->advice != '\0')
    gst_structure_set (stats, "advice", G_TYPE_STRING, network->advice, NULL);
}
