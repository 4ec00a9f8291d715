/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* In which order the rows of the list are shown. */
#pragma once

#include "discovery/channel-item.h"

G_BEGIN_DECLS

/* The parts of the list, in their order. */
typedef enum {
  LEC_CHANNEL_SECTION_FAVOURITES, /* however they stand */
  LEC_CHANNEL_SECTION_NOW,        /* also what does not reach here */
  LEC_CHANNEL_SECTION_OPENED,     /* nobody announces it */
  LEC_CHANNEL_SECTION_LATER,
  LEC_CHANNEL_SECTION_ENDED,
} LecChannelSection;

LecChannelSection lec_channel_section_of (LecChannelItem *item);

/**
 * lec_channel_order_key:
 *
 * Returns: (transfer full): a text that is to those of other rows, for strcmp(), as the row is to
 *   them in the list: section by section, and in each what is on first, then what does not reach
 *   here, then what comes, the next first, then what has ended; of equals by title, as the locale
 *   wants it. What was opened stays as its list has it: that is the order in which it is played
 */
char *lec_channel_order_key (LecChannelItem *item) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
