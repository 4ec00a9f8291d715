/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tune-status.h"

#include <math.h>

#include "play/figures.h"
#include "play/reception.h"
#include "stats-json.h"

#define RED "\033[1;31m"
#define YELLOW "\033[33m"
#define PLAIN "\033[0m"

static const GstStructure *
get_stream (const LecTuneSecond *second, guint index)
{
  return lec_figures_get (second->now, "streams", index);
}

/* How much a counter of a stream has grown; one that has become less counts anew. */
static guint64
grown (const LecTuneSecond *second, guint index, const char *field)
{
  guint64 now = lec_figures_get_counter (get_stream (second, index), field), then = 0;

  if (index < lec_figures_count (second->before, "streams"))
    then = lec_figures_get_counter (lec_figures_get (second->before, "streams", index), field);
  return now >= then ? now - then : now;
}

static double
to_mbits (const LecTuneSecond *second, guint64 bytes)
{
  return second->passed > 0 ? (double) bytes * 8 / 1e6 / second->passed : 0.0;
}

/* The largest of the streams' values; NAN when none has any. */
static double
get_most (const LecTuneSecond *second, const char *field)
{
  double most = NAN;

  for (guint i = 0; i < lec_figures_count (second->now, "streams"); i++)
    most = fmax (most, lec_figures_get_gauge (get_stream (second, i), field));
  return most;
}

static void
append_coloured (GString *line, const char *colour, gboolean coloured, const char *text)
{
  g_string_append_printf (line, "%s%s%s", coloured ? colour : "", text, coloured ? PLAIN : "");
}

/* What does not happen in most seconds is named when it does. */
static void
append_events (GString *line, const LecTuneSecond *second, guint index, gboolean coloured)
{
  static const struct
  {
    const char *field, *word;
  } events[] = {
    { "lost-local", "dropped here" }, { "late", "late" },         { "reordered", "reordered" },
    { "duplicate", "twice" },         { "recovered", "rebuilt" }, { "discarded", "not ours" },
    { "undeciphered", "locked" },     { "overrun", "not taken" }, { "stalls", "stall" },
    { "restarts", "restart" },
  };
  const gboolean on_several_legs = lec_figures_count (get_stream (second, index), "legs") > 1;

  for (guint i = 0; i < G_N_ELEMENTS (events); i++) {
    guint64 count = grown (second, index, events[i].field);
    g_autofree char *text = g_strdup_printf (", %" G_GUINT64_FORMAT " %s", count, events[i].word);

    /* there, twice is what is meant */
    if (count > 0 && !(on_several_legs && g_str_equal (events[i].field, "duplicate")))
      append_coloured (line, YELLOW, coloured, text);
  }
}

static void
append_legs (GString *line, const GstStructure *stream, gboolean coloured)
{
  const guint n_legs = lec_figures_count (stream, "legs");
  const guint mute = lec_reception_count_mute_legs (stream);
  g_autofree char *text = g_strdup_printf (", %u of %u legs", n_legs - mute, n_legs);

  if (mute > 0)
    append_coloured (line, YELLOW, coloured, text);
}

static void
append_stream (GString *line, const LecTuneSecond *second, guint index, gboolean coloured)
{
  const GstStructure *stream = get_stream (second, index);
  guint64 lost = grown (second, index, "lost");
  g_autofree char *loss = g_strdup_printf ("lost %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, lost,
                                           lec_figures_get_counter (stream, "lost"));
  const double jitter_ms = lec_figures_get_gauge (stream, "jitter-ms");

  g_string_append_printf (line, "  %s ", lec_figures_get_name (stream));
  append_coloured (line, RED, coloured && lost > 0, loss);
  g_string_append_printf (line, " jitter %.1f ms", isnan (jitter_ms) ? 0.0 : jitter_ms);
  append_events (line, second, index, coloured);
  append_legs (line, stream, coloured);
}

char *
lec_tune_status_print (const LecTuneSecond *second, gboolean coloured)
{
  GString *line = g_string_new (NULL);
  double latency_ms = get_most (second, "latency-ms"), delay_ms = get_most (second, "delay-ms");
  guint64 received = 0, bytes = 0;

  for (guint i = 0; i < lec_figures_count (second->now, "streams"); i++) {
    received += lec_figures_get_counter (get_stream (second, i), "received");
    bytes += grown (second, i, "bytes");
  }
  if (received == 0)
    return g_string_free (line, FALSE);
  g_string_append_printf (line, "%.2f Mbit/s  delay %.0f/%.0f ms", to_mbits (second, bytes),
                          isnan (delay_ms) ? 0.0 : delay_ms, isnan (latency_ms) ? 0.0 : latency_ms);
  for (guint i = 0; i < lec_figures_count (second->now, "streams"); i++)
    append_stream (line, second, i, coloured);
  return g_string_free (line, FALSE);
}

static JsonObject *
second_to_json (const LecTuneSecond *second, guint index)
{
  static const char *const counters[]
      = { "received",  "bytes",        "lost",    "lost-local", "late",   "duplicate",
          "reordered", "recovered",    "out",     "gaps",       "stalls", "restarts",
          "discarded", "undeciphered", "overrun", "reports" };
  JsonObject *object = json_object_new ();
  const double mbits = to_mbits (second, grown (second, index, "bytes"));

  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    json_object_set_int_member (object, counters[i], (gint64) grown (second, index, counters[i]));
  json_object_set_double_member (object, "mbit/s", round (mbits * 1e6) / 1e6);
  return object;
}

JsonObject *
lec_tune_status_to_json (const LecTuneSecond *second)
{
  JsonObject *object = lec_stats_channel_to_json (second->now);
  JsonArray *streams = json_object_get_array_member (object, "streams");

  for (guint i = 0; i < json_array_get_length (streams); i++)
    json_object_set_object_member (json_array_get_object_element (streams, i), "second",
                                   second_to_json (second, i));
  return object;
}
