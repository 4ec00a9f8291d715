/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tables that say what is in a transport stream, one section at a time: PAT and PMT (ISO/IEC
 * 13818-1, sections 2.4.4.3 and 2.4.4.8), SDT (EN 300 468, section 5.2.3).
 *
 * Read from sections whose CRC is right, which is all that is expected of them. */
#pragma once

#include "wire/ts-codec.h"
#include "wire/ts-section.h"
#include "wire/ts-stats.h"

G_BEGIN_DECLS

#define LEC_TS_PAT_MAX 253  /* programs that one section has room for */
#define LEC_TS_SDT_PID 0x11 /* EN 300 468, table 1 */

/* What sections have in common (2.4.4.10). */
typedef struct
{
  guint id;        /* transport_stream_id, program_number */
  gboolean is_now; /* current_next_indicator: it is in force */
  guint8 number, last;
} LecTsTable;

typedef struct
{
  guint number;
  guint16 pmt_pid;
} LecTsPatEntry;

typedef struct
{
  LecTsTable table;
  guint n_programs;
  LecTsPatEntry programs[LEC_TS_PAT_MAX];
} LecTsPat;

/* An elementary stream as a PMT has it. */
typedef struct
{
  guint16 pid;
  guint8 type;             /* stream_type */
  const LecTsCodec *codec; /* (nullable): NULL: nothing known */
  char language[4];        /* ISO 639-2; "": not said */
  guint ca_system;         /* CA_system_ID; 0: none is said */
  guint at, length;        /* [bytes] of the section: its descriptors */
} LecTsElement;

typedef struct
{
  LecTsTable table;
  guint16 pcr_pid;
  guint ca_system;  /* of the whole program, or of one stream of it; 0: none is said */
  guint at, length; /* [bytes] of the section: descriptors of the program */
  guint n_elements;
  LecTsElement elements[LEC_TS_STREAMS]; /* the first of them; each PID once */
} LecTsPmt;

/* Each returns FALSE when the section is no such table, or its lengths do not fit. */
gboolean lec_ts_pat_parse (const guint8 *section, guint length, LecTsPat *pat);
gboolean lec_ts_pmt_parse (const guint8 *section, guint length, LecTsPmt *pmt);

/* Of a PMT, whoever wrote it: without reading all of it. 0: it is none */
guint lec_ts_pmt_get_number (const guint8 *section, guint length);

/**
 * lec_ts_sdt_foreach:
 * @name: (array length=length): as lec_ts_text_copy() takes it
 *
 * Calls @take for each service of the stream itself that has a name.
 */
void lec_ts_sdt_foreach (
    const guint8 *section,
    guint length,
    void (*take) (guint number, const guint8 *name, guint name_length, gpointer data),
    gpointer data);

/* ---- the inverse ---- */

/**
 * lec_ts_pat_print:
 * @section: (out): room for #LEC_TS_SECTION_MAX
 *
 * Returns: [bytes] of a PAT with one program
 */
guint lec_ts_pat_print (guint number, guint16 pmt_pid, guint8 *section);

/**
 * lec_ts_pmt_print:
 * @pmt: which has number, PCR PID, PIDs and types; where the descriptors lie is said of @from
 * @from: the section that they are copied from
 * @version: 0 to 31
 * @section: (out): room for #LEC_TS_SECTION_MAX
 *
 * Returns: [bytes] of the PMT, no more than @from has
 */
guint lec_ts_pmt_print (const LecTsPmt *pmt, const guint8 *from, guint version, guint8 *section);

G_END_DECLS
