/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the list says about a channel: its state and its kind, and whether it matches a search.
 *
 * All of it is plain text, never markup: an announcement may contain anything. */
#pragma once

#include "discovery/channel-item.h"

G_BEGIN_DECLS

/**
 * lec_words_for_state:
 * @changes: [s since 1970] when it begins (later) or ends (now); 0: not said
 * @now: [s since 1970]
 *
 * Returns: (transfer full): "On now until 17:30", in local time
 */
char *lec_words_for_state (LecChannelState state, gint64 changes, gint64 now);

/**
 * lec_words_for_line:
 * @title_is_duplicate: another channel of the list has the same title: the line names the announcer
 * @now: [s since 1970]
 *
 * Returns: (transfer full): the line below the title: state, category, languages
 */
char *lec_words_for_line (LecChannelItem *item, gboolean title_is_duplicate, gint64 now);

/* Returns: (transfer full): title, description, author, when it is, languages, and where it is
 * known from, a line each */
char *lec_words_for_tooltip (LecChannelItem *item, gint64 now);

/* Returns: the name of an icon for the media that @channel promises */
const char *lec_words_for_icon (const LecChannel *channel);

/**
 * lec_words_fold:
 * @text: (nullable)
 *
 * Returns: (transfer full): @text as it is searched: without case and accents
 */
char *lec_words_fold (const char *text);

/* Returns: (transfer full): the words of a @search, for lec_words_match() */
GStrv lec_words_split (const char *search) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_words_match:
 * @needles: words as lec_words_fold() leaves them
 *
 * Returns: whether each of @needles is part of the title, the description, the author, the
 * keywords, the category, the languages or the address of its announcer
 */
gboolean lec_words_match (const LecChannel *channel, const char *const *needles);

G_END_DECLS
