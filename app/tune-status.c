/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tune-status.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>

#include "report/fields.h"
#include "report/reception.h"
#include "stats-json.h"

#define RED "\033[1;31m"
#define YELLOW "\033[33m"
#define PLAIN "\033[0m"

const char *
lec_tune_status_get_heading (void)
{
  return _ ("time; rate; peak packet delay/the latency that covers it; each stream: packets lost "
            "in this second/in all, jitter");
}

/* What was lost before may have come by now. */
static guint64
count_lost (const LecStats *now, const LecStats *then)
{
  if (now->received < then->received)
    return now->lost;
  return now->lost - MIN (now->lost, then->lost);
}

/* How much a counter has grown; one that has become less counts anew. */
static guint64
grown_by (guint64 now, guint64 then)
{
  return now >= then ? now - then : now;
}

/* A second ago; nothing had come at the join. */
static const LecStreamReport *
get_before (const LecTuneSecond *second, guint index)
{
  static const LecStreamReport nothing;

  if (second->before == NULL || index >= second->before->n_streams)
    return &nothing;
  return &second->before->streams[index];
}

static guint64
grown (const LecTuneSecond *second, guint index, const LecField *field)
{
  return grown_by (lec_field_get_counter (field, &second->now->streams[index]),
                   lec_field_get_counter (field, get_before (second, index)));
}

static guint64
grown_bytes (const LecTuneSecond *second, guint index)
{
  return grown_by (second->now->streams[index].stats.bytes,
                   get_before (second, index)->stats.bytes);
}

static double
to_mbits (const LecTuneSecond *second, guint64 bytes)
{
  return second->passed > 0 ? (double) bytes * 8 / 1e6 / second->passed : 0.0;
}

static double
to_ms (gint64 ns)
{
  return (double) ns / 1e6;
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
  const gboolean on_several_legs = second->now->streams[index].n_legs > 1;

  for (const LecField *field = lec_stream_fields; field->name != NULL; field++) {
    guint64 count = field->is_event ? grown (second, index, field) : 0;
    g_autofree char *text = g_strdup_printf (", %" G_GUINT64_FORMAT " %s", count, field->name);

    /* on several legs, to come again is what is meant */
    if (count > 0 && !(on_several_legs && g_str_equal (field->name, "duplicate")))
      append_coloured (line, YELLOW, coloured, text);
  }
}

static void
append_legs (GString *line, LecReport *report, const LecStreamReport *stream, gboolean coloured)
{
  const guint silent = lec_reception_count_silent_legs (report, stream);
  g_autofree char *text
      = g_strdup_printf (_ (", %1$u of %2$u legs"), stream->n_legs - silent, stream->n_legs);

  if (silent > 0)
    append_coloured (line, YELLOW, coloured, text);
}

static void
append_stream (GString *line, const LecTuneSecond *second, guint index, gboolean coloured)
{
  const LecStreamReport *stream = &second->now->streams[index];
  guint64 lost = count_lost (&stream->stats, &get_before (second, index)->stats);
  g_autofree char *loss
      = g_strdup_printf (_ ("lost %1$" PRIu64 "/%2$" PRIu64), lost, stream->stats.lost);

  g_string_append_printf (line, "  %s ", lec_stream_report_get_name (stream));
  append_coloured (line, RED, coloured && lost > 0, loss);
  g_string_append_printf (line, _ (" jitter %.1f ms"), to_ms (stream->stats.jitter_ns));
  append_events (line, second, index, coloured);
  append_legs (line, second->now, stream, coloured);
}

char *
lec_tune_status_print (const LecTuneSecond *second, gboolean coloured)
{
  GString *line = g_string_new (NULL);
  const guint n_streams = second->now != NULL ? second->now->n_streams : 0;
  guint64 received = 0, bytes = 0;
  gint64 delay_ns = 0;

  for (guint i = 0; i < n_streams; i++) {
    received += second->now->streams[i].stats.received;
    bytes += grown_bytes (second, i);
    delay_ns = MAX (delay_ns, second->now->streams[i].stats.delay_ns);
  }
  if (received == 0)
    return g_string_free (line, FALSE);
  g_string_append_printf (line, _ ("%1$.2f Mbit/s  delay %2$.0f/%3$.0f ms"),
                          to_mbits (second, bytes), to_ms (delay_ns),
                          to_ms (second->now->latency_ns));
  for (guint i = 0; i < n_streams; i++)
    append_stream (line, second, i, coloured);
  return g_string_free (line, FALSE);
}

static JsonObject *
second_to_json (const LecTuneSecond *second, guint index)
{
  JsonObject *object = json_object_new ();
  const double mbits = to_mbits (second, grown_bytes (second, index));

  for (const LecField *field = lec_stream_fields; field->name != NULL; field++) {
    if (field->kind == LEC_FIELD_COUNTER)
      json_object_set_int_member (object, field->name, (gint64) grown (second, index, field));
  }
  json_object_set_double_member (object, "mbit/s", round (mbits * 1e6) / 1e6);
  return object;
}

JsonObject *
lec_tune_status_to_json (const LecTuneSecond *second)
{
  JsonObject *object = lec_report_to_json (second->now);
  JsonArray *streams = json_object_get_array_member (object, "streams");

  for (guint i = 0; i < json_array_get_length (streams); i++)
    json_object_set_object_member (json_array_get_object_element (streams, i), "second",
                                   second_to_json (second, i));
  return object;
}
