/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/fec-config.h"

#include <string.h>

#include "cast/fec-encoder.h"

#define COLUMNS 10 /* a burst of so many packets is repaired... */
#define ROWS 5     /* ...and a row lost again after so many */
#define PERCENT 20
#define REPAIR_WINDOW "3000000"

/* Takes "@name" or "@name:REST". @rest: (out) (nullable) */
static gboolean
has_name (const char *text, const char *name, const char **rest)
{
  if (!g_str_has_prefix (text, name))
    return FALSE;
  text += strlen (name);
  *rest = *text == ':' ? text + 1 : NULL;
  return *text == '\0' || *text == ':';
}

static gboolean
read_number (const char *text, guint least, guint most, guint *number)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, least, most, &value, NULL))
    return FALSE;
  *number = (guint) value;
  return TRUE;
}

static gboolean
read_matrix (const char *text, LecFecConfig *config)
{
  g_auto (GStrv) sides = g_strsplit (text, "x", 3);

  return g_strv_length (sides) == 2
         && read_number (sides[0], 1, LEC_FEC_SIDE_MOST, &config->columns)
         && read_number (sides[1], LEC_FEC_ROWS_LEAST, LEC_FEC_SIDE_MOST, &config->rows)
         && config->columns * config->rows <= LEC_FEC_MATRIX_MOST;
}

gboolean
lec_fec_config_parse (const char *text, LecFecConfig *config)
{
  LecFecConfig parsed = { .is_on = TRUE, .columns = COLUMNS, .rows = ROWS, .percent = PERCENT };
  const char *rest;
  gboolean good = FALSE;

  if (has_name (text, "2022-1", &rest)) {
    parsed.scheme = LEC_REPAIR_2022_1;
    parsed.fits_rate = rest == NULL;
    good = rest == NULL || read_matrix (rest, &parsed);
  } else if (has_name (text, "flex", &rest)) {
    parsed.scheme = LEC_REPAIR_FLEXFEC;
    parsed.fits_rate = rest == NULL;
    good = rest == NULL || read_matrix (rest, &parsed);
  } else if (has_name (text, "ulp", &rest)) {
    parsed.scheme = LEC_REPAIR_ULPFEC;
    good = rest == NULL || read_number (rest, 1, 100, &parsed.percent);
  }
  if (good)
    *config = parsed;
  return good;
}

void
lec_fec_config_fit (LecFecConfig *config, double packet_rate)
{
  const double most = packet_rate * LEC_FEC_SPAN; /* packets */

  if (!config->fits_rate)
    return;
  config->fits_rate = FALSE;
  config->rows = most >= ROWS * ROWS ? ROWS : LEC_FEC_ROWS_LEAST;
  config->columns = (guint) CLAMP (most / config->rows, 1, COLUMNS);
}

/* RFC 6015, section 5: a row is a column of one. RFC 8627, section 5.1.1: rows and columns are one
 * stream (ToP 2), and how long parity may be behind is to be said [µs]. */
static void
add_part (const LecFecConfig *config,
          LecStream *stream,
          const LecLeg *leg,
          guint ahead,
          guint columns,
          guint rows)
{
  LecRepair *repair
      = lec_stream_add_repair (stream, config->scheme, leg->group, (guint16) (leg->port + ahead));
  GStrvBuilder *parameters = g_strv_builder_new ();
  g_autofree char *l = g_strdup_printf ("%u", columns), *d = g_strdup_printf ("%u", rows);

  g_strv_builder_add_many (parameters, "L", l, "D", d, NULL);
  if (config->scheme == LEC_REPAIR_FLEXFEC)
    g_strv_builder_add_many (parameters, "ToP", "2", "repair-window", REPAIR_WINDOW, NULL);
  repair->payload = LEC_FEC_PAYLOAD;
  repair->clock_rate = 90000;
  repair->parameters = g_strv_builder_end (parameters);
  g_strv_builder_unref (parameters);
}

void
lec_fec_config_describe (const LecFecConfig *config, LecStream *stream)
{
  const LecLeg *leg = g_ptr_array_index (stream->legs, 0);
  const LecPayload *payload = g_ptr_array_index (stream->payloads, 0);
  LecRepair *repair;

  if (!config->is_on)
    return;
  if (config->scheme == LEC_REPAIR_2022_1) {
    add_part (config, stream, leg, LEC_FEC_COLUMNS_PORT, config->columns, config->rows);
    add_part (config, stream, leg, LEC_FEC_ROWS_PORT, config->columns, 1);
    return;
  }
  if (config->scheme == LEC_REPAIR_FLEXFEC) {
    add_part (config, stream, leg, LEC_FEC_COLUMNS_PORT, config->columns, config->rows);
    return;
  }
  lec_stream_add_payload (stream, LEC_FEC_ULP_PAYLOAD, "ulpfec", payload->clock_rate);
  repair = lec_stream_add_repair (stream, config->scheme, leg->group, leg->port);
  repair->payload = LEC_FEC_ULP_PAYLOAD;
  repair->clock_rate = payload->clock_rate;
}
