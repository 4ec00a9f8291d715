/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "support/trace-file.h"

#include <stdio.h>
#include <string.h>

#include "wire/serial.h"

/* How far in time from the first packet the sender says that this one is. */
static gint64
media_ns (const Arrival *arrival, const Arrival *first, guint rate)
{
  return (gint64) (gint32) (arrival->timestamp - first->timestamp) * SECOND / rate;
}

static gboolean
parse_line (const char *line, Arrival *arrival)
{
  guint leg, sequence, payload, marker;

  memset (arrival, 0, sizeof *arrival);
  if (sscanf (line, "%" G_GINT64_FORMAT ",%u,%u,%u,%x,%u,%u", &arrival->arrival_ns, &leg, &sequence,
              &arrival->timestamp, &arrival->ssrc, &payload, &marker)
      != 7)
    return FALSE;
  arrival->leg = leg;
  arrival->sequence = (guint16) sequence;
  arrival->payload_type = (guint8) payload;
  arrival->marker = marker != 0;
  arrival->sender = 1;
  return TRUE;
}

/* Times count from the first arrival, which is at one second as in all traces. */
static void
find_truth (Trace *trace, guint rate)
{
  const Arrival first = *trace_at (trace, 0);
  gint64 least_ns = G_MAXINT64;

  for (guint i = 0; i < trace->arrivals->len; i++) {
    Arrival *arrival = trace_at (trace, i);

    arrival->arrival_ns += SECOND - first.arrival_ns;
    least_ns = MIN (least_ns, arrival->arrival_ns - media_ns (arrival, &first, rate));
  }
  for (guint i = 0; i < trace->arrivals->len; i++)
    trace_at (trace, i)->truth_ns = least_ns + media_ns (trace_at (trace, i), &first, rate);
}

static void
number (Trace *trace)
{
  gint64 highest = trace_at (trace, 0)->sequence, lowest = highest, newest = highest;

  for (guint i = 0; i < trace->arrivals->len; i++) {
    gint64 sequence = lec_serial_extend (newest, trace_at (trace, i)->sequence, 16);

    newest = MAX (newest, sequence);
    lowest = MIN (lowest, sequence);
  }
  for (guint i = 0; i < trace->arrivals->len; i++) {
    gint64 sequence = lec_serial_extend (highest, trace_at (trace, i)->sequence, 16);

    highest = MAX (highest, sequence);
    trace_at (trace, i)->number = (guint) (sequence - lowest);
  }
  trace->sent = (guint) (newest - lowest + 1);
}

void
trace_read (Trace *trace, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint rate = 0;

  trace_init (trace);
  if (!g_file_get_contents (path, &text, NULL, &error))
    g_error ("%s", error->message);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    Arrival arrival;

    if (parse_line (lines[i], &arrival))
      g_array_append_val (trace->arrivals, arrival);
    else
      sscanf (lines[i], "# %u Hz", &rate);
  }
  if (trace->arrivals->len == 0 || rate == 0)
    g_error ("%s is no trace", path);
  find_truth (trace, rate);
  number (trace);
}
