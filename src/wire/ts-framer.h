/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds packets in the bytes of a transport stream, however they were cut into datagrams.
 *
 * Many senders fill their datagrams without regard to packets, or begin in the middle of one; some
 * have bytes of their own between them: a time stamp of four (M2TS), parity of 16 (ISO/IEC 13818-1
 * allows the latter as 204 bytes, ATSC has 208). Whole packets of 188 bytes come out; of one that
 * is cut the first piece is kept until the rest of it comes. Where bytes are missing, the packets
 * that they belonged to are dropped, and packets are looked for anew by their sync bytes. Works in
 * place, and allocates nothing. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_TS_FRAMER_PENDING 624 /* [bytes] kept at most: three packets, to know them by */

#define LEC_TS_SEAM_AFTER 8
#define LEC_TS_SEAM_HEADER 12 /* [bytes] of a packet, with a PCR */

/* Two ends that do not fit: something is missing in between, and may come late. */
typedef struct
{
  guint age; /* [datagrams] since; 0: there is none */
  guint n_tail, n_head;
  guint n_after;
  guint8 tail[188], head[188];
  guint8 after[LEC_TS_SEAM_AFTER][LEC_TS_SEAM_HEADER]; /* of the packets behind the head */
} LecTsSeam;

/* A plain struct to be embedded; all zero: nothing has come. in_sync, step, joined and late may be
 * read.
 */
typedef struct
{
  gboolean in_sync; /* it is known where packets begin */
  gboolean joined;  /* the first packet that came out was put together of two pieces */
  gboolean late;    /* what came out belongs before what had come out */
  guint step;       /* [bytes] from one packet to the next; 0: not known yet */
  guint skip;       /* [bytes] to come before the next one, while nothing is pending */
  guint n_pending;
  guint8 pending[LEC_TS_FRAMER_PENDING];
  LecTsSeam seam;
} LecTsFramer;

/**
 * lec_ts_framer_process:
 * @bytes: what comes next, with room for #LEC_TS_FRAMER_PENDING more behind it; replaced by whole
 *   packets
 * @size: [bytes] of it
 *
 * Returns: [bytes] of packets; 0: none is complete yet
 */
gsize lec_ts_framer_process (LecTsFramer *self, guint8 *bytes, gsize size);

/* Returns: whether @bytes are whole packets, which have nothing to do with what came before */
gboolean lec_ts_framer_is_whole (const LecTsFramer *self, const guint8 *bytes, gsize size);

/* Returns: whether packets begin in @bytes where those before let one expect it, and some do */
gboolean lec_ts_framer_continues (const LecTsFramer *self, const guint8 *bytes, gsize size);

/* What comes next does not go on from what has come. */
void lec_ts_framer_break (LecTsFramer *self);

/**
 * lec_ts_find_sync:
 * @start: (out): where the first packet begins that can be told
 * @step: (inout): [bytes] from one packet to the next: what is tried first, 0: any; then what it is
 *
 * Returns: whether there are three sync bytes in a row, and four if there is room for them
 */
gboolean lec_ts_find_sync (const guint8 *bytes, gsize size, gsize *start, guint *step);

G_END_DECLS
