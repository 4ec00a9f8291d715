/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Looks at each packet of a transport stream: what there is in it, and how it comes.
 *
 * Bytes and time in, tables and counters out. Nothing is allocated for a packet. */
#pragma once

#include "wire/ts-tables.h"

G_BEGIN_DECLS

#define LEC_TS_ALIVE (G_GINT64_CONSTANT (1000) * 1000 * 1000) /* [ns] what came within is there */

/* What has come on one PID. */
typedef struct
{
  guint64 packets, units, scrambled, random_access, lost;
  guint64 clear;   /* payloads that are not scrambled */
  gint64 clear_ns; /* arrival of the newest of those */
  guint64 digest;  /* of its newest payload */
  gboolean known;  /* the counter is set */
  guint8 counter;
  guint8 stream_id; /* of its newest PES packet; 0: none was seen */
} LecTsPid;

typedef struct
{
  LecTsPatEntry entry;
  guint8 pat_section;     /* number of the section that has it */
  char name[LEC_TS_NAME]; /* "": not said */
  gboolean has_pmt;
  LecTsPmt pmt;
  guint section_length;
  guint8 section[LEC_TS_SECTION_MAX]; /* of the PMT */
} LecTsProgram;

/* Public fields may be read. */
typedef struct
{
  LecTsProgram programs[LEC_TS_PROGRAMS]; /* in the order of the PAT */
  guint n_programs;
  gboolean has_pat;
  guint changes;   /* of any table so far */
  guint16 pcr_pid; /* whose clock is read; LEC_TS_NULL_PID: the first one that has one */
  guint64 packets, null_packets, lost, duplicate, discontinuities;
  guint64 bit_rate;
  double null_share;

  /*< private >*/
  guint wanted;
  LecTsPid *pids; /* LEC_TS_PIDS */
  LecTsSection pat, sdt;
  LecTsSection pmts[LEC_TS_PROGRAMS];
  guint16 pmt_pids[LEC_TS_PROGRAMS];    /* which PID each puts together; 0: free */
  gboolean *is_table;                   /* LEC_TS_PIDS: whether PMTs come on it */
  guint32 pat_crcs[256], sdt_crcs[256]; /* of the sections read last; 0: none */
  guint16 clock_pid;
  gint64 pcr, window_pcr; /* newest one, and that from which is measured; -1: none */
  guint64 window_packets, window_nulls;
  guint16 section_pid; /* of the section that is being taken */
} LecTsSurvey;

void lec_ts_survey_init (LecTsSurvey *self);
void lec_ts_survey_clear (LecTsSurvey *self);

/* @number: of a program that is to be among those looked at, however many there are; 0: any */
void lec_ts_survey_want (LecTsSurvey *self, guint number);

/**
 * lec_ts_survey_note:
 * @bytes: #LEC_TS_PACKET of them
 * @packet: (out): what their header says
 * @now_ns: their arrival
 *
 * Returns: whether they are a packet, and not the second copy of one
 */
gboolean
lec_ts_survey_note (LecTsSurvey *self, const guint8 *bytes, LecTsPacket *packet, gint64 now_ns);

static inline const LecTsPid *
lec_ts_survey_get_pid (const LecTsSurvey *self, guint16 pid)
{
  return &self->pids[pid];
}

/* Returns: (nullable) (transfer none): the program of a number; NULL: there is none */
const LecTsProgram *lec_ts_survey_find (const LecTsSurvey *self, guint number);

/**
 * lec_ts_survey_is_alive:
 *
 * Returns: whether sound or picture of a kind that is known comes of it, and not scrambled
 */
gboolean
lec_ts_survey_is_alive (const LecTsSurvey *self, const LecTsProgram *program, gint64 now_ns);

/* Returns: whether it may still turn out to be alive: nothing speaks against it but that nothing of
 *   it has come */
gboolean lec_ts_survey_is_open (const LecTsSurvey *self, const LecTsProgram *program);

/* Adds what is known here to @stats. */
void lec_ts_survey_read (const LecTsSurvey *self, gint64 now_ns, LecTsStats *stats);

G_END_DECLS
