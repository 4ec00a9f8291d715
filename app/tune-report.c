/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tune-report.h"

#include <math.h>

#include "channel-json.h"
#include "play/figures.h"
#include "play/verdict.h"
#include "stats-json.h"

static char *
describe_reception (const LecTuneReport *self)
{
  const LecReception reception = lec_reception_read (self->stats);
  const char *message = lec_player_get_message (self->player);

  if ((reception.received == 0 || reception.out == 0) && *message != '\0')
    return g_strdup (message);
  if (self->decode && reception.out > 0 && self->pictures + self->sounds == 0)
    return g_strdup ("Packets arrive, but nothing of them could be decoded");
  return lec_verdict_explain (&reception);
}

/* What helps, as far as the network and this computer are known, is said with what is wrong. */
static char *
dup_verdict (const LecTuneReport *self)
{
  g_autofree char *sentence = describe_reception (self);
  const char *advice = lec_figures_get_text (self->stats, "advice");

  return advice != NULL ? g_strdup_printf ("%s. %s", sentence, advice)
                        : g_steal_pointer (&sentence);
}

/* ---- for a person ---- */

static double
get_gauge (const GstStructure *stream, const char *field)
{
  const double value = lec_figures_get_gauge (stream, field);

  return isnan (value) ? 0.0 : value;
}

static void
print_stream (const GstStructure *stream)
{
  static const struct
  {
    const char *field, *words;
  } counters[] = {
    { "received", "received" }, { "lost", "lost" },           { "lost-local", "dropped here" },
    { "late", "late" },         { "duplicate", "duplicate" }, { "reordered", "reordered" },
    { "recovered", "rebuilt" }, { "restarts", "restarts" },
  };
  const char *encoding = lec_figures_get_text (stream, "encoding");
  const char *interfaces = lec_figures_get_text (stream, "interfaces");
  const char *media = lec_figures_get_text (stream, "media");

  g_print ("  %s%s%s:", media != NULL ? media : "stream", encoding != NULL ? " " : "",
           encoding != NULL ? encoding : "");
  for (guint i = 0; i < G_N_ELEMENTS (counters); i++) {
    guint64 count = lec_figures_get_counter (stream, counters[i].field);

    if (i < 2 || count > 0)
      g_print (" %s %" G_GUINT64_FORMAT ",", counters[i].words, count);
  }
  g_print (" jitter %.2f ms, latency %.0f ms, drift %+.0f ppm", get_gauge (stream, "jitter-ms"),
           get_gauge (stream, "latency-ms"), get_gauge (stream, "drift-ppm"));
  if (interfaces != NULL)
    g_print (", on %s", interfaces);
  g_print ("\n");
}

/* The legs of a stream that has several: which of the ways is the bad one. */
static void
print_legs (const GstStructure *stream)
{
  const guint n_legs = lec_figures_count (stream, "legs");

  for (guint i = 0; n_legs > 1 && i < n_legs; i++) {
    const GstStructure *leg = lec_figures_get (stream, "legs", i);
    const char *group = lec_figures_get_text (leg, "group");

    g_print ("    %s port %" G_GUINT64_FORMAT ": received %" G_GUINT64_FORMAT
             ", lost %" G_GUINT64_FORMAT ", jitter %.2f ms, %.1f ms behind the first\n",
             group != NULL ? group : "", lec_figures_get_counter (leg, "port"),
             lec_figures_get_counter (leg, "received"), lec_figures_get_counter (leg, "lost"),
             get_gauge (leg, "jitter-ms"), get_gauge (leg, "skew-ms"));
  }
}

/* Who sends, and who else listens: of the first stream that tells. */
static void
print_sender (const GstStructure *stats)
{
  for (guint i = 0; i < lec_figures_count (stats, "streams"); i++) {
    const GstStructure *stream = lec_figures_get (stats, "streams", i);
    const char *station = lec_figures_get_text (stream, "station");
    const char *tool = lec_figures_get_text (stream, "tool");
    const guint64 participants = lec_figures_get_counter (stream, "participants");

    if (station == NULL && tool == NULL)
      continue;
    g_print ("  sent by %s", station != NULL ? station : "somebody without a name");
    if (tool != NULL)
      g_print (" with %s", tool);
    if (participants > 0)
      g_print (", %" G_GUINT64_FORMAT " participant%s", participants, participants > 1 ? "s" : "");
    g_print ("\n");
    return;
  }
}

void
lec_tune_report_print (const LecTuneReport *self)
{
  g_autofree char *verdict = dup_verdict (self);

  g_print ("%s, %.1f s\n", lec_channel_get_title (lec_player_get_channel (self->player)),
           self->seconds);
  print_sender (self->stats);
  for (guint i = 0; i < lec_figures_count (self->stats, "streams"); i++) {
    print_stream (lec_figures_get (self->stats, "streams", i));
    print_legs (lec_figures_get (self->stats, "streams", i));
  }
  if (self->decode)
    g_print ("  decoded %" G_GUINT64_FORMAT " pictures, %" G_GUINT64_FORMAT " sounds\n",
             self->pictures, self->sounds);
  g_print ("%s\n", verdict);
}

/* ---- for programs ---- */

JsonObject *
lec_tune_report_to_json (const LecTuneReport *self)
{
  JsonObject *object = lec_stats_channel_to_json (self->stats);
  JsonObject *decoded = json_object_new ();
  LecChannel *channel = lec_player_get_channel (self->player);
  g_autofree char *verdict = dup_verdict (self);

  if (channel != NULL)
    json_object_set_object_member (object, "channel", lec_channel_to_json (channel));
  json_object_set_int_member (object, "alternative", lec_player_get_alternative (self->player));
  json_object_set_double_member (object, "seconds", round (self->seconds * 1000) / 1000);
  json_object_set_int_member (decoded, "video", (gint64) self->pictures);
  json_object_set_int_member (decoded, "audio", (gint64) self->sounds);
  json_object_set_object_member (object, "decoded", decoded);
  json_object_set_string_member (object, "verdict", verdict);
  return object;
}
