/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The order of datagrams that have no number: transport stream packets without RTP in front of
 * them.
 *
 * Continuity counters (ISO/IEC 13818-1, section 2.4.3.3) count to 16 for each PID, and that is
 * enough to see where datagrams are missing, which one came late, and which came twice. How many
 * are missing is an estimate: exact for one or two in a row, which nearly all are. Allocates
 * nothing for a datagram. */
#pragma once

#include "wire/ts-packet.h"

G_BEGIN_DECLS

typedef struct _LecTsOrder LecTsOrder;

/**
 * LecTsOrderKind:
 * @LEC_TS_ORDER_NEXT: it comes after all before, where something is missing with a gap
 * @LEC_TS_ORDER_BEHIND: it is one that was missing
 * @LEC_TS_ORDER_REPEATED: it has come before, byte for byte
 */
typedef enum {
  LEC_TS_ORDER_NEXT,
  LEC_TS_ORDER_BEHIND,
  LEC_TS_ORDER_REPEATED,
} LecTsOrderKind;

typedef struct
{
  LecTsOrderKind kind;
  gint64 number;  /* of NEXT and BEHIND */
  gint64 time_ns; /* of BEHIND: arrival of the one that it belongs before */
} LecTsPlace;

LecTsOrder *lec_ts_order_new (void) G_GNUC_WARN_UNUSED_RESULT;
void lec_ts_order_free (LecTsOrder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecTsOrder, lec_ts_order_free)

/**
 * lec_ts_order_place:
 * @bytes: whole packets, as lec_ts_is_aligned() has them
 * @next: number after the highest one that was given
 * @now_ns: its arrival
 */
LecTsPlace
lec_ts_order_place (LecTsOrder *self, const guint8 *bytes, gsize size, gint64 next, gint64 now_ns);

/* The same for one that is known to be late, by how it was cut: its counters may by chance be those
 * that are due. */
LecTsPlace lec_ts_order_place_late (LecTsOrder *self,
                                    const guint8 *bytes,
                                    gsize size,
                                    gint64 next,
                                    gint64 now_ns);

/**
 * lec_ts_order_is_repeated:
 * @bytes: a datagram that is not cut at packet borders, as it has come
 * @now_ns: its arrival
 *
 * Whether it has come before, byte for byte: to be asked before packets are put together, as a
 * second copy fits nowhere. What may well be sent twice, as stuffing, is told by where it comes.
 */
gboolean
lec_ts_order_is_repeated (LecTsOrder *self, const guint8 *bytes, gsize size, gint64 now_ns);

/* Forgets all counters: another sender begins, or this one anew. */
void lec_ts_order_reset (LecTsOrder *self);

G_END_DECLS
