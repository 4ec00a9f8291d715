/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/report-text.h"

#include <string.h>

#include "report/fields.h"

static void
add (GString *text, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    g_string_append_printf (text, "%s: %s\n", name, value);
}

/* ---- fields ---- */

static gboolean
is_told (const GValue *value)
{
  if (G_VALUE_HOLDS_UINT64 (value))
    return g_value_get_uint64 (value) > 0;
  if (G_VALUE_HOLDS_UINT (value))
    return g_value_get_uint (value) > 0;
  if (G_VALUE_HOLDS_BOOLEAN (value))
    return g_value_get_boolean (value);
  if (G_VALUE_HOLDS_STRING (value))
    return g_value_get_string (value) != NULL && *g_value_get_string (value) != '\0';
  return TRUE;
}

static void
append_value (GString *text, const GValue *value)
{
  if (G_VALUE_HOLDS_UINT64 (value))
    g_string_append_printf (text, "%" G_GUINT64_FORMAT, g_value_get_uint64 (value));
  else if (G_VALUE_HOLDS_UINT (value))
    g_string_append_printf (text, "%u", g_value_get_uint (value));
  else if (G_VALUE_HOLDS_BOOLEAN (value))
    g_string_append (text, "yes");
  else if (G_VALUE_HOLDS_STRING (value))
    g_string_append (text, g_value_get_string (value));
  else if (G_VALUE_HOLDS_DOUBLE (value))
    g_string_append_printf (text, "%.3g", g_value_get_double (value));
}

/* In one line: what is zero, empty or not known is left out. */
static void
add_fields (GString *text,
            const char *name,
            const LecField *fields,
            gconstpointer item,
            LecReport *report)
{
  const char *separator = "";

  g_string_append_printf (text, "%s: ", name);
  for (const LecField *field = fields; field->name != NULL; field++) {
    g_auto (GValue) value = G_VALUE_INIT;

    lec_field_get_value (field, item, report, &value);
    if (!is_told (&value))
      continue;
    g_string_append_printf (text, "%s%s ", separator, field->name);
    append_value (text, &value);
    separator = ", ";
  }
  g_string_append (text, "\n");
}

/* ---- parts ---- */

static void
add_diagnosis (GString *text, const LecDiagnosis *diagnosis)
{
  g_string_append_printf (text, "diagnosis: %s (%s)\n", lec_doctor_code_get_name (diagnosis->code),
                          lec_severity_get_name (diagnosis->severity));
  add (text, "  says", diagnosis->sentence);
  add (text, "  try", diagnosis->remedy);
}

static void
add_leg (GString *text, const LecLeg *leg)
{
  g_autofree char *address = lec_address_format (leg->group, leg->port);
  g_autofree char *sources = leg->sources != NULL ? g_strjoinv (", ", leg->sources) : NULL;

  add (text, "  address", address);
  add (text, "  sources admitted", sources);
}

static void
add_announced (GString *text, const LecAlternative *alternative)
{
  for (guint i = 0; i < alternative->streams->len; i++) {
    const LecStream *stream = g_ptr_array_index (alternative->streams, i);

    g_string_append_printf (text, "announced: %s\n", lec_media_get_name (stream->media));
    for (guint k = 0; k < stream->payloads->len; k++) {
      const LecPayload *payload = g_ptr_array_index (stream->payloads, k);

      g_string_append_printf (text, "  payload: %u %s/%u\n", payload->payload, payload->encoding,
                              payload->clock_rate);
    }
    for (guint k = 0; k < stream->legs->len; k++)
      add_leg (text, g_ptr_array_index (stream->legs, k));
  }
}

static void
add_report (GString *text, LecReport *report)
{
  for (guint i = 0; i < report->n_streams; i++) {
    const LecStreamReport *stream = &report->streams[i];

    add_fields (text, "stream", lec_stream_fields, stream, report);
    for (guint k = 0; k < stream->n_legs; k++)
      add_fields (text, "  leg", lec_leg_fields, &stream->legs[k], report);
    if (stream->ts.packets > 0)
      add_fields (text, "  transport stream", lec_ts_fields, &stream->ts, report);
  }
  for (guint i = 0; i < report->n_tracks; i++)
    add_fields (text, "medium", lec_track_fields, &report->tracks[i], report);
  for (guint i = 0; i < report->n_stations; i++)
    add_fields (text, "station", lec_station_fields, &report->stations[i], report);
  add_fields (text, "reception", lec_report_fields, report, report);
  add_fields (text, "network", lec_network_fields, &report->network, report);
  add_fields (text, "computer", lec_host_fields, &report->host, report);
  for (guint i = 0; report->warnings != NULL && i < report->warnings->len; i++)
    add (text, "note", g_ptr_array_index (report->warnings, i));
}

/* ---- privacy ---- */

/* Where a path below @home begins, up to the name of its file it is left out. */
static char *
hide_below (const char *text, const char *home)
{
  const gsize length = home != NULL ? strlen (home) : 0;
  GString *hidden = g_string_new (NULL);
  const char *rest = text, *at;

  while (length > 1 && (at = strstr (rest, home)) != NULL) {
    const gsize path = strcspn (at, "”\"\n:");
    const char *slash = g_strrstr_len (at, (gssize) path, "/");

    g_string_append_len (hidden, rest, at - rest);
    rest = slash >= at + length ? slash + 1 : at + length;
  }
  g_string_append (hidden, rest);
  return g_string_free (hidden, FALSE);
}

/* Disks that are plugged in are found below the name of the person, too. */
static char *
hide_paths (const char *text, const char *home)
{
  static const char *const roots[] = { "/run/media", "/media" };
  g_autofree char *person = home != NULL ? g_path_get_basename (home) : NULL;
  char *hidden = hide_below (text, home);

  for (guint i = 0; person != NULL && i < G_N_ELEMENTS (roots); i++) {
    g_autofree char *disk = g_build_filename (roots[i], person, NULL);
    char *rest = hide_below (hidden, disk);

    g_free (hidden);
    hidden = rest;
  }
  return hidden;
}

/* A name and a password in front of a host, and what is asked for behind it, which may be a key. */
static char *
hide_secrets (const char *text)
{
  GString *hidden = g_string_new (NULL);
  const char *rest = text, *at;

  while ((at = strstr (rest, "://")) != NULL) {
    const char *host = at + 3, *mark;
    const gsize authority = strcspn (host, "/?# \n\"”");
    gsize length;

    g_string_append_len (hidden, rest, host - rest);
    mark = g_strrstr_len (host, (gssize) authority, "@");
    if (mark != NULL)
      host = mark + 1;
    length = strcspn (host, "?# \n\"”");
    g_string_append_len (hidden, host, (gssize) length);
    rest = host + length;
    if (*rest == '?') {
      g_string_append (hidden, "?…");
      rest += strcspn (rest, "# \n\"”");
    }
  }
  g_string_append (hidden, rest);
  return g_string_free (hidden, FALSE);
}

char *
lec_report_text_print (const LecReportText *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *public = NULL;

  add (text, "report of", self->versions);
  add (text, "time", self->time);
  add (text, "channel", self->title);
  add_diagnosis (text, self->diagnosis);
  add (text, "message", self->message);
  if (self->alternative != NULL)
    add_announced (text, self->alternative);
  if (self->report != NULL)
    add_report (text, self->report);
  public = hide_secrets (text->str);
  return hide_paths (public, self->home);
}
