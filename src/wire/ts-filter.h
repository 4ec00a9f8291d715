/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Hands on one program of a transport stream, under tables of its own.
 *
 * Demultiplexers fail in various ways when programs, PIDs or tables change under way. So that they
 * see as little of it as can be, what is handed on has one program, whose number, PMT and PIDs are
 * always the same: a stream that moves to another PID is the same stream where it has the same
 * codec. Only streams that join, leave or change their codec make another PMT, with another
 * version, and are counted as changes of the tables. All else becomes null packets. Works in place,
 * and allocates nothing for a packet. Not thread-safe. */
#pragma once

#include "wire/ts-stats.h"

G_BEGIN_DECLS

/* Of what is handed on. */
#define LEC_TS_OUT_PROGRAM 1
#define LEC_TS_OUT_PMT_PID 0x20
#define LEC_TS_OUT_PCR_PID 0x21   /* where the clock has a PID of its own */
#define LEC_TS_OUT_FIRST_PID 0x40 /* of elementary streams, those after it too */

typedef struct _LecTsFilter LecTsFilter;

LecTsFilter *lec_ts_filter_new (void) G_GNUC_WARN_UNUSED_RESULT;
void lec_ts_filter_free (LecTsFilter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecTsFilter, lec_ts_filter_free)

/**
 * lec_ts_filter_set_program:
 * @number: program that is wanted; 0: the first one that can be played. One that is not there is
 *   waited for a second, and again from then on, while another one is handed on
 */
void lec_ts_filter_set_program (LecTsFilter *self, guint number);

/**
 * lec_ts_filter_process:
 * @bytes: whole packets, in the order of sending; changed in place
 * @size: [bytes]; where these are no transport stream packets they are left alone, as by
 *   lec_ts_filter_note_other()
 * @now_ns: their arrival
 */
void lec_ts_filter_process (LecTsFilter *self, guint8 *bytes, gsize size, gint64 now_ns);

/**
 * lec_ts_filter_note_other:
 * @bytes: what has come and is no transport stream; any bytes
 *
 * Looks whether it is an MPEG program stream, which some take for one.
 */
void lec_ts_filter_note_other (LecTsFilter *self, const guint8 *bytes, gsize size);

/* @now_ns: not before that of the newest packets */
void lec_ts_filter_read (const LecTsFilter *self, gint64 now_ns, LecTsStats *stats);

G_END_DECLS
