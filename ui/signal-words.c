/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/signal-words.h"

#include <glib/gi18n.h>
#include <math.h>

#include "play/figures.h"

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
    return _ ("Received Well");
  case LEC_VERDICT_FAIR:
    return _ ("Received Fairly Well");
  case LEC_VERDICT_BAD:
    return _ ("Received Badly");
  case LEC_VERDICT_NOTHING:
  default:
    return _ ("Nothing Arrives");
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
  case LEC_VERDICT_NOTHING:
  default:
    return "network-cellular-signal-none-symbolic";
  }
}

static const char *
name_media (const char *media)
{
  if (g_strcmp0 (media, "video") == 0)
    return _ ("Picture");
  if (g_strcmp0 (media, "audio") == 0)
    return _ ("Sound");
  if (g_strcmp0 (media, "text") == 0)
    return _ ("Text");
  return _ ("Stream");
}

char *
lec_signal_words_stream (const GstStructure *stream)
{
  const char *media = name_media (lec_figures_get_text (stream, "media"));
  const char *encoding = lec_figures_get_text (stream, "encoding");

  return g_strjoin (encoding != NULL ? " · " : NULL, media, encoding, NULL);
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
