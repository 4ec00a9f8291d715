/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/signal-words.h"

#include <glib/gi18n.h>
#include <math.h>

char *
lec_signal_words_value (LecMeasure measure, double value)
{
  if (isnan (value))
    return g_strdup ("–");
  switch (measure) {
  case LEC_MEASURE_LOSS:
    return g_strdup_printf (_ ("%.*f %%"), value < 10 ? 2 : 0, value);
  case LEC_MEASURE_RATE:
    return g_strdup_printf (_ ("%.*f Mbit/s"), value < 10 ? 2 : 1, value);
  case LEC_MEASURE_LATENCY:
  case LEC_MEASURE_DELAY:
  case LEC_MEASURE_JITTER:
  case LEC_N_MEASURES:
  default:
    return g_strdup_printf (_ ("%.*f ms"), value < 10 ? 1 : 0, value);
  }
}

const char *
lec_signal_words_measure (LecMeasure measure)
{
  switch (measure) {
  case LEC_MEASURE_LATENCY:
    return _ ("Latency");
  case LEC_MEASURE_DELAY:
    return _ ("Delay");
  case LEC_MEASURE_LOSS:
    return _ ("Loss");
  case LEC_MEASURE_JITTER:
    return _ ("Jitter");
  case LEC_MEASURE_RATE:
  case LEC_N_MEASURES:
  default:
    return _ ("Rate");
  }
}

const char *
lec_signal_words_verdict (LecVerdict verdict)
{
  switch (verdict) {
  case LEC_VERDICT_GOOD:
    return _ ("Good");
  case LEC_VERDICT_FAIR:
    return _ ("Fair");
  case LEC_VERDICT_BAD:
    return _ ("Poor");
  case LEC_VERDICT_ENDED:
    return _ ("Ended");
  case LEC_VERDICT_SILENT:
    return _ ("Silent");
  case LEC_VERDICT_NOTHING:
  default:
    return _ ("No Signal");
  }
}

const char *
lec_signal_words_icon (LecVerdict verdict)
{
  switch (verdict) {
  case LEC_VERDICT_GOOD:
    return "network-cellular-signal-excellent-symbolic";
  case LEC_VERDICT_FAIR:
    return "network-cellular-signal-good-symbolic";
  case LEC_VERDICT_BAD:
    return "network-cellular-signal-weak-symbolic";
  case LEC_VERDICT_ENDED:
    return "media-playback-stop-symbolic";
  case LEC_VERDICT_SILENT:
    return "network-cellular-no-route-symbolic";
  case LEC_VERDICT_NOTHING:
  default:
    return "network-cellular-signal-none-symbolic";
  }
}

char *
lec_signal_words_stream (const LecStreamReport *stream)
{
  const gboolean is_known = *stream->encoding != '\0';

  return g_strjoin (is_known ? " · " : NULL, lec_media_get_label (stream->media),
                    is_known ? stream->encoding : NULL, NULL);
}

static char *
format_count (guint64 count)
{
  return count > 0 ? g_strdup_printf ("%'" G_GUINT64_FORMAT, count) : NULL;
}

char *
lec_signal_words_field (const LecField *field, gconstpointer item, LecReport *report)
{
  g_auto (GValue) value = G_VALUE_INIT;

  lec_field_get_value (field, item, report, &value);
  switch (field->kind) {
  case LEC_FIELD_COUNTER:
    return format_count (g_value_get_uint64 (&value));
  case LEC_FIELD_NUMBER:
  case LEC_FIELD_PORT:
    return format_count (g_value_get_uint (&value));
  case LEC_FIELD_ID:
    return g_value_get_uint (&value) != 0 ? g_strdup_printf ("%08x", g_value_get_uint (&value))
                                          : NULL;
  case LEC_FIELD_TEXT:
  case LEC_FIELD_NAME:
    return g_value_dup_string (&value);
  case LEC_FIELD_FLAG:
  case LEC_FIELD_WORD:
    return g_strdup (lec_field_get_label (field, item));
  case LEC_FIELD_DURATION:
  case LEC_FIELD_DIFFERENCE:
  case LEC_FIELD_AGE:
  case LEC_FIELD_RATIO:
  default:
    return g_strdup_printf ("%+.1f %s", g_value_get_double (&value), field->unit);
  }
}

char *
lec_signal_words_dup_icon (gpointer widget, int verdict)
{
  return g_strdup (lec_signal_words_icon ((LecVerdict) verdict));
}

char *
lec_signal_words_behind (gpointer widget, double behind)
{
  return behind > 0 ? g_strdup_printf (_ ("%.2f s behind"), behind) : g_strdup ("");
}

char *
lec_signal_words_tooltip (gpointer widget, double behind)
{
  return behind > 0 ? g_strdup_printf (_ ("Signal: %.2f s behind the station"), behind)
                    : g_strdup (_ ("Signal"));
}
