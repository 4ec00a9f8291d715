/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which rows of the list are shown, and in which order. */
#pragma once

#include <gtk/gtk.h>

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
 * lec_channel_sorter_new:
 *
 * Returns: (transfer full): section by section, and in each what is on first, then what does not
 * reach here, then what comes, the next first, then what has ended; of equals by title, as the
 * locale wants it
 */
GtkSorter *lec_channel_sorter_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_channel_filter_new:
 * @text: what somebody looks for: words that must all be found, see lec_words_match()
 *
 * Returns: (transfer full): where @text asks for nothing it lets all through, but asks for each:
 *   models take what no filter holds back all at once, and filter a little at a time
 */
GtkFilter *lec_channel_filter_new (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
