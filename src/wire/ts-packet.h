/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One packet of an MPEG transport stream (ISO/IEC 13818-1, section 2.4.3). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_TS_PACKET 188 /* [bytes] */
#define LEC_TS_SYNC 0x47
#define LEC_TS_PIDS 8192
#define LEC_TS_NULL_PID 0x1fff
#define LEC_TS_CLOCK 27000000 /* [Hz] of a PCR */

/* What its header says. */
typedef struct
{
  guint16 pid;
  guint8 counter;         /* continuity_counter, 0 to 15 */
  guint8 scrambling;      /* transport_scrambling_control; 0: clear */
  guint8 payload_offset;  /* [bytes]; LEC_TS_PACKET: it has no payload, and its counter stands */
  gboolean starts;        /* payload_unit_start_indicator */
  gboolean discontinuity; /* counter, or clock where it has one, do not go on */
  gboolean random_access; /* random_access_indicator: what follows can be decoded by itself */
  gint64 pcr;             /* [1/LEC_TS_CLOCK s]; -1: it has none */
} LecTsPacket;

/**
 * lec_ts_packet_parse:
 * @bytes: #LEC_TS_PACKET of them
 * @packet: (out): set when it returns TRUE
 *
 * Returns: FALSE where there is no sync byte, where the sender says that it is spoilt, and where
 * its adaptation field does not fit
 */
gboolean lec_ts_packet_parse (const guint8 *bytes, LecTsPacket *packet);

static inline gboolean
lec_ts_packet_has_payload (const LecTsPacket *packet)
{
  return packet->payload_offset < LEC_TS_PACKET;
}

/* Makes @bytes, #LEC_TS_PACKET of them, a null packet: one that means nothing (section 2.4.3.3). */
void lec_ts_packet_clear (guint8 *bytes);

/* Returns: whether @size bytes are whole packets, one or more, by their sync bytes */
gboolean lec_ts_is_aligned (const guint8 *bytes, gsize size);

/* Returns: how far @counter is ahead of the one that is due after @before, 0 to 15 */
static inline guint
lec_ts_counter_diff (guint8 before, guint8 counter)
{
  return (guint) (counter - before - 1) & 0x0f;
}

G_END_DECLS
