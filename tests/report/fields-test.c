/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/fields.h"

#include <string.h>

#include "wire/units.h"

static const LecField *const tables[] = { lec_leg_fields, lec_stream_fields, lec_track_fields,
                                          lec_network_fields, lec_report_fields };

static const LecField *
find (const LecField *table, const char *name)
{
  for (const LecField *field = table; field->name != NULL; field++) {
    if (g_str_equal (field->name, name))
      return field;
  }
  g_error ("no field “%s”", name);
}

/* Names are what programs read: known for ever, each once, and with the unit where it is no count.
 */
static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++) {
    for (const LecField *field = tables[i]; field->name != NULL; field++) {
      g_assert_true (find (tables[i], field->name) == field);
      if (g_strcmp0 (field->unit, "ms") == 0 || g_strcmp0 (field->unit, "ppm") == 0)
        g_assert_true (g_str_has_suffix (field->name, field->unit));
      g_assert_true (!field->is_event || field->kind == LEC_FIELD_COUNTER);
    }
  }
}

static LecReportDraft *
new_draft (void)
{
  LecReportDraft *draft = lec_report_draft_new (1);
  LecStreamReport *stream = &draft->streams[0];

  draft->now_ns = 1000 * MSECOND;
  draft->latency_ns = stream->latency_ns = 80 * MSECOND;
  draft->clock = LEC_REPORT_CLOCK_SENDER;
  draft->network.forwarding_losses = 2;
  draft->network.querier = LEC_REPORT_QUERIER_UNSEEN;
  stream->media = LEC_MEDIA_AUDIO;
  strcpy (stream->encoding, "OPUS");
  stream->stats.ssrc = 0xcafe;
  stream->stats.latency_ns = 60 * MSECOND;
  stream->stats.last_packet_ns = 975 * MSECOND;
  stream->stats.decrypt_failed = 5;
  stream->stats.drift_ppm = -1.5;
  stream->stats.encrypted = TRUE;
  stream->stats.ended = TRUE;
  strcpy (stream->legs[0].group, "239.1.1.1");
  stream->legs[0].port = 5004;
  stream->legs[0].stats.last_packet_ns = -1;
  return draft;
}

/* Each kind by one of its fields. */
static void
test_values (void)
{
  g_autoptr (LecReport) report = lec_report_draft_finish (new_draft ());
  const LecStreamReport *stream = &report->streams[0];
  const struct
  {
    const LecField *table;
    gconstpointer item;
    const char *name, *value;
    GType type;
  } rows[] = {
    { lec_stream_fields, stream, "media", "audio", G_TYPE_STRING },
    { lec_stream_fields, stream, "encoding", "OPUS", G_TYPE_STRING },
    { lec_stream_fields, stream, "station", "", G_TYPE_STRING },
    { lec_stream_fields, stream, "ssrc", "51966", G_TYPE_UINT },
    { lec_stream_fields, stream, "latency-ms", "80.000000", G_TYPE_DOUBLE },
    { lec_stream_fields, stream, "needed-ms", "60.000000", G_TYPE_DOUBLE },
    { lec_stream_fields, stream, "silent-ms", "25.000000", G_TYPE_DOUBLE },
    { lec_stream_fields, stream, "first-packet-ms", "-1.000000", G_TYPE_DOUBLE },
    { lec_stream_fields, stream, "drift-ppm", "-1.500000", G_TYPE_DOUBLE },
    { lec_stream_fields, stream, "undeciphered", "5", G_TYPE_UINT64 },
    { lec_stream_fields, stream, "encrypted", "TRUE", G_TYPE_BOOLEAN },
    { lec_stream_fields, stream, "ended", "TRUE", G_TYPE_BOOLEAN },
    { lec_leg_fields, &stream->legs[0], "group", "239.1.1.1", G_TYPE_STRING },
    { lec_leg_fields, &stream->legs[0], "port", "5004", G_TYPE_UINT },
    { lec_leg_fields, &stream->legs[0], "silent-ms", "-1.000000", G_TYPE_DOUBLE },
    { lec_network_fields, &report->network, "cut-offs", "2", G_TYPE_UINT64 },
    { lec_network_fields, &report->network, "querier", "unseen", G_TYPE_STRING },
    { lec_network_fields, &report->network, "wireless", "FALSE", G_TYPE_BOOLEAN },
    { lec_report_fields, report, "latency-ms", "80.000000", G_TYPE_DOUBLE },
    { lec_report_fields, report, "clock", "sender", G_TYPE_STRING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (GValue) value = G_VALUE_INIT, text = G_VALUE_INIT;

    lec_field_get_value (find (rows[i].table, rows[i].name), rows[i].item, report, &value);
    g_assert_cmpstr (G_VALUE_TYPE_NAME (&value), ==, g_type_name (rows[i].type));
    g_value_init (&text, G_TYPE_STRING);
    g_assert_true (g_value_transform (&value, &text));
    g_assert_cmpstr (g_value_get_string (&text), ==, rows[i].value);
  }
}

/* What is not worth a line in a window has no label. */
static void
test_labels (void)
{
  g_autoptr (LecReport) report = lec_report_draft_finish (new_draft ());
  LecNetworkReport network = report->network;

  g_assert_cmpstr (lec_field_get_label (find (lec_network_fields, "querier"), &network), ==,
                   "none seen");
  network.querier = LEC_REPORT_QUERIER_UNKNOWN;
  g_assert_null (lec_field_get_label (find (lec_network_fields, "querier"), &network));
  g_assert_null (lec_field_get_label (find (lec_network_fields, "wireless"), &network));
  network.wireless = TRUE;
  g_assert_cmpstr (lec_field_get_label (find (lec_network_fields, "wireless"), &network), ==,
                   "Wi-Fi");
  g_assert_cmpstr (lec_media_get_label (LEC_MEDIA_VIDEO), ==, "Picture");
  g_assert_cmpstr (lec_stream_report_get_name (&report->streams[0]), ==, "OPUS");
}

/* All counters, and nothing but counters. */
static void
test_sums (void)
{
  LecStats before = { .received = 10, .restarts = 3, .held = 9 };
  LecStats now = { .received = 25, .restarts = 1, .reports_sent = 4, .held = 5, .jitter_ns = 6 };
  LecStats since = lec_stats_since (&now, &before);

  g_assert_cmpuint (since.received, ==, 15);
  g_assert_cmpuint (since.restarts, ==, 0); /* it counts anew */
  g_assert_cmpuint (since.reports_sent, ==, 4);
  g_assert_cmpuint (since.held, ==, 0);
  lec_stats_add (&since, &now);
  g_assert_cmpuint (since.received, ==, 40);
  g_assert_cmpint (since.jitter_ns, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fields/names", test_names);
  g_test_add_func ("/fields/values", test_values);
  g_test_add_func ("/fields/labels", test_labels);
  g_test_add_func ("/fields/sums", test_sums);
  return g_test_run ();
}
