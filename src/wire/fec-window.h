/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The last packets of media, by their numbers, to be added up with parity.
 *
 * As many as the blocks of a sender need, and no further apart than its packets are long: less
 * memory is faster. Nothing is allocated; not thread-safe. */
#pragma once

#include "wire/packet.h"

G_BEGIN_DECLS

#define LEC_FEC_WINDOW 1024 /* [packets], of LEC_PACKET_SLOT bytes each; a power of two */

/* A packet of the window, but for its number and its bytes. */
typedef struct
{
  gint64 arrival_ns;
  guint32 size;        /* [bytes]; 0: too large to be kept, so it cannot be added up */
  gboolean is_rebuilt; /* and has left */
  gboolean is_parity;  /* and no media, so that no block has it */
} LecFecSlot;

/* A plain struct to be embedded, at the end of another. running, begin, newest and span may be
 * read. */
typedef struct
{
  gboolean running;               /* it has packets */
  gint64 begin;                   /* number of the first packet: of those before nothing is known */
  gint64 newest;                  /* of the newest one */
  gint64 span;                    /* packets that are kept: a power of two */
  gint64 numbers[LEC_FEC_WINDOW]; /* which packets it has; close together, as it is asked for them
                                   * most; G_MININT64: none */
  LecFecSlot slots[LEC_FEC_WINDOW];
  guint32 stride; /* [bytes] from one packet to the next: what is close together stays in a cache */
  guint8 packets[LEC_FEC_WINDOW * LEC_PACKET_SLOT];
} LecFecWindow;

/* Another sender: no packets, and as few as most need are kept. The bytes stay untouched. */
void lec_fec_window_init (LecFecWindow *self);

/* No packets. */
void lec_fec_window_forget (LecFecWindow *self);

/* Returns: whether so many packets, @span, are not kept so far: then they are from now on, and
 * those that were are forgotten */
gboolean lec_fec_window_widen (LecFecWindow *self, gint64 span);

/* Returns: whether @number is not further from the newest packet than packets are kept */
gboolean lec_fec_window_reaches (const LecFecWindow *self, gint64 number);

static inline guint
lec_fec_window_index (const LecFecWindow *self, gint64 number)
{
  return (guint) (number & (self->span - 1));
}

static inline gboolean
lec_fec_window_has (const LecFecWindow *self, gint64 number)
{
  return self->numbers[lec_fec_window_index (self, number)] == number;
}

/**
 * lec_fec_window_add:
 * @number: that it does not have, and reaches, or there are none yet
 *
 * Copies @packet.
 *
 * Returns: whether it is the newest one now
 */
gboolean lec_fec_window_add (LecFecWindow *self, gint64 number, const LecPacket *packet);

/* Likewise, of what has @number and is no media. */
gboolean lec_fec_window_add_parity (LecFecWindow *self, gint64 number);

/* Returns: (nullable): packet @number, from its header on, as far as it was kept; valid until the
 *   next one comes. @size: (out): [bytes]; 0: it was too large, or is no media */
const guint8 *lec_fec_window_get (const LecFecWindow *self, gint64 number, guint32 *size);

/* Returns: [ns] when packet @number came, which it has */
gint64 lec_fec_window_get_arrival (const LecFecWindow *self, gint64 number);

/* Returns: whether it has @number, behind which parity of a frame may stand: the last packet of
 *   that, or parity */
gboolean lec_fec_window_ends_frame (const LecFecWindow *self, gint64 number);

/* Packet @number, if it has it, was rebuilt; @has_left: and has been used. */
void lec_fec_window_note_rebuilt (LecFecWindow *self, gint64 number, gboolean has_left);

/* Returns: whether @number was rebuilt and used; asked once, it is forgotten */
gboolean lec_fec_window_take_rebuilt (LecFecWindow *self, gint64 number);

G_END_DECLS
