/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What datagrams are that are neither RTP nor a transport stream: some send a file or the output of
 * an encoder as it is. Only to be named; a guess by signatures of the formats. */
#pragma once

#include "wire/stats.h"

G_BEGIN_DECLS

/**
 * lec_foreign_recognise:
 * @known: what the datagrams before were of
 *
 * The middle of a file looks like what it carries, so a later sight of the file itself is preferred.
 *
 * Returns: what @bytes, a datagram, and those before are of; %LEC_FOREIGN_UNKNOWN: they do not tell
 */
LecForeign lec_foreign_recognise (LecForeign known, const guint8 *bytes, gsize size);

G_END_DECLS
