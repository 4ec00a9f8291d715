/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Of how many datagrams of one socket the kernel is asked what it knows beside the bytes: its time
 * stamp, the hops left, how many it dropped. To be told of one costs a third of what it costs to
 * read it.
 *
 * Where they come fast, one in a few is enough: those between two stamps have come between them.
 * Knows no clock; not thread-safe. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_STAMP_STEP_MAX 8

/* Of what came between two stamps that are further apart than that it is not known when it came. */
#define LEC_STAMP_APART_NS G_GINT64_CONSTANT (500000)

/* A plain struct to be embedded; zeroed asks of each. All fields are private. */
typedef struct
{
  gint64 since_ns; /* counted since then */
  guint packets;
  guint step; /* 0: of each */
} LecStampThinning;

/* Returns: 1: of each datagram, 2: of every second one, up to #LEC_STAMP_STEP_MAX */
guint lec_stamp_thinning_get_step (const LecStampThinning *self);

/**
 * lec_stamp_thinning_note:
 * @packets: that were read at once
 * @now_ns: the last stamp of these
 */
void lec_stamp_thinning_note (LecStampThinning *self, guint packets, gint64 now_ns);

G_END_DECLS
