/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The fields of a report by name: one row each, for all who show or sum up what they hold, whatever
 * that is: channelsrc's `stats`, JSON, a terminal, a window. */
#pragma once

#include "report/report.h"

G_BEGIN_DECLS

/**
 * LecFieldKind:
 * @LEC_FIELD_COUNTER: guint64, since the join
 * @LEC_FIELD_NUMBER: guint
 * @LEC_FIELD_PORT: guint16
 * @LEC_FIELD_ID: guint that a person reads in hexadecimal; 0: not known
 * @LEC_FIELD_FLAG: gboolean
 * @LEC_FIELD_TEXT: char array; empty: not known
 * @LEC_FIELD_NAME: const char *, a constant; NULL: not known
 * @LEC_FIELD_WORD: an enum, by its words
 * @LEC_FIELD_DURATION: gint64 [ns], shown in milliseconds; negative: it has not happened, shown as
 * -1
 * @LEC_FIELD_DIFFERENCE: gint64 [ns], shown in milliseconds
 * @LEC_FIELD_AGE: gint64, session time [ns], shown as what it is ago in milliseconds, likewise
 * @LEC_FIELD_RATIO: double
 */
typedef enum {
  LEC_FIELD_COUNTER,
  LEC_FIELD_NUMBER,
  LEC_FIELD_PORT,
  LEC_FIELD_ID,
  LEC_FIELD_FLAG,
  LEC_FIELD_TEXT,
  LEC_FIELD_NAME,
  LEC_FIELD_WORD,
  LEC_FIELD_DURATION,
  LEC_FIELD_DIFFERENCE,
  LEC_FIELD_AGE,
  LEC_FIELD_RATIO,
} LecFieldKind;

/* One value of an enum. */
typedef struct
{
  const char *name;  /* for programs */
  const char *label; /* (nullable): for a person, to be translated; NULL: nothing worth showing */
} LecFieldWord;

typedef struct
{
  const char *name;  /* for programs: key of a structure or of a JSON object */
  const char *unit;  /* (nullable): what it is counted in: "packets", "ms" */
  LecFieldKind kind; /* what lies at @offset */
  gsize offset;      /* in the struct of its table */
  const char *label; /* (nullable): for a person, to be translated; NULL: not for the window */
  gboolean is_event; /* a counter that does not grow in most seconds: worth a word when it does */
  const LecFieldWord *words; /* of an enum or a flag, by value */
} LecField;

/* Each ends with a field without a name. */
extern const LecField lec_leg_fields[];        /* of LecLegReport */
extern const LecField lec_track_fields[];      /* of LecTrackReport */
extern const LecField lec_stream_fields[];     /* of LecStreamReport */
extern const LecField lec_station_fields[];    /* of LecStationReport */
extern const LecField lec_network_fields[];    /* of LecNetworkReport */
extern const LecField lec_host_fields[];       /* of LecHostReport */
extern const LecField lec_ts_fields[];         /* of LecTsStats, what is not of its parts */
extern const LecField lec_ts_program_fields[]; /* of LecTsProgramStats, likewise */
extern const LecField lec_ts_stream_fields[];  /* of LecTsStreamStats */
extern const LecField lec_report_fields[];     /* of LecReport, what is not of its parts */

/**
 * lec_field_get_value:
 * @item: what @field is of
 * @report: that @item is of
 * @value: (out): zeroed; becomes a guint64, guint, gboolean, string or double
 */
void
lec_field_get_value (const LecField *field, gconstpointer item, LecReport *report, GValue *value);

/* Returns: the value of a %LEC_FIELD_COUNTER */
guint64 lec_field_get_counter (const LecField *field, gconstpointer item);

/* Returns: (transfer none) (nullable): the label of what an enum or a flag says, translated */
const char *lec_field_get_label (const LecField *field, gconstpointer item);

/* Returns: (nullable): how a person calls it, in any language; NULL: it is not known */
const char *lec_foreign_get_name (LecForeign foreign);

/* All (transfer none). What a medium is called by programs, "video", and for a person, "Picture",
 * translated. */
const char *lec_media_get_name (LecMedia media);
const char *lec_media_get_label (LecMedia media);

/* What something that comes as "H264", or only as "video", is called. */
const char *lec_stream_report_get_name (const LecStreamReport *self);

/* Returns: (transfer none) (nullable): the program that is played of a transport stream; NULL: none
 *   yet, or there are none */
const LecTsProgramStats *lec_stream_report_get_program (const LecStreamReport *self);

/* ---- all counters of LecStats ---- */

/* Adds the counters of @more to those of @sum. */
void lec_stats_add (LecStats *sum, const LecStats *more);

/* Returns: the counters of what has come between @before and @now, 0 for what counts anew; the rest
 *   is zero */
LecStats lec_stats_since (const LecStats *now, const LecStats *before);

G_END_DECLS
