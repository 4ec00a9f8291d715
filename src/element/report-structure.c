/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/report-structure.h"

#include "report/doctor.h"
#include "report/fields.h"

static void
add_fields (GstStructure *structure, const LecField *fields, gconstpointer item, LecReport *report)
{
  for (const LecField *field = fields; field->name != NULL; field++) {
    GValue value = G_VALUE_INIT;

    lec_field_get_value (field, item, report, &value);
    gst_structure_take_value (structure, field->name, &value);
  }
}

/* @item: (transfer full) */
static void
append (GValue *list, GstStructure *item)
{
  GValue value = G_VALUE_INIT;

  g_value_init (&value, GST_TYPE_STRUCTURE);
  g_value_take_boxed (&value, item);
  gst_value_list_append_and_take_value (list, &value);
}

static GstStructure *
new_program (LecReport *report, const LecTsProgramStats *program)
{
  GstStructure *structure = gst_structure_new_empty ("program");
  GValue streams = G_VALUE_INIT;

  add_fields (structure, lec_ts_program_fields, program, report);
  gst_value_list_init (&streams, program->n_streams);
  for (guint i = 0; i < program->n_streams; i++) {
    GstStructure *stream = gst_structure_new_empty ("elementary-stream");

    add_fields (stream, lec_ts_stream_fields, &program->streams[i], report);
    append (&streams, stream);
  }
  gst_structure_take_value (structure, "streams", &streams);
  return structure;
}

static GstStructure *
new_ts (LecReport *report, const LecStreamReport *stream)
{
  GstStructure *structure = gst_structure_new_empty ("transport-stream");
  const LecTsProgramStats *chosen = lec_stream_report_get_program (stream);
  GValue programs = G_VALUE_INIT;

  add_fields (structure, lec_ts_fields, &stream->ts, report);
  if (chosen != NULL)
    gst_structure_set (structure, "program", G_TYPE_UINT, chosen->number, NULL);
  gst_value_list_init (&programs, stream->ts.n_programs);
  for (guint i = 0; i < stream->ts.n_programs; i++)
    append (&programs, new_program (report, &stream->ts.programs[i]));
  gst_structure_take_value (structure, "programs", &programs);
  return structure;
}

static GstStructure *
new_stream (LecReport *report, const LecStreamReport *stream)
{
  GstStructure *structure = gst_structure_new_empty ("stream");
  GValue legs = G_VALUE_INIT;

  add_fields (structure, lec_stream_fields, stream, report);
  gst_value_list_init (&legs, stream->n_legs);
  for (guint i = 0; i < stream->n_legs; i++) {
    GstStructure *leg = gst_structure_new_empty ("leg");

    add_fields (leg, lec_leg_fields, &stream->legs[i], report);
    append (&legs, leg);
  }
  gst_structure_take_value (structure, "legs", &legs);
  if (stream->ts.packets > 0 || stream->ts.is_program_stream) {
    g_autoptr (GstStructure) ts = new_ts (report, stream);

    gst_structure_set (structure, "ts", GST_TYPE_STRUCTURE, ts, NULL);
  }
  return structure;
}

static void
add_stations (GstStructure *structure, LecReport *report)
{
  GValue stations = G_VALUE_INIT;

  gst_value_list_init (&stations, report->n_stations);
  for (guint i = 0; i < report->n_stations; i++) {
    GstStructure *station = gst_structure_new_empty ("station");

    add_fields (station, lec_station_fields, &report->stations[i], report);
    append (&stations, station);
  }
  gst_structure_take_value (structure, "stations", &stations);
}

GstStructure *
lec_report_structure_new (LecReport *report)
{
  GstStructure *structure = gst_structure_new_empty ("channelsrc-stats");
  const LecDoctorCase facts = { .report = report, .reception = lec_reception_read (report) };
  g_autofree char *advice = lec_doctor_dup_advice (&facts);
  GValue streams = G_VALUE_INIT;

  add_fields (structure, lec_network_fields, &report->network, report);
  if (advice != NULL)
    gst_structure_set (structure, "advice", G_TYPE_STRING, advice, NULL);
  add_fields (structure, lec_report_fields, report, report);
  gst_value_list_init (&streams, report->n_streams);
  for (guint i = 0; i < report->n_streams; i++)
    append (&streams, new_stream (report, &report->streams[i]));
  gst_structure_take_value (structure, "streams", &streams);
  add_stations (structure, report);
  return structure;
}
