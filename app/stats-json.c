/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stats-json.h"

#include <math.h>

#include "report/doctor.h"
#include "report/fields.h"
#include "wire/ts-codec.h"

static void
set_member (JsonObject *object, const char *name, const GValue *value)
{
  if (G_VALUE_HOLDS_UINT64 (value))
    json_object_set_int_member (object, name, (gint64) g_value_get_uint64 (value));
  else if (G_VALUE_HOLDS_UINT (value))
    json_object_set_int_member (object, name, g_value_get_uint (value));
  else if (G_VALUE_HOLDS_BOOLEAN (value))
    json_object_set_boolean_member (object, name, g_value_get_boolean (value));
  else if (G_VALUE_HOLDS_DOUBLE (value) && isfinite (g_value_get_double (value)))
    json_object_set_double_member (object, name, round (g_value_get_double (value) * 1000) / 1000);
  else if (G_VALUE_HOLDS_STRING (value) && g_value_get_string (value) != NULL
           && *g_value_get_string (value) != '\0')
    json_object_set_string_member (object, name, g_value_get_string (value));
}

static void
set_members (JsonObject *object, const LecField *fields, gconstpointer item, LecReport *report)
{
  for (const LecField *field = fields; field->name != NULL; field++) {
    g_auto (GValue) value = G_VALUE_INIT;

    lec_field_get_value (field, item, report, &value);
    set_member (object, field->name, &value);
  }
}

static JsonObject *
program_to_json (LecReport *report, const LecTsProgramStats *program)
{
  JsonObject *object = json_object_new ();
  JsonArray *streams = json_array_new ();
  const char *ca_name = lec_ts_ca_get_name (program->ca_system);

  set_members (object, lec_ts_program_fields, program, report);
  if (ca_name != NULL)
    json_object_set_string_member (object, "ca-name", ca_name);
  for (guint i = 0; i < program->n_streams; i++) {
    JsonObject *stream = json_object_new ();

    set_members (stream, lec_ts_stream_fields, &program->streams[i], report);
    json_array_add_object_element (streams, stream);
  }
  json_object_set_array_member (object, "streams", streams);
  return object;
}

/* The number of what is played is told once more, as there may be many. */
static JsonObject *
ts_to_json (LecReport *report, const LecStreamReport *stream)
{
  JsonObject *object = json_object_new ();
  JsonArray *programs = json_array_new ();
  const LecTsProgramStats *chosen = lec_stream_report_get_program (stream);

  set_members (object, lec_ts_fields, &stream->ts, report);
  if (chosen != NULL)
    json_object_set_int_member (object, "program", chosen->number);
  for (guint i = 0; i < stream->ts.n_programs; i++)
    json_array_add_object_element (programs, program_to_json (report, &stream->ts.programs[i]));
  json_object_set_array_member (object, "programs", programs);
  return object;
}

static JsonObject *
stream_to_json (LecReport *report, const LecStreamReport *stream)
{
  JsonObject *object = json_object_new ();
  JsonArray *legs = json_array_new ();

  set_members (object, lec_stream_fields, stream, report);
  for (guint i = 0; i < stream->n_legs; i++) {
    JsonObject *leg = json_object_new ();

    set_members (leg, lec_leg_fields, &stream->legs[i], report);
    json_array_add_object_element (legs, leg);
  }
  json_object_set_array_member (object, "legs", legs);
  if (stream->ts.packets > 0 || stream->ts.is_program_stream)
    json_object_set_object_member (object, "ts", ts_to_json (report, stream));
  return object;
}

static JsonObject *
track_to_json (LecReport *report, const LecTrackReport *track)
{
  JsonObject *object = json_object_new ();
  JsonObject *second = json_object_new ();
  const LecTrackReport of_second = { .counts = track->second };

  set_members (object, lec_track_fields, track, report);
  for (const LecField *field = lec_track_fields; field->name != NULL; field++) {
    if (field->kind == LEC_FIELD_COUNTER && field->unit != NULL)
      json_object_set_int_member (second, field->name,
                                  (gint64) lec_field_get_counter (field, &of_second));
  }
  json_object_set_object_member (object, "second", second);
  return object;
}

static void
set_stations (JsonObject *object, LecReport *report)
{
  JsonArray *stations = json_array_new ();

  for (guint i = 0; i < report->n_stations; i++) {
    JsonObject *station = json_object_new ();

    set_members (station, lec_station_fields, &report->stations[i], report);
    json_array_add_object_element (stations, station);
  }
  json_object_set_array_member (object, "stations", stations);
}

static void
set_tracks (JsonObject *object, LecReport *report)
{
  JsonArray *tracks = json_array_new ();

  for (guint i = 0; i < report->n_tracks; i++)
    json_array_add_object_element (tracks, track_to_json (report, &report->tracks[i]));
  json_object_set_array_member (object, "tracks", tracks);
}

static void
set_channel (JsonObject *object, LecReport *report)
{
  const LecDoctorCase facts = { .report = report, .reception = lec_reception_read (report) };
  g_autofree char *advice = lec_doctor_dup_advice (&facts);
  JsonObject *network = json_object_new ();
  JsonObject *host = json_object_new ();

  if (advice != NULL)
    json_object_set_string_member (object, "advice", advice);
  set_members (object, lec_report_fields, report, report);
  set_members (network, lec_network_fields, &report->network, report);
  json_object_set_object_member (object, "network", network);
  set_members (host, lec_host_fields, &report->host, report);
  json_object_set_object_member (object, "computer", host);
  set_stations (object, report);
}

JsonObject *
lec_report_to_json (LecReport *report)
{
  JsonObject *object = json_object_new ();
  JsonArray *streams = json_array_new ();

  if (report != NULL)
    set_channel (object, report);
  for (guint i = 0; report != NULL && i < report->n_streams; i++)
    json_array_add_object_element (streams, stream_to_json (report, &report->streams[i]));
  json_object_set_array_member (object, "streams", streams);
  if (report != NULL && report->n_tracks > 0)
    set_tracks (object, report);
  return object;
}

JsonObject *
lec_diagnosis_to_json (const LecDiagnosis *diagnosis)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "code", lec_doctor_code_get_name (diagnosis->code));
  json_object_set_string_member (object, "severity", lec_severity_get_name (diagnosis->severity));
  json_object_set_string_member (object, "message", diagnosis->sentence);
  if (diagnosis->remedy != NULL)
    json_object_set_string_member (object, "remedy", diagnosis->remedy);
  return object;
}

JsonObject *
lec_decoded_to_json (guint64 frames, guint64 sounds, guint64 texts)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "video", (gint64) frames);
  json_object_set_int_member (object, "audio", (gint64) sounds);
  json_object_set_int_member (object, "text", (gint64) texts);
  return object;
}
