/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Streams that repair others: which they are, and what is kept of them. */
#pragma once

#include "announce/warnings.h"
#include "channel/channel.h"

G_BEGIN_DECLS

/**
 * lec_sdp_repair_is_all:
 *
 * Returns: whether @stream only repairs others: all its payload types do
 */
gboolean lec_sdp_repair_is_all (const LecStream *stream);

/**
 * lec_sdp_repair_add:
 * @stream: gets a repair for each payload type of @repair
 * @repair: a stream that only repairs others
 */
void lec_sdp_repair_add (LecStream *stream, const LecStream *repair, LecWarnings *warnings);

/* Moves what repairs @from to @to, as far as there is room for it. */
void lec_sdp_repair_move (LecStream *to, LecStream *from);

/* Notes repair in the packets of @stream itself, told apart by payload type only. */
void lec_sdp_repair_note_inside (LecStream *stream, LecWarnings *warnings);

/**
 * lec_sdp_repair_is_inside:
 *
 * Returns: whether @repair arrives among the packets of @stream
 */
gboolean lec_sdp_repair_is_inside (const LecRepair *repair, const LecStream *stream);

G_END_DECLS
