/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A station that makes transport streams: packets of several programs with their tables, in virtual
 * time, 25 times a second. */
#pragma once

#include "wire/ts-tables.h"

#define TS_STREAMS 4
#define TS_PROGRAMS 4
#define TS_TURN (40 * G_GINT64_CONSTANT (1000) * 1000) /* [ns] */

typedef struct
{
  guint16 pid; /* 0: none */
  guint8 type;
  guint packets; /* each turn; the first begins a PES packet */
  gboolean scrambled, mute;
  const char *descriptors; /* (nullable) */
  guint length;            /* [bytes] of those */
} TsStream;

typedef struct
{
  guint number; /* 0: none */
  guint16 pmt_pid, pcr_pid;
  guint version;
  const char *name;        /* (nullable): in the SDT */
  const char *descriptors; /* (nullable) */
  guint length;
  TsStream streams[TS_STREAMS];
} TsProgram;

/* What one turn is made of. */
typedef struct
{
  guint pat_version;
  gboolean no_pat;
  guint nulls; /* each turn */
  TsProgram programs[TS_PROGRAMS];
} TsPlan;

typedef struct
{
  GByteArray *bytes; /* packets so far */
  guint8 counters[LEC_TS_PIDS];
  guint32 units[LEC_TS_PIDS]; /* PES packets begun on each */
  gint64 clock;               /* [1/27 MHz s] */
  guint spoil;                /* sections to come whose CRC is wrong */
} TsMux;

void ts_mux_init (TsMux *self);
void ts_mux_clear (TsMux *self);

/* Appends a packet with a payload of @size bytes of @payload, stuffed; no payload where that is
 * NULL.
 * @pcr: -1: none */
void ts_mux_put (TsMux *self,
                 guint16 pid,
                 gboolean starts,
                 const guint8 *payload,
                 guint size,
                 gint64 pcr);

/* A section without its CRC, which is put behind, in as many packets as it takes. */
void ts_mux_put_section (TsMux *self, guint16 pid, const guint8 *section, guint length);

/* All that is sent in one turn: tables and streams. */
void ts_mux_run (TsMux *self, const TsPlan *plan, guint turns);

/* Sections without CRC, into room for LEC_TS_SECTION_MAX. Returns [bytes]. */
guint ts_make_pmt (const TsProgram *program, guint8 *section);
