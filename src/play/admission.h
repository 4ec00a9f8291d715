/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether a way to receive a channel is to be tried at all: what is known before anything is
 * joined.
 */
#pragma once

#include "channel/channel.h"
#include "channel/error.h"

G_BEGIN_DECLS

/**
 * lec_admission_refuse:
 * @decode: whether it is to be seen or heard, or only received
 * @asks: whether somebody can be asked before much of the network is taken
 * @error: (out): where it is refused, what kind of trouble that is
 *
 * Returns: (transfer full) (nullable): why it is not to be tried, as a sentence; NULL: nothing is
 *   known against it
 */
char *lec_admission_refuse (const LecAlternative *alternative,
                            gboolean decode,
                            gboolean asks,
                            LecError *error);

/* Returns: whether @channel (nullable) is said to have a picture, or may have one */
gboolean lec_admission_promises_video (const LecChannel *channel);

G_END_DECLS
