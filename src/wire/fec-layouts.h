/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* All sorts of parity that a sender makes: whether parity for a packet may still come by any of
 * them, and how long it is worth waiting for.
 *
 * Known by its index, a sort stays until it is the oldest and room is needed for another one. Knows
 * no clock; not thread-safe. */
#pragma once

#include "wire/fec-layout.h"

G_BEGIN_DECLS

#define LEC_FEC_LAYOUTS 4 /* columns, rows, and those of another sender before */

/* A plain struct to be embedded. */
typedef struct
{
  LecFecLayout layouts[LEC_FEC_LAYOUTS];

  /* what lec_fec_layouts_get_time() said last, which it says again until parity comes or rescues
   * something, or so much time has passed that some of that is too old */
  gint64 time_ns;
  gint64 time_until_ns; /* exclusive, of since_ns; G_MININT64: it is not known */
} LecFecLayouts;

/* None has come. */
void lec_fec_layouts_init (LecFecLayouts *self);

/**
 * lec_fec_layouts_find:
 * @is_new: (out): nothing is known of it; what had the index before, if anything, is forgotten
 *
 * Returns: index of the sort that @parity is of
 */
guint lec_fec_layouts_find (LecFecLayouts *self, const LecParity *parity, gboolean *is_new);

/* Parity of the sort @index came: as for lec_fec_layout_note(). */
void lec_fec_layouts_note (LecFecLayouts *self,
                           guint index,
                           gint64 base,
                           gint64 newest,
                           gint64 time_ns,
                           gint64 now_ns);

/* Something was rebuilt by the sort @index that was of use, or would have been. */
void lec_fec_layouts_note_rescue (LecFecLayouts *self, guint index, gint64 now_ns);

/* Returns: as of lec_fec_layout_may_come(), of any sort */
gboolean lec_fec_layouts_may_come (const LecFecLayouts *self, gint64 number, gint64 newest);

/* Returns: [numbers] that parity comes behind its base at most, of late; 0: none has come */
gint64 lec_fec_layouts_get_reach (const LecFecLayouts *self);

/**
 * lec_fec_layouts_get_time:
 * @since_ns: a moment, never before that of an earlier call
 *
 * Returns: [ns] how much later than a packet comes parity of a scheme that something was rebuilt by
 *   since then; 0: nothing was
 */
gint64 lec_fec_layouts_get_time (LecFecLayouts *self, gint64 since_ns);

/* Returns: when parity came last; G_MININT64: never */
gint64 lec_fec_layouts_get_heard (const LecFecLayouts *self);

G_END_DECLS
