/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One sort of parity that a sender makes, say the columns of its matrix: in what order it comes,
 * how far behind what it protects, and whether it is of use.
 *
 * So it is known by numbers alone whether parity for a packet may still come. Knows no clock; not
 * thread-safe. */
#pragma once

#include "wire/parity.h"

G_BEGIN_DECLS

/* Parity that comes later than that after what it protects is not worth such a delay. */
#define LEC_FEC_LONGEST_NS (3000 * G_GINT64_CONSTANT (1000000))

/* A plain struct to be embedded. */
typedef struct
{
  gboolean used;
  LecRepairScheme scheme;
  guint stride, count; /* of a matrix; 0: masks, each of which may be another one */

  gint64 newest[2];                     /* the highest bases that came, the highest first */

  gint64 reach, reach_before;     /* [numbers] that it came behind its base, at the furthest... */
  gint64 time_ns, time_before_ns; /* ...and how much later, of the last ones and those before */
  guint times;

  gint64 heard_ns;   /* arrival of the newest one */
  gint64 rescued_ns; /* when something was last rebuilt with it; G_MININT64: never */

  gint64 lines[LEC_PARITY_STRIDE_MOST]; /* newest base by remainder; G_MININT64: none yet */
} LecFecLayout;

/* For parity like @parity, of which none has come yet. */
void lec_fec_layout_init (LecFecLayout *self, const LecParity *parity);

/* Whether @parity is of this sort. */
gboolean lec_fec_layout_matches (const LecFecLayout *self, const LecParity *parity);

/**
 * lec_fec_layout_note:
 * @base: extended number of the first packet it protects
 * @newest: of the newest packet so far
 * @time_ns: how much later than the first packet it came; 0: not known
 *
 * Parity came.
 */
void
lec_fec_layout_note (LecFecLayout *self, gint64 base, gint64 newest, gint64 time_ns, gint64 now_ns);

/**
 * lec_fec_layout_may_come:
 * @number: of a packet that is missing
 * @newest: of the newest packet so far
 *
 * Returns: whether parity for it may still come: FALSE where it has come, or was lost
 */
gboolean lec_fec_layout_may_come (const LecFecLayout *self, gint64 number, gint64 newest);

/* Returns: [numbers] that it comes behind its base at most, of late */
gint64 lec_fec_layout_get_reach (const LecFecLayout *self);

/* Returns: [ns] how much later than a packet its parity comes at most, of late; 0: that is not
 * known, or longer than it is worth waiting for */
gint64 lec_fec_layout_get_time (const LecFecLayout *self);

G_END_DECLS
